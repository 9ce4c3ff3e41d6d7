"""Terms counted once: words and phrases in sparse counts by passage, from tokens with offsets."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.terms.sums import Runs
from analysis.tokens import Tokens, fold, tokenize

LONGEST_PHRASE = 3

LARGE = 2_000_000
"""Words from which rare phrases are left out: below RARE occurrences none could reach significance."""

RARE = 5

STOPWORDS = Path(__file__).parent.parent / "lexicons" / "stopwords.toml"


@dataclass(frozen=True)
class Stream:
    """The words that count, in reading order: a name of several words that was merged is one of them.

    Attributes:
        term: index of each word in the vocabulary.
        token: its first token.
        width: how many tokens it spans.
        joined: whether it follows the word before it with only blanks between.
        passage: the passage it stands in.
    """

    term: np.ndarray
    token: np.ndarray
    width: np.ndarray
    joined: np.ndarray
    passage: np.ndarray


@dataclass(frozen=True)
class Ngrams:
    """Counts of all terms of `n` words.

    Attributes:
        n: words in a term.
        parts: the words of each term as indices into the vocabulary, of shape (terms, n).
        names: each term as text; the first `listed` are the ones a table may list.
        bounds: term `i` has the cells `bounds[i]` to `bounds[i + 1]`.
        passage: passage of each cell, as its place in the layout's order.
        count: occurrences in each cell.
        documents: runs of cells in one document.
        outlets: runs of `documents` in one outlet of one side.
    """

    n: int
    parts: np.ndarray
    names: np.ndarray
    listed: int
    bounds: np.ndarray
    passage: np.ndarray
    count: np.ndarray
    documents: Runs
    outlets: Runs


@dataclass(frozen=True)
class Layout:
    """Who published each passage, and the order the cells are sorted by.

    Attributes:
        document: document of each passage, as its place among the documents.
        outlet: outlet-on-a-side of each document; `outlets` names them, `outlet_side` gives the side of each.
        side: side of each document, an index into `sides`.
        order: passages sorted by side, outlet, document, and their own order.
    """

    document: np.ndarray
    outlet: np.ndarray
    outlets: np.ndarray
    side: np.ndarray
    sides: list[str]
    order: np.ndarray

    @classmethod
    def of(cls, documents: pd.DataFrame, passages: pd.DataFrame) -> Layout:
        """Lay out the passages of a corpus."""
        document = pd.Index(documents["id"]).get_indexer(passages["document"])
        side, sides = pd.factorize(documents["side"])
        printed, outlets = pd.factorize(documents["outlet"].fillna(""))
        outlet, distinct = pd.factorize(side * len(outlets) + printed)
        names = np.asarray(outlets)[distinct % len(outlets)] if len(outlets) else np.array([], object)
        order = np.lexsort((np.arange(len(document)), document, outlet[document], side[document]))
        return cls(document, outlet, names, side, list(sides), order)


@dataclass(frozen=True)
class TermCounts:
    """A corpus, counted. Views take it as it is; n-grams are counted when first asked for.

    Attributes:
        tokens: every word of every passage, with offsets.
        layout: who published what.
        vocabulary: the words as counted.
        forms: for each printed form in `tokens.words` its place in the vocabulary.
        stream: the words that count.
        places: id, document, field and start of each passage, and the rest of the passage table.
        documents: the document table.
        merged: the entities under which spellings of names are counted.
    """

    tokens: Tokens
    layout: Layout
    vocabulary: np.ndarray
    forms: np.ndarray
    stream: Stream
    places: pd.DataFrame
    documents: pd.DataFrame
    merged: frozenset[str] = frozenset()

    def ngrams(self, n: int) -> Ngrams:
        """Counts of the terms of `n` words (1 to 3)."""
        if n not in self._counted:
            if not 1 <= n <= LONGEST_PHRASE:
                raise ValueError(f"terms have 1 to {LONGEST_PHRASE} words, not {n}")
            self._counted[n] = _count(self, n)
        return self._counted[n]

    @cached_property
    def _counted(self) -> dict[int, Ngrams]:
        return {}

    @cached_property
    def index(self) -> dict[str, int]:
        """Place of each word in the vocabulary."""
        return {word: place for place, word in enumerate(self.vocabulary)}

    @cached_property
    def passage_words(self) -> np.ndarray:
        """Number of words of each passage, in the order of the passage table."""
        return np.bincount(self.stream.passage, minlength=len(self.places))

    @cached_property
    def unlisted(self) -> np.ndarray:
        """Whether each word of the vocabulary is a function word or a bare number."""
        stops = stopwords()
        return np.fromiter((word in stops or not _has_letter(word) for word in self.vocabulary), bool)


def count_terms(documents: pd.DataFrame, passages: pd.DataFrame) -> TermCounts:
    """Count the words of a corpus.

    Args:
        documents: id, side, outlet, title, text, one row a document.
        passages: id, document, field, start, end, one row a passage.
    """
    tokens = tokenize(passage_texts(documents, passages))
    vocabulary, forms = _folded(tokens)
    stream = Stream(
        term=forms[tokens.word],
        token=np.arange(len(tokens.word), dtype=np.int32),
        width=np.ones(len(tokens.word), np.uint8),
        joined=tokens.joined,
        passage=np.repeat(np.arange(len(passages), dtype=np.int32), np.diff(tokens.bounds)),
    )
    return TermCounts(tokens, Layout.of(documents, passages), vocabulary, forms, stream, passages, documents)


def passage_texts(documents: pd.DataFrame, passages: pd.DataFrame) -> list[str]:
    """The text of each passage."""
    texts = {field: dict(zip(documents["id"], documents[field], strict=True)) for field in ("title", "text")}
    columns = (passages[name].tolist() for name in ("field", "document", "start", "end"))
    return [texts[field][document][start:end] for field, document, start, end in zip(*columns, strict=True)]


@cache
def stopwords() -> frozenset[str]:
    """The function words of all languages in the lexicon."""
    languages = tomllib.loads(STOPWORDS.read_text("utf-8"))["language"]
    return frozenset(word for language in languages for word in language["words"].split())


def _folded(tokens: Tokens) -> tuple[np.ndarray, np.ndarray]:
    """The vocabulary, and for each printed form its place there."""
    codes, vocabulary = pd.factorize(np.array([fold(word) for word in tokens.words] or [""], object))
    return np.asarray(vocabulary), codes.astype(np.int32)


def _has_letter(word: str) -> bool:
    return word.isalpha() or any(map(str.isalpha, word))


def _count(counts: TermCounts, n: int) -> Ngrams:
    stream = counts.stream
    first = np.arange(len(stream.term)) if n == 1 else _phrase_starts(counts, n)
    present = np.bincount(stream.term[first], minlength=len(counts.vocabulary)) > 0
    parts = np.flatnonzero(present)[:, None]
    codes = (np.cumsum(present) - 1)[stream.term[first]]
    for step in range(1, n):
        codes, pairs = pd.factorize(codes.astype(np.int64) * len(counts.vocabulary) + stream.term[first + step])
        parts = np.hstack((parts[pairs // len(counts.vocabulary)], pairs[:, None] % len(counts.vocabulary)))
    if n > 1 and len(stream.term) >= LARGE:
        codes, parts, first = _without_rare(codes, parts, first)
    listed = ~counts.unlisted[parts[:, 0]]
    return _laid_out(counts, n, parts, listed, codes, first)


def _phrase_starts(counts: TermCounts, n: int) -> np.ndarray:
    """Positions in the stream where a phrase of `n` words begins: neither end is a function word or number."""
    stream = counts.stream
    edge = ~counts.unlisted[stream.term]
    last = max(len(edge) - n + 1, 0)
    fits = edge[:last] & edge[n - 1 :]
    for step in range(1, n):
        fits &= stream.joined[step : last + step]
    return np.flatnonzero(fits)


def _without_rare(codes: np.ndarray, parts: np.ndarray, first: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    kept = np.bincount(codes, minlength=len(parts)) >= RARE
    places = np.cumsum(kept) - 1
    keep = kept[codes]
    return places[codes[keep]], parts[kept], first[keep]


def _laid_out(
    counts: TermCounts, n: int, parts: np.ndarray, listed: np.ndarray, codes: np.ndarray, first: np.ndarray
) -> Ngrams:
    """Sort the occurrences into cells: terms that may be listed first, within a term by the layout's order."""
    order = np.argsort(~listed, kind="stable")
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    layout = counts.layout
    column = np.empty(len(layout.order), np.int32)
    column[layout.order] = np.arange(len(layout.order), dtype=np.int32)
    coordinates = (place[codes], column[counts.stream.passage[first]])
    shape = (len(parts), len(layout.order))
    cells = sparse.coo_array((np.ones(len(first), np.int32), coordinates), shape=shape).tocsr()
    cells.sort_indices()
    bounds = cells.indptr
    documents = Runs.of(bounds, layout.document[layout.order][cells.indices])
    outlets = Runs.of(documents.bounds, layout.outlet[documents.unit])
    parts = parts[order]
    words = [counts.vocabulary[parts[:, step]] for step in range(n)]
    names = words[0]
    for more in words[1:]:
        names = names + " " + more
    return Ngrams(n, parts, names, int(listed.sum()), bounds, cells.indices, cells.data, documents, outlets)
