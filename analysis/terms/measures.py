"""Measures of keyness: how strongly a term marks the target against the reference.

All are plain arithmetic on counts, mirror exactly when the two groups change places, and are reproducible by
hand from the counts shown beside them.
"""

from __future__ import annotations

import numpy as np
from scipy import special


def idf(present: np.ndarray, passages: float) -> np.ndarray:
    """Smoothed inverse document frequency, ln((1 + n) / (1 + df)) + 1, as scikit-learn computes it."""
    return np.log((1 + passages) / (1 + present)) + 1


def log_odds(
    counts: np.ndarray, sizes: np.ndarray, prior: np.ndarray, prior_size: float
) -> tuple[np.ndarray, np.ndarray]:
    """Log-odds ratio with a Dirichlet prior, and its z (Monroe, Colaresi and Quinn 2008, equations 15, 20, 21).

    Args:
        counts: occurrences of each term in the two groups, of shape (terms, 2).
        sizes: words of the two groups, of shape (2,).
        prior: pseudo-occurrences of each term added to either group.
        prior_size: their sum over the whole vocabulary.

    Returns:
        The log-odds ratio (natural logarithm) and its z score, which takes tokens for independent.
    """
    smooth = counts + prior[:, None]
    odds = np.log(smooth) - np.log(np.maximum(sizes + prior_size - smooth, 1e-300))
    delta = odds[:, 0] - odds[:, 1]
    return delta, delta / np.sqrt((1 / smooth).sum(axis=1))


def log_ratio(counts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Binary log of the ratio of relative frequencies (Hardie 2014); half an occurrence stands for none."""
    rates = np.log2(np.where(counts > 0, counts, 0.5) / np.maximum(sizes, 1))
    return rates[:, 0] - rates[:, 1]


def g2(counts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Log-likelihood of Rayson and Garside (2000) over the two cells of the term, negative if the target has less."""
    expected = counts.sum(axis=1, keepdims=True) * sizes / max(float(sizes.sum()), 1)
    value = 2 * special.xlogy(counts, np.divide(counts, expected, out=np.ones_like(expected), where=expected > 0))
    more = counts[:, 0] * sizes[1] - counts[:, 1] * sizes[0]
    return np.sign(more) * np.maximum(value.sum(axis=1), 0)
