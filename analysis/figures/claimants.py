"""Who gives a figure: the innermost attribution around it, else a subject that counts, or a report carried on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from analysis.attribution import Attribution
from analysis.attribution.kinds import OTHER_TYPE, type_of
from analysis.figures.counters import committing_subject, counting_subject, is_present, speaks
from analysis.figures.lexicon import any_of, lexicon
from analysis.figures.mentions import Mention

Claimant = tuple[str | None, str | None, bool]
"""Name and kind of the claimant, None for narration; and whether the claimant denies the figure."""

BLOCK = 2000
"""Characters of a block by which attributions are looked up."""

REJECTING = 140
"""Characters before a figure in which a denial of it may stand."""

REACH = 20
"""Attributions back in which the name for a pronoun is looked for."""

_PRONOUN = re.compile(r"(?:he|she|it|they|who|i|we)", re.IGNORECASE)
_COORDINATED = re.compile(r",?\s*\b(?:but|while|whereas|although|though)\b|;")
_CLOSED = re.compile(
    r"\s*(?:(?:(?:on|late|early)\s+)*(?:\w+day(?:\s(?:morning|evening|night))?|yesterday|today)|in\s+a\s+\w+|on\s+[A-Z]\w+)?\s*[,.;]"
)
"""What ends a report put in between: "..., officials said on Friday, ..."."""
_LIVES = re.compile(r"(?:the\s+)?li(?:ves|fe)\s+of\b")
"""A flood that claims lives claims no figure."""
_TIME = re.compile(
    r"(?:\w+day|today|tonight|noon|midnight|dawn|dusk)(?:\s+\w+)?|(?:the\s+)?(?:morning|evening|night)", re.IGNORECASE
)
_TAIL = re.compile(r",?\s+(?:who|which|that|whose)\s.*$|[\s,;:]+$", re.DOTALL)
"""What follows a claimant's name: "a tally by Open Data, which is compiled from records"."""
_DIFFERENCE = re.compile(r"^\w+\s+(?:fewer|more|less)$", re.IGNORECASE)
_GOES_ON = re.compile(
    r",?\s+(?:bringing|taking|raising|pushing|lifting|leaving|making|killing|injuring|wounding)\b[^;]*", re.IGNORECASE
)
"""A participle that goes on with what was said: "..., bringing the total to 4,200"."""
_GOING_ON = re.compile(r"\A(?:[“\"]\s*)?(?:It|He|She|They)\b|\b(?:had\s+(?!a\b|the\b|no\b)\w+|would)\b")
"""By these a sentence shows that it goes on with a report: a pronoun for the source, tenses of reported speech."""
NARRATION: Claimant = (None, None, False)


_OWN = re.compile(
    rf"(?:its|their|his|her)\s+(?:own\s+)?(?:\w+\s+)?{any_of(lexicon('claiming')['instruments']['words'])}\Z",
    re.IGNORECASE,
)
""" "Its parallel tally": what a source counts with says what the source says."""
_BODY = re.compile(rf"(?:the\s+)?(?P<body>{any_of(lexicon('claiming')['bodies']['words'])})", re.IGNORECASE)
""" "The party": a body named before, by its kind alone."""
_PLURAL = re.compile(r"[a-z]s$")
"""A plural is not whom "he" or "it" means."""


@dataclass(frozen=True)
class Told:
    """The last claimant that no attribution names, and the sentence in which it gave a figure."""

    start: int
    end: int
    claimant: Claimant
    trails: bool


