"""How sure a contrast is, with the article (or the outlet) as the unit that could have been another.

Words of one article are not independent draws: intervals that treat them so hold the truth 75 to 86 times in
a hundred where they promise 95, and their tests find hundreds of "contrasts" between two random halves of one
side (Lijffijt et al. 2016). Everything here is closed-form over sums by article.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from analysis.terms.sums import Clustered

CONFIDENCE = 0.95

TINY = 1e-300
"""Stands for nothing where something is divided by it."""

PRIOR = 0.5
"""Occurrences at the pooled rate added to either side, so that a word one side never uses has a finite ratio."""


def log_rate_ratio(total: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Log ratio of the two rates of each term, shrunk towards none.

    log((c1 + a) / (e1 + a)) - log((c2 + a) / (e2 + a)) with the counts c, the counts e expected at the pooled
    rate and a = PRIOR: the posterior means of a gamma-Poisson model centred on the pooled rate.
    """
    logs = np.log((total + PRIOR) / (_expected(total, size) + PRIOR))
    return logs[:, 0] - logs[:, 1]


def log_ratio_error(sums: Clustered, present: np.ndarray) -> np.ndarray:
    """Standard error of `log_rate_ratio`, clustered by unit (delta method).

    The squared residuals x - r m summed over the units, divided by the count, say how many times more the
    counts scatter than independent draws would: the dispersion d, pooled over the groups, never below 1, and
    raised by 1 + 1 / 2k because only the k units that hold the term speak about its scatter. A group's part of
    the variance is d u / (u + a)², with the count u = (c + a) e / (e + a) that the shrunken rate predicts.

    Args:
        sums: occurrences and words by unit.
        present: number of units with the term.
    """
    dispersion = np.maximum(_ratio(_scatter(sums), sums.total[:, 0] + sums.total[:, 1]), 1)
    dispersion *= 1 + _ratio(np.full(len(present), 0.5), present)
    expected = _expected(sums.total, sums.size)
    predicted = (sums.total + PRIOR) * expected / (expected + PRIOR)
    parts = predicted / (predicted + PRIOR) ** 2
    return np.sqrt(dispersion * (parts[:, 0] + parts[:, 1]))


def mean_difference_error(sums: Clustered) -> np.ndarray:
    """Standard error of the difference of two ratio means, clustered by unit, scatter pooled over the groups."""
    return np.sqrt(_scatter(sums) / max(sums.size.sum(), 1) * _ratio(np.ones(2), sums.size).sum())


def interval(estimate: np.ndarray, error: np.ndarray, units: float) -> tuple[np.ndarray, np.ndarray]:
    """Ends of the interval, with Student's quantile for the number of units less the two means."""
    quantile = special.stdtrit(max(units - 2, 1), (1 + CONFIDENCE) / 2)
    return estimate - quantile * error, estimate + quantile * error


def near_end(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The end of an interval nearest to zero, keeping its sign; 0 where the interval holds zero."""
    return np.where(low > 0, low, np.where(high < 0, high, 0.0))


def permutation_p(sums: Clustered, present: np.ndarray) -> np.ndarray:
    """Two-sided p of dealing the articles to the sides at random, normal approximation.

    The statistic is the sum over the first group of x - r m with the pooled rate r; its permutation variance
    is n1 n2 / (n (n - 1)) times the sum of squared residuals. No p is smaller than the chance that all
    articles with the term fall on one side, which keeps the approximation honest for rare terms.

    Args:
        sums: occurrences and words by article.
        present: number of articles with the term.
    """
    first, second = sums.units
    rate = _pooled_rate(sums.total, sums.size)
    excess = (sums.total[:, 0] * sums.size[1] - sums.total[:, 1] * sums.size[0]) / max(sums.size.sum(), TINY)
    units = first + second
    variance = first * second / max(units * (units - 1), 1) * sums.residual(rate, rate)
    z = np.abs(_ratio(excess, np.sqrt(variance)))
    return np.clip(np.maximum(2 * special.ndtr(-z), _one_sided_chance(sums.units, present)), 0, 1)


def benjamini_hochberg(p: np.ndarray) -> np.ndarray:
    """Adjusted p of each test of a family (Benjamini and Hochberg 1995); nan stays out of the family."""
    adjusted = np.full(len(p), np.nan)
    family = np.flatnonzero(~np.isnan(p))
    order = family[np.argsort(-p[family], kind="stable")]
    ranks = np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum.accumulate(np.minimum(p[order] * len(order) / ranks, 1))
    return adjusted


def _one_sided_chance(units: np.ndarray, present: np.ndarray) -> np.ndarray:
    """Chance that dealing the articles at random puts all that hold the term on one and the same side."""
    every = units.sum()
    possible = np.arange(every + 1)

    def chance(side: float) -> np.ndarray:
        logs = _log_choose(every - possible, side - possible) - _log_choose(every, side)
        return np.where(possible <= side, np.exp(np.minimum(logs, 0)), 0.0)

    return (chance(units[0]) + chance(units[1]))[present.astype(int)]


def _log_choose(n: np.ndarray | float, k: np.ndarray | float) -> np.ndarray:
    k = np.maximum(k, 0)
    return special.gammaln(n + 1.0) - special.gammaln(k + 1.0) - special.gammaln(np.maximum(n - k, 0) + 1.0)


def _scatter(sums: Clustered) -> np.ndarray:
    """Squared residuals from each group's mean, corrected for the two means taken from the same data."""
    means = _ratio(sums.total, sums.size)
    units = sums.units.sum()
    return sums.residual(means[:, 0], means[:, 1]) * (units / max(units - 2, 1))


def _pooled_rate(total: np.ndarray, size: np.ndarray) -> np.ndarray:
    return (total[:, 0] + total[:, 1]) / max(float(size.sum()), TINY)


def _expected(total: np.ndarray, size: np.ndarray) -> np.ndarray:
    return _pooled_rate(total, size)[:, None] * size


def _ratio(numerator: np.ndarray, denominator: np.ndarray) -> np.ndarray:
    """Their quotient, 0 where the denominator is 0."""
    shape = np.broadcast_shapes(numerator.shape, denominator.shape)
    return np.divide(numerator, denominator, out=np.zeros(shape), where=denominator > 0)
