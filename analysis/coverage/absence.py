"""An absence, and what every kind of it is looked for with."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from analysis.coverage.alignment import Counterparts, counterparts
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
        nearest: the passage there that comes closest (its row), None where none does.
        miss: what that passage says instead.
        item: evidence item of the thing.
    """

    what: str
    evidence: list[str]
    searched_for: list[str]
    near: int
    nearest: int | None
    miss: str
    item: str


class Comparison:
    """A selection with what its absences are looked for in. Passages are rows of the corpus's passage table."""

    def __init__(self, selected: Selected) -> None:
        self.selected = selected
        self.features = selected.reading.once(features)
        passages = selected.reading.passages
        self._ids = selected.reading.passage_ids
        self._places = [passages[name].array for name in ("document", "field", "start", "end")]

    def id(self, row: int | None) -> str | None:
        """The id of a passage; None for none."""
        return None if row is None else str(self._ids[row])

    def ids(self, rows: np.ndarray) -> list[str]:
        """The ids of some passages, each once, in order."""
        return each_once(self._ids[row] for row in rows.tolist())

    def text(self, row: int | None) -> str:
        """The text of a passage; nothing for none."""
        if row is None:
            return ""
        document, field, start, end = (values[row] for values in self._places)
        return str(getattr(self.selected.corpus.document(document), field)[start:end])

    def nearest(self, rows: np.ndarray, side: str) -> int | None:
        """The passage of a side that is most like one of some passages."""
        there, likeness = self._nearest[side]
        best = rows[np.argmax(likeness[rows])] if len(rows) else -1
        return int(there[best]) if len(rows) and there[best] >= 0 else None

    @cached_property
    def search(self) -> Search:
        """Looks for words in the chosen passages."""
        return Search(self.selected.reading, self.of_side)

    @cached_property
    def counterparts(self) -> dict[tuple[str, str], Counterparts]:
        """Side and other side -> the side's passages with their counterparts."""
        return counterparts(self.selected)

    @property
    def of_side(self) -> dict[str, np.ndarray]:
        """Whether each passage is chosen and a side's."""
        return self.selected.of_side

    @cached_property
    def _nearest(self) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """Side -> for each passage of another the most alike of the side's (-1 for none) and the cosine."""
        size = len(self.selected.is_chosen)
        made = {each.id: (np.full(size, -1), np.zeros(size)) for each in self.selected.sides}
        for (_, other), found in self.counterparts.items():
            made[other][0][found.own], made[other][1][found.own] = found.there, found.likeness
        return made


class Kind(ABC):
    """A kind of thing that one side can have and another lack."""

    def __init__(self, selected: Selected) -> None:
        self.selected = selected
        self.compared = selected.once(Comparison)
        self._found: dict[tuple[str, str], list[Any]] = {}

    def found(self, side: str, other: str) -> list[Any]:
        """What `only` finds, looked for once."""
        if (side, other) not in self._found:
            self._found[side, other] = self.only(side, other)
        return self._found[side, other]

    @abstractmethod
    def only(self, side: str, other: str) -> list[Any]:
        """Keys of what stands on a side and not on another, the most telling first."""

    @abstractmethod
    def absence(self, key: Any, side: str, other: str) -> Absence:
        """The proof for one of them."""


def each_once(values: Iterable[Hashable]) -> list[str]:
    """The values that are there, each once, in order."""
    return list(dict.fromkeys(str(value) for value in values if value and value == value))
