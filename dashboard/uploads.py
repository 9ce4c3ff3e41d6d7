"""Bringing a corpus: upload files, see what the import made of them, decide what it could not know, keep it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analysis.corpus import CorpusError
from dashboard import frame, tables
from dashboard.shelf import LONGEST_TITLE, WHO
from dashboard.team import gate, staging
from dashboard.team.access import visitor
from dashboard.team.settings import settings
from dashboard.team.staging import Decisions, Stage

KINDS = ["txt", "csv", "tsv", "tab", "json", "jsonl", "ndjson", "parquet", "xlsx", "xls", "ods", "rss", "atom", "xml",
         "html", "htm", "docx", "rtf", "zip", "gz"]  # fmt: skip
COLUMNS = {"text": "Text", "title": "Title", "side": "Side", "outlet": "Outlet", "date": "Date"}
"""Fields whose columns can be chosen -> their words."""

SIDES_IN_A_ROW = 4
LONGEST_LABEL = 60


def bring() -> None:
    """The way from files to a corpus, for those who may upload."""
    if not visitor().may("upload"):
        frame.section("Bring a corpus", "Analysts of this server can upload corpora; ask whoever runs it.")
        return
    if context := get_script_run_ctx():
        gate.admit(context.session_id)
    frame.section("Bring a corpus", f"{_limits()} Uploads stay on this server and are seen by whom you choose.")
    if problem := st.session_state.get("upload_problem"):
        st.html(f'<div class="notice" role="alert"><b>That did not work.</b> {escape(problem)}</div>')
    stage = st.session_state.get("stage")
    if stage and stage.given.exists():
        _decide(stage, st.session_state["decided"])
    else:
        _go_on()
        _receive()


def _limits() -> str:
    given = settings()
    return (
        "Tables, feeds, web pages, news archives, texts, or a .zip of them; at most "
        f"{given.upload_megabytes:,} MB a file, {given.upload_rows:,} rows and {given.upload_articles:,} articles."
    )


def _go_on() -> None:
    """Uploads of the visitor that the server was stopped amid: their files are there, and nothing else of them."""
    for stage in staging.left(visitor().id):
        st.html(
            f'<div class="notice" role="alert"><b>The server stopped before “{escape(stage.title)}” was kept.</b> '
            "Its files are still here.</div>"
        )
        with st.container(horizontal=True, key=f"left-{stage.folder.name}"):
            if st.button("Go on with it", key=f"go-on-{stage.folder.name}", icon=":material/refresh:"):
                _try(partial(_held, stage), Decisions(stage.title))
            st.button("Discard", key=f"drop-{stage.folder.name}", type="tertiary", on_click=stage.remove)


def _held(stage: Stage) -> Stage:
    stage.hold()
    return stage


def _receive() -> None:
    """Choose files and import them."""
    round_ = st.session_state.get("uploads", 0)
    files = st.file_uploader(
        "Files of the corpus",
        KINDS,
        accept_multiple_files=True,
        max_upload_size=settings().upload_megabytes,
        key=f"files-{round_}",
    )
    if st.button("Import", disabled=not files, icon=":material/upload:"):
        title = Path(files[0].name).name.partition(".")[0] if len(files) == 1 else "Uploaded articles"
        st.session_state["uploads"] = round_ + 1
        given = ((file.name, file.getvalue()) for file in files)
        _try(lambda: staging.receive(given, title, visitor().id), Decisions(title))


def _try(make: Callable[[], Stage], decided: Decisions) -> None:
    """Import what is on the stage, and show what came of it."""
    state = st.session_state
    state["upload_problem"] = ""
    with st.spinner("Importing …", show_time=True):
        try:
            state["stage"], state["decided"] = make(), decided
            staging.run_import(state["stage"], decided)
        except CorpusError as error:
            state["upload_problem"] = str(error)
    st.rerun()


def _decide(stage: Stage, before: Decisions) -> None:
    """The report, what can be decided, and what to do next."""
    report = stage.report()
    if report:
        st.html(f'<p class="reading"><b>{escape(tables.imported(report))}</b></p>')
        report_table(report)
    with st.form("decisions", border=False):
        decided = _asked(stage, report, before)
        shared = st.radio("Who may see it", list(WHO), format_func=WHO.__getitem__, horizontal=True)
        with st.container(horizontal=True):
            keep = st.form_submit_button("Keep this corpus", disabled=not report, icon=":material/check:")
            again = st.form_submit_button("Import again", icon=":material/refresh:")
            drop = st.form_submit_button("Discard", type="tertiary", icon=":material/delete:")
    if drop:
        _leave(stage)
        st.rerun()
    if again or (keep and decided != before):
        if keep:
            st.session_state["keep"] = shared
        _try(lambda: stage, decided)
    if keep or "keep" in st.session_state:
        _keep(stage, decided, st.session_state.pop("keep", shared))


def _keep(stage: Stage, decided: Decisions, shared: bool) -> None:
    """Make it one of the visitor's corpora and look at it."""
    from dashboard.team import corpora  # with the database's library

    if st.session_state["upload_problem"]:
        return
    try:
        with st.spinner("Storing …"):
            row = corpora.keep(stage, decided.title, visitor(), shared=shared)
    except (CorpusError, corpora.DatabaseError) as error:
        st.session_state["upload_problem"] = str(error)
        st.rerun()
    _leave(stage)
    st.query_params.from_dict({"shared": row.id})
    st.rerun()


