"""Words for ids and numbers, shared by the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

Look = Mapping[str, tuple[str, str]]
"""Side id -> (label, colour)."""


def rows(table: pd.DataFrame) -> Iterator[Any]:
    """The rows of a table, its columns as attributes."""
    return table.itertuples()


def words(value: Any) -> str:
    """An id as words; nothing for a missing one."""
    return "" if value is None or value != value else str(value).replace("_", " ")


def several(count: int, noun: str) -> str:
    """A count with its noun."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
