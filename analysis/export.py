"""Tables as CSV and JSON, the same from the command line, a page and the evidence pack."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet would run a cell that begins with one of these."""


def plain(value: Any) -> Any:
    """A value as JSON can hold it: None for missing, whole numbers as int, other amounts as float."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if hasattr(value, "item") and not is_dataclass(value):
        return value.item()
    return value


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as JSON objects."""
    names = list(table.columns)
    return [dict(zip(names, map(plain, row), strict=True)) for row in table.itertuples(index=False, name=None)]


def to_json(value: pd.DataFrame | Mapping[str, Any]) -> str:
    """Indented JSON of a table (an array of its rows) or of one object."""
    content = records(value) if isinstance(value, pd.DataFrame) else plain(value)
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def to_json_lines(table: pd.DataFrame) -> str:
    """One JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in records(table))


def to_csv(table: pd.DataFrame) -> str:
    """CSV with a header; text that a spreadsheet would take for a formula gets a leading apostrophe."""
    cells = [{name: _cell(value) for name, value in row.items()} for row in records(table)]
    buffer = io.StringIO(newline="")
    pd.DataFrame(cells, columns=table.columns, dtype=object).to_csv(buffer, index=False, lineterminator="\r\n")
    return buffer.getvalue()


def to_csv_bytes(table: pd.DataFrame) -> bytes:
    """CSV for a download: UTF-8 with a byte-order mark, as spreadsheet programs expect."""
    return to_csv(table).encode("utf-8-sig", "replace")


def to_text(table: pd.DataFrame, width: int = 60) -> str:
    """A table for a terminal, long cells cut to `width` characters."""
    rows = [[_short(_cell(value), width) for value in row.values()] for row in records(table)]
    lines = [list(map(str, table.columns)), *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(table.columns))]
    return "".join(_line(line, widths) for line in lines)


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value


def _short(value: Any, width: int) -> str:
    text = f"{value:.4g}" if isinstance(value, float) else " ".join(str(value).split())
    return text if len(text) <= width else text[: width - 1] + "…"


def _line(cells: Iterable[str], widths: list[int]) -> str:
    return "  ".join(cell.ljust(size) for cell, size in zip(cells, widths, strict=True)).rstrip() + "\n"
