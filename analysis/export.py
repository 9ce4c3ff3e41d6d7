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
import pyarrow as pa
from pyarrow import parquet

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
    made = pd.DataFrame(cells, columns=table.columns, dtype=object)
    made.to_csv(buffer, index=False, header=list(map(_cell, made.columns)), lineterminator="\r\n")
    return buffer.getvalue()


def to_bytes(table: pd.DataFrame, ending: str) -> bytes:
    """A table as a file to save.

    Args:
        table: any table of `analysis` or of a page.
        ending: `csv` (UTF-8 with a byte-order mark, as spreadsheet programs expect), `json` or `parquet`.
    """
    if ending == "parquet":
        return to_parquet(table)
    return (
        to_json(table).encode("utf-8", "replace") if ending == "json" else to_csv(table).encode("utf-8-sig", "replace")
    )


def to_parquet(table: pd.DataFrame) -> bytes:
    """Parquet with the values of `plain`; objects, and columns of several types, as JSON text."""
    columns = {str(name): _arrow([_dated(value) for value in table[name]]) for name in table.columns}
    buffer = io.BytesIO()
    parquet.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


def _dated(value: Any) -> Any:
    """A value as Parquet can hold it: days stay days, half a surrogate pair becomes a question mark."""
    if isinstance(value, date) and value is not pd.NaT:
        return value
    held = plain(value)
    if isinstance(held, dict):
        return json.dumps(held, ensure_ascii=False)
    return held.encode("utf-8", "replace").decode() if isinstance(held, str) else held


def _arrow(values: list[Any]) -> pa.Array:
    try:
        return pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        texts = [value if isinstance(value, str) else json.dumps(plain(value), ensure_ascii=False) for value in values]
        return pa.array([None if value is None else text for value, text in zip(values, texts, strict=True)])


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
