"""The clause around a figure: its day and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from analysis.calendar import MONTH, WEEKDAY
from analysis.figures.countries import NATIONWIDE, country_of
from analysis.figures.lexicon import any_of, lexicon
from analysis.figures.mentions import Mention

_DAY = re.compile(
    rf"\b(?:{WEEKDAY}(?:\s+(?:morning|afternoon|evening|night))?|(?:the\s+)?day\s+before|yesterday|today|tonight"
    rf"|overnight|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}|{MONTH}\s+\d{{1,2}}(?!\d))"
)
_PLACES = lexicon("scopes")["places"]
_PREPOSITIONS, _LEADS = frozenset(_PLACES["prepositions"]), frozenset(_PLACES["leads"])
MOST_LEADS = 4
"""Words that may stand between a preposition and the name of a place: "in the hill district of"."""

_NATIONWIDE = re.compile(rf"\b{any_of(_PLACES['nationwide'])}\b", re.IGNORECASE)
_CLAUSE_EDGE = re.compile(r"[;:]|,\s+(?:and|but|while|with)\s")


def clause(mention: Mention) -> str:
    """The stretch of the sentence around the figure, up to semicolons and coordinated clauses."""
    start, end = mention.quantity.start, mention.quantity.end
    left = mention.text[mention.sentence_start : start]
    right = mention.text[end : mention.sentence_end]
    edges = [match.end() for match in _CLAUSE_EDGE.finditer(left)]
    after = _CLAUSE_EDGE.search(right)
    begin = mention.sentence_start + (edges[-1] if edges else 0)
    return mention.text[begin : end + (after.start() if after else len(right))]


def day_of(mention: Mention) -> str | None:
    """The day the figure's own clause names, else the only one its sentence names, as printed."""
    days = _days(clause(mention))
    if not days:
        days = _days(mention.text[mention.sentence_start : mention.sentence_end])
        return days[0] if len(set(days)) == 1 else None
    return days[0]


_SINCE = re.compile(r"\b(?:since|until|till)\s+(?:the\s+)?$")
"""Before a day from which, or up to which, something is counted."""


_SAYING = re.compile(
    rf"\b(?:{any_of(lexicon('claiming')['reporting']['words'])}|tell|tells)"
    rf"(?:\s+{any_of(lexicon('claiming')['audiences']['words'])})*\s*,?\s+(?:(?:late|early|on)\s+)*$",
    re.IGNORECASE,
)
"""Before a day on which something was said: "the mayor told a briefing on Monday that ..."."""


def _days(text: str) -> list[str]:
    days = ((match.group(), text[: match.start()]) for match in _DAY.finditer(text))
    return [day for day, before in days if not _SINCE.search(before) and not _SAYING.search(before)]


def place_of(mention: Mention) -> str | None:
    """The place its clause gives: a name after in, at, near, across ...; behind the figure, else in front."""
    at = mention.anchor.i
    found = _places_in(mention.doc, mention.sentence.start, mention.sentence.end)
    if where := _where(mention.anchor):
        return where
    after = [place for place, where in found if where > at and not _crosses(mention.anchor, where)]
    own = clause(mention)
    wide = _NATIONWIDE.search(own)
    if wide and not (after and wide.start() < own.find(mention.text[mention.quantity.start : mention.quantity.end])):
        return NATIONWIDE
    before = [place for place, where in found if where < at]
    if after or before:
        return after[0] if after else before[-1]
    return _there(mention) or _governed(mention) or _named_before(mention, own)


def _there(mention: Mention) -> str | None:
    """ "Eight died there": in the last place, or what is spoken of, in the sentence before."""
    sentence = mention.sentence
    if not any(token.lower_ == "there" and token.dep_ != "expl" for token in sentence):
        return None
    earlier = [one for one in mention.doc.sents if one.end <= sentence.start]
    for last in earlier[-1:]:
        named = [place for place, _ in _places(last)]
        named += [one.text for one in last if not named and one.dep_ == "nsubj" and one.pos_ == "PROPN"]
        return named[-1] if named else None
    return None


_KIND_OF_PLACE = any_of(_PLACES["kinds"])
_THE_PLACE = re.compile(rf"\b(?:in|over|across|around|at|near)\s+(?:the|that|this)\s+(?P<kind>{_KIND_OF_PLACE})\b")
_NAMED_PLACE = re.compile(rf"\b(?P<name>[A-Z][\w’-]+(?:\s[A-Z][\w’-]+)?)\s+(?P<kind>(?i:{_KIND_OF_PLACE}))\b")


