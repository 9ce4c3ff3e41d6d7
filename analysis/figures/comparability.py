"""Why a figure is shown as context only and never compared: ages, settings, sizes of sources, sentences."""

from __future__ import annotations

import re

from spacy.tokens import Token

from analysis.figures.ellipsis import is_multiple
from analysis.figures.lexicon import any_of, lexicon
from analysis.figures.meant import FEW
from analysis.figures.measures import own_measure
from analysis.figures.objects import entry_of, is_known, is_person, singular
from analysis.figures.resolved import Resolved
from analysis.figures.triggers import chain
from analysis.figures.verbs import denied, governors

_CONTEXTS = lexicon("contexts")
_AGE_AFTER = re.compile(rf"^[-\s]*{any_of(_CONTEXTS['ages']['after'])}(?!\w)", re.IGNORECASE)
_AGE_BEFORE = re.compile(rf"(?<!\w){any_of(_CONTEXTS['ages']['before'])}\s+$", re.IGNORECASE)
_SENTENCE_AFTER = re.compile(rf"^[-\s]*(?:[a-z]+\s)?{any_of(_CONTEXTS['sentences']['after'])}(?!\w)", re.IGNORECASE)
_SENTENCE_BEFORE = re.compile(rf"(?<!\w){any_of(_CONTEXTS['sentences']['before'])}\s+$", re.IGNORECASE)
_SOURCE_AFTER = re.compile(rf"^\s+(?:\w+\s+)?{any_of(_CONTEXTS['sources']['after'])}\b", re.IGNORECASE)
_SOURCE_BEFORE = re.compile(rf"(?<!\w){any_of(_CONTEXTS['sources']['before'])}\s+$", re.IGNORECASE)
_SETTING_NOUNS = frozenset(_CONTEXTS["setting"]["nouns"])
_LIMIT = re.compile(
    rf"\b{any_of(_CONTEXTS['ages']['people'])}\s+(?:who\s+are\s+)?(?:under|over|aged|below|above)\s+$", re.IGNORECASE
)
_DIMENSIONS = any_of(_CONTEXTS["setting"]["dimensions"])
_DATING = any_of(_CONTEXTS["setting"]["dating"])
OLDEST = 120
"""Bare numbers between commas after a name are ages up to this one."""


def why_context(resolved: Resolved) -> str | None:
    """The reason why the figure is not to be compared, in one word; None if it may be."""
    tests = (_rhetoric, _age, _speakers, _sentence_length, _source_size, _attribute, _setting, _duration, _pronoun)
    return resolved.remainder or next((reason for test in tests if (reason := test(resolved))), None)


_ROUND_WORD = re.compile(r"an?\s+(?:hundred|thousand|million|billion|dozen)", re.IGNORECASE)
_NOT_ONE = re.compile(r"\b(?:not|never)\s+(?:a\s+|even\s+)?$", re.IGNORECASE)
_OPENING, _CLOSING = "“«", "”»"


def _rhetoric(resolved: Resolved) -> str | None:
    """ "A thousand provocations will not move us", "not one house": said for effect, nothing was counted."""
    mention = resolved.mention
    printed = mention.text[mention.quantity.start : mention.quantity.end]
    if printed.casefold() in ("one", "a single", "single") and (
        _NOT_ONE.search(mention.before(12)) or _denied(resolved)
    ):
        return "negation"
    before = mention.text[: mention.quantity.start].rpartition("\n")[2]
    quoted = sum(map(before.count, _OPENING)) > sum(map(before.count, _CLOSING)) or before.count('"') % 2 == 1
    unknown = resolved.object is None or not is_known(resolved.object)
    told = resolved.measure in lexicon("measures")
    return "rhetoric" if (quoted or not told) and unknown and _ROUND_WORD.fullmatch(printed) else None


def _denied(resolved: Resolved) -> bool:
    """ "It will not warm one house"."""
    verb = next((above for above, role in governors(resolved.mention.anchor) if role == "verbs"), None)
    return verb is not None and verb.pos_ == "VERB" and denied(verb)


