"""The clause around a figure: its day and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from analysis.figures.lexicon import lexicon
from analysis.figures.quantities import Quantity

_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = re.compile(
    rf"\b(?:{_WEEKDAY}(?:\s+(?:morning|afternoon|evening|night))?|(?:the\s+)?day\s+before|yesterday|today|tonight"
    rf"|overnight|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|{_MONTH}\s+\d{{1,2}}(?!\d))"
)
_CLAUSE_EDGE = re.compile(r"[;:]|,\s+(?:and|but|while|with)\s")
_PLACES: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in lexicon("scopes")["places"].items()}


def clause(text: str, quantity: Quantity, sentence: Span, offset: int) -> str:
    """The stretch of the sentence around the quantity, up to semicolons and coordinated clauses."""
    begin, finish = sentence.start_char + offset, sentence.end_char + offset
    left, right = text[begin : quantity.start], text[quantity.end : finish]
    edges = [match.end() for match in _CLAUSE_EDGE.finditer(left)]
    after = _CLAUSE_EDGE.search(right)
    return text[begin + (edges[-1] if edges else 0) : quantity.end + (after.start() if after else len(right))]


def day_of(text: str, quantity: Quantity, sentence: Span, offset: int) -> str | None:
    """The day named nearest to the figure in its sentence, as printed; the own clause first."""
    for stretch in (clause(text, quantity, sentence, offset), sentence.text):
        days = [match.group() for match in _DAY.finditer(stretch)]
        if days:
            return days[0] if len(set(days)) == 1 or stretch is not sentence.text else None
    return None


def place_of(anchor: Token, sentence: Span) -> str | None:
    """The place its clause gives: a name after in, at, near, across ...; nearest in the parse, then in front."""
    found = list(_places(sentence))
    if not found:
        return None
    after = [place for place, at in found if at > anchor.i and not _crosses(anchor, at)]
    before = [place for place, at in found if at < anchor.i]
    return after[0] if after else (before[-1] if before else None)


def _crosses(anchor: Token, at: int) -> bool:
    """Whether another number, verb of saying or semicolon stands between the figure and the place."""
    between = anchor.doc[anchor.i + 1 : at]
    return any(token.pos_ == "NUM" or token.lower_ in (";", "while") for token in between)


def _places(sentence: Span) -> Iterator[tuple[str, int]]:
    for token in sentence:
        if token.lower_ in _PLACES["prepositions"] and token.i + 1 < sentence.end and not _of_speaker(token):
            name = _name_after(token, sentence.end)
            if name and not _DAY.search(name) and not re.search(rf"\b{_MONTH}\b|\d", name):
                yield name, token.i


def _of_speaker(preposition: Token) -> bool:
    """ "The ministry in Moscow said": the place of who speaks, not of what is told."""
    noun = preposition.head
    return noun.dep_ == "nsubj" and noun.head.lemma_.lower() in lexicon("cues")


def _name_after(preposition: Token, end: int) -> str | None:
    doc = preposition.doc
    at = preposition.i + 1
    skip = 0
    while at < end and skip < 3 and doc[at].lower_ in _PLACES["leads"]:
        at, skip = at + 1, skip + 1
    last = at
    while last < end and (
        doc[last].pos_ == "PROPN" or (doc[last].text[0].isupper() and doc[last].is_alpha) or doc[last].text == "-"
    ):
        last += 1
    if last < end and doc[last].pos_ == "NOUN" and doc[last].lower_ not in _PLACES["leads"]:
        return None
    name = doc[at:last].text.strip("- ")
    return re.sub(r"['’]s$", "", name) or None
