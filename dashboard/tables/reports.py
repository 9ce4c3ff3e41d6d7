"""What one side reports of one quantity: the latest figure of each claimant, how often it is given, its range."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.tables.wording import several

Reports = list[Any]
"""Figure rows of one claimant on one quantity, the oldest first."""


def by_claimant(figures: Iterable[Any], claimant: Any) -> list[Reports]:
    """The figures of each claimant who gives one in several articles; others by themselves.

    `claimant` names who gives a figure. The claimant heard last comes first; articles without a date keep their
    order.
    """
    told: dict[str, Reports] = defaultdict(list)
    for figure in figures:
        told[claimant(figure).casefold().removeprefix("the ")].append(figure)
    found: list[Reports] = []
    for own in told.values():
        own.sort(key=_day)
        several_articles = len({figure["document"] for figure in own}) > 1
        found += [own] if several_articles else [[figure] for figure in own]
    return sorted(found, key=lambda own: _day(own[-1]), reverse=True) if _dated(found) else found


def _day(figure: Any) -> str:
    """The day of a figure's article, to sort by; none sorts first."""
    day = figure.get("date")
    return "" if day is None or day != day else str(day)


def _dated(found: Sequence[Reports]) -> bool:
    return all(_day(own[-1]) for own in found)


def history(reports: Reports, span: str) -> str:
    """How often a claimant is reported with it, and with what: "latest of 20 reports in 10 articles, 300 to 480"."""
    if len(reports) < 2:
        return ""
    count = f"{several(len(reports), 'report')} in {several(len({one['document'] for one in reports}), 'article')}"
    if len({one["verbatim"] for one in reports}) == 1:
        return f" ({count})"
    first = "latest" if _day(reports[-1]) else "last"
    return f" ({first} of {count}{span and f', {span}'})"
