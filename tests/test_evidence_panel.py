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


def test_a_citation_is_one_line_of_plain_text() -> None:
    cited = evidence.citation(row(title="A\n“title”"), "http://here/words?item=x", "abc123")
    assert cited == (
        f"{HOSTILE}, “A “title””, 2025-02-12, paragraph 3. http://here/words?item=x (Parallax, corpus abc123)"
    )


@pytest.mark.parametrize(
    ("item", "shown"),
    [
        ("voice:a|Ann_Lee", "Voice: Ann Lee (Side <A>)"),
        ("stance:a|north|neutral", "Stance: North · neutral (Side <A>)"),
        ("said:a", "Attributions (Side <A>)"),
        ("term:a|b", "Term: a|b"),
        ("claim:d1:f3", "One quantity"),
        ("status:one_side", "Quantities: One side only"),
        ("unheard:x", "unheard"),
    ],
)
def test_an_item_is_told_in_words(item: str, shown: str) -> None:
    assert evidence.heading(item, {"a": ("Side <A>", "#0072B2")}) == shown


def passages(number: int) -> pd.DataFrame:
    return pd.DataFrame([{**row(), "passage": f"d:{at}", "document": "d", "things": ("f1", f"f{at}")}
                         for at in range(number)])  # fmt: skip


def test_what_is_counted_is_told_beside_its_passages_and_a_thing_in_two_of_them_counts_once() -> None:
    assert evidence.counted(passages(3), "claim:x") == "3 figures in 3 passages"
    assert evidence.counted(passages(1), "topic:x") == "1 passage"


def test_the_panel_opens_at_the_passage_of_the_link() -> None:
    table = passages(25)
    assert [evidence.page_of(table, passage) for passage in ("d:0", "d:9", "d:10", "d:24", "lost")] == [1, 1, 2, 3, 1]
    shown = evidence.summary(table, table.iloc[10:20], "term:x", LOOK)
    assert "11 to 20 shown" in shown
    assert 'data-passages="25"' in shown
    assert 'class="passage here"' in evidence.card(row(), LOOK, False, True)


def test_lines_of_a_term_are_escaped_and_say_whose_they_are() -> None:
    table = pd.DataFrame(
        [("west", "Bell <i>", None, "say <b>\n", "peace", " now")],
        columns=["side", "outlet", "date", "left", "match", "right"],
    )
    shown = evidence.lines(table, {"west": ("West", "#0072B2")})
    assert '<bdi>say &lt;b&gt;</bdi></span><mark class="match">peace</mark><span>now</span>' in shown
    assert ">West</span><cite>Bell &lt;i&gt;</cite>" in shown
