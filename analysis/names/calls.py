"""What one side calls X and another calls Y: terms that fill the same place, found without any model.

Each term that marks a side is described by the words around it there, each word weighted by how much more often
it stands near the term than chance would have it (positive pointwise mutual information), the table reduced by
a singular value decomposition. Two terms answer each other if each is the other's nearest neighbour on the other
side (after Levy and Goldberg 2014; cross-domain similarity local scaling after Conneau et al. 2018).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.terms.counts import TermCounts
from analysis.terms.keyness import keyness
from analysis.terms.view import Rows, View

ENOUGH_ARTICLES = 10_000
"""Articles, both sides together, below which words around a term say too little: of 16 known pairs 2 were found
among 3,000 articles, 14 among 10,000."""

CANDIDATES = 1500
"""Terms a side that are compared."""

LEAST_USES = 20
"""Uses on its side a term needs for its surroundings to be known."""

LEAST_RATIO = 0.7
"""Binary log of the rate ratio a candidate needs: words both sides use often are opposites, not renamings."""

WINDOW = 5
"""Words on either side that describe a term."""

CONTEXTS = 8000
"""Most frequent words that describe."""

DIMENSIONS = 200

NEIGHBOURS = 10
"""Nearest terms by which a term's general closeness to all others is corrected."""

SMOOTHING = 0.75
"""Exponent on context frequencies that keeps rare contexts from ruling (Levy, Goldberg and Dagan 2015)."""

COLUMNS = ["target_term", "reference_term", "similarity", "n_target", "n_reference"]


def called(
    counts: TermCounts, rows: Rows = None, *, target: str, reference: str | None = None, top: int = 50
) -> pd.DataFrame:
    """Terms of the target and what the reference calls the same.

    Returns:
        One row a pair, the closest first: target_term, reference_term, similarity, n_target, n_reference (uses of
        the target's term there, of the reference's there). Empty below ENOUGH_ARTICLES articles.
    """
    view = View.of(counts, rows, target, reference)
    empty = pd.DataFrame(columns=COLUMNS)
    if view.articles().sum() < ENOUGH_ARTICLES:
        return empty
    table = keyness(counts, rows, target=target, reference=reference, measure="log_ratio")
    table = table[(table["near"] != 0) & (table["ratio"].abs() >= LEAST_RATIO)]
    first = table[(table["score"] > 0) & (table["n_target"] >= LEAST_USES)].head(CANDIDATES)
    second = table[(table["score"] < 0) & (table["n_reference"] >= LEAST_USES)].head(CANDIDATES)
    if min(len(first), len(second)) <= NEIGHBOURS:
        return empty
    contexts = _contexts(counts, {*first["term"], *second["term"]})
    around = [
        _around(counts, terms["term"].tolist(), view.passage_group == group, contexts)
        for group, terms in enumerate((first, second))
    ]
    vectors = _reduced(_ppmi(sparse.vstack(around).tocsr()))
    own, other, similarity = _mutual(vectors[: len(first)], vectors[len(first) :])
    pairs = pd.DataFrame(
        {
            "target_term": first["term"].to_numpy()[own],
            "reference_term": second["term"].to_numpy()[other],
            "similarity": similarity,
            "n_target": first["n_target"].to_numpy()[own],
            "n_reference": second["n_reference"].to_numpy()[other],
        }
    )
    order = ["similarity", "target_term"]
    return pairs.sort_values(order, ascending=[False, True], ignore_index=True).head(top)


def _contexts(counts: TermCounts, candidates: set[str]) -> np.ndarray:
    """For each word of the vocabulary its number among the describing words, -1 if it is none.

    Words that mark a side themselves describe nothing: both sides must share what terms are compared by.
    """
    uses = np.bincount(counts.stream.term, minlength=len(counts.vocabulary))
    barred = counts.unlisted | np.fromiter((word in candidates for word in counts.vocabulary), bool)
    best = np.argsort(np.where(barred, 0, -uses), kind="stable")[:CONTEXTS]
    best = best[(uses[best] > 1) & ~barred[best]]
    numbers = np.full(len(counts.vocabulary), -1)
    numbers[best] = np.arange(len(best))
    return numbers


