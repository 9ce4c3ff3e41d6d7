"""Who gives a figure, on sentences written for this project; the floors rise, and sink only by an explicit edit."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from analysis.figures import find_figures

GOLD = Path(__file__).parent / "claimants.txt"
MARK = re.compile(r"<(?P<figure>[^<>=]+)=(?P<claimant>[^<>]*)>")

LEAST_RIGHT = 0.95
"""Share of marked figures with the right claimant, or rightly none."""

LEAST_NARRATED = 0.92
"""The same for those the narrator gives: an invented claimant is worse than a missed one."""


@cache
def told() -> list[tuple[str, str, str | None]]:
    """Each marked figure with its line, the claimant it should have ("" for the narrator), and the one read."""
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    return [one for line in lines if line and not line.startswith("#") for one in _read(line.replace("\\n", "\n"))]


def _read(line: str) -> list[tuple[str, str, str | None]]:
    text = MARK.sub(lambda mark: mark["figure"], line)
    figures = find_figures(text)
    found, removed = [], 0
    for mark in MARK.finditer(line):
        start = mark.start() - removed
        end = start + len(mark["figure"])
        removed += len(mark.group()) - len(mark["figure"])
        figure = next((one for one in figures if one.number_start < end and start < one.number_end), None)
        found.append((line, mark["claimant"].strip(), figure.claimant if figure else "no figure"))
    return found


def _is_right(want: str, got: str | None) -> bool:
    return bool(_words(want) & _words(got or "")) if want else got is None


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.casefold())) - {"the", "a", "of", "s"}


def _share(wanted: bool) -> float:
    chosen = [_is_right(want, got) for _, want, got in told() if wanted or not want]
    return sum(chosen) / len(chosen)


def test_claimants() -> None:
    assert _share(wanted=True) >= LEAST_RIGHT


def test_narration_gets_no_claimant() -> None:
    assert _share(wanted=False) >= LEAST_NARRATED
