"""Aligns figures over the sides: groups, best matches and clusters of one quantity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np

from analysis.claims.counted import DAYS_APART, Counted, closeness, same_quantity
from analysis.claims.events import Events
from analysis.claims.intervals import verdict

MOST_CANDIDATES = 400
"""Figures of one group that share a name; a larger crowd is too common to tell events apart and is passed over."""

Pair = tuple[Counted, Counted]


def aligned(rows: Sequence[Counted]) -> list[Pair]:
    """Pairs of different sides that give the same quantity, in order of appearance.

    A figure that fits several of one document which are not themselves one quantity goes with the closest;
    if none is closest, doubt pairs none of them.
    """
    events = Events(rows)
    current = [row for row in rows if row.figure["superseded_by"] is None]
    chosen: list[Pair] = []
    for group in groups(_distinct(current)):
        across = (pair for pair in candidates(group, events) if pair[0].side != pair[1].side)
        pairs = [pair for pair in across if same_quantity(*pair)]
        chosen += _unambiguous(_of_nearest_day(pairs))
    return chosen


def _distinct(rows: Iterable[Counted]) -> list[Counted]:
    """One figure for what a document says twice in the same words: headline and text."""
    kept: dict[tuple[object, ...], Counted] = {}
    for row in rows:
        figure = row.figure
        same = (row.document, row.key, row.object, row.place, row.day, row.scope, row.owner, row.topic, row.part)
        value = (figure["low"], figure["high"], figure["bound"])
        key = (*same, *value)
        if key not in kept or (kept[key].claimant is None and row.claimant is not None):
            kept[key] = row
    return list(kept.values())


def groups(rows: Iterable[Counted]) -> list[list[Counted]]:
    """The rows by key: figures of two groups never give the same quantity."""
    found: dict[tuple[str | None, ...], list[Counted]] = defaultdict(list)
    for row in rows:
        found[row.key].append(row)
    return [group for group in found.values() if len(group) > 1]


def candidates(group: Sequence[Counted], events: Events) -> Iterator[Pair]:
    """Pairs, in order, whose documents may tell of one event, through their dates and the names they share."""
    day = np.array([np.nan if row.date is None else row.date.toordinal() for row in group])
    crowds = [list(range(len(group)))] if len(group) <= MOST_CANDIDATES else _sharing_a_name(group, events)
    for one, other in sorted({pair for crowd in crowds for pair in _of_near_days(crowd, day)}):
        if events.meet(group[one], group[other]):
            yield group[one], group[other]


def _of_near_days(crowd: Sequence[int], day: np.ndarray) -> Iterator[tuple[int, int]]:
    """Pairs of places in a group whose days allow one quantity; one without a day goes with all."""
    place = np.array(crowd)
    one, other = (place[half] for half in np.triu_indices(len(place), 1))
    near = ~(np.abs(day[one] - day[other]) > DAYS_APART)
    return zip(one[near].tolist(), other[near].tolist(), strict=True)


def _sharing_a_name(group: Sequence[Counted], events: Events) -> list[list[int]]:
    """Places in a group by the names of their documents, without the commonest."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(group):
        for name in events.names_of(row.document):
            by_name[name].append(place)
    return [places for places in by_name.values() if len(places) <= MOST_CANDIDATES]


def _of_nearest_day(pairs: Sequence[Pair]) -> list[Pair]:
    """Each figure with those of the articles of another side that are nearest in date: counts grow by the day."""
    apart = [abs((one.date - other.date).days) if one.date and other.date else 0 for one, other in pairs]
    least: dict[tuple[str, str], int] = {}
    for (one, other), days in zip(pairs, apart, strict=True):
        for key in ((one.id, other.side), (other.id, one.side)):
            least[key] = min(days, least.get(key, days))
    return [
        (one, other)
        for (one, other), days in zip(pairs, apart, strict=True)
        if days == least[one.id, other.side] == least[other.id, one.side]
    ]


def _unambiguous(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs that are the closest for both of their figures."""
    options: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in pairs:
        for own, other in (pair, pair[::-1]):
            options[own.id, other.document].append((own, other))
    allowed = {key: {other.id for other in _closest(found)} for key, found in options.items()}
    return [
        (one, other)
        for one, other in pairs
        if other.id in allowed[one.id, other.document] and one.id in allowed[other.id, one.document]
    ]


def _closest(options: Sequence[Pair]) -> list[Counted]:
    """The figures of one document that fit best; several only if they are rival claims of one quantity."""
    best = max(closeness(*pair) for pair in options)
    found = [other for own, other in options if closeness(own, other) == best]
    if all(rival_claims(one, other) for one, other in combinations(found, 2)):
        rivals = [other for _, other in options if all(rival_claims(other, one) for one in found)]
        return [*found, *rivals]
    own = options[0][0]
    equal = [other for other in found if verdict(own.figure, other.figure) == "agree"]
    return equal if len(equal) == 1 else []


def rival_claims(one: Counted, other: Counted) -> bool:
    """Two claimants of one side on the same quantity, at the same place; how long talks lasted may be of two talks."""
    alike = one.place == other.place and one.dimension != "duration"
    return alike and same_quantity(one, other) and one.claimant != other.claimant
