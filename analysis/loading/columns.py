"""Which column of a table is which of our fields: by name, and where a name is ambiguous by its values."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from analysis.corpus import CorpusError, slug
from analysis.loading.dates import looks_like_a_day
from analysis.loading.report import ImportReport, listed
from analysis.loading.sources import Table

COLUMNS = Path(__file__).parent.parent / "lexicons" / "columns.toml"
FIELDS = ("id", "side", "outlet", "date", "title", "text", "teaser", "topic", "url", "language", "year", "month", "day")

SAMPLE = 1000
"""Rows looked at to judge a column."""

MOST_SIDES = 6
"""More distinct values than this under an ambiguous name are no sides: a contrast of more cannot be read."""

MOST_OUTLETS = 50

SHORTEST_TEXT = 40
"""Median characters from which a column under an unknown name may be the text: a headline has about 60, a name 15."""

LONG_TEXT = 120
"""Median characters from which a column under an ambiguous name is a text."""

TOKENISED = 0.002
"""Spaces before punctuation by character: printed prose has next to none, tokenised prose 10 in 1,000."""

URL = re.compile(r"(?:https?:)?//\S+$|www\.\S+$", re.IGNORECASE)
SPACED_MARK = re.compile(r" [,.;:]|``|''")


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(COLUMNS.read_text(encoding="utf-8"))


@cache
def column_aliases(field: str) -> tuple[str, ...]:
    """The names of a field's column, the better one first."""
    return tuple(_lexicon()[field]["aliases"])


@cache
def text_names() -> frozenset[str]:
    """Names under which a column holds text or part of one."""
    return frozenset((*column_aliases("text"), *column_aliases("teaser")))


def wrappers() -> dict[str, Any]:
    """Where JSON answers keep their articles."""
    wrapped: dict[str, Any] = _lexicon()["wrappers"]
    return wrapped


@cache
def normal(name: str) -> str:
    """A column's name for comparison: lower case, words joined by `_`.

    >>> normal(" publishedAt"), normal("content:encoded")
    ('published_at', 'content_encoded')
    """
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip().strip("\ufeff"))
    return re.sub(r"[\W_]+", "_", split.casefold()).strip("_")


def map_columns(table: Table, chosen: Mapping[str, str], report: ImportReport) -> dict[str, list[str]]:
    """Field -> the table's columns that hold it, the better one first.

    Args:
        table: its rows; columns that come in two parts are joined in place.
        chosen: field -> column, as the user decided.
        report: told of each column used, and why.

    Raises:
        CorpusError: no column holds text, or the user's column is not there.
    """
    _join_parts(table)
    names = list(dict.fromkeys(name for row in table.rows for name in row))
    found = {field: [column] for field, column in _user_columns(table, names, chosen).items()}
    taken = {column for columns in found.values() for column in columns}
    for field in FIELDS:
        if field in found:
            continue
        columns = _by_name(table, field, [name for name in names if name not in taken])
        if columns:
            found[field] = columns
            taken |= set(columns) if field != "teaser" else set()
    found["text"] = _text_columns(table, found, [name for name in names if name not in taken], report)
    found.pop("teaser", None)
    for field, columns in found.items():
        why = (
            "chosen"
            if field in chosen
            else "by its name"
            if normal(columns[0]) in _names_of(field)
            else "by its values"
        )
        report.columns.append((table.name, columns[0], field, why))
    return found


def holds_text(table: Table) -> bool:
    """Whether a column of the table is found to hold texts."""
    try:
        return bool(map_columns(table, {}, ImportReport()))
    except CorpusError:
        return False


