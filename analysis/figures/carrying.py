"""Whether a sentence without a source goes on with the report before it, or the narrator speaks again."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Span, Token

from analysis.calendar import MONTH, WEEKDAY
from analysis.figures.counters import may_speak
from analysis.figures.lexicon import any_of, lexicon
from analysis.figures.mentions import Mention
from analysis.grammar import noun_behind, own_subject

REACH = 200
"""Characters before a figure in which a colon may stand."""

_PLACED = frozenset({"in", "at", "near", "around", "outside", "across", "over"})
_PLACES = frozenset(lexicon("claiming")["places"]["nouns"])
_DATE = re.compile(rf"\d|{WEEKDAY}|{MONTH}")
_PART = re.compile(r"\s+(?:of\s+(?:the|them|those|these|whom)\b|more\b|others?\b)|\s*$")
_COMPARING = re.compile(r"\b(?:than|compared|from|against|versus|up|down|as\s+many|twice|double)\b", re.IGNORECASE)
_ANOTHER = re.compile(r"\b(?:another|a\s+further|an\s+additional)\s", re.IGNORECASE)


def goes_on(sentence: Span, trailing: bool) -> bool:
    """Whether its own words show that it goes on with a report: "It aims ...", "The gap would reach ...".

    These are a pronoun for a body that speaks and, behind "..., the agency said.", the tenses of reported speech.
    """
    return opening(sentence) in ("it", "they") or (trailing and any(_is_reported_tense(token) for token in sentence))


def opening(sentence: Span) -> str:
    """The pronoun a sentence begins with, "" if it begins with none."""
    first = next((token for token in sentence if token.is_alpha), None)
    return first.lower_ if first is not None and first.tag_ == "PRP" else ""


def may_go_on(mention: Mention) -> bool:
    """Whether a sentence can be part of a report: no one else speaks in it, and it is no background.

    "He had lost nine relatives" tells of the speaker, "The gang wants three million" and "A year earlier 40 had
    died" are the narrator's. What stands behind a colon ("She thanked the donors: 500 had come") is said.
    """
    sentence = mention.sentence
    listed = ":" in mention.before(REACH)
    own = opening(sentence) in ("he", "she") and not listed
    if speaks(sentence) or own or _is_background(sentence.text) or _is_elsewhere(sentence):
        return False
    if _tells_an_act(mention) and opening(sentence) != "it":
        return listed
    return listed or opening(sentence) == "it" or not _is_present_state(sentence.root)


def is_part(mention: Mention) -> bool:
    """Whether the figure takes up one before it: "Seven of the missiles were hit", "Ten more were jammed"."""
    expression = mention.text[mention.quantity.start : mention.quantity.end]
    again = _ANOTHER.match(expression) or _ANOTHER.search(mention.before(12))
    more = _PART.match(mention.after(12)) or re.search(r"\bmore$", expression)
    return bool(again or more) and not is_present(mention.sentence)


def speaks(sentence: Span) -> bool:
    """Whether the sentence has a subject of its own that may be a source: "The ministry condemned ..."."""
    split = ";" in sentence.text
    main = {sentence.root.i, *(child.i for child in sentence.root.children if child.dep_ == "ccomp" and split)}
    return any(
        token.dep_ == "nsubj" and token.head.i in main and token.pos_ != "PRON" and may_speak(token)
        for token in sentence
    )


def has_own_speaker(mention: Mention) -> bool:
    """Whether the figure's own verb has a subject that may be a source: "...; police put the crowd at 40"."""
    verb = _verb_over(mention)
    return verb is not None and any(child.dep_ == "nsubj" and may_speak(child) for child in verb.children)


def is_present(sentence: Span) -> bool:
    """Whether its main verb is in the present or the perfect, in which no report goes on for long."""
    verb = sentence.root
    aux = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    return (aux[0] if aux else verb).tag_ in ("VBZ", "VBP")


def _is_present_state(verb: Token) -> bool:
    """ "Wants", "have combed": not "is", "are said", "will be", in which a report can go on."""
    aux = next((child for child in verb.children if child.dep_ in ("aux", "auxpass")), None)
    if aux is not None:
        return aux.lemma_ == "have" and aux.tag_ in ("VBZ", "VBP")
    return verb.tag_ in ("VBZ", "VBP") and verb.lemma_ not in ("be", "remain", "stand", "total", "number")


def _tells_an_act(mention: Mention) -> bool:
    """ "Employers advertised 300 posts": what someone else did to something, told in the plain past."""
    verb = mention.sentence.root
    helped = any(child.dep_ in ("aux", "auxpass") for child in verb.children)
    subject = own_subject(verb)
    owned = (
        subject is None or subject.pos_ == "PRON" or any(child.lower_ in ("its", "their") for child in subject.children)
    )
    return verb.tag_ == "VBD" and not helped and not owned and any(child.dep_ == "dobj" for child in verb.children)


def _is_elsewhere(sentence: Span) -> bool:
    """Whether it opens with another place, to which a narrator turns: "In Sloviansk four houses were hit"."""
    first = sentence[0]
    place = noun_behind(first) if first.dep_ == "prep" else None
    if place is None or first.lower_ not in _PLACED:
        return False
    return (place.pos_ == "PROPN" and not _DATE.match(place.text)) or place.lower_ in _PLACES


def is_aside(mention: Mention) -> bool:
    """ "The province, which holds 6% of the people, lost ..., the institute says": the narrator explains."""
    for verb in mention.anchor.ancestors:
        if verb.dep_ != "relcl":
            continue
        which = next((child for child in verb.children if child.lower_ == "which" and child.dep_ == "nsubj"), None)
        return which is not None and bool(which.i) and which.nbor(-1).text == "," and _is_present_state(verb)
    return False


def _verb_over(mention: Mention) -> Token | None:
    """The nearest verb above a figure."""
    return next((token for token in mention.anchor.ancestors if token.pos_ in ("VERB", "AUX")), None)


def has_new_actor(mention: Mention) -> bool:
    """Whether the figure's own verb has a subject without it: "..., the ministry said, and medics treated 40"."""
    verb = next((token for token in mention.anchor.ancestors if token.pos_ == "VERB"), None)
    subject = own_subject(verb) if verb is not None else None
    return subject is not None and mention.anchor not in list(subject.subtree) and subject.pos_ != "PRON"


def in_reported_tense(mention: Mention) -> bool:
    """Whether the figure's own verb is in such a tense: "..., while 187 residents had sought help"."""
    verb = _verb_over(mention)
    return verb is not None and any(_is_reported_tense(child) for child in verb.children)


def _is_reported_tense(token: Token) -> bool:
    return token.dep_ in ("aux", "auxpass") and token.lower_ in ("had", "would")


def _is_background(sentence: str) -> bool:
    """Whether it tells of a time before the event, and does not only compare with it."""
    return _background().search(sentence) is not None and not _COMPARING.search(sentence)


@cache
def _background() -> re.Pattern[str]:
    """Times before the event, of which a narrator tells: "in 1998", "last winter", "a year earlier"."""
    times = any_of(lexicon("claiming")["background"]["phrases"])
    return re.compile(rf"\b(?:in\s+(?:1[5-9]|20)\d\d|{times})\b", re.IGNORECASE)
