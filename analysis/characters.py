"""Texts as arrays of characters: what stands where in a whole corpus with a few array operations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Protocol, TypeVar, runtime_checkable

import numpy as np
import pandas as pd

from analysis.threads import in_threads

CHUNK = 1 << 20
"""Characters handled at once: large enough to amortise calls, small enough for the processor's cache."""

PLANE = 0x10000
"""Characters whose properties are looked up in a table; those beyond are rare and asked one by one."""

MULTIPLIER = 0x9E3779B97F4A7C15
"""Odd, so that it has an inverse modulo 2**64."""

Result = TypeVar("Result")


class Property:
    """A number or truth of every character, looked up for whole arrays."""

    def __init__(self, of: Callable[[str], int], kind: type[np.generic]) -> None:
        self._of, self._kind = of, kind
        self._table: np.ndarray | None = None

    def __call__(self, codes: np.ndarray) -> np.ndarray:
        """The property of each character."""
        if self._table is None:
            self._table = np.fromiter(map(self._of, map(chr, range(PLANE))), self._kind, PLANE)
        if codes.dtype == np.uint8:
            return self._table[codes]
        found = self._table[np.minimum(codes, PLANE - 1)]
        beyond = np.flatnonzero(codes >= PLANE)
        if len(beyond):
            distinct, which = np.unique(codes[beyond], return_inverse=True)
            found[beyond] = np.array([self._of(chr(code)) for code in distinct.tolist()], self._kind)[which]
        return found


@runtime_checkable
class Measured(Protocol):
    """Texts that are made when they are asked for, and whose lengths are known before."""

    @property
    def lengths(self) -> np.ndarray:
        """The code points of each."""

    def at(self, places: np.ndarray) -> Sequence[str]:
        """The texts at some places; a place may come again."""


def chunked(lengths: np.ndarray) -> Iterator[tuple[int, int]]:
    """First and last (exclusive) of texts of these lengths that make a chunk; at least one chunk."""
    reach = np.cumsum(lengths + 1)
    first = done = 0
    while len(reach) and done + CHUNK <= reach[-1]:
        last = int(np.searchsorted(reach, done + CHUNK)) + 1
        yield first, last
        first, done = last, int(reach[last - 1])
    yield first, len(reach)


def by_chunk(function: Callable[[Sequence[str], int], Result], texts: Sequence[str]) -> list[Result]:
    """What a function of some texts and the number of the first one gives for each chunk, in order."""
    return in_threads(lambda chunk: function(list(texts[chunk[0] : chunk[1]]), chunk[0]), chunked(_lengths(texts)))


def texts_at(texts: Sequence[str], places: np.ndarray) -> Iterable[str]:
    """The texts at some places, in their order."""
    return texts.at(places) if isinstance(texts, Measured) else (texts[place] for place in places.tolist())


def _lengths(texts: Sequence[str]) -> np.ndarray:
    if isinstance(texts, Measured):
        return texts.lengths
    if isinstance(texts, pd.api.extensions.ExtensionArray):
        return pd.Series(texts).str.len().to_numpy(np.int64)
    return np.fromiter(map(len, texts), np.int64, len(texts))


def code_points(text: str) -> np.ndarray:
    """The characters of a text as numbers."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def origins(texts: Sequence[str], margin: int) -> np.ndarray:
    """Where each text begins if they are joined by one character after a margin."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    return margin + np.concatenate(([0], np.cumsum(lengths + 1)[:-1])) if len(texts) else lengths


def runs(inside: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First and last (exclusive) place of each run of true values; the array begins and ends with false."""
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    return edges[::2], edges[1::2]


def first_places(ids: np.ndarray, distinct: int) -> np.ndarray:
    """Where each id appears first."""
    first = np.empty(distinct, np.int64)
    # Written from the end: of equal ids the first is written last and stays.
    first[ids[::-1]] = np.arange(len(ids) - 1, -1, -1)
    return first


def span_hashes(codes: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """A polynomial hash of each span, from one running sum over the characters."""
    powers, inverses = _powers(1 << int(len(codes) - 1).bit_length())
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(codes * powers[: len(codes)], out=sums[1:])
    return ((sums[ends] - sums[starts]) * inverses[starts]).view(np.int64)


@lru_cache(maxsize=2)
def _powers(size: int) -> tuple[np.ndarray, np.ndarray]:
    """Powers of the multiplier and of its inverse, modulo 2**64."""
    return _power_series(MULTIPLIER, size), _power_series(pow(MULTIPLIER, -1, 1 << 64), size)


def _power_series(base: int, size: int) -> np.ndarray:
    factors = np.full(size, base, np.uint64)
    factors[0] = 1
    return np.cumprod(factors)
