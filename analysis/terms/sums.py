"""Sparse counts laid out so that every view is a few running sums.

The cells of a term are sorted by side, outlet, document and passage. A sum by document is then a sum over
runs of neighbouring cells, a sum by outlet one over runs of those, and no view ever sorts or recounts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse


@dataclass(frozen=True)
class Runs:
    """Neighbouring values that belong to one term and one unit.

    Attributes:
        first: index of each run's first value.
        unit: the unit (document, outlet) of each run.
        bounds: term `i` has the runs `bounds[i]` to `bounds[i + 1]`.
    """

    first: np.ndarray
    unit: np.ndarray
    bounds: np.ndarray

    @classmethod
    def of(cls, bounds: np.ndarray, units: np.ndarray) -> Runs:
        """Runs of equal `units` within each term."""
        starts = np.ones(len(units), bool)
        if len(units):
            starts[1:] = units[1:] != units[:-1]
            starts[bounds[:-1][np.diff(bounds) > 0]] = True
        first = np.flatnonzero(starts)
        return cls(first, units[first], np.searchsorted(first, bounds))

    def sums(self, values: np.ndarray) -> np.ndarray:
        """Sum of the values in each run."""
        return np.add.reduceat(values, self.first) if len(self.first) else values[:0]

    def head(self, terms: int) -> Runs:
        """The runs of the first `terms` terms."""
        last = self.bounds[terms]
        return Runs(self.first[:last], self.unit[:last], self.bounds[: terms + 1])

    def by_term(self, sums: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """For each term the sum over its runs of `sums * weights[unit]`; weights may have several columns."""
        shape = (len(self.bounds) - 1, len(weights))
        return sparse.csr_array((sums, self.unit, self.bounds), shape=shape, copy=False) @ weights


@dataclass(frozen=True)
class Clustered:
    """Sums over the articles (or outlets) of two groups, for every term; arrays of shape (terms, 2).

    Attributes:
        total: sum of x over the units of the group.
        square: sum of x².
        cross: sum of x times the unit's size m.
        present: number of units with x > 0.
        units: number of units, of shape (2,).
        size: sum of m, of shape (2,).
        size_square: sum of m², of shape (2,).
    """

    total: np.ndarray
    square: np.ndarray
    cross: np.ndarray
    present: np.ndarray
    units: np.ndarray
    size: np.ndarray
    size_square: np.ndarray

    @classmethod
    def of(cls, runs: Runs, x: np.ndarray, m: np.ndarray, group: np.ndarray) -> Clustered:
        """Sum `x` (one value a run) by group; `m` and `group` (0, 1, or 2 for neither) belong to units."""
        members = np.stack((group == 0, group == 1), axis=1).astype(float)
        sized = members * m[:, None]
        sums = runs.by_term(x.astype(float, copy=False), np.hstack((members, sized)))
        return cls(
            total=sums[:, :2],
            cross=sums[:, 2:],
            square=runs.by_term(np.square(x, dtype=float), members),
            present=runs.by_term((x > 0).astype(float), members),
            units=(members * (m > 0)[:, None]).sum(axis=0),
            size=sized.sum(axis=0),
            size_square=(sized * m[:, None]).sum(axis=0),
        )

    def residual(self, rate: np.ndarray) -> np.ndarray:
        """Sum over each group's units of (x - rate * m)²; `rate` of shape (terms, 2) or (terms, 1)."""
        spread = self.square - 2 * rate * self.cross + rate**2 * self.size_square
        return np.maximum(spread, 0)
