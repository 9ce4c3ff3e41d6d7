"""Two figures side by side, and what their values tell of each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from analysis.claims.counted import Counted
from analysis.claims.intervals import gap, verdict_of

COINCIDENCE = 20
"""Smaller counts of one thing are often equal by chance."""

SAME = 1.05
"""Most that one value is of the other where both may be meant."""

DISTINCT = 3
"""Significant digits of a value that two things seldom share, whatever is said to have happened to them."""


@dataclass(frozen=True)
class Facing:
    """Two figures of one kind of quantity."""

    one: Counted
    other: Counted

    @property
    def both(self) -> tuple[Counted, Counted]:
        """The two figures."""
        return self.one, self.other

    @cached_property
    def verdict(self) -> str:
        """agree, compatible or conflict."""
        return verdict_of(self.one.figure, self.other.figure, self.one.interval, self.other.interval)

    @cached_property
    def times(self) -> float:
        """How many times one value is the other."""
        return gap(self.one.interval, self.other.interval)

    @cached_property
    def alike(self) -> bool:
        """Whether both give one value, or all but one, that two things seldom have by chance."""
        if not (is_telling(self.one) and is_telling(self.other)) or self.verdict == "conflict":
            return False
        return self.verdict == "agree" or self.times <= SAME

    @cached_property
    def distinct(self) -> bool:
        """Whether the value is one, and so precise that two things seldom share it."""
        return self.alike and all(_digits(row) >= DISTINCT for row in self.both)


def is_telling(row: Counted) -> bool:
    """Whether the value is no small whole number."""
    point = row.figure["point"]
    return point is not None and (point > COINCIDENCE or bool(point % 1))


def _digits(row: Counted) -> int:
    """Significant digits of the value stated; "a third" has none."""
    point = row.figure["point"]
    return 0 if point is None or row.figure["unit"] == "fraction" else len(point.normalize().as_tuple().digits)
