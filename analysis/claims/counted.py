"""A figure row as the ledger compares it, and whether two of them give the same quantity."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

from analysis.claims.intervals import gap, verdict
from analysis.figures.countries import NATIONWIDE, country_of
from analysis.figures.lexicon import holders, lexicon
from analysis.figures.objects import classes, compared_as

DAYS_APART = 2
"""Documents further apart are taken to report different days of an event."""

FAR = 20
"""Rival counts of one thing seldom differ by more; a strike's dead and a war's do."""

_PRONOUNS = ("it", "this", "that", "them", "he", "she", "they")
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
_DATED = re.compile(r"\d")
_ARMED = frozenset(("soldier", "fighter"))
"""One side's fighters are the other's soldiers, if they are the same country's."""

_YOUNG = frozenset(("child", "student"))
"""Pupils are children."""

_CIVIL = frozenset(("person", "civilian", "protester", "refugee"))
"""Classes by which one side calls the people whom another calls just that."""


@dataclass(frozen=True)
class Counted:
    """What is compared of a figure: normalised object, measure, place, day, owner and scope.

    `object` is the id it is compared under, `root` the broadest class it belongs to; `owners` are those its document
    names; `figure` is the row itself.
    """

    id: str
    document: str
    side: str
    date: date | None
    object: str
    root: str
    qualifiers: frozenset[str]
    measure: str | None
    dimension: str
    per: str | None
    place: str | None
    day: str | None
    owner: str | None
    scope: str | None
    topic: str | None
    part: bool
    claimant: str | None
    owners: frozenset[str]
    figure: dict[str, Any]

    @cached_property
    def key(self) -> tuple[str | None, ...]:
        """Figures of different keys never give the same quantity."""
        return _family(self.measure), self.root, self.dimension, self.per


UNTOLD = "untold"
"""Family of the measures that no word of the lexicon tells."""

COINCIDENCE = 12
"""Smaller counts of one thing are often equal by chance."""


def _family(measure: str | None) -> str:
    """Measures that two sides may use of one act: what one calls pledged the other calls given."""
    entry = lexicon("measures").get(measure or "")
    return UNTOLD if entry is None else str(entry.get("family", measure))


def counted(figures: Iterable[dict[str, Any]]) -> list[Counted]:
    """The comparable rows that count something; those without a measure never pair."""
    rows = list(figures)
    at = {(row["document"], row["field"], row["number_start"]): row for row in rows}
    owners: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        owners[row["document"]] |= {row["owner"]} - {None}
    return [
        _counted(row, at.get((row["document"], row["field"], row["part_of"])), frozenset(owners[row["document"]]))
        for row in rows
        if _is_claim(row)
    ]


def _is_claim(row: dict[str, Any]) -> bool:
    return bool(row["comparable"] and (row["object"] or row["unit"]))


def _counted(row: dict[str, Any], total: dict[str, Any] | None, owners: frozenset[str]) -> Counted:
    told = row["object"] if row["kind"] in ("count", "share", "rate") else None
    measure = _compared_as(row["measure"])
    apart = told in lexicon("measures").get(measure or "", {}).get("apart", ())
    name = (told if apart else compared_as(told)) if told else (row["object"] or row["kind"])
    if row["kind"] == "share":
        name = lexicon("measures").get(measure or "", {}).get("of", name)
    else:
        name = _meant(measure, name)
    name = "prisoner_of_war" if measure == "released" and name == "soldier" else name
    return Counted(
        id=row["id"],
        document=row["document"],
        side=row["side"],
        date=row["date"],
        object=name,
        root=classes(name)[-1],
        qualifiers=_narrowing(row),
        measure=measure,
        dimension=_dimension(row),
        per=row["per"],
        place=_place(row["place"]),
        day=_day(row["day"]),
        owner=_owner(row["owner"], name),
        scope=row["scope"],
        topic=None if row["topic"] in _PRONOUNS else row["topic"],
        part=total is not None and total["measure"] == row["measure"] and not _differ(row["place"], total["place"]),
        claimant=row["claimant"],
        owners=owners,
        figure=row,
    )


def _owner(owner: str | None, name: str) -> str | None:
    """Of people only the country: that fighters are rebels and soldiers the government's, their class says."""
    return None if owner and owner.islower() and "person" in classes(name) else owner


def _compared_as(measure: str | None) -> str | None:
    """The measure that says the same: lorries that entered have arrived."""
    entry = lexicon("measures").get(measure or "", {})
    return str(entry["compared_as"]) if "compared_as" in entry else measure


