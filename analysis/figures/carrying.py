"""Whether a sentence without a source goes on with the report before it, or the narrator speaks again."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Span, Token

from analysis.figures.counters import may_speak
from analysis.figures.lexicon import any_of, lexicon
from analysis.figures.mentions import Mention

REACH = 200
"""Characters before a figure in which a colon may stand."""

_PART = re.compile(r"\s+(?:of\s+(?:the|them|those|these|whom)\b|more\b|others?\b)|\s*$")
_COMPARING = re.compile(r"\b(?:than|compared|from|against|versus|up|down|as\s+many|twice|double)\b", re.IGNORECASE)
_ANOTHER = re.compile(r"\b(?:another|a\s+further|an\s+additional)\s", re.IGNORECASE)


def goes_on(sentence: Span) -> bool:
    """Whether its own words show that it goes on with a report: "It aims ...", "The gap would reach ...".

    These are a pronoun for a body that speaks, and the tenses of reported speech.
    """
    return opening(sentence) in ("it", "they") or any(_is_reported_tense(token) for token in sentence)


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
    if speaks(sentence) or own or _is_background(sentence.text):
        return False
    return listed or opening(sentence) == "it" or not _is_plain_present(sentence.root)


def is_part(mention: Mention) -> bool:
    """Whether the figure takes up one before it: "Seven of the missiles were hit", "Ten more were jammed"."""
    expression = mention.text[mention.quantity.start : mention.quantity.end]
    again = _ANOTHER.match(expression) or _ANOTHER.search(mention.before(12))
    more = _PART.match(mention.after(12)) or re.search(r"\bmore$", expression)
    return bool(again or more) and not is_present(mention.sentence)


def speaks(sentence: Span) -> bool:
    """Whether the sentence has a subject of its own that may be a source: "The ministry condemned ..."."""
    return any(
        token.dep_ == "nsubj" and token.head.i == sentence.root.i and token.pos_ != "PRON" and may_speak(token)
        for token in sentence
    )


def is_present(sentence: Span) -> bool:
    """Whether its main verb is in the present or the perfect, in which no report goes on for long."""
    verb = sentence.root
    aux = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    return (aux[0] if aux else verb).tag_ in ("VBZ", "VBP")


def _is_plain_present(verb: Token) -> bool:
    """ "Wants", "receive": not "is", "are said", "have been", "will be"."""
    helped = any(child.dep_ in ("aux", "auxpass") for child in verb.children)
    return (
        verb.tag_ in ("VBZ", "VBP") and verb.lemma_ not in ("be", "remain", "stand", "total", "number") and not helped
    )


def in_reported_tense(mention: Mention) -> bool:
    """Whether the figure's own verb is in such a tense: "..., while 187 residents had sought help"."""
    verb = next((token for token in mention.anchor.ancestors if token.pos_ in ("VERB", "AUX")), None)
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
