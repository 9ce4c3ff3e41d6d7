"""Sparse counts laid out so that every view is a few running sums.

The cells of a term are sorted by side, outlet, document and passage. A sum by document is then a sum over
runs of neighbouring cells, a sum by outlet one over longer runs, and no view ever sorts or recounts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse


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

    def by_term(self, values: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """For each term the sum of `values * weights[unit]`; weights may have several columns."""
        shape = (len(self), len(weights))
        values = np.asarray(values, float)
        return sparse.csr_array((values, self.unit, self.bounds), shape=shape) @ np.ascontiguousarray(weights)

    def by_unit(self, values: np.ndarray, weights: np.ndarray, units: int) -> np.ndarray:
        """For each unit the sum of `values * weights[term]`."""
        values = np.asarray(values, float)
        return sparse.csr_array((values, self.unit, self.bounds), shape=(len(self), units)).T @ weights


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
        return np.add.reduceat(values, self.first) if len(self.first) else values[:0]


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
