"""Who gives a figure: the innermost attribution around it, else a subject that counts, or a report carried on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Token

from analysis.attribution import Attribution
from analysis.figures.lexicon import any_of, lexicon
from analysis.figures.mentions import Mention
from analysis.figures.owners import country_of

Claimant = tuple[str | None, str | None, bool]
"""Name and kind of the claimant, None for narration; and whether the claimant denies the figure."""

_PRONOUN = re.compile(r"(?:he|she|it|they|who|i|we)", re.IGNORECASE)
_COORDINATED = re.compile(r",?\s*\b(?:but|while|whereas|although|though)\b|;")
NARRATION: Claimant = (None, None, False)
UNTYPED = "other"
"""Kind of a claimant the attribution reader has not typed."""


class Claimants:
    """The attributions of one field, asked for the one that holds a figure."""

    def __init__(self, field: str, text: str, attributions: Sequence[Attribution]) -> None:
        self._text = text
        self._said = sorted((one for one in attributions if one.field == field), key=lambda one: one.sentence_start)
        self._denying = frozenset(lexicon("claiming")["denying"]["lemmas"])

    def of_all(self, mentions: Sequence[Mention]) -> list[Claimant]:
        """The claimant of each mention; what one subject counts in a sentence it counts to the end of it."""
        found: list[Claimant] = []
        for at, mention in enumerate(mentions):
            claimant = self.of(mention)
            same = at > 0 and mentions[at - 1].doc is mention.doc and mentions[at - 1].sentence == mention.sentence
            carried = claimant == NARRATION and same and found[-1][1] == UNTYPED
            found.append(found[-1] if carried else claimant)
        return found

    def of(self, mention: Mention) -> Claimant:
        """The claimant of one mention."""
        at = mention.quantity.number.start
        around = [
            (one.level, -(end - start), one) for one in self._said for start, end in one.content if start <= at < end
        ]
        if around:
            return self._claimant(max(around, key=lambda item: item[:2])[2])
        if subject := counting_subject(mention):
            return subject, UNTYPED, False
        if one := self._parenthetical(mention):
            return self._claimant(one)
        if one := self._carried_on(mention):
            return self._claimant(one)
        if name := self._unparsed(mention) or committing_subject(mention):
            return name, UNTYPED, False
        return NARRATION

    def _claimant(self, one: Attribution) -> Claimant:
        name = one.source_name or one.source_text
        if not one.source_name and _PRONOUN.fullmatch(name):
            name = self._named_before(one) or name
        return name or None, one.source_type or None, one.cue_lemma in self._denying

    def _named_before(self, one: Attribution) -> str | None:
        """Whom a pronoun stands for that the attribution reader left open: the last source named before it."""
        earlier = [
            other for other in self._said if _place(other) < _place(one) and not _PRONOUN.fullmatch(other.source_text)
        ]
        named = [other.source_name or other.source_text for other in earlier if other.source_text]
        return named[-1] if named else None

    def _parenthetical(self, mention: Mention) -> Attribution | None:
        """ "70 drones came, officials said, 52 of which ...": one sentence, one source, though it stands in between."""
        own = [
            one for one in self._said if one.sentence_start == mention.sentence.start_char + mention.offset and one.cue
        ]
        later = [one for one in own if one.level == 1 and min(_place(one), one.cue[0][0]) > mention.quantity.end]
        if not later:
            return self._behind(mention, own)
        between = self._text[mention.quantity.end : _place(later[0])]
        plain = "," in between and not _COORDINATED.search(between) and not re.search(r",\s+and\s", between)
        return later[0] if plain else None

    def _behind(self, mention: Mention, own: Sequence[Attribution]) -> Attribution | None:
        """ "Prices rose 12%, the office said, up from 11%": what trails behind the source is still the source's."""
        before = [one for one in own if one.level == 1 and one.content and one.cue[-1][1] <= mention.quantity.start]
        if not before or before[-1].content[0][0] > before[-1].cue[0][0]:
            return None
        between = self._text[before[-1].cue[-1][1] : mention.quantity.start]
        return before[-1] if re.match(r"[^,;]{0,40},\s", between) and not _COORDINATED.search(between) else None

    def _carried_on(self, mention: Mention) -> Attribution | None:
        """A sentence without a source right after one that ends in "..., the agency said."."""
        start = mention.sentence.start_char + mention.offset
        line = self._text.rfind("\n", 0, start) + 1
        if any(one.sentence_start <= start < one.sentence_end for one in self._said):
            return None
        before = [one for one in self._said if line <= one.sentence_start and one.sentence_end <= start and one.cue]
        if not before or self._text[before[-1].sentence_end : start].strip():
            return None
        last = before[-1]
        trailing = last.content and last.content[-1][1] <= last.cue[-1][0] and last.level == 1
        return last if trailing else None

    def _unparsed(self, mention: Mention) -> str | None:
        """ "..., its defence minister, 56, said", where the parse shows no such clause."""
        start, end = mention.sentence.start_char + mention.offset, mention.sentence.end_char + mention.offset
        if any(one.sentence_start == start for one in self._said):
            return None
        match = _trailing_source().search(self._text, mention.quantity.end, end)
        return match["who"] if match else None


