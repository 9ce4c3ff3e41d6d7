"""A mention with what is known of it, and how two of them can hang together: whole and part, items of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analysis.figures.measures import measure_of
from analysis.figures.mentions import Mention
from analysis.figures.objects import Phrase, classes, is_known
from analysis.figures.quantities import Quantity
from analysis.figures.triggers import chain, takes


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


def may_hold(whole: Resolved, part: Mention) -> bool:
    """Whether the part is no larger than the whole; a share is a part of anything."""
    if part.quantity.kind == "share":
        return True
    same = part.quantity.kind == whole.quantity.kind or whole.quantity.kind == "rate"
    return same and part.quantity.number.low <= whole.quantity.number.high


def fits(whole: Resolved, part: Mention, own: str | None) -> bool:
    """Whether the whole is of the class the part counts, or of one that its verb can be said of."""
    if whole.object is None:
        return False
    if own is not None:
        return classes(own)[-1] == classes(whole.object)[-1]
    return is_known(whole.object) and measure_of(part.number, None, chain(whole.object, part.quantity.kind)) is not None


def is_put_otherwise(last: Resolved, share: Mention, own: str) -> bool:
    """ "Some 2 million people, or 48% of the electorate, voted": the share tells the same as the count."""
    between = share.text[last.quantity.end : share.quantity.start]
    same = last.object is not None and classes(own)[-1] == classes(last.object)[-1]
    apposed = re.search(r",\s+(?P<or>or\s+)?$", between)
    return share.quantity.kind == "share" and apposed is not None and (same or apposed["or"] is not None)


def may_follow(leader: Resolved, own: str, objects: tuple[str, ...]) -> bool:
    """Whether an item of a list shares the verb of the one before it; things unknown ("one MiG-29") do."""
    return leader.measure is not None and (takes(leader.measure, objects) or not is_known(own))


def remainder_of(total: Quantity, rest: Quantity) -> Quantity:
    """ "All but three of the 96" is 93."""
    low, high = total.number.low - rest.number.high, total.number.high - rest.number.low
    return replace(rest, number=replace(rest.number, low=low, high=high, rounding=total.number.rounding))


def in_sentence(one: Resolved, mention: Mention) -> bool:
    """Whether a figure stands in the sentence of a mention."""
    return one.mention.doc is mention.doc and one.mention.sentence.start == mention.sentence.start


def is_tied(part: Resolved, mention: Mention) -> bool:
    """Whether a number is tied to a part by "and": "among them 31 women and 15 children who were flown out"."""
    return mention.anchor.dep_ == "conj" and part.phrase is not None and mention.anchor in part.phrase.head.subtree


def times_apart(one: Resolved, mention: Mention) -> float:
    """By which factor two counts differ."""
    ends = sorted((float(one.quantity.number.high), float(mention.quantity.number.high)))
    return ends[1] / max(ends[0], 1.0)
