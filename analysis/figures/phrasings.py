"""Wordings by which a sentence names or rejects who gives a figure, read without a parse."""

from __future__ import annotations

import re
from functools import cache

from analysis.attribution.kinds import type_of
from analysis.figures.lexicon import any_of, lexicon

REJECTING = 140
"""Characters before a figure in which a denial of it may stand."""

_BLAME = (
    r"\s+(?:all\s+|any\s+)?(?:blame|responsibility|liability|guilt|accusations?|criticism|calls?|demands?|appeals?)\b"
)
_PUBLISHED = re.compile(
    r"[^,.;]{0,40}\b(?:published|made|given|issued|released|reported|cited|claimed|announced)\s+by\s+"
    r"(?P<who>[^,.;]+?)(?=\s+as\b|[,.;]|$)"
)
_ASKED = re.compile(
    r"\s+of\s+(?:those|the\s+\w+|\w+)\s+(?:\w+\s+)?(?:surveyed|polled|questioned|interviewed|asked|canvassed)\s+by\s+"
    r"(?P<who>(?:the\s+|a\s+|an\s+)?(?:[a-z-]+\s+){0,2}[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*)*|(?:the|a|an)\s+[a-z]+)"
)
_CITED = re.compile(
    r"[\s,](?:citing|quoting|(?:who|which)\s+(?:cited|quoted)|with\s+reference\s+to)\s+"
    r"(?!its\b|his\b|her\b|their\b)(?P<who>[^,.;:\"“”]{3,60}?)(?=\s+(?:as|that|said|says|and)\b|[,.;:\"“”]|$)"
)


def lemmas_rejecting() -> frozenset[str]:
    """The verbs that deny, by lemma."""
    return frozenset(lexicon("claiming")["denying"]["lemmas"])


def is_blame(text: str, at: int) -> bool:
    """Whether blame or a call is what stands at an offset: who rejects that rejects no count."""
    return re.compile(_BLAME).match(text, at) is not None


def rejects_what_follows(before: str) -> bool:
    """ "Rejected as baseless the claim that 90 had died": the innermost report is not all."""
    return _rejecting().search(before) is not None


def dismissed_author(before: str, behind: str) -> str | None:
    """Whose the figure is that another dismisses: "rejected the estimate of 7,000 published by experts"."""
    owned = _dismissing().search(before)
    if owned is None:
        return None
    by = _PUBLISHED.match(behind)
    return by["who"] if by else owned["who"]


def cited_source(sentence: str) -> str | None:
    """Whom a medium goes by: "..., the agency reported, citing the governor"."""
    match = _CITED.search(sentence)
    return match["who"] if match else None


def pollster(behind: str) -> str | None:
    """ "58% of those surveyed by the institute": who asked."""
    match = _ASKED.match(behind)
    return match["who"] if match else None


def trailing_source(text: str, start: int, end: int) -> str | None:
    """ "..., its defence minister, 56, said" where the parse shows no such clause."""
    match = _trailing().search(text, start, end)
    return match["who"] if match and _may_be_source(match["who"]) else None


def _may_be_source(phrase: str) -> bool:
    """Whether some words name a source: a role, a body, a report or a name; not "first light" or "pictures"."""
    words = phrase.split()
    known = set(lexicon("claiming")["speakers"]["words"]) & {word.lower() for word in words}
    return bool(known) or type_of(phrase) is not None or any(word[:1].isupper() for word in words)


@cache
def _rejecting() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_denials()})\w*(?!{_BLAME})\s[^.;]{{0,60}}?\bthat\b[^,.;]*$", re.IGNORECASE)


@cache
def _dismissing() -> re.Pattern[str]:
    """ "Dismissed the army's claim of 90 dead" and, without a name, "dismissed the estimate of"."""
    told = r"(?:claim|estimate|figure|report|count|assertion|toll|number|tally|allegation)s?"
    return re.compile(
        rf"\b(?:{_denials()})\w*\s+(?:the\s+)?(?:(?P<who>[^,.;]{{2,40}}?)[’']s?\s+)?{told}\s+of\b[^,.;]{{0,40}}$"
    )


def _denials() -> str:
    return "|".join(lemma.removesuffix("y").removesuffix("e") for lemma in lexicon("claiming")["denying"]["lemmas"])


@cache
def _trailing() -> re.Pattern[str]:
    cues = any_of(lexicon("claiming")["reporting"]["words"])
    return re.compile(
        r",\s+(?!(?:and|but|who|which|while|where|when|as|than|contrary)\b)(?P<who>(?:[^,.;:\"“”]|(?<=\d),(?=\d)){3,60}?)(?:,\s*\d{1,3},)?"
        rf"(?<!\bwere)(?<!\bwas)(?<!\bbeen)(?<!\bbe)\s+(?:has\s+|have\s+)?{cues}(?![\w-])"
    )
