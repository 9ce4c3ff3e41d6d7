"""A term back to its lines: every occurrence that was counted, with the text around it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.passages import PassageTexts
from analysis.terms.counts import LONGEST_PHRASE, TermCounts
from analysis.terms.view import Rows, selected
from analysis.tokens import fold

WIDTH = 60
"""Code points of context on either side."""

ORDERS = ("position", "left", "match", "right", "side", "outlet", "date")


def occurrences(counts: TermCounts, term: str, rows: Rows = None) -> pd.DataFrame:
    """Where a term stands, from the same offsets as its count.

    Args:
        counts: a counted corpus.
        term: as in the table of terms; any case.
        rows: the selection.

    Returns:
        One row an occurrence in reading order: passage (row of the passage table), document (its id), side,
        outlet, date, field, start, end (code points in the field). As many rows as the term's count.
    """
    first, last = _positions(counts, term)
    tokens, layout = counts.tokens, counts.layout
    place = np.searchsorted(counts.stream.bounds, first, side="right") - 1
    kept = selected(counts, rows)[place]
    place, begin, end = place[kept], counts.stream.tokens(first)[0][kept], counts.stream.tokens(last)[1][kept]
    passage = layout.row[place]
    places, documents = counts.passages, counts.documents.iloc[layout.document[place]]
    origin = places["start"].to_numpy()[passage]
    lengths = np.fromiter(map(len, tokens.words[tokens.word[end]]), int, len(end))
    columns = {"passage": passage, "document": documents["id"].to_numpy()}
    columns |= {name: documents[name].to_numpy() for name in ("side", "outlet", "date")}
    columns["field"] = places["field"].to_numpy()[passage]
    columns["start"] = origin + tokens.start[begin]
    columns["end"] = origin + tokens.start[end] + lengths
    return pd.DataFrame(columns).sort_values(["passage", "start"], kind="stable", ignore_index=True)


def concordance(
    counts: TermCounts, term: str, rows: Rows = None, *, order: str = "position", width: int = WIDTH
) -> pd.DataFrame:
    """The lines of a term.

    Args:
        counts: a counted corpus.
        term: as in the table of terms.
        rows: the selection.
        order: one of ORDERS; `left` sorts by the words before the term, the nearest first.
        width: code points of context on either side, within the passage.

    Returns:
        The columns of `occurrences`, and left, match, right: the text before, of and after the term.
    """
    if order not in ORDERS:
        raise ValueError(f"no order {order!r}; there are {', '.join(ORDERS)}")
    lines = occurrences(counts, term, rows)
    texts = PassageTexts(counts.documents, counts.passages.iloc[lines["passage"]])
    origins = counts.passages["start"].to_numpy()[lines["passage"]]
    spans = zip(texts, (lines["start"] - origins).tolist(), (lines["end"] - origins).tolist(), strict=True)
    parts = [_around(*span, width) for span in spans]
    lines[["left", "match", "right"]] = pd.DataFrame(parts, columns=["left", "match", "right"], dtype=object)
    if order == "position":
        return lines
    return lines.sort_values(order, key=_left_words if order == "left" else _folded, kind="stable", ignore_index=True)


def _positions(counts: TermCounts, term: str) -> tuple[np.ndarray, np.ndarray]:
    """First and last place in the stream of each occurrence."""
    stream = counts.stream
    for parts in _readings(counts, term.split(" ")):
        at = np.flatnonzero(stream.term == parts[0])
        at = at[at + len(parts) <= len(stream.term)]
        for step, word in enumerate(parts[1:], 1):
            at = at[(stream.term[at + step] == word) & stream.joined[at + step]]
        if len(at):
            return at, at + len(parts) - 1
    return np.empty(0, np.int64), np.empty(0, np.int64)


def _readings(counts: TermCounts, words: list[str], most: int = LONGEST_PHRASE) -> Iterator[list[int]]:
    """Ways to read the words as entries of the vocabulary; a merged name is one entry of several words."""
    if not words:
        yield []
    for size in range(1, len(words) + 1) if most else ():
        text = " ".join(words[:size])
        entry = counts.index.get(text, counts.index.get(fold(text), -1))
        if entry >= 0:
            for rest in _readings(counts, words[size:], most - 1):
                yield [entry, *rest]


def _around(text: str, start: int, end: int, width: int) -> tuple[str, str, str]:
    return text[max(start - width, 0) : start], text[start:end], text[end : end + width]


def _folded(column: pd.Series) -> pd.Series:
    return column.map(lambda value: fold(str(value)))


def _left_words(column: pd.Series) -> pd.Series:
    return column.map(lambda text: " ".join(reversed(fold(text).split())))
