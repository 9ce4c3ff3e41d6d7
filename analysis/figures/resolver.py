"""Object and measure of each figure in the light of the figures before it: totals, parts, lists, ellipses."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokens import Token

from analysis.figures.countries import country_of
from analysis.figures.lexicon import lexicon
from analysis.figures.measures import carriers, chain, fallback, governors, measure_of, own_measure, takes
from analysis.figures.mentions import Mention
from analysis.figures.objects import Phrase, common_class, counted_phrase, is_person, meaning_of, singular
from analysis.figures.quantities import Quantity

REACH = 8
"""Figures back that an elliptic one ("60 were shot down") may refer to."""

OPINIONS = ("support", "oppose")
"""Measures of opinion, of which shares are taken in polls."""

DEFAULTS = {"count": ("person",), "rate": ("person",)}
"""What a number without a noun counts if no figure before it tells: people ("12 were hurt")."""

RESTATING = 40
"""Characters before a figure in which a word for the figure before it may stand."""

LARGE = 1_000_000
"""A bare number with a scale word this large carries on the currency before it ("33 billion in loans")."""

_LEAD_IN = (
    r"(?:about\s+|some\s+|at\s+least\s+|up\s+to\s+|nearly\s+|more\s+than\s+"
    r"|the\s+|its\s+|their\s+|these\s+|those\s+|all\s+)*"
)
_PART_BEFORE = re.compile(
    r"\b(?:including|among\s+(?:them|those|whom|the\s+(?:dead|victims|wounded))|of\s+(?:whom|which|them|those|these)"
    rf"|comprising)\s*[,:]?\s+(?:were\s+|was\s+|are\s+|is\s+)?{_LEAD_IN}$",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(
    r"\s*(?:\w+\s+)?(?:of\s+(?:them|whom|which|those|these)\b|(?:were|was|are)\s+(?:also\s+)?among\b)", re.IGNORECASE
)
_NUMBER_OF = re.compile(rf"\s+(?:out\s+)?of\s+{_LEAD_IN}(?:[\w-]+[’']s\s+)?$", re.IGNORECASE)
_OPENING_OF = re.compile(rf"(?:^|[.;:“\"]\s*|,\s+|\b(?:out|none|most|some|many|few)\s+)of\s+{_LEAD_IN}$", re.IGNORECASE)
_ALL_BUT = re.compile(r"\ball\s+but\s+(?:about\s+|some\s+)?$", re.IGNORECASE)
_LIST = re.compile(
    r"(?:,|\bagainst|\bversus|\band|\bor|\bplus|\bas\s+well\s+as|\balong\s+with)\s+(?:also\s+|another\s+)?(?:the\s+)?$"
)
_GAPPED = re.compile(r"(?:,|\band)\s+(?:[A-Z][\w’'-]+\s+){1,3}$")
"""The verb is left out: "Smith took 41% and Jones 39%"."""
_ANAPHORS = frozenset("it figure number total count tally toll estimate they this that losses".split())  # noqa: SIM905


@dataclass(frozen=True)
class Resolved:
    """What is known of a mention once the mentions before it have been looked at.

    `part_of` is the `number.start` of the total; `listed` tells that a figure of the same list comes before;
    `remainder` that it is the part left out of an unknown total ("all but three").
    """

    mention: Mention
    quantity: Quantity
    phrase: Phrase | None
    object: str | None
    measure: str | None
    part_of: int | None = None
    listed: bool = False
    remainder: str | None = None


class Resolver:
    """Resolves the mentions of one field in order, remembering them for the elliptic ones that follow."""

    def __init__(self) -> None:
        self._seen: list[Resolved] = []

    @property
    def resolved(self) -> list[Resolved]:
        """All mentions so far; totals named after their parts are corrected in place."""
        return self._seen

    def add(self, mention: Mention) -> None:
        """Resolve a mention and remember it."""
        quantity = self._with_currency(mention)
        if self._is_whole_of_last(mention):
            self._add_whole(mention, quantity)
        else:
            self._seen.append(self._resolve(mention, quantity))

    def _last(self, mention: Mention) -> Resolved | None:
        """The figure before, if it stands in the same sentence."""
        last = self._seen[-1] if self._seen else None
        return (
            last
            if last and last.mention.doc is mention.doc and last.mention.sentence.start == mention.sentence.start
            else None
        )

    def _with_currency(self, mention: Mention) -> Quantity:
        quantity = mention.quantity
        large = quantity.is_word and quantity.number.scale >= LARGE and mention.phrase is None
        money = [one for one in self._seen[-2:] if one.quantity.kind == "money" and one.mention.doc is mention.doc]
        return replace(quantity, kind="money", unit=money[-1].quantity.unit) if large and money else quantity

    def _is_whole_of_last(self, mention: Mention) -> bool:
        """The second number of "58 of 103 drones" and "90 percent of its 220 missiles"."""
        last = self._last(mention)
        if last is None or mention.quantity.kind != "count":
            return False
        return _NUMBER_OF.fullmatch(mention.text[last.quantity.end : mention.quantity.start]) is not None

    def _add_whole(self, mention: Mention, quantity: Quantity) -> None:
        """The total of the part just seen, which is told to be its part, or to be what is left of it."""
        part = self._seen[-1]
        object_id = own_object(mention.phrase, quantity) or part.object
        remaining = part.quantity
        if _ALL_BUT.search(part.mention.before()):
            remaining = _remainder(quantity, part.quantity)
        measure = part.measure or measure_of(part.mention.number, None, chain(object_id, part.quantity.kind))
        self._seen[-1] = replace(
            part,
            quantity=remaining,
            phrase=mention.phrase,
            object=object_id,
            measure=measure,
            part_of=quantity.number.start,
            remainder=None,
        )
        self._seen.append(Resolved(mention, quantity, mention.phrase, object_id, _total_measure(mention, object_id)))

    def _resolve(self, mention: Mention, quantity: Quantity) -> Resolved:
        total = self._total(mention)
        leader = self._leader(mention)
        phrase = _after_pronoun(mention) or _told_to_be(mention) or mention.phrase
        own = own_object(phrase, quantity)
        object_id, measure = (
            (own, self._measure(mention, phrase, own, quantity, total, leader))
            if own
            else self._elliptic(mention, quantity, total, leader)
        )
        if total is None and _OPENING_OF.search(mention.before()) and quantity.kind == "count" and own:
            measure = _total_measure(mention, object_id)
        part_of = total.quantity.number.start if total else None
        measure = _summed(mention, measure)
        object_id = _asked(object_id, measure, quantity)
        remainder = "remainder" if _ALL_BUT.search(mention.before()) else None
        return Resolved(mention, quantity, phrase, object_id, measure, part_of, leader is not None, remainder)

    def _total(self, mention: Mention) -> Resolved | None:
        """The figure of which this one is a part, if the words say that it is one."""
        if _PART_BEFORE.search(mention.before()) or _PART_AFTER.match(mention.after()):
            wholes = [
                one
                for one in self._seen[-REACH:]
                if one.part_of is None and one.quantity.kind in ("count", "money", "rate")
            ]
            return wholes[-1] if wholes and wholes[-1].mention.doc is mention.doc else None
        last = self._last(mention)
        opened = last and last.mention.quantity.kind == "count" and _OPENING_OF.search(last.mention.before())
        return last if opened and mention.phrase is None else None

    def _leader(self, mention: Mention) -> Resolved | None:
        """The figure before it in a list: "two people in Kherson and one in Beryslav"."""
        last = self._last(mention)
        if last is None or last.quantity.kind != mention.quantity.kind:
            return None
        between = mention.text[last.quantity.end : mention.quantity.start]
        if not (_LIST.search(between) or _GAPPED.search(between)) or ";" in between:
            return None
        return last if last.part_of is None else self._at(last.part_of) or last

    def _at(self, number_start: int) -> Resolved | None:
        return next((one for one in self._seen[: -REACH - 1 : -1] if one.quantity.number.start == number_start), None)

    def _measure(
        self,
        mention: Mention,
        phrase: Phrase | None,
        own: str,
        quantity: Quantity,
        total: Resolved | None,
        leader: Resolved | None,
    ) -> str | None:
        objects = chain(own, quantity.kind)
        if total:
            return own_measure(mention.number, phrase, objects) or total.measure
        return (
            measure_of(mention.number, phrase, objects)
            or (leader.measure if leader and leader.measure and takes(leader.measure, objects) else None)
            or lexicon("objects").get(own, {}).get("measure")
            or fallback(mention.number, phrase)
        )

    def _elliptic(
        self, mention: Mention, quantity: Quantity, total: Resolved | None, leader: Resolved | None
    ) -> tuple[str | None, str | None]:
        """Object and measure of a number without a noun, after the figures it may refer to."""
        owner = _possessor_object(mention)
        near = [
            one
            for one in self._seen[-REACH:]
            if one.object and one.part_of is None and one.quantity.kind in ("count", "share", "rate")
        ]
        candidates = [
            _subject_object(mention),
            owner,
            total.object if total else None,
            leader.object if leader else None,
        ]
        candidates += [one.object for one in reversed(near)]
        if quantity.kind == "share" and not self._last(mention):
            candidates = []
        known = [name for name in candidates if name and quantity.kind in ("count", "share", "rate")]
        for name in dict.fromkeys([*known, *DEFAULTS.get(quantity.kind, ())]):
            if measure := measure_of(mention.number, None, chain(name, quantity.kind)):
                return name, measure
        if quantity.kind == "count" and (vote := _division(mention)):
            return "lawmaker", vote
        if restated := self._restated(mention) or self._repeated(mention):
            return restated.object, restated.measure
        referred = total or leader
        if referred:
            return referred.object, referred.measure
        measure = measure_of(mention.number, None, chain(None, quantity.kind)) or fallback(mention.number, None)
        return None, measure

    def _repeated(self, mention: Mention) -> Resolved | None:
        """ "1,100 workers struck; the union said 4,500 did": the verb of the figure before is meant again."""
        following = [token.lower_ for token in mention.doc[mention.span.end : mention.span.end + 1]]
        return self._last(mention) if following in (["did"], ["do"], ["does"]) else None

    def _restated(self, mention: Mention) -> Resolved | None:
        """The figure that is put otherwise: "the true figure was about 90", "called it a few thousand"."""
        start = mention.quantity.start
        before = re.findall(r"\w+", mention.text[max(0, start - RESTATING) : start].rpartition(". ")[2].casefold())
        near = [one for one in self._seen[-2:] if one.quantity.kind == mention.quantity.kind and one.measure]
        return near[-1] if near and (_ANAPHORS & set(before) or before[-2:-1] in (["up"], ["down"])) else None


def _remainder(total: Quantity, rest: Quantity) -> Quantity:
    """ "All but three of the 96" is 93."""
    low, high = total.number.low - rest.number.high, total.number.high - rest.number.low
    return replace(rest, number=replace(rest.number, low=low, high=high, rounding=total.number.rounding))


def own_object(phrase: Phrase | None, quantity: Quantity) -> str | None:
    """The object a figure's own words name: canonical id, else the lemma of the counted noun."""
    if quantity.kind == "money":
        return "money"
    if quantity.kind == "area":
        return "territory"
    if phrase is None or phrase.head.pos_ == "PRON":
        return None
    if shared := common_class(phrase):
        return shared
    meaning = meaning_of(phrase.words)
    if meaning is None and country_of(phrase.head.text) and phrase.head.tag_ in ("NNS", "NNPS"):
        return "person"
    return meaning.id if meaning else phrase.words[-1]


