"""Which figures of one document give the same quantity: told again, or claimed otherwise by somebody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from analysis.claims.candidates import Pair, groups
from analysis.claims.counted import UNTOLD, Counted
from analysis.claims.facets import APART, CONTRARY, ENOUGH, TOO_FAR, place_points, value_points
from analysis.claims.facing import SAME, Facing, is_telling
from analysis.claims.fit import fit
from analysis.claims.intervals import gap


def quantities(rows: Sequence[Counted]) -> dict[str, str]:
    """Figure id -> id of the first figure of its document that gives the same quantity.

    A figure joins others only if it gives the same quantity as each of them.
    """
    found = [(one.id, other.id) for one, other in (*_told_again(rows), *rivals(rows))]
    same = set(map(frozenset, found))
    members: dict[str, list[str]] = {}
    near: dict[str, list[str]] = defaultdict(list)
    for one, other in map(sorted, dict.fromkeys(found)):
        near[one].append(other)
        near[other].append(one)
    leader: dict[str, str] = {}
    for row in rows:
        led = (leader[name] for name in near[row.id] if name in leader)
        fitting = (first for first in led if all(frozenset((row.id, name)) in same for name in members[first]))
        leader[row.id] = next(fitting, row.id)
        members.setdefault(leader[row.id], []).append(row.id)
    return leader


def _in_documents(rows: Iterable[Counted]) -> Iterator[Pair]:
    documents: dict[str, list[Counted]] = defaultdict(list)
    for row in rows:
        documents[row.document].append(row)
    for own in documents.values():
        for group in groups(own):
            yield from combinations(group, 2)


def _told_again(rows: Iterable[Counted]) -> Iterator[Pair]:
    """Headline and text, or two sentences, that give one value of one thing, exactly or about."""
    for one, other in _in_documents(rows):
        if one.measure == other.measure and _is_same_value(Facing(one, other)) and fit(one, other) >= ENOUGH:
            yield one, other


def _is_same_value(two: Facing) -> bool:
    """Whether both state one value; a small one is told again only of the same place."""
    same = two.verdict != "conflict" and two.times <= SAME
    return same and (is_telling(two.one) or place_points(two) >= 0)


def rivals(rows: Iterable[Counted]) -> list[Pair]:
    """Two claimants on one quantity; how long talks lasted may be of two talks."""
    return [
        (one, other)
        for one, other in _in_documents(rows)
        if one.claimant != other.claimant and one.dimension != "duration" and _rival(one, other)
    ]


def _rival(one: Counted, other: Counted) -> bool:
    """Whether both figures count all of one thing, however far apart."""
    if _is_part(one) or _is_part(other) or None in (one.measure, other.measure) or one.key[0] == UNTOLD:
        return False
    if one.dimension != "count" and None in (one.claimant, other.claimant):
        return False
    if one.times != other.times:  # another month's dead are of another event
        return False
    if gap(one.interval, other.interval) > APART and not _told_against(one, other):
        return False
    if None not in (one.claimant, other.claimant) and one.day != other.day and not side_by_side(one, other):
        return False
    points = fit(one, other)
    alike = place_points(Facing(one, other)) >= 0 and one.measure == other.measure
    return (
        alike
        and points > CONTRARY
        and gap(one.interval, other.interval) <= TOO_FAR
        and points - value_points(Facing(one, other)) >= ENOUGH
    )


BESIDE = 2
"""Characters that may stand between two sentences that follow each other."""


def _is_part(row: Counted) -> bool:
    """Whether the text tells it to be a part of another figure; read back from a table, none may be NaN."""
    total = row.figure["part_of"]
    return row.part or (total is not None and total == total)


def _told_against(one: Counted, other: Counted) -> bool:
    """Whether the second is a bare number beside the first: "the union spoke of 80,000; police counted 9,000"."""
    second = max((one.figure, other.figure), key=lambda figure: figure["start"])
    return second["object_text"] is None and side_by_side(one, other)


def side_by_side(one: Counted, other: Counted) -> bool:
    """Whether they stand in one sentence or in two that follow each other."""
    first, second = sorted((one.figure, other.figure), key=lambda figure: figure["start"])
    return first["field"] == second["field"] and second["sentence_start"] <= first["sentence_end"] + BESIDE