def _age(resolved: Resolved) -> str | None:
    if resolved.mention.quantity.kind not in ("count", "duration"):
        return None
    tests = (_is_age_group, _is_age_limit, _is_printed_age, _is_age_of, _is_age_behind_name)
    return "age" if any(test(resolved) for test in tests) else None


def _is_age_group(resolved: Resolved) -> bool:
    """ "Most of the sick are under five": told of people, and nothing is counted."""
    mention, quantity = resolved.mention, resolved.mention.quantity
    bound = _AGE_GROUP.search(mention.text[max(0, quantity.start - 8) : quantity.number.start])
    small = quantity.kind == "count" and mention.phrase is None and quantity.number.high < OLDEST
    return bound is not None and small and re.search(r"\b(?:are|were|is|was)\s+$", mention.before(6)) is not None


def _is_age_limit(resolved: Resolved) -> bool:
    """ "Patients over 65"."""
    mention, number = resolved.mention, resolved.mention.quantity.number
    return number.high <= OLDEST and _LIMIT.search(mention.text[max(0, number.start - 30) : number.start]) is not None


def _is_printed_age(resolved: Resolved) -> bool:
    """ "61 years old", "aged 61"."""
    mention, end = resolved.mention, resolved.mention.quantity.number.end
    return bool(_AGE_AFTER.match(mention.text[end : end + 24]) or _AGE_BEFORE.search(mention.before()))


def _is_age_behind_name(resolved: Resolved) -> bool:
    """ "His son, 56, left": a bare number between commas."""
    mention, quantity = resolved.mention, resolved.mention.quantity
    bare = quantity.kind == "count" and resolved.phrase is None and quantity.number.high <= OLDEST
    named = re.search(r"[\w’'.]{2,},\s$", mention.before(30)) is not None
    closed = re.match(r"\s?(?:,|\.$|\))", mention.after(3)) is not None
    return bare and named and closed and quantity.bound == "exact"


def _is_age_of(resolved: Resolved) -> bool:
    """ "The youngest of them is 20", "half of them under five", "a pensioner of 77": a person's age without "years"."""
    mention = resolved.mention
    quantity = mention.quantity
    if quantity.kind != "count" or quantity.number.high > OLDEST or resolved.phrase is not None:
        return False
    lead = mention.text[max(0, quantity.number.start - 60) : quantity.number.start]
    return _AGE_TOLD.search(lead) is not None


_AGE_TOLD = re.compile(
    rf"\b{any_of(_CONTEXTS['ages']['extremes'])}\b[^.,;]{{0,40}}\b(?:is|was|are|were|being)\s+(?:just\s+|only\s+)?$"
    rf"|\b{any_of(_CONTEXTS['ages']['groups'])}\s+(?:were\s+|are\s+)?(?:under|over|below|above|aged)\s+$"
    rf"|\ban?\s+{any_of(_CONTEXTS['ages']['persons'])}\s+of\s+$",
    re.IGNORECASE,
)
_AGE_GROUP = re.compile(r"\b(?:under|over)\s+$", re.IGNORECASE)


def _sentence_length(resolved: Resolved) -> str | None:
    mention = resolved.mention
    if mention.quantity.kind != "duration":
        return None
    told = _SENTENCE_AFTER.match(mention.after()) or _SENTENCE_BEFORE.search(mention.before())
    return "sentence" if told and resolved.measure != "lasted" else None


def _source_size(resolved: Resolved) -> str | None:
    mention = resolved.mention
    if mention.quantity.kind != "count":
        return None
    described = re.search(r"\b(?:with|has|have|had|of)\s+(?:its\s+)?$", mention.before(14)) and _SOURCE_AFTER.match(
        mention.after()
    )
    return "source" if described or _SOURCE_BEFORE.search(mention.before()) else None


