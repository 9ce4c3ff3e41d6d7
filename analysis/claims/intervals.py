"""What a figure allows to be true, as an interval in the base unit, and the verdict of two of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from analysis.figures.lexicon import lexicon

APPROX = 0.10
"""An approximate figure ("about 300") allows ten per cent to each side."""

CONVERTED = 0.04
"""Most that the rounding of a converted value hides: "two hours" are no 150 minutes."""

EPSILON = 1e-9
"""Relative slack for floating point ends."""


KEPT_INTERVALS = 20_000
"""Intervals kept: the distinct quantities of some 10,000 articles."""

End: TypeAlias = Decimal | None


@dataclass(frozen=True)
class Interval:
    """The values a figure allows, both ends included; `point` is the value stated, None for range and vague."""

    low: float
    high: float
    point: float | None


def interval(figure: dict[str, Any]) -> Interval:
    """The interval of a figure row, in the base unit of its dimension.

    exact: the value, give or take half a unit of the last stated digit where the writer rounded; approx: ten
    per cent to each side; at least, more than: open above; at most, less than: from zero; range and vague: as
    stated.
    """
    stated = figure["bound"], figure["low"], figure["point"], figure["high"]
    return _interval(*stated, figure["rounding"] or Decimal(0), figure["unit"])


@lru_cache(maxsize=KEPT_INTERVALS)
def _interval(bound: str, low: End, point: End, high: End, rounding: Decimal, unit: str | None) -> Interval:
    """The interval of what a figure states; kept, as a figure is compared with many."""
    ends: tuple[End, ...]
    if bound == "exact" and point is not None:
        ends = (point - rounding, point + rounding)
    elif bound == "approx" and point is not None:
        ends = tuple(sorted((point * Decimal(str(1 - APPROX)), point * Decimal(str(1 + APPROX)))))
    else:
        ends = (low, high)
    floor = 0.0 if ends[0] is None else _base(ends[0], unit)
    ceiling = math.inf if ends[1] is None else _base(ends[1], unit)
    return Interval(floor, ceiling, None if point is None else _base(point, unit))


def _base(value: Decimal, unit: str | None) -> float:
    entry = lexicon("units").get(unit or "", {"factor": "1"})
    if entry.get("dimension") == "share":
        return float(value)
    return (float(value) + float(entry.get("offset", "0"))) * float(entry["factor"])


def verdict(one: dict[str, Any], other: dict[str, Any]) -> str:
    """agree (same value, same bound), compatible (both can be true) or conflict (they cannot)."""
    return verdict_of(one, other, interval(one), interval(other))


def verdict_of(one: dict[str, Any], other: dict[str, Any], a: Interval, b: Interval) -> str:
    """The verdict of two figure rows whose intervals are known."""
    if one["bound"] == other["bound"] and _same(a, b):
        return "agree"
    if _rounded_alike(one, other, a, b):
        return "agree"
    slack = EPSILON * max(1.0, abs(a.low), abs(b.low)) + _converted(one, other)
    return "compatible" if a.low <= b.high + slack and b.low <= a.high + slack else "conflict"


def _converted(one: dict[str, Any], other: dict[str, Any]) -> float:
    """What a change of units may hide: 16,000 acres may be 6,500 hectares, as no one writes 16,062."""
    if one["unit"] == other["unit"] or None in (one["unit"], other["unit"]):
        return 0.0
    return sum(_hidden(figure) for figure in (one, other))


def _hidden(figure: dict[str, Any]) -> float:
    """Half a unit of the last digit that is not zero, in the base unit, but no more than `CONVERTED` of the value."""
    stated = next((figure[end] for end in ("point", "low", "high") if figure[end]), None)
    if stated is None:
        return 0.0
    step = Decimal(1).scaleb(int(stated.normalize().as_tuple().exponent)) / 2
    value = _base(stated, figure["unit"])
    return min(_base(stated + step, figure["unit"]) - value, CONVERTED * abs(value))


def _same(a: Interval, b: Interval) -> bool:
    if a.point is None or b.point is None:
        return a.point is b.point and (a.low, a.high) == (b.low, b.high)
    return math.isclose(a.point, b.point, rel_tol=1e-9)


def _rounded_alike(one: dict[str, Any], other: dict[str, Any], a: Interval, b: Interval) -> bool:
    """ "61 billion" and "60.8 billion" agree: one is the other, rounded."""
    if one["bound"] != "exact" or other["bound"] != "exact" or a.point is None or b.point is None:
        return False
    return a.low <= b.point <= a.high or b.low <= a.point <= b.high


def ratio(one: dict[str, Any], other: dict[str, Any]) -> float | None:
    """The larger stated value over the smaller; None where one is vague, a range or zero."""
    a, b = interval(one).point, interval(other).point
    if a is None or b is None or min(abs(a), abs(b)) == 0:
        return None
    return round(max(abs(a), abs(b)) / min(abs(a), abs(b)), 3)


def gap(a: Interval, b: Interval) -> float:
    """How many times one is the other: of their points, else of the ends of their intervals that are nearest."""
    low, high = sorted((a, b), key=lambda item: item.low if item.point is None else item.point)
    upper = high.low if high.point is None else high.point
    lower = min(low.high, upper) if low.point is None else low.point
    return upper / lower if lower > 0 else 1.0
