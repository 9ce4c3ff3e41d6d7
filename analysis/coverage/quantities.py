"""Quantities that one side gives and another does not."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd

from analysis.coverage.absence import Absence, Kind, distinct
from analysis.coverage.features import TELLING_NUMBER
from analysis.figures.lexicon import lexicon
from analysis.figures.objects import classes, is_person


class Quantities(Kind):
    """Claims of the ledger; searched for by what they count and by their values."""

    def only(self, side: str, other: str) -> list[Any]:
        """Claims of the side that the other makes none of: those in most articles first."""
        claims = self.selected.ledger.claims
        own = [claim for claim in claims.itertuples() if side in claim.figures and other not in claim.figures]
        return sorted(own, key=lambda claim: -self._figures.loc[claim.figures[side], "document"].nunique())

    def absence(self, key: Any, side: str, other: str) -> Absence:
        """The nearest miss is the other side's figure of the same thing and measure, else one of its words."""
        shown = self._figures.loc[key.figures[side]]
        printed = distinct(map(_quantity, shown.itertuples()))
        told = [*shown["object_text"], *_synonyms(key), *_units(key, shown), *_values(shown)]
        words = distinct(told) or [*_of_measure(key), *distinct(shown["verbatim"])]
        near = self.compared.search.passages(words, other)
        figure = self._closest(key, other)
        return Absence(
            what=", ".join(distinct(["; ".join(printed), (key.measure or "").replace("_", " ")])),
            evidence=distinct(shown["passage"]),
            searched_for=words,
            near=len(near),
            nearest=figure.passage if figure is not None else next(iter(near), None),
            miss=_printed(figure) if figure is not None else self.compared.text(next(iter(near), None)),
            item=f"claim:{key.id}",
        )

    @cached_property
    def _figures(self) -> pd.DataFrame:
        return self.selected.figures.set_index("id")

    @cached_property
    def _by_thing(self) -> dict[tuple[str, str, str | None], Any]:
        """The first comparable figure of each side, broadest class of thing and measure, and of any measure."""
        first: dict[tuple[str, str, str | None], Any] = {}
        table = self._figures[self._figures["comparable"].astype(bool) & self._figures["object"].notna()]
        for row in table[["side", "object", "measure", "verbatim", "object_text", "passage"]].itertuples():
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


def _units(claim: Any, figures: pd.DataFrame) -> list[str]:
    """Hours, tonnes, dollars; a share of something is looked for by what it is a share of."""
    return [] if claim.kind == "share" else list(figures["unit"])


def _values(figures: pd.DataFrame) -> list[str]:
    """The values in digits; small ones stand everywhere."""
    points = [point for point in figures["point"] if point is not None and point == point]
    return [f"{point:f}".rstrip("0").rstrip(".") if point % 1 else f"{int(point):,}" for point in points
            if point >= TELLING_NUMBER]  # fmt: skip


def _quantity(figure: Any) -> str:
    """As printed: the number and what it counts."""
    return f"{figure.verbatim} {figure.object_text or ''}".strip()


def _printed(figure: Any) -> str:
    return ", ".join(distinct([_quantity(figure), (figure.measure or "").replace("_", " ")]))
