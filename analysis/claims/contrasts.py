"""Contrasts inside one side: launched against shot down, rival claimants, updates, parts of a total."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.claims.counted import Counted
from analysis.claims.facets import nations_of
from analysis.claims.intervals import interval
from analysis.claims.quantities import rivals


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


def _launched_and_shot_down(rows: Sequence[Counted]) -> Iterator[Found]:
    """Each count of things shot down with the nearest count of the same things launched."""
    for index, down in enumerate(rows):
        if down.measure != "shot_down" or down.dimension != "count" or down.part:
            continue
        frames = [row for row in rows if _may_frame(row, down)]
        if frames:
            nearest = min(frames, key=lambda row: abs(rows.index(row) - index))
            yield nearest, down, "launched_vs_shot_down"


def _may_frame(launched: Counted, down: Counted) -> bool:
    same = launched.object == down.object and launched.dimension == down.dimension
    days = launched.day is None or down.day is None or launched.day == down.day
    low = interval(down.figure).low
    scopes = launched.scope == down.scope and not _of_others(launched, down)
    return launched.measure == "launched" and same and days and scopes and interval(launched.figure).high >= low


def _of_others(launched: Counted, down: Counted) -> bool:
    """Whether they are two parties' things; what a party reports as launched, it saw coming."""
    if launched.owner or not down.owner:
        return bool(launched.owner and down.owner and launched.owner != down.owner)
    return down.owner in nations_of(launched.claimant)


def _updates(rows: Sequence[Counted]) -> Iterator[Found]:
    """An earlier count and the later one that replaces it."""
    for earlier in rows:
        later = _at(rows, earlier, earlier.figure["superseded_by"])
        if later:
            yield earlier, later, "update"


def _parts(rows: Sequence[Counted]) -> Iterator[Found]:
    """A total and a part of it that counts the same things."""
    for part in rows:
        total = _at(rows, part, part.figure["part_of"])
        if (
            total
            and total.dimension == part.dimension
            and total.object == part.object
            and total.measure == part.measure
        ):
            yield total, part, "part_of"


def _rivals(rows: Sequence[Counted]) -> Iterator[Found]:
    """Two claimants on one quantity."""
    current = [row for row in rows if row.figure["superseded_by"] is None]
    yield from ((one, other, "same_quantity") for one, other in rivals(current) if one.claimant and other.claimant)


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
    whole, part = interval(a.figure), interval(b.figure)
    if relation not in ("launched_vs_shot_down", "part_of") or whole.low <= 0 or part.high == math.inf:
        return None
    high = min(1.0, part.high / whole.low)
    low = part.low / whole.high if whole.high < math.inf else 0.0
    if low == high:
        return f"{high:.0%}".replace("%", " %")
    if low == 0.0:
        return f"at most {high:.0%}".replace("%", " %")
    return f"{low:.0%} to {high:.0%}".replace("%", " %")
