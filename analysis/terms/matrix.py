"""The words of passages as a sparse matrix, for likeness of passages and shared vocabulary."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.terms.counts import TermCounts


def passage_matrix(counts: TermCounts, rows: pd.Index) -> tuple[sparse.csr_array, np.ndarray]:
    """Counts of content words by passage.

    Args:
        counts: the counted corpus.
        rows: rows of the passage table.

    Returns:
        A matrix of shape (rows, words) and the words, those that occur in the rows only.
    """
    stream = counts.stream
    place = np.full(len(counts.passages), -1)
    place[rows] = np.arange(len(rows))
    passage = place[counts.layout.row[stream.passage]]
    kept = (passage >= 0) & ~counts.unlisted[stream.term]
    codes, words = pd.factorize(stream.term[kept], sort=True)
    cells = (np.ones(len(codes)), (passage[kept], codes))
    matrix = sparse.coo_array(cells, shape=(len(rows), len(words))).tocsr()
    return matrix, counts.vocabulary[words.astype(int)]


def tfidf(matrix: sparse.csr_array) -> sparse.csr_array:
    """TF-IDF weights with rows of length one, as scikit-learn's `TfidfTransformer` gives them.

    Computed here because importing scikit-learn takes longer than reading a small corpus.
    """
    return of_length_one(sparse.csr_array(matrix * rarity(matrix)))


def rarity(matrix: sparse.csr_array) -> np.ndarray:
    """The weight of each column: the fewer rows hold it, the more (smoothed inverse document frequency)."""
    holding = np.bincount(matrix.indices, minlength=matrix.shape[1])
    return np.log((1 + matrix.shape[0]) / (1 + holding)) + 1


def of_length_one(matrix: sparse.csr_array) -> sparse.csr_array:
    """The rows scaled to length one, rows of nothing left as they are."""
    lengths = np.sqrt((matrix * matrix).sum(axis=1))
    return sparse.csr_array(matrix / np.where(lengths > 0, lengths, 1)[:, np.newaxis])
