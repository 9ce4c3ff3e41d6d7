"""Sparse counts laid out so that every view is a few running sums.

The cells of a term are sorted by side, outlet, document and passage. A sum by document is then a sum over
runs of neighbouring cells, a sum by outlet one over longer runs, and no view ever sorts or recounts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from scipy import sparse

from analysis.threads import in_threads


@dataclass(frozen=True)
class Cells:
    """Where values stand: term `i` has the cells `bounds[i]` to `bounds[i + 1]`, each in one `unit`."""

    bounds: np.ndarray
    unit: np.ndarray

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def head(self, terms: int) -> Cells:
        """The cells of the first `terms` terms."""
        return Cells(self.bounds[: terms + 1], self.unit[: self.bounds[terms]])

    def by_term(self, values: np.ndarray | None, weights: np.ndarray) -> np.ndarray:
        """For each term the sum of `values * weights[unit]`, None for values of 1; weights may have several columns."""
        weights = np.ascontiguousarray(weights)

        def of_block(block: Block) -> np.ndarray:
            terms, cells = block
            value = np.ones(cells.stop - cells.start) if values is None else np.asarray(values[cells], float)
            bounds = self.bounds[terms.start : terms.stop + 1] - cells.start
            table = sparse.csr_array((value, self.unit[cells], bounds), shape=(len(bounds) - 1, len(weights)))
            return np.asarray(table @ weights)

        parts = in_threads(of_block, blocks(self.bounds[:-1], len(self.unit)))
        return np.concatenate(parts) if parts else np.zeros((0, *weights.shape[1:]))

    def within(self, kept: np.ndarray) -> Cells:
        """Some of the cells only, given by their places in ascending order; all terms stay."""
        return Cells(np.searchsorted(kept, self.bounds).astype(np.int32), self.unit[kept])

    def squares(self, values: np.ndarray, weights: np.ndarray, units: int) -> np.ndarray:
        """For each unit the sum of `values² * weights[term]²`."""

        def of_block(block: Block) -> np.ndarray:
            terms, cells = block
            square = np.multiply(values[cells], values[cells], dtype=float)
            bounds = np.append(self.bounds[terms], cells.stop) - cells.start
            table = sparse.csr_array((square, self.unit[cells], bounds), shape=(len(bounds) - 1, units))
            return table.T @ (weights[terms] * weights[terms])

        return sum(in_threads(of_block, blocks(self.bounds[:-1], len(self.unit))), np.zeros(units))


@dataclass(frozen=True)
class Runs:
    """Neighbouring cells of one term and one larger unit (document, outlet).

    Attributes:
        first: the first cell of each run.
        cells: the runs as cells of the larger unit.
    """

    first: np.ndarray
    cells: Cells

    @classmethod
    def of(cls, bounds: np.ndarray, units: np.ndarray) -> Runs:
        """Runs of equal `units` within each term."""
        starts = np.ones(len(units), bool)
        if len(units):
            starts[1:] = units[1:] != units[:-1]
            starts[bounds[:-1][np.diff(bounds) > 0]] = True
        first = np.flatnonzero(starts).astype(np.int32)
        return cls(first, Cells(np.searchsorted(first, bounds).astype(np.int32), units[first]))

    def head(self, terms: int) -> Runs:
        """The runs of the first `terms` terms."""
        cells = self.cells.head(terms)
        return Runs(self.first[: len(cells.unit)], cells)

    def sums(self, values: np.ndarray) -> np.ndarray:
        """Sum of the cells' values in each run."""

        def of_block(block: Block) -> np.ndarray:
            runs, cells = block
            return np.asarray(np.add.reduceat(values[cells], self.first[runs] - cells.start))

        parts = in_threads(of_block, blocks(self.first, len(values)))
        return np.concatenate(parts) if parts else values[:0]

    def sizes(self, cells: int) -> np.ndarray:
        """Number of cells in each run, of so many cells."""
        return np.diff(self.first, append=np.int32(cells))

    def weighted(self, values: np.ndarray | None, unit: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Sum of the cells' `values * weights[unit]` in each run, None for values of 1."""

        return Cells(np.append(self.first, np.int32(len(unit))), unit).by_term(values, weights)


Block = tuple[slice, slice]

BLOCK = 1 << 20
"""Cells looked at together: what is noted of them stays near the processor, and two blocks are done at a time."""


def blocks(first: np.ndarray, cells: int) -> list[Block]:
    """Runs that begin at these cells and their cells, some BLOCK cells in each block."""
    places = np.searchsorted(first, np.arange(0, max(cells, 1), BLOCK).astype(first.dtype))
    edges = list(dict.fromkeys([*places.tolist(), len(first)]))
    starts = [*first[edges[:-1]].tolist(), cells]
    return [(slice(*runs), slice(*span)) for runs, span in zip(pairwise(edges), pairwise(starts), strict=True)]


@dataclass(frozen=True)
class Clustered:
    """Sums over the units (articles, outlets) of two groups, for every term.

    A unit has a value x of the term and a size m of its own. Arrays are of shape (terms, 2), by group.

    Attributes:
        total: sum of x.
        cross: sum of x m.
        square: sum of x² over both groups, of shape (terms,).
        units: number of units with m > 0, of shape (2,).
        size: sum of m, of shape (2,).
        size_square: sum of m², of shape (2,).
    """

    total: np.ndarray
    cross: np.ndarray
    square: np.ndarray
    units: np.ndarray
    size: np.ndarray
    size_square: np.ndarray

    @classmethod
    def of(cls, cells: Cells, x: np.ndarray, m: np.ndarray, group: np.ndarray) -> Clustered:
        """Sum `x` (a value a cell) by group; `m` and `group` (0, 1, or 2 for neither) belong to units."""
        inside = members(group)
        sized = inside * m[:, None]
        sums = cells.by_term(x, np.hstack((inside, sized)))
        return cls(
            total=sums[:, :2],
            cross=sums[:, 2:],
            square=cells.by_term(x * x, (group < 2).astype(float)),
            units=inside[m > 0].sum(axis=0),
            size=sized.sum(axis=0),
            size_square=(sized * m[:, None]).sum(axis=0),
        )

    @classmethod
    def through(
        cls, outlets: Runs, unit: np.ndarray, x: np.ndarray, m: np.ndarray, group: np.ndarray, of_outlet: np.ndarray
    ) -> Clustered:
        """What `of` gives where no outlet is in two groups: summed by outlet first, which takes a few running sums.

        Args:
            outlets: runs of the terms' cells in one outlet.
            unit: the unit of each cell.
            x: a value a cell.
            m: the size of each unit.
            group: the group of each unit.
            of_outlet: the group of each outlet.
        """

        def of_block(block: Block) -> np.ndarray:
            runs, cells = block
            value, first = np.asarray(x[cells], float), outlets.first[runs] - cells.start
            columns = (value, value * m[unit[cells]], value * value)
            return np.stack([np.add.reduceat(column, first) for column in columns])

        parts = in_threads(of_block, blocks(outlets.first, len(unit)))
        total, cross, square = np.concatenate(parts, axis=1) if parts else np.zeros((3, 0))
        sized, inside = members(group) * m[:, None], members(of_outlet)
        return cls(
            total=outlets.cells.by_term(total, inside),
            cross=outlets.cells.by_term(cross, inside),
            square=outlets.cells.by_term(square, (of_outlet < 2).astype(float)),
            units=members(group)[m > 0].sum(axis=0),
            size=sized.sum(axis=0),
            size_square=(sized * m[:, None]).sum(axis=0),
        )

    def residual(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """Sum over the units of (x - rate m)², with the rates of the first and of the second group."""
        one = first * (first * self.size_square[0] - 2 * self.cross[:, 0])
        other = second * (second * self.size_square[1] - 2 * self.cross[:, 1])
        return np.maximum(self.square + (one + other), 0)

    def times(self, factor: np.ndarray) -> Clustered:
        """The same with each term's x multiplied by its factor."""
        wide = factor[:, None]
        return replace(self, total=self.total * wide, cross=self.cross * wide, square=self.square * factor**2)


def members(group: np.ndarray) -> np.ndarray:
    """Whether each unit is in the first, in the second group, as 1 and 0; of shape (units, 2)."""
    return np.stack((group == 0, group == 1), axis=1).astype(float)
