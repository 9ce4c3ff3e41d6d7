"""Which row of a table names its columns, and the cells of its rows under these names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from analysis.loading.columns import FIELDS, SHORTEST_TEXT, column_aliases, is_empty, is_url, normal

DELIMITERS = (",", "\t", ";", "|")

LONGEST_PREFACE = 20
"""Lines above the header that are looked at: exports put their query and their day there."""

SEPARATOR = re.compile(r'"?sep=.?"?$')
"""A first line that tells Excel the delimiter."""


def lines_before_header(text: str) -> int:
    """Lines of a delimited file above the one that names its columns; 0 where its first line may be it."""
    lines = text.split("\n", LONGEST_PREFACE)[:LONGEST_PREFACE]
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    cells = [max((line.split(mark) for mark in DELIMITERS), key=known_names) for line in lines]
    if SEPARATOR.match(lines[first].strip()):
        first += 1
        return max(rows_before_header(cells[first:]), 0) + first
    return first + rows_before_header(cells[first:]) if rows_before_header(cells[first:]) else 0


def rows_before_header(rows: Sequence[Sequence[Any]]) -> int:
    """Rows above the one that names the columns: none, unless the first names nothing and a later one two fields."""
    if not rows or known_names(rows[0]):
        return 0
    found = (
        number
        for number, row in enumerate(rows[:LONGEST_PREFACE])
        if known_names(row) > 1 and not _holds_more_than_names(row)
    )
    return next(found, 0)


def known_names(cells: Sequence[Any]) -> int:
    """How many cells are a name of one of our fields."""
    return sum(
        any(normal(str(cell)) in column_aliases(field) for field in FIELDS) for cell in cells if len(str(cell)) < 60
    )


def is_data(cells: Sequence[Any]) -> bool:
    """Whether a row holds what no header does, and at most one cell that could be a name."""
    return _holds_more_than_names(cells) and known_names(cells) < 2


def _holds_more_than_names(cells: Sequence[Any]) -> bool:
    """Whether a cell is a text or a web address."""
    return any(is_url(cell) or (len(str(cell).strip()) >= SHORTEST_TEXT and " " in str(cell)) for cell in cells)


def column_names(cells: Sequence[Any]) -> list[str]:
    """The names of a header; a cell without one is named by its place."""
    names = [str(cell).strip().strip("\ufeff").strip() for cell in cells]
    return [name or f"column {number}" for number, name in enumerate(names, 1)]


def record(names: Sequence[str], cells: Sequence[Any]) -> dict[str, Any]:
    """A row under the columns' names; of columns with one name the first cell that holds something counts."""
    row = dict(zip(names, cells, strict=False))
    if len(row) == min(len(names), len(cells)):
        return row
    filled: dict[str, Any] = {}
    for name, cell in zip(names, cells, strict=False):
        filled[name] = cell if is_empty(filled.get(name)) else filled[name]
    return filled


def repeated_names(names: Sequence[str]) -> list[str]:
    """The names that stand more than once."""
    return [name for name in dict.fromkeys(names) if names.count(name) > 1]
