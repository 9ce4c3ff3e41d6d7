"""Contrasts inside one side: launched against shot down, rival claimants, updates, parts of a total."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.claims.counted import Counted
from analysis.claims.facets import CIVIL, is_whole, nations_of
from analysis.claims.intervals import verdict
from analysis.claims.quantities import rivals, side_by_side
from analysis.figures.countries import NATIONWIDE
from analysis.figures.lexicon import lexicon


@dataclass(frozen=True)
class Contrast:
    """Two figures of one side: `a` is the larger frame (launched, total, earlier), `b` what is set against it.

    `share` is the share of `a` that `b` makes, in words ("at most 59 %"), where both allow one.
    """

    a: str
    b: str
    relation: str
    share: str | None
    side: str


def contrasts(rows: Sequence[Counted]) -> list[Contrast]:
    """All contrasts inside documents, in order of appearance."""
    documents: dict[str, list[Counted]] = defaultdict(list)
    for row in rows:
        documents[row.document].append(row)
    found = [contrast for own in documents.values() for contrast in _in_document(own)]
    return list(dict.fromkeys(found))


def _in_document(rows: Sequence[Counted]) -> Iterator[Contrast]:
    taken: set[frozenset[str]] = set()
    for find in (_launched_and_shot_down, _updates, _parts, _rivals):
        for a, b, relation in find(rows):
            pair = frozenset((a.id, b.id))
            if pair not in taken:
                taken.add(pair)
                yield Contrast(a.id, b.id, relation, _share(a, b, relation), a.side)


Found = tuple[Counted, Counted, str]


_FATES = ("shot_down", "suppressed")
"""Measures of what became of things launched before they hit."""


def _launched_and_shot_down(rows: Sequence[Counted]) -> Iterator[Found]:
    """Each count of things shot down or jammed with the count of which it is a part, else the nearest launched."""
    for index, down in enumerate(rows):
        if down.measure not in _FATES or down.dimension != "count" or down.part:
            continue
        frames = _wholes(rows, down) or [row for row in rows if _may_frame(row, down)]
        if frames:
            nearest = min(frames, key=lambda row: abs(rows.index(row) - index))
            yield nearest, down, "launched_vs_shot_down"


def _wholes(rows: Sequence[Counted], down: Counted) -> list[Counted]:
    """The total of which it, or another figure of its sentence, is a part: "of which 98 fell and 21 vanished".

    Those shot down over one place are a part of all shot down.
    """
    own = [row for row in rows if _in_one_sentence(row, down)]
    totals = [_at(rows, row, row.figure["part_of"]) for row in (down, *own)]
    return [total for total in totals if total and total.object == down.object and not _over(down, total)][:1]


def _over(down: Counted, total: Counted) -> bool:
    return total.measure == down.measure and down.place not in (None, total.place)


def _in_one_sentence(one: Counted, other: Counted) -> bool:
    places = [(row.figure["field"], row.figure["sentence_start"]) for row in (one, other)]
    return places[0] == places[1]


def _may_frame(launched: Counted, down: Counted) -> bool:
    same = launched.object == down.object and launched.dimension == down.dimension
    days = launched.day is None or down.day is None or launched.day == down.day
    low = down.interval.low
    scopes = launched.scope == down.scope and not _of_others(launched, down)
    return launched.measure == "launched" and same and days and scopes and launched.interval.high >= low


def _of_others(launched: Counted, down: Counted) -> bool:
    """Whether they are two parties' things; what a party reports as launched, it saw coming.

    Where one alone says whose or where, it means another raid unless the two are told in one breath.
    """
    if launched.owner and down.owner:
        return launched.owner != down.owner
    if down.owner in nations_of(launched.claimant) - {None}:
        return True
    told_apart = (launched.owner, launched.place) != (down.owner, down.place) and (down.owner or down.place)
    return bool(told_apart) and not side_by_side(launched, down)


def _updates(rows: Sequence[Counted]) -> Iterator[Found]:
    """An earlier count and the later one that replaces it."""
    for earlier in rows:
        later = _at(rows, earlier, earlier.figure["superseded_by"])
        if later:
            yield earlier, later, "update"


def _parts(rows: Sequence[Counted]) -> Iterator[Found]:
    """A total and a part of it: as the text says ("of whom"), a narrower class of the same dead, one province."""
    for index, part in enumerate(rows):
        told = _told_whole(rows, part)
        narrower = [row for row in rows[:index] if _is_whole(row, part) and _of_narrower_class(row, part)]
        wholes = [told] if told else narrower or [row for row in rows if _is_whole(row, part) and _of_place(row, part)]
        fitting = [row for row in wholes if _of_one_kind(row, part) and _may_hold(row, part)]
        if fitting:
            yield max(reversed(fitting), key=lambda row: row.interval.low), part, "part_of"


def _told_whole(rows: Sequence[Counted], part: Counted) -> Counted | None:
    """The total that the words name; what another claimant tells in another sentence is none."""
    total = _at(rows, part, part.figure["part_of"])
    if total and total.claimant != part.claimant and not _in_one_sentence(total, part):
        return None
    return total


_WHOLE = (None, "cumulative", "combined")
"""Scopes of figures that may have parts."""


def _of_one_kind(total: Counted, part: Counted) -> bool:
    return (total.dimension, total.root) == (part.dimension, part.root)


def _is_whole(total: Counted, part: Counted) -> bool:
    """Whether both tell one fate, over one time and of one owner, and the total is no part itself."""
    same = total.measure == part.measure and "outcome" in lexicon("measures").get(part.measure or "", {})
    whole = total.scope in _WHOLE and part.scope in _WHOLE and not total.part and total.figure["superseded_by"] is None
    return same and whole and part.owner in (None, total.owner)


def _of_narrower_class(total: Counted, part: Counted) -> bool:
    """ "Thirty-three children were among the dead": of all people some."""
    narrower = total.object == total.root != part.object and part.object not in CIVIL | _ARMED
    return narrower and (part.place in (None, total.place) or (part.place == NATIONWIDE and total.place is None))


def _of_place(total: Counted, part: Counted) -> bool:
    """ "Nationwide the toll is 1,240": of a whole country one place."""
    return total.object == part.object and is_whole(total.place) and part.place is not None and not is_whole(part.place)


_ARMED = frozenset(("soldier", "fighter"))
"""Those who fight are counted apart from those whom a strike hits."""


def _may_hold(total: Counted, part: Counted) -> bool:
    """Whether the part is no more than the total."""
    return part.interval.low <= total.interval.high


def _rivals(rows: Sequence[Counted]) -> Iterator[Found]:
    """Two claimants on one quantity."""
    current = [row for row in rows if row.figure["superseded_by"] is None]
    for one, other in rivals(current):
        if one.figure["point"] != other.figure["point"] or verdict(one.figure, other.figure) == "conflict":
            yield one, other, "same_quantity"


def _at(rows: Iterable[Counted], near: Counted, number_start: int | None) -> Counted | None:
    """The figure of the same field that stands at an offset."""
    if number_start is None or number_start != number_start:
        return None
    field = near.figure["field"]
    return next(
        (row for row in rows if row.figure["number_start"] == number_start and row.figure["field"] == field), None
    )


def _share(a: Counted, b: Counted, relation: str) -> str | None:
    """The share of `a` that `b` makes, with the bound that both imply."""
    whole, part = a.interval, b.interval
    if relation not in ("launched_vs_shot_down", "part_of") or whole.low <= 0 or part.high == math.inf:
        return None
    high = min(1.0, part.high / whole.low)
    low = part.low / whole.high if whole.high < math.inf else 0.0
    if low == high:
        return f"{high:.0%}".replace("%", " %")
    if low == 0.0:
        return f"at most {high:.0%}".replace("%", " %")
    return f"{low:.0%} to {high:.0%}".replace("%", " %")
