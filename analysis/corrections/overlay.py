"""A table of a reading with its corrections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from analysis.attribution.kinds import OTHER_TYPE, UNKNOWN_CAMP, camp_of, type_of
from analysis.corpus import Corpus
from analysis.corrections.correction import POINTS, Correction, amount, in_words


def corrected(table: pd.DataFrame, kind: str, corrections: Iterable[Correction], corpus: Corpus) -> pd.DataFrame:
    """A table of a reading with its corrections: wrong rows gone, values set.

    Args:
        table: `figures`, `attributions` or `mentions` as read.
        kind: the kind of its findings.
        corrections: any; those of other kinds or articles and the undone ones are passed over.
        corpus: the corpus of the table.

    Returns:
        A new table, with a column `corrected` that says in words what was set (None where nothing was); the same
        table where nothing is to be corrected.
    """
    own = [each for each in corrections if each.kind == kind and not each.undone]
    outcome = _outcome(own, places(table, own, corpus)) if own else {}
    if not outcome:
        return table
    told = {row: in_words(values) for row, values in outcome.items() if values}
    set_ = {row: _following(kind, values, table, row) for row, values in outcome.items() if values}
    made = _with(table, set_, told)
    wrong = [row for row, values in outcome.items() if values is None]
    return made.drop(index=wrong).reset_index(drop=True) if wrong else made


def _with(table: pd.DataFrame, values: Mapping[int, Mapping[str, Any]], told: Mapping[int, str]) -> pd.DataFrame:
    """The table with values set, and in `corrected` what is told of them."""
    known = table["corrected"] if "corrected" in table else pd.Series([None] * len(table), table.index, dtype=object)
    made = table.assign(corrected=known)
    for row, row_values in values.items():
        for column, value in {**row_values, "corrected": told[row]}.items():
            made.at[row, column] = value
    return made


def given_anew(figures: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Figures whose claimants follow the corrections of attributions.

    A figure is given by the innermost attribution to its claimant around it, else by the last one before it. When
    that one has another source now, so has the figure; when it is none, the next one around gives the figure, or
    nobody does.

    Args:
        figures: as read.
        before, after: the attributions as read, and corrected.
    """
    names = dict(zip(after["id"], after["source_name"], strict=True))
    sources = zip(before["id"], before["source_name"], strict=True)
    moved = before[[id_ not in names or names[id_] != name for id_, name in sources]]
    near, before, after = (table[table["document"].isin(moved["document"])] for table in (figures, before, after))
    left = {row.id: row for row in after.itertuples()}
    ids, made = set(moved["id"]), {}
    for row, figure in near[near["claimant"].notna()].iterrows():
        giver = _giver(before, figure)
        if giver is not None and giver.id in ids:
            now: Any = left.get(giver.id) or next(iter(_around(after, figure)), None)
            name = (now.source_name or now.source_text or None) if now else None
            made[row] = {"claimant": name, "claimant_kind": now.source_type if name else None}
    told = {row: in_words({"claimant": own["claimant"]}) for row, own in made.items()}
    return _with(figures, made, told) if made else figures


def _giver(attributions: pd.DataFrame, figure: pd.Series) -> Any:
    """The attribution that gives a figure; None where there is none."""
    named = (attributions["source_name"] == figure["claimant"]) | (attributions["source_text"] == figure["claimant"])
    to_claimant = attributions[named]
    before = [row for row in _of_field(to_claimant, figure) if row.sentence_start <= figure["start"]]
    return next(iter(_around(to_claimant, figure)), max(before, key=lambda row: row.sentence_start, default=None))


def _around(attributions: pd.DataFrame, figure: pd.Series) -> list[Any]:
    """The attributions whose content holds the figure, the innermost first."""
    at = figure["number_start"]
    found = [
        (-row.level, end - start, place, row)
        for place, row in enumerate(_of_field(attributions, figure))
        for start, end in row.content
        if start <= at < end
    ]
    return [row for *_, row in sorted(found, key=lambda each: each[:3])]


def _of_field(attributions: pd.DataFrame, figure: pd.Series) -> list[Any]:
    fits = (attributions["document"] == figure["document"]) & (attributions["field"] == figure["field"])
    return list(attributions[fits].itertuples())


