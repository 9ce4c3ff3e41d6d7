"""Quantities that one side gives and another does not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from types import SimpleNamespace
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from analysis.coverage.absence import Absence, Kind, each_once
from analysis.coverage.features import TELLING_NUMBER
from analysis.coverage.inverse import FigureIndex
from analysis.figures.lexicon import lexicon
from analysis.figures.objects import classes, entry_of, is_person

CLAIM = ("id", "object", "measure", "kind", "figures")
PRINTED = ("verbatim", "object_text", "measure", "unit", "point")
"""What is looked up of claims and figures."""

Columns: TypeAlias = dict[str, Sequence[Any]]


class Quantities(Kind):
    """Claims of the ledger; searched for by what they count and by their values."""

    def only(self, side: str, other: str) -> list[int]:
        """Claims of the side, as rows of the ledger, that the other makes none of.

        Those that say what is measured come first, of these those in most articles.
        """
        given = self.selected.ledger.claims["figures"].tolist()
        own = [row for row, figures in enumerate(given) if side in figures and other not in figures]
        measure = self._claims["measure"]
        return sorted(own, key=lambda row: (not measure[row], -self._articles(given[row][side])))

    def absence(self, key: int, side: str, other: str) -> Absence:
        """The nearest miss is the other side's figure of the same thing and measure, else one of its words."""
        claim = _row(self._claims, key)
        rows = [self._index.place[name] for name in claim.figures[side]]
        shown = [_row(self._printed, row) for row in rows]
        printed = each_once(map(_quantity, shown))
        told = [*(figure.object_text for figure in shown), *_synonyms(claim), *_units(claim, shown), *_values(shown)]
        words = each_once(told) or [*_of_measure(claim), *each_once(figure.verbatim for figure in shown)]
        near = self.compared.search.passages(words, other)
        closest = self._closest(claim, other)
        nearest = int(near[0]) if len(near) else None
        return Absence(
            what=", ".join(each_once(["; ".join(printed), (claim.measure or "").replace("_", " ")])),
            evidence=self.compared.ids(self._passages[rows]),
            searched_for=words,
            near=len(near),
            nearest=nearest if closest is None else int(self._passages[closest]),
            miss=self.compared.text(nearest) if closest is None else _told(_row(self._printed, closest)),
            item=f"claim:{claim.id}",
        )

    def _articles(self, figures: list[str]) -> int:
        """How many articles give some figures."""
        if len(figures) == 1:
            return 1
        position = self.selected.reading.index.position
        return len({position[self._passages[self._index.place[name]]] for name in figures})

    @property
    def _index(self) -> FigureIndex:
        return self.selected.reading.once(FigureIndex)

    @property
    def _passages(self) -> np.ndarray:
        """The passage of each figure."""
        return self.selected.reading.rows("figures")

    @cached_property
    def _claims(self) -> Columns:
        return _columns(self.selected.ledger.claims, CLAIM)

    @cached_property
    def _printed(self) -> Columns:
        return _columns(self.selected.reading.figures, PRINTED)

    @cached_property
    def _by_thing(self) -> dict[tuple[str, str, str | None], int]:
        """The first comparable figure of each side, broadest class of thing and measure, and of any measure."""
        rows = self.selected.chosen("figures")
        rows = rows[self._index.thing[rows] >= 0]
        found: dict[tuple[str, str, str | None], int] = {}
        for side, chosen in self.compared.of_side.items():
            own = rows[chosen[self._passages[rows]]]
            things, first = np.unique(self._index.thing[own], return_index=True)
            for row, thing in sorted(zip(own[first].tolist(), things.tolist(), strict=True)):
                root, measure = self._index.things[thing]
                found.setdefault((side, root, measure), row)
                found.setdefault((side, root, None), row)
        return found

    def _closest(self, claim: Any, other: str) -> int | None:
        """A figure of the other side of the same class of thing, of the same measure if there is one."""
        root = classes(claim.object)[-1] if claim.object else ""
        return self._by_thing.get((other, root, claim.measure), self._by_thing.get((other, root, None)))


def _columns(table: pd.DataFrame, names: Iterable[str]) -> Columns:
    return {name: table[name].array for name in names}


def _row(columns: Columns, row: int) -> SimpleNamespace:
    """One row: looking it up in the table takes ten times as long."""
    return SimpleNamespace(**{name: values[row] for name, values in columns.items()})


def _synonyms(claim: Any) -> list[str]:
    """The words of the lexicon for what a claim counts, with roles and kinds; for people what befell them."""
    if is_person(claim.object):
        return _of_measure(claim)
    entry = entry_of(claim.object)
    return [*entry.get("words", []), *entry.get("roles", []), *entry.get("kinds", [])]


def _of_measure(claim: Any) -> list[str]:
    """The words of the lexicon for what is done to the things counted."""
    entry = lexicon("measures").get(claim.measure or "", {})
    return [word for form in ("verbs", "subjects", "states", "nouns") for word in entry.get(form, [])]


def _units(claim: Any, figures: list[Any]) -> list[str]:
    """Hours, tonnes, dollars; a share of something is looked for by what it is a share of."""
    return [] if claim.kind == "share" else [figure.unit for figure in figures]


def _values(figures: list[Any]) -> list[str]:
    """The values in digits; small ones stand everywhere."""
    points = [figure.point for figure in figures if figure.point is not None and figure.point == figure.point]
    return [f"{point:f}".rstrip("0").rstrip(".") if point % 1 else f"{int(point):,}" for point in points
            if point >= TELLING_NUMBER]  # fmt: skip


def _quantity(figure: Any) -> str:
    """As printed: the number and what it counts."""
    return f"{figure.verbatim} {figure.object_text or ''}".strip()


def _told(figure: Any) -> str:
    return ", ".join(each_once([_quantity(figure), (figure.measure or "").replace("_", " ")]))
