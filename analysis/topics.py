"""Topics of passages, from the corpus's topic lexicon or from the documents' own topics."""

from __future__ import annotations

import re

import pandas as pd

from analysis.corpus import Corpus, Topic, slug

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
    patterns = [(topic.id, topic_pattern(topic)) for topic in corpus.topics if topic.terms]
    own = {document.id: {slug(name) for name in document.topics} for document in corpus.documents}
    without_terms = [topic.id for topic in corpus.topics if not topic.terms]
    result = []
    for row in passages.itertuples():
        text = getattr(corpus.document(row.document), row.field)[row.start : row.end]
        found = [topic for topic, pattern in patterns if pattern.search(text)]
        found += [topic for topic in without_terms if topic in own[row.document]]
        result.append(tuple(found))
    return result


def topic_words(corpus: Corpus, passages: pd.DataFrame) -> pd.DataFrame:
    """Passages and words of each topic and side.

    Columns: topic, label, side, passages, words; topics in the lexicon's order, *no topic* last.
    """
    labels = {topic.id: topic.label for topic in corpus.topics} | {NO_TOPIC: "No topic"}
    spread = passages.assign(topic=[topics or (NO_TOPIC,) for topics in passages["topics"]]).explode("topic")
    sizes = spread.groupby(["topic", "side"])["words"].agg(["size", "sum"])
    rows = []
    for topic, label in labels.items():
        for side in corpus.sides:
            size, words = sizes.loc[(topic, side.id)] if (topic, side.id) in sizes.index else (0, 0)
            rows.append((topic, label, side.id, int(size), int(words)))
    return pd.DataFrame(rows, columns=["topic", "label", "side", "passages", "words"])


