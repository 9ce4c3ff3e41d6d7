"""Exports: JSON types, formula-safe CSV."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from pyarrow import parquet as pq

from analysis import export

TABLE = pd.DataFrame(
    {
        "text": pd.Series(["=1+1", "-2 and more", "plain, “quoted”\nline", None], dtype=object),
        "amount": pd.Series([Decimal("120"), Decimal("0.5"), None, Decimal("1E+9")], dtype=object),
        "span": pd.Series([[(0, 2)], [], [(1, 2), (3, 4)], None], dtype=object),
        "day": pd.Series([date(2025, 2, 12), None, None, None], dtype=object),
        "score": [1.5, -2.0, np.nan, 0.0],
    }
)


def test_json_types() -> None:
    first, second, third, fourth = json.loads(export.to_json(TABLE))
    assert first == {"text": "=1+1", "amount": 120, "span": [[0, 2]], "day": "2025-02-12", "score": 1.5}
    assert second["amount"] == 0.5
    assert third["score"] is None
    assert third["amount"] is None
    assert fourth["text"] is None
    assert fourth["amount"] == 1_000_000_000


def test_csv_disarms_formulas_in_text_but_not_numbers() -> None:
    rows = list(csv.DictReader(io.StringIO(export.to_csv(TABLE))))
    assert [row["text"] for row in rows] == ["'=1+1", "'-2 and more", "plain, “quoted”\nline", ""]
    assert rows[1]["score"] == "-2.0"
    assert rows[2]["amount"] == ""


def test_a_header_is_no_formula_either() -> None:
    assert export.to_csv(pd.DataFrame({"=1+1: times": [1]})).splitlines()[0] == "'=1+1: times"


def test_a_csv_begins_with_a_byte_order_mark_and_json_holds_the_rows() -> None:
    assert export.to_bytes(TABLE, "csv").startswith(b"\xef\xbb\xbftext,")
    assert json.loads(export.to_bytes(TABLE, "json")) == export.records(TABLE)


def test_parquet_keeps_types_and_turns_what_it_cannot_hold_into_text() -> None:
    mixed = pd.DataFrame({"cell": pd.Series([1, "two", None, [3]], dtype=object), "by": [{"a": 1}, {}, None, {"b": 2}]})
    read = pq.read_table(io.BytesIO(export.to_bytes(pd.concat([TABLE, mixed], axis=1), "parquet"))).to_pylist()
    assert read[0] == {"text": "=1+1", "amount": 120.0, "span": [[0, 2]], "day": date(2025, 2, 12), "score": 1.5,
                       "cell": "1", "by": '{"a": 1}'}  # fmt: skip
    assert [row["cell"] for row in read] == ["1", "two", None, "[3]"]
    assert read[2]["score"] is None


@pytest.mark.parametrize("text", ["\ud83d half a pair", "\x00", "мир 日本"])
def test_every_text_can_be_saved(text: str) -> None:
    table = pd.DataFrame({"text": pd.Series([text], dtype=object)})
    assert all(len(export.to_bytes(table, ending)) for ending in ("csv", "json", "parquet"))


def test_json_lines_hold_a_row_each() -> None:
    assert [json.loads(line)["score"] for line in export.to_json_lines(TABLE).splitlines()] == [
        1.5,
        -2.0,
        None,
        0.0,
    ]


@pytest.mark.parametrize("table", [TABLE, TABLE.iloc[:0]])
def test_a_terminal_table_has_a_line_a_row(table: pd.DataFrame) -> None:
    assert len(export.to_text(table).splitlines()) == len(table) + 1