def _asked(object_id: str | None, measure: str | None, quantity: Quantity) -> str | None:
    """People who fell ill are cases, bodies found are people; those of whom 42% back something are respondents."""
    own = lexicon("objects").get(object_id or "", {})
    if "stands_for" in own and own.get("measure") == measure:
        return str(own["stands_for"])
    if (object_id, measure) == ("person", "infected"):
        return "case"
    polled = quantity.kind == "share" and measure in OPINIONS and object_id not in lexicon("objects")
    return "respondent" if polled else object_id


def _summed(mention: Mention, measure: str | None) -> str | None:
    """ "For a total of €50bn": the sum of loans and grants is neither."""
    lead = mention.text[mention.quantity.start : mention.quantity.number.start]
    whole = lexicon("measures").get(measure or "", {}).get("total")
    return whole if whole and "total" in lead.casefold() else measure


def _total_measure(mention: Mention, object_id: str | None) -> str | None:
    """Projectiles of which some were shot down were all launched; of other totals the words must tell."""
    objects = chain(object_id, mention.quantity.kind)
    if "projectile" in objects:
        return "launched"
    return own_measure(mention.number, mention.phrase, objects)


def _told_to_be(mention: Mention) -> Phrase | None:
    """What the counted are told to be: "twelve of the victims were children"."""
    number, verb = mention.span.root, mention.span.root.head
    if number.dep_ != "nsubj" or verb.lemma_ != "be":
        return None
    nouns = [child for child in verb.children if child.dep_ == "attr" and child.pos_ == "NOUN" and child.i > number.i]
    phrase = Phrase((nouns[0],), nouns[0]) if nouns else None
    return phrase if phrase and meaning_of(phrase.words) else None


