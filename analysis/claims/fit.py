"""How well two figures fit as tellings of one quantity."""

from __future__ import annotations

from analysis.claims.counted import Counted
from analysis.claims.facets import CONTRARY, ENOUGH, facet_points
from analysis.claims.facing import Facing
from analysis.claims.likeness import is_apart, is_open, is_rival, likeness


def fit(one: Counted, other: Counted) -> int:
    """The points for one quantity, the same both ways round.

    Below `ENOUGH` two figures are not taken for one quantity, at `CONTRARY` they cannot be one.
    """
    two = Facing(one, other)
    if one.dimension != other.dimension or one.per != other.per:
        return CONTRARY
    if is_open(two):
        return likeness(two) if one.kind == other.kind else CONTRARY
    return facet_points(two) if _of_one_class(two) else CONTRARY


def fit_over_sides(one: Counted, other: Counted) -> int:
    """The same points for figures of two sides; `CONTRARY` for values apart that are likelier of two quantities."""
    points = fit(one, other)
    two = Facing(one, other)
    if points < ENOUGH or is_open(two) or not is_apart(two) or is_rival(two, points):
        return points
    return CONTRARY


def _of_one_class(two: Facing) -> bool:
    """Shares often do not say of what they are."""
    roots = two.one.root, two.other.root
    return roots[0] == roots[1] or "share" in roots
