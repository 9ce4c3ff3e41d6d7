"""A phrase takes its words along: what it explains is not listed twice."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.terms.counts import TermCounts
from analysis.terms.tally import Tally

EXPLAINED = 0.8
"""Part of a word's excess that a phrase must account for to take the word along."""


def folded_into(counts: TermCounts, sums: Tally) -> np.ndarray:
    """For each term the place of the longer term that explains its contrast, -1 if there is none.

    The excess of a term is what one group has more of it than the other, in proportion to their words. A phrase
    explains a word inside it if it has at least EXPLAINED of the word's excess; of several the one with most.
    """
    excess = sums.count[:, 0] * sums.rate.size[1] - sums.count[:, 1] * sums.rate.size[0]
    best = np.full(len(sums.term), -1)
    lengths = sorted(set(sums.n.tolist()))
    for longer in lengths:
        phrases = np.flatnonzero(sums.n == longer)
        for shorter in (length for length in lengths if length < longer):
            words = np.flatnonzero(sums.n == shorter)
            for inner in _inner(counts, sums.place[phrases], longer, shorter):
                word = np.where(inner >= 0, words[inner] if len(words) else -1, -1)
                _keep_best(best, excess, word, phrases)
    return best


def _inner(counts: TermCounts, places: np.ndarray, longer: int, shorter: int) -> list[np.ndarray]:
    """For each stretch of `shorter` words inside the phrases its place among the listed terms, -1 if not listed."""
    table = counts.ngrams(shorter)
    size = len(counts.vocabulary)
    known = pd.Index(_key(table.parts[: table.listed], size))
    parts = counts.ngrams(longer).parts[places]
    return [known.get_indexer(_key(parts[:, step : step + shorter], size)) for step in range(longer - shorter + 1)]


def _key(parts: np.ndarray, size: int) -> np.ndarray:
    key = parts[:, 0].astype(np.int64)
    for step in range(1, parts.shape[1]):
        key = key * size + parts[:, step]
    return key


def _keep_best(best: np.ndarray, excess: np.ndarray, word: np.ndarray, phrase: np.ndarray) -> None:
    """Note for each word the explaining phrase with the largest excess."""
    fits = word >= 0
    word, phrase = word[fits], phrase[fits]
    explains = excess[phrase] * np.sign(excess[word]) >= EXPLAINED * np.abs(excess[word])
    explains &= excess[word] != 0
    word, phrase = word[explains], phrase[explains]
    order = np.argsort(np.abs(excess[phrase]), kind="stable")
    word, phrase = word[order], phrase[order]
    better = (best[word] < 0) | (np.abs(excess[phrase]) > np.abs(excess[best[word]]))
    best[word[better]] = phrase[better]