def _meant(measure: str | None, name: str) -> str:
    """What is counted in truth: people who fell ill are cases, homes without power households."""
    entry = lexicon("measures").get(measure or "", {})
    if name in entry.get("alike", ()):
        return str(entry["alike"][0])
    counted_as = entry.get("counts")
    return str(counted_as) if counted_as and ("person" in classes(name) or name not in lexicon("objects")) else name


def _dimension(row: dict[str, Any]) -> str:
    """Kind, and for money the currency: two currencies are never compared."""
    return f"money {row['unit']}" if row["kind"] == "money" else str(row["kind"])


@cache
def _narrowing_words() -> frozenset[str]:
    return frozenset(lexicon("qualifiers")["narrowing"])


def _narrowing(row: dict[str, Any]) -> frozenset[str]:
    """The qualifiers that make a part of the object's class: "ballistic" missiles, "foreign" citizens."""
    return frozenset(word for word in row["qualifiers"] if word in _narrowing_words())


@cache
def _spellings() -> dict[str, str]:
    return {
        spelling.casefold(): name
        for name, others in lexicon("demonyms")["spellings"].items()
        for spelling in [name, *others]
    }


def _place(place: str | None) -> str | None:
    if not place:
        return None
    bare = re.sub(
        r"\s+(?:region|province|district|oblast|city|governorate|state|county)$", "", place, flags=re.IGNORECASE
    )
    return same_spelling(bare)


def same_spelling(name: str) -> str:
    """One spelling for a name that has several: Odesa for Odessa."""
    return _spellings().get(name.casefold(), name)


def _day(day: str | None) -> str | None:
    """A weekday or date by name; "overnight" and "today" fix no day."""
    if day is None:
        return None
    weekday = _WEEKDAY.search(day)
    return weekday.group().casefold() if weekday else (day if _DATED.search(day) else None)


def same_quantity(one: Counted, other: Counted) -> bool:
    """Whether nothing in the two figures' words says that they give different quantities."""
    return (
        one.key == other.key
        and _same_objects(one, other)
        and not _differ(one.owner, other.owner)
        and not _own_shot_down(one, other)
        and not _differ_places(one.place, other.place)
        and not _differ_days(one.day, other.day)
        and _near_dates(one.date, other.date)
        and (_surely_same(one, other) or _agree(one, other))
        and not _in_doubt(one, other)
    )


def _own_shot_down(one: Counted, other: Counted) -> bool:
    """Whether one counts as shot down the things of those who tell of the other: no one shoots down one's own."""
    if not one.measure == other.measure == "shot_down":
        return False
    return any(a.owner and a.owner in nations_of(b.claimant) for a, b in ((one, other), (other, one)))


def nations_of(claimant: str | None) -> set[str]:
    """The countries, and the other words, of a claimant's name: "Ardan's air force" -> Ardan ..."""
    words = [word.removesuffix("'s") for word in re.findall(r"[\w'.-]+", (claimant or "").replace("’", "'"))]
    return {country_of(word) or word for word in words}


def _surely_same(one: Counted, other: Counted) -> bool:
    """Whether measure, scope and topic are the same, so that even a conflict is one over the same quantity."""
    scopes = _same_scopes(one.scope, other.scope) or _same_listed(one, other) or _same_day(one, other)
    told = one.measure == other.measure and _family(one.measure) != UNTOLD
    return told and scopes and _same_topics(one, other)


def _agree(one: Counted, other: Counted) -> bool:
    """Whether the same value tells that two figures are one quantity, though measure, scope or topic leave doubt."""
    scopes = one.scope is None or other.scope is None or _same_scopes(one.scope, other.scope)
    topics = one.topic is None or other.topic is None or _same_topics(one, other)
    return scopes and topics and _tells_the_same(one, other)


def _tells_the_same(one: Counted, other: Counted) -> bool:
    points = one.figure["point"], other.figure["point"]
    telling = all(point is not None and point > COINCIDENCE for point in points)
    return telling and verdict(one.figure, other.figure) == "agree"


def _in_doubt(one: Counted, other: Counted) -> bool:
    """Whether two figures that cannot both be true may well be of two things.

    So it is where one of them does not say whose they are though its document says it of others, and where they
    are apart by more than `FAR` with no day, place or owner in common. Of violations both must tell by whom.
    """
    if verdict(one.figure, other.figure) != "conflict":
        return False
    if any(a.owner is None and b.owner in a.owners for a, b in ((one, other), (other, one))):
        return True
    if "by" in lexicon("objects").get(one.object, {}) and None in (one.owner, other.owner):
        return True
    common = any(
        _equal(a, b) > 0 for a, b in ((one.place, other.place), (one.day, other.day), (one.owner, other.owner))
    )
    return not common and gap(one.figure, other.figure) > FAR


