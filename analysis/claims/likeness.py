"""How likely two figures give one quantity where words do not settle it: evidence with fitted weights.

Of an unfamiliar text the reader knows half of the verbs; that it does not know one is no sign that two figures differ.
And where words tell of both the same, but the values lie apart, two figures may still be of two things.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from analysis.claims.counted import UNTOLD, family
from analysis.claims.facets import (
    APART,
    CONTRARY,
    ENOUGH,
    NEAR,
    circumstances,
    date_points,
    object_points,
    owner_points,
    shared_words,
)
from analysis.claims.facing import Facing

Evidence = Iterable[tuple[str, float]]
"""What speaks for or against one quantity: names, each with how much of it there is."""

OPEN = {
    "any": -2.29,
    "same object": 0.64,
    "people by two names": -0.14,
    "other object": -0.76,
    "no object": 0.23,
    "one value": 2.33,
    "one small value": 1.27,
    "near values": 1.03,
    "values apart": -0.21,
    "values far apart": -1.29,
    "too far": -3.16,
    "circumstances": 0.3,
    "shared words": 0.69,
    "words near": 0.71,
    "share": -0.85,
    "sum": 1.08,
}
"""Evidence on two figures where no word tells the measure of one -> what it adds to the log-odds of one quantity.

Fitted by logistic regression with `tests/benchmarks/fit_likeness.py` on 3,414 such pairs, 498 right, of 239 pairs of
passages, each read four times: with the whole lexicons, and three times without half of their words, which leaves
about what an unfamiliar text leaves. "any" is 0.95 lower than fitted, as a false pair is worse than a missed one: the
least by which 92 % of the pairs shown are right when the weights are fitted without the annotator's passages.
"""

RIVALS = {
    "any": -2.53,
    "points": 0.81,
    "same company": 0.91,
    "same claimant": -0.84,
    "two claimants": 0.54,
    "words near": 0.25,
    "long articles": -0.46,
}
"""The same for figures that fit while their values lie apart: fitted likewise, on 474 pairs, 313 right."""

OF_WHAT = {"shared words", "words near"}
"""Without any of these two shares or sums may be of any two things."""

POINTS = 2
"""Points for one unit of log-odds: those of a pair as likely as not are `ENOUGH`."""

MOST_POINTS = 10
"""Facets that fit even better tell no more."""

MOST_WORDS = 3
"""Words of two sentences in common beyond this number tell no more."""

MOST_NEAR = 2
"""Words near two figures in common beyond this number tell no more."""


def is_open(two: Facing) -> bool:
    """Whether no word tells that the measures of two figures are one, or two."""
    one, other = two.both
    if family(one.measure) == family(other.measure) != UNTOLD:
        return False
    return not (one.told and other.told)


def is_apart(two: Facing) -> bool:
    """Whether two values are neither the same nor about the same."""
    return two.verdict != "agree" and not two.alike and two.times > NEAR


def likeness(two: Facing) -> int:
    """Points for two open figures of one class, on the scale of the facets; `CONTRARY` if they cannot be one."""
    if CONTRARY in (date_points(two), owner_points(two)):
        return CONTRARY
    told = dict(open_evidence(two))
    if told.keys() & {"share", "sum"} and not (told.keys() & OF_WHAT or two.distinct or _of_one_name(two)):
        return CONTRARY
    return max(CONTRARY, ENOUGH + round(POINTS * log_odds(told.items(), OPEN)))


def _of_one_name(two: Facing) -> bool:
    """Whether both name one thing or one act in the same word."""
    one, other = two.both
    return bool(one.noun & other.noun) or one.measure == other.measure is not None


def is_rival(two: Facing, points: int) -> bool:
    """Whether two figures that fit by so many points, with values apart, are likelier of one quantity than of two."""
    return log_odds(rival_evidence(two, points), RIVALS) >= 0


def log_odds(evidence: Evidence, weights: Mapping[str, float]) -> float:
    """The natural logarithm of the odds for one quantity."""
    return sum(weights[name] * amount for name, amount in evidence)


def open_evidence(two: Facing) -> Iterator[tuple[str, float]]:
    """What speaks for or against one quantity where no word tells the measure of one: names of `OPEN`."""
    yield "any", 1
    yield _object(two), 1
    yield _value(two), 1
    yield "circumstances", circumstances(two)
    if words := shared_words(two):
        yield "shared words", min(MOST_WORDS, words)
    yield from _near(two)
    if two.one.dimension != "count":
        yield "share" if two.one.dimension == "share" else "sum", 1


def rival_evidence(two: Facing, points: int) -> Iterator[tuple[str, float]]:
    """What speaks for or against one quantity where values lie apart: names of `RIVALS`.

    Args:
        two: the two figures.
        points: those of their facets.
    """
    one, other = two.both
    yield "any", 1
    yield "points", min(MOST_POINTS, points)
    if one.company & other.company:
        yield "same company", 1
    yield from _claimants(two)
    yield from _near(two)
    yield "long articles", math.log(one.crowd * other.crowd)


def _near(two: Facing) -> Iterator[tuple[str, float]]:
    if words := len(two.one.near & two.other.near):
        yield "words near", min(MOST_NEAR, words)


def _claimants(two: Facing) -> Iterator[tuple[str, float]]:
    """Nobody gives two counts of one thing; two claimants may."""
    one, other = two.one.claimant, two.other.claimant
    if one == other:
        yield "same claimant", 1
    elif one and other:
        yield "two claimants", 1


def _object(two: Facing) -> str:
    if two.one.dimension != "count":
        return "no object"
    points = object_points(two)
    return "other object" if points == CONTRARY else "same object" if points else "people by two names"


def _value(two: Facing) -> str:
    if two.alike:
        return "one value"
    if two.verdict == "agree":
        return "one small value"
    named = ((NEAR, "near values"), (APART / 2, "values apart"), (APART, "values far apart"), (math.inf, "too far"))
    return next(name for most, name in named if two.times <= most)
