"""The names of days and months, as words and as patterns of them in a text."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_ENTRIES = tomllib.loads((Path(__file__).parent / "lexicons" / "calendar.toml").read_text("utf-8"))

WEEKDAY = f"(?:{'|'.join(_ENTRIES['weekdays']['names'])})"
"""A day of the week in full, in a regular expression."""

SHORT_MONTHS: list[str] = sorted(_ENTRIES["months"]["short"], key=len, reverse=True)
"""Months as they are shortened, the longest form first."""

MONTH = rf"(?:{'|'.join(_ENTRIES['months']['names'])}|(?:{'|'.join(SHORT_MONTHS)})\b\.?)"
"""A month in full, or shortened with or without its full stop."""


@cache
def day_names() -> frozenset[str]:
    """The days of the week and the months in full, in small letters."""
    return frozenset(name.lower() for kind in ("weekdays", "months") for name in _ENTRIES[kind]["names"])


@cache
def calendar_words() -> frozenset[str]:
    """Every word for a day or month, feasts and short forms too, in small letters."""
    return frozenset(name.lower() for entry in _ENTRIES.values() for name in (*entry["names"], *entry["short"]))
