"""Aligns the quantities of documents of different sides: one with one, those first that fit best."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from analysis.claims.candidates import candidates, groups, of_one_class, of_one_value
from analysis.claims.counted import Counted
from analysis.claims.events import Events
from analysis.claims.facets import ENOUGH
from analysis.claims.fit import fit_over_sides

if TYPE_CHECKING:
    from analysis.claims.tellings import Fit

Ends = tuple[str, str]
"""A quantity by its first figure, and a document: the place that one quantity of the document takes."""

SHOWN = 2
"""Points from which a rival claim on an aligned quantity is compared with it too."""


def aligned(pairs: Sequence[Fit]) -> list[Fit]:
    """Of the pairs that fit those that are taken for one quantity, in their order.

    A quantity of a document is aligned with one quantity of another, with all that is claimed of it; of what fits
    two equally well, with neither.
    """
    best: dict[Ends, int] = {}
    document: dict[str, str] = {}
    for pair in _of_nearest_day(pairs):
        ends = pair.one.leader, pair.other.leader
        best[ends] = max(pair.points, best.get(ends, pair.points))
        document |= {pair.one.leader: pair.one.document, pair.other.leader: pair.other.document}
    chosen = set(_one_to_one(best, document))
    return [pair for pair in pairs if (pair.one.leader, pair.other.leader) in chosen]


def fits(rows: Sequence[Counted]) -> list[tuple[Counted, Counted, int]]:
    """The pairs over sides that may be one quantity, with their points, in order of appearance."""
    events = Events(rows)
    order = {row.id: number for number, row in enumerate(rows)}
    found: dict[Ends, tuple[Counted, Counted, int]] = {}
    alike = (*groups(rows), *of_one_value(rows))
    told = [pair for group in alike for pair in candidates(group, events, _of_two_sides)]
    told += [pair for group in of_one_class(rows) for pair in candidates(group, events, _of_two_measures, untold=True)]
    for one, other in told:
        if (one.id, other.id) not in found and (points := fit_over_sides(one, other)) >= SHOWN:
            found[one.id, other.id] = one, other, points
    return sorted(found.values(), key=lambda pair: (order[pair[0].id], order[pair[1].id]))


def _of_two_sides(one: Counted, other: Counted) -> bool:
    return one.side != other.side


def _of_two_measures(one: Counted, other: Counted) -> bool:
    return one.side != other.side and one.key != other.key


def _of_nearest_day(pairs: Iterable[Fit]) -> Iterator[Fit]:
    """Each figure with those of the articles of another side that are nearest in date: counts grow by the day."""
    enough = [pair for pair in pairs if pair.points >= ENOUGH]
    dates = [(pair.one.date, pair.other.date) for pair in enough]
    apart = [abs((one - other).days) if one and other else 0 for one, other in dates]
    least: dict[Ends, int] = {}
    for pair, days in zip(enough, apart, strict=True):
        for key in ((pair.one.id, pair.other.side), (pair.other.id, pair.one.side)):
            least[key] = min(days, least.get(key, days))
    for pair, days in zip(enough, apart, strict=True):
        if days == least[pair.one.id, pair.other.side] == least[pair.other.id, pair.one.side]:
            yield pair


def _one_to_one(best: Mapping[Ends, int], document: Mapping[str, str]) -> Iterator[Ends]:
    """The pairs of quantities that fit best, each quantity once with each document; of equals none."""
    ranked: dict[int, list[Ends]] = defaultdict(list)
    for ends, points in best.items():
        ranked[points].append(ends)
    taken: set[Ends] = set()
    for points in sorted(ranked, reverse=True):
        free = [
            (one, other)
            for one, other in ranked[points]
            if not {(one, document[other]), (other, document[one])} & taken
        ]
        wanted: dict[Ends, int] = defaultdict(int)
        for one, other in free:
            wanted[one, document[other]] += 1
            wanted[other, document[one]] += 1
        taken |= wanted.keys()
        yield from (
            (one, other) for one, other in free if wanted[one, document[other]] == wanted[other, document[one]] == 1
        )
