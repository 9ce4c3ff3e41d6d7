"""Links between the figures of a field: whose they are, and which count replaces which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.figures.figure import Figure
from analysis.figures.objects import compared_as

REACH = 6
"""Figures back in which the count that is updated is looked for."""

_GAP = r"(?:\s+(?:\w+\s+){0,5}(?:to|at)|\s+(?:\w+\s+)?by\s+\w+\s+to)?\s*$"
_UPDATED = re.compile(
    rf"\b(?:ris\w+|rose|rais\w+|increas\w+|climb\w+|jump\w+|grow\w*|grew|gone\s+up|went\s+up|revis\w+|updat\w+|lowered|cut|reduced|correct\w+|now\s+\w+){_GAP}"
    r"|\b(?:later|now|subsequently)\s+(?:\w+\s+){0,2}(?:put|raised|rose|revised|updated|lowered|increased|stood|stands|reached)\b[^,;.]{0,40}$"
    r"|\bby\s+(?:\w+day|\w+\s+(?:morning|evening|night))\b[^,;.]{0,40}$|\bhad\s+(?:since\s+)?(?:reached|passed|exceeded)\s+$"
    r"|\b(?:updated|revised|latest)\b[^,;.]{0,40}$"
    r"|\b(?:has|have|had)\s+since\b[^,;.]{0,30}$"
    r"|\bthe\s+(?:death\s+)?(?:count|toll|figure|tally|number)\s+(?:(?:now|then)\s+)?(?:stood|stands|reached)\s+(?:now\s+)?(?:at\s+)?$",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"\b(?:up|down|rose|risen|rising|increased?|revised|lowered|updated|raised|climbed)?\s*\bfrom\s+(?:an\s+\w+\s+)?(?:about\s+|some\s+)?$"
    r"|\b(?:earlier|previous|initial|preliminary|prior|provisional)\s+(?:\w+\s+)?(?:toll|count|figure|estimate|tally|number|total)"
    r"\s+(?:of|was|stood\s+at)\s+(?:about\s+|some\s+|at\s+least\s+)?$",
    re.IGNORECASE,
)
_BEFORE_THAT = re.compile(
    r"\bhad\s+(?:(?:earlier|previously|initially|first|already)\s+)?(?:put|placed|given|reported|counted|stood|confirmed"
    r"|announced|been|estimated|said|recorded|spoken\s+of)\b[^,;.]{0,30}$",
    re.IGNORECASE,
)
"""What had been said before the report just given is the earlier count: "it had put the toll at 33 on Sunday"."""
_FIRST = re.compile(
    r"\b(?:initial\w*|at\s+first|first|originally|preliminary|previously|earlier)\b[^,;.]{0,60}$", re.IGNORECASE
)

_AT_FIRST = re.compile(r"[^,;.]{0,25}\b(?:initially|at\s+first|originally|provisionally)\b", re.IGNORECASE)
"""The same behind the figure: "five were initially confirmed dead"."""


DATED = 80
"""Characters behind a figure in which the day stands that dates it."""
_THEN = re.compile(r"\b(?:\w+day|earlier|previously|initially|at\s+first|yesterday|hours\s+before)\b", re.IGNORECASE)


def owned(figures: Sequence[Figure]) -> list[Figure]:
    """The figures with the owner carried on to elliptic ones: "51 Armenian fighters died, bringing losses to 198"."""
    found: list[Figure] = []
    for figure in figures:
        last = found[-1] if found else None
        same = last and last.sentence_start == figure.sentence_start and last.object == figure.object
        elliptic = figure.object_text is None and figure.owner is None
        found.append(replace(figure, owner=last.owner) if last and same and elliptic else figure)
    return found


def added(figures: Sequence[Figure]) -> list[Figure]:
    """The figures with "another" kept as an increment only where it is added to a count of the same.

    In "The quake killed 126 people. Another 188 were injured" the 188 are all who were injured.
    """
    found: list[Figure] = []
    for at, figure in enumerate(figures):
        near = [one for one in (*found[-REACH:], *figures[at + 1 : at + 2]) if one.kind == figure.kind and one.measure]
        others = near and all(one.measure != figure.measure for one in near)
        alone = figure.scope == "increment" and figure.measure is not None and others
        found.append(replace(figure, scope=None) if alone else figure)
    return found


def linked(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """The figures of one field with `superseded_by` set on each count that a later one replaces."""
    found = list(figures)
    for at, figure in enumerate(found):
        lead = text[max(figure.sentence_start, figure.start - 70) : figure.start]
        former = _formerly(text, figure, found[max(0, at - REACH) : at], lead)
        if former:
            found[at] = replace(figure, superseded_by=former.number_start)
            continue
        explicit = _UPDATED.search(lead) is not None
        for before in range(at - 1, max(-1, at - 1 - REACH), -1):
            earlier = found[before]
            if (explicit or _is_first(text, earlier)) and _replaces(figure, earlier):
                found[before] = replace(earlier, superseded_by=figure.number_start)
                break
    return found


def _formerly(text: str, figure: Figure, before: Sequence[Figure], lead: str) -> Figure | None:
    """The count that came before one told as earlier: "from an earlier 140", or in the pluperfect and dated."""
    if figure.scope != "former" and _FORMER.search(lead):
        same = [one for one in before if one.sentence_start == figure.sentence_start or one is before[-1]]
        return next((one for one in reversed(same) if _replaces(one, figure)), None)
    dated = _THEN.search(text[figure.start : min(figure.sentence_end, figure.start + DATED)]) or _THEN.search(lead)
    if not (dated and _BEFORE_THAT.search(lead)):
        return None
    return next((one for one in reversed(before) if _replaces(one, figure)), None)


def _is_first(text: str, figure: Figure) -> bool:
    """Whether a count is told as the first of several."""
    ahead = text[max(figure.sentence_start, figure.start - 70) : figure.start]
    return bool(_FIRST.search(ahead) or _AT_FIRST.match(text[figure.number_end : figure.sentence_end]))


def _replaces(later: Figure, earlier: Figure) -> bool:
    """Whether both count the same quantity, so that one can replace the other."""
    same = (earlier.measure, earlier.kind, earlier.unit, earlier.per) == (
        later.measure,
        later.kind,
        later.unit,
        later.per,
    )
    related = earlier.object and later.object and compared_as(earlier.object) == compared_as(later.object)
    whole = earlier.part_of is None and later.part_of is None and "increment" not in (earlier.scope, later.scope)
    places = earlier.place is None or later.place is None or earlier.place == later.place
    return bool(same and related and whole and places and earlier.measure and earlier.superseded_by is None)
