"""Copies of one text: the same words, or nearly so (a wire story cut or extended by an outlet)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import pandas as pd
from scipy import sparse

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

MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


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
    words = _word_hashes(tokens.words)[tokens.word] if len(tokens.word) else np.zeros(0, np.uint64)
    same = _same_words(words, tokens.bounds, group)
    parent = _near(words, tokens.bounds, np.unique(same), group)
    return [
        None if parent[first] == position else Copy(int(parent[first]), bool(parent[first] == first))
        for position, first in enumerate(same.tolist())
    ]


def _word_hashes(words: np.ndarray) -> np.ndarray:
    """A number for each printed form, the same for forms that differ in case only."""
    digests = b"".join(blake2b(fold(word).encode("utf-8", "surrogatepass"), digest_size=8).digest() for word in words)
    return np.frombuffer(digests, np.uint64)


def _same_words(words: np.ndarray, bounds: np.ndarray, group: np.ndarray) -> np.ndarray:
    """For each text the first one of its group with the same words; a text without words only equals itself."""
    sizes = np.diff(bounds)
    powers = np.cumprod(np.full(int(sizes.max(initial=0)) + 1, MULTIPLIER))
    place = np.arange(len(words), dtype=np.int32) - np.repeat(bounds[:-1], sizes).astype(np.int32)
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(words * powers[place])))
    keys = (sums[bounds[1:]] - sums[bounds[:-1]]) ^ (group.astype(np.uint64) * MULTIPLIER)
    keys[sizes == 0] = np.arange((sizes == 0).sum(), dtype=np.uint64)
    _, first, number = np.unique(keys, return_index=True, return_inverse=True)
    return first[number]


def _near(words: np.ndarray, bounds: np.ndarray, distinct: np.ndarray, group: np.ndarray) -> np.ndarray:
    """For each text the longest text it is a near copy of, itself where there is none."""
    matrix, sizes = _sampled_shingles(words, bounds, distinct)
    lengths, side = np.diff(bounds)[distinct], group[distinct]
    order = np.lexsort((distinct, -lengths))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    above = np.arange(len(distinct))
    for begin in range(0, len(distinct), BLOCK):
        shared = (matrix[begin : begin + BLOCK] @ matrix.T).tocoo()
        a, b = shared.coords[0] + begin, shared.coords[1]
        smaller = np.minimum(sizes[a], sizes[b])
        copy = (rank[b] < rank[a]) & (smaller >= FEWEST) & (shared.data >= COPIED * smaller)
        copy &= (lengths[b] <= LONGER * lengths[a]) & (side[a] == side[b])
        a, b = a[copy], b[copy]
        best = np.lexsort((rank[b], a))
        found, first = np.unique(a[best], return_index=True)
        above[found] = b[best][first]
    for text in order:
        above[text] = above[above[text]]
    parent = np.arange(len(bounds) - 1)
    parent[distinct] = distinct[above]
    return parent


def _sampled_shingles(
    words: np.ndarray, bounds: np.ndarray, distinct: np.ndarray
) -> tuple[sparse.csr_array, np.ndarray]:
    """Which distinct text holds which sampled shingle, and how many each holds; boilerplate is left out."""
    count = max(len(words) - SHINGLE + 1, 0)
    shingles = np.zeros(count, np.uint64)
    for step in range(SHINGLE if count else 0):
        shingles *= MULTIPLIER
        shingles += words[step : step + count]
    shingles ^= shingles >> np.uint64(29)
    sampled = np.flatnonzero(shingles % np.uint64(KEPT) == 0)
    row = np.full(len(bounds), -1)
    row[distinct] = np.arange(len(distinct))
    text = np.searchsorted(bounds, sampled, side="right") - 1
    inside = (sampled + SHINGLE <= bounds[text + 1]) & (row[text] >= 0)
    column, values = pd.factorize(shingles[sampled[inside]])
    width = max(len(values), 1)
    pairs = np.sort(row[text[inside]] * width + column)
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    rows, columns = pairs // width, pairs % width
    found = np.bincount(columns, minlength=width)
    rare = (found <= COMMON)[columns]
    sizes = np.bincount(rows[rare], minlength=len(distinct))
    kept = rare & (found > 1)[columns]
    place = (rows[kept], columns[kept])
    shape = (len(distinct), width)
    return sparse.csr_array((np.ones(int(kept.sum()), np.int32), place), shape=shape), sizes
