"""What two figures have in common, facet by facet, in points: object, measure, place, day, scope, owner, value ..."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from analysis.claims.counted import Counted, family
from analysis.claims.facing import SAME, Facing
from analysis.figures.countries import NATIONWIDE, country_of
from analysis.figures.lexicon import holders, lexicon

CONTRARY = -100
"""Points of a facet in which two figures tell of different things: no other facet makes up for it."""

ENOUGH = 4
"""Points from which two figures are taken for one quantity: what a common measure and object alone give."""

WORDS = 2
"""Most points that common words give."""

DOUBTED, KNOWN = -3, 2
"""Least and most that one facet weighs beside a measure that no word tells: its reader errs there as well."""

DAYS_APART = 2
"""Documents further apart are taken to report different days of an event."""

APART = 3
"""Rival counts seldom differ by more."""

TOO_FAR = 25
"""No two counts of one thing differ by more: a strike's dead and a war's do."""

NEAR = 1.25
"""Values that are no further apart are about the same."""

VALUES = ((SAME, 2), (NEAR, 1), (APART, 0), (10, -1), (TOO_FAR, -2), (math.inf, -5))
"""How many times one value may be the other, and the points for it."""

KEPT_CLAIMANTS = 20_000
"""Claimants whose nations are kept: those of some 10,000 articles."""

_DATED = re.compile(r"\d")
_ARMED = frozenset(("soldier", "fighter"))
"""One side's fighters are the other's soldiers, if they are the same country's."""

_YOUNG = frozenset(("child", "student"))
"""Pupils are children."""

CIVIL = frozenset(("person", "civilian", "protester", "refugee"))
"""Classes by which one side calls the people whom another calls just that."""


def facet_points(two: Facing) -> int:
    """The points of all facets of two figures whose measures words tell; `CONTRARY` if they cannot be one."""
    points = 0
    for facet in FACETS:
        points += facet(two)
        if points <= CONTRARY // 2:
            return CONTRARY
    return points + min(WORDS, shared_words(two)) if points >= ENOUGH - WORDS else points


def circumstances(two: Facing) -> int:
    """The points of what is said of two figures beside object, measure and value; one contrary facet may be misread."""
    return sum(max(DOUBTED, min(facet(two), KNOWN)) for facet in CIRCUMSTANCES)


def shared_words(two: Facing) -> int:
    """How many words both sentences share, beside those of the thing counted and the names of the event."""
    one, other = two.both
    return len((one.words & other.words) - one.names - other.names)


def date_points(two: Facing) -> int:
    """Articles of distant days report different days of an event."""
    one, other = two.both
    near = one.date is None or other.date is None or abs((one.date - other.date).days) <= DAYS_APART
    return 0 if near else CONTRARY


def _measure(two: Facing) -> int:
    """Measures of one family may name one act."""
    one, other = two.both
    if one.measure == other.measure:
        return 3
    if not two.alike:
        return CONTRARY
    sums = one.dimension.startswith("money") and two.distinct
    return 1 if family(one.measure) == family(other.measure) else 0 if sums else CONTRARY


def object_points(two: Facing) -> int:
    """Things of one name, or that two sides call by two."""
    one, other = two.both
    pair = {one.object, other.object}
    armed = one.owner is not None and one.owner == other.owner and pair <= _ARMED
    if "share" in pair:
        return 0
    if len(pair) > 1 and not (pair <= CIVIL or pair <= _YOUNG or armed):
        return CONTRARY
    return len(pair) == 1


def _qualifiers(two: Facing) -> int:
    """What narrows one alone narrows it by far or not at all: all drones of a raid may be called by their model."""
    one, other = two.both
    if one.qualifiers and other.qualifiers:
        return 1 if one.qualifiers & other.qualifiers else CONTRARY
    return -1 if one.qualifiers != other.qualifiers and two.times > NEAR else 0


def _part(two: Facing) -> int:
    """A part and its whole are told apart, but for a part that has a name of its own."""
    one, other = two.both
    generic = one.object == other.object == one.root or {one.object, other.object} <= CIVIL
    generic = generic and not (one.qualifiers and one.qualifiers == other.qualifiers)
    return -3 if one.part != other.part and generic else 0


def place_points(two: Facing) -> int:
    """A country is its whole; what is said of one place of several is not said of all of them.

    A place sets no figure apart that is the only one of its document, nor one that is named at the head of both.
    """
    one, other = two.both
    a, b = (None if row.place is None else row.place.casefold() for row in (one, other))
    if a == b:
        return 2 if a else 0
    if a is None or b is None:
        placed = one if one.place else other
        return 0 if is_whole(a or b) or _of_event(two) else -1 if placed.alone else -2
    if NATIONWIDE in (a, b):
        return 1 if country_of(a if b == NATIONWIDE else b) else -3
    if a in b or b in a:
        return 2
    return CONTRARY


def is_whole(place: str | None) -> bool:
    """Whether it is a whole country."""
    return place is not None and (place == NATIONWIDE or country_of(place) is not None)


def _of_event(two: Facing) -> bool:
    """Whether the place that one of two figures has is named at the head of both their documents."""
    one, other = two.both
    place = one.place or other.place or ""
    return any(word in one.names & other.names for word in place.casefold().split())


def _day(two: Facing) -> int:
    """Only days named the same way can be told apart: "Friday" may well be "3 May"."""
    one, other = two.both
    if one.day is None or other.day is None or "cumulative" in (one.scope, other.scope):
        return 0
    if one.day == other.day:
        return 1
    alike = bool(_DATED.search(one.day)) == bool(_DATED.search(other.day))
    return (-1 if two.alike else CONTRARY) if alike else 0


