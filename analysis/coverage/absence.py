"""An absence, and what every kind of it is looked for with."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from analysis.coverage.alignment import align
from analysis.coverage.features import features
from analysis.coverage.searches import Search
from analysis.reading import Selected


@dataclass(frozen=True)
class Absence:
    """Something of one side that a search of another side did not find.

    Attributes:
        what: the thing, as printed.
        evidence: passages that hold it.
        searched_for: words, spellings, synonyms and values looked for on the other side.
        near: passages there that hold one of them all the same.
        nearest: the passage there that comes closest, None where none does.
        miss: what that passage says instead.
        item: evidence item of the thing.
    """

    what: str
    evidence: list[str]
    searched_for: list[str]
    near: int
    nearest: str | None
    miss: str
    item: str


class Comparison:
    """A selection with what its absences are looked for in."""

    def __init__(self, selected: Selected) -> None:
        self.selected = selected
        self.features = features(selected)
        self.aligned = align(selected, self.features)
        self.search = Search(selected)

    def text(self, passage: str | None) -> str:
        """The text of a passage; nothing for none."""
        if passage is None:
            return ""
        document, field, start, end = self._places[self.row[passage]]
        return str(getattr(self.selected.corpus.document(document), field)[start:end])

    def nearest(self, passages: Iterable[str], side: str) -> str | None:
        """The passage of a side that is most like one of some passages."""
        found = [self._nearest.get((passage, side), (None, 0.0)) for passage in passages]
        return max(found, key=lambda other: other[1], default=(None, 0.0))[0]

    @cached_property
    def ids(self) -> np.ndarray:
        """The id of each chosen passage."""
        return self.selected.passages["id"].to_numpy(object)

    @cached_property
    def row(self) -> dict[str, int]:
        """The row of each chosen passage."""
        return {passage: row for row, passage in enumerate(self.ids.tolist())}

    @cached_property
    def of_side(self) -> dict[str, np.ndarray]:
        """Whether each chosen passage is a side's."""
        side = self.selected.passages["side"].to_numpy(object)
        return {each.id: side == each.id for each in self.selected.sides}

    @cached_property
    def _nearest(self) -> dict[tuple[str, str], tuple[str | None, float]]:
        table = self.aligned
        keys = zip(table["passage"], table["other_side"], strict=True)
        return dict(zip(keys, zip(table["other"], table["likeness"], strict=True), strict=True))

    @cached_property
    def _places(self) -> list[tuple[str, str, int, int]]:
        columns = (self.selected.passages[name].tolist() for name in ("document", "field", "start", "end"))
        return list(zip(*columns, strict=True))


@lru_cache(maxsize=2)
def comparison(selected: Selected) -> Comparison:
    """The comparison of a selection; those of the last two are kept, as several tables are made of one."""
    return Comparison(selected)


class Kind(ABC):
    """A kind of thing that one side can have and another lack."""

    def __init__(self, compared: Comparison) -> None:
        self.compared = compared
        self.selected = compared.selected

    @abstractmethod
    def only(self, side: str, other: str) -> list[Any]:
        """Keys of what stands on a side and not on another, the most telling first."""

    @abstractmethod
    def absence(self, key: Any, side: str, other: str) -> Absence:
        """The proof for one of them."""


def distinct(values: Iterable[Hashable]) -> list[str]:
    """The values that are there, each once, in order."""
    return list(dict.fromkeys(str(value) for value in values if value and value == value))
