"""Selections: what they leave, how they are said, and that a query brings them back."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus import Corpus
from analysis.passages import fold_passages
from analysis.reading import Reading, Selected
from analysis.selection import PassageIndex, Selection
from analysis.topics import NO_TOPIC


@pytest.mark.parametrize(
    ("selection", "documents"),
    [
        (Selection(), 2),
        (Selection(sides=("western",)), 1),
        (Selection(outlets=("rt",)), 1),
        (Selection(since=date(2025, 2, 13)), 0),
        (Selection(until=date(2025, 2, 12)), 2),
        (Selection(topics=("prisoners",)), 1),
        (Selection(topics=(NO_TOPIC,)), 1),
        (Selection(text="KYIV"), 1),
        (Selection(sides=("western",), outlets=("rt",)), 0),
    ],
)
def test_what_a_selection_leaves(reading: Reading, selection: Selection, documents: int) -> None:
    selected = Selected(reading, selection)
    assert len(selected.documents) == documents
    assert selected.sizes["documents"].sum() == documents


def test_a_topic_narrows_passages_figures_and_attributions(reading: Reading) -> None:
    selected = Selected(reading, Selection(topics=("strikes",)))
    assert 0 < len(selected.passages) < len(reading.passages)
    for part, whole in ((selected.figures, reading.figures), (selected.attributions, reading.attributions)):
        assert set(part["passage"]) <= set(selected.passages["id"])
        assert 0 < len(part) < len(whole)


def test_a_selection_in_words(seeds: Corpus) -> None:
    selection = Selection(("western",), ("peace-talks", NO_TOPIC), ("reuters",), date(2025, 2, 1), None, "x")
    assert selection.describe(seeds) == (
        "Sides: Western; topics: Peace talks, No topic; outlets: Reuters; since 2025-02-01; passages with “x”"
    )
    assert Selection().describe(seeds) == "Everything in the corpus"


def test_what_the_corpus_lacks_is_told(seeds: Corpus) -> None:
    selection = Selection(("eastern",), ("x",), ("y",), date(2025, 3, 1), date(2025, 2, 1))
    assert len(selection.problems(seeds)) == 4
    assert Selection(topics=(NO_TOPIC,)).problems(seeds) == []


ids = st.lists(st.text(min_size=1, max_size=8), max_size=3, unique=True).map(tuple)
days = st.none() | st.dates()


@given(st.builds(Selection, ids, ids, ids, days, days, st.text(max_size=9).map(str.strip)))
def test_a_query_brings_the_selection_back(selection: Selection) -> None:
    assert Selection.from_query(selection.to_query()) == (selection, [])


def test_a_bad_date_in_a_query_is_told() -> None:
    selection, problems = Selection.from_query({"since": ["soon"], "topic": ["", "a", "a"]})
    assert selection == Selection(topics=("a",))
    assert len(problems) == 1
    assert "'soon'" in problems[0]


@pytest.mark.parametrize("text", [*(f"a{chr(code)}b" for code in range(128)), "ΑΒ", "a.b", "x" * 300, "\\Q", "é\n"])
def test_a_text_is_looked_for_as_it_is(text: str) -> None:
    texts = ["a.b", "axb and more", f"before {text} after", "", text[1:], "ab"]
    passages = pd.DataFrame({"position": range(len(texts)), "topics": [()] * len(texts)})
    index = PassageIndex(pd.DataFrame(), passages, lambda: fold_passages(texts))
    found = index.holding(text)
    assert found.tolist() == [text.casefold() in each.casefold() for each in texts]