def _speakers(resolved: Resolved) -> str | None:
    """ "Two officials said": those who speak are no figure of the event."""
    head = resolved.phrase.head if resolved.phrase else None
    if head is None or head.dep_ != "nsubj" or resolved.mention.quantity.kind != "count":
        return None
    spoken = head.head.lemma_.lower()
    known = spoken in lexicon("cues") or spoken in lexicon("claiming")["counting"]["lemmas"]
    speaking = is_person(resolved.object) or head.lower_ in lexicon("claiming")["speakers"]["words"]
    return "source" if known and speaking and resolved.measure not in lexicon("measures") else None


def _attribute(resolved: Resolved) -> str | None:
    """ "The 12-member delegation": a number tied to its noun by a hyphen describes and does not report."""
    quantity = resolved.mention.quantity
    if resolved.measure == "capacity":
        return None
    tied = re.match(r"[-‐‑][a-z]", resolved.mention.text[quantity.number.end : quantity.number.end + 2])
    return "setting" if tied and not quantity.affix and quantity.kind in ("count", "duration", "distance") else None


def _is_few(resolved: Resolved) -> bool:
    return resolved.quantity.kind == "count" and resolved.quantity.number.high <= FEW


def _is_adjunct(head: Token) -> bool:
    return any(role == "adjunct" for _, role in governors(head))


def _setting(resolved: Resolved) -> str | None:
    """Distances and nouns that count no thing of the event."""
    mention = resolved.mention
    if is_multiple(mention) and "times" not in entry_of(resolved.object):
        return "setting"
    if resolved.phrase and singular(resolved.phrase.head.text) in _SETTING_NOUNS | {
        singular(n) for n in _SETTING_NOUNS
    }:
        return "setting"
    if resolved.measure is None and resolved.phrase and _is_few(resolved) and _is_adjunct(resolved.phrase.head):
        return "setting"
    if re.match(rf"\s+{_DIMENSIONS}\b", mention.after()) or mention.before(8).endswith("and a "):
        return "setting"
    if mention.quantity.kind in ("distance", "angle", "speed") and not _is_extent(resolved):
        return "setting"
    return None


_EXTENT = re.compile(r"\s+of\s+(?!the\b|here\b|each\b|it\b)[a-z]")


def _is_extent(resolved: Resolved) -> bool:
    """Whether a length is what is told, not where: "crested at 9 metres", "tore up 380 metres of track"."""
    told = {"distance", "speed"} & set(lexicon("measures").get(resolved.measure or "", {}).get("objects", []))
    acted = resolved.measure is not None and _EXTENT.match(resolved.mention.after()) is not None
    return bool(told) or acted


def _duration(resolved: Resolved) -> str | None:
    """Durations that are not how long something lasted: "six months later", "a two-week course"."""
    if resolved.quantity.kind != "duration":
        return None
    dates = re.match(rf"\s+{_DATING}\b", resolved.mention.after()) is not None
    return "duration" if dates or resolved.measure != "lasted" else None


_DEFINITE = re.compile(r"\b(?:the|those|these|all|both|other)\s+$", re.IGNORECASE)
_OF_THEM = re.compile(r"\s+of\s+(?:whom|which|them)\b", re.IGNORECASE)
PEOPLE = chain("person", "count")


def _pronoun(resolved: Resolved) -> str | None:
    """A lone "one" stands for a thing named before unless it is coordinated with a count."""
    mention = resolved.mention
    word = mention.text[mention.quantity.number.start : mention.quantity.number.end].casefold()
    meant = _DEFINITE.search(mention.before(12)) and resolved.phrase is None and resolved.part_of is None
    if meant and mention.quantity.is_word and mention.quantity.number.high <= FEW and not word.isdigit():
        return "reference"
    coordinated = resolved.listed or re.search(r"\band\s+\w+\s+$", mention.before(30)) is not None
    told = _OF_THEM.match(mention.after(12)) is not None or own_measure(mention.number, None, PEOPLE) is not None
    coordinated = coordinated or told
    return "pronoun" if word == "one" and resolved.phrase is None and not coordinated else None