def _user_columns(table: Table, names: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
    by_name = {normal(name): name for name in reversed(names)} | {name: name for name in names}
    found = {}
    for field, column in chosen.items():
        match = by_name.get(column) or by_name.get(normal(column))
        if match is None:
            raise CorpusError(f"{table.name}: there is no column {column!r} (it has {listed(names, 20)}).")
        found[field] = match
    return found


def _names_of(field: str) -> frozenset[str]:
    return text_names() if field == "text" else frozenset(column_aliases(field))


def _by_name(table: Table, field: str, names: Sequence[str]) -> list[str]:
    """The columns under the field's names, in the lexicon's order, the ambiguous ones only if their values fit."""
    entry = _lexicon()[field]
    order = {alias: place for place, alias in enumerate(entry["aliases"])}
    checked = set(entry.get("checked", ()))
    known = sorted((name for name in names if normal(name) in order), key=lambda name: order[normal(name)])
    return [name for name in known if normal(name) not in checked or CHECKS[field](_values(table, name))]


def _text_columns(table: Table, found: Mapping[str, list[str]], rest: Sequence[str], report: ImportReport) -> list[str]:
    """The body's columns; without one, the column of longest texts among the teasers and the unknown."""
    if "text" in found:
        return _printed_first(table, found["text"])
    others = [*found.get("teaser", ()), *rest]
    lengths = {name: _typical_length(_values(table, name)) for name in dict.fromkeys(others)}
    best = max(lengths, key=lambda name: lengths[name], default=None)
    if best is None or lengths[best] < (1 if best in found.get("teaser", ()) else SHORTEST_TEXT):
        where = table.where(0) if table.rows else table.name
        title = found.get("title", [None])[0]
        offer = f" To read the titles as texts, choose the column {title!r} (--column text={title})." if title else ""
        raise CorpusError(f"{where}: no text found. Name the column 'text' or choose one.{offer}")
    kind = "only part of an article" if best in found.get("teaser", ()) else "taken for the text, the longest column"
    report.warn(f"{table.name}: there is no column of full texts; {best!r} is {kind}.")
    return [best]


def _printed_first(table: Table, columns: list[str]) -> list[str]:
    """Put text as printed before text split into tokens, where a table has both at like length."""
    if len(columns) < 2:
        return columns
    samples = {name: "".join(map(str, _values(table, name)[:50])) for name in columns}
    spaced = {name: len(SPACED_MARK.findall(text)) / max(len(text), 1) for name, text in samples.items()}
    first = columns[0]
    if spaced[first] < TOKENISED:
        return columns
    alike = [name for name in columns if len(samples[name]) > 0.7 * len(samples[first])]
    best = min(alike, key=lambda name: (spaced[name] > spaced[first] / 2, columns.index(name)))
    return [best, *(name for name in columns if name != best)]


def _join_parts(table: Table) -> None:
    joined = _lexicon()["joined"]
    for row in table.rows:
        parts = {normal(name): name for name in row}
        if all(part in parts for part in joined["parts"]):
            row[joined["name"]] = "\n".join(str(row[parts[part]] or "") for part in joined["parts"]).strip()


def _values(table: Table, name: str) -> list[Any]:
    """A sample of the column's values, empty ones left out."""
    step = max(len(table.rows) // SAMPLE, 1)
    cells = (row.get(name) for row in table.rows[::step])
    return [cell for cell in cells if not is_empty(cell)]


def is_empty(cell: Any) -> bool:
    """Whether a cell holds nothing (NaN is unequal to itself)."""
    if isinstance(cell, str):
        return not cell or cell.isspace()
    return cell is None or cell != cell or cell == []


def is_url(cell: Any) -> bool:
    """Whether a cell is a web address."""
    return isinstance(cell, str) and bool(URL.match(cell.strip()))


def _typical_length(values: Sequence[Any]) -> float:
    texts = [value for value in values if isinstance(value, str)]
    if (
        len(texts) < len(values)
        or not texts
        or _mostly(is_url, texts)
        or not _mostly(lambda text: " " in text.strip(), texts)
    ):
        return 0.0
    return median(map(len, texts))


def _mostly(check: Callable[[Any], bool], values: Sequence[Any]) -> bool:
    return bool(values) and sum(map(check, values)) >= 0.8 * len(values)


def _few_names(most: int) -> Callable[[Sequence[Any]], bool]:
    def check(values: Sequence[Any]) -> bool:
        short = all(isinstance(value, str | int | float) and len(str(value)) <= 60 for value in values)
        return short and not any(map(is_url, values)) and 0 < len({slug(str(value)) for value in values}) <= most

    return check


def _are_sides(values: Sequence[Any]) -> bool:
    return _few_names(MOST_SIDES)(values) and len({str(value) for value in values}) > 1


def _are_titles(values: Sequence[Any]) -> bool:
    return all(isinstance(value, str) for value in values) and 10 <= _typical_length(values) <= 300


def _are_distinct(values: Sequence[Any]) -> bool:
    return len({str(value) for value in values}) == len(values) > 0


CHECKS: dict[str, Callable[[Sequence[Any]], bool]] = {
    "id": _are_distinct,
    "side": _are_sides,
    "outlet": _few_names(MOST_OUTLETS),
    "date": lambda values: _mostly(looks_like_a_day, values),
    "title": _are_titles,
    "text": lambda values: _typical_length(values) >= LONG_TEXT,
    "teaser": lambda values: _typical_length(values) >= SHORTEST_TEXT,
    "topic": _few_names(MOST_OUTLETS),
    "url": lambda values: _mostly(is_url, values),
    "language": lambda values: all(isinstance(value, str) and len(value) <= 20 for value in values),
}
