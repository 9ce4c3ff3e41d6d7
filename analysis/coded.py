"""Columns of texts as numbers, so that counting never compares texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Coded:
    """A column of texts as numbers: `names` ascend, `code` is the place of each row's text, -1 for none."""

    code: np.ndarray
    names: np.ndarray

    @classmethod
    def of(cls, values: pd.Series) -> Coded:
        """Number some texts."""
        code, names = pd.factorize(values.to_numpy(object))
        order = np.argsort(names)
        place = np.empty(len(names) + 1, np.int32)
        place[order], place[-1] = np.arange(len(names), dtype=np.int32), -1
        return cls(place[code], names[order])

    def at(self, rows: np.ndarray) -> Coded:
        """The column at some rows only."""
        return Coded(self.code[rows], self.names)

    def where(self, kept: np.ndarray) -> Coded:
        """The column with the texts of some rows only, and no others among its names."""
        code = np.where(kept, self.code, -1)
        used = np.unique(code[code >= 0])
        place = np.full(len(self.names) + 1, -1, np.int32)
        place[used] = np.arange(len(used), dtype=np.int32)
        return Coded(place[code], self.names[used])

    def texts(self) -> np.ndarray:
        """The text of each row, None for none."""
        return np.array([*self.names, None], object)[self.code]

    def among(self, texts: Iterable[str]) -> np.ndarray:
        """Whether each row has one of some texts."""
        wanted = set(texts)
        return np.array([*(name in wanted for name in self.names), False])[self.code]


class Groups:
    """Rows that have the same texts in some columns, in the order of the texts.

    Attributes:
        of: the group of each row.
        first: the first row of each group.
    """

    def __init__(self, *columns: Coded) -> None:
        key = np.zeros(len(columns[0].code), np.int64)
        for column in columns:
            key = key * (len(column.names) + 1) + column.code + 1
        _, self.first, self.of = np.unique(key, return_index=True, return_inverse=True)

    def __len__(self) -> int:
        return len(self.first)

    def sums(self, values: np.ndarray | None = None) -> np.ndarray:
        """Rows of each group, or the sum of a whole number of each row."""
        return np.bincount(self.of, values, len(self)).astype(np.int64)

    def commonest(self, column: Coded) -> np.ndarray:
        """The most frequent text of each group in another column, of several the first; NaN where it has none."""
        held = np.flatnonzero(column.code >= 0)
        cells = Groups(Coded(self.of[held], np.arange(len(self))), column.at(held))
        group, code = self.of[held][cells.first], column.code[held][cells.first]
        order = np.lexsort((code, -cells.sums(), group))
        leading = order[np.flatnonzero(np.diff(group[order], prepend=-1))]
        found = np.full(len(self), np.nan, object)
        found[group[leading]] = column.names[code[leading]]
        return found
