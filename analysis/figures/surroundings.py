"""Where, when, whose and how far a figure reaches, read from its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Span, Token

from analysis.figures.lexicon import lexicon
from analysis.figures.measures import governors
from analysis.figures.mentions import Mention
from analysis.figures.objects import Phrase, singular
from analysis.figures.quantities import Quantity
from analysis.figures.resolver import Resolved

_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
_DAY = re.compile(
    rf"\b(?:{_WEEKDAY}(?:\s+(?:morning|afternoon|evening|night))?|(?:the\s+)?day\s+before|yesterday|today|tonight|overnight|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|{_MONTH}\s+\d{{1,2}}(?!\d))"
)
_CLAUSE_EDGE = re.compile(r"[;:]|,\s+(?:and|but|while|with)\s")
_PERIODS = {
    "daily": r"\b(?:in (?:a|one|a single|the (?:last|past|previous)) (?:day|24 hours)|(?:a|per|each|every) day|daily|(?:with)?in (?:the (?:last|past|previous) )?24 hours|over (?:the (?:last|past|previous) )?(?:24 hours|day)|(?:last|past|previous) 24 hours|in the preceding 24 hours|day-on-day)\b",
    "weekly": r"\b(?:in (?:a|one|the (?:last|past|previous)) week|(?:a|per|each|every) week|weekly|(?:this|last|past) week|over the (?:last|past) week|in seven days)\b",
    "monthly": r"\b(?:in (?:a|one|the (?:last|past|previous)) month|(?:a|per|each|every) month|monthly|(?:this|last|past) month|over the (?:last|past) month|in (?:January|February|March|April|May|June|July|August|September|October|November|December))\b",
    "yearly": r"\b(?:in (?:a|one|the (?:last|past|previous)) year|(?:a|per|each|every) year|yearly|annual|annually|(?:this|last|past) year|over the (?:last|past) year|in (?:19|20)\d\d)\b",
    "cumulative": r"\b(?:since|so far|to date|cumulative|cumulatively|until now|all told|throughout|during the (?:war|conflict|outbreak|epidemic)|from the (?:start|beginning|outset)|over the (?:last|past) \w+ (?:weeks|months|years)|in the (?:last|past) \w+ (?:weeks|months|years))\b",
}
_PERIOD = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _PERIODS.items()}
_EACH = re.compile(r"^[^,;.]{0,30}\b(?:each|apiece|per side|for each side|on each side|from each side)\b|\beach\s+\w+\s*$", re.IGNORECASE)
_COMBINED = re.compile(r"^[^,;.]{0,30}\b(?:in all|in total|altogether|combined|on both sides|from both sides|both sides)\b", re.IGNORECASE)
_EACH_BEFORE = re.compile(r"\b(?:each|respectively|apiece)\b[^,;.]{0,20}$", re.IGNORECASE)
_COMBINED_BEFORE = re.compile(r"\b(?:a\s+total\s+of|a\s+combined|altogether|in\s+all|in\s+total)\W*$", re.IGNORECASE)
_INCREMENT_BEFORE = re.compile(r"\b(?:another|further|additional|extra)\b", re.IGNORECASE)
_INCREMENT_AFTER = re.compile(r"\s+(?:more|others|other|additional|further)\b(?!\s+than)", re.IGNORECASE)
_SUPPOSING = frozenset(("if", "unless", "whether", "supposing", "provided"))


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
    table = lexicon("demonyms")
    names = {word.casefold(): name for name, words in table["demonyms"].items() for word in [name, *words]}
    return names | {capital.casefold(): name for capital, name in table["capitals"].items()}


_GROUPS = frozenset(("government", "rebel", "opposition", "enemy", "separatist", "insurgent", "loyalist", "militia"))


def owner_of(mention: Mention, phrase: Phrase | None, claimant: str | None) -> str | None:
    """Whose they are: "22 Armenian vehicles", "150 government soldiers", "95 Russians", "a dozen of its men"."""
    for token in phrase.tokens if phrase else ():
        if owner := country_of(token.text):
            return owner
        if token.lower_ in _GROUPS and phrase and token.i < phrase.head.i:
            return token.lower_
    subject = _loser(mention.anchor)
    if subject is not None:
        return _group_named(subject)
    behind = mention.doc[mention.span.end : (phrase.tokens[0].i if phrase else mention.span.end)]
    if any(token.lower_ in ("its", "their", "our", "his") for token in behind):
        return _group_named(claimant) if claimant else None
    return None


def _loser(anchor: Token) -> str | None:
    """Who loses: the subject of "lose" above the figure, or of a verb whose object is "their losses"."""
    for governor, role in governors(anchor):
        subject = next((child.text for child in governor.children if child.dep_ == "nsubj"), None)
        owned = any(t.dep_ == "poss" and t.tag_ == "PRP$" for child in governor.children if child.dep_ == "dobj" for t in child.children)
        if role == "verbs" and (governor.lemma_.lower() == "lose" or owned):
            return subject
    return None


def _group_named(name: str) -> str | None:
    """The country or group in a name: "Ukraine’s military" -> Ukraine, "a rebel spokesman" -> rebel."""
    for word in re.findall(r"[\w.-]+", name):
        if owner := country_of(word):
            return owner
        if word.casefold().removesuffix("s") in _GROUPS:
            return word.casefold().removesuffix("s")
    return None


def member_of(owner: str | None, object_id: str | None) -> str | None:
    """ "Its men", said of rebels, are fighters; of a government, soldiers."""
    if owner not in _GROUPS or object_id not in ("man", "member", "person", "people"):
        return object_id
    return "soldier" if owner in ("government", "loyalist") else "fighter"


def country_of(word: str) -> str | None:
    """The country a name, adjective, people or capital stands for."""
    low = re.sub(r"[’']s?$", "", word.casefold())
    return _demonyms().get(low) or _demonyms().get(low.removesuffix("s"))


def scope_of(text: str, quantity: Quantity, phrase: Phrase | None, sentence: Span, offset: int) -> str | None:
    """How far the count reaches: increment, each, combined, or a period of time; None where no words say so."""
    lead = text[max(sentence.start_char + offset, quantity.start - 24) : quantity.number.start]
    behind = text[quantity.end : min(sentence.end_char + offset, quantity.end + 60)]
    if _INCREMENT_BEFORE.search(text[quantity.start : quantity.number.start]) or _INCREMENT_AFTER.match(behind):
        return "increment"
    if _EACH.search(behind) or _EACH_BEFORE.search(lead):
        return "each"
    if _COMBINED.search(behind) or _COMBINED_BEFORE.search(lead):
        return "combined"
    around = clause(text, quantity, sentence, offset)
    found = [name for name, pattern in _PERIOD.items() if pattern.search(around)]
    fresh = phrase is not None and any(token.lower_ == "new" for token in phrase.tokens)
    return found[0] if found else ("daily" if fresh else None)


def is_hypothetical(number: Token, lead: str) -> bool:
    """Supposed, not reported: "if 100 soldiers ...", "even a hundred would be too many", "could kill 500"."""
    if re.search(r"\beven\s*$", lead, re.IGNORECASE):
        return True
    verb = next((token for token in number.ancestors if token.pos_ in ("VERB", "AUX")), None)
    if verb is None:
        return False
    modals = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    if any(child.lower_ in _SUPPOSING for child in verb.children if child.dep_ in ("mark", "advmod")):
        return True
    counts_itself = any(child.dep_ in ("nsubj", "nsubjpass") and number in child.subtree for child in verb.children)
    return bool(modals & {"could", "might"}) or "would" in modals and ("have" in modals or counts_itself and verb.lemma_ == "be")


_OPINIONS = ("support", "oppose")


def topic_of(resolved: Resolved) -> str | None:
    """What a share of opinion is for or against: the noun or verb behind "favour", "want to"."""
    if resolved.quantity.kind != "share" or resolved.measure not in _OPINIONS:
        return None
    doc = resolved.mention.doc
    last = resolved.phrase.tokens[-1] if resolved.phrase else resolved.mention.number
    words = [token for token in doc[last.i + 2 : last.i + 8] if token.pos_ in ("NOUN", "VERB", "PROPN")]
    verb = next((token for token in last.ancestors if token.pos_ == "VERB"), None)
    objects = [child for child in verb.children if child.dep_ in ("dobj", "xcomp", "ccomp") and child.i > last.i] if verb else []
    named = objects or words
    return singular(named[0].lemma_) if named else None