def _outcome(corrections: Sequence[Correction], rows: Mapping[Correction, int]) -> dict[int, dict[str, Any] | None]:
    """What each row should be in the end; None for a wrong one. What is set after that is a finding again."""
    outcome: dict[int, dict[str, Any] | None] = {}
    for each in sorted((each for each in corrections if each in rows), key=lambda each: each.order):
        before = outcome.get(rows[each]) or {}
        outcome[rows[each]] = {**before, **dict(each.values)} if each.values else None
    return outcome


def places(table: pd.DataFrame, corrections: Iterable[Correction], corpus: Corpus) -> dict[Correction, int]:
    """The row of the table that each correction is of; one that fits no row is not in it.

    It is the row at the very place, else the only one that overlaps it: readers learn to see a word more or less.
    """
    documents = dict(zip(corpus.column("sha256"), corpus.column("id"), strict=True))
    wanted = [each for each in corrections if each.sha256 in documents]
    ids = {documents[each.sha256] for each in wanted}
    spans: dict[tuple[str, str], dict[tuple[int, int], int]] = {}
    rows = table[table["document"].isin(ids)]
    for row, document, place, span in zip(rows.index, rows["document"], rows["field"], spans_of(rows), strict=True):
        spans.setdefault((document, place), {})[span] = row
    fitting = {each: _at(each, spans.get((documents[each.sha256], each.field), {})) for each in wanted}
    return {each: row for each, row in fitting.items() if row is not None}


def _at(correction: Correction, spans: Mapping[tuple[int, int], int]) -> int | None:
    exact = spans.get((correction.start, correction.end))
    near = [row for (start, end), row in spans.items() if start < correction.end and end > correction.start]
    return exact if exact is not None else (near[0] if len(near) == 1 else None)


def spans_of(rows: pd.DataFrame) -> Iterable[tuple[int, int]]:
    """The place of each row by which corrections know it."""
    if "cue" in rows:
        parts = zip(rows["cue"], rows["source"], rows["content"], strict=True)
        return [next(tuple(spans[0]) for spans in own if len(spans)) for own in parts]
    return zip(rows["start"].astype(int), rows["end"].astype(int), strict=True)


def _following(kind: str, values: dict[str, Any], table: pd.DataFrame, row: int) -> dict[str, Any]:
    """The columns to set: those of the correction, and those that follow from them."""
    found = dict(values)
    if "bound" in found:
        ends = {end: amount(found[end]) for end in ("low", "high")}
        found |= {**ends, "point": ends.get(POINTS[found["bound"]]), "rounding": Decimal(0)}
    if "claimant" in found:
        found["claimant_kind"] = found["claimant"] and _most(table, "claimant", found["claimant"], "claimant_kind")
        if found["claimant"] and not found["claimant_kind"]:
            found["claimant_kind"] = type_of(found["claimant"]) or OTHER_TYPE
    if name := found.get("source_name"):
        camp = (camp_of(name) or (UNKNOWN_CAMP,))[0]
        found["camp"] = _most(table, "source_name", name, "camp") or camp
        found["source_type"] = _most(table, "source_name", name, "source_type") or type_of(name) or OTHER_TYPE
    if "entity" in found:
        found["entity"] = _entity(found["entity"], table)
        found["kind"] = _most(table, "entity", found["entity"], "kind") or table.at[row, "kind"]
    return {column: value for column, value in found.items() if column in table}


def _most(table: pd.DataFrame, column: str, value: str, wanted: str) -> str | None:
    """The commonest value of a column where another has a value; the one that sorts first of several."""
    counts = table.loc[table[column] == value, wanted].value_counts()
    return min(counts.index[counts == counts.max()]) if len(counts) else None


def _entity(name: str, mentions: pd.DataFrame) -> str:
    """The entity of that name, the one printed so, or the only one that shares a spelling: more texts bring more."""
    known = list(mentions["entity"].unique())
    if name in known:
        return name
    near = [entity for entity in known if set(entity.split("/")) & set(name.split("/"))]
    return _most(mentions, "name", name, "entity") or (near[0] if len(near) == 1 else name)
