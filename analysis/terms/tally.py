"""What a view counts of every term: the sums from which all measures and intervals follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import sparse

from analysis.terms.counts import Ngrams
from analysis.terms.measures import idf
from analysis.terms.sums import Cells, Clustered, Runs, members
from analysis.terms.view import NEITHER, View


@dataclass(frozen=True)
class Tally:
    """Sums of every term that may be listed; arrays of shape (terms, 2) by group where not said otherwise.

    Attributes:
        term: each term as text, of shape (terms,).
        n: its number of words, of shape (terms,).
        place: its place among the terms of that length, of shape (terms,).
        count: occurrences.
        passages: passages with the term.
        articles: articles with the term.
        outlets: outlets with the term.
        largest: the most occurrences in one outlet; weighted.
        largest_words: the most words in one outlet, of shape (2,).
        rate: occurrences by article, against the articles' words; weighted.
        outlet_rate: the same by outlet.
        tfidf: mean TF-IDF weight of the passages; weighted.
        share: share of the passages that hold the term; weighted.
        spread: the chosen measure by article (by outlet where there are enough) against the passages, if it is a
            mean over passages.
    """

    term: np.ndarray
    n: np.ndarray
    place: np.ndarray
    count: np.ndarray
    passages: np.ndarray
    articles: np.ndarray
    outlets: np.ndarray
    largest: np.ndarray
    largest_words: np.ndarray
    rate: Clustered
    outlet_rate: Clustered
    tfidf: np.ndarray
    share: np.ndarray
    spread: Clustered | None


def tally(view: View, lengths: Sequence[int], measure: str) -> Tally:
    """Count the terms of these lengths in a view; only `measure` gets its sums by article."""
    tables = [view.ngrams(n) for n in lengths]
    passages = [_present(view, table) for table in tables]
    total = (view.passage_group < NEITHER).sum()
    idfs = [idf(present[:, 0] + present[:, 1], total) for present in passages]
    shares = view.weight / _norms(tables, idfs, len(view.weight))
    parts = [
        _tally_one(view, table, present[: table.listed], weights[: table.listed], shares, measure)
        for table, present, weights in zip(tables, passages, idfs, strict=True)
    ]
    values: dict[str, Any] = {}
    for name in Tally.__dataclass_fields__:
        column = [getattr(part, name) for part in parts]
        if isinstance(column[0], Clustered):
            values[name] = _joined(column)
        else:
            once = column[0] is None or name == "largest_words"
            values[name] = column[0] if once else np.concatenate(column)
    return Tally(**values)


def _norms(tables: Sequence[Ngrams], idfs: Sequence[np.ndarray], passages: int) -> np.ndarray:
    """Euclidean length of each passage's TF-IDF vector over all terms, unlisted ones too; 1 where it is 0."""
    squares = sum(
        table.cells.squares(table.count, weights, passages) for table, weights in zip(tables, idfs, strict=True)
    )
    return np.sqrt(np.where(squares > 0, squares, 1))


def _tally_one(
    view: View, table: Ngrams, passages: np.ndarray, idfs: np.ndarray, shares: np.ndarray, measure: str
) -> Tally:
    cells = table.cells.head(table.listed)
    occurrences = _occurrences(view, table)
    tfidf, spread = _means(view, table, measure, idfs, shares)
    weighted = passages
    if view.weighted:
        weighted = cells.by_term(None, view.inside * view.weight[:, None])
    by_outlet, rate = table.outlets.sums(occurrences), _clustered(view, table, occurrences, view.document_words)
    return Tally(
        term=table.names[: table.listed],
        n=np.full(table.listed, table.n),
        place=np.arange(table.listed),
        count=_summed(view, table, table.document_count) if view.weighted else rate.total,
        passages=passages,
        articles=_summed(view, table, occurrences > 0),
        outlets=table.outlets.cells.by_term((by_outlet > 0).astype(float), members(view.outlet_group)),
        largest=_largest(table.outlets.cells, by_outlet, view.outlet_group),
        largest_words=np.array([view.outlet_words[view.outlet_group == at].max(initial=0) for at in (0, 1)]),
        rate=rate,
        outlet_rate=Clustered.of(table.outlets.cells, by_outlet, view.outlet_words, view.outlet_group),
        tfidf=tfidf,
        share=weighted / view.totals,
        spread=spread,
    )


def _present(view: View, table: Ngrams) -> np.ndarray:
    """Passages with each term by group, unlisted terms too."""
    held = table.document_passages
    if not view.narrowed:
        held = _compared(view, table, held, None)
    bounds = table.cells.bounds[table.listed :]
    others = Cells(bounds - bounds[0], table.cells.unit[bounds[0] :])
    return np.concatenate((_summed(view, table, held), others.by_term(None, view.inside)))


