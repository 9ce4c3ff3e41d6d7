"""Whether the uncertainty is honest: articles of one source dealt to two sides at random, many times.

    PYTHONPATH=. python tests/benchmarks/bench_honesty.py [draws]

Nothing tells such sides apart, so every listed term is false and every 95 % interval should hold zero. A second
part gives the sides different rates and asks how often the interval holds the true ratio. Goals: at most 0.1
listed terms a draw, coverage of 93 to 98.5 %.
"""

from __future__ import annotations

import sys

import numpy as np
from made_news import made_news
from scipy import special

from analysis.terms import TermCounts, count_terms, measures, uncertainty
from analysis.terms.keyness import LEAST_ARTICLES, SIGNIFICANT
from analysis.terms.sums import Clustered, members
from analysis.terms.tally import Tally, tally
from analysis.terms.view import View

SIZES = (5, 20, 100)
DRAWS = 40
POOL = 600
LEAST = 5
"""Occurrences from which a term counts in the coverage, as in the published comparisons."""


def main(draws: int) -> None:
    print(
        f"{'articles a side':<18}{'terms':>8}{'listed':>9}{'G2 lists':>10}{'ratio':>9}{'TF-IDF':>9}{'share':>9}"
        f"{'truth':>9}"
    )
    for burst in (0.1, 0.3, 0.5):
        counts = count_terms(*made_news(POOL, seed=3, sides=1, burst=burst))
        print(f"burst {burst}")
        for size in SIZES:
            rows = np.array([draw(counts, size, np.random.default_rng([number, size])) for number in range(draws)])
            terms, listed, by_g2, *coverage = rows.mean(axis=0)
            shown = "".join(f"{share:10.1%}" for share in coverage)
            print(f"{size:>4} + {size:<11}{terms:8.0f}{listed:10.2f}{by_g2:10.1f}{shown}", flush=True)


def draw(counts: TermCounts, size: int, rng: np.random.Generator) -> tuple[float, ...]:
    """Terms seen, listed, listed by G2; coverage of nothing by three intervals, of the truth by one."""
    group = np.full(len(counts.documents), 2)
    chosen = rng.permutation(len(group))[: 2 * size]
    group[chosen[:size]], group[chosen[size:]] = 0, 1
    view = View.dealt(counts, None, group)
    sums = tally(view, (1, 2), "tfidf")
    articles = sums.articles[:, 0] + sums.articles[:, 1]
    enough = sums.count.sum(axis=1) >= LEAST
    tested = articles >= LEAST_ARTICLES
    p = np.where(tested, uncertainty.permutation_p(sums.rate, articles), np.nan)
    token_p = np.where(tested, special.chdtrc(1, np.abs(measures.g2(sums.rate.total, sums.rate.size))), np.nan)
    listed = [(uncertainty.benjamini_hochberg(each) <= SIGNIFICANT).sum() for each in (p, token_p)]
    covered = [
        holds(
            uncertainty.log_rate_ratio(sums.rate.total, sums.rate.size),
            uncertainty.log_ratio_error(sums.rate, articles),
            size,
            0.0,
        )
    ]
    for measure in ("tfidf", "share"):
        spread = tally(view, (1, 2), measure).spread
        assert spread is not None
        means = spread.total / spread.size
        covered.append(holds(means[:, 0] - means[:, 1], uncertainty.mean_difference_error(spread), size, 0.0))
    return (enough.sum(), *listed, *(each[enough].mean() for each in covered), truth_held(counts, sums, view, size))


def holds(estimate: np.ndarray, error: np.ndarray, size: int, truth: float) -> np.ndarray:
    low, high = uncertainty.interval(estimate, error, 2 * size)
    return (low <= truth) & (truth <= high)


def truth_held(counts: TermCounts, sums: Tally, view: View, size: int) -> float:
    """Share of intervals that hold the ratio when the target drops every other occurrence of each term."""
    rng = np.random.default_rng(size)
    table = counts.ngrams(1)
    runs = table.documents
    thinned = table.document_count.copy()
    own = view.group[runs.cells.unit] == 0
    thinned[own] = rng.binomial(table.document_count[own].astype(int), 0.5)
    words = view.by_document(counts.passage_words * view.weight)
    rate = Clustered.of(runs.cells, thinned, words, view.group)
    articles = runs.cells.by_term((thinned > 0).astype(float), members(view.group)).sum(axis=1)
    enough = rate.total.sum(axis=1) >= LEAST
    error = uncertainty.log_ratio_error(rate, articles)
    return float(holds(uncertainty.log_rate_ratio(rate.total, rate.size), error, size, np.log(0.5))[enough].mean())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DRAWS)