class Claimants:
    """The attributions of one field, asked for the one that holds a figure."""

    def __init__(self, field: str, text: str, attributions: Sequence[Attribution]) -> None:
        self._text = text
        self._said = sorted((one for one in attributions if one.field == field), key=lambda one: one.sentence_start)
        self._starts = [one.sentence_start for one in self._said]
        self._blocks: dict[int, list[tuple[int, int, Attribution]]] = defaultdict(list)
        for one in self._said:
            for start, end in one.content:
                for block in range(start // BLOCK, end // BLOCK + 1):
                    self._blocks[block].append((start, end, one))
        self._told: Told | None = None

    def of_all(self, mentions: Sequence[Mention]) -> list[Claimant]:
        """The claimant of each mention; what one subject counts in a sentence it counts to the end of it."""
        found: list[Claimant] = []
        sentence, subject = None, None
        for mention in mentions:
            subject = subject if mention.sentence_start == sentence else None
            claimant, here = self._of(mention)
            if claimant != NARRATION:
                subject = claimant if here else None
            found.append(subject if claimant == NARRATION and subject else claimant)
            if here:
                trails = self._unparsed(mention) is not None
                self._told = Told(mention.sentence_start, mention.sentence_end, claimant, trails)
            sentence = mention.sentence_start
        return found

    def _of(self, mention: Mention) -> tuple[Claimant, bool]:
        """The claimant of one mention, and whether it is a subject that no attribution names."""
        if around := self._around(mention.quantity.number.start):
            name, kind, denied = self._claimant(around)
            if author := self._author(mention):
                return self._typed(author, mention), False
            return (name, kind, denied or _rejecting().search(mention.before(REJECTING)) is not None), False
        if subject := counting_subject(mention):
            return self._typed(subject, mention), True
        if one := self._parenthetical(mention):
            return self._claimant(one), False
        if subject := self._unparsed(mention):
            return self._typed(subject, mention), True
        if before := self._carried_on(mention):
            return before, False
        subject = committing_subject(mention)
        return (self._typed(subject, mention), True) if subject else (NARRATION, False)

    def _author(self, mention: Mention) -> str | None:
        """Whose the figure is that another dismisses: "rejected the estimate of 7,000 published by experts"."""
        owned = _dismissing().search(mention.before(REJECTING))
        if owned is None:
            return None
        by = _PUBLISHED.match(self._text[mention.quantity.end : mention.sentence_end])
        return by["who"] if by else owned["who"]

    def _typed(self, subject: str, mention: Mention) -> Claimant:
        """A subject with its kind: as the attribution reader has it in the sentence, else by its words.

        Of a pronoun and of what one owns ("its own tally") it is who was named before.
        """
        if _PRONOUN.fullmatch(subject) or _OWN.match(subject):
            return self._last_named(mention.sentence_start, subject) or (subject, OTHER_TYPE, False)
        own = self._in_sentence(mention.sentence_start)
        read = next((one.source_type for one in own if one.source_text == subject), None)
        return subject, read or type_of(subject) or OTHER_TYPE, False

    def _around(self, at: int) -> Attribution | None:
        """The innermost attribution that reports what stands at an offset."""
        near = self._blocks[at // BLOCK]
        held = ((start, end, one) for start, end, one in near if start <= at < end and _may_claim(one, self._text))
        found = [(one.level, start - end, one) for start, end, one in held if not _LIVES.match(self._text, start)]
        return max(found, key=lambda item: item[:2])[2] if found else None

    def _last_named(self, before: int, subject: str) -> Claimant | None:
        """Whom a pronoun in a sentence means: the source named last, in the sentence itself for "its own tally"."""
        own = self._in_sentence(before) if _OWN.match(subject) else []
        at = bisect_left(self._starts, before)
        said = [*self._said[max(0, at - REACH) : at], *own]
        named = [one for one in said if not _OWN.match(one.source_text) and not _PRONOUN.fullmatch(one.source_text)]
        if self._told and self._told.start < before and (not named or named[-1].sentence_start < self._told.start):
            return self._told.claimant
        return self._claimant(named[-1]) if named else None

    def _claimant(self, one: Attribution) -> Claimant:
        name = one.source_name or one.source_text
        pronoun = _PRONOUN.fullmatch(one.source_text) is not None
        if _OWN.match(name) and (owner := self._last_named(one.sentence_start, name)):
            return owner
        if pronoun and (unnamed := self._spoken_before(one)):
            return unnamed
        if not one.source_name and pronoun:
            name = self._named_before(one) or name
        if _BODY.fullmatch(name):
            name = self._body_before(one) or name
        return _TAIL.sub("", name) or None, one.source_type or None, one.cue_lemma in _denying()

    def _spoken_before(self, one: Attribution) -> Claimant | None:
        """Who spoke last without a name: "the governor said. He said ..." means no one who was named earlier."""
        last = self._last_said(one.sentence_start)
        if self._told_since(last, one.sentence_start):
            return self._told.claimant if self._told else None
        if last is None or last.source_naming != "unnamed" or _PRONOUN.fullmatch(last.source_text):
            return None
        adjoins = "\n" not in self._text[last.sentence_end : one.sentence_start]
        return self._claimant(last) if adjoins and last.source_text and not _PLURAL.search(last.source_text) else None

    def _last_said(self, before: int) -> Attribution | None:
        """The narrator's last report in the sentences before an offset."""
        at = bisect_left(self._starts, before)
        near = reversed(self._said[max(0, at - REACH) : at])
        return next((one for one in near if one.level == 1 and one.cue), None)

    def _told_since(self, last: Attribution | None, before: int) -> bool:
        """Whether a claimant that no attribution names gave a figure between the last report and an offset."""
        told = self._told
        return told is not None and told.start < before and (last is None or last.sentence_start < told.start)

    def _body_before(self, one: Attribution) -> str | None:
        """The name of the body that "the company" means: the institution that was a source last before it."""
        at = bisect_left(self._starts, one.sentence_start)
        bodies = [other for other in self._said[max(0, at - REACH) : at] if other.source_naming == "named_institution"]
        return next((other.source_name for other in reversed(bodies) if other.source_name), None)

    def _named_before(self, one: Attribution) -> str | None:
        """Whom a pronoun stands for that the attribution reader left open: the last source named before it."""
        last = bisect_right(self._starts, one.sentence_start)
        earlier = [other for other in self._said[max(0, last - REACH) : last] if _place(other) < _place(one)]
        named = [other.source_name or other.source_text for other in earlier]
        return next((name for name in reversed(named) if name and not _PRONOUN.fullmatch(name)), None)

    def _in_sentence(self, start: int) -> list[Attribution]:
        """The attributions whose cue stands in the sentence that begins at an offset."""
        return self._said[bisect_left(self._starts, start) : bisect_right(self._starts, start)]

    def _parenthetical(self, mention: Mention) -> Attribution | None:
        """ "70 drones came, officials said, 52 of which ...": one sentence, one source, though it stands between."""
        own = [one for one in self._in_sentence(mention.sentence_start) if one.cue and one.level == 1]
        later = [one for one in own if min(_place(one), one.cue[0][0]) > mention.quantity.end]
        if not later:
            return self._behind(mention, own)
        between = self._text[mention.quantity.end : _place(later[0])]
        plain = "," in between and not _COORDINATED.search(between) and not re.search(r",\s+and\s", between)
        return later[0] if plain and self._stands_between(later[0], mention) else None

    def _stands_between(self, one: Attribution, mention: Mention) -> bool:
        """Not "After speaking for an hour, he said that ...": what is put in front of a report is the narrator's."""
        behind = self._text[one.cue[-1][1] : one.cue[-1][1] + 40]
        return _CLOSED.match(behind) is not None or self._text.startswith("Of ", mention.sentence_start)

    def _behind(self, mention: Mention, own: Sequence[Attribution]) -> Attribution | None:
        """ "Prices rose 12%, the office said, up from 11%": what trails behind the source is still the source's."""
        before = [one for one in own if one.content and one.cue[-1][1] <= mention.quantity.start]
        if before and _GOES_ON.fullmatch(self._text[before[-1].content[-1][1] : mention.quantity.start]):
            return before[-1]
        if not before or before[-1].content[0][0] > before[-1].cue[0][0]:
            return None
        between = self._text[before[-1].cue[-1][1] : mention.quantity.start]
        return before[-1] if re.match(r"[^,;]{0,40},\s", between) and not _COORDINATED.search(between) else None

    def _carried_on(self, mention: Mention) -> Claimant | None:
        """A sentence without a source in a paragraph in which one is named before.

        It goes on with the report if that ended in "..., the agency said.", and also where its own words do: "It
        had pulled 147 from the water", "The gap would reach €11 billion".
        """
        start, last = mention.sentence_start, self._last_said(mention.sentence_start)
        if self._told and self._told_since(last, start):
            end, claimant, trailing = self._told.end, self._told.claimant, self._told.trails
        elif last:
            end, claimant, trailing = last.sentence_end, self._claimant(last), _trails(last)
        else:
            return None
        if self._in_sentence(start) or end > start or "\n" in self._text[end:start] or speaks(mention.sentence):
            return None
        goes_on = _GOING_ON.search(self._text[start : mention.sentence_end]) is not None
        adjoins = not self._text[end:start].strip() or not is_present(mention.sentence)
        return claimant if goes_on or (trailing and adjoins) else None

    def _unparsed(self, mention: Mention) -> str | None:
        """ "..., its defence minister, 56, said", where the parse shows no such clause."""
        if self._in_sentence(mention.sentence_start):
            return None
        match = _trailing_source().search(self._text, mention.quantity.end, mention.sentence_end)
        return match["who"] if match else None


def _trails(one: Attribution) -> bool:
    """Whether a report ends in its source: "..., the agency said."."""
    return bool(one.content) and one.content[-1][1] <= one.cue[0][0]


def _may_claim(one: Attribution, text: str) -> bool:
    """Not "two fewer than announced" or "dead by Friday evening": a difference or a time is no source.

    Nor who "rejected blame for a flood that killed 103": blame is rejected, not the count.
    """
    if one.cue_lemma in _denying() and one.cue and _BLAME.match(text, one.cue[-1][1]):
        return False
    return _DIFFERENCE.search(one.source_text) is None and _TIME.fullmatch(one.source_text) is None


_BLAME = re.compile(
    r"\s+(?:all\s+|any\s+)?(?:blame|responsibility|liability|guilt|accusations?|criticism|calls?|demands?|appeals?)\b"
)


@cache
def _denying() -> frozenset[str]:
    return frozenset(lexicon("claiming")["denying"]["lemmas"])


@cache
def _rejecting() -> re.Pattern[str]:
    """ "Rejected as baseless the claim that 90 had died": the innermost report is not all."""
    verbs = "|".join(lemma.removesuffix("y").removesuffix("e") for lemma in lexicon("claiming")["denying"]["lemmas"])
    return re.compile(rf"\b(?:{verbs})\w*(?!{_BLAME.pattern})\s[^.;]{{0,60}}?\bthat\b[^,.;]*$", re.IGNORECASE)


_PUBLISHED = re.compile(
    r"[^,.;]{0,40}\b(?:published|made|given|issued|released|reported|cited|claimed|announced)\s+by\s+"
    r"(?P<who>[^,.;]+?)(?=\s+as\b|[,.;]|$)"
)


@cache
def _dismissing() -> re.Pattern[str]:
    """ "Dismissed the army's claim of 90 dead" and, without a name, "dismissed the estimate of"."""
    verbs = "|".join(lemma.removesuffix("y").removesuffix("e") for lemma in lexicon("claiming")["denying"]["lemmas"])
    told = r"(?:claim|estimate|figure|report|count|assertion|toll|number|tally|allegation)s?"
    return re.compile(
        rf"\b(?:{verbs})\w*\s+(?:the\s+)?(?:(?P<who>[^,.;]{{2,40}}?)[’']s?\s+)?{told}\s+of\b[^,.;]{{0,40}}$"
    )


@cache
def _trailing_source() -> re.Pattern[str]:
    cues = any_of(lexicon("claiming")["reporting"]["words"])
    return re.compile(
        r",\s+(?!(?:and|but|who|which|while)\b)(?P<who>[^,.;:\"“”]{3,60}?)(?:,\s*\d{1,3},)?\s+(?:has\s+|have\s+)?"
        rf"{cues}\b"
    )


def _place(one: Attribution) -> int:
    """Where an attribution is made."""
    return next((spans[0][0] for spans in (one.source, one.cue, one.content) if spans), one.sentence_start)
