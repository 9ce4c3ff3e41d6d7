"""Which figures of one document give the same quantity: told again, or claimed otherwise by somebody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from analysis.claims.candidates import Pair, groups
from analysis.claims.counted import UNTOLD, Counted
from analysis.claims.facets import CONTRARY, ENOUGH, TOO_FAR, fit, value_points
from analysis.claims.intervals import gap, verdict


def quantities(rows: Sequence[Counted]) -> dict[str, str]:
    """Figure id -> id of the first figure of its document that gives the same quantity."""
    leader = {row.id: row.id for row in rows}

    def find(item: str) -> str:
        while leader[item] != item:
            leader[item] = leader[leader[item]]
            item = leader[item]
        return item

    order = {row.id: number for number, row in enumerate(rows)}
    for one, other in (*_told_again(rows), *rivals(rows)):
        first, second = sorted((find(one.id), find(other.id)), key=order.__getitem__)
        leader[second] = first
    return {row.id: find(row.id) for row in rows}


def _in_documents(rows: Iterable[Counted]) -> Iterator[Pair]:
    documents: dict[str, list[Counted]] = defaultdict(list)
    for row in rows:
        documents[row.document].append(row)
    for own in documents.values():
        for group in groups(own):
            yield from combinations(group, 2)


def _told_again(rows: Iterable[Counted]) -> Iterator[Pair]:
    """Headline and text, or two sentences, that give one value of one thing."""
    for one, other in _in_documents(rows):
        same = one.measure == other.measure and verdict(one.figure, other.figure) == "agree"
        if same and fit(one, other) >= ENOUGH:
            yield one, other


def rivals(rows: Iterable[Counted]) -> list[Pair]:
    """Two claimants on one quantity; how long talks lasted may be of two talks."""
    return [
        (one, other)
        for one, other in _in_documents(rows)
        if one.claimant != other.claimant and one.dimension != "duration" and _rival(one, other)
    ]


def _rival(one: Counted, other: Counted) -> bool:
    """Whether both figures count all of one thing, however far apart."""
    if one.part or other.part or None in (one.measure, other.measure) or one.key[0] == UNTOLD:
        return False
    points = fit(one, other)
    alike = one.place == other.place and one.measure == other.measure
    return (
        alike
        and points > CONTRARY
        and gap(one.figure, other.figure) <= TOO_FAR
        and points - value_points(one, other) >= ENOUGH
    )
