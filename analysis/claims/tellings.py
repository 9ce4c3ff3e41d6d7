"""How the figures of a corpus go together, worked out once; the ledger of a filter is made of those it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.claims.alignment import fits
from analysis.claims.candidates import Pair
from analysis.claims.contrasts import Contrast, contrasts
from analysis.claims.counted import UNTOLD, Counted, TextOf, counted
from analysis.claims.grouping import grouped
from analysis.claims.intervals import ratio, verdict
from analysis.claims.quantities import quantities
from analysis.figures.objects import classes


@dataclass(frozen=True, slots=True)
class Told:
    """A figure as the ledger lists it.

    `row` is its row in the figure table; `leader` the first figure of its document that gives the same quantity;
    figures of one `kin` are of one side and stand in one row of the ledger; of several in a row the one that sorts
    first by `breadth` names the object.
    """

    row: int
    id: str
    document: str
    side: str
    date: date | None
    object: str
    breadth: tuple[int, str, bool]
    measure: str | None
    kind: str
    place: str | None
    day: str | None
    leader: str
    kin: int


class Fit(NamedTuple):
    """Two figures of different sides that may give one quantity, with the points for it and the verdict if they do."""

    one: Told
    other: Told
    points: int
    verdict: str
    ratio: float | None


@dataclass(frozen=True)
class Tellings:
    """The figures that are compared, in order of appearance, the pairs of them over sides, contrasts inside a side."""

    told: Sequence[Told]
    fits: Sequence[Fit]
    contrasts: Sequence[Contrast]

    def among(self, chosen: np.ndarray) -> tuple[np.ndarray, list[Fit], list[Contrast]]:
        """What is left with some figures: the places of the told ones, pairs and contrasts.

        Args:
            chosen: whether each row of the figure table is.
        """
        fits, inside = (np.flatnonzero(chosen[rows].all(axis=0)).tolist() for rows in (self._fitting, self._contrasted))
        places = np.flatnonzero(chosen[self._rows])
        return places, [self.fits[place] for place in fits], [self.contrasts[place] for place in inside]

    @cached_property
    def kin(self) -> np.ndarray:
        """The kin of each told figure."""
        return np.array([told.kin for told in self.told], int)

    @cached_property
    def _rows(self) -> np.ndarray:
        return np.array([told.row for told in self.told], int)

    @cached_property
    def _fitting(self) -> np.ndarray:
        """The rows of both figures of each pair."""
        return np.array([(fit.one.row, fit.other.row) for fit in self.fits], int).reshape(-1, 2).T

    @cached_property
    def _contrasted(self) -> np.ndarray:
        """The rows of both figures of each contrast."""
        row = {told.id: told.row for told in self.told}
        return np.array([(row[one.a], row[one.b]) for one in self.contrasts], int).reshape(-1, 2).T

    @cached_property
    def alone(self) -> dict[str, np.ndarray]:
        """What the ledger tells of each told figure that nothing is joined with, the same in whatever selection.

        The columns of `Ledger.claims`.
        """
        names = ("id", "object", "measure", "kind")
        made: dict[str, list[Any]] = {name: [getattr(told, name) for told in self.told] for name in names}
        made |= {name: [getattr(told, name) or None for told in self.told] for name in ("place", "day")}
        made |= {"status": ["one_side"] * len(self.told), "figures": [{told.side: [told.id]} for told in self.told]}
        made |= {"pairs": [[] for _ in self.told]}
        return {name: pd.Series(values, dtype=object).to_numpy() for name, values in made.items()}


def tellings(figures: pd.DataFrame, text_of: TextOf) -> Tellings:
    """How the figures of a corpus go together; what a figure counts is told by its whole document.

    Args:
        figures: one row a figure: the fields of `Figure` and id, document, side, outlet, date.
        text_of: the text of a field of a document, for the words around a figure.
    """
    names = figures.columns.tolist()
    values = zip(*(figures[name].tolist() for name in names), strict=True)
    rows = counted((dict(zip(names, row, strict=True)) for row in values), text_of)
    inside = contrasts(rows)
    current = [row for row in rows if row.figure["superseded_by"] is None]
    leader, kin = quantities(current), _kin(rows, grouped(rows, inside))
    place = {name: at for at, name in enumerate(figures["id"])}
    told = {row.id: _told(row, place[row.id], leader.get(row.id, row.id), kin[row.id]) for row in rows}
    found = [
        Fit(told[one.id], told[other.id], points, verdict(one.figure, other.figure), ratio(one.figure, other.figure))
        for one, other, points in fits(current)
    ]
    return Tellings(list(told.values()), found, inside)


def _kin(rows: Sequence[Counted], pairs: Iterable[Pair]) -> dict[str, int]:
    """Figure id -> number of the figures it is joined with by the pairs."""
    number = {row.id: place for place, row in enumerate(rows)}
    joined = Joined()
    for one, other in pairs:
        joined.join(number[one.id], number[other.id])
    return {name: joined.first(place) for name, place in number.items()}


class Joined:
    """Numbers joined into groups."""

    def __init__(self) -> None:
        self._leader: dict[int, int] = {}

    def first(self, item: int) -> int:
        """The number that stands for the group of one."""
        while (leader := self._leader.get(item, item)) != item:
            self._leader[item] = item = self._leader.get(leader, leader)
        return item

    def join(self, one: int, other: int) -> None:
        """Make one group of the groups of two."""
        self._leader[self.first(other)] = self.first(one)


def _told(row: Counted, place: int, leader: str, kin: int) -> Told:
    figure = row.figure
    return Told(
        row=place,
        id=row.id,
        document=row.document,
        side=row.side,
        date=row.date,
        object=row.object,
        breadth=(len(classes(row.object)), row.object, row.key[0] == UNTOLD),
        measure=row.measure,
        kind=figure["kind"],
        place=figure["place"],
        day=figure["day"],
        leader=leader,
        kin=kin,
    )
