"""What a page would list if nothing told the sides apart: its articles dealt to them at random."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from scipy import sparse, special

from analysis.terms import measures, uncertainty
from analysis.terms.counts import TermCounts
from analysis.terms.keyness import LEAST_ARTICLES, SIGNIFICANT
from analysis.terms.sums import Clustered, members
from analysis.terms.tally import by_article
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
    dealt = [view.group]
    for _ in range(draws):
        dealt.append(view.group.copy())
        dealt[-1][present] = rng.permutation(view.group[present])
    found = [_listed(*of_deal) for of_deal in _sums(view, sorted(set(ngrams)), dealt)]
    table = pd.DataFrame(found, columns=["terms", "listed", "listed_g2"])
    table.insert(0, "draw", range(len(table)))
    return table


def _sums(view: View, lengths: Sequence[int], dealt: Sequence[np.ndarray]) -> Iterator[tuple[Clustered, np.ndarray]]:
    """For each deal the occurrences by article of the terms that are tested, and how many articles hold each.

    Dealing changes neither the terms nor their articles, so that all deals are one product.
    """
    held, words = by_article(view, lengths, LEAST_ARTICLES), view.document_words
    articles = np.diff(held.indptr)
    square = sparse.csr_array((held.data**2, held.indices, held.indptr), held.shape).sum(axis=1)
    inside = [members(group) for group in dealt]
    columns = [np.hstack((own, own * words[:, None])) for own in inside]
    sums = np.hsplit(held @ np.hstack(columns), len(dealt))
    for own, sized, of_deal in zip(inside, columns, sums, strict=True):
        size = sized[:, 2:]
        units, square_size = own[words > 0].sum(axis=0), (size * words[:, None]).sum(axis=0)
        yield Clustered(of_deal[:, :2], of_deal[:, 2:], square, units, size.sum(axis=0), square_size), articles


def _listed(sums: Clustered, articles: np.ndarray) -> tuple[int, int, int]:
    """Terms that are tested, and of these the ones that survive the test by article and the one by word."""
    p = uncertainty.permutation_p(sums, articles)
    # G2 of one term follows a chi-square distribution with one degree of freedom.
    token_p = special.chdtrc(1, np.abs(measures.g2(sums.total, sums.size)))
    significant = [int((uncertainty.benjamini_hochberg(each) <= SIGNIFICANT).sum()) for each in (p, token_p)]
    return len(articles), significant[0], significant[1]
