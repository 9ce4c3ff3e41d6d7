"""Topics of passages, from the corpus's topic lexicon or from the documents' own topics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd

from analysis.characters import Property, by_chunk, code_points, first_places, origins, runs, span_hashes
from analysis.corpus import Corpus, Topic, slug
from analysis.passages import PassageTexts

NO_TOPIC = "no-topic"
"""The id under which passages without any topic are chosen."""


def topic_pattern(topic: Topic) -> re.Pattern[str]:
    """A pattern that finds any of the topic's terms as whole words, in any case.

    White space in a term matches any white space; a final `*` lets the word go on.
    """
    parts = []
    for term in sorted(topic.terms, key=len, reverse=True):
        words = r"\s+".join(re.escape(word) for word in term.removesuffix("*").split())
        parts.append(words + (r"\w*" if term.endswith("*") else ""))
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def passage_topics(corpus: Corpus, passages: pd.DataFrame) -> list[tuple[str, ...]]:
    """The topic ids of each passage, in the lexicon's order; empty where none fits.

    Args:
        corpus: the corpus.
        passages: the table of `passages.passage_table`.
    """
    stated, positions = _stated_topics(corpus), passages["position"].tolist()
    lexicon = [topic for topic in corpus.topics if topic.terms]
    if not lexicon:
        return [stated[position] for position in positions]
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    found = _found(lexicon, corpus, passages)
    keys = ((*found.get(row, ()), *stated[position]) for row, position in enumerate(positions))
    return [known.setdefault(key, key) for key in keys]


def _found(topics: Sequence[Topic], corpus: Corpus, passages: pd.DataFrame) -> dict[int, tuple[str, ...]]:
    """The topics whose terms stand in each passage, passages without any left out."""
    beginnings = _Beginnings(topics)
    parts = [_likely(beginnings, corpus, passages, field) for field in ("title", "text")]
    pairs, sure = (np.concatenate(column) for column in zip(*parts, strict=True))
    found, doubted = np.unique(pairs[sure]), np.setdiff1d(pairs[~sure], pairs[sure])
    patterns, texts = [topic_pattern(topic) for topic in topics], PassageTexts(corpus.table, passages)
    places = (divmod(pair, len(topics)) for pair in doubted.tolist())
    fits = [patterns[place].search(texts[row]) is not None for row, place in places]
    held: dict[int, list[int]] = {}
    for pair in np.union1d(found, doubted[np.array(fits, bool)]).tolist():
        held.setdefault(pair // len(topics), []).append(pair % len(topics))
    names = {key: tuple(topics[place].id for place in key) for key in set(map(tuple, held.values()))}
    return {row: names[tuple(key)] for row, key in held.items()}


def _likely(
    beginnings: _Beginnings, corpus: Corpus, passages: pd.DataFrame, field: str
) -> tuple[np.ndarray, np.ndarray]:
    """Passages with a word that can begin a topic's term: passage and topic as one number, whether the word is one."""
    rows = np.flatnonzero(passages["field"] == field)
    starts = _place(passages["position"].to_numpy()[rows], passages["start"].to_numpy()[rows])
    parts = by_chunk(partial(_telling_words, beginnings), corpus.column(field).array)
    text, start, topic, sure = (np.concatenate(column) for column in zip(*parts, strict=True))
    row = rows[np.searchsorted(starts, _place(text, start), side="right") - 1]
    return row * beginnings.topics + topic, sure


