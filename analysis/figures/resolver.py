"""Object and measure of each figure in the light of the figures before it: totals, parts, lists, ellipses."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.figures.ellipsis import (
    accounted_for,
    after_pronoun,
    counted_act,
    division,
    group_before,
    inhabited,
    is_compared,
    is_given,
    is_increment,
    is_put,
    is_totalling,
    may_contest,
    may_win,
    noun_told,
    number_of,
    possessor_object,
    pronoun_noun,
    remains_before,
    subject_object,
    told_to_be,
)
from analysis.figures.groups import group_told
from analysis.figures.lexicon import lexicon
from analysis.figures.meant import adjoins, is_subject, of_people, otherwise, priced, summed, total_measure
from analysis.figures.measures import fallback, measure_of, own_measure
from analysis.figures.mentions import Mention
from analysis.figures.naming import asked, broad, furnished, of_share, own_object
from analysis.figures.nominals import among
from analysis.figures.objects import Phrase, classes, entry_of, is_known, is_person
from analysis.figures.parts import (
    goes_on_with_list,
    is_exchanged,
    is_number_of,
    is_rest,
    is_told_a_part,
    opens_list,
    opens_with_whole,
)
from analysis.figures.quantities import Quantity
from analysis.figures.resolved import (
    Resolved,
    fits,
    in_sentence,
    is_put_otherwise,
    is_tied,
    may_follow,
    may_hold,
    remainder_of,
    times_apart,
)
from analysis.figures.triggers import chain

REACH = 8
"""Figures back that an elliptic one ("60 were shot down") may refer to."""

COUNTED = ("count", "share", "rate")
"""Kinds of quantity that count things, or of which things they are."""

DEFAULTS = {"count": ["person"], "rate": ["person"]}
"""What a number without a noun counts if no figure before it tells: people ("12 were hurt")."""

RESTATING = 40
"""Characters before a figure in which a word for the figure before it may stand."""

RIVALS = 20
"""Rival counts of one crowd do not differ by more."""

LARGE = 1_000_000
"""A bare number with a scale word this large carries on the unit before it ("33 billion in loans")."""

CARRIED = ("money", "weight", "volume", "area", "energy")
"""Kinds of quantity whose unit may be carried on."""

SETTLED = frozenset(("turnout", "counted", "oppose", "increased", "fell", "unemployed", "interest_rate", "tariff"))
SETTLED |= {"infected", "killed", "damaged"}
"""Measures of shares that no verb of winning turns into a share of a vote."""
CONTESTED = (None, "vote", "voter", "respondent", "candidate", "person")
_ANAPHORS = frozenset(lexicon("nouns")["anaphors"]["words"])


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
        quantity = self._with_unit(mention)
        if self._is_whole_of_last(mention):
            self._add_whole(mention, quantity)
        else:
            self._seen.append(self._resolve(mention, quantity))

    def _last(self, mention: Mention) -> Resolved | None:
        """The figure before, if it stands in the same sentence."""
        last = self._seen[-1] if self._seen else None
        return last if last and in_sentence(last, mention) else None

    def _with_unit(self, mention: Mention) -> Quantity:
        """ "4.2 million tonnes, up from 3.8 million": a large bare number carries on the unit before it."""
        quantity = mention.quantity
        large = quantity.is_word and quantity.number.scale >= LARGE and mention.phrase is None
        near = [one for one in self._seen[-2:] if one.quantity.kind in CARRIED and one.mention.doc is mention.doc]
        unit = near[-1].quantity if near else None
        return replace(quantity, kind=unit.kind, unit=unit.unit) if large and unit else quantity

    def _is_whole_of_last(self, mention: Mention) -> bool:
        """The second number of "58 of 103 drones" and "90 percent of its 220 missiles"."""
        last = self._last(mention)
        if last is None or mention.quantity.kind != "count":
            return False
        return is_number_of(mention.text[last.quantity.end : mention.quantity.start])

    def _add_whole(self, mention: Mention, quantity: Quantity) -> None:
        """The total of the part just seen, which is told to be its part, or to be what is left of it."""
        part = self._seen[-1]
        object_id = own_object(mention.phrase, quantity) or self._shared(part)
        remaining = part.quantity
        if is_rest(part.mention):
            remaining = remainder_of(quantity, part.quantity)
        told = (
            measure_of(part.mention.number, None, chain(object_id, part.quantity.kind)) if part.phrase is None else None
        )
        measure = told or part.measure
        self._seen[-1] = replace(
            part,
            quantity=remaining,
            phrase=mention.phrase,
            object=part.object if part.listed and part.phrase else object_id,
            measure=measure,
            part_of=quantity.number.start,
            remainder=None,
        )
        self._seen.append(Resolved(mention, quantity, mention.phrase, object_id, total_measure(mention, object_id)))

    def _shared(self, part: Resolved) -> str | None:
        """What a total is of: of "21 missiles and 59 drones out of 90" both."""
        before = self._seen[-2] if part.listed and len(self._seen) > 1 else part
        shared = [name for name in classes(part.object or "") if name in classes(before.object or "")]
        return part.object if part.object == before.object or not shared else shared[0]

    def _resolve(self, mention: Mention, quantity: Quantity) -> Resolved:
        if place := inhabited(mention):
            return Resolved(mention, quantity, place, "person", "population")
        own_phrase = remains_before(mention) or mention.phrase or group_before(mention) or number_of(mention)
        phrase = after_pronoun(mention) or told_to_be(mention) or accounted_for(mention) or own_phrase
        if act := counted_act(mention):
            return Resolved(mention, quantity, None, act, lexicon("objects")[act]["measure"])
        if (befell := group_told(mention)) and own_phrase is None:
            return self._of_group(mention, quantity, befell)
        total = self._total(mention, phrase, own_object(phrase, quantity))
        unnamed = phrase is None and total is None and quantity.kind == "count"
        stood_for = pronoun_noun(mention) if unnamed else None
        own = own_object(phrase or stood_for, quantity)
        if quantity.kind == "magnitude":
            return Resolved(mention, quantity, None, own, "magnitude")
        leader = self._leader(mention)
        object_id, measure = (
            (own, self._measure(mention, phrase, own, quantity, total, leader))
            if own
            else self._elliptic(mention, quantity, total, leader)
        )
        object_id = of_share(own, object_id, measure) if quantity.kind == "share" else object_id
        measure = priced(mention, measure) if quantity.kind == "share" else measure
        if quantity.kind == "share" and measure not in SETTLED and object_id in CONTESTED and self._contests(mention):
            object_id, measure = (own or None), "vote_share"
        if total is None and opens_with_whole(mention) and quantity.kind == "count" and own:
            measure = total_measure(mention, object_id)
        part_of = total.quantity.number.start if total else None
        if measure is None and total is None and told_to_be(mention) and (whole := self._people_before(mention)):
            measure, part_of = whole.measure, whole.quantity.number.start
        if measure is None and own_phrase is not None and phrase is not own_phrase:
            measure = own_measure(mention.number, own_phrase, chain(own_object(own_phrase, quantity), quantity.kind))
        measure = summed(mention, measure)
        object_id = asked(object_id, measure, quantity)
        remainder = "remainder" if is_rest(mention) else None
        counted = phrase or stood_for
        return Resolved(mention, quantity, counted, object_id, measure, part_of, leader is not None, remainder)

    def _people_before(self, mention: Mention) -> Resolved | None:
        """The people of whom it is told what they were: "29 fans died. Seven were children"."""
        near = [one for one in self._seen[-REACH:] if is_person(one.object) and one.measure and may_hold(one, mention)]
        return near[-1] if near and adjoins(near[-1], mention) else None

    def _of_group(self, mention: Mention, quantity: Quantity, befell: str) -> Resolved:
        """ "Eleven of those rescued are critical": a part of the last figure of them, of whom more may be told."""
        near = [one for one in self._seen[-REACH:] if one.measure == befell and may_hold(one, mention)]
        object_id = broad(near[-1].object) if near and is_person(near[-1].object) else "person"
        measure = measure_of(mention.number, None, chain(object_id, quantity.kind)) or befell
        object_id = asked(object_id, measure, quantity)
        part_of = near[-1].quantity.number.start if near else None
        return Resolved(mention, quantity, None, object_id, measure, part_of)

    def _total(self, mention: Mention, phrase: Phrase | None, own: str | None) -> Resolved | None:
        """The figure of which this one is a part, if the words say that it is one."""
        if is_told_a_part(mention):
            return self._whole(mention, own)
        last = self._last(mention)
        if last is None or last.mention.quantity.kind != "count":
            return None
        if mention.phrase is None and opens_with_whole(last.mention):
            return last
        listed = opens_list(mention.text[last.quantity.end : mention.quantity.start])
        if listed and last.part_of is None and mention.quantity.kind == "count" and may_hold(last, mention):
            return last
        if last.part_of is None or self._leader(mention) is None or own is None:
            return None
        told = measure_of(mention.number, phrase, chain(own, mention.quantity.kind))
        return self._at(last.part_of) if told is None or is_tied(last, mention) else None

    def _whole(self, mention: Mention, own: str | None) -> Resolved | None:
        """The last figure that can hold the part, of the same class of things if there is one."""
        near = [one for one in self._seen[-REACH:] if one.part_of is None and one.mention.doc is mention.doc]
        wholes = [one for one in near if one.quantity.kind in ("count", "money", "rate") and may_hold(one, mention)]
        fitting = [one for one in wholes if fits(one, mention, own)]
        return next(reversed(fitting or wholes), None)

    def _leader(self, mention: Mention) -> Resolved | None:
        """The figure before it in a list: "two people in Lipka and one in Orla"."""
        last = self._last(mention)
        if last is None or last.quantity.kind != mention.quantity.kind:
            return None
        between = mention.text[last.quantity.end : mention.quantity.start]
        versus = mention.quantity.kind == "share" and between == " to "
        if not (versus or goes_on_with_list(between)) or ";" in between:
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
        if furnished(phrase):
            return "capacity"
        if total:
            own_clause = is_subject(mention) and measure_of(mention.number, phrase, objects)
            beside = own_measure(mention.number, phrase, objects) or among(mention.anchor, objects)
            return own_clause or beside or total.measure
        last = self._last(mention)
        if last and is_compared(mention) and last.quantity.kind == quantity.kind:
            return last.measure
        if last and last.measure and is_exchanged(mention):
            return last.measure
        follows = leader is not None and not is_subject(mention)
        return (
            measure_of(mention.number, phrase, objects)
            or (rival.measure if (rival := self._rival(mention)) and is_person(own) else None)
            or (last.measure if last and is_put_otherwise(last, mention, own) else None)
            or (leader.measure if leader and follows and may_follow(leader, own, objects) else None)
            or (division(mention) if own == "vote" else None)
            or otherwise(own, mention, phrase)
        )

    def _elliptic(
        self, mention: Mention, quantity: Quantity, total: Resolved | None, leader: Resolved | None
    ) -> tuple[str | None, str | None]:
        """Object and measure of a number without a noun, after the figures it may refer to."""
        if told := self._told_again(mention) or self._rival(mention):
            return broad(told.object), told.measure
        if quantity.kind == "count" and (vote := division(mention)):
            last = self._last(mention)
            return ("vote" if last and last.object == "vote" else "lawmaker"), vote
        if counted := self._counted_as(mention, quantity, total, leader):
            return counted
        if quantity.kind == "share" and self._contests(mention):
            settled = measure_of(mention.number, None, chain(None, "share"))
            return None, settled if settled in SETTLED else "vote_share"
        if referred := self._restated(mention) or self._repeated(mention) or total or leader:
            return broad(referred.object), referred.measure
        near = self._counted_before(mention, quantity)
        goes_on = bool(near) and adjoins(near[-1], mention) and is_subject(mention) and quantity.kind == "count"
        measure = measure_of(mention.number, None, chain(None, quantity.kind)) or fallback(mention.number, None)
        return (broad(near[-1].object) if goes_on else None), measure or noun_told(mention)

    def _counted_as(
        self, mention: Mention, quantity: Quantity, total: Resolved | None, leader: Resolved | None
    ) -> tuple[str | None, str] | None:
        """The first of the things a number may count of which the words tell what was done, and what that was."""
        subject = subject_object(mention)
        for name in self._may_count(mention, quantity, subject, total, leader):
            meant = entry_of(name).get("measure") if name == subject else None
            if measure := measure_of(mention.number, None, chain(name, quantity.kind)) or meant:
                said = self._restated(mention) if measure == "casualties" else None
                told = said.measure if said and said.measure else measure
                return self._class_under(measure, name, subject, mention), told
        return None

    def _may_count(
        self,
        mention: Mention,
        quantity: Quantity,
        subject: str | None,
        total: Resolved | None,
        leader: Resolved | None,
    ) -> list[str]:
        """What a number without a noun may count, the likeliest first."""
        apart = total is not None and is_known(total.object or "") and not of_people(total.object)
        default = [] if apart else DEFAULTS.get(quantity.kind, [])
        if quantity.kind not in COUNTED or (quantity.kind == "share" and not self._last(mention)):
            return default
        near = reversed(self._counted_before(mention, quantity))
        before = [one.object for one in near if is_known(one.object or "") or adjoins(one, mention)]
        around = [one.object for one in (total, leader) if one]
        named = (subject, possessor_object(mention), *around, *before, *default)
        return list(dict.fromkeys(name for name in named if name))

    def _counted_before(self, mention: Mention, quantity: Quantity) -> list[Resolved]:
        """The figures whose things a number without a noun may count; for a share those of its sentence."""
        added, share = is_increment(mention), quantity.kind == "share"
        near = (one for one in self._seen[-REACH:] if one.object and (added or one.part_of is None))
        return [one for one in near if one.quantity.kind in COUNTED and (not share or in_sentence(one, mention))]

    def _class_under(self, measure: str, name: str, counted: str | None, mention: Mention) -> str | None:
        """The class of what an elliptic number counts.

        A crowd is of people, whoever was told of before it; so are those whom another paragraph told of.
        """
        told = [one for one in self._seen[-REACH:] if one.object == name]
        elsewhere = is_person(name) and name != counted and not (told and adjoins(told[-1], mention))
        return "person" if (measure == "attended" and name != counted) or elsewhere else broad(name)

    def _rival(self, mention: Mention) -> Resolved | None:
        """The figure of which others give another value: "organisers spoke of 180,000; police counted 23,000"."""
        generic = mention.phrase is None or mention.phrase.words[-1] in ("people", "person")
        if mention.quantity.kind != "count" or not generic or not is_given(mention):
            return None
        near = [one for one in self._seen[-REACH:] if one.measure and one.quantity.kind == "count"]
        own = own_measure(mention.number, None, chain("person", "count"))
        told = [one for one in near if one.mention.doc is mention.doc] if own is None else []
        alike = [one for one in told if times_apart(one, mention) < RIVALS] if mention.phrase else told[-1:]
        return min(reversed(alike), key=lambda one: times_apart(one, mention), default=None)

    def _told_again(self, mention: Mention) -> Resolved | None:
        """The figure before, of which this is the sum, the former value, or another party's value."""
        near = [one for one in self._seen[-REACH:] if one.mention.doc is mention.doc]
        same = [one for one in near if one.quantity.kind == mention.quantity.kind and one.measure]
        if is_totalling(mention):
            return same[-1] if same else None
        if is_put(mention):
            same = [one for one in same if not in_sentence(one, mention) and one.part_of is None]
            return same[-1] if same else None
        last = self._last(mention)
        return last if is_compared(mention) and same and last is same[-1] else None

    def _contests(self, mention: Mention) -> bool:
        """Whether a share is one of a vote, by its own sentence or the shares before it."""
        shares = [one for one in self._seen[-REACH:] if one.quantity.kind == "share"]
        goes_on = bool(shares) and shares[-1].measure == "vote_share"
        return may_contest(mention) or (goes_on and may_win(mention))

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
