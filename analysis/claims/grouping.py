"""Which figures of one side give the same quantity: said again, updated, disputed, or counted anew every day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise

from analysis.claims.candidates import Pair, candidates, groups
from analysis.claims.contrasts import Contrast
from analysis.claims.counted import UNTOLD, Counted
from analysis.claims.events import Events
from analysis.claims.facets import ENOUGH, place_points
from analysis.claims.facing import Facing
from analysis.claims.fit import fit
from analysis.claims.intervals import gap

SERIES = ("cumulative", "war", "daily", "weekly", "monthly", "yearly")
"""Scopes in which a claimant gives a quantity again and again, each day anew or as a growing total."""

TELLING = 100
"""Counts from here on that are equal, of equal things, are one quantity told again; smaller ones are often chance."""

UPDATED = 3
"""Later counts of one event seldom exceed the first by more."""

AGAIN = ("same_quantity", "update")
"""Relations of figures of one text that give one quantity."""


def grouped(rows: Sequence[Counted], contrasts: Sequence[Contrast]) -> Iterator[Pair]:
    """Pairs of figures of one side that stand in one row of the ledger."""
    at = {row.id: row for row in rows}
    yield from ((at[one.a], at[one.b]) for one in contrasts if one.relation in AGAIN)
    told = [row for row in rows if row.measure is not None]
    events = Events(rows)
    yield from _told_again(told, events)
    yield from _series(told)
    yield from _of_one_event(told, events)


def _about(row: Counted) -> tuple[Hashable, ...]:
    """What two rows must have in common to count the same things."""
    narrowed = tuple(sorted(row.qualifiers))
    return (row.side, *row.key, row.measure, row.object, narrowed, row.place, row.owner, row.scope, row.topic, row.part)


def _told_again(rows: Sequence[Counted], events: Events) -> Iterator[Pair]:
    """The same value of the same things, in headline and text or in article after article."""
    same: dict[tuple[Hashable, ...], list[Counted]] = defaultdict(list)
    for row in rows:
        figure = row.figure
        same[*_about(row), figure["low"], figure["high"], figure["point"], figure["bound"]].append(row)
    for own in same.values():
        for one, other in pairwise(own):
            telling = (one.figure["point"] or 0) >= TELLING
            if telling or one.document == other.document or events.may_match(one.document, other.document):
                yield one, other


def _series(rows: Sequence[Counted]) -> Iterator[Pair]:
    """What one claimant counts again and again: a ministry's daily losses, a war's dead so far."""
    series: dict[tuple[Hashable, ...], list[Counted]] = defaultdict(list)
    for row in rows:
        if row.scope in SERIES and row.claimant:
            series[*_about(row), row.claimant.casefold()].append(row)
    for own in series.values():
        yield from pairwise(own)


def _of_one_event(rows: Sequence[Counted], events: Events) -> Iterator[Pair]:
    """Counts of one event in several articles of a side, as they grow."""
    for group in groups(row for row in rows if row.key[0] != UNTOLD):
        by_side: dict[str, list[Counted]] = defaultdict(list)
        for row in group:
            by_side[row.side].append(row)
        for own in by_side.values():
            yield from (pair for pair in candidates(own, events, _of_two_documents) if _grown(*pair))


def _of_two_documents(one: Counted, other: Counted) -> bool:
    return one.document != other.document and one.measure == other.measure


def _grown(one: Counted, other: Counted) -> bool:
    near = gap(one.interval, other.interval) <= UPDATED
    return near and place_points(Facing(one, other)) >= 0 and fit(one, other) >= ENOUGH
