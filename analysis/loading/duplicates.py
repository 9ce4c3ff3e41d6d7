"""Copies of one text: the same words, or nearly so (a wire story cut or extended by an outlet)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import TypeVar

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.distinct import distinct
from analysis.threads import in_threads
from analysis.tokens import fold, tokenize

SHINGLE = 6
"""Words in a row that two texts must share to count as shared: shorter runs recur in unrelated news."""

KEPT = 4
"""One shingle in so many is looked at, chosen by its hash, so the same ones in every text."""

COPIED = 0.7
"""Share of the shorter text's shingles found in the longer one from which it is a copy of it."""

FEWEST = 8
"""Sampled shingles a text must have: about 40 words; shorter texts are compared as a whole only."""

LONGER = 3.0
"""A text more than so many times as long as another is more than a longer form of it: it may quote it."""

COMMON = 40
"""Distinct texts from which a shingle is boilerplate (a signature, an appeal to subscribe)."""

BLOCK = 4096

STRETCH = 1 << 20
"""Words looked at together: what is noted of them stays near the processor."""

MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)

Result = TypeVar("Result")


@dataclass(frozen=True)
class Copy:
    """A text that repeats another: `of` is the position of the one that is counted; `same` where no word differs."""

    of: int
    same: bool


def find_copies(texts: Sequence[str], groups: Sequence[Hashable]) -> list[Copy | None]:
    """For each text the one of its group that it copies, None where it stands for itself.

    Of each set of copies the longest text is counted, the first of equals. Texts are the same when their words
    are, whatever their case and punctuation; near copies share most runs of six words (shingles after Broder
    1997, sampled by hash; contained rather than resembling, so that a shortened form is found too).
    """
    if not texts:
        return []
    tokens = tokenize(texts)
    group = pd.factorize(np.array([str(name) for name in groups], object))[0]
    words = _Words(_word_hashes(tokens.words), tokens.word, tokens.bounds)
    same = _same_words(words, group)
    parent = _near(words, distinct(same), group)
    return [
        None if parent[first] == position else Copy(int(parent[first]), bool(parent[first] == first))
        for position, first in enumerate(same.tolist())
    ]


@dataclass(frozen=True)
class _Words:
    """The words of all texts: `hashes` of the printed forms, the form of each `word`, text `i` at `bounds[i]`."""

    hashes: np.ndarray
    word: np.ndarray
    bounds: np.ndarray

    def by_stretch(self, function: Callable[[np.ndarray, np.ndarray, int], Result]) -> list[Result]:
        """What a function makes of the words of a few texts, their bounds among them and the first text's number."""
        edges = np.searchsorted(self.bounds, np.arange(0, self.bounds[-1], STRETCH), side="left")
        edges = np.unique(np.append(edges, len(self.bounds) - 1))

        def of_stretch(texts: tuple[int, int]) -> Result:
            bounds = self.bounds[texts[0] : texts[1] + 1]
            return function(self.hashes[self.word[bounds[0] : bounds[-1]]], bounds - bounds[0], texts[0])

        return in_threads(of_stretch, pairwise([0, *edges[edges > 0].tolist()]))


def _word_hashes(words: np.ndarray) -> np.ndarray:
    """A number for each printed form, the same for forms that differ in case only."""
    digests = b"".join(blake2b(fold(word).encode("utf-8", "surrogatepass"), digest_size=8).digest() for word in words)
    return np.frombuffer(digests, np.uint64)


def _same_words(words: _Words, group: np.ndarray) -> np.ndarray:
    """For each text the first one of its group with the same words; a text without words only equals itself."""
    sizes = np.diff(words.bounds)
    powers = np.cumprod(np.full(int(sizes.max(initial=0)) + 1, MULTIPLIER))

    def sums(hashes: np.ndarray, bounds: np.ndarray, _: int) -> np.ndarray:
        place = np.arange(len(hashes)) - np.repeat(bounds[:-1], np.diff(bounds))
        running = np.concatenate((np.zeros(1, np.uint64), np.cumsum(hashes * powers[place])))
        return running[bounds[1:]] - running[bounds[:-1]]

    keys = np.concatenate(words.by_stretch(sums)) ^ (group.astype(np.uint64) * MULTIPLIER)
    keys[sizes == 0] = np.arange((sizes == 0).sum(), dtype=np.uint64)
    _, first, number = np.unique(keys, return_index=True, return_inverse=True)
    return first[number]


def _near(words: _Words, texts: np.ndarray, group: np.ndarray) -> np.ndarray:
    """For each text the longest text it is a near copy of, itself where there is none."""
    matrix, sizes = _sampled_shingles(words, texts)
    holding = matrix.T.tocsr()
    lengths, side = np.diff(words.bounds)[texts], group[texts]
    order = np.lexsort((texts, -lengths))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))

    def of_block(begin: int) -> tuple[np.ndarray, np.ndarray]:
        shared = (matrix[begin : begin + BLOCK] @ holding).tocoo()
        a, b = shared.coords[0] + begin, shared.coords[1]
        smaller = np.minimum(sizes[a], sizes[b])
        copy = (rank[b] < rank[a]) & (smaller >= FEWEST) & (shared.data >= COPIED * smaller)
        copy &= (lengths[b] <= LONGER * lengths[a]) & (side[a] == side[b])
        a, b = a[copy], b[copy]
        best = np.lexsort((rank[b], a))
        found, first = np.unique(a[best], return_index=True)
        return found, b[best][first]

    above = np.arange(len(texts))
    for found, longest in in_threads(of_block, range(0, len(texts), BLOCK)):
        above[found] = longest
    for text in order:
        above[text] = above[above[text]]
    parent = np.arange(len(words.bounds) - 1)
    parent[texts] = texts[above]
    return parent


def _sampled_shingles(words: _Words, texts: np.ndarray) -> tuple[sparse.csr_array, np.ndarray]:
    """Which of some texts holds which sampled shingle, and how many each holds; boilerplate is left out."""
    row = np.full(len(words.bounds), -1)
    row[texts] = np.arange(len(texts))
    text, shingles = (np.concatenate(parts) for parts in zip(*words.by_stretch(_sampled), strict=True))
    chosen = row[text] >= 0
    column, values = pd.factorize(shingles[chosen])
    width = max(len(values), 1)
    rows, columns = np.divmod(distinct(row[text[chosen]] * width + column), width)
    found = np.bincount(columns, minlength=width)
    rare = (found <= COMMON)[columns]
    sizes = np.bincount(rows[rare], minlength=len(texts))
    kept = rare & (found > 1)[columns]
    place = (rows[kept], columns[kept])
    shape = (len(texts), width)
    return sparse.csr_array((np.ones(int(kept.sum()), np.int32), place), shape=shape), sizes


def _sampled(hashes: np.ndarray, bounds: np.ndarray, first_text: int) -> tuple[np.ndarray, np.ndarray]:
    """The sampled shingles of a few texts: the number of the text, and the shingle's hash."""
    count = max(len(hashes) - SHINGLE + 1, 0)
    shingles = np.zeros(count, np.uint64)
    for step in range(SHINGLE if count else 0):
        shingles *= MULTIPLIER
        shingles += hashes[step : step + count]
    shingles ^= shingles >> np.uint64(29)
    sampled = np.flatnonzero(shingles % np.uint64(KEPT) == 0)
    text = np.searchsorted(bounds, sampled, side="right") - 1
    inside = sampled + SHINGLE <= bounds[text + 1]
    return text[inside] + first_text, shingles[sampled[inside]]
