"""Tables of terms and names: a reader's words for what was counted."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.corpus import Corpus
from analysis.reading import Reading, Selected
from analysis.selection import Selection
from analysis.spellings import titles
from dashboard import tables

NAN = float("nan")
SIZES = pd.DataFrame({"side": ["west", "east", "south"], "documents": [7, 5, 2], "outlets": [2, 3, 1]})
LOOK = {"west": ("West", "#0072B2"), "east": ("East", "#D55E00")}


def term_table(**columns: object) -> pd.DataFrame:
    counted = ("n", "documents", "outlets", "rate", "largest_outlet")
    numbers = {f"{name}_{side}": 1 for name in counted for side in ("target", "reference")}
    numbers |= {"p_adjusted": 0.02, "target": "west", "reference": "east"}
    first = {"term": "peace", "printed": "Peace", "score": -0.5, "low": -0.7, "high": -0.2, "reason": None, "p": 0.01}
    last = {"ratio_low": -2.0, "ratio_high": -1.0, "class": "house_style", "folded_into": None}
    table = pd.DataFrame([first | numbers | last])
    return table.assign(**columns)


def test_a_term_tells_its_side_interval_and_class() -> None:
    row = tables.terms(term_table(), "West", "East", SIZES).iloc[0]
    assert (row["Term"], row["Marks"], row["Score"]) == ("Peace", "East", 0.5)
    assert (row["95 % interval"], row["At least × as often"], row["Class"]) == ("0.2000 to 0.7000", 2.0, "house style")
    assert row["West: articles of 7"] == 1


def test_columns_that_say_nothing_are_left_out() -> None:
    nothing = dict.fromkeys(("low", "high", "ratio_low", "ratio_high", "p_adjusted"), NAN)
    bare = term_table(**nothing, reason="these texts only", **{"class": None})
    left = tables.terms(bare, "West", "East", SIZES.assign(outlets=1))
    assert not set(left) & {"95 % interval", "At least × as often", "Adjusted p", "Class", "Part of", "What limits it"}
    assert not [name for name in left if "outlet" in name]
    assert "East: outlets of 4" in tables.terms(term_table(reference=None), "West", "East", SIZES)


@pytest.mark.parametrize(
    ("ends", "said"),
    [((1.0, 3.0), "2.0 times"), ((-3.0, -2.0), "4.0 times"), ((-1.0, 1.0), "no difference sure"), ((NAN, NAN), "")],
)
def test_how_sure_a_term_is(ends: tuple[float, float], said: str) -> None:
    row = next(tables.rows(pd.DataFrame([{"ratio_low": ends[0], "ratio_high": ends[1]}])))
    assert tables.at_least(row) == said


def test_the_note_says_whether_intervals_are_shown_and_why_not() -> None:
    few = term_table(low=NAN, ratio_low=NAN, reason="these texts only: 1 article against 1, where 5 a side are needed")
    assert "1 article against 1, where 5 a side are needed" in tables.trust(few, "TF-IDF")
    assert "G² has no interval of its own" in tables.trust(term_table(low=NAN), "G²")
    assert tables.trust(term_table(), "TF-IDF").startswith("Whiskers are 95 % intervals")


def test_chance_is_the_mean_of_the_deals_without_the_true_sides() -> None:
    dealt = pd.DataFrame({"draw": [0, 1, 2], "terms": 9, "listed": [40, 0, 1], "listed_g2": [80, 30, 33]})
    said = tables.by_chance(dealt)
    assert "0.5 terms would pass this page's test" in said
    assert "(mean of 2 deals); with the sides as they are, 40 terms pass" in said
    assert "32 terms at random" in said, "half a term of many says nothing"


def test_empty_options_say_what_to_change() -> None:
    assert tables.no_terms("all", "", "as_printed") == ""
    assert "“<b>”" in tables.no_terms("all", "<b>", "as_printed")
    assert "choose All" in tables.no_terms("framing", "", "as_printed")
    assert "Inside topics" in tables.no_terms("all", "", "inside_topics")


VARIANTS = pd.DataFrame(
    [("Kyiv/Kiev", "place", "west", "Kyiv", 5), ("Kyiv/Kiev", "place", "east", "Kiev", 6)],
    columns=["entity", "kind", "side", "variant", "count"],
)


def test_spellings_and_titles_stand_side_by_side() -> None:
    styled = pd.DataFrame([("Kyiv/Kiev", "east", "Mayor", 2)], columns=["entity", "side", "title", "count"])
    row = tables.variants(VARIANTS.assign(kind="person"), styled, LOOK).iloc[0]
    assert (row["item"], row["West"], row["East"]) == ("name:Kyiv/Kiev", "Kyiv (5)", "Kiev (6)")
    assert (row["West: titles"], row["East: titles"]) == ("", "Mayor (2)")
    assert tables.variants(VARIANTS, styled, LOOK)["East: titles"].tolist() == [""], "a place holds no office"


def test_names_spelt_differently_are_set_apart() -> None:
    assert tables.set_apart(VARIANTS).startswith(
        "Not ranked, because spelt differently by side (see Names): Kyiv/Kiev."
    )
    assert tables.set_apart(VARIANTS.head(0)) == ""


def test_titles_stand_before_the_names_of_the_selection(seeds: Corpus) -> None:
    found = titles(Selected(Reading(seeds), Selection(sides=("western",))))
    assert set(found["side"]) == {"western"}
    for row in found.itertuples():
        assert any(row.title in " ".join(document.text.split()) for document in seeds.documents)
    assert ("Bessent", "Treasury Secretary", 1) in set(
        zip(found["entity"], found["title"], found["count"], strict=True)
    )


def test_terms_that_answer_each_other_open_their_own_evidence() -> None:
    pairs = pd.DataFrame([("raid", "operation", 0.81234, 30, 40)],
        columns=["target_term", "reference_term", "similarity", "n_target", "n_reference"])  # fmt: skip
    row = tables.called(pairs, "West", "East").iloc[0]
    assert (row["West"], row["East"], row["Likeness of use"]) == ("raid", "operation", 0.81)
    assert row["item"] == {"West": "term:raid", "East": "term:operation"}
    assert "10,000 articles" in tables.called_note(tables.called(pairs.head(0), "West", "East"), "West", "East")


def test_lines_are_single_lines_and_counted_by_side() -> None:
    found = pd.DataFrame(
        [("west", "Bell", None, "a\nb ", "peace", " now\t.", 3)],
        columns=["side", "outlet", "date", "left", "match", "right", "of"],
    )
    shown = tables.lines(found, LOOK).iloc[0]
    assert (shown["Before"], shown["Term"], shown["After"], shown["Date"]) == ("a b", "peace", "now .", "")
    assert tables.as_printed(found) == "peace"
    assert tables.lines_of(found, LOOK) == "West: 3 lines, 1 shown · East: 0 lines"
