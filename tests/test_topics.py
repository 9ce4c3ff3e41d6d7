"""Topics: the lexicon, its examples, passages with several topics or none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus import Corpus, Document, Side, Topic
from analysis.passages import PassageTexts, passage_table
from analysis.reading import Reading
from analysis.topic_discovery import coherent, discover_topics
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


LEXICON = (
    Topic("one", "", ("strike", "missile*")),
    Topic("two", "", ("shot down", "s-300", "istanbul")),
    Topic("three", "", ("οδος", "北京*", "k*")),
)


@given(
    st.lists(
        st.text(st.sampled_from("kKK sSſ-’İıςΣ\u0307北京\n."), max_size=8)
        | st.sampled_from(["STRIKE", "missiles\n", " Shot\tdown", "S-300", "İstanbul ", " ΟΔΟΣ", "s-3000"]),
        max_size=12,
    )
)
def test_a_passage_has_the_topics_whose_pattern_finds_a_term_in_it(parts: list[str]) -> None:
    document = Document("d", "s", "o", "A strike", "".join(parts))
    corpus = Corpus("", (Side("s", "S", "#000"),), (document, replace(document, id="e")), LEXICON)
    passages = passage_table(corpus)
    texts = PassageTexts(corpus.table, passages)
    expected = [tuple(topic.id for topic in LEXICON if topic_pattern(topic).search(text)) for text in texts]
    assert passage_topics(corpus, passages) == expected


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


THEMES = ["flood dam river", "ballot vote parliament", "harvest wheat barley", "cease-fire truce envoy"]


def themed(odd: str = "") -> Corpus:
    """Ten articles of each of THEMES; every third of each also has one of some odd words, by turns."""
    words = odd.split() or [""]
    texts = [f"{theme} {words[n % len(words)] if n % 3 == 0 else ''}" for theme in THEMES for n in range(10)]
    documents = tuple(Document(f"d{n}", "one", "Post", "", text) for n, text in enumerate(texts))
    return Corpus("themes", (Side("one", "One", "#000000"),), documents)


@pytest.mark.parametrize("odd", ["", "violin tractor", "violin tractor lantern"])
def test_words_that_do_not_stand_together_are_of_no_discovered_topic(odd: str) -> None:
    found = discover_topics(themed(odd))
    assert {frozenset(topic.terms) for topic in found} == {frozenset(theme.split()) for theme in THEMES}


def test_a_word_of_other_stories_leaves_a_discovered_topic() -> None:
    held = np.array([[1, 1, 1, 0]] * 9 + [[0, 0, 1, 1]] + [[0, 0, 0, 1]] * 8 + [[0, 0, 0, 0]] * 12)
    assert coherent([0, 1, 2, 3], held) == [0, 1, 2]
