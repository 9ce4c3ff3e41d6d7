"""Days from the ways exports write them. A day that is not certain is guessed by the column, and the guess is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

EARLIEST = date(1980, 1, 1)
"""Older days in a news export are faults (year 0001, epoch 0)."""

MOST_FAILURES = 200
"""Values of one column that the slow reader of other languages' dates is tried on in vain."""

ISO = re.compile(r"(\d{4})([-/.]?)(\d{2})\2(\d{2})(?=\d{6}(?:\.0)?$|(?!\d))")
LOOSE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)")
NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
EPOCH = re.compile(r"(\d{9,10})(?:\.\d+)?$|\d{12,13}$|\d{16}$|\d{19}$")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
SHORT = re.compile(
    r"(\d{1,2}[-/ .]+[A-Za-z]{3,9}\.?|[A-Za-z]{3,9}\.? \d{1,2},?)[-/ .,]+['’]?(\d{2})(?=$|[ ,]+\d{1,2}:)"
)
LABEL = re.compile(r"^[^\W\d]{3,15}(?: [^\W\d]{2,10})?:\s+")
DOTTED_IN_PATH = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.((?:19|20)\d{2})(?!\d)")
IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d{2})([-/_.]?)(\d{1,2})\2(\d{1,2})(?!\d)")

GUESSED = "day before month is a guess: no value of the column decides"


@dataclass(frozen=True)
class Day:
    """A day, or None, and how it was found."""

    value: date | None
    how: str


@dataclass
class DayReader:
    """Reads the days of one column.

    Attributes:
        latest: days after this one are faults.
        day_first: whether 3/4/2022 is the third of April in this column; None where nothing decides.
    """

    latest: date
    day_first: bool | None = None
    _known: dict[str, Day] = field(default_factory=dict)
    _failures: int = 0

    @classmethod
    def of(cls, values: Sequence[Any], latest: date) -> DayReader:
        """A reader that knows from the column's values which of two numbers is the day."""
        first = second = 0
        for value in values:
            match = NUMERIC.match(str(value).strip()) if isinstance(value, str) else None
            if match:
                first += int(match[1]) > 12
                second += int(match[3]) > 12
        return cls(latest, first > second if first != second else None)

    def __call__(self, value: Any) -> Day:
        """The day of a cell; None with the reason where there is none."""
        key = f"{type(value).__name__}{value}"
        if key not in self._known:
            self._known[key] = self._checked(self._read(value))
        return self._known[key]

    def _checked(self, day: Day) -> Day:
        if day.value and not EARLIEST <= day.value <= self.latest:
            return Day(None, f"out of range ({EARLIEST} to {self.latest})")
        return day

    def _read(self, value: Any) -> Day:
        if isinstance(value, datetime):
            return Day(value.date(), "date cell")
        if isinstance(value, date):
            return Day(value, "date cell")
        text = "" if value is None or value != value else str(value).strip()
        if not text or text.casefold() in ("nan", "nat", "none", "null", "n/a", "na", "-"):
            return Day(None, "no date given")
        text = LABEL.sub("", text)
        for read in (_iso, _epoch, self._numeric, self._short, _worded, self._foreign):
            day = read(text)
            if day:
                return day
        return Day(None, "not readable as a day")

    def _numeric(self, text: str) -> Day | None:
        match = NUMERIC.match(text)
        if not match:
            return None
        first, second = int(match[1]), int(match[3])
        year = int(match[4]) if len(match[4]) == 4 else _century(int(match[4]), self.latest)
        day_first = self.day_first if self.day_first is not None else True
        if (first > 12) != (second > 12):
            day_first = first > 12
        how = "day before month" if day_first else "month before day"
        if self.day_first is None and max(first, second) <= 12 and match[2] != ".":
            how = GUESSED
        if len(match[4]) == 2:
            how += ", year of two digits"
        return _made(year, *((second, first) if day_first else (first, second)), how)

    def _short(self, text: str) -> Day | None:
        """A month written out in English with a year of two digits."""
        match = SHORT.match(text)
        day = _worded(f"{match[1]} {_century(int(match[2]), self.latest)}") if match else None
        return Day(day.value, f"{day.how}, year of two digits") if day else None

    def _foreign(self, text: str) -> Day | None:
        """Months in other languages than English."""
        if not YEAR.search(text) or self._failures > MOST_FAILURES or len(text) > 80:
            return None
        import dateparser

        settings: Any = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
        try:
            found = dateparser.parse(text, settings=settings)
        except (ValueError, OverflowError, TypeError, RecursionError):
            found = None
        self._failures += found is None
        return Day(found.date(), "written out") if found else None


def day_of_parts(year: Any, month: Any, day: Any, latest: date) -> Day:
    """A day from three columns."""
    try:
        value = date(int(float(year)), int(float(month)), int(float(day)))
    except (TypeError, ValueError, OverflowError):
        return Day(None, "not readable as a day")
    return DayReader(latest)._checked(Day(value, "year, month and day columns"))


def day_in_path(path: str, latest: date) -> date | None:
    """The day in a file's path or a web address.

    >>> day_in_path("north/2022-02-24_gazette.txt", date(2026, 1, 1))
    datetime.date(2022, 2, 24)
    """
    for match in IN_PATH.finditer(path):
        if not match[2] and len(match[0]) != 8:
            continue
        day = _made(int(match[1]), int(match[3]), int(match[4]), "")
        if day and day.value and EARLIEST <= day.value <= latest:
            return day.value
    dotted = (_made(int(match[3]), int(match[2]), int(match[1]), "") for match in DOTTED_IN_PATH.finditer(path))
    return next((day.value for day in dotted if day and day.value and EARLIEST <= day.value <= latest), None)


def looks_like_a_day(value: Any) -> bool:
    """Whether a cell could hold a day."""
    text = str(value).strip()
    known = any(pattern.match(text) for pattern in (ISO, NUMERIC, EPOCH)) or YEAR.search(text)
    return isinstance(value, date) or (len(text) < 60 and bool(known))


def _iso(text: str) -> Day | None:
    match = ISO.match(text)
    if match:
        return _made(int(match[1]), int(match[3]), int(match[4]), "ISO" if match[2] == "-" else "year first")
    match = LOOSE.match(text)
    return _made(int(match[1]), int(match[2]), int(match[3]), "year first") if match else None


def _epoch(text: str) -> Day | None:
    if not EPOCH.match(text):
        return None
    whole = len(text.split(".")[0])
    seconds = float(text) / next(10**power for power in (0, 3, 6, 9) if whole <= 10 + power)
    return Day(datetime.fromtimestamp(seconds, UTC).date(), "seconds since 1970")


def _worded(text: str) -> Day | None:
    """A day with its month written out in English; both defaults must give the same day, so none is made up."""
    if not YEAR.search(text) or len(text) > 80:
        return None
    from dateutil import parser

    try:
        days = {parser.parse(text, default=datetime(2000, month, month), ignoretz=True).date() for month in (1, 2)}
    except (ValueError, OverflowError, TypeError, RecursionError, AttributeError):
        return None
    return Day(days.pop(), "written out") if len(days) == 1 else None


def _made(year: int, month: int, day: int, how: str) -> Day | None:
    try:
        return Day(date(year, month, day), how)
    except ValueError:
        return None


def _century(year: int, latest: date) -> int:
    return 2000 + year if 2000 + year <= latest.year else 1900 + year
