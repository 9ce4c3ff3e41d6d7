"""Objects and measures of figures in the light of the figures before them, and the links between figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from analysis.figures.figure import Figure
from analysis.figures.measures import fallback, measure_of
from analysis.figures.mentions import Mention
from analysis.figures.objects import classes, compared_as, is_person, meaning_of, singular
from analysis.figures.quantities import Quantity

REACH = 3
"""Figures back that an elliptic one ("60 were shot down") may refer to."""

_PART = re.compile(r"\b(?:including|among\s+them|among\s+whom|amongst\s+them|of\s+whom|of\s+which|of\s+them|comprising)\s+(?:about\s+|some\s+|at\s+least\s+|up\s+to\s+)?$", re.IGNORECASE)
_PART_AFTER = re.compile(r"\s*(?:\w+\s+)?(?:of\s+(?:them|whom|which|those)|were\s+among|was\s+among)\b", re.IGNORECASE)
_WHOLE = re.compile(r"\bof\s+(?:the\s+|its\s+|their\s+|some\s+|about\s+|more\s+than\s+|an\s+estimated\s+|these\s+|those\s+|all\s+)?$", re.IGNORECASE)
_UPDATE = re.compile(r"\b(?:ris\w+|rose|increas\w+|climb\w+|jump\w+|grow\w*|grew|gone\s+up|went\s+up|later|revised|updated|now)\b", re.IGNORECASE)
_EARLIER = re.compile(r"\b(?:initial\w*|first|earlier|previous\w*|at\s+first|from|originally|preliminary|up\s+from)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Resolved:
    """What is known of a mention once the mentions before it have been looked at."""

    mention: Mention
    quantity: Quantity
    object: str | None
    qualifiers: tuple[str, ...]
    measure: str | None
    topic: str | None
    part_of: int | None
    coordinated: bool


class Resolver:
    """Resolves the mentions of one field in order, remembering them for the elliptic ones that follow."""

    def __init__(self) -> None:
        self._seen: list[Resolved] = []

    def resolve(self, mention: Mention) -> Resolved | None:
        """The mention with object and measure; None if it turns out to be no figure."""
        resolved = self._resolved(mention)
        if resolved:
            self._seen.append(resolved)
        return resolved

    def _resolved(self, mention: Mention) -> Resolved | None:
        quantity = self._with_currency(mention)
        near = [one for one in self._seen[-REACH:] if one.mention.doc is mention.doc or True]
        total = self._total(mention)
        before = self._coordinated_with(mention)
        object_id, measure = self._object_and_measure(mention, quantity, near, total or before)
        return Resolved(
            mention,
            quantity,
            object_id,
            _qualifiers(mention),
            measure,
            _topic(mention, measure),
            total.quantity.number.start if total else None,
            before is not None,
        )

    def _with_currency(self, mention: Mention) -> Quantity:
        """ "A 50 billion euro facility, including 33 billion in loans": the currency carries over."""
        quantity = mention.quantity
        last = self._seen[-1] if self._seen else None
        large = quantity.is_word and quantity.number.scale >= 1_000_000 and mention.phrase is None
        if last and large and last.quantity.kind == "money" and last.mention.sentence == mention.sentence:
            return replace(quantity, kind="money", unit=last.quantity.unit)
        return quantity

    def _total(self, mention: Mention) -> Resolved | None:
        """The figure of which this one is a part, if the words say that it is one."""
        if not (_PART.search(mention.before()) or _PART_AFTER.match(mention.after())):
            return None
        return next((one for one in reversed(self._seen[-REACH:]) if one.part_of is None), None)

    def _coordinated_with(self, mention: Mention) -> Resolved | None:
        """The figure before it in a list: "two people in Kherson and one in Beryslav"."""
        last = self._seen[-1] if self._seen else None
        if last is None or last.mention.doc is not mention.doc or last.mention.sentence != mention.sentence:
            return None
        between = mention.text[last.quantity.end : mention.quantity.start]
        return last if re.search(r"(?:,|\band|\bor|\bplus)\s+$", between) and ";" not in between else None

    def _object_and_measure(
        self, mention: Mention, quantity: Quantity, near: Sequence[Resolved], leader: Resolved | None
    ) -> tuple[str | None, str | None]:
        own = _own_object(mention, quantity)
        if own:
            measure = measure_of(mention.number, mention.phrase, own, quantity.kind)
            return own, measure or (leader.measure if leader else None) or self._whole(mention, own) or fallback(mention.number, mention.phrase)
        candidates = [leader.object] if leader else []
        candidates += [one.object for one in reversed(near) if one.quantity.kind in ("count", "share")]
        for candidate in dict.fromkeys([*candidates, "person"]):
            if candidate and (measure := measure_of(mention.number, mention.phrase, candidate, quantity.kind)):
                return _refined(mention, candidate), measure
        if leader:
            return leader.object, leader.measure
        return None, fallback(mention.number, mention.phrase)

    def _whole(self, mention: Mention, object_id: str) -> str | None:
        return None


def _refined(mention: Mention, candidate: str) -> str:
    return candidate


def _own_object(mention: Mention, quantity: Quantity) -> str | None:
    """The object its own words name."""
    if quantity.kind == "money":
        return "money"
    if quantity.kind == "area":
        return "territory"
    if mention.phrase is None:
        return None
    meaning = meaning_of(mention.phrase.words)
    if meaning:
        return meaning.id
    head = mention.phrase.head
    return None if head.pos_ == "PRON" else singular(head.text)


def _qualifiers(mention: Mention) -> tuple[str, ...]:
    """The words that narrow the counted noun, articles and marks left out."""
    if mention.phrase is None:
        return ()
    return tuple(token.lower_ for token in mention.phrase.tokens if token.i < mention.phrase.head.i and token.is_alpha)


def _topic(mention: Mention, measure: str | None) -> str | None:
    """What a share of opinion is for or against."""
    if mention.quantity.kind != "share" or measure not in ("support", "oppose", "vote_share"):
        return None
    verb = next((token for token in mention.anchor.ancestors if token.pos_ == "VERB"), None)
    objects = [child for child in verb.children if child.dep_ in ("dobj", "xcomp", "ccomp")] if verb else []
    return singular(objects[0].text) if objects else None


def linked(found: list[tuple[Mention, Figure]]) -> list[Figure]:
    """The figures with updates marked: an earlier count of the same quantity points to the later one."""
    figures = [figure for _, figure in found]
    for later, (mention, figure) in enumerate(found):
        if not _UPDATE.search(mention.before()):
            continue
        for earlier in range(later - 1, max(-1, later - 1 - REACH), -1):
            if _superseded(figures[earlier], figure, found[earlier][0]):
                figures[earlier] = replace(figures[earlier], superseded_by=figure.number_start)
                break
    return figures


def _superseded(earlier: Figure, later: Figure, mention: Mention) -> bool:
    same = (earlier.measure, earlier.kind, earlier.unit) == (later.measure, later.kind, later.unit)
    related = earlier.object and later.object and compared_as(earlier.object) == compared_as(later.object)
    return bool(same and related and earlier.measure and later.scope != "increment" and earlier.part_of is None)
