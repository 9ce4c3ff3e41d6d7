"""What two figures have in common, facet by facet, in points: object, measure, place, day, scope, owner, value ..."""

from __future__ import annotations

import math
import re

from analysis.claims.counted import UNTOLD, Counted, family
from analysis.claims.intervals import gap, verdict
from analysis.figures.countries import NATIONWIDE, country_of
from analysis.figures.lexicon import holders, lexicon
from analysis.figures.objects import classes

CONTRARY = -100
"""Points of a facet in which two figures tell of different things: no other facet makes up for it."""

ENOUGH = 4
"""Points from which two figures are taken for one quantity: what a common measure and object alone give."""

DAYS_APART = 2
"""Documents further apart are taken to report different days of an event."""

COINCIDENCE = 12
"""Smaller counts of one thing are often equal by chance."""

APART = 3
"""Rival counts seldom differ by more."""

TOO_FAR = 40
"""No two counts of one thing differ by more: a strike's dead and a war's do."""

NEAR = 1.25
"""Values that are no further apart are about the same."""

VALUES = ((1.05, 2), (NEAR, 1), (APART, 0), (10, -1), (TOO_FAR, -2), (math.inf, -5))
"""How many times one value may be the other, and the points for it."""

DISTINCT = 3
"""Significant digits of a value that two things seldom share, whatever is said to have happened to them."""

_DATED = re.compile(r"\d")
_ARMED = frozenset(("soldier", "fighter"))
"""One side's fighters are the other's soldiers, if they are the same country's."""

_YOUNG = frozenset(("child", "student"))
"""Pupils are children."""

CIVIL = frozenset(("person", "civilian", "protester", "refugee"))
"""Classes by which one side calls the people whom another calls just that."""


def fit(one: Counted, other: Counted) -> int:
    """How well two figures fit as tellings of one quantity: the points of all facets.

    The same both ways round. Below `ENOUGH` they are not taken for one quantity; below zero of `CONTRARY` they
    cannot be one.
    """
    if one.dimension != other.dimension or one.per != other.per or not _of_one_class(one, other):
        return CONTRARY
    points = 0
    for facet in FACETS:
        points += facet(one, other)
        if points <= CONTRARY // 2:
            return CONTRARY
    return points


def _of_one_class(one: Counted, other: Counted) -> bool:
    """Shares often do not say of what they are."""
    return one.root == other.root or "share" in (one.root, other.root)


def told_alike(one: Counted, other: Counted) -> bool:
    """Whether both give one value, or all but one, that two things seldom have by chance."""
    if not (is_telling(one) and is_telling(other)):
        return False
    told = verdict(one.figure, other.figure)
    return told == "agree" or (told == "compatible" and gap(one.figure, other.figure) <= VALUES[0][0])


def is_telling(row: Counted) -> bool:
    """Whether the value is no small whole number."""
    point = row.figure["point"]
    return point is not None and (point > COINCIDENCE or bool(point % 1))


def _is_distinct(row: Counted) -> bool:
    point = row.figure["point"]
    return point is not None and len(point.normalize().as_tuple().digits) >= DISTINCT


def _date(one: Counted, other: Counted) -> int:
    near = one.date is None or other.date is None or abs((one.date - other.date).days) <= DAYS_APART
    return 0 if near else CONTRARY


def _measure(one: Counted, other: Counted) -> int:
    """Measures of one family may name one act, and one that no word tells any act: only near values prove it."""
    if one.measure == other.measure and family(one.measure) != UNTOLD:
        return 3
    if UNTOLD in (family(one.measure), family(other.measure)):
        return _untold(one, other)
    if not told_alike(one, other):
        return CONTRARY
    if family(one.measure) == family(other.measure):
        return 1
    sums = one.dimension.startswith("money") and _is_distinct(one) and _is_distinct(other)
    return CONTRARY if _fits_well(one) and _fits_well(other) and not sums else 0


