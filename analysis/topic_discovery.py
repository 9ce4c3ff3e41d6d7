"""Topics found in a corpus that comes without any."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

from analysis.corpus import Corpus, Topic, slug
from analysis.terms.counts import stopwords

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

COHERENT = 0.1
"""Mean likeness of where a topic's words stand below which a word is none of them; see `coherent`."""

TERM_SHARE = 0.5
"""Share of a word's weight over all topics that one topic must have for the word to be its term."""


def discover_topics(corpus: Corpus) -> tuple[Topic, ...]:
    """Topics for a corpus that has none: themes of its own words, each a list of terms like a written lexicon.

    Non-negative matrix factorisation (Lee and Seung 1999) of TF-IDF weights, as scikit-learn does it, from a
    fixed start, so that the same corpus gives the same topics. A topic's terms are the words that weigh most
    in it, are mostly its own and stand together; the heaviest name it. Function words and names of outlets and
    sides are left out.

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
        heavy = [place for place in heavy[:TOPIC_TERMS] if model.components_[number, place] > 0]
        terms = tuple(str(words[place]) for place in coherent(heavy, weights))
        if len(terms) >= LABEL_TERMS:
            topics.setdefault(slug(terms[0]), Topic(slug(terms[0]), ", ".join(terms[:LABEL_TERMS]), terms))
    return tuple(topics.values())


def coherent(places: Sequence[int], weights: Any) -> list[int]:
    """The words of a topic that stand in the same documents; the others came from stories without a topic of their own.

    A word is measured by its mean normalised pointwise mutual information with the others (Bouma 2009): 1 where they
    always stand together, 0 by chance, -1 never. The worst goes first, and what is left is measured again.
    """
    held = sparse.csr_array(weights[:, list(places)] > 0).astype(np.float64)
    shares = (held.T @ held).toarray() / held.shape[0]
    alone = np.diag(shares)
    with np.errstate(divide="ignore", invalid="ignore"):
        likeness = np.log(shares / np.outer(alone, alone)) / -np.log(shares)
    likeness[shares == 0] = -1.0
    kept = list(range(len(places)))
    while len(kept) > 1:
        means = (likeness[np.ix_(kept, kept)].sum(axis=1) - 1.0) / (len(kept) - 1)
        if means.min() >= COHERENT:
            break
        kept.pop(int(means.argmin()))
    return [places[place] for place in kept]


def _word_weights(texts: Sequence[str], corpus: Corpus) -> tuple[Any, np.ndarray]:
    """TF-IDF weights of the words that can mark a theme, and those words."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    names = " ".join([*corpus.outlets.values(), *(side.label for side in corpus.sides)])
    barred = stopwords() | set(re.findall(r"\w+", names.lower()))
    vectorizer = TfidfVectorizer(
        token_pattern=r"(?u)\b[^\W\d_]{3,}(?:-[^\W\d_]{2,})*\b",
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
