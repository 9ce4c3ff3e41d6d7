"""Corrections: what an analyst says a reader got wrong, as an overlay over what was read.

A correction names one finding by its article's hash and its place in the text, so it holds whatever else the corpus
has and whenever it is read again. It says that the finding is wrong, and then it leaves all numbers, or what it
should be. The texts and what was read of them are never changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.attribution.kinds import OTHER_TYPE, UNKNOWN_CAMP, camp_of, type_of
from analysis.corpus import Corpus, CorpusError, Document

if TYPE_CHECKING:
    from analysis.reading import Reading

TABLES = {"figure": "figures", "attribution": "attributions", "name": "mentions"}
"""Kind of finding -> the table of a reading it stands in."""
SETTABLE = {
    "figure": ("bound", "low", "high", "object", "measure", "claimant"),
    "attribution": ("source_name",),
    "name": ("entity",),
}
"""What of a finding can be set."""
POINTS = {"exact": "low", "approx": "low", "at_least": "low", "more_than": "low", "at_most": "high",
          "less_than": "high", "range": "", "vague": ""}  # fmt: skip
"""Bound -> the end that is the value stated."""
LONGEST_VALUE = 200
"""Characters of a name, object or measure; the longest printed source of the gold texts has 160."""
LARGEST = Decimal(10) ** 24
UNDATED = datetime.min.replace(tzinfo=UTC)

Values = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class Correction:
    """What one finding should be.

    Attributes:
        sha256: hash of the article, `Document.sha256`.
        field: "title" or "text".
        start, end: the finding's place in that field: of a figure or name the printed words, of an attribution
            the first stretch of its cue, else of its source, else of its content.
        kind: "figure", "attribution" or "name".
        values: column -> what it should be (amounts as decimal text, in the figure's unit); empty when the finding
            is wrong as such.
        author, created: who made it, when.
        id: names it in the log.
        undone, undone_by: when it was taken back, by whom.
    """

    sha256: str
    field: str
    start: int
    end: int
    kind: str
    values: Values = ()
    author: str = ""
    created: datetime = UNDATED
    id: str = ""
    undone: datetime | None = None
    undone_by: str = ""

    def __post_init__(self) -> None:
        """Check what does not depend on a corpus.

        Raises:
            CorpusError: it is no correction; the message says why.
        """
        if self.kind not in TABLES:
            raise CorpusError(f"A correction is of a {', '.join(TABLES)}, not of {self.kind!r}.")
        if self.field not in ("title", "text") or not 0 <= self.start < self.end:
            raise CorpusError(f"A correction is of a place in a title or text, not of {self.field!r} {self.start}.")
        for name, value in self.values:
            if name not in SETTABLE[self.kind]:
                raise CorpusError(f"Of a {self.kind} one sets {', '.join(SETTABLE[self.kind])}, not {name!r}.")
            _check_text(name, value)
        _check_amount(dict(self.values))

    @property
    def order(self) -> tuple[datetime, str]:
        """Corrections of one finding count in the order in which they were made."""
        return self.created, self.id


def _check_text(name: str, value: str | None) -> None:
    if value is None and name in ("bound", "entity"):
        raise CorpusError(f"The {name} cannot be empty.")
    if value is None:
        return
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_VALUE or not value.isprintable():
        raise CorpusError(f"The {name} is one line of text of up to {LONGEST_VALUE} characters.")


def _check_amount(values: Mapping[str, str | None]) -> None:
    """Bound, low and high are set together, and the bound says which ends there are."""
    given = [name for name in ("bound", "low", "high") if name in values]
    if not given:
        return
    bound = values.get("bound") or ""
    if len(given) < 3 or bound not in POINTS:
        raise CorpusError(f"A value has bound, low and high; the bound is one of {', '.join(POINTS)}.")
    low, high = _amount(values["low"]), _amount(values["high"])
    needed = {"low": bound not in ("at_most", "less_than"), "high": bound not in ("at_least", "more_than", "vague")}
    if (needed["low"] and low is None) or (needed["high"] and high is None):
        raise CorpusError(
            f"A value that is {bound.replace('_', ' ')} needs {' and '.join(n for n in needed if needed[n])}."
        )
    if bound in ("exact", "approx") and low != high:
        raise CorpusError(f"A value that is {bound} has one end: low and high are the same.")
    if low is not None and high is not None and low > high:
        raise CorpusError("The low end of a value is not above its high end.")


def _amount(value: str | None) -> Decimal | None:
    """The number a text gives.

    Raises:
        CorpusError: it gives none that an article could print.
    """
    if value is None:
        return None
    try:
        amount = Decimal(value)
    except InvalidOperation:
        raise CorpusError(f"{value!r} is not a number.") from None
    if not amount.is_finite() or abs(amount) > LARGEST:
        raise CorpusError(f"{value!r} is not a number that can be compared.")
    return amount


def corrected(table: pd.DataFrame, kind: str, corrections: Iterable[Correction], corpus: Corpus) -> pd.DataFrame:
    """A table of a reading with its corrections: wrong rows gone, values set.

    Args:
        table: `figures`, `attributions` or `mentions` as read.
        kind: the kind of its findings.
        corrections: any; those of other kinds or articles and the undone ones are passed over.
        corpus: the corpus of the table.

    Returns:
        A new table; the same one where nothing is to be corrected.
    """
    own = [each for each in corrections if each.kind == kind and not each.undone]
    outcome = _outcome(own, places(table, own, corpus))
    if not outcome:
        return table
    made = table.copy()
    for row, values in outcome.items():
        for column, value in _following(kind, values or {}, table, row).items():
            made.at[row, column] = value
    wrong = [row for row, values in outcome.items() if values is None]
    return made.drop(index=wrong).reset_index(drop=True) if wrong else made


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
    documents = {document.sha256: document.id for document in corpus.documents}
    wanted = [each for each in corrections if each.sha256 in documents]
    ids = {documents[each.sha256] for each in wanted}
    spans: dict[tuple[str, str], dict[tuple[int, int], int]] = {}
    rows = table[table["document"].isin(ids)]
    for row, document, place, span in zip(rows.index, rows["document"], rows["field"], _spans(rows), strict=True):
        spans.setdefault((document, place), {})[span] = row
    fitting = {each: _at(each, spans.get((documents[each.sha256], each.field), {})) for each in wanted}
    return {each: row for each, row in fitting.items() if row is not None}


def _at(correction: Correction, spans: Mapping[tuple[int, int], int]) -> int | None:
    exact = spans.get((correction.start, correction.end))
    near = [row for (start, end), row in spans.items() if start < correction.end and end > correction.start]
    return exact if exact is not None else (near[0] if len(near) == 1 else None)


def _spans(rows: pd.DataFrame) -> Iterable[tuple[int, int]]:
    """The place of each row by which corrections know it."""
    if "cue" in rows:
        parts = zip(rows["cue"], rows["source"], rows["content"], strict=True)
        return [next(tuple(spans[0]) for spans in own if len(spans)) for own in parts]
    return zip(rows["start"].astype(int), rows["end"].astype(int), strict=True)


def _following(kind: str, values: dict[str, Any], table: pd.DataFrame, row: int) -> dict[str, Any]:
    """The columns to set: those of the correction, and those that follow from them."""
    found = dict(values)
    if "bound" in found:
        ends = {end: _amount(found[end]) for end in ("low", "high")}
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
        found["entity"] = _entity(found["entity"], table["entity"])
        found["kind"] = _most(table, "entity", found["entity"], "kind") or table.at[row, "kind"]
    return {column: value for column, value in found.items() if column in table}


def _most(table: pd.DataFrame, column: str, value: str, wanted: str) -> str | None:
    """The commonest value of a column where another has a value; the one that sorts first of several."""
    counts = table.loc[table[column] == value, wanted].value_counts()
    return min(counts.index[counts == counts.max()]) if len(counts) else None


def _entity(name: str, entities: pd.Series) -> str:
    """The entity of that name, or the only one that shares a spelling with it: more texts bring more spellings."""
    known = list(entities.unique())
    if name in known:
        return name
    near = [entity for entity in known if set(entity.split("/")) & set(name.split("/"))]
    return near[0] if len(near) == 1 else name


LOG_COLUMNS = [
    "id", "created", "author", "document", "side", "outlet", "field", "start", "end", "kind", "printed", "was", "is",
    "state", "undone", "undone_by", "sha256", "values",
]  # fmt: skip


def log(reading: Reading, corrections: Iterable[Correction]) -> pd.DataFrame:
    """The corrections of a corpus, the latest first.

    Args:
        reading: the corpus as it was read; its own corrections do not matter.
        corrections: any; those of articles that the corpus does not have are left out.

    Returns:
        LOG_COLUMNS; `printed` is what stands at the place, `was` what the finding was before in words, `is` what
        the correction says, `state` "in force", "undone" or "fits nothing" (no finding is there any more),
        `values` as in `Correction` (None for a wrong finding). As JSON, `from_json` reads it back.
    """
    machine, documents = reading.with_corrections(()), {each.sha256: each for each in reading.corpus.documents}
    ordered = sorted((each for each in corrections if each.sha256 in documents), key=lambda each: each.order)
    rows = []
    for kind, name in TABLES.items():
        own = [each for each in ordered if each.kind == kind]
        table: pd.DataFrame = getattr(machine, name) if own else pd.DataFrame()
        before = _before(own, places(table, own, reading.corpus) if own else {}, table)
        rows += [_logged(each, documents[each.sha256], before) for each in own]
    rows.sort(key=lambda row: (row["created"], row["id"]), reverse=True)
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in LOG_COLUMNS})


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


def in_words(values: Mapping[str, Any] | None) -> str:
    """Values of a finding in words.

    >>> in_words({"bound": "at_least", "low": "120", "high": None, "claimant": None})
    'value: at least 120; claimant: none'
    """
    if values is None:
        return "wrong"
    told = {"value": amount(values)} if "bound" in values else {}
    told |= {name: str(value or "none") for name, value in values.items() if name not in ("bound", "low", "high")}
    return "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in told.items())


def amount(values: Mapping[str, Any]) -> str:
    """Bound, low and high in words."""
    low, high = (None if values[end] is None else f"{Decimal(values[end]):,f}" for end in ("low", "high"))
    bound = str(values["bound"]).replace("_", " ")
    ends = " to ".join(dict.fromkeys(end for end in (low, high) if end is not None))
    return ends if bound in ("exact", "range") else f"{bound} {ends}"


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


def read_values(given: Mapping[str, str | None] | None) -> Values:
    """The values of a record, in a fixed order; none for a finding that is wrong."""
    return tuple(sorted((str(name), value) for name, value in dict(given or {}).items()))


def _time(value: str | None) -> datetime | None:
    made = datetime.fromisoformat(value) if value else None
    return made if made is None or made.tzinfo else made.replace(tzinfo=UTC)
