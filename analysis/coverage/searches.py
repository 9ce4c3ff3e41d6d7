"""The searches that prove an absence: which passages hold a word, from the term counts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache

import numpy as np

from analysis.coverage.features import language_of, stemmed
from analysis.reading import Reading
from analysis.tokens import fold

KEPT_SEARCHES = 2_000
"""Words and phrases whose passages are kept: those of the absences of some selections."""


class Index:
    """Which passages of a corpus hold a word or phrase; what is found once is kept. Passages are rows."""

    def __init__(self, reading: Reading) -> None:
        self._language = language_of(reading)
        self._counts = reading.counts
        self.rows = lru_cache(maxsize=KEPT_SEARCHES)(self.find)

    def find(self, phrase: str, inflected: bool) -> np.ndarray:
        """Passages that hold a phrase, in any case, its last word in every form of its stem, or in both numbers."""
        *first, last = phrase.split() or [""]
        forms = [last, f"{last}s", f"{last}es"]
        if inflected:
            forms = self._forms.get(stemmed([last], self._language)[0], [])
        held = [self._holding([*first, form]) for form in forms]
        return np.unique(self._counts.layout.row[np.concatenate(held or [np.empty(0, int)])]).astype(np.int32)

    @cached_property
    def _forms(self) -> dict[str, list[str]]:
        """Stem -> words of the vocabulary."""
        words = self._counts.vocabulary.tolist()
        forms: dict[str, list[str]] = {}
        for word, stem in zip(words, stemmed(words, self._language), strict=True):
            forms.setdefault(stem, []).append(word)
        return forms

    def _holding(self, words: list[str]) -> np.ndarray:
        """Passages, as places in the layout, that hold the words in a row."""
        terms = [self._counts.index.get(word, -1) for word in words]
        held = self._cells(terms[-1])
        for term in terms[:-1]:
            held = _both(held, self._cells(term))
        return held[self._in_a_row(held, terms)] if len(terms) > 1 else held

    def _in_a_row(self, passages: np.ndarray, terms: list[int]) -> np.ndarray:
        """Whether each passage, a place in the layout, holds the words next to each other."""
        stream = self._counts.stream
        sizes = np.maximum(np.diff(stream.bounds)[passages] - len(terms) + 1, 0)
        passage = np.repeat(np.arange(len(passages)), sizes)
        at = np.arange(len(passage)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + stream.bounds[passages][passage]
        fits = np.ones(len(at), bool)
        for step, term in enumerate(terms):
            fits &= stream.term[at + step] == term
        return np.bincount(passage[fits], minlength=len(passages)) > 0

    def _cells(self, term: int) -> np.ndarray:
        row = self._rows[term] if term >= 0 else -1
        cells = self._counts.ngrams(1).cells
        return cells.unit[cells.bounds[row] : cells.bounds[row + 1]] if row >= 0 else np.empty(0, int)

    @cached_property
    def _rows(self) -> np.ndarray:
        """For each word of the vocabulary its row among the counted words."""
        words = self._counts.ngrams(1).parts[:, 0]
        rows = np.full(len(self._counts.vocabulary), -1)
        rows[words] = np.arange(len(words))
        return rows


class Search:
    """Looks for words and phrases in the chosen passages."""

    def __init__(self, reading: Reading, chosen: dict[str, np.ndarray]) -> None:
        """A search.

        Args:
            reading: the corpus.
            chosen: side -> whether each passage is chosen and the side's.
        """
        self._index = reading.once(Index)
        self._chosen = chosen

    def passages(self, words: Iterable[str], side: str, *, inflected: bool = True) -> np.ndarray:
        """The side's chosen passages that hold one of the words, in reading order.

        Words and phrases are found in any case, the last word of each in every form of its stem, or else in the
        singular and the plural.
        """
        found = [self._index.rows(fold(word), inflected) for word in words]
        rows = np.unique(np.concatenate(found)) if found else np.empty(0, int)
        return rows[self._chosen[side][rows]]


def _both(few: np.ndarray, many: np.ndarray) -> np.ndarray:
    """Those of a few passages that are among many; both ascending."""
    if not len(few) or not len(many):
        return few[:0]
    places = np.minimum(np.searchsorted(many, few), len(many) - 1)
    return few[many[places] == few]