def _around(counts: TermCounts, terms: list[str], passages: np.ndarray, contexts: np.ndarray) -> sparse.csr_array:
    """How often each context word stands within the window of each term, in some passages of the layout."""
    stream = counts.stream
    inside = np.repeat(passages, np.diff(stream.bounds))
    passage = stream.passage
    number, first, last = _places(counts, terms)
    kept = inside[first]
    number, first, last = number[kept], first[kept], last[kept]
    rows, columns = [], []
    for step in range(1, WINDOW + 1):
        for at in (first - step, last + step):
            near = np.clip(at, 0, len(stream.term) - 1)
            context = contexts[stream.term[near]]
            fits = (at == near) & (passage[near] == passage[first]) & (context >= 0)
            rows.append(number[fits])
            columns.append(context[fits])
    cells = (np.concatenate(rows), np.concatenate(columns))
    shape = (len(terms), int(contexts.max(initial=-1)) + 1)
    return sparse.coo_array((np.ones(len(cells[0])), cells), shape=shape).tocsr()


def _places(counts: TermCounts, terms: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Number, first and last word in the stream of every occurrence of the terms."""
    stream, size = counts.stream, len(counts.vocabulary)
    found = []
    for n in (1, 2):
        table = counts.ngrams(n)
        place = pd.Index(table.names[: table.listed]).get_indexer(terms)
        numbers = np.flatnonzero(place >= 0)
        parts = table.parts[place[numbers]]
        starts = np.zeros(size, bool)
        starts[parts[:, 0]] = True
        at = np.flatnonzero(starts[stream.term[: len(stream.term) - n + 1]])
        key, wanted = stream.term[at].astype(np.int64), parts[:, 0].astype(np.int64)
        if n == 2:
            at = at[stream.joined[at + 1]]
            key = stream.term[at].astype(np.int64) * size + stream.term[at + 1]
            wanted = wanted * size + parts[:, 1]
        which = pd.Index(wanted).get_indexer(key)
        at, which = at[which >= 0], which[which >= 0]
        found.append((numbers[which], at, at + n - 1))
    number, first, last = (np.concatenate(part) for part in zip(*found, strict=True))
    return number, first, last


def _ppmi(counts: sparse.csr_array) -> sparse.csr_array:
    """Positive pointwise mutual information of rows and columns."""
    rows = np.maximum(counts.sum(axis=1), 1)
    columns = np.asarray(counts.sum(axis=0)) ** SMOOTHING
    cells = counts.tocoo()
    chance = rows[cells.row] * columns[cells.col] / max(columns.sum(), 1)
    cells.data = np.maximum(np.log(cells.data / chance), 0)
    return cells.tocsr()


def _reduced(table: sparse.csr_array) -> np.ndarray:
    """Rows of length one in the space of the strongest dimensions."""
    from scipy.sparse.linalg import svds  # with all of linear algebra, which few corpora are large enough for

    size = min(DIMENSIONS, min(table.shape) - 1)
    left, values, _ = svds(table, k=size, random_state=0)
    vectors = left * np.sqrt(values)
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)


def _mutual(own: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows of both that are each other's nearest, and how near, corrected for general closeness."""
    cosine = own @ other.T
    near = [np.sort(cosine, axis=axis).take(range(-NEIGHBOURS, 0), axis).mean(axis) for axis in (1, 0)]
    scaled = 2 * cosine - near[0][:, None] - near[1][None, :]
    best = scaled.argmax(axis=1)
    rows = np.flatnonzero(scaled.argmax(axis=0)[best] == np.arange(len(own)))
    return rows, best[rows], cosine[rows, best[rows]]
