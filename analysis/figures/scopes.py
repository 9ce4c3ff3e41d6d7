"""How far a figure reaches, in time and over parties, and whether it is only supposed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from analysis.figures.clauses import clause
from analysis.figures.ellipsis import is_compared, is_totalling
from analysis.figures.figure import Figure
from analysis.figures.lexicon import any_of, lexicon
from analysis.figures.mentions import Mention
from analysis.figures.objects import Phrase, is_person, meaning_of, singular
from analysis.figures.resolved import Resolved
from analysis.figures.verbs import governors, subject_of

_SCOPES = lexicon("scopes")
_PARTIES = {name: any_of(words) for name, words in _SCOPES["parties"].items()}
_PERIODS = {
    name: re.compile(rf"(?<!\w){any_of(words)}(?!\w|[’']s\b)".replace(r"\*", r"\w+"), re.IGNORECASE)
    for name, words in _SCOPES["periods"].items()
}
_SEVERING = re.compile(
    rf"\b(?:and|that|which|who|whose|where|when)\b|\b{any_of(lexicon('claiming')['reporting']['words'])}\b"
)
"""Between a period and a figure they begin a clause of their own."""
_ADJECTIVES = {word: name for name, words in _SCOPES["adjectives"].items() for word in words}
_EACH = re.compile(rf"^[^,;.]{{0,30}}\b{_PARTIES['each']}\b", re.IGNORECASE)
_EACH_BEFORE = re.compile(r"\b(?:each|apiece)\b[^,;.]{0,20}$", re.IGNORECASE)
_EACH_GETS = re.compile(r"\b(?:each|every)\s+(?!day|night|week|month|year)(?:\w+\s+){1,6}(?:\w+\s+)?$", re.IGNORECASE)
_COMBINED = re.compile(rf"^[^,;.]{{0,30}}\b{_PARTIES['combined']}\b", re.IGNORECASE)
_COMBINED_BEFORE = re.compile(rf"\b{_PARTIES['combined_before']}\W*$", re.IGNORECASE)
_INCREMENT_BEFORE = re.compile(rf"\b{any_of(_SCOPES['increments']['before'])}\b", re.IGNORECASE)
_INCREMENT_AFTER = re.compile(rf"\s+{any_of(_SCOPES['increments']['after'])}\b(?!\s+than)", re.IGNORECASE)
_ADDED = re.compile(rf"\s+of\s+the\s+{any_of(_SCOPES['increments']['of_the'])}\b", re.IGNORECASE)
"""Those who died of the wounded come on top of the dead counted before."""
_FEWER = re.compile(r"\s+(?:fewer|less|more)\s+than\b", re.IGNORECASE)
"""A difference to another count: "one fewer than on Wednesday"."""
_FORMER_PERIOD = re.compile(rf"^[^,;.]{{0,40}}\b{any_of(_SCOPES['former']['after'])}\b", re.IGNORECASE)
_ROUND = re.compile(rf"\b{any_of(_SCOPES['rounds']['earlier'])}\b", re.IGNORECASE)
_ANOTHER = re.compile(r"\d|,\s+(?:and\s+)?\w+ing\b")
"""Between a figure and a period they begin what is told of another figure."""
_IN_WAR = re.compile(rf"^[^,;.]{{0,20}}\b(?:in|during)\s+the\s+(?:\w+\s+)?{any_of(_SCOPES['lasting']['nouns'])}\b")
_ASIDE = re.compile(r"\b(?:that|which|who)\s+\w+[^,.;]{0,40}$")
"""A clause that tells when a flood hit, not over how long its dead were counted."""
_SUPPOSING = frozenset(_SCOPES["suppositions"]["marks"])
_MODALS = frozenset(_SCOPES["suppositions"]["modals"])


def scope_of(resolved: Resolved) -> str | None:
    """How far the count reaches: increment, listed, each, combined, a period; None where no words say so."""
    mention, quantity, phrase = resolved.mention, resolved.quantity, resolved.phrase
    lead = mention.before(24) + mention.text[quantity.start : quantity.number.start]
    behind = mention.after()
    if _INCREMENT_BEFORE.search(mention.text[quantity.start : quantity.number.start]) or _INCREMENT_AFTER.match(behind):
        return "increment"
    if phrase is None and (_ADDED.match(behind) or _FEWER.match(behind)):
        return "increment"
    if phrase is not None and _is_listed(phrase):
        return "listed"
    if is_compared(mention) and _FORMER_PERIOD.match(behind):
        return "former"
    if _ROUND.search(clause(mention)) or _is_history(resolved):
        return "former"
    if is_totalling(mention):
        return "cumulative"
    if _EACH.search(behind) or _EACH_BEFORE.search(lead) or _EACH_GETS.search(mention.before()):
        return "each"
    if _COMBINED.search(behind) or _COMBINED_BEFORE.search(lead):
        return "combined"
    period = _period(resolved)
    return "war" if period is None and _of_war(mention) else period


_YEAR = re.compile(r"\b(?:in|of|back\s+in)\s+(?:19|20)\d\d\b", re.IGNORECASE)


def _is_history(resolved: Resolved) -> bool:
    """ "In 2015, a quake in the same range killed 399 people": victims of another year, told for comparison."""
    told = "outcome" in lexicon("measures").get(resolved.measure or "", {})
    return told and _YEAR.search(clause(resolved.mention)) is not None


def _of_war(mention: Mention) -> bool:
    """ "The war has killed 36,650 people": the count of all of it, not of the day's event."""
    lasting = frozenset(_SCOPES["lasting"]["nouns"])
    if _IN_WAR.search(mention.after(40)):
        return True
    for verb, _ in governors(mention.anchor):
        subject = subject_of(verb)
        if subject is not None:
            return subject.lemma_.lower() in lasting
    return False


