"""Topics of passages, from the corpus's topic lexicon or from the documents' own topics."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.corpus import Corpus, Topic, slug
from analysis.terms.counts import stopwords

NO_TOPIC = "no-topic"
"""The id under which passages without any topic are chosen."""

DISCOVERED_LANGUAGE = "en"

FEWEST_DOCUMENTS = 30
"""Fewer documents than this do not show themes that recur."""

DOCUMENTS_PER_TOPIC = 10
FEWEST_TOPICS, MOST_TOPICS = 3, 12
"""More topics than a filter bar can show help nobody."""

TOPIC_TERMS = 8
LABEL_TERMS = 3

SAMPLED_DOCUMENTS = 10_000
"""Documents that topics are learnt from: a larger sample did not change them and costs time."""

COMMON_WORD = 0.4
"""Share of the documents from which a word marks no theme."""

TERM_SHARE = 0.5
"""Share of a word's weight over all topics that one topic must have for the word to be its term."""


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
    own = {document.id: {slug(name) for name in document.topics} for document in corpus.documents}
    without_terms = [topic.id for topic in corpus.topics if not topic.terms]
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    result = []
    columns = (passages[name].tolist() for name in ("document", "field", "start", "end"))
    for document, field, start, end in zip(*columns, strict=True):
        found = index.topics(getattr(corpus.document(document), field)[start:end]) if index else []
        found += [topic for topic in without_terms if topic in own[document]]
        key = tuple(found)
        result.append(known.setdefault(key, key))
    return result


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
_ODD_CASES = str.maketrans("\u017f\u0131\u03c2\u00b5", "si\u03c3\u03bc", "\u0307")
"""Letters that equal another one in any case, but are not lowered to it."""


def _lower(text: str) -> str:
    return text.lower() if text.isascii() else text.lower().translate(_ODD_CASES)


def _beginnings(topic: Topic) -> re.Pattern[str]:
    """A pattern of the words that a term of the topic can begin with."""
    parts = []
    for term in topic.terms:
        words = _WORD.findall(_lower(term))
        whole = len(words) > 1 or not term.endswith("*")
        parts.append(re.escape(words[0]) + (r"\Z" if whole else "") if words else "")
    return re.compile("|".join(parts))


def discover_topics(corpus: Corpus) -> tuple[Topic, ...]:
    """Topics for a corpus that has none: themes of its own words, each a list of terms like a written lexicon.

    Non-negative matrix factorisation (Lee and Seung 1999) of TF-IDF weights, as scikit-learn does it, from a
    fixed start, so that the same corpus gives the same topics. A topic's terms are the words that weigh most
    in it and are mostly its own; the heaviest name it. Function words and names of outlets and sides are left out.

    Returns:
        Topics by falling share of the corpus; none for a corpus of few documents or without recurring words.
    """
    documents = [document for document in corpus.documents if document.language == DISCOVERED_LANGUAGE]
    if len(documents) < FEWEST_DOCUMENTS:
        return ()
    step = -(-len(documents) // SAMPLED_DOCUMENTS)
    weights, words = _word_weights([f"{document.title}\n{document.text}" for document in documents[::step]], corpus)
    count = min(max(len(documents) // DOCUMENTS_PER_TOPIC, FEWEST_TOPICS), MOST_TOPICS, *weights.shape)
    if not len(words):
        return ()
    from sklearn.decomposition import NMF

    model = NMF(count, init="nndsvda", random_state=0, max_iter=300, tol=1e-3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # unfinished convergence moves terms little
        shares = model.fit_transform(weights).sum(axis=0)
    parts = model.components_ / np.maximum(model.components_.sum(axis=0), 1e-12)
    topics: dict[str, Topic] = {}
    for number in np.argsort(-shares, kind="stable"):
        order = np.argsort(-model.components_[number], kind="stable")
        heavy = [place for place in order[: 5 * TOPIC_TERMS] if parts[number, place] >= TERM_SHARE]
        terms = tuple(str(words[place]) for place in heavy[:TOPIC_TERMS] if model.components_[number, place] > 0)
        if len(terms) >= LABEL_TERMS:
            topics.setdefault(slug(terms[0]), Topic(slug(terms[0]), ", ".join(terms[:LABEL_TERMS]), terms))
    return tuple(topics.values())


def _word_weights(texts: Sequence[str], corpus: Corpus) -> tuple[Any, np.ndarray]:
    """TF-IDF weights of the words that can mark a theme, and those words."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    names = " ".join([*corpus.outlets.values(), *(side.label for side in corpus.sides)])
    barred = stopwords() | set(_WORD.findall(_lower(names)))
    vectorizer = TfidfVectorizer(
        token_pattern=r"(?u)\b[^\W\d_]{3,}\b",
        stop_words=sorted(barred),
        min_df=max(3, len(texts) // 500),
        max_df=COMMON_WORD,
        max_features=5000,
        sublinear_tf=True,
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # stop words with apostrophes are cut as the texts are
            weights = vectorizer.fit_transform(texts)
    except ValueError:  # no word recurs
        return np.zeros((1, 0)), np.array([])
    return weights, vectorizer.get_feature_names_out()


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
