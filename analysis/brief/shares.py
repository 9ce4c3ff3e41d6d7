"""How far the sides are apart in a share, such as a voice's part of the attributions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd
from pandas.api.types import is_integer_dtype

from analysis.brief.finding import many_articles
from analysis.corpus import Side
from analysis.reading import Selected
from analysis.voices import FEW_CASES, wilson

ERROR = 0.05
"""Chance that any of the things compared in one go is called firm where the sides do not differ."""


@dataclass(frozen=True)
class Share:
    """What part of each side's cases is of one thing.

    Attributes:
        thing: what is counted.
        counts: side id -> its cases of the thing.
        totals: side id -> all its cases.
        first: the side with the largest share.
        strength: 0 to 1, how far the first side is from the last; see `shares`.
        badge: how sure that is.
    """

    thing: str
    counts: dict[str, int]
    totals: dict[str, int]
    first: Side
    strength: float
    badge: str


def shares(selected: Selected, cases: pd.DataFrame) -> Iterator[Share]:
    """The shares in which the sides differ.

    From FEW_ARTICLES articles a side on, only things of at least FEW_CASES cases are looked at, and only those are told
    whose Wilson intervals, at the level that Bonferroni asks of so many things, part: the strength is one less the
    higher end of the smallest share by the lower end of the largest. Cases of one article are alike; so an
    interval is that of the cases divided by the design effect (Kish 1965), the largest of the sides. With fewer
    articles the shares describe these texts, and the strength is their difference.

    Args:
        selected: the selection.
        cases: one row a case: thing (None for one that counts in the totals alone), side, document. Categories are
            taken as they are, which spares comparing texts.
    """
    sides = [side.id for side in selected.sides]
    thing, things = _coded(cases["thing"])
    side, known = _coded(cases["side"])
    side = pd.Index(sides).get_indexer(known)[side]
    totals, held = np.bincount(side, minlength=len(sides)), thing >= 0
    counts = _by_two(thing[held], side[held], (len(things), len(sides)))
    many = many_articles(selected)
    kept = np.flatnonzero(counts.sum(axis=1) >= (FEW_CASES if many else 1))
    effects = _design_effects(thing, side, _coded(cases["document"])[0], counts)[kept] if many else None
    z = NormalDist().inv_cdf(1 - ERROR / 2 / max(len(kept), 1))
    told = counts[kept] / np.maximum(totals, 1)
    for place, share in enumerate(told):
        first, last = int(np.argmax(share)), int(np.argmin(share))
        if effects is None:
            strength = share[first] - share[last]
        else:
            each = totals / effects[place]
            low = wilson(share[first] * each[first], each[first], z)[1]
            high = wilson(share[last] * each[last], each[last], z)[2]
            strength = 1 - high / low if low else 0.0
        if strength > 0:
            badge = "too_few" if totals.min() < FEW_CASES else "firm" if many else "tentative"
            own = dict(zip(sides, counts[kept[place]].tolist(), strict=True))
            of = dict(zip(sides, totals.tolist(), strict=True))
            yield Share(str(things[kept[place]]), own, of, selected.sides[first], float(strength), badge)


def _coded(column: pd.Series) -> tuple[np.ndarray, pd.Index]:
    """A column as places among its distinct values (-1 for None), and these; numbers are places already."""
    if is_integer_dtype(column):
        return column.to_numpy(np.int64), pd.RangeIndex(int(column.max()) + 1 if len(column) else 0)
    values = column.astype("category").cat
    return values.codes.to_numpy(np.int64), values.categories


def _by_two(
    one: np.ndarray, other: np.ndarray, shape: tuple[int, int], weights: np.ndarray | None = None
) -> np.ndarray:
    """How many rows (or how much weight) have each pair of two numbers."""
    return np.bincount(one * shape[1] + other, weights, shape[0] * shape[1]).reshape(shape)


def _design_effects(thing: np.ndarray, side: np.ndarray, document: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """How many times wider than that of independent cases a share's variance is, of each thing; at least 1.

    The variance is that of a ratio of two sums over articles (Cochran 1977, 6.3).

    Args:
        thing: of each case, -1 for one that counts in the totals alone.
        side: of each case.
        document: of each case.
        counts: cases by thing and side.
    """
    held, size = thing >= 0, int(document.max(initial=0)) + 1
    n = _by_two(side, document, (counts.shape[1], size))
    totals, squares, articles = n.sum(axis=1), (n**2).sum(axis=1), (n > 0).sum(axis=1)
    cells, x = np.unique((thing[held] * len(n) + side[held]) * size + document[held], return_counts=True)
    pair, of = cells // size, n[cells // size % len(n), cells % size]
    xx, xn = (np.bincount(pair, x * by, counts.size).reshape(counts.shape) for by in (x, of))
    worst = np.ones(len(counts))
    for own in range(len(n)):
        if not counts[:, own].any() or articles[own] < 2:
            continue
        share = counts[:, own] / totals[own]
        residual = xx[:, own] - 2 * share * xn[:, own] + share**2 * squares[own]
        spread = share * (1 - share) * totals[own] * (articles[own] - 1) / articles[own]
        worst = np.fmax(worst, np.divide(residual, spread, out=np.ones(len(counts)), where=spread > 0))
    return worst
