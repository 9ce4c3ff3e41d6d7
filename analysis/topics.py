"""Topics of passages, from the corpus's topic lexicon or from the documents' own topics."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import pandas as pd

from analysis.characters import Property, by_chunk, code_points, first_places, origins, runs, span_hashes
from analysis.corpus import Corpus, Topic, slug
from analysis.distinct import distinct
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
    stated, names = _stated_topics(corpus)
    code, lexicon = stated[passages["position"].to_numpy()], [topic for topic in corpus.topics if topic.terms]
    if lexicon:
        found, own = _found(lexicon, corpus, passages)
        code, pairs = pd.factorize(found * len(names) + code)
        names = [own[pair // len(names)] + names[pair % len(names)] for pair in pairs.tolist()]
    return [names[each] for each in code.tolist()]


def _found(topics: Sequence[Topic], corpus: Corpus, passages: pd.DataFrame) -> tuple[np.ndarray, list[tuple[str, ...]]]:
    """For each passage the number of the topics whose terms stand in it, and which they are; 0 is none."""
    beginnings = _Beginnings(topics)
    parts = [_likely(beginnings, corpus, passages, field) for field in ("title", "text")]
    pairs, sure = (np.concatenate(column) for column in zip(*parts, strict=True))
    found, doubted = distinct(pairs[sure]), distinct(pairs[~sure])
    doubted = doubted[~np.isin(doubted, found, assume_unique=True)]
    patterns, texts = [topic_pattern(topic) for topic in topics], PassageTexts(corpus.table, passages)
    rows, places = np.divmod(doubted, len(topics))
    looked_at = zip(texts.at(rows), places.tolist(), strict=True)
    fits = [patterns[place].search(text) is not None for text, place in looked_at]
    row, topic = np.divmod(np.sort(np.concatenate((found, doubted[np.array(fits, bool)]))), len(topics))
    first = np.flatnonzero(np.diff(row, prepend=-1))
    # Equal topics have equal sums of what stands for each; others do not, but for a chance of 2**-64 a pair.
    factors = np.random.default_rng(0).integers(1, 1 << 63, len(topics), dtype=np.uint64)
    sums = np.add.reduceat(factors[topic], first) if len(first) else factors[:0]
    _, example, which = np.unique(sums, return_index=True, return_inverse=True)
    held = np.split(topic, first[1:])
    code = np.zeros(len(passages), np.int64)
    code[row[first]] = which + 1
    return code, [(), *(tuple(topics[place].id for place in held[each]) for each in example.tolist())]


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


def _stated_topics(corpus: Corpus) -> tuple[np.ndarray, list[tuple[str, ...]]]:
    """For each document the number of the topics without terms that it names itself, and which they are."""
    without_terms = [topic.id for topic in corpus.topics if not topic.terms]
    if not without_terms:
        return np.zeros(len(corpus.documents), np.int64), [()]
    known: dict[tuple[str, ...], int] = {}
    code = [known.setdefault(names, len(known)) for names in corpus.column("topics")]
    slugs = [{slug(name) for name in names} for names in known]
    return np.array(code, np.int64), [tuple(topic for topic in without_terms if topic in own) for own in slugs]


class _Beginnings:
    """Which words can begin a topic's term, and which are a whole term; each distinct word is judged once."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.topics = len(topics)
        self._any = _beginnings([term for topic in topics for term in topic.terms])
        self._patterns = [(_beginnings(topic.terms), _beginnings(_words_alone(topic))) for topic in topics]
        self._judged: dict[int, list[tuple[int, bool]]] = {}

    def of(self, hashes: np.ndarray, word: Callable[[int], str]) -> list[list[tuple[int, bool]]]:
        """For each word the topics with a term that it can begin; and whether the word is all of the term.

        Args:
            hashes: of the words.
            word: gives the word in small letters at a place among them.
        """
        known, keys = self._judged, hashes.tolist()
        for place, key in enumerate(keys):
            if key not in known:
                known[key] = self._judge(word(place))
        return [known[key] for key in keys]

    def _judge(self, word: str) -> list[tuple[int, bool]]:
        if not self._any.match(word):
            return []
        patterns = enumerate(self._patterns)
        return [(place, bool(whole.match(word))) for place, (first, whole) in patterns if first.match(word)]


def _telling_words(beginnings: _Beginnings, texts: Sequence[str], first_text: int) -> tuple[np.ndarray, ...]:
    """Where words stand that can begin a topic's term: text, start, topic, whether the word is the term."""
    codes = code_points("\n" + "\n".join(texts) + "\n")
    begins, lower = origins(texts, 1), _LOWER(codes)
    starts, ends = runs(_IS_WORDY(lower))
    word, distinct = pd.factorize(span_hashes(lower, starts, ends))
    first = first_places(word, len(distinct))
    judged = beginnings.of(distinct, lambda place: _printed(lower, starts[first[place]], ends[first[place]]))
    sizes = np.fromiter(map(len, judged), np.int64, len(judged))
    place = np.array([place for found in judged for place, _ in found], np.int64)
    whole = np.array([is_whole for found in judged for _, is_whole in found], bool)
    at = np.flatnonzero((sizes > 0)[word])
    times = sizes[word[at]]
    text = np.searchsorted(begins, starts[at], side="right") - 1
    nth = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    of = np.repeat((np.cumsum(sizes) - sizes)[word[at]], times) + nth
    return np.repeat(text + first_text, times), np.repeat(starts[at] - begins[text], times), place[of], whole[of]


def _printed(codes: np.ndarray, start: int, end: int) -> str:
    return codes[start:end].tobytes().decode("utf-32-le", "surrogatepass")


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
