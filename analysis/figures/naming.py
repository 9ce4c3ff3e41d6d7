"""By which name the object of a figure goes: the class its own words name, or what its measure says it is of."""

from __future__ import annotations

from analysis.figures.countries import country_of
from analysis.figures.lexicon import lexicon
from analysis.figures.objects import (
    Phrase,
    common_class,
    compared_as,
    entry_of,
    is_person,
    meaning_behind,
    meaning_of,
    second_noun,
    singular,
)
from analysis.figures.quantities import Quantity

OPINIONS = ("support", "oppose")
"""Measures of opinion, of which shares are taken in polls."""

_OWN_OBJECTS = {"area": "territory", "magnitude": "earthquake", "power": "electricity", "radiation": "dose"}
"""What quantities of these kinds are of, whatever noun is printed."""


def own_object(phrase: Phrase | None, quantity: Quantity) -> str | None:
    """The object a figure's own words name: canonical id, else the lemma of the counted noun."""
    if quantity.kind == "money":
        return "money"
    if quantity.kind in _OWN_OBJECTS:
        return _OWN_OBJECTS[quantity.kind]
    spans = quantity.kind == "share" and phrase is not None and phrase.words[-1] in ("month", "year", "quarter", "week")
    if phrase is None or phrase.head.pos_ == "PRON" or spans:
        return None
    if shared := common_class(phrase):
        return shared
    if tied := furnished(phrase):
        return tied
    meaning = meaning_behind(phrase) or meaning_of(phrase.words)
    if other := second_noun(phrase):
        return f"{meaning.id if meaning else phrase.words[-1]} and {other}"
    if meaning is None and country_of(phrase.head.text) and phrase.head.tag_ in ("NNS", "NNPS"):
        return "person"
    return meaning.id if meaning else phrase.words[-1]


def furnished(phrase: Phrase | None) -> str | None:
    """ "A 60-bed hospital", "the 38,000-seat arena": what a hyphen ties to the number tells how much it holds."""
    tied = phrase is not None and phrase.tokens[0].text == "-" and len(phrase.tokens) > 2
    noun = singular(phrase.tokens[1].text) if phrase is not None and tied else ""
    return noun if noun in lexicon("measures")["capacity"]["furnished"] else None


def of_share(own: str | None, object_id: str | None, measure: str | None) -> str | None:
    """What a share is of: nothing counted for a share of output, voters for a turnout that names none."""
    if entry_of(own).get("base"):
        return None
    of = lexicon("measures").get(measure or "", {}).get("of")
    return str(of) if own is None and of else object_id


def asked(object_id: str | None, measure: str | None, quantity: Quantity) -> str | None:
    """People who fell ill are cases, bodies found are people; those of whom 42% back something are respondents."""
    own = entry_of(object_id)
    if "stands_for" in own and own.get("measure") == measure:
        return str(own["stands_for"])
    if (object_id, measure) == ("person", "infected"):
        return "case"
    if measure == "released" and compared_as(object_id or "") == "soldier":
        return "prisoner_of_war"
    polled = quantity.kind == "share" and measure in OPINIONS and _may_answer(object_id)
    return "respondent" if polled else object_id


def _may_answer(object_id: str | None) -> bool:
    """Whether those of whom a share is told are asked in a poll: nobody is named, or a people."""
    return object_id in (None, "person") or country_of(object_id or "") is not None


def broad(name: str | None) -> str | None:
    """Who is not named again is just a person: of "27 miners ... 12 were rescued" the 12 are people."""
    return compared_as(name) if name and is_person(name) else name
