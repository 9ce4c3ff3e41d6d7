"""Which terms mark the target against the reference, in any selection of a counted corpus."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.terms import measures, uncertainty
from analysis.terms.counts import TermCounts
from analysis.terms.sums import Clustered
from analysis.terms.tally import Tally, tally
from analysis.terms.view import Rows, View

MEASURES = ("tfidf", "log_odds", "log_ratio", "share", "g2")

FEW_ARTICLES = 5
"""Articles a side below which only these texts are described: no dealing of 4 + 4 articles is rare enough."""

ENOUGH_OUTLETS = 5
"""Outlets a side from which the interval is clustered by outlet: fewer give no scatter to measure."""

LEAST_ARTICLES = 3
"""Articles with the term, both sides together, below which it is not tested."""

FLAT_PRIOR = 0.5
"""Pseudo-occurrences a term in log-odds when articles are few; above, BACKGROUND words at pooled frequencies."""

BACKGROUND = 1000

PER = 10_000
"""Rates are occurrences in so many words."""


def keyness(
    counts: TermCounts,
    rows: Rows = None,
    *,
    target: str,
    reference: str | None = None,
    measure: str = "tfidf",
    ngrams: Sequence[int] = (1, 2),
    topics: np.ndarray | None = None,
    top: int | None = None,
) -> pd.DataFrame:
    """Contrast the terms of two groups of passages.

    Args:
        counts: the counted corpus.
        rows: the selection.
        target: the side looked at.
        reference: the side it is compared with; None for all others together.
        measure: one of MEASURES, by which the table is scored and sorted.
        ngrams: lengths of the terms in words.
        topics: a topic for each passage, to compare inside topics only.
        top: keep that many terms for the target and that many for the reference.

    Returns:
        One row a term: the target's terms first, then the reference's, each from the strongest down (by the
        end of the interval nearest to zero, then by score, then by the term). Columns: term, words, target,
        reference, measure, score, low, high (95 % interval of the score), near (its end nearest to zero),
        p, p_adjusted, n_*, documents_*, passages_*, outlets_*, rate_* (in 10,000 words), share_* (of passages),
        largest_outlet_* (its share of the occurrences), tfidf_*, for * target and reference; ratio, ratio_low,
        ratio_high (binary log of the rate ratio, shrunk), tfidf, log_odds, log_odds_z, log_ratio, g2, share.
        Below FEW_ARTICLES articles a side the intervals and p are nan.

    Raises:
        ValueError: an unknown side, measure or length.
    """
    if measure not in MEASURES:
        raise ValueError(f"no measure {measure!r}; there are {', '.join(MEASURES)}")
    view = View.of(counts, rows, target, reference, topics)
    sums = tally(view, sorted(set(ngrams)))
    few = bool(view.articles().min() < FEW_ARTICLES)
    effects = _effects(sums, few)
    table = {
        "term": sums.term,
        "words": sums.n,
        "target": target,
        "reference": reference,
        "measure": measure,
        "score": effects[measure],
        **_uncertainty(sums, measure, effects, few),
        **_counts(sums),
        **effects,
    }
    frame = pd.DataFrame(table)
    return _strongest_first(frame[sums.count.sum(axis=1) > 0], top)


def _counts(sums: Tally) -> dict[str, np.ndarray]:
    """The counts of each term by group."""
    shares = _by_group("largest_outlet", sums.largest / np.maximum(sums.rate.total, 1e-300))
    return (
        _by_group("n", sums.count.astype(int))
        | _by_group("documents", sums.rate.present.astype(int))
        | _by_group("passages", sums.passages.astype(int))
        | _by_group("outlets", sums.outlets.present.astype(int))
        | _by_group("rate", PER * sums.rate.total / np.maximum(sums.rate.size, 1e-300))
        | shares
    )


def _by_group(name: str, values: np.ndarray) -> dict[str, np.ndarray]:
    return {f"{name}_target": values[:, 0], f"{name}_reference": values[:, 1]}


def _effects(sums: Tally, few: bool) -> dict[str, np.ndarray]:
    """Every measure of each term."""
    counts, sizes = sums.rate.total, sums.rate.size
    tfidf, share = (part.total / np.maximum(part.size, 1e-300) for part in (sums.tfidf, sums.share))
    pooled = counts.sum(axis=1) / max(sizes.sum(), 1e-300)
    prior = np.full(len(counts), FLAT_PRIOR) if few else BACKGROUND * pooled
    odds, z = measures.log_odds(counts, sizes, prior, FLAT_PRIOR * len(counts) if few else BACKGROUND)
    return (
        _by_group("tfidf", tfidf)
        | _by_group("share", share)
        | {
            "ratio": uncertainty.log_rate_ratio(sums.rate) / np.log(2),
            "tfidf": tfidf[:, 0] - tfidf[:, 1],
            "log_odds": odds,
            "log_odds_z": z,
            "log_ratio": measures.log_ratio(counts, sizes),
            "share": share[:, 0] - share[:, 1],
            "g2": measures.g2(counts, sizes),
        }
    )


def _uncertainty(sums: Tally, measure: str, effects: dict[str, np.ndarray], few: bool) -> dict[str, np.ndarray]:
    """Interval of the score and of the rate ratio, and the test; nan where articles are too few."""
    unknown = np.full(len(sums.term), np.nan)
    names = ("low", "high", "near", "ratio_low", "ratio_high", "p", "p_adjusted")
    if few:
        return dict.fromkeys(names, unknown)
    units = sums.outlets if sums.outlets.units.min() >= ENOUGH_OUTLETS else sums.rate
    error = uncertainty.log_ratio_error(units) / np.log(2)
    ratio_low, ratio_high = uncertainty.interval(effects["ratio"], error, units.units.sum())
    if measure in ("tfidf", "share"):
        spread = sums.tfidf if measure == "tfidf" else sums.share
        ends = uncertainty.interval(effects[measure], uncertainty.mean_difference_error(spread), spread.units.sum())
    elif measure in ("log_odds", "log_ratio"):
        scale = np.log(2) if measure == "log_odds" else 1
        ends = uncertainty.interval(effects[measure], error * scale, units.units.sum())
    else:
        ends = unknown, unknown
    p = uncertainty.permutation_p(sums.rate)
    p[sums.rate.present.sum(axis=1) < LEAST_ARTICLES] = np.nan
    near = uncertainty.near_end(*(ends if measure != "g2" else (ratio_low, ratio_high)))
    columns = (*ends, near, ratio_low, ratio_high, p, uncertainty.benjamini_hochberg(p))
    return dict(zip(names, columns, strict=True))


def _strongest_first(frame: pd.DataFrame, top: int | None) -> pd.DataFrame:
    """The target's terms, then the reference's, each from the strongest down.

    Where articles are too few for an interval, terms are ranked by the share of passages that hold them.
    """
    strength = frame["near"].fillna(frame["share"]).abs()
    blocks = []
    for sign in (1, -1):
        block = frame[np.sign(frame["score"]) == sign]
        keys = pd.DataFrame({"near": -strength[block.index], "score": -block["score"].abs(), "term": block["term"]})
        blocks.append(block.loc[keys.sort_values(["near", "score", "term"]).index[:top]])
    if top is None:
        blocks.append(frame[frame["score"] == 0].sort_values("term"))
    return pd.concat(blocks, ignore_index=True)
