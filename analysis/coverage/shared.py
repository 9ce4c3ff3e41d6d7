"""What two passages have in common, in the words of the texts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from scipy import sparse

from analysis.coverage.features import Features

Told: TypeAlias = list[tuple[str, ...]]
"""For each pair what both hold."""


def shared(compared: Features, own: np.ndarray, there: np.ndarray) -> tuple[Told, Told, Told]:
    """What passages share with another.

    Args:
        compared: the features of a corpus.
        own: rows of passages.
        there: for each the row of the passage it is compared with.

    Returns:
        Content words, the weightiest first, as printed most often; entities; quantities, as the first passage prints
        them.
    """
    both = sparse.csr_array(compared.weights[own].multiply(compared.weights[there]))
    both.eliminate_zeros()
    first_name, first_figure = len(compared.words), compared.first_figure
    words, names, figures = both[:, :first_name], both[:, first_name:first_figure], both[:, first_figure:]
    return _listed(words, compared.printed), _listed(names, compared.names), _quantities(figures, compared, own)


def _listed(common: sparse.csr_array, labels: np.ndarray) -> Told:
    order = np.lexsort((common.indices, -common.data, np.repeat(np.arange(common.shape[0]), np.diff(common.indptr))))
    return list(_cut(labels[common.indices[order]].tolist(), common.indptr))


def _cut(values: list[str], bounds: np.ndarray) -> Iterator[tuple[str, ...]]:
    yield from (tuple(values[start:end]) for start, end in pairwise(bounds.tolist()))


def _quantities(common: sparse.csr_array, compared: Features, own: np.ndarray) -> Told:
    """The figures of the first passage whose value or claim the second one holds too."""
    found: list[list[str]] = [[] for _ in own]
    pairs = np.repeat(np.arange(common.shape[0]), np.diff(common.indptr))
    for pair, column in zip(pairs.tolist(), common.indices.tolist(), strict=True):
        found[pair] += compared.figures.get((int(own[pair]), column), ())
    return [tuple(dict.fromkeys(each)) for each in found]
