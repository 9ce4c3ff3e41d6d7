"""What a view counts of every term: the sums from which all measures and intervals follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.terms.counts import Ngrams
from analysis.terms.measures import idf
from analysis.terms.sums import Clustered, Runs
from analysis.terms.view import NEITHER, View


@dataclass(frozen=True)
class Tally:
    """Sums of every term that may be listed; arrays of shape (terms, 2) where not said otherwise.

    Attributes:
        term: each term as text, of shape (terms,).
        n: its number of words, of shape (terms,).
        count: occurrences in target and reference.
        passages: passages with the term.
        rate: occurrences by article, against the articles' words.
        outlets: the same by outlet.
        largest: the most occurrences one outlet of the group holds.
        tfidf: TF-IDF weights by article, against the articles' passages.
        share: passages with the term by article, against the articles' passages.
    """

    term: np.ndarray
    n: np.ndarray
    count: np.ndarray
    passages: np.ndarray
    rate: Clustered
    outlets: Clustered
    largest: np.ndarray
    tfidf: Clustered
    share: Clustered


def tally(view: View, lengths: Sequence[int]) -> Tally:
    """Count the terms of these lengths in a view."""
    tables = [view.counts.ngrams(n) for n in lengths]
    idfs = [_idf(view, table) for table in tables]
    norm = _norms(view, tables, idfs)
    parts = [_tally_one(view, table, weights, norm) for table, weights in zip(tables, idfs, strict=True)]
    return Tally(*(_stacked([getattr(part, name) for part in parts]) for name in Tally.__dataclass_fields__))


def _idf(view: View, table: Ngrams) -> np.ndarray:
    """Inverse document frequency of every term, with the view's passages as documents."""
    chosen = (view.passage_group < NEITHER).astype(float)
    cells = Runs(np.empty(0), table.passage, table.bounds)
    return idf(cells.by_term(np.ones(len(table.passage)), chosen), chosen.sum())


def _norms(view: View, tables: Sequence[Ngrams], idfs: Sequence[np.ndarray]) -> np.ndarray:
    """Euclidean length of each passage's TF-IDF vector over all terms, unlisted ones too; 1 where it is 0."""
    squares = np.zeros(len(view.weight))
    for table, weights in zip(tables, idfs, strict=True):
        values = table.count * np.repeat(weights, np.diff(table.bounds))
        squares += np.bincount(table.passage, values * values, minlength=len(squares))
    return np.sqrt(np.where(squares > 0, squares, 1))


def _tally_one(view: View, table: Ngrams, idfs: np.ndarray, norm: np.ndarray) -> Tally:
    bounds = table.bounds[: table.listed + 1]
    count, passage = table.count[: bounds[-1]], table.passage[: bounds[-1]]
    cells = Runs(np.empty(0), passage, bounds)
    by_document = table.documents.head(table.listed)
    by_outlet = table.outlets.head(table.listed)
    weight = view.weight[passage]
    occurrences = by_document.sums(count * weight)
    words = view.by_document(view.words * view.weight)
    passages = view.by_document(view.weight)
    weighted = count * np.repeat(idfs[: table.listed], np.diff(bounds)) * (view.weight / norm)[passage]
    by_outlets = by_outlet.sums(occurrences)
    return Tally(
        term=table.names[: table.listed],
        n=np.full(table.listed, table.n),
        count=cells.by_term(count.astype(float), view.members()),
        passages=cells.by_term(np.ones(len(count)), view.members()),
        rate=Clustered.of(by_document, occurrences, words, view.group),
        outlets=Clustered.of(by_outlet, by_outlets, *_outlets(view, words)),
        largest=_largest(by_outlet, by_outlets, _outlets(view, words)[1]),
        tfidf=Clustered.of(by_document, by_document.sums(weighted), passages, view.group),
        share=Clustered.of(by_document, by_document.sums(weight), passages, view.group),
    )


def _outlets(view: View, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Words and group of each outlet on a side."""
    outlet = view.counts.layout.outlet
    groups = np.full(len(view.counts.layout.outlets), NEITHER)
    groups[outlet] = view.group
    return np.bincount(outlet, words, minlength=len(groups)), groups


def _largest(runs: Runs, occurrences: np.ndarray, group: np.ndarray) -> np.ndarray:
    """For each term the most occurrences one outlet of either group holds."""
    if not len(occurrences):
        return np.zeros((len(runs.bounds) - 1, 2))
    of = group[runs.unit]
    return np.stack([np.maximum.reduceat(np.where(of == g, occurrences, 0), runs.bounds[:-1]) for g in (0, 1)], axis=1)


def _stacked(parts: list) -> np.ndarray | Clustered:
    """The terms of several lengths as one."""
    if not isinstance(parts[0], Clustered):
        return np.concatenate(parts)
    by_term = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in ("total", "square", "cross", "present")
    }
    return replace(parts[0], **by_term)
