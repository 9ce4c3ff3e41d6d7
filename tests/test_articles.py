"""Articles side by side: marks, counterparts, parts, and which article goes with which."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pytest

from analysis.corpus import Corpus, Document, Side
from analysis.pairing import pair, partners
from analysis.reading import Reading, Selected
from analysis.selection import Selection
from dashboard import articles

LOOK = {"a": ("Side <A>", "#0072B2"), "b": ("B", "#D55E00")}
FIGURES = pd.DataFrame({"document": ["d"], "field": ["text"], "start": [4], "end": [8]})
SAID = pd.DataFrame({"document": ["d"], "field": ["title"], "source": [((0, 2),)], "cue": [()], "content": [((3, 4),)]})


@pytest.fixture
def passages() -> pd.DataFrame:
    places = {"start": [0, 0, 9], "end": [4, 8, 40], "paragraph": [0, 1, 2]}
    texts = {"text": ["Head", "The body", "x" * 31], "chosen": [True, False, True]}
    about = {"document": "d", "side": "a", "outlet": "O<i>", "date": None}
    return pd.DataFrame({"id": ["d:0", "d:1", "d:2"], "field": ["title", "text", "text"], **places, **texts, **about})


def test_layers_put_each_reader_s_marks_into_its_field() -> None:
    assert articles.layers({"figures": FIGURES, "voices": SAID, "names": FIGURES}) == {
        ("d", "text"): [(4, 8, "number"), (4, 8, "name")],
        ("d", "title"): [(0, 2, "source"), (3, 4, "content")],
    }


def test_an_article_numbers_paragraphs_and_fades_what_the_filters_leave_out(passages: pd.DataFrame) -> None:
    shown = articles.article(passages, {("d", "text"): [(4, 8, "term")]}, LOOK, articles.Shown(here="d:2"))
    assert '<h2 id="p-d:0" class="">Head</h2>' in shown
    assert 'id="p-d:1" class="outside" title="Outside the filters"><b>1</b><span>The <mark class="term">body' in shown
    assert 'id="p-d:2" class="here"' in shown
    assert "O&lt;i&gt;" in shown
    assert "<i>" not in shown


def aligned(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["passage", "other_side", "state", "other"])


def test_a_counterpart_is_a_click_away_and_its_lack_is_said(passages: pd.DataFrame) -> None:
    table = aligned(("d:0", "b", "matched", "e:5"), ("d:1", "b", "unmatched", None), ("d:2", "b", "unmatched", "e:1"),
                    ("d:0", "c", "unmatched", None))  # fmt: skip
    how = articles.shown(table, {"e:5": "paragraph 5"}, LOOK, str, "")
    html = articles.article(passages, {}, LOOK, how)
    assert '<a class="met" href="#p-e:5" target="_self">⇄ B, paragraph 5</a>' in html
    assert html.count("no counterpart") == 1, "the passage outside the filters was not compared"
    assert 'id="p-d:2" class="alone"' in html


def test_a_counterpart_in_another_article_leads_there(passages: pd.DataFrame) -> None:
    how = articles.shown(aligned(("d:0", "b", "matched", "f:5")), {}, LOOK, lambda passage: f"read?x={passage}&y", "")
    assert 'href="read?x=f:5&amp;y" target="_self">⇄ B, another article</a>' in articles.article(
        passages, {}, LOOK, how
    )


def test_the_strip_has_a_tick_a_thing_where_it_stands_and_parts_that_lead_there(passages: pd.DataFrame) -> None:
    html = articles.strip(passages, {"figures": FIGURES, "voices": SAID})
    assert re.findall(r'<i class="(\w+)" style="left:([\d.]+)%', html) == [("number", "19.0"), ("cue", "5.0")]
    assert "1 figure<" in html
    assert 'href="#p-d:0" target="_self" aria-label="headline: 0 figures, 1 attribution"' in html
    assert 'href="#p-d:1" target="_self" aria-label="lead: 1 figure, 0 attributions"' in html
    assert 'aria-label="tail: 0 figures, 0 attributions"' in html
    assert html.count("href=") == 2, "no part leads where no passage begins"


FLOOD = "The flood in Oldtown destroyed the old bridge and killed 12 people on Monday, police said."
VOTE = "Parliament in Newtown passed the budget after a long night of quarrels over taxes and farms."
FIRE = "A warehouse fire in Hilltown burned for two days before crews from five towns put it out."


@pytest.fixture
def selected() -> Selected:
    def document(name: str, side: str, text: str, day: int | None) -> Document:
        return Document(name, side, side.title(), "", text, date(2025, 3, day) if day else None)

    documents = (
        document("n1", "north", FLOOD, 1), document("n2", "north", VOTE, 2),
        document("s1", "south", FIRE, 1), document("s2", "south", VOTE, 9), document("s3", "south", FLOOD, None),
        document("w1", "west", FIRE, 2),
    )  # fmt: skip
    sides = tuple(Side(name, name.title(), "#0072B2") for name in ("north", "south", "west"))
    return Selected(Reading(Corpus("made", sides, documents)), Selection())


def test_what_tells_the_same_goes_together_then_what_is_near_in_time(selected: Selected) -> None:
    found = partners(selected, "n1")
    assert list(found["document"]) == ["s3", "s1", "w1", "s2"]
    assert list(found["alike"]) == [1, 0, 0, 0]
    assert found["days"].tolist() == [None, 0, 1, 8]
    assert list(partners(selected, "n1", most=1)["document"]) == ["s3", "w1"]


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        ([], ["n1", "s3", "w1"]),
        (["n2"], ["n2", "s2", "w1"]),
        (["s2"], ["n2", "s2", "w1"]),
        (["n1", "s1"], ["n1", "s1", "w1"]),
        (["n1", "n2"], ["n1", "s3", "w1"]),
        (["lost"], ["n1", "s3", "w1"]),
    ],
)
def test_the_first_article_wanted_leads_and_the_others_go_with_it(
    selected: Selected, wanted: list[str], shown: list[str]
) -> None:
    assert pair(selected, wanted) == shown


def test_one_side_alone_is_read_alone(selected: Selected) -> None:
    assert pair(Selected(selected.reading, Selection(sides=("west",))), []) == ["w1"]
    assert pair(Selected(selected.reading, Selection(text="nowhere")), []) == []