def _period(resolved: Resolved) -> str | None:
    around = clause(resolved.mention)
    found = (name for name, pattern in _PERIODS.items() if _reaches(pattern.search(around), resolved))
    words = [token.lower_ for token in resolved.phrase.tokens] if resolved.phrase else []
    named = (_ADJECTIVES[word] for word in words if word in _ADJECTIVES)
    return next(found, None) or next(named, None)


def _reaches(match: re.Match[str] | None, resolved: Resolved) -> bool:
    """Whether a period tells of the figure, not of what comes before "and": "the third in 24 hours and killed 12"."""
    if match is None or _OF_EVENT.match(match.string, match.start()):
        return False
    own = resolved.mention.text[resolved.quantity.start : resolved.quantity.end]
    at = match.string.find(own)
    if at < match.start():
        return _ANOTHER.search(match.string[at + len(own) : match.start()]) is None
    aside = _ASIDE.search(match.string[: match.start()])
    adverb = re.search(r"\b(?:have|has|had)\s+$", match.string[: match.start()])
    return aside is None and adverb is None and _SEVERING.search(match.string[match.end() : at]) is None


_OF_EVENT = re.compile(
    rf"since\s+(?:(?:early|late)\s+)?(?:\w+day\b|the\s+(?:\w+\s+)?{any_of(_SCOPES['lasting']['events'])}\b)",
    re.IGNORECASE,
)
"""From here on the event itself is counted, which is no longer stretch: "three have died since the blaze broke out"."""


def _is_listed(phrase: Phrase) -> bool:
    """ "A man and two women died": the items of a list that a total elsewhere may sum up."""
    meaning = meaning_of(phrase.words)
    if meaning is None or meaning.compared_as != "person" or phrase.words[-1] in ("people", "person"):
        return False
    if phrase.words[-1] in lexicon("objects")["person"]["words"]:
        return False
    counted = [
        token for token in phrase.head.conjuncts if any(child.dep_ in ("nummod", "det") for child in token.children)
    ]
    others = [meaning_of((singular(token.text),)) for token in (*counted, *_appositions(phrase.head))]
    return any(other is not None and is_person(other.compared_as) for other in others)


def _appositions(head: Token) -> list[Token]:
    own = [child for child in head.children if child.dep_ == "appos"]
    own = [child for child in own if not {"among", "including"} & {t.lower_ for t in head.doc[head.i : child.i]}]
    return [
        child for child in own if any(token.pos_ in ("NUM", "DET") and token.lower_ != "all" for token in child.lefts)
    ]


def is_hypothetical(number: Token, lead: str) -> bool:
    """Supposed, not reported: "if 100 soldiers ...", "even a hundred would be too many", "could kill 500"."""
    if re.search(r"\beven\s*$", lead, re.IGNORECASE):
        return True
    verb = next((token for token in number.ancestors if token.pos_ in ("VERB", "AUX")), None)
    if verb is None:
        return False
    if any(child.lower_ in _SUPPOSING for child in verb.children if child.dep_ in ("mark", "advmod")):
        return True
    if verb.lemma_.lower() in _ABLE:
        return False
    modals = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    return bool(modals & _MODALS) or ("would" in modals and ("have" in modals or _judges(verb, number)))


_ABLE = frozenset(lexicon("verbs")["finding"]["lemmas"])


def _judges(verb: Token, number: Token) -> bool:
    """ "A hundred would be too many": the number itself is weighed."""
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    return verb.lemma_ == "be" and any(number in child.subtree for child in subjects)


def without_base(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """The figures; "others" are no increment to those who met with another fate: "killed three and hurt 12 others"."""
    kept: list[Figure] = []
    for figure in figures:
        others = figure.scope == "increment" and _OTHERS.match(text, figure.number_end) is not None
        apart = others and kept and all(one.measure != figure.measure for one in kept[-REACH:])
        kept.append(replace(figure, scope=None) if apart else figure)
    return kept


_OTHERS = re.compile(r"\s+(?:\w+\s+)?others?\b")
REACH = 4
"""Figures back in which those are told of from whom "others" are told apart."""