def _after_pronoun(mention: Mention) -> Phrase | None:
    """The noun behind the pronoun in "five of them medics" and "two of whom were children"."""
    doc = mention.doc
    at = mention.span.end
    if at + 2 >= len(doc) or doc[at].lower_ != "of" or doc[at + 1].lower_ not in ("them", "whom", "those", "these"):
        return None
    start = at + 2
    while start < len(doc) and doc[start].lower_ in ("were", "was", "are", "is", ",", "being"):
        start += 1
    if start >= len(doc) or (start == at + 2 and doc[start].pos_ not in ("NOUN", "PROPN", "ADJ")):
        return None
    phrase = counted_phrase(doc[start - 1 : start])
    return phrase if phrase and meaning_of(phrase.words) else None


def _possessor_object(mention: Mention) -> str | None:
    """Whose losses "put their losses at 12" gives: the subject that "their" stands for, if it is a class of people."""
    for governor, _ in governors(mention.number):
        for noun in governor.children:
            owned = any(child.dep_ == "poss" and child.tag_ == "PRP$" for child in noun.children)
            if noun.dep_ in ("dobj", "nsubj") and owned:
                subjects = [child for child in governor.children if child.dep_ == "nsubj" and child.i != noun.i]
                return person_named(subjects[0]) if subjects else None
    return None


