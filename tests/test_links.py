"""Links: a state written and read back is the same state; what cannot be honoured is named."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus import Corpus
from dashboard import view

STATES = st.fixed_dictionaries(
    {
        "side": st.lists(st.sampled_from(["western", "russian"]), unique=True),
        "topic": st.lists(st.sampled_from(["strikes", "europe", "kursk", "no-topic"]), unique=True),
        "outlet": st.lists(st.sampled_from(["reuters", "rt"]), unique=True),
        "since": st.none() | st.dates(date(2025, 1, 1), date(2025, 2, 1)),
        "until": st.none() | st.dates(date(2025, 2, 1), date(2025, 3, 1)),
        "text": st.sampled_from(["", "peace", "50% + #1 & /", "мир", "日本"]),
        "view": st.sampled_from(list(view.OPTIONS["view"].choices)),
        "target": st.sampled_from(["", "western"]),
        "measure": st.sampled_from(list(view.OPTIONS["measure"].choices)),
        "ngrams": st.sampled_from(list(view.OPTIONS["ngrams"].choices)),
        "top": st.sampled_from(list(view.OPTIONS["top"].choices)),
        "passage": st.sampled_from(["", "reuters-c520d7:1"]),
        "item": st.sampled_from(["", "term:peace", "voice:western|Donald Trump", "term:a&b=c"]),
    }
)


@given(state=STATES)
def test_a_written_link_reads_back_as_the_same_state(seeds: Corpus, state: dict) -> None:
    query = urlencode(view.write(state, "words", seeds), doseq=True)
    wanted, problems = view.read(parse_qs(query, keep_blank_values=True), seeds)
    assert {key: wanted[key] for key in state} == state
    assert problems == []
    assert len(query) < 1000


def test_a_link_is_explicit_about_defaults_corpus_and_version(seeds: Corpus) -> None:
    state = {key: option.initial for key, option in view.OPTIONS.items()}
    query = view.write(state, "words", seeds)
    assert query["topic"] == [""]
    assert query["measure"] == ["tfidf"]
    assert query["corpus"] == [seeds.short_digest]
    assert query["v"] == ["1"]
    assert "layer" not in query, "options of other pages stay out"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("topic=nonsense", "topic 'nonsense'"),
        ("side=martian", "side 'martian'"),
        ("outlet=nowhere", "outlet 'nowhere'"),
        ("since=yesterday", "since 'yesterday'"),
        ("since=2025-03-01&until=2025-02-01", "the dates end"),
        ("measure=magic", "measure 'magic'"),
        ("layer=magic", "layer 'magic'"),
        ("document=lost", "document 'lost'"),
        ("target=martian", "side 'martian'"),
        ("corpus=000000000000", "another version of the corpus (000000000000)"),
        ("v=9", "version '9'"),
        ("utm_source=mail", "'utm_source' means nothing"),
        ("text=" + "x" * 101, "longer than 100"),
        ("since=2025-01-01&since=2025-02-01", "since has one value, not '2025-02-01' as well"),
        ("until=2025-01-01&until=soon", "until has one value, not 'soon' as well"),
        ("text=fire&text=water", "text has one value, not 'water' as well"),
        ("item=term:a&item=term:b", "item has one value, not 'term:b' as well"),
        ("passage=a:1&passage=b:2", "passage has one value, not 'b:2' as well"),
        ("shared=a&shared=b", "shared has one value, not 'b' as well"),
        ("measure=share&measure=g2", "measure has one value, not 'g2' as well"),
        ("find=a&find=b", "find has one value, not 'b' as well"),
    ],
)
def test_what_cannot_be_honoured_is_named(seeds: Corpus, query: str, told: str) -> None:
    wanted, problems = view.read(parse_qs(query), seeds)
    assert len(problems) == 1
    assert told in problems[0]
    _, none = view.read(view.write(wanted, "words", seeds), seeds)
    assert none == [], "what is left of a bad link is a good one"


def test_the_good_part_of_a_bad_link_is_kept(seeds: Corpus) -> None:
    wanted, problems = view.read(parse_qs("topic=strikes&topic=nonsense&text=fire"), seeds)
    assert wanted["topic"] == ["strikes"]
    assert wanted["text"] == "fire"
    assert len(problems) == 1


@given(query=st.dictionaries(st.text(max_size=8) | st.sampled_from(["topic", "since", "item", "layer"]),
                             st.lists(st.text(max_size=20), max_size=3), max_size=5))  # fmt: skip
def test_no_query_raises(seeds: Corpus, query: dict[str, list[str]]) -> None:
    wanted, _ = view.read(query, seeds)
    assert view.read(view.write(wanted, "read", seeds), seeds)[1] == []
