"""The figure reader on sentences written for this project; floors rise, and sink only by an explicit edit."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from analysis.figures import Figure, find_figures
from analysis.figures.objects import compared_as

GOLD = Path(__file__).parent / "figures.jsonl"

FLOORS = {"found": 0.99, "bound": 0.99, "object": 0.985, "measure": 0.985, "claimant": 0.985}
"""F1 of figures found with the right value, and with the named field right beside it."""

SIGNS = {"at_least": "lower", "more_than": "lower", "at_most": "upper", "less_than": "upper"}


@cache
def scores() -> dict[str, float]:
    counts: Counter[str] = Counter()
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        counts.update(_count(case["figures"], [one for one in find_figures(case["text"]) if one.comparable]))
    return {name: _f1(counts, name) for name in FLOORS}


def _f1(counts: Counter[str], name: str) -> float:
    """F1 over the gold figures that state the field; a wrong value is missed and invented at once."""
    right, wrong = counts[name], counts["false"] * counts[f"{name} stated"] / max(counts["found stated"], 1)
    return 2 * right / (2 * right + wrong + 2 * (counts[f"{name} stated"] - right))


def _count(gold: list[dict[str, Any]], found: list[Figure]) -> Counter[str]:
    counts: Counter[str] = Counter()
    hit = set()
    for want in gold:
        got = next((one for one in found if _overlaps(want, one) and _same_value(want, one)), None)
        hit.add(got)
        for name, (stated, right) in _fields(want, got).items():
            counts[f"{name} stated"] += stated
            counts[name] += stated and right
    counts["false"] = sum(one not in hit for one in found)
    return counts


def _fields(want: dict[str, Any], got: Figure | None) -> dict[str, tuple[bool, bool]]:
    """For each field, whether the gold states it and whether the figure has it right."""
    if got is None:
        return {name: (name in ("found", "bound", "claimant") or want.get(name) is not None, False) for name in FLOORS}
    return {
        "found": (True, True),
        "bound": (True, SIGNS.get(got.bound, got.bound) == SIGNS.get(want["bound"], want["bound"])),
        "object": (
            want["object"] is not None,
            bool(got.object) and compared_as(str(got.object)) == compared_as(str(want["object"])),
        ),
        "measure": (want["measure"] is not None, got.measure == want["measure"]),
        "claimant": (True, _same_claimant(want["claimant"], got.claimant)),
    }


def _overlaps(want: dict[str, Any], got: Figure) -> bool:
    return bool(want["start"] < got.number_end and got.number_start < want["end"])


def _same_value(want: dict[str, Any], got: Figure) -> bool:
    low, high = (got.low if got.low is not None else got.point), (got.high if got.high is not None else got.point)
    ends = ((low, want["low"]), (high, want["high"]))
    return all(have is not None and abs(float(have) - wish) <= 1e-5 * max(1.0, wish) for have, wish in ends)


def _same_claimant(want: str | None, got: str | None) -> bool:
    if want is None or got is None:
        return want == got
    return bool(_words(want) & _words(got))


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.casefold())) - {"the", "a", "of", "s"}


@pytest.mark.parametrize("name", FLOORS)
def test_floor(name: str) -> None:
    assert scores()[name] >= FLOORS[name]
