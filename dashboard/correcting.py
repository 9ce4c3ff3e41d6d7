"""Corrections on the page: the switch between machine and corrected numbers, and the form beside a passage."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Any

import streamlit as st

from analysis.corpus import CorpusError
from analysis.corrections import Correction, Finding, printed_alike
from analysis.corrections.correction import POINTS, amount
from dashboard import cached, filters, tables
from dashboard.tables.wording import words
from dashboard.team import corrections
from dashboard.team.access import visitor
from dashboard.team.corrections import RefusedError
from dashboard.team.place import DatabaseError

KINDS = {"figure": "Figure", "attribution": "Attribution", "name": "Name"}
LABELS = {"object": "What is counted", "measure": "What was done", "claimant": "Who gives it",
          "source_name": "Source", "entity": "Name"}  # fmt: skip
NOTHING = {"object": "not told", "measure": "not told", "claimant": "the outlet itself", "source_name": "not named"}
"""What stands for an empty value."""
OPEN = ("object", "claimant", "source_name", "entity")
"""What may be set to something that is in no list."""
MARKED = {"number": "figure", "source": "attribution", "cue": "attribution", "content": "attribution", "match": "name"}
"""Role of a mark in the evidence -> the kind of finding it stands for."""
TWO_ENDS = ("range", "vague")
PERCENT = 100


def switch() -> None:
    """Which numbers are shown, on every page of a corpus with corrections; and what keeps them from being read."""
    if problem := corrections.current().problem:
        _notice(f"Corrections may be out of date. {problem}")
    counted = _in_force()
    if not counted:
        return
    with st.container(key="numbers-row", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(
            f'<p class="note">{tables.several(counted, "correction")} by readers of this server.</p>', width="content"
        )
        filters.choice("numbers")


def _in_force() -> int:
    """Corrections that count in this corpus."""
    return int((cached.correction_log()["state"] == "in force").sum()) if corrections.current().corrections else 0


def offer(row: Any) -> None:
    """Beside a passage of the evidence, for those who may correct: what was found in it, to be set right."""
    if not visitor().may("correct") or st.session_state["numbers"] == "machine":
        return
    label, icon = "Correct", ":material/edit:"
    with st.popover(label, icon=icon, type="tertiary", key=f"correct-{row.passage}", on_change="rerun") as opened:
        if opened.open:
            st.html('<span class="correcting"></span>')
            marked = [(row.start + start, row.start + end, MARKED.get(role, "")) for start, end, role in row.marks]
            _form(row.passage, marked)


def _form(passage: str, marked: Sequence[tuple[int, int, str]]) -> None:
    """The corrections of a passage to take back, and a form for a finding, what is marked first."""
    _tell()
    log = cached.correction_log()
    log = log.assign(together=log.groupby(["created", "author"])["id"].transform("size"))
    for row in log[(log["passage"] == passage) & (log["state"] != "undone")].to_dict("records"):
        _undo(row)
    found = sorted(cached.findings_in(passage), key=lambda each: not _is_marked(each, marked))
    if not found:
        st.text("No figure, attribution or name was found in this passage.")
        return
    number = st.selectbox(
        "Found here",
        range(len(found)),
        format_func=lambda each: _label(found[each]),
        key=f"finding-{passage}",
    )
    finding = found[number if number in range(len(found)) else 0]
    name = f"set-{finding.wrong.kind}-{finding.wrong.field}-{finding.wrong.start}-{passage}-{len(log)}"
    with st.form(name, border=False):
        {"figure": _figure, "attribution": _attribution, "name": _mention}[finding.wrong.kind](finding, name)
        with st.container(horizontal=True):
            st.form_submit_button("Save", on_click=_save, args=(finding, name, False))
            wrong = f"Not {'an' if finding.wrong.kind == 'attribution' else 'a'} {finding.wrong.kind}"
            st.form_submit_button(wrong, on_click=_save, args=(finding, name, True), help="It leaves all numbers")


def _is_marked(finding: Finding, marked: Sequence[tuple[int, int, str]]) -> bool:
    place = finding.wrong
    return any(start <= place.start < end and kind == place.kind for start, end, kind in marked)


def _label(finding: Finding) -> str:
    return f"{KINDS[finding.wrong.kind]}: {' '.join(finding.printed.split())}"


def _figure(finding: Finding, name: str) -> None:
    bounds = list(POINTS)
    now = finding.values
    first, second = _shown(now["low"] or now["high"], finding.unit), _shown(now["high"], finding.unit)
    with st.container(horizontal=True):
        st.selectbox("Bound", bounds, bounds.index(str(now["bound"])), format_func=words, key=f"{name}-bound")
        st.text_input(f"Value{_unit(finding)}", first, max_chars=40, key=f"{name}-first")
        st.text_input("To, of a range", second if now["bound"] in TWO_ENDS else "", max_chars=40, key=f"{name}-second")
    for column in ("object", "measure", "claimant"):
        _choice(finding, column, name)


def _attribution(finding: Finding, name: str) -> None:
    _choice(finding, "source_name", name)


def _mention(finding: Finding, name: str) -> None:
    _choice(finding, "entity", name)
    if finding.alike > 1:
        st.checkbox(f"All {finding.alike:,} mentions that are printed the same", key=f"{name}-alike")


def _choice(finding: Finding, column: str, name: str) -> None:
    """A value from a list, or one that is typed."""
    now = finding.values[column]
    options = list(dict.fromkeys([now, *([None] if column in NOTHING else []), *cached.offered()[column]]))
    shown = words if column in ("object", "measure") else str
    st.selectbox(
        LABELS[column],
        options,
        format_func=lambda value: NOTHING.get(column, "") if value is None else shown(value),
        accept_new_options=column in OPEN,
        key=f"{name}-{column}",
    )


def _shown(value: str | None, unit: str | None) -> str:
    """An amount as a reader types it: shares in per cent."""
    if value is None:
        return ""
    number = Decimal(value) * (PERCENT if unit == "percent" else 1)
    return f"{number.normalize():f}"


def _unit(finding: Finding) -> str:
    return f" ({'%' if finding.unit == 'percent' else words(finding.unit)})" if finding.unit else ""


def _save(finding: Finding, name: str, wrong: bool) -> None:
    """Check what was chosen once more, and keep it."""
    try:
        correction = finding.wrong if wrong else finding.set(_chosen(finding, name))
        if correction is None:
            raise CorpusError("Nothing was changed.")
        alike = bool(st.session_state.get(f"{name}-alike"))
        corrections.save(_every(correction, finding) if alike else [correction], visitor())
    except (CorpusError, DatabaseError, RefusedError) as error:
        st.session_state["correcting"] = str(error)


def _every(correction: Correction, finding: Finding) -> list[Correction]:
    return printed_alike(cached.reading().mentions, correction, finding.printed, cached.corpus())


def _chosen(finding: Finding, name: str) -> dict[str, str | None]:
    """The values of the form.

    Raises:
        CorpusError: one of them cannot be.
    """
    state, chosen = st.session_state, {}
    for column in finding.values:
        if column not in ("bound", "low", "high"):
            chosen[column] = _text(state[f"{name}-{column}"])
    if chosen.get("measure") not in (None, finding.values.get("measure"), *cached.offered()["measure"]):
        raise CorpusError("There is no such measure.")
    if "bound" in finding.values:
        typed = [_typed(state[f"{name}-{end}"], finding.unit) for end in ("first", "second")]
        chosen |= ends(str(state[f"{name}-bound"]), *typed)
    return chosen


def _text(value: Any) -> str | None:
    return None if value is None else str(value).strip()


def _typed(value: str | None, unit: str | None) -> str | None:
    """What was typed as an amount in the figure's unit."""
    plain = "".join((value or "").replace(",", "").split())
    number = amount(plain or None)
    if number is None:
        return None
    number = number / PERCENT if unit == "percent" else number
    return f"{number.normalize():f}"


def ends(bound: str, first: str | None, second: str | None) -> dict[str, str | None]:
    """Low and high of a value with that bound.

    >>> ends("at_most", "20", None)
    {'bound': 'at_most', 'low': None, 'high': '20'}
    """
    if bound in TWO_ENDS:
        return {"bound": bound, "low": first, "high": second}
    low = None if bound in ("at_most", "less_than") else first
    high = None if bound in ("at_least", "more_than") else first
    return {"bound": bound, "low": low, "high": high}


def _undo(row: dict[Any, Any]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"“{row['printed']}”, corrected by {row['author']}: {row['was']} → {row['is']}")
        label = "Undo" if row["together"] == 1 else f"Undo all {row['together']:,}"
        st.button(label, key=f"undo-{row['id']}", on_click=_take_back, args=(row["id"],))


def _take_back(correction_id: str) -> None:
    try:
        corrections.undo(correction_id, visitor())
    except (DatabaseError, RefusedError) as error:
        st.session_state["correcting"] = str(error)


def _tell() -> None:
    """Say once why something was not saved."""
    if told := st.session_state.pop("correcting", ""):
        _notice(told)


def _notice(text: str) -> None:
    st.html(f'<div class="notice" role="alert">{escape(text)}</div>')