def _named_before(mention: Mention, own: str) -> str | None:
    """ "Over the region", of the last region named before it."""
    meant = _THE_PLACE.search(own)
    if meant is None:
        return None
    before = mention.text[max(0, mention.sentence_start - NAMED_BEFORE) : mention.quantity.start]
    names = [one["name"] for one in _NAMED_PLACE.finditer(before) if one["kind"].casefold() == meant["kind"]]
    return names[-1].removeprefix("The ") if names else None


NAMED_BEFORE = 400
"""Characters before a sentence in which the place stands that "the region" means."""
SPEAKER = 200
"""Characters around a figure in which the official who tells it is looked for."""
_GOVERNED = re.compile(
    rf"\b(?P<one>[A-Z][\w-]+)(?:[’']s)?\s+(?:[Rr]egional\s+)?(?i:{any_of(_PLACES['governors'])})\b"
    rf"|\b(?i:{any_of(_PLACES['governing'])})\s+of\s+(?:the\s+)?(?P<other>[A-Z][\w-]+)"
)


def _where(anchor: Token) -> str | None:
    """The place that a relative clause tells of: "Mexico, where 126 infections were recorded"."""
    for verb in anchor.ancestors:
        if verb.dep_ == "relcl" and any(child.lower_ == "where" for child in verb.children):
            place = verb.head
            names = [*(child.text for child in place.lefts if child.dep_ == "compound"), place.text]
            return " ".join(names) if place.pos_ == "PROPN" else None
    return None


def _governed(mention: Mention) -> str | None:
    """The place of the official who tells it: what a governor counts happened in that region."""
    start = max(mention.sentence_start, mention.quantity.start - SPEAKER)
    found = _GOVERNED.search(mention.text, start, min(mention.sentence_end, mention.quantity.end + SPEAKER))
    return (found["one"] or found["other"]) if found and found["one"] not in ("The", "A", "Its", "Their") else None


@lru_cache(maxsize=1)
def _places_in(doc: Doc, start: int, end: int) -> list[tuple[str, int]]:
    """The places of a sentence; the last one is kept for its other figures."""
    return list(_places(doc[start:end]))


def _crosses(anchor: Token, at: int) -> bool:
    """Whether another number, verb of saying or semicolon stands between the figure and the place."""
    between = anchor.doc[anchor.i + 1 : at]
    return any(token.pos_ == "NUM" or token.lower_ in (";", "while") for token in between)


def _places(sentence: Span) -> Iterator[tuple[str, int]]:
    for token in sentence:
        if token.lower_ in _PREPOSITIONS and token.i + 1 < sentence.end and not _of_speaker(token):
            name = _name_after(token, sentence.end)
            if name and not _DAY.search(name) and not re.search(rf"\b{MONTH}\b|\d", name):
                yield name, token.i


def _of_speaker(preposition: Token) -> bool:
    """ "The ministry in Moscow said": a capital where those sit who speak, not the place of what they tell."""
    noun = preposition.head
    spoken = noun.dep_ == "nsubj" and noun.head.lemma_.lower() in lexicon("cues")
    return spoken and preposition.i + 1 < len(preposition.doc) and country_of(preposition.nbor(1).text) is not None


def _leads_on(token: Token) -> bool:
    """ "The hill district of": a word in front of a kind of place."""
    return token.is_lower and token.pos_ in ("NOUN", "ADJ") and token.nbor(1).lower_ in _LEADS


def _name_after(preposition: Token, end: int) -> str | None:
    doc = preposition.doc
    at = preposition.i + 1
    skip = 0
    while at + 1 < end and skip < MOST_LEADS and (doc[at].lower_ in _LEADS or _leads_on(doc[at])):
        at, skip = at + 1, skip + 1
    last = at
    while last < end and (
        (doc[last].pos_ == "PROPN" and doc[last].text[0].isupper())
        or (doc[last].text[0].isupper() and doc[last].is_alpha)
        or doc[last].text == "-"
    ):
        last += 1
    if last < end and doc[last].pos_ == "NOUN" and doc[last].lower_ not in _LEADS:
        return None
    if last == at and any(token.lower_ == "capital" for token in doc[preposition.i + 1 : at]):
        return "capital"
    name = doc[at:last].text.strip("- ")
    return re.sub(r"['’]s$", "", name) or None
