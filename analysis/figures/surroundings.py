"""Where, when, whose and how far a figure reaches, read from its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Span, Token

from analysis.figures.lexicon import lexicon
from analysis.figures.objects import Phrase
from analysis.figures.quantities import Quantity

_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
_DAY = re.compile(
    rf"\b(?:{_WEEKDAY}(?:\s+(?:morning|afternoon|evening|night))?|(?:the\s+)?day\s+before|yesterday|today|tonight|overnight|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|{_MONTH}\s+\d{{1,2}}(?!\d))"
)
_CLAUSE_EDGE = re.compile(r"[;:]|,\s+(?:and|but|while|with)\s")
_SCOPES = {
    "each": r"\b(?:each|apiece|per side|for each side|on each side)\b",
    "combined": r"\b(?:in all|in total|altogether|combined|a total of|on both sides|both sides)\b",
    "daily": r"\b(?:in a day|in one day|in a single day|a day|per day|daily|in the (?:last|past) (?:24 hours|day)|(?:last|past) 24 hours|in 24 hours|within 24 hours|over 24 hours|over the (?:last|past) (?:day|24 hours))\b",
    "cumulative": r"\b(?:since|so far|to date|cumulative|cumulatively|overall|until now|all told|throughout the (?:war|conflict|year)|during the (?:war|conflict)|from the (?:start|beginning|outset)|this year|over the (?:last|past) (?:week|month|year|decade)s?|in the (?:last|past) (?:week|month|year)s?)\b",
}
_SCOPE = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _SCOPES.items()}
_INCREMENT_BEFORE = re.compile(r"\b(?:another|further|additional|extra|a further|an additional)\b", re.IGNORECASE)
_INCREMENT_AFTER = re.compile(r"\s+(?:more|others|other|additional|further|new)\b", re.IGNORECASE)
_SUPPOSING = re.compile(r"\b(?:if|unless|whether|suppose|supposing|hypothetical\w*|even if|provided)\b", re.IGNORECASE)


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


_PLACE_PREPOSITIONS = frozenset("in at near across throughout around outside through inside over".split())


def _places(sentence: Span) -> Iterator[tuple[str, int]]:
    for token in sentence:
        if token.lower_ in _PLACE_PREPOSITIONS and token.i + 1 < sentence.end:
            name = _name_after(token, sentence.end)
            if name and not _DAY.search(name) and not re.search(rf"\b{_MONTH}\b|\d", name):
                yield name, token.i


def _name_after(preposition: Token, end: int) -> str | None:
    doc = preposition.doc
    at = preposition.i + 1
    skip = 0
    while at < end and skip < 3 and doc[at].lower_ in _NAME_LEADS:
        at, skip = at + 1, skip + 1
    last = at
    while last < end and (doc[last].pos_ == "PROPN" or doc[last].text[0].isupper() and doc[last].is_alpha or doc[last].text == "-"):
        last += 1
    name = doc[at:last].text.strip("- ")
    return re.sub(r"['’]s$", "", name) or None


_NAME_LEADS = frozenset("the city town village region province district state area capital northern southern eastern western central of".split())


@cache
def _demonyms() -> dict[str, str]:
    return {word.casefold(): name for name, words in lexicon("demonyms")["demonyms"].items() for word in [name, *words]}


def owner_of(phrase: Phrase | None) -> str | None:
    """Whose they are, from the counted phrase: "22 Armenian vehicles", "150 government soldiers", "95 Russians"."""
    for token in phrase.tokens if phrase else ():
        low = token.lower_
        if low in _demonyms() or low.removesuffix("s") in _demonyms():
            return _demonyms().get(low) or _demonyms()[low.removesuffix("s")]
        if low in ("government", "rebel", "opposition", "enemy", "separatist", "insurgent") and token.i < phrase.head.i:  # type: ignore[union-attr]
            return low
    return None


def scope_of(text: str, quantity: Quantity, phrase: Phrase | None, sentence: Span, offset: int) -> str | None:
    """daily, cumulative, each, combined or increment, where words of the clause say so."""
    around = clause(text, quantity, sentence, offset)
    lead = text[quantity.start : quantity.number.start]
    if _INCREMENT_BEFORE.search(lead) or _INCREMENT_AFTER.match(text, quantity.end):
        return "increment" if not text[quantity.end :].startswith(" more than") else None
    found = [name for name, pattern in _SCOPE.items() if pattern.search(around)]
    if phrase and any(token.lower_ == "new" for token in phrase.tokens) and not found:
        return "daily" if phrase.head.lower_ in ("cases", "infections", "deaths") else None
    return found[0] if found else None


def is_hypothetical(number: Token, lead: str) -> bool:
    """Supposed, not reported: "if 100 soldiers ...", "even a hundred would be too many"."""
    sentence = number.sent
    before = sentence.doc[sentence.start : number.i].text
    if re.search(r"\beven\s*$", before, re.IGNORECASE) or lead.lower().startswith("even"):
        return True
    verb = next((token for token in number.ancestors if token.pos_ in ("VERB", "AUX")), None)
    if verb is None:
        return False
    modals = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    marks = {child.lower_ for child in verb.children if child.dep_ in ("mark", "advmod")}
    if marks & {"if", "unless", "whether"}:
        return True
    return bool(modals & {"could", "might"}) or ("would" in modals and _is_main(verb))


def _is_main(verb: Token) -> bool:
    """Whether "would" is no mere sequence of tenses after "said"."""
    return verb.dep_ in ("ROOT", "conj") or "have" in {child.lower_ for child in verb.children if child.dep_ == "aux"}
