"""Topics of passages, from the corpus's topic lexicon or from the documents' own topics."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

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
    """The topic ids of each passage, in the lexicon's order; empty where none fits."""
    index = _WordIndex([topic for topic in corpus.topics if topic.terms])
    stated = _stated_topics(corpus)
    if not index:
        return [stated[place] for place in passages["position"].tolist()]
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    texts = PassageTexts(corpus.table, passages)
    keys = (
        (*index.topics(text), *stated[place]) for text, place in zip(texts, passages["position"].tolist(), strict=True)
    )
    return [known.setdefault(key, key) for key in keys]


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


class _WordIndex:
    """Which words can begin a topic's term, so that patterns are tried only where one stands.

    Each distinct word of a corpus is judged once; then a passage costs its words, however many topics there are.
    """

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._patterns = [(topic.id, topic_pattern(topic)) for topic in topics]
        self._beginnings = [_beginnings(topic) for topic in topics]
        self._seen: set[str] = set()
        self._telling: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._patterns)

    def topics(self, passage: str) -> list[str]:
        """The topics whose terms stand in the passage."""
        words = set(_WORD.findall(_lower(passage)))
        for word in words - self._seen:
            self._seen.add(word)
            likely = tuple(place for place, beginning in enumerate(self._beginnings) if beginning.match(word))
            if likely:
                self._telling[word] = likely
        likely_places = {place for word in self._telling.keys() & words for place in self._telling[word]}
        patterns = (self._patterns[place] for place in sorted(likely_places))
        return [topic for topic, pattern in patterns if pattern.search(passage)]


_WORD = re.compile(r"\w+")
_ODD = re.compile("[\u017f\u0131\u03c2\u00b5\u0130\u0307]")
_ODD_CASES = str.maketrans("\u017f\u0131\u03c2\u00b5", "si\u03c3\u03bc", "\u0307")
"""Letters that equal another one in any case, but are not lowered to it."""


def _lower(text: str) -> str:
    lower = text.lower()
    return lower if text.isascii() or not _ODD.search(text) else lower.translate(_ODD_CASES)


def _beginnings(topic: Topic) -> re.Pattern[str]:
    """A pattern of the words that a term of the topic can begin with."""
    parts = []
    for term in topic.terms:
        words = _WORD.findall(_lower(term))
        whole = len(words) > 1 or not term.endswith("*")
        parts.append(re.escape(words[0]) + (r"\Z" if whole else "") if words else "")
    return re.compile("|".join(parts))


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