def _untold(one: Counted, other: Counted) -> int:
    """Points where no word of the lexicon tells the measure of one: of things that are seldom counted, so that
    near values will do; people are counted for too many reasons."""
    if one.measure == other.measure is not None:
        return 2
    near = one.root != "person" and is_telling(one) and gap(one.figure, other.figure) <= NEAR
    alike = told_alike(one, other) and (one.dimension != "share" or _is_distinct(one))
    if not (alike or near):
        return CONTRARY
    return 0 if alike and one.measure != other.measure else -2 if one.measure == other.measure else -1


def _fits_well(row: Counted) -> bool:
    """Whether the lexicon lists the measure for such things, and not just for any: both of two acts are meant then."""
    of = lexicon("measures").get(row.measure or "", {}).get("objects", ())
    return any(name in of for name in (*classes(row.object), row.figure["kind"]))


def _object(one: Counted, other: Counted) -> int:
    pair = {one.object, other.object}
    armed = one.owner is not None and one.owner == other.owner and pair <= _ARMED
    if "share" in pair:
        return 0
    if len(pair) > 1 and not (pair <= CIVIL or pair <= _YOUNG or armed):
        return CONTRARY
    return len(pair) == 1


def _qualifiers(one: Counted, other: Counted) -> int:
    if one.qualifiers and other.qualifiers:
        return 1 if one.qualifiers & other.qualifiers else CONTRARY
    return -2 if one.qualifiers != other.qualifiers and verdict(one.figure, other.figure) == "conflict" else 0


def _part(one: Counted, other: Counted) -> int:
    """A part and its whole are told apart, but for a part that has a name of its own."""
    generic = one.object == other.object == one.root or {one.object, other.object} <= CIVIL
    generic = generic and not (one.qualifiers and one.qualifiers == other.qualifiers)
    return -3 if one.part != other.part and generic else 0


def _place(one: Counted, other: Counted) -> int:
    """A country is its whole; what is said of one place of several is not said of all of them.

    A place sets no figure apart that is the only one of its document, nor one that is named at the head of both.
    """
    a, b = (None if row.place is None else row.place.casefold() for row in (one, other))
    if a == b:
        return 2 if a else 0
    if a is None or b is None:
        placed = one if one.place else other
        return 0 if _is_whole(a or b or "") or _of_event(one, other) else -1 if placed.alone else -2
    if NATIONWIDE in (a, b):
        return 1 if country_of(a if b == NATIONWIDE else b) else -3
    if a in b or b in a:
        return 2
    return CONTRARY


def _is_whole(place: str) -> bool:
    return place == NATIONWIDE or country_of(place) is not None


def _of_event(one: Counted, other: Counted) -> bool:
    """Whether the place that one of two figures has is named at the head of both their documents."""
    place = one.place or other.place or ""
    return any(word in one.names & other.names for word in place.split())


def _day(one: Counted, other: Counted) -> int:
    """Only days named the same way can be told apart: "Friday" may well be "3 May"."""
    if one.day is None or other.day is None or "cumulative" in (one.scope, other.scope):
        return 0
    if one.day == other.day:
        return 1
    alike = bool(_DATED.search(one.day)) == bool(_DATED.search(other.day))
    return (-1 if told_alike(one, other) else CONTRARY) if alike else 0


_TOTALS = frozenset(("cumulative", "combined", "war"))
_SPANS = frozenset(("weekly", "monthly", "yearly"))
"""Periods that may be all the time that is counted."""


def _scope(one: Counted, other: Counted) -> int:
    scopes = {one.scope, other.scope}
    if len(scopes) == 1:
        return 0
    if scopes <= {"cumulative", "combined", "war"}:
        return 0
    if scopes <= {None, "cumulative", "combined"}:
        return -2 if any(row.scope is None and row.day for row in (one, other)) else 0
    if scopes <= {None, "daily"}:
        return 0 if one.day is not None and one.day == other.day else -2
    if scopes == {None, "listed"}:
        named = one.figure["object"]
        return 0 if named == other.figure["object"] and named not in CIVIL else _doubted(one, other)
    if scopes <= {None} | _SPANS:
        return -1
    if scopes <= {None, "war", "polled"}:
        return -2
    if None in scopes:
        return _doubted(one, other)
    return -4 if scopes <= _TOTALS | _SPANS else CONTRARY