def _summed(view: View, table: Ngrams, values: np.ndarray) -> np.ndarray:
    """Sum by group of a value of each term in each article."""
    if view.splits_outlets:
        return table.documents.cells.by_term(values, members(view.group))
    return table.outlets.cells.by_term(table.outlets.sums(values), members(view.outlet_group))


def _means(
    view: View, table: Ngrams, measure: str, idfs: np.ndarray, shares: np.ndarray
) -> tuple[np.ndarray, Clustered | None]:
    """Mean TF-IDF weight; sums by unit of the measure, if it is a mean over passages."""
    cells, sizes = table.cells.head(table.listed), view.document_passages
    count = table.count[: len(cells.unit)]
    by_article = table.documents.weighted(count, cells.unit, shares)
    if measure == "tfidf" and not view.many_outlets:
        spread = _clustered(view, table, by_article, sizes).times(idfs)
        return spread.total / view.totals, spread
    tfidf = _summed(view, table, by_article) * idfs[:, None] / view.totals
    if measure == "tfidf":
        return tfidf, _by_outlet(view, table, by_article).times(idfs)
    if measure != "share":
        return tfidf, None
    held = table.documents.weighted(None, cells.unit, view.weight)
    return tfidf, _by_outlet(view, table, held) if view.many_outlets else _clustered(view, table, held, sizes)


def _by_outlet(view: View, table: Ngrams, values: np.ndarray) -> Clustered:
    """Sums by outlet of a value of each term in each article, against the passages."""
    sizes = view.by_outlet(view.document_passages)
    return Clustered.of(table.outlets.cells, table.outlets.sums(values), sizes, view.outlet_group)


def _clustered(view: View, table: Ngrams, values: np.ndarray, sizes: np.ndarray) -> Clustered:
    """Sums by article of a value of each term in each article."""
    documents = table.documents.cells
    if view.splits_outlets:
        return Clustered.of(documents, values, sizes, view.group)
    return Clustered.through(table.outlets, documents.unit, values, sizes, view.group, view.outlet_group)


def _largest(cells: Cells, occurrences: np.ndarray, group: np.ndarray) -> np.ndarray:
    """For each term the most occurrences an outlet of either group has."""
    of = group[cells.unit]
    columns = [np.where(of == number, occurrences, 0) for number in (0, 1)]
    found, held = np.zeros((len(cells), 2)), np.diff(cells.bounds) > 0
    if held.any():
        first = cells.bounds[:-1][held]
        found[held] = np.stack([np.maximum.reduceat(column, first) for column in columns], axis=1)
    return found


def by_article(view: View, lengths: Sequence[int], least: int) -> sparse.csr_array:
    """Only how often each term that `least` articles hold stands in each that is compared: (terms, articles)."""
    parts = []
    for table in (view.ngrams(n) for n in lengths):
        cells = table.documents.cells
        occurrences = np.where(view.group[cells.unit] < NEITHER, _occurrences(view, table), 0)
        kept, shape = np.flatnonzero(occurrences), (table.listed, len(view.group))
        held = cells.within(kept)
        part = sparse.csr_array((occurrences[kept].astype(float), held.unit, held.bounds), shape=shape)
        parts.append(part[np.diff(held.bounds) >= least])
    return sparse.csr_array(sparse.vstack(parts))


def totals(view: View, lengths: Sequence[int], weight: np.ndarray) -> np.ndarray:
    """Only the occurrences of each term by group, with other weights of the passages that are compared."""
    found = []
    for table in (view.ngrams(n) for n in lengths):
        cells = table.cells.head(table.listed)
        by_outlet = Runs(table.documents.first[table.outlets.first], table.outlets.cells)
        held = by_outlet.weighted(table.count[: len(cells.unit)], cells.unit, weight)
        found.append(table.outlets.cells.by_term(held, members(view.outlet_group)))
    return np.concatenate(found)


def _occurrences(view: View, table: Ngrams) -> np.ndarray:
    """Occurrences of each term in each article, weighted."""
    if view.weighted or not view.narrowed:
        return _compared(view, table, table.document_count, table.count)
    return table.document_count


def _compared(view: View, table: Ngrams, by_article: np.ndarray, values: np.ndarray | None) -> np.ndarray:
    """Sums by article of a value of each cell (None for 1) over the compared passages, from those over all passages."""
    if view.whole:
        return by_article
    if view.whole_documents is not None:
        return by_article * view.whole_documents[table.documents.cells.unit]
    cells = table.cells.head(table.listed)
    return table.documents.weighted(None if values is None else values[: len(cells.unit)], cells.unit, view.weight)


def _joined(parts: Sequence[Clustered]) -> Clustered:
    """The terms of several lengths as one."""
    names = ("total", "cross", "square")
    return replace(parts[0], **{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})