def _same_objects(one: Counted, other: Counted) -> bool:
    armed = one.owner is not None and one.owner == other.owner and {one.object, other.object} <= _ARMED
    pair = {one.object, other.object}
    alike = len(pair) == 1 or pair <= _CIVIL or pair <= _YOUNG or armed
    if one.qualifiers and other.qualifiers and not one.qualifiers & other.qualifiers:
        return False
    generic = one.object == other.object == one.root or {one.object, other.object} <= _CIVIL
    return alike and not (one.part != other.part and generic)


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.casefold() != other.casefold()


def _differ_places(one: str | None, other: str | None) -> bool:
    """A country is its whole: "nationwide" and "in Sudan" are one place."""
    if one is None or other is None:
        return False
    a, b = one.casefold(), other.casefold()
    if NATIONWIDE in (a, b) and country_of(a if b == NATIONWIDE else b):
        return False
    return a not in b and b not in a


def _differ_days(one: str | None, other: str | None) -> bool:
    """Only days named the same way can be told apart: "Friday" may well be "3 May"."""
    return _differ(one, other) and bool(_DATED.search(one or "")) == bool(_DATED.search(other or ""))


def _same_scopes(one: str | None, other: str | None) -> bool:
    if one == other:
        return True
    return {one, other} <= {None, "cumulative", "combined"} or {one, other} == {"war", "cumulative"}


def _same_listed(one: Counted, other: Counted) -> bool:
    """ "90 pupils and four teachers": an item of a list, named in the same words, is the whole of what it names."""
    named = one.figure["object"]
    return {one.scope, other.scope} == {None, "listed"} and named == other.figure["object"] and named not in _CIVIL


def _same_day(one: Counted, other: Counted) -> bool:
    """What one calls the day's count, the other gives with the day."""
    return {one.scope, other.scope} == {None, "daily"} and _equal(one.day, other.day) > 0


_SELF_TOLD = ("turnout",)
"""Shares whose measure says of what they are."""
_TOLD_APART = ("vote_share", "seats_won", "support", "oppose")


SAME_SUM = 3
"""Sums of which only one tells what it is of are seldom the same if further apart: an airline's loss, an economy's."""
_BARE = ("money", "weight", "volume", "energy")
"""Dimensions in which a figure often leaves out what it is of."""

_OPINIONS = ("support", "oppose")
"""Their topic may be left to a pronoun: "41% are against it"."""


def _same_topics(one: Counted, other: Counted) -> bool:
    """Shares and sums need the same subject; where neither names one, only measures that need none match."""
    if one.measure in _SELF_TOLD:
        return True
    if one.topic is None and other.topic is None:
        return one.measure not in _TOLD_APART
    if one.topic is None or other.topic is None:
        near = gap(one.figure, other.figure) <= SAME_SUM
        return (one.dimension.startswith(_BARE) and near) or one.measure in _OPINIONS
    return _same_topic(one.topic.split(), other.topic.split())


def _same_topic(one: list[str], other: list[str]) -> bool:
    """The same noun, not narrowed in two ways: "price" may be "bread price", "petrol price" may not."""
    if set(one) & holders() and set(other) & holders():
        return True
    narrowed = set(one[:-1]), set(other[:-1])
    return one[-1] == other[-1] and (not all(narrowed) or bool(narrowed[0] & narrowed[1]))


def _near_dates(one: date | None, other: date | None) -> bool:
    return one is None or other is None or abs((one - other).days) <= DAYS_APART


def closeness(one: Counted, other: Counted) -> tuple[int, ...]:
    """How well two figures of one quantity fit each other; higher is better, the same both ways round."""
    return (
        2 * _equal(one.place, other.place)
        + 2 * _equal(one.day, other.day)
        + 2 * _equal(one.owner, other.owner)
        + (one.object == other.object)
        + (one.qualifiers == other.qualifiers)
        + (one.scope == other.scope)
        + 2 * (one.topic is not None and one.topic == other.topic)
        + (one.part == other.part)
        + 2 * _tells_the_same(one, other),
    )


def _equal(one: str | None, other: str | None) -> int:
    """1 for equal, -1 where only one of the two says anything, 0 where neither does."""
    if one is None and other is None:
        return 0
    return 1 if one is not None and other is not None else -1
