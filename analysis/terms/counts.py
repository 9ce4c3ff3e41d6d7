"""Terms counted once: words and phrases in sparse counts by passage, from tokens with offsets."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.passages import PassageTexts
from analysis.terms.boilerplate import find_aside
from analysis.terms.sums import Cells, Runs
from analysis.tokens import STOPWORDS, Tokens, fold, tokenize

LONGEST_PHRASE = 3

LARGE = 2_000_000
"""Words from which rare phrases are left out: below RARE occurrences none could reach significance."""

RARE = 5


@dataclass(frozen=True)
class Stream:
    """The words that count, in reading order: a name of several words that was merged is one of them.

    Attributes:
        term: index of each word in the vocabulary.
        joined: whether it follows the word before it with only blanks between.
        bounds: passage `i` of the layout holds the words `bounds[i]` to `bounds[i + 1]`.
        token: the first token of each word; None if every token is a word.
        width: how many tokens it spans; None if all span one.
    """

    term: np.ndarray
    joined: np.ndarray
    bounds: np.ndarray
    token: np.ndarray | None = None
    width: np.ndarray | None = None

    @property
    def passage(self) -> np.ndarray:
        """The passage of each word, as its place in the layout."""
        return np.repeat(np.arange(len(self.bounds) - 1, dtype=np.int32), np.diff(self.bounds))

    def tokens(self, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """First and last token of some words."""
        if self.token is None or self.width is None:
            return words, words
        return self.token[words], self.token[words] + self.width[words] - 1


@dataclass(frozen=True)
class Ngrams:
    """Counts of all terms of `n` words.

    Attributes:
        n: words in a term.
        parts: the words of each term as indices into the vocabulary, of shape (terms, n).
        names: each term as text; the first `listed` are the ones a table may list.
        cells: the passages each term stands in.
        count: occurrences in each cell, whole numbers.
        documents: runs of the listed terms' cells in one document.
        document_count: occurrences in each of these runs.
        outlets: runs of these runs in one outlet of one side.
    """

    n: int
    parts: np.ndarray
    names: np.ndarray
    listed: int
    cells: Cells
    count: np.ndarray
    documents: Runs
    document_count: np.ndarray
    outlets: Runs

    @classmethod
    def of(
        cls, layout: Layout, parts: np.ndarray, names: np.ndarray, listed: int, cells: Cells, count: np.ndarray
    ) -> Ngrams:
        """Counts from their cells, the listed terms gathered by document and outlet."""
        shown = cells.head(listed)
        documents = Runs.of(shown.bounds, layout.document[shown.unit])
        outlets = Runs.of(documents.cells.bounds, layout.outlet[documents.cells.unit])
        by_document = documents.sums(count[: len(shown.unit)])
        return cls(parts.shape[1], parts, names, listed, cells, count, documents, by_document, outlets)

    @cached_property
    def document_passages(self) -> np.ndarray:
        """Passages that hold the term in each run of `documents`."""
        return self.documents.sizes(self.cells.bounds[self.listed])

    def within(self, layout: Layout, chosen: np.ndarray) -> Ngrams:
        """Counts in the chosen passages of the layout only; all terms stay."""
        kept = np.flatnonzero(chosen[self.cells.unit])
        return Ngrams.of(layout, self.parts, self.names, self.listed, self.cells.within(kept), self.count[kept])


@dataclass(frozen=True)
class Layout:
    """The order passages are read and counted in: by side, outlet, document and their own order.

    Attributes:
        row: row of each passage in the passage table.
        document: document of each passage, as its row in the document table.
        side: side of each document, an index into `sides`.
        outlet: outlet-on-a-side of each document, an index into `outlets`.
    """

    row: np.ndarray
    document: np.ndarray
    side: np.ndarray
    sides: list[str]
    outlet: np.ndarray
    outlets: list[str]

    @classmethod
    def of(cls, documents: pd.DataFrame, passages: pd.DataFrame) -> Layout:
        """Lay out the passages of a corpus."""
        document = pd.Index(documents["id"]).get_indexer(passages["document"]).astype(np.int32)
        side, sides = pd.factorize(documents["side"].astype(object))
        printed, names = pd.factorize(documents["outlet"].astype(object).fillna(""))
        outlet, distinct = pd.factorize(side * max(len(names), 1) + printed)
        outlets = list(names[distinct % max(len(names), 1)])
        row = np.lexsort((np.arange(len(document)), document, outlet[document], side[document]))
        return cls(row, document[row], side, list(sides), outlet, outlets)


@dataclass(frozen=True)
class TermCounts:
    """A corpus, counted. Views take it as it is; n-grams are counted when first asked for.

    Attributes:
        tokens: every word of every passage, with offsets; texts in the layout's order.
        layout: who published what, and the order of the passages.
        vocabulary: the words as counted.
        forms: for each printed form in `tokens.words` its place in the vocabulary.
        stream: the words that count.
        passages: the passage table, in its own order.
        documents: the document table.
        set_aside: what is not counted, one row a text: kind, outlet, text, articles, occurrences, words, why.
        merged: the entities under which spellings of names are counted.
    """

    tokens: Tokens
    layout: Layout
    vocabulary: np.ndarray
    forms: np.ndarray
    stream: Stream
    passages: pd.DataFrame
    documents: pd.DataFrame
    set_aside: pd.DataFrame
    merged: frozenset[str] = frozenset()

    def ngrams(self, n: int) -> Ngrams:
        """Counts of the terms of `n` words (1 to 3)."""
        if n not in self._counted:
            if not 1 <= n <= LONGEST_PHRASE:
                raise ValueError(f"terms have 1 to {LONGEST_PHRASE} words, not {n}")
            self._counted[n] = _count(self, n)
        return self._counted[n]

    def within(self, chosen: np.ndarray, n: int) -> Ngrams:
        """The same in some passages of the layout only; those of the last passages asked for are kept."""
        key = chosen.tobytes()
        if key not in self._narrowed:
            self._narrowed.clear()
        tables = self._narrowed.setdefault(key, {})
        if n not in tables:
            tables[n] = self.ngrams(n).within(self.layout, chosen)
        return tables[n]

    def keep(self, ngrams: Ngrams) -> None:
        """Take counts that were made before for those of their length."""
        self._counted[ngrams.n] = ngrams

    @cached_property
    def _counted(self) -> dict[int, Ngrams]:
        return {}

    @cached_property
    def _narrowed(self) -> dict[bytes, dict[int, Ngrams]]:
        return {}

    @cached_property
    def index(self) -> dict[str, int]:
        """Place of each word in the vocabulary."""
        return {word: place for place, word in enumerate(self.vocabulary)}

    @cached_property
    def passage_words(self) -> np.ndarray:
        """Number of words of each passage of the layout."""
        return np.diff(self.stream.bounds).astype(float)

    @cached_property
    def form_uses(self) -> np.ndarray:
        """How often each printed form stands in the texts."""
        return np.bincount(self.tokens.word, minlength=len(self.forms))

    @cached_property
    def unlisted(self) -> np.ndarray:
        """Whether each word of the vocabulary is a function word or a bare number."""
        stops = stopwords()
        return np.fromiter((word in stops or not _has_letter(word) for word in self.vocabulary), bool)


def count_terms(documents: pd.DataFrame, passages: pd.DataFrame) -> TermCounts:
    """Count the words of a corpus.

    Args:
        documents: id, side, outlet, date, title, text, one row a document.
        passages: document (its id), field, start, end, one row a passage.
    """
    layout = Layout.of(documents, passages)
    texts = PassageTexts(documents, passages.iloc[layout.row])
    tokens = tokenize(texts)
    vocabulary, forms = _folded(tokens)
    fields = passages["field"].to_numpy(object)[layout.row]
    outlets = documents["outlet"].astype(object).fillna("").to_numpy()
    aside = find_aside(tokens, texts, fields, layout.document, outlets)
    stream = _without(Stream(forms[tokens.word], tokens.joined, tokens.bounds), aside.tokens)
    return TermCounts(tokens, layout, vocabulary, forms, stream, passages, documents, aside.table)


@cache
def stopwords() -> frozenset[str]:
    """The function words of all languages in the lexicon."""
    languages = tomllib.loads(STOPWORDS.read_text("utf-8"))["language"]
    return frozenset(word for language in languages for word in language["words"].split())


def _without(stream: Stream, aside: np.ndarray) -> Stream:
    """The stream without some of its words; what stood on either side of them is not joined."""
    if not aside.any():
        return stream
    kept = np.flatnonzero(~aside).astype(np.int32)
    joined = stream.joined[kept]
    joined[1:] &= kept[1:] == kept[:-1] + 1
    bounds = np.searchsorted(kept, stream.bounds.astype(np.int32))
    return Stream(stream.term[kept], joined, bounds, kept, np.ones(len(kept), np.uint8))


def _folded(tokens: Tokens) -> tuple[np.ndarray, np.ndarray]:
    """The vocabulary, and for each printed form its place there."""
    codes, vocabulary = pd.factorize(np.array([fold(word) for word in tokens.words] or [""], object))
    return np.asarray(vocabulary), codes.astype(np.int32)


def _has_letter(word: str) -> bool:
    return word.isalpha() or any(map(str.isalpha, word))


def _count(counts: TermCounts, n: int) -> Ngrams:
    if n == 1:
        return _count_words(counts)
    stream, size = counts.stream, len(counts.vocabulary)
    first = _phrase_starts(counts, n)
    codes, parts = stream.term[first], np.arange(size)[:, None]
    for step in range(1, n):
        codes, pairs = pd.factorize(codes.astype(np.int64) * size + stream.term[first + step])
        parts = np.hstack((parts[pairs // size], pairs[:, None] % size))
        if len(stream.term) >= LARGE:
            codes, parts, first = _without_rare(codes, parts, first)
    return _laid_out(counts, parts, np.ones(len(parts), bool), codes, stream.passage[first])


def _count_words(counts: TermCounts) -> Ngrams:
    stream = counts.stream
    present = np.bincount(stream.term, minlength=len(counts.vocabulary)) > 0
    words = np.flatnonzero(present)
    codes = (np.cumsum(present, dtype=np.int32) - 1)[stream.term]
    return _laid_out(counts, words[:, None], ~counts.unlisted[words], codes, stream.passage)


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
    counts: TermCounts, parts: np.ndarray, listed: np.ndarray, codes: np.ndarray, passage: np.ndarray
) -> Ngrams:
    """Gather the occurrences into cells, the terms that may be listed first."""
    order = np.argsort(~listed, kind="stable")
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    coordinates = (place[codes], passage)
    shape = (len(parts), len(counts.layout.row))
    # The passages come in ascending order, so the conversion leaves each term's cells sorted.
    table = sparse.coo_array((np.ones(len(codes), np.int32), coordinates), shape=shape).tocsr()
    parts = parts[order]
    names = phrase_names(counts.vocabulary, parts)
    return Ngrams.of(counts.layout, parts, names, int(listed.sum()), Cells(table.indptr, table.indices), table.data)


def phrase_names(vocabulary: np.ndarray, parts: np.ndarray) -> np.ndarray:
    """Each term as text, from the places of its words in the vocabulary."""
    names = vocabulary[parts[:, 0]]
    for step in range(1, parts.shape[1]):
        names = names + " " + vocabulary[parts[:, step]]
    return names
