"""What two passages have in common, in the words of the texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.coverage.features import Features


@dataclass(frozen=True)
class Shared:
    """What each of some passages shares with another.

    Attributes:
        evidence: what the shared features say for the pair, summed; of shape (pairs,).
        words: content words, the weightiest first, as printed most often.
        names: entities.
        figures: quantities, as the first passage prints them.
    """

    evidence: np.ndarray
    words: pd.Series
    names: pd.Series
    figures: pd.Series


def shared(compared: Features, own: np.ndarray, there: np.ndarray) -> Shared:
    """What passages share.

    Args:
        compared: the features of a selection.
        own: rows of passages.
        there: for each the row of the passage it is compared with, -1 for none.
    """
    both = _common(compared, own, there)
    first_name, first_figure = len(compared.words), len(compared.words) + len(compared.names)
    words, names, figures = both[:, :first_name], both[:, first_name:first_figure], both[:, first_figure:]
    return Shared(
        (both > 0) @ compared.evidence,
        _listed(words, compared.printed),
        _listed(names, compared.names),
        _quantities(figures, compared, own),
    )


def _common(compared: Features, own: np.ndarray, there: np.ndarray) -> sparse.csr_array:
    """The features of both passages of each pair, with what they add to the likeness."""
    paired = (there >= 0).astype(float)
    other = compared.weights[np.maximum(there, 0)]
    both = sparse.csr_array(compared.weights[own].multiply(other).multiply(paired[:, None]))
    both.eliminate_zeros()
    return both


def _listed(common: sparse.csr_array, labels: np.ndarray) -> pd.Series:
    order = np.lexsort((common.indices, -common.data, np.repeat(np.arange(common.shape[0]), np.diff(common.indptr))))
    return pd.Series(list(_cut(labels[common.indices[order]].tolist(), common.indptr)), dtype=object)


def _cut(values: list[str], bounds: np.ndarray) -> Iterator[tuple[str, ...]]:
    yield from (tuple(values[start:end]) for start, end in pairwise(bounds.tolist()))


def _quantities(common: sparse.csr_array, compared: Features, own: np.ndarray) -> pd.Series:
    """The figures of the first passage whose value or claim the second one holds too."""
    found: list[list[str]] = [[] for _ in own]
    pairs = np.repeat(np.arange(common.shape[0]), np.diff(common.indptr))
    for pair, column in zip(pairs.tolist(), common.indices.tolist(), strict=True):
        found[pair] += compared.figures.get((int(own[pair]), column), ())
    return pd.Series([tuple(dict.fromkeys(each)) for each in found], dtype=object)
