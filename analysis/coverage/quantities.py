"""Quantities that one side gives and another does not."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd

from analysis.coverage.absence import Absence, Kind, distinct
from analysis.coverage.features import TELLING_NUMBER
from analysis.figures.lexicon import lexicon
from analysis.figures.objects import classes, is_person

COLUMNS = ["id", "document", "side", "passage", "verbatim", "object", "object_text", "measure", "unit", "point",
           "comparable"]  # fmt: skip


class Quantities(Kind):
    """Claims of the ledger; searched for by what they count and by their values."""

    def only(self, side: str, other: str) -> list[Any]:
        """Claims of the side that the other makes none of: those in most articles first."""
        claims = self.selected.ledger.claims
        own = [claim for claim in claims.itertuples() if side in claim.figures and other not in claim.figures]
        return sorted(own, key=lambda claim: -len({self._figures[id_].document for id_ in claim.figures[side]}))

    def absence(self, key: Any, side: str, other: str) -> Absence:
        """The nearest miss is the other side's figure of the same thing and measure, else one of its words."""
        shown = [self._figures[id_] for id_ in key.figures[side]]
        printed = distinct(map(_quantity, shown))
        told = [*(figure.object_text for figure in shown), *_synonyms(key), *_units(key, shown), *_values(shown)]
        words = distinct(told) or [*_of_measure(key), *distinct(figure.verbatim for figure in shown)]
        near = self.compared.search.passages(words, other)
        figure = self._closest(key, other)
        return Absence(
            what=", ".join(distinct(["; ".join(printed), (key.measure or "").replace("_", " ")])),
            evidence=distinct(figure.passage for figure in shown),
            searched_for=words,
            near=len(near),
            nearest=figure.passage if figure is not None else next(iter(near), None),
            miss=_printed(figure) if figure is not None else self.compared.text(next(iter(near), None)),
            item=f"claim:{key.id}",
        )

    @cached_property
    def _figures(self) -> dict[str, Any]:
        """The rows of the figure table by id: looking up one row of a table takes a thousand times as long."""
        return {figure.id: figure for figure in self.selected.figures[COLUMNS].itertuples()}

    @cached_property
    def _by_thing(self) -> dict[tuple[str, str, str | None], Any]:
        """The first comparable figure of each side, broadest class of thing and measure, and of any measure."""
        first: dict[tuple[str, str, str | None], Any] = {}
        for row in self._figures.values():
            if not row.comparable or pd.isna(row.object):
                continue
            root = classes(row.object)[-1]
            first.setdefault((row.side, root, row.measure), row)
            first.setdefault((row.side, root, None), row)
        return first

    def _closest(self, claim: Any, other: str) -> Any:
        """A figure of the other side of the same class of thing, of the same measure if there is one."""
        root = classes(claim.object)[-1] if claim.object else ""
        return self._by_thing.get((other, root, claim.measure), self._by_thing.get((other, root, None)))


def _synonyms(claim: Any) -> list[str]:
    """The words of the lexicon for what a claim counts, its kinds included; for people those for what befell them."""
    if is_person(claim.object):
        return _of_measure(claim)
    entry = lexicon("objects").get(claim.object or "", {})
    return [*entry.get("words", []), *entry.get("kinds", [])]


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


def _printed(figure: Any) -> str:
    return ", ".join(distinct([_quantity(figure), (figure.measure or "").replace("_", " ")]))
