"""The evidence panel: texts stand on the screen as printed, escaped, with their marks."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import evidence

LOOK = {"a": ("Side <A>", "#0072B2")}
HOSTILE = '<img src=x onerror=alert(1)> **bold** [link](http://x) :red[a] $x$ "q" & <b>'
SPANS = st.lists(st.tuples(st.integers(-2, 12), st.integers(-2, 12), st.sampled_from(["cue", "source", "number"])))


@pytest.mark.parametrize(
    ("text", "marks", "shown"),
    [
        ("he said so", [(3, 7, "cue")], "he {cue:said} so"),
        ("a <b>", [], "a &lt;b&gt;"),
        ("abc", [(0, 3, "content"), (1, 2, "number")], "{content:a}{content number:b}{content:c}"),
        ("abc", [(0, 2, "cue"), (1, 3, "source")], "{cue:a}{cue source:b}{source:c}"),
        ("abc", [(2, 2, "cue"), (5, 9, "cue")], "abc"),
    ],
)
def test_marks(text: str, marks: list, shown: str) -> None:
    html = evidence.marked(text, marks)
    assert re.sub(r'<mark class="([^"]*)">(.*?)</mark>', r"{\1:\2}", html) == shown


@given(text=st.text(max_size=12), marks=SPANS)
def test_marking_never_changes_the_text(text: str, marks: list) -> None:
    assert unescape(re.sub(r"</?mark[^>]*>", "", evidence.marked(text, marks))) == text


def row(**changes: object) -> pd.Series:
    values = {"side": "a", "outlet": HOSTILE, "date": date(2025, 2, 12), "title": HOSTILE, "field": "text",
              "paragraph": 3, "text": HOSTILE, "marks": ((0, 4, "match"),)}  # fmt: skip
    return pd.Series({**values, **changes})


def test_a_card_escapes_everything_and_says_where_the_passage_stands() -> None:
    shown = evidence.card(row(), LOOK, True)
    tags = set(re.findall(r"<(\w+)", shown))
    assert tags == {"h3", "article", "header", "span", "p", "mark"}
    assert "Side &lt;A&gt;" in shown
    assert "2025-02-12 · paragraph 3" in shown


def test_a_headline_and_a_missing_date_are_said() -> None:
    assert "no date · headline" in evidence.card(row(date=None, field="title", paragraph=0), LOOK, False)


def test_layers_put_each_reader_s_marks_into_its_field() -> None:
    figures = pd.DataFrame({"document": ["d"], "field": ["text"], "start": [3], "end": [5]})
    said = pd.DataFrame(
        {"document": ["d"], "field": ["title"], "source": [((0, 2),)], "cue": [()], "content": [((4, 6),)]}
    )
    marks = evidence.layers(figures, said, {"name": figures})
    assert marks == {
        ("d", "text"): [(3, 5, "name"), (3, 5, "number")],
        ("d", "title"): [(0, 2, "source"), (4, 6, "content")],
    }


def test_an_article_numbers_paragraphs_and_fades_what_the_filters_leave_out() -> None:
    passages = pd.DataFrame(
        {
            "id": ["d:0", "d:1"],
            "document": "d",
            "side": "a",
            "outlet": "O",
            "date": None,
            "field": ["title", "text"],
            "start": [0, 0],
            "end": [4, 8],
            "paragraph": [0, 1],
            "text": ["Head", "The body"],
            "chosen": [True, False],
        }
    )
    shown = evidence.article(passages, {("d", "text"): [(4, 8, "term")]}, LOOK)
    assert "<h3>Head</h3>" in shown
    assert "no counterpart" not in shown
    assert '<h3 class="alone">Head<i>no counterpart</i></h3>' in evidence.article(passages, {}, LOOK, {"d:0"})
    assert 'class="outside"' in shown
    assert '<b>1</b><span>The <mark class="term">body</mark></span>' in shown


def test_lines_of_a_term_are_escaped_and_say_whose_they_are() -> None:
    table = pd.DataFrame(
        [("west", "Bell <i>", None, "say <b>\n", "peace", " now")],
        columns=["side", "outlet", "date", "left", "match", "right"],
    )
    shown = evidence.lines(table, {"west": ("West", "#0072B2")})
    assert '<bdi>say &lt;b&gt;</bdi></span><mark class="match">peace</mark><span>now</span>' in shown
    assert ">West</span><cite>Bell &lt;i&gt;</cite>" in shown
