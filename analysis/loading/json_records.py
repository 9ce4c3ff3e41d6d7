"""Articles of JSON and JSON-lines files, however deep the answer of a news service nests them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from analysis.corpus import CorpusError
from analysis.loading.columns import column_aliases, normal, text_names, wrappers
from analysis.loading.decoding import decoded, decoded_lines
from analysis.loading.report import ImportReport, listed
from analysis.loading.sources import Source, Table

HALF_PAIR = re.compile(r"\\u[dD][89a-fA-F]")
DEEPEST = 5
"""Levels below an article that are looked at: the services met nest at most three."""


def read_json(source: Source, report: ImportReport) -> list[Table]:
    """Articles of a JSON file: an array, an object that holds one, one article, columns, or JSON lines.

    Raises:
        CorpusError: it is not JSON, with the line.
    """
    file = decoded(source.data)
    try:
        value = _parsed(file.text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and error.lineno > 1:
            return read_json_lines(source, report)
        raise CorpusError(f"{source.name}, line {error.lineno}: not JSON ({error.msg}).") from None
    except (RecursionError, ValueError) as error:
        raise CorpusError(f"{source.name}: not readable JSON ({_reason(error)}).") from None
    if len(lists := _named_lists(value)) > 1:
        report.files.append(f"{source.name}: JSON, {file.encoding}, lists of articles named {listed(lists)}")
        return [_named_table(source, name, rows) for name, rows in lists.items()]
    rows = _articles(value)
    report.files.append(f"{source.name}: JSON, {file.encoding}, {len(rows)} articles")
    return [_table(source, rows, [f"article {number}" for number in range(1, len(rows) + 1)])]


def read_json_lines(source: Source, report: ImportReport) -> list[Table]:
    """Articles of a JSON-lines file, one object a line.

    Raises:
        CorpusError: a line is no JSON object.
    """
    lines, encoding = decoded_lines(source.data)
    rows, places = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            rows.append(_parsed(line))
        except json.JSONDecodeError as error:
            raise CorpusError(f"{source.name}, line {number}: not a JSON object ({error.msg}).") from None
        except (RecursionError, ValueError) as error:
            raise CorpusError(f"{source.name}, line {number}: not readable JSON ({_reason(error)}).") from None
        places.append(f"line {number}")
    report.files.append(f"{source.name}: JSON lines, {encoding}, {len(rows)} articles")
    return [_table(source, rows, places)]


def _parsed(text: str) -> Any:
    """A JSON value; half of an escaped character pair, which cannot be stored, becomes `?`."""
    value = json.loads(text)
    if HALF_PAIR.search(text):
        value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    return value


def _reason(error: Exception) -> str:
    return "nested too deep" if isinstance(error, RecursionError) else str(error)


def _table(source: Source, rows: Sequence[Any], places: list[str]) -> Table:
    single = wrappers()["single"]
    records = []
    for row, place in zip(rows, places, strict=True):
        if not isinstance(row, dict):
            raise CorpusError(f"{source.name}, {place}: an article must be an object with named fields.")
        inner = row.get(single)
        records.append(flat(inner if isinstance(inner, dict) else row))
    return Table(source.name, source.stem, records, places)


def _named_table(source: Source, name: str, rows: Sequence[Any]) -> Table:
    """One of several lists of a file; like a sheet its name is that of a side where no column tells."""
    table = _table(source, rows, [f"{name}, article {number}" for number in range(1, len(rows) + 1)])
    table.side = name
    return table


def _named_lists(value: Any) -> dict[str, list[Any]]:
    """The lists of an object that hold articles with a body."""
    parts = value.items() if isinstance(value, dict) else ()
    return {
        name: part
        for name, part in parts
        if isinstance(part, list) and any(isinstance(item, dict) and _is_article(item, "text") for item in part)
    }


def _articles(value: Any) -> Sequence[Any]:
    """The list of articles in a decoded JSON value."""
    if not isinstance(value, dict):
        return value if isinstance(value, list) else [value]
    for path in wrappers()["lists"]:
        found = _at(value, path.split("."))
        if isinstance(found, list) and all(isinstance(item, dict) for item in found):
            return found
    if _is_article(value):
        return [value]
    parts = list(value.values())
    if parts and all(isinstance(part, dict) for part in parts):
        if set(map(normal, value)) & text_names():
            return _of_columns(value)
        if any(map(_is_article, parts)):
            return _keyed(value)
    return max(_lists(value), key=len, default=[value])


def _at(value: Any, path: list[str]) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _is_article(value: dict[str, Any], *fields: str) -> bool:
    names = {alias for field in fields or ("text", "teaser") for alias in column_aliases(field)}
    return any(isinstance(cell, str) and normal(name) in names for name, cell in _flat(value))


def _of_columns(value: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a table written column by column: name -> row -> cell."""
    keys = dict.fromkeys(key for column in value.values() for key in column)
    return [{name: column.get(key) for name, column in value.items()} for key in keys]


def _keyed(value: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Articles under their ids."""
    return [article if "id" in article else {"id": key, **article} for key, article in value.items()]


def _lists(value: dict[str, Any], depth: int = 0) -> Iterator[list[dict[str, Any]]]:
    for item in value.values():
        if isinstance(item, list) and item and all(isinstance(entry, dict) for entry in item):
            yield item
        elif isinstance(item, dict) and depth < DEEPEST:
            yield from _lists(item, depth + 1)


def flat(row: dict[str, Any]) -> dict[str, Any]:
    """A nested record as one level, the names of all levels joined by `_`; lists become lists of labels."""
    return dict(_flat(row))


def _flat(value: dict[str, Any], prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    for name, cell in value.items():
        if isinstance(cell, dict) and depth < DEEPEST:
            yield from _flat(cell, f"{prefix}{name}_", depth + 1)
        elif isinstance(cell, list):
            labels = [_label(item) for item in cell if isinstance(item, dict | str | int | float)]
            yield prefix + name, [label for label in labels if label]
        else:
            known = decoded(cell).text if isinstance(cell, bytes) else cell
            yield prefix + name, None if isinstance(cell, dict) else known


def _label(item: Any) -> str:
    """What a list's entry is called."""
    if not isinstance(item, dict):
        return str(item)
    return next((str(item[name]) for name in ("label", "name", "title", "uri", "id") if item.get(name)), "")
