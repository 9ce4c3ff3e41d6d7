"""A figure row as the ledger compares it: its object, measure, place, day, owner and scope, normalised."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

from analysis.calendar import WEEKDAY
from analysis.claims.intervals import Interval, interval
from analysis.claims.wording import names_in, telling_words, times_in, words_around
from analysis.figures.lexicon import any_of, lexicon, same_as
from analysis.figures.objects import classes, compared_as, singular
from analysis.terms.counts import stopwords

_PRONOUNS = ("it", "this", "that", "them", "he", "she", "they")
_WEEKDAY = re.compile(WEEKDAY, re.IGNORECASE)
_DATED = re.compile(r"\d")
_WORD = re.compile(r"[A-Za-z]{3,}")

TextOf = Callable[[str, str], str]
"""The text of a field ("title", "text") of a document, by the document's id."""

BARE = "total"
"""Measure of a whole of which nothing is said but its parts: "three of the 12 gates were locked"."""

UNTOLD = "untold"
"""Family of the measures that no word of the lexicon tells."""


@dataclass(eq=False)
class Counted:
    """What is compared of a figure: normalised object, measure, place, day, owner and scope.

    `object` is the id it is compared under, `root` the broadest class it belongs to; `owners` are those its document
    names, `names` those of its title and lead; `alone` says that its document gives no other value of its object and
    measure for as long a time; `company` holds the keys of the other figures of its sentence whose measures words tell,
    `crowd` is the number of figures of its document; `figure` is the row itself.
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
    names: frozenset[str]
    alone: bool
    company: frozenset[Hashable]
    crowd: int
    text_of: TextOf
    figure: dict[str, Any]

    @cached_property
    def key(self) -> tuple[str | None, ...]:
        """Figures of different keys never give the same quantity."""
        return family(self.measure), self.root, self.dimension, self.per

    @property
    def kind(self) -> str:
        """The class of the things counted; sums and shares often do not say of what they are."""
        return self.root if self.dimension == "count" else self.dimension

    @cached_property
    def interval(self) -> Interval:
        """The values it allows."""
        return interval(self.figure)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its sentence that tell more than its object, measure and claimant do."""
        return telling_words(self._sentence)

    @cached_property
    def near(self) -> frozenset[str]:
        """The words around it."""
        figure = self.figure
        text = self.text_of(self.document, figure["field"])
        return words_around(text, figure["sentence_start"], figure["sentence_end"], figure["start"])

    @cached_property
    def beside(self) -> frozenset[str]:
        """The names in its sentence, without its claimant's."""
        return names_in(self._sentence) - self.voice

    @cached_property
    def times(self) -> frozenset[str]:
        """The years and months of which its sentence tells."""
        return times_in(self._sentence)

    @property
    def _sentence(self) -> str:
        text = self.text_of(self.document, self.figure["field"])
        return text[self.figure["sentence_start"] : self.figure["sentence_end"]]

    @cached_property
    def told(self) -> bool:
        """Whether the lexicon knows the measure, and lists it for such things or for any: its verb is well read."""
        if self.measure == BARE:
            return True
        entry = lexicon("measures").get(self.measure or "")
        of = () if entry is None else entry.get("objects", ())
        return entry is not None and (
            not of or any(name in of for name in (*classes(self.object), self.figure["kind"]))
        )

    @cached_property
    def noun(self) -> frozenset[str]:
        """The words of the thing counted, as printed and as it is known."""
        return _singulars(self.figure["object_text"]) | _singulars(self.figure["object"])

    @cached_property
    def voice(self) -> frozenset[str]:
        """The words of the claimant's name."""
        return _singulars(self.claimant)


def _singulars(text: str | None) -> frozenset[str]:
    words = {singular(word) for word in _WORD.findall(text or "")}
    return frozenset(words - stopwords())


def family(measure: str | None) -> str:
    """Measures that two sides may use of one act: what one calls pledged the other calls given."""
    entry = lexicon("measures").get(measure or "")
    return UNTOLD if entry is None else str(entry.get("family", measure))


def counted(figures: Iterable[dict[str, Any]], text_of: TextOf) -> list[Counted]:
    """The comparable rows that count something; those without a measure never pair."""
    rows = list(figures)
    at = {(row["document"], row["field"], row["number_start"]): row for row in rows}
    owners: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        owners[row["document"]] |= {row["owner"]} - {None}
    found = [
        _counted(
            row,
            at.get((row["document"], row["field"], row["part_of"])),
            frozenset(owners[row["document"]]),
            text_of,
        )
        for row in rows
        if _is_claim(row)
    ]
    _tell_alone(found)
    _tell_company(found)
    return found


