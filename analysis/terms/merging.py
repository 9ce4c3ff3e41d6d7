"""Spellings of one name counted as one term, before any statistic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from analysis.terms.counts import Stream, TermCounts


def merge_names(counts: TermCounts, mapping: Mapping[str, str]) -> TermCounts:
    """Count each name under its entity.

    Args:
        counts: a counted corpus; its tokens are shared, not copied.
        mapping: folded name (of one or several words) -> the entity as a term. Where names overlap, the longest
            counts.
    """
    known = {tuple(counts.index.get(word, -1) for word in name.split(" ")): entity for name, entity in mapping.items()}
    names = {parts: entity for parts, entity in known.items() if -1 not in parts}
    entities = list(dict.fromkeys(names.values()))
    first, width, entity = _found(counts, {parts: entities.index(name) for parts, name in names.items()})
    stream = _rewritten(counts.stream, first, width, len(counts.vocabulary) + entity)
    vocabulary = np.concatenate((counts.vocabulary, np.array(entities, object)))
    return replace(counts, vocabulary=vocabulary, stream=stream, merged=frozenset(entities))


def _found(counts: TermCounts, names: Mapping[tuple[int, ...], int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Position, width and entity of each name in the stream, the longest where several begin at one word."""
    stream = counts.stream
    starts = np.zeros(len(counts.vocabulary), bool)
    starts[[parts[0] for parts in names]] = True
    at = np.flatnonzero(starts[stream.term])
    width, entity = np.zeros(len(at), np.int64), np.zeros(len(at), np.int64)
    for parts, number in sorted(names.items(), key=lambda item: len(item[0])):
        fits = stream.term[at] == parts[0]
        for step, word in enumerate(parts[1:], 1):
            following = np.minimum(at + step, len(stream.term) - 1)
            fits &= (at + step < len(stream.term)) & stream.joined[following] & (stream.term[following] == word)
        width[fits], entity[fits] = len(parts), number
    found = width > 0
    at, width, entity = at[found], width[found], entity[found]
    free = _free(at, width)
    return at[free], width[free], entity[free]


def _free(at: np.ndarray, width: np.ndarray) -> np.ndarray:
    """Whether each name begins after the one before it ended, from the left."""
    free = np.ones(len(at), bool)
    reach = 0
    for number, (start, size) in enumerate(zip(at.tolist(), width.tolist(), strict=True)):
        free[number] = start >= reach
        reach = max(reach, start + size) if free[number] else reach
    return free


def _rewritten(stream: Stream, first: np.ndarray, width: np.ndarray, term: np.ndarray) -> Stream:
    """The stream with each name as one word."""
    terms = stream.term.copy()
    terms[first] = term
    kept = np.ones(len(terms), bool)
    for step in range(1, int(width.max(initial=1))):
        kept[first[width > step] + step] = False
    words = np.flatnonzero(kept).astype(np.int32)
    begin = words if stream.token is None else stream.token[words]
    widths = np.ones(len(terms), np.uint8)
    widths[first] = stream.tokens(first + width - 1)[1] - stream.tokens(first)[0] + 1
    bounds = np.searchsorted(words, stream.bounds.astype(np.int32))
    return Stream(terms[words], stream.joined[words], bounds, begin, widths[words])
