"""Tables of articles: CSV, TSV, JSON, JSON lines and Parquet with plain columns."""

from __future__ import annotations

import csv
import io
import json
import sys
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.corpus import CorpusError

COLUMNS = Path(__file__).parent.parent / "lexicons" / "columns.toml"


def read_delimited(content: str, where: str, delimiter: str) -> list[dict[str, Any]]:
    """Rows of a CSV or TSV file under our column names."""
    csv.field_size_limit(sys.maxsize)
    reader = csv.DictReader(io.StringIO(content, newline=""), delimiter=delimiter, restkey="", strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise CorpusError(f"{where}, line {reader.line_num}: {error}. Check the quotation marks.") from None
    return _named(rows, where)


def read_json(content: str, where: str) -> list[dict[str, Any]]:
    """Articles of a JSON array, or of an object that holds one."""
    try:
        value = json.loads(content)
    except json.JSONDecodeError as error:
        raise CorpusError(f"{where}, line {error.lineno}: not JSON ({error.msg}).") from None
    if isinstance(value, dict):
        value = next((item for item in value.values() if isinstance(item, list)), [value])
    return _named(value, where)


def read_json_lines(content: str, where: str) -> list[dict[str, Any]]:
    """Articles of a JSON-lines file, one object a line."""
    rows = []
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        try:
            rows.append(json.loads(line))
        except json.JSONDecodeError as error:
            raise CorpusError(f"{where}, line {number}: not a JSON object ({error.msg}).") from None
    return _named(rows, where)


def read_parquet(path: Path) -> list[dict[str, Any]]:
    """Rows of a Parquet file under our column names."""
    try:
        table = pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path.name}: not a readable Parquet file ({error}).") from None
    return _named(table.astype(object).where(table.notna(), None).to_dict("records"), path.name)


def parse_date(value: object, where: str) -> date | None:
    """A calendar day of an ISO date or date-time; empty values give None.

    Raises:
        CorpusError: the value is no ISO date.
    """
    text = str(value).strip() if value is not None else ""
    if not text or text.lower() in {"nan", "nat", "none", "null"}:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise CorpusError(f"{where}: the date {text[:40]!r} is not of the form 2025-02-12.") from None


@cache
def column_aliases() -> dict[str, str]:
    """Alias -> our column, the better alias first where a table has several."""
    lexicon = tomllib.loads(COLUMNS.read_text(encoding="utf-8"))
    return {alias: name for name, entry in lexicon.items() for alias in entry["aliases"]}


def _named(rows: Iterable[Any], where: str) -> list[dict[str, Any]]:
    """Rename the rows' columns to ours; the row's number comes along for messages."""
    aliases = column_aliases()
    rank = {alias: number for number, alias in enumerate(aliases)}
    records = []
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise CorpusError(f"{where}, row {number}: an article must be an object with named fields.")
        record: dict[str, Any] = {"where": f"{where}, row {number}"}
        known = [(str(key).strip().lower(), value) for key, value in row.items() if key]
        for key, value in sorted(known, key=lambda item: rank.get(item[0], 0)):
            if key in aliases and record.get(aliases[key]) in (None, ""):
                record[aliases[key]] = value
        if not isinstance(record.get("text"), str):
            raise CorpusError(
                f"{where}, row {number}: no text. Name the column 'text' (or one of: "
                f"{', '.join(alias for alias, name in aliases.items() if name == 'text')})."
            )
        records.append(record)
    return records
