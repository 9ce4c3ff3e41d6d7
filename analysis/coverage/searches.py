"""The searches that prove an absence: which passages hold a word, from the term counts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache

import numpy as np

from analysis.coverage.features import language_of, stemmed
from analysis.reading import Selected
from analysis.tokens import fold


class Search:
    """Looks for words and phrases in the chosen passages; what is found once is kept."""

    def __init__(self, selected: Selected) -> None:
        self._language = language_of(selected)
        self._counts = selected.reading.counts
        self._ids = selected.passages["id"].to_numpy(object)
        self._place = np.full(len(self._counts.passages), -1)
        self._place[selected.passages.index] = np.arange(len(selected.passages))
        layout, side = self._counts.layout, self._counts.passages["side"].to_numpy(object)
        chosen = self._place[layout.row] >= 0
        self._chosen = {each.id: chosen & (side[layout.row] == each.id) for each in selected.sides}
        self._found = lru_cache(maxsize=None)(self._find)

    def passages(self, words: Iterable[str], side: str, *, inflected: bool = True) -> list[str]:
        """Ids of the side's chosen passages that hold one of the words, in reading order.

        Words and phrases are found in any case, the last word of each in every form of its stem, or else in the
        singular and the plural.
        """
        found = [self._found(fold(word), side, inflected) for word in words]
        return self._ids[np.unique(np.concatenate(found))].tolist() if found else []

    def _find(self, phrase: str, side: str, inflected: bool) -> np.ndarray:
        """Rows of the side's chosen passages that hold the phrase."""
        *first, last = phrase.split() or [""]
        forms = [last, f"{last}s", f"{last}es"]
        if inflected:
            forms = self._forms.get(stemmed([last], self._language)[0], [])
        held = [self._holding([*first, form], side) for form in forms]
        return self._place[self._counts.layout.row[np.concatenate(held or [np.empty(0, int)])]]

    @cached_property
    def _forms(self) -> dict[str, list[str]]:
        """Stem -> words of the vocabulary."""
        words = self._counts.vocabulary.tolist()
        forms: dict[str, list[str]] = {}
        for word, stem in zip(words, stemmed(words, self._language), strict=True):
            forms.setdefault(stem, []).append(word)
        return forms

    def _holding(self, words: list[str], side: str) -> np.ndarray:
        """Chosen passages of the side, as places in the layout, that hold the words in a row."""
        terms = [self._counts.index.get(word, -1) for word in words]
        held = self._cells(terms[-1])
        held = held[self._chosen[side][held]]
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


def _both(few: np.ndarray, many: np.ndarray) -> np.ndarray:
    """Those of a few passages that are among many; both ascending."""
    if not len(few) or not len(many):
        return few[:0]
    places = np.minimum(np.searchsorted(many, few), len(many) - 1)
    return few[many[places] == few]
