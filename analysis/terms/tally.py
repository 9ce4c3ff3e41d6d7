"""What a view counts of every term: the sums from which all measures and intervals follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from analysis.terms.counts import Ngrams
from analysis.terms.measures import idf
from analysis.terms.sums import Cells, Clustered, members
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
    tables = [view.counts.ngrams(n) for n in lengths]
    passages = [table.cells.by_term(np.ones(len(table.count)), view.inside) for table in tables]
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
        table.cells.by_unit(table.count * table.count, weights * weights, passages)
        for table, weights in zip(tables, idfs, strict=True)
    )
    return np.sqrt(np.where(squares > 0, squares, 1))


def _tally_one(
    view: View, table: Ngrams, passages: np.ndarray, idfs: np.ndarray, shares: np.ndarray, measure: str
) -> Tally:
    cells = table.cells.head(table.listed)
    count = table.count[: len(cells.unit)]
    runs = table.documents
    occurrences, rate = _by_article(view, table)
    spread, tfidf = _means(view, table, measure, idfs, shares)
    weighted = passages
    if view.weighted:
        weighted = cells.by_term(np.ones(len(count)), view.inside * view.weight[:, None])
    by_outlet = table.outlets.sums(occurrences)
    return Tally(
        term=table.names[: table.listed],
        n=np.full(table.listed, table.n),
        place=np.arange(table.listed),
        count=rate.total if view.whole else cells.by_term(count, view.inside),
        passages=passages,
        articles=runs.cells.by_term((occurrences > 0).astype(float), members(view.group)),
        outlets=table.outlets.cells.by_term((by_outlet > 0).astype(float), members(view.outlet_group)),
        largest=_largest(table.outlets.cells, by_outlet, view.outlet_group),
        largest_words=np.array([view.outlet_words[view.outlet_group == at].max(initial=0) for at in (0, 1)]),
        rate=rate,
        outlet_rate=Clustered.of(table.outlets.cells, by_outlet, view.outlet_words, view.outlet_group),
        tfidf=tfidf,
        share=weighted / view.totals,
        spread=spread,
    )


def _means(
    view: View, table: Ngrams, measure: str, idfs: np.ndarray, shares: np.ndarray
) -> tuple[Clustered | None, np.ndarray]:
    """Sums by unit of the measure, if it is a mean over passages; mean TF-IDF weight."""
    spread: Clustered | None = None
    cells, runs = table.cells.head(table.listed), table.documents
    count = table.count[: len(cells.unit)]
    if measure == "tfidf":
        weighted = _spread(view, table, runs.sums(count * shares[cells.unit])).times(idfs)
        if not view.many_outlets:
            return weighted, weighted.total / view.totals
        spread = weighted
    elif measure == "share":
        spread = _spread(view, table, runs.sums(view.weight[cells.unit]))
    return spread, cells.by_term(count, view.inside * shares[:, None]) * idfs[:, None] / view.totals


def _spread(view: View, table: Ngrams, values: np.ndarray) -> Clustered:
    """Sums of a value of each term in each article by article, or by outlet where there are enough."""
    if not view.many_outlets:
        return Clustered.of(table.documents.cells, values, view.document_passages, view.group)
    sizes = view.by_outlet(view.document_passages)
    return Clustered.of(table.outlets.cells, table.outlets.sums(values), sizes, view.outlet_group)


def _largest(cells: Cells, occurrences: np.ndarray, group: np.ndarray) -> np.ndarray:
    """For each term the most occurrences an outlet of either group has."""
    of = group[cells.unit]
    columns = [np.where(of == number, occurrences, 0) for number in (0, 1)]
    if not len(occurrences):
        return np.zeros((len(cells), 2))
    return np.stack([np.maximum.reduceat(column, cells.bounds[:-1]) for column in columns], axis=1)


def rates(view: View, lengths: Sequence[int]) -> tuple[Clustered, np.ndarray]:
    """Only the occurrences by article of each term, and by group how many articles hold it."""
    parts, articles = [], []
    for table in (view.counts.ngrams(n) for n in lengths):
        occurrences, rate = _by_article(view, table)
        parts.append(rate)
        articles.append(table.documents.cells.by_term((occurrences > 0).astype(float), members(view.group)))
    return _joined(parts), np.concatenate(articles)


def _by_article(view: View, table: Ngrams) -> tuple[np.ndarray, Clustered]:
    """Occurrences of each term in each article (weighted), and their sums."""
    runs = table.documents
    cells = table.cells.head(table.listed)
    count = table.count[: len(cells.unit)]
    occurrences = table.document_count if view.whole else runs.sums(count * view.weight[cells.unit])
    return occurrences, Clustered.of(runs.cells, occurrences, view.document_words, view.group)


def _joined(parts: Sequence[Clustered]) -> Clustered:
    """The terms of several lengths as one."""
    names = ("total", "cross", "square")
    return replace(parts[0], **{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})
