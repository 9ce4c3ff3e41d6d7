"""Which figures are worth comparing: those of one kind of thing whose documents may tell of one event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from analysis.claims.counted import Counted
from analysis.claims.events import Events
from analysis.claims.facets import DAYS_APART
from analysis.claims.facing import is_telling

MOST_CANDIDATES = 400
"""Figures of one group that share a name; a larger crowd is too common to tell events apart and is passed over."""

Pair = tuple[Counted, Counted]


def groups(rows: Iterable[Counted]) -> list[list[Counted]]:
    """The rows by key: figures of two groups never give the same quantity."""
    found: dict[tuple[str | None, ...], list[Counted]] = defaultdict(list)
    for row in rows:
        found[row.key].append(row)
    return [group for group in found.values() if len(group) > 1]


def candidates(
    group: Sequence[Counted], events: Events, wanted: Callable[[Counted, Counted], bool], *, untold: bool = False
) -> Iterator[Pair]:
    """Pairs, in order, that are wanted and whose documents may tell of one event, through dates and shared names.

    With `untold` only those where no word tells the measure of one.
    """
    told = np.array([untold and row.told for row in group])
    day = np.array([np.nan if row.date is None else row.date.toordinal() for row in group])
    crowds = [list(range(len(group)))] if len(group) <= MOST_CANDIDATES else _sharing_a_name(group, events)
    for one, other in sorted({pair for crowd in crowds for pair in _of_near_days(crowd, day, told)}):
        if wanted(group[one], group[other]) and events.meet(group[one], group[other]):
            yield group[one], group[other]


def _of_near_days(crowd: Sequence[int], day: np.ndarray, told: np.ndarray) -> Iterator[tuple[int, int]]:
    """Pairs of places in a group, not both told, whose days allow one quantity; one without a day goes with all."""
    place = np.array(crowd)
    one, other = (place[half] for half in np.triu_indices(len(place), 1))
    near = ~(np.abs(day[one] - day[other]) > DAYS_APART) & ~(told[one] & told[other])
    return zip(one[near].tolist(), other[near].tolist(), strict=True)


def _sharing_a_name(group: Sequence[Counted], events: Events) -> list[list[int]]:
    """Places in a group by the names of their documents, without the commonest."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(group):
        for name in events.names_of(row.document):
            by_name[name].append(place)
    return [places for places in by_name.values() if len(places) <= MOST_CANDIDATES]


def of_one_value(rows: Iterable[Counted]) -> list[list[Counted]]:
    """The rows that state one value of one class of things, whatever was done to them; not what is often equal."""
    found: dict[tuple[object, ...], list[Counted]] = defaultdict(list)
    for row in rows:
        if is_telling(row):
            of = None if row.dimension == "share" else row.root
            found[of, row.dimension, row.per, row.interval.point].append(row)
    return [group for group in found.values() if len(group) > 1]


def of_one_class(rows: Iterable[Counted]) -> list[list[Counted]]:
    """The rows of each class of things of which no word tells what was done to some."""
    found: dict[tuple[object, ...], list[Counted]] = defaultdict(list)
    for row in rows:
        found[row.kind, row.dimension, row.per].append(row)
    return [group for group in found.values() if len(group) > 1 and not all(row.told for row in group)]
