"""A selection of a counted corpus, split into target and reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import pandas as pd

from analysis.terms.counts import Ngrams, TermCounts
from analysis.terms.sums import members
from analysis.terms.uncertainty import TINY

Rows: TypeAlias = np.ndarray | pd.Index | Sequence[int] | None
"""Rows of the passage table, or a mask over it; None for all."""

NEITHER = 2

NARROW = 0.5
"""Share of the passages below which it is quicker to take their counts out of all than to pass over the others'."""

ENOUGH_OUTLETS = 5
"""Outlets a side from which intervals are clustered by outlet: fewer give no scatter to measure."""


@dataclass(frozen=True)
class View:
    """The passages that are compared; passages in the layout's order.

    Attributes:
        counts: the counted corpus.
        rows: the selection.
        group: 0 (target), 1 (reference) or 2 (neither) for each document.
        passage_group: the same for each passage, 2 outside the selection.
        weight: weight of each passage: 1, or what makes the groups alike in topics; 0 outside the selection.
    """

    counts: TermCounts
    rows: Rows
    group: np.ndarray
    passage_group: np.ndarray
    weight: np.ndarray

    @classmethod
    def of(
        cls,
        counts: TermCounts,
        rows: Rows,
        target: str,
        reference: str | None = None,
        topics: Sequence[object] | np.ndarray | None = None,
    ) -> View:
        """Compare `target` with `reference`, or with all other sides together.

        Args:
            counts: the counted corpus.
            rows: the selection.
            target: a side.
            reference: another side, or None for the rest.
            topics: a topic for each passage of the table, None or "" for no topic; given, every topic weighs
                the same on both sides (Mantel and Haenszel 1959) and passages without one are left out.

        Raises:
            ValueError: a side is unknown, or is compared with itself.
        """
        layout = counts.layout
        return cls.dealt(counts, rows, _groups(layout.sides, layout.side, target, reference), topics)

    @classmethod
    def dealt(
        cls,
        counts: TermCounts,
        rows: Rows,
        group: np.ndarray,
        topics: Sequence[object] | np.ndarray | None = None,
    ) -> View:
        """The same for documents dealt to the groups in any other way."""
        layout = counts.layout
        chosen = selected(counts, rows)
        passage_group = np.where(chosen, group[layout.document], NEITHER)
        weight = (passage_group < NEITHER).astype(float)
        if topics is not None:
            by_row = np.array(topics, object)
            by_row[by_row == ""] = None
            weight *= _alike_in_topics(passage_group, counts.passage_words, by_row[layout.row])
            passage_group = np.where(weight > 0, passage_group, NEITHER)
        return cls(counts, rows, group, passage_group, weight)

    @cached_property
    def whole(self) -> bool:
        """Whether all passages of all documents of both groups count, each once."""
        return bool((self.weight == (self.group < NEITHER)[self.counts.layout.document]).all())

    def ngrams(self, n: int) -> Ngrams:
        """Counts of the terms of `n` words: in all passages, or in those that are compared where that spares work."""
        return self.counts.within(self.weight > 0, n) if self.narrowed else self.counts.ngrams(n)

    @cached_property
    def narrowed(self) -> bool:
        """Whether the counts are those of the compared passages only."""
        return self.weighted or bool((self.weight > 0).mean() < NARROW)

    @cached_property
    def whole_documents(self) -> np.ndarray | None:
        """Whether each document counts, with all its passages; None if of some only a part counts."""
        share = self.document_passages / np.maximum(self.by_document(np.ones(len(self.weight))), 1)
        return share > 0 if ((share == 0) | (share == 1)).all() else None

    @cached_property
    def splits_outlets(self) -> bool:
        """Whether articles of one outlet on a side are in both groups."""
        layout = self.counts.layout
        held = [np.bincount(layout.outlet, self.group == at, len(layout.outlets)) > 0 for at in range(NEITHER + 1)]
        return bool((np.sum(held, axis=0) > 1).any())

    @cached_property
    def weighted(self) -> bool:
        """Whether some passages weigh more than others."""
        return bool(((self.weight > 0) & (self.weight < 1)).any())

    @cached_property
    def inside(self) -> np.ndarray:
        """Whether each passage is in target and reference, of shape (passages, 2)."""
        return members(self.passage_group)

    @cached_property
    def totals(self) -> np.ndarray:
        """Weight of all passages of target and reference."""
        return np.maximum(self.weight @ self.inside, TINY)

    @cached_property
    def document_passages(self) -> np.ndarray:
        """Weight of each document's passages."""
        return self.by_document(self.weight)

    @cached_property
    def document_words(self) -> np.ndarray:
        """Words of each document, weighted."""
        return self.by_document(self.counts.passage_words * self.weight)

    @cached_property
    def outlet_group(self) -> np.ndarray:
        """Group of each outlet on a side; 2 for one in both groups or in neither."""
        layout = self.counts.layout
        first, second = (np.bincount(layout.outlet, self.group == at, len(layout.outlets)) > 0 for at in (0, 1))
        return np.where(first & ~second, 0, np.where(second & ~first, 1, NEITHER))

    @cached_property
    def outlet_words(self) -> np.ndarray:
        """Words of each outlet, weighted."""
        return self.by_outlet(self.document_words)

    @cached_property
    def many_outlets(self) -> bool:
        """Whether both groups have enough outlets for their scatter to be measured by outlet."""
        present = self.outlet_group[self.outlet_words > 0]
        return bool(np.bincount(present, minlength=3)[:2].min() >= ENOUGH_OUTLETS)

    def by_outlet(self, values: np.ndarray) -> np.ndarray:
        """Sum of a value of each document by outlet."""
        return np.bincount(self.counts.layout.outlet, values, len(self.counts.layout.outlets))

    def by_document(self, values: np.ndarray) -> np.ndarray:
        """Sum of a value of each passage by document."""
        return np.bincount(self.counts.layout.document, values, minlength=len(self.group))

    def articles(self) -> np.ndarray:
        """Number of documents with a passage in the view, by group."""
        return np.bincount(self.group[self.document_passages > 0], minlength=3)[:2]


def selected(counts: TermCounts, rows: Rows) -> np.ndarray:
    """Whether each passage of the layout is among the rows of the passage table."""
    chosen = np.zeros(len(counts.layout.row), bool)
    chosen[slice(None) if rows is None else np.asarray(rows)] = True
    return chosen[counts.layout.row]


def _groups(sides: list[str], side: np.ndarray, target: str, reference: str | None) -> np.ndarray:
    for name in (target, reference):
        if name is not None and name not in sides:
            raise ValueError(f"no side {name!r}; the corpus has {', '.join(sides)}")
    if target == reference:
        raise ValueError(f"{target!r} cannot be compared with itself")
    groups = np.full(len(sides), 1 if reference is None else NEITHER)
    if reference is not None:
        groups[sides.index(reference)] = 1
    groups[sides.index(target)] = 0
    return groups[side]


def _alike_in_topics(group: np.ndarray, words: np.ndarray, topics: np.ndarray) -> np.ndarray:
    """Weight of each passage: the other group's share of the words of its topic."""
    codes, names = pd.factorize(topics)
    sizes = np.zeros((len(names) + 1, 3))
    np.add.at(sizes, (codes, group), words)
    sizes[-1] = 0
    here = sizes[codes]
    other = np.where(group == 0, here[:, 1], here[:, 0])
    both = here[:, 0] + here[:, 1]
    share = np.divide(other, both, out=np.zeros(len(codes)), where=both > 0)
    return np.where(group < NEITHER, share, 0.0)