def _doubted(one: Counted, other: Counted) -> int:
    """Points where one alone tells how far it counts: only the same value tells that both do."""
    return -1 if told_alike(one, other) else CONTRARY


def _owner(one: Counted, other: Counted) -> int:
    """Whose they are; who tells it of others of the document leaves it open on purpose."""
    if one.owner and other.owner:
        return 1 if one.owner.casefold() == other.owner.casefold() else CONTRARY
    if any(a.owner and a.owner in nations_of(b.claimant) for a, b in ((one, other), (other, one))):
        return CONTRARY if one.measure == other.measure == "shot_down" else 0
    if verdict(one.figure, other.figure) != "conflict":
        return 0
    if "by" in lexicon("objects").get(one.object, {}):
        return CONTRARY
    return -2 if any(a.owner is None and b.owner in a.owners for a, b in ((one, other), (other, one))) else 0


def nations_of(claimant: str | None) -> set[str]:
    """The countries, and the other words, of a claimant's name: "Ardan's air force" -> Ardan ..."""
    words = [word.removesuffix("'s") for word in re.findall(r"[\w'.-]+", (claimant or "").replace("’", "'"))]
    return {country_of(word) or word for word in words}


_SELF_TOLD = ("turnout",)
"""Shares whose measure says of what they are."""
_TOLD_APART = ("vote_share", "seats_won", "support", "oppose")
_BARE = ("money", "weight", "volume", "energy")
"""Dimensions in which a figure often leaves out what it is of."""
_OPINIONS = ("support", "oppose")
"""Their topic may be left to a pronoun: "41% are against it"."""


def _topic(one: Counted, other: Counted) -> int:
    """Shares and sums need the same subject; where neither names one, only measures that need none match."""
    if one.measure in _SELF_TOLD or one.topic == other.topic is None:
        return _doubted(one, other) if one.measure in _TOLD_APART and one.topic is None else 0
    if one.topic is None or other.topic is None:
        bare = one.dimension.startswith(_BARE) and gap(one.figure, other.figure) <= APART
        return 0 if bare or one.measure in _OPINIONS else _doubted(one, other)
    if _same_topic(one.topic.split(), other.topic.split()):
        return 2
    return -1 if told_alike(one, other) and _is_distinct(one) and _is_distinct(other) else CONTRARY


def _same_topic(one: list[str], other: list[str]) -> bool:
    """The same noun, not narrowed in two ways: "price" may be "bread price", "petrol price" may not."""
    if set(one) & holders() and set(other) & holders():
        return True
    narrowed = set(one[:-1]), set(other[:-1])
    return one[-1] == other[-1] and (not all(narrowed) or bool(narrowed[0] & narrowed[1]))


def _claimant(one: Counted, other: Counted) -> int:
    return int(one.claimant is not None and one.claimant == other.claimant)


def _alone(one: Counted, other: Counted) -> int:
    """Of documents that give one figure each of such things, both mean the same."""
    return one.alone + other.alone


def value_points(one: Counted, other: Counted) -> int:
    """Equal values are told again more often than they meet; values far apart are of different things."""
    if verdict(one.figure, other.figure) == "agree":
        return 4 if _is_distinct(one) and _is_distinct(other) else 3 if is_telling(one) and is_telling(other) else 2
    times = gap(one.figure, other.figure)
    return next(points for most, points in VALUES if times <= most)


FACETS = (
    *(_date, _measure, _object, _qualifiers, _part, _day, _scope, _topic, _place, _owner, _claimant, _alone),
    value_points,
)
