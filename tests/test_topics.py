"""Topics: the lexicon, its examples, passages with several topics or none."""

from __future__ import annotations

import pytest

from analysis.corpus import Corpus, Document, Side, Topic
from analysis.passages import passage_table
from analysis.reading import Reading
from analysis.topics import NO_TOPIC, passage_topics, topic_pattern, topic_words


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("strike", "a Strike hit", True),
        ("strike", "striker", False),
        ("drone*", "two drones", True),
        ("one", "drones", False),
        ("shot down", "shot\ndown", True),
        ("U.S. troops", "the U.S. troops", True),
        ("a.b", "axb", False),
    ],
)
def test_terms_match_whole_words(term: str, text: str, found: bool) -> None:
    assert bool(topic_pattern(Topic("t", "T", (term,))).search(text)) is found


def test_every_example_of_the_seed_lexicon_bears_its_topic(seeds: Corpus) -> None:
    assert len(seeds.topics) >= 8
    for topic in seeds.topics:
        assert topic.examples, topic.id
        assert all(topic_pattern(topic).search(example) for example in topic.examples), topic.id


def test_every_seed_topic_is_found_in_the_seed(seeds: Corpus, reading: Reading) -> None:
    sizes = topic_words(seeds, reading.passages).groupby("topic")["passages"].sum()
    assert (sizes > 0).all()


def test_documents_without_lexicon_bear_their_own_topics() -> None:
    documents = (
        Document("d", "s", "o", "", "One.", topics=("Big Floods",)),
        Document("e", "s", "o", "", "Two."),
    )
    corpus = Corpus("", (Side("s", "S", "#000"),), documents, (Topic("big-floods", "Big Floods", ()),))
    passages = passage_table(corpus)
    found = passage_topics(corpus, passages)
    assert found == [("big-floods",), ()]
    sizes = topic_words(corpus, passages.assign(topics=found)).set_index("topic")["passages"].to_dict()
    assert sizes == {"big-floods": 1, NO_TOPIC: 1}