def _place(text: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Places in many texts as numbers in reading order."""
    return text.astype(np.int64) << 32 | start


def _stated_topics(corpus: Corpus) -> list[tuple[str, ...]]:
    """The topics without terms that each document itself names, in the lexicon's order."""
    without_terms = [topic.id for topic in corpus.topics if not topic.terms]
    if not without_terms:
        return [()] * len(corpus.documents)
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    for names in corpus.column("topics"):
        own = {slug(name) for name in names}
        known.setdefault(names, tuple(topic for topic in without_terms if topic in own))
    return [known[names] for names in corpus.column("topics")]


class _Beginnings:
    """Which words can begin a topic's term, and which are a whole term; each distinct word is judged once."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.topics = len(topics)
        self._patterns = [(_beginnings(topic.terms), _beginnings(_words_alone(topic))) for topic in topics]
        self._judged: dict[str, list[tuple[int, bool]]] = {}

    def of(self, word: str) -> list[tuple[int, bool]]:
        """The topics with a term that a word, in small letters, can begin; and whether that is all of the term."""
        if word not in self._judged:
            self._judged[word] = [
                (place, bool(whole.match(word)))
                for place, (beginning, whole) in enumerate(self._patterns)
                if beginning.match(word)
            ]
        return self._judged[word]


def _telling_words(beginnings: _Beginnings, texts: Sequence[str], first_text: int) -> tuple[np.ndarray, ...]:
    """Where words stand that can begin a topic's term: text, start, topic, whether the word is the term."""
    codes = code_points("\n" + "\n".join(texts) + "\n")
    begins, lower = origins(texts, 1), _LOWER(codes)
    starts, ends = runs(_IS_WORDY(lower))
    word, distinct = pd.factorize(span_hashes(lower, starts, ends))
    first = first_places(word, len(distinct))
    shown = lower.tobytes().decode("utf-32-le", "surrogatepass")
    spans = zip(starts[first].tolist(), ends[first].tolist(), strict=True)
    judged = [beginnings.of(shown[start:end]) for start, end in spans]
    sizes = np.fromiter(map(len, judged), np.int64, len(judged))
    place = np.array([place for found in judged for place, _ in found], np.int64)
    whole = np.array([is_whole for found in judged for _, is_whole in found], bool)
    at = np.flatnonzero(sizes[word] > 0)
    times = sizes[word[at]]
    text = np.searchsorted(begins, starts[at], side="right") - 1
    nth = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    of = np.repeat((np.cumsum(sizes) - sizes)[word[at]], times) + nth
    return np.repeat(text + first_text, times), np.repeat(starts[at] - begins[text], times), place[of], whole[of]


_WORD = re.compile(r"\w+")
_ODD_CASES = str.maketrans("\u0130\u017f\u0131\u03c2\u00b5", "isi\u03c3\u03bc")
"""Letters that equal another one in any case, but are not lowered to it; each stays one character."""


def _lower(text: str) -> str:
    return text.translate(_ODD_CASES).lower().translate(_ODD_CASES)


_LOWER = Property(lambda character: ord(_lower(character)), np.uint32)
_IS_WORDY = Property(lambda character: character.isalnum() or character == "_", np.bool_)


def _words_alone(topic: Topic) -> list[str]:
    """The topic's terms of one word, or one beginning of words."""
    return [term for term in topic.terms if _WORD.fullmatch(term.removesuffix("*"))]


def _beginnings(terms: Sequence[str]) -> re.Pattern[str]:
    """A pattern of the words that one of the terms can begin with."""
    parts = []
    for term in terms:
        words = _WORD.findall(_lower(term))
        whole = len(words) > 1 or not term.endswith("*")
        parts.append(re.escape(words[0]) + (r"\Z" if whole else "") if words else "")
    return re.compile("|".join(parts) if terms else r"(?!)")


def topic_words(corpus: Corpus, passages: pd.DataFrame) -> pd.DataFrame:
    """Passages and words of each topic and side.

    Columns: topic, label, side, passages, words; topics in the lexicon's order, *no topic* last.
    """
    labels = {topic.id: topic.label for topic in corpus.topics} | {NO_TOPIC: "No topic"}
    named = pd.Series([topics or (NO_TOPIC,) for topics in passages["topics"]], index=passages.index, dtype=object)
    spread = passages[["side", "words"]].assign(topic=named).explode("topic")
    sizes = spread.groupby(["topic", "side"])["words"].agg(["size", "sum"])
    known = {place: (int(size), int(words)) for place, size, words in sizes.itertuples(name=None)}
    rows = [
        (topic, label, side.id, *known.get((topic, side.id), (0, 0)))
        for topic, label in labels.items()
        for side in corpus.sides
    ]
    return pd.DataFrame(rows, columns=["topic", "label", "side", "passages", "words"])
