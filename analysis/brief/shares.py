"""How far the sides are apart in a share, such as a voice's part of the attributions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd

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
        cases: one row a case: thing (None for one that counts in the totals alone), side, document.
    """
    sides = [side.id for side in selected.sides]
    totals = cases["side"].value_counts().reindex(sides, fill_value=0)
    of_thing = cases.groupby(["thing", "side"]).size().unstack(fill_value=0).reindex(columns=sides, fill_value=0)
    many = many_articles(selected)
    if many:
        of_thing = of_thing[of_thing.sum(axis=1) >= FEW_CASES]
    effects = _design_effects(cases, of_thing, totals) if many else None
    for thing, counts in of_thing.iterrows():
        share = counts / totals.clip(lower=1)
        first, last = sides[int(np.argmax(share))], sides[int(np.argmin(share))]
        if effects is None:
            strength = share[first] - share[last]
        else:
            each = totals / effects[thing]
            z = NormalDist().inv_cdf(1 - ERROR / 2 / len(of_thing))
            low = wilson(share[first] * each[first], each[first], z)[1]
            high = wilson(share[last] * each[last], each[last], z)[2]
            strength = 1 - high / low if low else 0.0
        if strength > 0:
            badge = "too_few" if totals.min() < FEW_CASES else "firm" if many else "tentative"
            side = selected.corpus.side(first)
            yield Share(str(thing), counts.to_dict(), totals.to_dict(), side, float(strength), badge)


def _design_effects(cases: pd.DataFrame, of_thing: pd.DataFrame, totals: pd.Series) -> pd.Series:
    """How many times wider than that of independent cases a share's variance is, of each thing; at least 1.

    The variance is that of a ratio of two sums over articles (Cochran 1977, 6.3).
    """
    by_article = cases.groupby(["side", "document"]).size()
    squares, articles = (by_article**2).groupby("side").sum(), by_article.groupby("side").size()
    x = cases[cases["thing"].isin(of_thing.index)]
    x = x.groupby(["thing", "side", "document"]).size().reset_index(name="x")
    n = by_article.reindex(pd.MultiIndex.from_frame(x[["side", "document"]])).to_numpy()
    sums = x.assign(xx=x["x"] ** 2, xn=x["x"] * n).groupby(["thing", "side"])[["xx", "xn"]].sum().unstack(fill_value=0)
    worst = pd.Series(1.0, of_thing.index)
    for side in of_thing.columns:
        if not of_thing[side].any() or articles[side] < 2:
            continue
        share = of_thing[side] / totals[side]
        residual = sums["xx"][side] - 2 * share * sums["xn"][side] + share**2 * squares[side]
        spread = share * (1 - share) * totals[side] * (articles[side] - 1) / articles[side]
        worst = np.fmax(worst, (residual / spread).where(spread > 0, 1.0))
    return worst