_DIVISION = re.compile(r"\bvot(?:ed?|ing)\s+(?:by\s+)?(?P<first>[\d,]+\s*(?:to|-|–)\s*)?$", re.IGNORECASE)


def _division(mention: Mention) -> str | None:
    """ "Deputies voted 214 to 163 to adopt it": the first number is for, the second against."""
    match = _DIVISION.search(mention.before())
    if match is None:
        return None
    if match["first"]:
        return "voted_against"
    return "voted_for" if re.match(r"\s*(?:to|-|–)\s*\d", mention.after()) else None


def _subject_object(mention: Mention) -> str | None:
    """The people that the subject of a carrying verb names: "arrivals total 4,100"."""
    for governor, role in governors(mention.number):
        if role == "verbs" and governor.lemma_.lower() in carriers():
            subjects = [child for child in governor.children if child.dep_ == "nsubj" and child.i < mention.number.i]
            meaning = meaning_of((singular(subjects[0].text),)) if subjects else None
            return "person" if meaning and meaning.id == "person" and subjects[0].tag_ == "NNS" else None
    return None


def person_named(token: Token) -> str | None:
    """The class of people a noun names: "the rebels" -> fighter."""
    words = tuple(singular(one.text) for one in token.lefts if one.dep_ in ("compound", "amod"))
    for size in range(len(words) + 1):
        meaning = meaning_of((*words[size:], singular(token.text)))
        if meaning and is_person(meaning.compared_as):
            return meaning.id
    return None
