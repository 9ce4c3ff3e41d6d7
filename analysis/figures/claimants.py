"""Who gives a figure: the innermost attribution around it, else a subject that counts, or a report carried on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.attribution import Attribution
from analysis.attribution.kinds import OTHER_TYPE, body_type, type_of
from analysis.figures.carrying import (
    goes_on,
    has_new_actor,
    has_own_speaker,
    in_reported_tense,
    is_aside,
    is_part,
    may_go_on,
    opening,
)
from analysis.figures.counters import committing_subject, counting_subject, owner_of_count, relaying_subject
from analysis.figures.lexicon import any_of, lexicon
from analysis.figures.mentions import Mention
from analysis.figures.phrasings import (
    REJECTING,
    cited_source,
    dismissed_author,
    is_blame,
    lemmas_rejecting,
    pollster,
    rejects_what_follows,
    trailing_source,
)

Claimant = tuple[str | None, str | None, bool]
"""Name and kind of the claimant, None for narration; and whether the claimant denies the figure."""

BLOCK = 2000
"""Characters of a block by which attributions are looked up."""

REACH = 20
"""Attributions back in which the name for a pronoun is looked for."""

_POSSESSIVE = ("its", "his", "her", "their")
_PRONOUN = re.compile(r"(?:he|she|it|they|who|i|we)", re.IGNORECASE)
_COORDINATED = re.compile(r",?\s*\b(?:but|while|whereas|although|though)\b|;")
_CLOSED = re.compile(
    r"\s*(?:(?:(?:on|late|early)\s+)*(?:\w+day(?:\s(?:morning|evening|night))?|yesterday|today)|in\s+a\s+\w+|on\s+[A-Z]\w+)?\s*[,.;]"
)
"""What ends a report put in between: "..., officials said on Friday, ..."."""
_TIME = re.compile(
    r"^(?:(?:\w+day|today|tonight|noon|midnight|dawn|dusk)(?:\s+\w+)?|(?:the\s+)?(?:morning|evening|night))$",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"^\S+\s*(?:%|per\s?cent)\s+of\b|^(?:half|most|a\s+\w+|one\s+in\s+\w+)\s+of\s+(?:the\s+)?(?:respondents|voters)\b"
)
"""Those asked in a survey are no source of its shares."""
_TAIL = re.compile(r",?\s+(?:who|which|that|whose)\s.*$|[\s,;:]+$", re.DOTALL)
"""What follows a claimant's name: "a tally by Open Data, which is compiled from records"."""
_DIFFERENCE = re.compile(r"^\w+\s+(?:fewer|more|less)$", re.IGNORECASE)
_GOES_ON = re.compile(
    r",?\s+(?:bringing|taking|raising|pushing|lifting|leaving|making|killing|injuring|wounding)\b[^;]*", re.IGNORECASE
)
"""A participle that goes on with what was said: "..., bringing the total to 4,200"."""
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
_TOGETHER = re.compile(r"\s*(?:,|,?\s+and|,?\s+or)\s*(?:about|some|around|nearly|over|at least|more than|up to)?\s*")
""" "15 dead and about 60 hurt": all that stands between two figures of one list."""
_OF_THEM = re.compile(r"\s+(?:of\s+(?:them|whom|which|these|those)|among\s+them)\b")
_ASKING = frozenset(lexicon("verbs")["asking"]["lemmas"])


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
        self._narrated = -1

    def of_all(self, mentions: Sequence[Mention]) -> list[Claimant]:
        """The claimant of each mention; what one subject counts in a sentence it counts to the end of it."""
        found: list[Claimant] = []
        subject: Claimant | None = None
        before: Mention | None = None
        for mention in mentions:
            same = before is not None and before.sentence_start == mention.sentence_start
            subject = subject if same else None
            claimant, here = self._of(mention)
            if claimant != NARRATION:
                subject = claimant if here else None
            elif before is not None and same and self._belongs(mention, before):
                claimant = found[-1]
            found.append(subject if claimant == NARRATION and subject else claimant)
            if here:
                trails = self._unparsed(mention) is not None
                self._told = Told(mention.sentence_start, mention.sentence_end, claimant, trails)
            if found[-1] == NARRATION:
                self._narrated = mention.sentence_end
            before = mention
        return found

    def _belongs(self, mention: Mention, before: Mention) -> bool:
        """Whether a figure stands in one list with the figure before it or is a part of it ("three of them")."""
        between = self._text[before.quantity.end : mention.quantity.start]
        part = _OF_THEM.match(self._text, mention.quantity.end) is not None
        return part or _TOGETHER.fullmatch(between) is not None

    def _of(self, mention: Mention) -> tuple[Claimant, bool]:
        """The claimant of one mention, and whether it is a subject that no attribution names."""
        if around := self._around(mention.quantity.number.start):
            return self._reported(around, mention), False
        if subject := self._surveyed(mention) or counting_subject(mention) or owner_of_count(mention):
            return self._typed(subject, mention), True
        if one := self._parenthetical(mention) or self._behind_mark(mention):
            name, kind, _ = self._claimant(one)
            return (name, kind, False), False
        if subject := self._unparsed(mention):
            return self._typed(subject, mention), True
        if before := self._carried_on(mention):
            return before, False
        subject = committing_subject(mention)
        return (self._typed(subject, mention), True) if subject else (NARRATION, False)

    def _reported(self, around: Attribution, mention: Mention) -> Claimant:
        """Who gives a figure within a report: whom the reporter goes by or names, else the reporter."""
        author = self._author(mention) or owner_of_count(mention)
        if author and author not in around.source_text:
            return self._typed(author, mention)
        if _trails(around) and is_aside(mention):
            return NARRATION
        sentence = self._text[around.sentence_start : around.sentence_end]
        cited = cited_source(sentence) if around.level == 1 else None
        if cited and (type_of(cited) or cited[:1].isupper()):
            return self._typed(cited, mention)
        if inner := relaying_subject(mention, around.source_text):
            return self._typed(inner, mention)
        name, kind, denied = self._claimant(around)
        stated = denied and ":" in self._text[around.cue[-1][1] : mention.quantity.start]
        return name, kind, (denied and not stated) or rejects_what_follows(mention.before(REJECTING))

    def _surveyed(self, mention: Mention) -> str | None:
        """Who asked those of whom the figure is a share."""
        return pollster(self._text[mention.quantity.end : mention.sentence_end])

    def _author(self, mention: Mention) -> str | None:
        """Whose the figure is that another dismisses."""
        behind = self._text[mention.quantity.end : mention.sentence_end]
        return dismissed_author(mention.before(REJECTING), behind)

    def _typed(self, subject: str, mention: Mention) -> Claimant:
        """A subject with its kind: as the attribution reader has it in the sentence, else by its words.

        Of a pronoun and of what one owns ("its own tally") it is who was named before.
        """
        if _PRONOUN.fullmatch(subject) or _OWN.match(subject):
            unknown = NARRATION if subject.lower() in ("it", "they") else (subject, OTHER_TYPE, False)
            return self._last_named(mention.sentence_start, subject) or unknown
        if body := _BODY.fullmatch(subject):
            subject = self._body_before(mention.sentence_start, body["body"].lower()) or subject
        own = self._in_sentence(mention.sentence_start)
        read = next((one.source_type for one in own if one.source_text == subject), None)
        return subject, read or type_of(subject) or OTHER_TYPE, False

    def _around(self, at: int) -> Attribution | None:
        """The innermost attribution that reports what stands at an offset."""
        near = self._blocks[at // BLOCK]
        held = ((start, end, one) for start, end, one in near if start <= at < end and _may_claim(one, self._text))
        found = [(one.level, start - end, one) for start, end, one in held]
        return max(found, key=lambda item: item[:2])[2] if found else None

    def _last_named(self, before: int, subject: str) -> Claimant | None:
        """Whom a pronoun in a sentence means: the source named last, in the sentence itself for "its own tally"."""
        own = self._in_sentence(before) if _OWN.match(subject) else []
        at = bisect_left(self._starts, before)
        said = [*self._said[max(0, at - REACH) : at], *own]
        named = [one for one in said if not _OWN.match(one.source_text) and _may_mean(subject, one)]
        if self._told and self._told.start < before and (not named or named[-1].sentence_start < self._told.start):
            return self._told.claimant
        return self._claimant(named[-1]) if named else None

    def _claimant(self, one: Attribution) -> Claimant:
        name = one.source_name or one.source_text
        pronoun = _PRONOUN.fullmatch(one.source_text) is not None
        if _OWN.match(name) and (owner := self._last_named(one.sentence_start, name)):
            return owner
        known = one.source_name is not None and one.source_text.lower() in ("it", "they")
        if pronoun and not known and (unnamed := self._spoken_before(one)):
            return unnamed
        if not one.source_name and (pronoun or one.source_text.lower() in _POSSESSIVE):
            name = self._named_before(one) or name
        if body := _BODY.fullmatch(name):
            name = self._body_before(one.sentence_start, body["body"].lower()) or name
        if name.lower() in _POSSESSIVE:
            return NARRATION
        return _TAIL.sub("", name) or None, one.source_type or None, one.cue_lemma in lemmas_rejecting()

    def _spoken_before(self, one: Attribution) -> Claimant | None:
        """Who spoke last without a name: "the governor said. He said ..." means no one who was named earlier."""
        last = self._last_said(one.sentence_start)
        if self._told_since(last, one.sentence_start):
            return self._told.claimant if self._told else None
        if last is None or last.source_naming != "unnamed" or not _may_mean(one.source_text, last):
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

    def _body_before(self, before: int, kind: str) -> str | None:
        """The body that "the office" means: the source of that kind named last, else the last of no other kind."""
        at = bisect_left(self._starts, before)
        named = [other for other in reversed(self._said[max(0, at - REACH) : at]) if other.source_name]
        names = [str(other.source_name) for other in named if other.source_naming != "named_person"]
        longer = [name for name in names if len(name.split()) > 1 and kind in name.lower().split()]
        bodies = [str(other.source_name) for other in named if other.source_naming == "named_institution"]
        return next(iter([*longer, *(name for name in bodies if body_type(name.split()[-1]) is None)]), None)

    def _named_before(self, one: Attribution) -> str | None:
        """Whom a pronoun stands for that the attribution reader left open: the last source named before it."""
        last = bisect_right(self._starts, one.sentence_start)
        earlier = [other for other in self._said[max(0, last - REACH) : last] if _place(other) < _place(one)]
        named = [other.source_name or other.source_text for other in earlier if _may_mean(one.source_text, other)]
        return next((name for name in reversed(named) if name), None)

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
        opposed = _COORDINATED.search(between) or (re.search(r",\s+and\s", between) and has_new_actor(mention))
        opposed = opposed and not in_reported_tense(mention)
        return before[-1] if re.match(r"[^,;]{0,40},\s", between) and not opposed else None

    def _behind_mark(self, mention: Mention) -> Attribution | None:
        """ "The bank said it had lent $2m; each loan is for a year", "It denied neglect: three wells had been dug"."""
        own = [one for one in self._in_sentence(mention.sentence_start) if one.cue and one.level == 1 and one.content]
        before = [one for one in own if one.cue[-1][1] <= mention.quantity.start]
        if not before or before[-1] != own[-1] or has_own_speaker(mention):
            return None
        between = self._text[before[-1].cue[-1][1] : mention.quantity.start]
        goes_on = ";" in between and before[-1].form != "noun_phrase"
        return before[-1] if goes_on or re.search(r":\s", between) else None

    def _carried_on(self, mention: Mention) -> Claimant | None:
        """A sentence without a source in a paragraph in which one is named before.

        It goes on with the report if that ended in "..., the agency said." and no narration stands between, and
        also where its own words show it: "It had pulled 147 from the water", "Ten more were jammed".
        """
        start, last = mention.sentence_start, self._last_said(mention.sentence_start)
        if self._told and self._told_since(last, start):
            end, claimant, trailing = self._told.end, self._told.claimant, self._told.trails
        elif last and last.cue_lemma not in _ASKING:
            end, claimant, trailing = last.sentence_end, self._claimant(last), _trails(last)
        else:
            return None
        if self._in_sentence(start) or end > start or "\n" in self._text[end:start] or not may_go_on(mention):
            return None
        if opening(mention.sentence) == "they" and not _PLURAL.search(claimant[0] or ""):
            return claimant if trailing and self._adjoins(end, start) else None
        shown = goes_on(mention.sentence, trailing) or (is_part(mention) and self._adjoins(end, start))
        return claimant if shown or (trailing and self._narrated <= end) else None

    def _adjoins(self, end: int, start: int) -> bool:
        return not self._text[end:start].strip()

    def _unparsed(self, mention: Mention) -> str | None:
        """ "..., its defence minister, 56, said", where the parse shows no such clause."""
        mark = self._text.find(";", mention.quantity.end, mention.sentence_end)
        end = mark if mark >= 0 else mention.sentence_end
        if any(one.cue and one.cue[0][0] < end for one in self._in_sentence(mention.sentence_start)):
            return None
        return trailing_source(self._text, mention.quantity.end, end)


def _may_mean(pronoun: str, one: Attribution) -> bool:
    """Whether a pronoun can mean a source: "it" no person, "he" no body, neither of them another pronoun."""
    if not one.source_text or (_PRONOUN.fullmatch(one.source_text) and not one.source_name):
        return False
    first = pronoun.lower().split()[0]
    name = one.source_name or one.source_text
    plural = _PLURAL.search(name) is not None and name.split()[-1].islower()
    if first in ("it", "its"):
        return one.source_naming != "named_person" and not plural
    if first in ("he", "she", "his", "her"):
        return one.source_naming != "named_institution" and not plural
    return one.source_naming != "named_person"


def _trails(one: Attribution) -> bool:
    """Whether a report ends in its source: "..., the agency said."."""
    return bool(one.content) and one.content[-1][1] <= one.cue[0][0]


def _may_claim(one: Attribution, text: str) -> bool:
    """Not "two fewer than announced" or "dead by Friday evening": a difference or a time is no source.

    Nor who "rejected blame for a flood that killed 103": blame is rejected, not the count.
    """
    if one.cue_lemma in lemmas_rejecting() and one.cue and is_blame(text, one.cue[-1][1]):
        return False
    return not any(pattern.search(one.source_text) for pattern in (_DIFFERENCE, _TIME, _SHARE))


def _place(one: Attribution) -> int:
    """Where an attribution is made."""
    return next((spans[0][0] for spans in (one.source, one.cue, one.content) if spans), one.sentence_start)