def _leave(stage: Stage) -> None:
    stage.remove()
    for key in ("stage", "decided", "upload_problem", "known_outlets"):
        st.session_state.pop(key, None)


def report_table(report: dict[str, Any]) -> None:
    """Every line of an import's report, what to look at first."""
    if report["warnings"]:
        warned = "".join(f"<li>{escape(sentence)}</li>" for sentence in report["warnings"])
        st.html(f'<div class="notice"><b>Look at this first.</b><ul>{warned}</ul></div>')
    shown = tables.import_report(report)
    height = 35 * (min(len(shown), 12) + 1) + 3
    st.dataframe(shown, hide_index=True, height=height, column_config=frame.wide("What", "Where"), alt="Import report")


def _asked(stage: Stage, report: dict[str, Any] | None, before: Decisions) -> Decisions:
    """What the visitor decides in the form."""
    title = st.text_input("Title of the corpus", before.title, max_chars=LONGEST_TITLE)
    fields = {column["field"] for column in report["columns"]} if report else set()
    outlets, files, looks = dict(before.outlets), dict(before.files), before.looks
    if report and "side" not in fields and fields & {"outlet", "url"}:
        outlets = _outlets(stage, before)
    elif "side" not in fields and len(stage.files) > 1:
        files = _files(stage, before)
    if report:
        looks = _looks(stage, before)
    with st.expander("Columns and copies"):
        columns = _columns(before)
        copies = st.checkbox("Count copies of one text as articles of their own", before.keep_copies)
    return Decisions(title, outlets, files, columns, looks, copies)


def _outlets(stage: Stage, before: Decisions) -> dict[str, str]:
    """Outlet -> side, where the visitor writes one."""
    st.html('<p class="note">No column tells the sides. Write the side of each outlet.</p>')
    if not before.outlets:  # with sides given, outlets without one are left out and no longer listed
        st.session_state["known_outlets"] = stage.outlets()
    known = st.session_state["known_outlets"]
    sides = [before.outlets.get(outlet, "") for outlet in known["outlet"]]
    shown = pd.DataFrame({"Outlet": known["outlet"], "Articles": known["articles"], "Side": sides})
    edited = st.data_editor(shown, hide_index=True, disabled=["Outlet", "Articles"], key="outlets")
    return _written(edited["Outlet"], edited["Side"])


def _files(stage: Stage, before: Decisions) -> dict[str, str]:
    """File -> side, where the visitor writes one."""
    st.html('<p class="note">Nothing in the files tells the sides. Write the side of each file.</p>')
    shown = pd.DataFrame({"File": stage.files, "Side": [before.files.get(name, "") for name in stage.files]})
    edited = st.data_editor(shown, hide_index=True, disabled=["File"], key="sides-of-files")
    return _written(edited["File"], edited["Side"])


def _written(names: pd.Series, sides: pd.Series) -> dict[str, str]:
    pairs = zip(names, sides, strict=True)
    return {str(name): str(side).strip() for name, side in pairs if isinstance(side, str) and side.strip()}


def _looks(stage: Stage, before: Decisions) -> Mapping[str, tuple[str, str]]:
    """Side id -> its name and colour; as it was before if nothing is changed."""
    made = {side["id"]: (side["label"], side["color"]) for side in stage.sides()}
    looks, number = {}, 0
    for first in range(0, len(made), SIDES_IN_A_ROW):
        row = list(made.items())[first : first + SIDES_IN_A_ROW]
        for column, (side, (label, color)) in zip(st.columns(SIDES_IN_A_ROW), row, strict=False):
            number += 1
            with column, st.container(horizontal=True, vertical_alignment="bottom"):
                named = st.text_input(f"Side {number}", label, max_chars=LONGEST_LABEL, key=f"label-{side}")
                looks[side] = (named.strip() or label, st.color_picker("Colour", color, key=f"color-{side}"))
    return before.looks if looks == made else looks


def _columns(before: Decisions) -> dict[str, str]:
    """Field -> column, where the visitor names one."""
    named = {}
    for place, (key, word) in zip(st.columns(len(COLUMNS)), COLUMNS.items(), strict=True):
        with place:
            given = before.columns.get(key, "")
            named[key] = st.text_input(word, given, placeholder="found by itself", key=f"column-{key}").strip()
    return {key: name for key, name in named.items() if name}
