"""What a page would list if nothing told the sides apart: its articles dealt to them at random."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import special

from analysis.terms import measures, uncertainty
from analysis.terms.counts import TermCounts
from analysis.terms.keyness import LEAST_ARTICLES, SIGNIFICANT
from analysis.terms.tally import rates
from analysis.terms.view import NEITHER, Rows, View


def shuffled_sides(
    counts: TermCounts,
    rows: Rows = None,
    *,
    target: str,
    reference: str | None = None,
    ngrams: Sequence[int] = (1, 2),
    draws: int = 20,
    seed: int = 0,
) -> pd.DataFrame:
    """Deal the articles of both groups to them at random, keeping their numbers, and count what stands out.

    Returns:
        One row a draw, the first (draw 0) with the true sides: draw, terms (tested), listed (terms that survive
        the article-level test and Benjamini-Hochberg at 5 %), listed_g2 (terms that the log-likelihood test,
        which takes words for independent, would list in the same way).
    """
    view = View.of(counts, rows, target, reference)
    rng = np.random.default_rng(seed)
    present = np.flatnonzero((view.group < NEITHER) & (view.by_document(view.weight) > 0))
    found = [_listed(view, ngrams)]
    for _ in range(draws):
        group = view.group.copy()
        group[present] = rng.permutation(view.group[present])
        found.append(_listed(View.dealt(counts, rows, group), ngrams))
    table = pd.DataFrame(found, columns=["terms", "listed", "listed_g2"])
    table.insert(0, "draw", range(len(table)))
    return table


def _listed(view: View, ngrams: Sequence[int]) -> tuple[int, int, int]:
    sums, articles = rates(view, sorted(set(ngrams)))
    with_term = articles[:, 0] + articles[:, 1]
    tested = with_term >= LEAST_ARTICLES
    p = np.where(tested, uncertainty.permutation_p(sums, with_term), np.nan)
    # G2 of one term follows a chi-square distribution with one degree of freedom.
    token_p = np.where(tested, special.chdtrc(1, np.abs(measures.g2(sums.total, sums.size))), np.nan)
    significant = [int((uncertainty.benjamini_hochberg(each) <= SIGNIFICANT).sum()) for each in (p, token_p)]
    return int(tested.sum()), significant[0], significant[1]
