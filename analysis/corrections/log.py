"""The corrections of a corpus as a table that people read, and that gives the same corrections back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.corpus import CorpusError, Document
from analysis.corrections.correction import SETTABLE, TABLES, UNDATED, Correction, in_words, read_values
from analysis.corrections.overlay import places

if TYPE_CHECKING:
    from analysis.reading import Reading

LOG_COLUMNS = [
    "id", "created", "author", "document", "side", "outlet", "passage", "field", "start", "end", "kind", "printed",
    "was", "is", "state", "undone", "undone_by", "sha256", "values",
]  # fmt: skip


def log(reading: Reading, corrections: Sequence[Correction]) -> pd.DataFrame:
    """The corrections of a corpus, the latest first.

    Args:
        reading: the corpus as it was read; its own corrections do not matter.
        corrections: any; those of articles that the corpus does not have are left out.

    Returns:
        LOG_COLUMNS; `passage` holds the place, `printed` is what stands there, `was` what the finding was before in
        words, `is` what the correction says, `state` "in force", "undone" or "fits nothing" (nothing is found there),
        `values` as in `Correction` (None for a wrong finding). As JSON, `from_json` reads it back.
    """
    machine, corpus = reading.with_corrections(()), reading.corpus
    ids = dict(zip(corpus.column("sha256"), corpus.column("id"), strict=True))
    documents = {each.sha256: corpus.document(ids[each.sha256]) for each in corrections if each.sha256 in ids}
    ordered = sorted((each for each in corrections if each.sha256 in documents), key=lambda each: each.order)
    rows = []
    for kind, name in TABLES.items():
        own = [each for each in ordered if each.kind == kind]
        table: pd.DataFrame = getattr(machine, name) if own else pd.DataFrame()
        before = _before(own, places(table, own, corpus) if own else {}, table)
        rows += [_logged(each, documents[each.sha256], before) for each in own]
    _locate(rows, reading.passages)
    rows.sort(key=lambda row: (row["created"], row["id"]), reverse=True)
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in LOG_COLUMNS})


def _locate(rows: list[dict[str, Any]], passages: pd.DataFrame) -> None:
    """Give each row the passage its place is in."""
    held = passages[passages["document"].isin({row["document"] for row in rows})]
    places = dict(list(held.groupby(["document", "field"], sort=False)))
    for row in rows:
        own = places.get((row["document"], row["field"]), held.iloc[:0])
        ids = own.loc[(own["start"] <= row["start"]) & (own["end"] > row["start"]), "id"]
        row["passage"] = next(iter(ids), "")


def _before(
    corrections: Iterable[Correction], rows: Mapping[Correction, int], table: pd.DataFrame
) -> dict[Correction, dict[str, Any] | None]:
    """What may be set of each correction's finding, as it was before; None where it had been called wrong."""
    now: dict[int, dict[str, Any] | None] = {}
    before = {}
    for each in corrections:
        if each not in rows:
            continue
        row = rows[each]
        read = {name: table.at[row, name] for name in SETTABLE[each.kind]}
        before[each] = now.get(row, read)
        if not each.undone:
            now[row] = {**(before[each] or read), **dict(each.values)} if each.values else None
    return before


def _logged(
    correction: Correction, document: Document, before: Mapping[Correction, dict[str, Any] | None]
) -> dict[str, Any]:
    values = dict(correction.values)
    was = before.get(correction)
    shown = None if was is None else {name: was[name] for name in (values or was)}
    state = "undone" if correction.undone else ("in force" if correction in before else "fits nothing")
    return {
        **{name: value for name, value in vars(correction).items() if name in LOG_COLUMNS},
        "document": document.id,
        "side": document.side,
        "outlet": document.outlet,
        "printed": getattr(document, correction.field)[correction.start : correction.end],
        "was": in_words(shown) if correction in before else "",
        "is": in_words(values or None),
        "state": state,
        "values": values or None,
    }


def from_json(content: str) -> list[Correction]:
    """The corrections of a log as it is exported (JSON); further keys of its records do not matter.

    Raises:
        CorpusError: it is no such log; the message says which record is wrong and why.
    """
    try:
        records = json.loads(content)
    except (ValueError, RecursionError):
        raise CorpusError("The corrections are not JSON.") from None
    if not isinstance(records, list):
        raise CorpusError("The corrections are not a list of records.")
    return [_from_record(record, number) for number, record in enumerate(records, 1)]


def _from_record(record: Any, number: int) -> Correction:
    try:
        return Correction(
            sha256=str(record["sha256"]),
            field=record["field"],
            start=int(record["start"]),
            end=int(record["end"]),
            kind=record["kind"],
            values=read_values(record["values"]),
            author=str(record.get("author") or ""),
            created=_time(record.get("created")) or UNDATED,
            id=str(record.get("id") or number),
            undone=_time(record.get("undone")),
            undone_by=str(record.get("undone_by") or ""),
        )
    except CorpusError as error:
        raise CorpusError(f"Correction {number}: {error}") from None
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise CorpusError(
            f"Correction {number} lacks sha256, field, start, end, kind or values, or one is bad."
        ) from None


def _time(value: str | None) -> datetime | None:
    made = datetime.fromisoformat(value) if value else None
    return made if made is None or made.tzinfo else made.replace(tzinfo=UTC)