@cache
def _trailing_source() -> re.Pattern[str]:
    cues = any_of(lexicon("claiming")["reporting"]["words"])
    return re.compile(
        rf",\s+(?!and\b|but\b|who\b|which\b|while\b)(?P<who>[^,.;:\"“”]{{3,60}}?)(?:,\s*\d{{1,3}},)?\s+(?:has\s+|have\s+)?{cues}\b"
    )


def _place(one: Attribution) -> int:
    """Where an attribution is made."""
    return next(spans[0][0] for spans in (one.source, one.cue, one.content) if spans)


def counting_subject(mention: Mention) -> str | None:
    """The subject of a verb of counting above the figure: "the ministry logged 412 cases"."""
    claiming = lexicon("claiming")
    for verb, subject in _acting(mention.anchor):
        lemma = verb.lemma_.lower()
        if lemma in claiming["estimating"]["lemmas"] and _is_put_at(mention):
            return _printed(subject)
        if (lemma in claiming["counting"]["lemmas"] and _may_speak(subject)) or (
            lemma in claiming["telling"]["lemmas"] and (_may_speak(subject) or country_of(subject.text))
        ):
            return _printed(subject)
    return None


def _is_put_at(mention: Mention) -> bool:
    """ "Put the toll at 300": the number hangs on "at"."""
    wanted = lexicon("claiming")["estimating"]["preposition"]
    return any(token.lower_ == wanted for token in [mention.anchor, *mention.anchor.ancestors][:4])


def committing_subject(mention: Mention) -> str | None:
    """The subject of a promise above the figure: "the union will lend Kenya €3bn", "donors pledged $2bn"."""
    claiming = lexicon("claiming")
    for verb, subject in _acting(mention.anchor):
        lemma = verb.lemma_.lower()
        if (lemma in claiming["committing"]["lemmas"] and _is_future(verb)) or lemma in claiming["agreeing"]["lemmas"]:
            return _printed(subject)
    return None


def _acting(anchor: Token) -> Iterator[tuple[Token, Token]]:
    """The verbs above a figure with their subjects, where the figure is no part of the subject."""
    below = anchor
    for token in anchor.ancestors:
        if token.pos_ == "VERB":
            subject = next((child for child in token.children if child.dep_ == "nsubj"), None)
            if subject is None and token.dep_ == "conj" and token.head.pos_ == "VERB":
                subject = next((child for child in token.head.children if child.dep_ == "nsubj"), None)
            if subject is not None and below.i != subject.i and subject.pos_ in ("NOUN", "PROPN"):
                yield token, subject
        below = token


def _may_speak(subject: Token) -> bool:
    """Whether a subject is one that counts and reports: a ministry, monitors, a name in capitals."""
    words = {token.lower_ for token in _phrase(subject)}
    acronym = subject.text.isupper() and len(subject.text) > 1
    return acronym or bool(words & set(lexicon("claiming")["speakers"]["words"]))


def _is_future(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ in ("will", "shall") for child in verb.children)


def _phrase(subject: Token) -> Iterator[Token]:
    """The tokens of a subject without clauses hung on it."""
    stop = {"relcl", "acl", "appos", "punct", "cc", "conj"}
    dropped = {token.i for child in subject.children if child.dep_ in stop for token in child.subtree}
    return (token for token in subject.subtree if token.i not in dropped)


def _printed(subject: Token) -> str:
    tokens = list(_phrase(subject))
    return subject.doc[tokens[0].i : tokens[-1].i + 1].text
