"""Words for ids and numbers, shared by the tables."""

from __future__ import annotations

import re
from collections import namedtuple
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import pandas as pd

from dashboard.kept import kept

Look = Mapping[str, tuple[str, str]]
"""Side id -> (label, colour)."""

BADGES = {
    "firm": ("●", "Firm"),
    "tentative": ("◐", "Tentative"),
    "too_few": ("○", "Too few to say"),
}
"""Badge of a finding -> its mark and words."""

OTHERS = ("All others", "#7A7A7A")
"""Label and colour of what a side is compared with when there are several."""

NARRATION = "the outlet itself"
"""Who gives a figure that no one is cited for."""

COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


def look(sides: Iterable[Any]) -> Look:
    """Label and colour of each side; grey for a colour that is not written as #RRGGBB."""
    return {side.id: (side.label, side.color if COLOR.fullmatch(side.color) else "#7A7A7A") for side in sides}


def rows(table: pd.DataFrame) -> Iterator[Any]:
    """The rows of a table, its columns and `Index` as attributes.

    As `itertuples`, which makes a new class each time: that takes longer than walking through a small table.
    """
    make = _row(tuple(map(str, table.columns)))
    return map(make._make, zip(table.index, *(table[name].tolist() for name in table.columns), strict=True))


def records(table: pd.DataFrame) -> Iterator[dict[Any, Any]]:
    """The rows of a table as dicts."""
    names = list(table.columns)
    return (dict(zip(names, row, strict=True)) for row in zip(*(table[name].tolist() for name in names), strict=True))


@cache
def _row(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", ["Index", *names], rename=True)


@kept
def first(table: pd.DataFrame, count: int) -> pd.DataFrame:
    """The first rows of a table."""
    return table.head(count)


def words(value: Any) -> str:
    """An id as words; nothing for a missing one."""
    return "" if value is None or value != value else str(value).replace("_", " ")


def printed(figure: Any) -> str:
    """The words of a figure, with what was corrected of it."""
    told = figure.get("corrected")
    return f"{figure['verbatim']} [corrected: {told}]" if told else str(figure["verbatim"])


def several(count: int, noun: str) -> str:
    """A count with its noun."""
    many = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else many}"
