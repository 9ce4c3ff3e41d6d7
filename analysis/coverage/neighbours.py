"""The passages of another side that are most like a passage, found once for the whole corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from scipy import sparse

from analysis.coverage.features import QUANTITY, Features, features
from analysis.reading import Reading
from analysis.store.versions import reader_version

LEAST_MISS = 0.1
"""Cosine below which a passage is not even a near miss."""

KEPT = 30
"""Neighbours kept of a passage and other side: what a filter leaves of a tenth of the texts still has one of them."""

PRODUCTS_A_PASSAGE = 2500
"""Multiplications for a passage, on average: a thousand articles in half a second. The commonest features are left out
of the search until that is enough; how alike two passages are is told by all."""

LIKELY = 0.5
"""Share of `LEAST_MISS` that the features searched must give for a passage to be looked at."""

BLOCK = 1000
"""Passages compared at once, so that memory stays bounded."""


@dataclass(frozen=True)
class Alike:
    """Pairs of passages.

    Attributes:
        there: rows of the other passages.
        likeness: cosines, rounded so that equally alike passages are equal whatever the order of summation.
        evidence: what the shared features say for each pair, summed (see `Features.evidence`).
        quantity: whether they share one.
    """

    there: np.ndarray
    likeness: np.ndarray
    evidence: np.ndarray
    quantity: np.ndarray

    def __getitem__(self, places: np.ndarray | tuple[np.ndarray, ...]) -> Alike:
        return Alike(*(values[places] for values in vars(self).values()))


@dataclass(frozen=True)
class Neighbours:
    """The passages of a side with the KEPT most alike of another side, the most alike first.

    Attributes:
        own: rows of the passages.
        found: of shape (passages, KEPT); `there` is -1 where there are no more.
    """

    own: np.ndarray
    found: Alike


def neighbours(reading: Reading) -> dict[tuple[str, str], Neighbours]:
    """Side and other side -> the neighbours of the side's passages."""
    sides = [side.id for side in reading.corpus.sides]
    held = reading.arrays("neighbours", reader_version(__name__), lambda: _laid_out(reading, sides))
    return {
        (sides[own], sides[other]): Neighbours(
            held[f"{own}-{other}-own"], Alike(*(held[f"{own}-{other}-{name}"] for name in Alike.__annotations__))
        )
        for own, other in permutations(range(len(sides)), 2)
    }


def _laid_out(reading: Reading, sides: Sequence[str]) -> dict[str, np.ndarray]:
    """The neighbours as arrays by the places of both sides and the name of what they hold."""
    held, side = reading.once(features), reading.passages["side"].to_numpy(object)
    rows = [np.flatnonzero(side == each) for each in sides]
    searched = affordable(held.weights, PRODUCTS_A_PASSAGE * len(side) // 2)
    arrays = {}
    for own, other in permutations(range(len(sides)), 2):
        blocks = [*_by_block(held, searched, rows[own], rows[other])] or [_blank(0)]
        arrays[f"{own}-{other}-own"] = rows[own]
        for name in Alike.__annotations__:
            arrays[f"{own}-{other}-{name}"] = np.concatenate([getattr(block, name) for block in blocks])
    return arrays


def affordable(weights: sparse.csr_array, most: int) -> sparse.csr_array:
    """The features without the commonest, if comparing half of the rows with the others takes too many products."""
    held = np.bincount(weights.indices, minlength=weights.shape[1]).astype(float)
    order = np.argsort(held, kind="stable")
    dear = order[np.cumsum(held[order] ** 2 / 4) > most]
    if not len(dear):
        return weights
    kept = np.ones(weights.shape[1])
    kept[dear] = 0.0
    left = sparse.csr_array(weights @ sparse.diags_array(kept, format="csr"))
    left.eliminate_zeros()
    return left


def _by_block(held: Features, searched: sparse.csr_array, own: np.ndarray, there: np.ndarray) -> Iterator[Alike]:
    """The neighbours of BLOCK passages after BLOCK passages."""
    turned = searched[there].T.tocsr()
    for start in range(0, len(own), BLOCK):
        rows = own[start : start + BLOCK]
        product = (searched[rows] @ turned).tocoo()
        likely = product.data >= LIKELY * LEAST_MISS
        place, other, value = product.coords[0][likely], there[product.coords[1][likely]], product.data[likely]
        first = most_alike(place, other, value)
        yield _ranked(len(rows), place[first], compared(held, rows[place[first]], other[first]))


def most_alike(place: np.ndarray, other: np.ndarray, value: np.ndarray) -> np.ndarray:
    """Of pairs of a place and a row the KEPT of each place with the highest values, the first rows of equals."""
    order = np.lexsort((other, -value, place))
    return order[_rank(place[order]) < KEPT]


def _rank(place: np.ndarray) -> np.ndarray:
    """How many of the same place stand before each; `place` ascends."""
    begins = np.flatnonzero(np.diff(place, prepend=-1))
    return np.arange(len(place)) - np.repeat(begins, np.diff(begins, append=len(place)))


def compared(held: Features, own: np.ndarray, there: np.ndarray) -> Alike:
    """How alike pairs of passages are, by all features."""
    both = sparse.csr_array(held.weights[own].multiply(held.weights[there]))
    likeness = np.asarray(both.sum(axis=1)).ravel().round(4)
    shared = sparse.csr_array(both > 0)
    quantity = np.zeros(len(held.evidence))
    quantity[held.first_figure :] = held.evidence[held.first_figure :] == QUANTITY
    return Alike(there, likeness, shared @ held.evidence, shared @ quantity > 0)


def _ranked(size: int, place: np.ndarray, alike: Alike) -> Alike:
    """The pairs as a table of `size` rows, the most alike first, without those that are no near miss."""
    kept = np.flatnonzero(alike.likeness > LEAST_MISS)
    order = kept[np.lexsort((alike.there[kept], -alike.likeness[kept], place[kept]))]
    cells = place[order], _rank(place[order])
    blank = _blank(size)
    for name, values in vars(blank).items():
        values[cells] = getattr(alike, name)[order]
    return blank


def _blank(size: int) -> Alike:
    """A table of nobody's neighbours."""
    shape = (size, KEPT)
    return Alike(
        np.full(shape, -1, np.int32), np.zeros(shape, np.float32), np.zeros(shape, np.float16), np.zeros(shape, bool)
    )