_TOTALS = frozenset(("cumulative", "combined", "war"))
_SPANS = frozenset(("weekly", "monthly", "yearly"))
"""Periods that may be all the time that is counted."""


def _scope(two: Facing) -> int:
    one, other = two.both
    scopes = {one.scope, other.scope}
    if len(scopes) == 1:
        return 0
    if scopes <= {"cumulative", "combined", "war"}:
        return -1
    if scopes <= {None, "cumulative", "combined"}:
        return -2 if any(row.scope is None and row.day for row in (one, other)) else 0
    if scopes <= {None, "daily"}:
        return 0 if one.day is not None and one.day == other.day else -2
    if scopes == {None, "listed"}:
        named = one.figure["object"]
        return 0 if named == other.figure["object"] and named not in CIVIL else _doubted(two)
    if scopes <= {None} | _SPANS:
        return -1
    if scopes <= {None, "war", "polled"}:
        return -2
    if None in scopes:
        return _doubted(two)
    return -4 if scopes <= _TOTALS | _SPANS else CONTRARY


def _doubted(two: Facing) -> int:
    """Points where one alone tells how far it counts: only the same value tells that both do."""
    return -1 if two.alike else CONTRARY


GIVEN = "given"
"""Family of what one party gives and another gets: each may be named."""


def owner_points(two: Facing) -> int:
    """Whose they are; who tells it of others of the document leaves it open on purpose."""
    one, other = two.both
    if one.owner and other.owner:
        if one.owner.casefold() == other.owner.casefold():
            return 1
        misread = two.distinct and one.document != other.document
        return -1 if misread or (two.alike and family(one.measure) == GIVEN) else CONTRARY
    if one.measure == other.measure == "shot_down" and (_shot_at(one, other) or _shot_at(other, one)):
        return CONTRARY
    if one.owner in nations_of(other.claimant) or other.owner in nations_of(one.claimant):
        return 0
    if two.verdict != "conflict":
        return 0
    if "by" in lexicon("objects").get(one.object, {}):
        return CONTRARY
    return -2 if any(a.owner is None and b.owner in a.owners for a, b in ((one, other), (other, one))) else 0


def _shot_at(one: Counted, other: Counted) -> bool:
    """Whether the first counts the arms of those who tell of the second: no one shoots down one's own."""
    told_by = nations_of(other.claimant)
    return one.owner in told_by or bool({name.casefold() for name in told_by} & set(one.figure["qualifiers"]))


@lru_cache(maxsize=KEPT_CLAIMANTS)
def nations_of(claimant: str | None) -> frozenset[str]:
    """The countries, and the other words, of a claimant's name: "Ardan's air force" -> Ardan ..."""
    words = [word.removesuffix("'s") for word in re.findall(r"[\w'.-]+", (claimant or "").replace("’", "'"))]
    return frozenset(country_of(word) or word for word in words)


_SELF_TOLD = ("turnout",)
"""Shares whose measure says of what they are."""
_TOLD_APART = ("vote_share", "seats_won", "support", "oppose")
_BARE = ("money", "weight", "volume", "energy")
"""Dimensions in which a figure often leaves out what it is of."""
_OPINIONS = ("support", "oppose")
"""Their topic may be left to a pronoun: "41% are against it"."""


def _topic(two: Facing) -> int:
    """Shares and sums need the same subject; where neither names one, only measures that need none match."""
    one, other = two.both
    if one.measure in _SELF_TOLD or one.topic == other.topic is None:
        return _doubted(two) if one.measure in _TOLD_APART and one.topic is None else 0
    if one.topic is None or other.topic is None:
        bare = one.dimension.startswith(_BARE) and two.times <= APART
        asked = one.measure in _OPINIONS and one.alone and other.alone
        return 0 if bare or asked else _doubted(two)
    if _same_topic(one.topic.split(), other.topic.split()):
        return 2
    return -1 if two.distinct else CONTRARY


def _same_topic(one: list[str], other: list[str]) -> bool:
    """The same noun, not narrowed in two ways: "price" may be "bread price", "petrol price" may not."""
    if set(one) & holders() and set(other) & holders():
        return True
    narrowed = set(one[:-1]), set(other[:-1])
    return one[-1] == other[-1] and (not all(narrowed) or bool(narrowed[0] & narrowed[1]))


def named_points(two: Facing) -> int:
    """Sentences that each name somebody or some place, and none in common, often tell of two events."""
    one, other = two.both
    return -1 if one.beside and other.beside and not one.beside & other.beside else 0


def _claimant(two: Facing) -> int:
    one, other = two.both
    return int(one.claimant is not None and one.claimant == other.claimant)


def disputed_points(two: Facing) -> int:
    """Far apart are what two claimants hold against each other, seldom what an article itself tells or victims."""
    if two.times <= APART:
        return 0
    victims = two.one.object in CIVIL and "outcome" in lexicon("measures").get(two.one.measure or "", {})
    return -victims - (None in (two.one.claimant, two.other.claimant))


def _alone(two: Facing) -> int:
    """Of documents that give one figure each of such things, both mean the same."""
    one, other = two.both
    return one.alone + other.alone


def value_points(two: Facing) -> int:
    """Equal values are told again more often than they meet; values far apart are of different things."""
    if two.verdict == "agree":
        return 4 if two.distinct else 3 if two.alike else 2
    return next(points for most, points in VALUES if two.times <= most)


FACETS = (
    *(
        date_points,
        _measure,
        object_points,
        _qualifiers,
        _part,
        _day,
        _scope,
        _topic,
        place_points,
        owner_points,
        named_points,
        _claimant,
        disputed_points,
        _alone,
    ),
    value_points,
)

CIRCUMSTANCES = (_qualifiers, _part, _day, _scope, _topic, place_points, owner_points)