def _tell_alone(rows: Iterable[Counted]) -> None:
    """Set `alone`, which only the other figures of a document tell."""
    values: dict[Hashable, dict[Hashable, list[Counted]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.figure["superseded_by"] is None and not row.part and row.scope not in ("increment", "former"):
            values[row.document, row.key, row.measure if row.key[0] == UNTOLD else None, row.object, row.scope][
                row.figure["low"], row.figure["high"]
            ].append(row)
    for told in values.values():
        if len(told) == 1:
            for row in next(iter(told.values())):
                row.alone = True


def _tell_company(rows: Iterable[Counted]) -> None:
    """Set `company` and `crowd`, which likewise only the other figures of a document tell."""
    documents: dict[str, list[Counted]] = defaultdict(list)
    for row in rows:
        documents[row.document].append(row)
    for own in documents.values():
        sentences: dict[Hashable, list[Counted]] = defaultdict(list)
        for row in own:
            row.crowd = len(own)
            sentences[row.figure["field"], row.figure["sentence_start"]].append(row)
        for told in sentences.values():
            for row in told:
                row.company = frozenset(one.key for one in told if one is not row and one.key[0] != UNTOLD)


def _is_claim(row: dict[str, Any]) -> bool:
    return bool(row["comparable"] and (row["object"] or row["unit"]))


def _counted(row: dict[str, Any], total: dict[str, Any] | None, owners: frozenset[str], text_of: TextOf) -> Counted:
    told = row["object"] if row["kind"] in ("count", "share", "rate") else None
    measure = same_as(row["measure"])
    apart = told in lexicon("measures").get(measure or "", {}).get("apart", ())
    name = (told if apart else compared_as(told)) if told else (row["object"] or row["kind"])
    if row["kind"] == "share":
        name = lexicon("measures").get(measure or "", {}).get("of", name)
    else:
        name = name if apart else _meant(measure, name)
    if measure == "released" and (name == "soldier" or (name == "prisoner" and row["owner"])):
        name = "prisoner_of_war"
    return Counted(
        id=row["id"],
        document=row["document"],
        side=row["side"],
        date=row["date"],
        object=name,
        root=classes(name)[-1],
        qualifiers=_narrowing(row, name),
        measure=measure,
        dimension=_dimension(row),
        per=None if row["kind"] == "share" else row["per"],
        place=_place(row["place"]),
        day=_day(row["day"]),
        owner=_owner(row["owner"], name),
        scope=_scope(row, measure),
        topic=None if row["topic"] in _PRONOUNS else row["topic"],
        part=total is not None and total["measure"] == row["measure"] and row["place"] in (None, total["place"]),
        claimant=row["claimant"],
        owners=owners,
        names=frozenset(same_spelling(name).casefold() for name in row["event"]),
        alone=False,
        company=frozenset(),
        crowd=0,
        text_of=text_of,
        figure=row,
    )


_RATES = {"year": "yearly", "month": "monthly", "week": "weekly", "day": "daily"}
"""What a share is "a year", another is yearly."""


@cache
def _asking() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(lexicon('scopes')['polled']['claimants'])}\b", re.IGNORECASE)


def _scope(row: dict[str, Any], measure: str | None) -> str | None:
    """How far it counts; a share of a vote that was asked of a sample is no result."""
    if row["kind"] == "share" and row["per"]:
        return _RATES.get(row["per"], row["scope"])
    asked = measure == "vote_share" and row["scope"] is None and _asking().search(row["claimant"] or "")
    return "polled" if asked else row["scope"]


def _owner(owner: str | None, name: str) -> str | None:
    """Of people only the country: that fighters are rebels and soldiers the government's, their class says."""
    return None if owner and owner.islower() and "person" in classes(name) else owner


def _meant(measure: str | None, name: str) -> str:
    """What is counted in truth: people who fell ill are cases, homes without power households, the convicted people."""
    entry = lexicon("measures").get(measure or "", {})
    if name in entry.get("alike", ()):
        return str(entry["alike"][0])
    if name not in lexicon("objects") and _DOER.search(name) and _of_people(measure):
        return "person"
    counted_as = entry.get("counts")
    return str(counted_as) if counted_as and ("person" in classes(name) or name not in lexicon("objects")) else name


_DOER = re.compile(r"(?:er|or|ant|ent|ist|ian|ee|man|woman|an)$")
"""Endings of nouns for people: defendant, rioter, hooligan."""


@cache
def _of_people(measure: str | None) -> bool:
    """Whether only people can meet that fate, so that a noun no word list knows names people."""
    of = lexicon("measures").get(measure or "", {}).get("objects", ())
    return bool(of) and all("person" in classes(name) for name in of)


def _dimension(row: dict[str, Any]) -> str:
    """Kind, and for money the currency: two currencies are never compared."""
    return f"money {row['unit']}" if row["kind"] == "money" else str(row["kind"])


@cache
def _narrowing_words() -> frozenset[str]:
    return frozenset(lexicon("qualifiers")["narrowing"])


def _narrowing(row: dict[str, Any], name: str) -> frozenset[str]:
    """The qualifiers that make a part of the object's class: "ballistic" missiles, "foreign" citizens.

    Whose fighters they are, their class says.
    """
    groups = _groups() if "person" in classes(name) else frozenset()
    return frozenset(word for word in row["qualifiers"] if word in _narrowing_words() and word not in groups)


@cache
def _groups() -> frozenset[str]:
    return frozenset(word for words in lexicon("scopes")["groups"].values() for word in words)


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
