"""Passages: a document's title, then its paragraphs, as offsets into the verbatim text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import overload

import numpy as np
import pandas as pd
import pyarrow as arrow

from analysis.calendar import SHORT_MONTHS
from analysis.characters import Property, by_chunk, code_points, origins
from analysis.corpus import Corpus

LONGEST_PASSAGE = 120
"""Words above which a paragraph is split at sentence ends, so that one passage stays readable evidence."""

WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
"""A word for counting lengths: U.S., mother-in-law and O'Malley are one each."""

SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W_a-z])")
_ABBREVIATIONS = tomllib.loads((Path(__file__).parent / "lexicons" / "abbreviations.toml").read_text("utf-8"))
_SHORT = "|".join((*SHORT_MONTHS, *(word for entry in _ABBREVIATIONS.values() for word in entry["short"])))
ABBREVIATION = re.compile(rf"(?:\b(?:{_SHORT})|\b[^\W\d_])\.\s*$")

BLOCK = 4096
"""Passages cut at once when all are asked for in turn."""

Span = tuple[int, int]


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Spans of the sentences in `text[start:end]`, white space at their edges left out.

    A full stop after a title, a month or a single letter (U.S., J.) ends no sentence.
    """
    end = len(text) if end is None else end
    at = start
    for match in SENTENCE_END.finditer(text, start, end):
        if ABBREVIATION.search(text, max(at, match.start() - 8), match.start() + 1):
            continue
        yield at, match.end() - _trailing_space(match.group())
        at = match.end()
    if text[at:end].strip():
        yield at, end


@dataclass(frozen=True)
class Cut:
    """The passages of many texts, in order: arrays of one value a passage.

    Attributes:
        text: the number of its text.
        start: its first code point in the text.
        end: one past its last.
        paragraph: the number of its paragraph in the text, from 1.
        words: the words in it.
    """

    text: np.ndarray
    start: np.ndarray
    end: np.ndarray
    paragraph: np.ndarray
    words: np.ndarray


def cut(texts: Sequence[str]) -> Cut:
    """Passages of texts: their lines without white space at the edges, long ones cut at sentence ends."""
    parts = by_chunk(_cut_chunk, texts)
    return Cut(*(np.concatenate([getattr(part, name) for part in parts]) for name in Cut.__dataclass_fields__))


def split_passages(text: str) -> list[Span]:
    """Spans of a text's passages.

    >>> split_passages("One.\\n\\n Two. ")
    [(0, 4), (7, 11)]
    """
    found = cut([text])
    return list(zip(found.start.tolist(), found.end.tolist(), strict=True))


def passage_table(corpus: Corpus) -> pd.DataFrame:
    """One row a passage in document order.

    Columns: id (`document:number`), document, side, outlet, date, field (title/text), start, end (code
    points), paragraph (0 is the title), words, position (row of the document in `corpus.table`).
    """
    bodies, titles = cut(corpus.column("text").array), _titles(corpus.column("title").tolist())
    joined = {name: np.concatenate((getattr(titles, name), getattr(bodies, name))) for name in Cut.__dataclass_fields__}
    order = np.argsort(joined["text"], kind="stable")
    position, is_title = joined.pop("text")[order], order < len(titles.text)
    number = np.arange(len(position)) - np.searchsorted(position, position)
    names = corpus.column("id").to_numpy(object)[position]
    ids = [f"{name}:{count}" for name, count in zip(names.tolist(), number.tolist(), strict=True)]
    columns = {"id": ids, "document": names.tolist()}
    columns |= {name: corpus.column(name).to_numpy(object)[position].tolist() for name in ("side", "outlet")}
    days = pd.Series(corpus.column("date").to_numpy(object)[position], dtype=object)
    table = pd.DataFrame(columns).assign(date=days, field=np.where(is_title, "title", "text").tolist())
    return table.assign(**{name: values[order] for name, values in joined.items()}, position=position)


def _titles(titles: Sequence[str]) -> Cut:
    """A passage for each title that is not empty."""
    rows = [(number, title, title.strip()) for number, title in enumerate(titles) if title.strip()]
    starts = [len(title) - len(title.lstrip()) for _, title, _ in rows]
    ends = [start + len(bare) for start, (*_, bare) in zip(starts, rows, strict=True)]
    columns = [number for number, *_ in rows], starts, ends, [0] * len(rows), [count_words(bare) for *_, bare in rows]
    return Cut(*(np.array(column, np.int64) for column in columns))


def _cut_chunk(texts: Sequence[str], first_text: int) -> Cut:
    """The passages of a few texts."""
    # Two line ends before and one after keep every look at a neighbour inside the array.
    codes = code_points("\n\n" + "\n".join(texts) + "\n")
    begins = origins(texts, 2)
    before = np.concatenate(([0], np.cumsum(_word_begins(codes))))
    breaks, printed = np.flatnonzero(codes == ord("\n")), np.flatnonzero(~_IS_SPACE(codes))
    first, last = np.searchsorted(printed, breaks[:-1]), np.searchsorted(printed, breaks[1:])
    start, end = printed[first[last > first]], printed[last[last > first] - 1] + 1
    text = np.searchsorted(begins, start, side="right") - 1
    paragraph = np.arange(1, len(text) + 1) - np.searchsorted(text, text)
    pieces = np.ones(len(start), np.int64)
    spans: list[Span] = []
    for line in np.flatnonzero(before[end] - before[start] > LONGEST_PASSAGE).tolist():
        found = _split_long(texts[text[line]], int(begins[text[line]]), int(start[line]), int(end[line]), before)
        pieces[line] = len(found)
        spans += found
    of = np.repeat(np.arange(len(start)), pieces)
    is_piece = (before[end] - before[start] > LONGEST_PASSAGE)[of]
    start, end, text = start[of], end[of], text[of]
    start[is_piece], end[is_piece] = np.array(spans, np.int64).reshape(-1, 2).T
    return Cut(text + first_text, start - begins[text], end - begins[text], paragraph[of], before[end] - before[start])


def _word_begins(codes: np.ndarray) -> np.ndarray:
    """Whether each character is the first of a word, as WORD finds them."""
    wordy = _IS_WORDY(codes)
    begins = wordy.copy()
    begins[1:] &= ~wordy[:-1]
    begins[2:] &= ~(_IS_JOINER(codes[1:-1]) & wordy[:-2])
    return begins


_IS_SPACE = Property(str.isspace, np.bool_)
_IS_WORDY = Property(str.isalnum, np.bool_)
_IS_JOINER = Property("-'’.&".__contains__, np.bool_)


class PassageTexts(Sequence[str]):
    """The texts of passages, cut from their documents when asked for: all at once they fill memory twice."""

    def __init__(self, documents: pd.DataFrame, passages: pd.DataFrame) -> None:
        """Texts of the passages (document, field, start, end), in their order; documents have id, title and text."""
        self._fields = {name: documents[name].array for name in ("title", "text")}
        self._document = pd.Index(documents["id"]).get_indexer(passages["document"])
        self._field, self._start, self._end = (passages[name].to_numpy() for name in ("field", "start", "end"))

    @property
    def lengths(self) -> np.ndarray:
        """The code points of each."""
        return np.asarray(self._end - self._start)

    def at(self, places: np.ndarray) -> PassageTexts:
        """The texts at some places; a place may come again."""
        chosen = copy(self)
        chosen._document, chosen._field = self._document[places], self._field[places]
        chosen._start, chosen._end = self._start[places], self._end[places]
        return chosen

    def __len__(self) -> int:
        return len(self._start)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        if not isinstance(place, slice):
            row = range(len(self))[place]
            return self[row : row + 1][0]
        document, field, whole = self._document[place], self._field[place], np.empty(len(self._start[place]), object)
        for name, texts in self._fields.items():
            rows = np.flatnonzero(field == name)
            distinct, which = np.unique(document[rows], return_inverse=True)
            whole[rows] = np.array(texts.take(distinct).tolist(), object)[which]
        spans = zip(whole.tolist(), self._start[place].tolist(), self._end[place].tolist(), strict=True)
        return [text[start:end] for text, start, end in spans]

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self), BLOCK):
            yield from self[start : start + BLOCK]


def fold_case(text: str) -> str:
    """A text without differences of case, as both the passages and what is looked for are compared."""
    folded = text.casefold()
    return folded if folded.isascii() else folded.encode("utf-8", "replace").decode("utf-8")


def fold_passages(texts: Iterable[str]) -> arrow.Array:
    """The case-folded passages, one after the other in memory, where a text is found at 0.5 GB a second."""
    return arrow.array(map(fold_case, texts), arrow.large_string())


def count_words(text: str) -> int:
    """Number of words."""
    return len(WORD.findall(text))


def _split_long(text: str, begin: int, start: int, end: int, before: np.ndarray) -> list[Span]:
    """Cut a paragraph over the limit into runs of whole sentences, each as long as the limit allows.

    Args:
        text: its text, which begins at the place `begin` of the chunk.
        begin: that place.
        start: the paragraph's first place in the chunk.
        end: one past its last.
        before: how many words begin before each place of the chunk.
    """
    spans: list[Span] = []
    for first, last in sentence_spans(text, start - begin, end - begin):
        if spans and before[begin + last] - before[spans[-1][0]] <= LONGEST_PASSAGE:
            spans[-1] = (spans[-1][0], begin + last)
        else:
            spans.append((begin + first, begin + last))
    return spans


def _trailing_space(text: str) -> int:
    return len(text) - len(text.rstrip())
