"""Passages: a document's title, then its paragraphs, as offsets into the verbatim text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import pandas as pd
import pyarrow as arrow

from analysis.corpus import Corpus, Document

LONGEST_PASSAGE = 120
"""Words above which a paragraph is split at sentence ends, so that one passage stays readable evidence."""

WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
"""A word for counting lengths: U.S., mother-in-law and O'Malley are one each."""

SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W_a-z])")
ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|Rev|Hon|Pres|St|No|vs|Jr|Sr|Inc|Ltd|Co"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[^\W\d_])\.\s*$"
)

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


def split_passages(text: str) -> list[Span]:
    """Spans of a text's passages: its lines, long ones cut at sentence ends.

    >>> split_passages("One.\\n\\n Two. ")
    [(0, 4), (7, 11)]
    """
    return [(start, end) for start, end, _ in _counted_passages(text)]


def _counted_passages(text: str) -> list[tuple[int, int, int]]:
    """Spans of a text's passages and the words in each."""
    spans: list[tuple[int, int, int]] = []
    for match in re.finditer(r"[^\n]+", text):
        line = match.group()
        if line.strip():
            start = match.start() + len(line) - len(line.lstrip())
            spans += _split_long(text, start, match.start() + len(line.rstrip()))
    return spans


def document_passages(document: Document) -> list[tuple[str, int, int, int, int]]:
    """(field, start, end, paragraph, words) of each passage; the title is paragraph 0."""
    rows = []
    title = document.title.strip()
    if title:
        start = document.title.index(title)
        rows.append(("title", start, start + len(title), 0, count_words(title)))
    paragraph, line = 0, -1
    for start, end, words in _counted_passages(document.text):
        line_start = document.text.rfind("\n", 0, start)
        paragraph, line = (paragraph, line) if paragraph and line == line_start else (paragraph + 1, line_start)
        rows.append(("text", start, end, paragraph, words))
    return rows


def passage_table(corpus: Corpus) -> pd.DataFrame:
    """One row a passage in document order.

    Columns: id (`document:number`), document, side, outlet, date, field (title/text), start, end (code
    points), paragraph (0 is the title), words, position (row of the document in `corpus.table`).
    """
    rows = []
    for position, document in enumerate(corpus.documents):
        for number, (field, start, end, paragraph, words) in enumerate(document_passages(document)):
            place = (f"{document.id}:{number}", document.id, document.side, document.outlet, document.date)
            rows.append((*place, field, start, end, paragraph, words, position))
    names = [
        "id",
        "document",
        "side",
        "outlet",
        "date",
        "field",
        "start",
        "end",
        "paragraph",
        "words",
        "position",
    ]
    return pd.DataFrame(rows, columns=names).astype({"date": object})


class PassageTexts(Sequence[str]):
    """The texts of passages, cut from their documents when asked for: all at once they fill memory twice."""

    def __init__(self, documents: pd.DataFrame, passages: pd.DataFrame) -> None:
        """Texts of the passages (document, field, start, end), in their order; documents have id, title and text."""
        self._fields = {name: documents[name].array for name in ("title", "text")}
        self._documents = pd.Index(documents["id"]).get_indexer(passages["document"])
        self._field, self._start, self._end = (passages[name].to_numpy() for name in ("field", "start", "end"))
        self._cut = (-1, "", "")

    def __len__(self) -> int:
        return len(self._start)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            columns = (self._documents[place], self._field[place], self._start[place], self._end[place])
            return [self._text(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]
        return self._text(
            int(self._documents[place]), self._field[place], int(self._start[place]), int(self._end[place])
        )

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self), BLOCK):
            yield from self[start : start + BLOCK]

    def _text(self, document: int, field: str, start: int, end: int) -> str:
        cut = self._cut
        if cut[:2] != (document, field):
            self._cut = cut = (document, field, self._fields[field][document])
        return cut[2][start:end]


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


def _split_long(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """Cut a paragraph over the limit into runs of whole sentences, each as long as the limit allows."""
    whole = count_words(text[start:end])
    if whole <= LONGEST_PASSAGE:
        return [(start, end, whole)]
    spans: list[tuple[int, int, int]] = []
    for sentence_start, sentence_end in sentence_spans(text, start, end):
        words = count_words(text[sentence_start:sentence_end])
        if spans and spans[-1][2] + words <= LONGEST_PASSAGE:
            spans[-1] = (spans[-1][0], sentence_end, spans[-1][2] + words)
        else:
            spans.append((sentence_start, sentence_end, words))
    return spans


def _trailing_space(text: str) -> int:
    return len(text) - len(text.rstrip())
