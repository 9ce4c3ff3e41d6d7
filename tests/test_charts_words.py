"""Charts of terms: what is drawn, in which order, with which item behind each mark."""

from __future__ import annotations

import math
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard import charts

NAN = float("nan")
LOOK = {"a": ("Alpha", "#0072B2"), "b": ("Beta <b>", "#D55E00")}
ROWS = [("peace", 0.4, 9, 0, 12.0, 0.0), ("talks <x>", 0.9, 5, 1, 6.0, 1.0), ("strike", -0.7, 0, 4, 0.0, 5.0)]


def trace(chart: object, number: int = 0) -> dict:
    return go.Figure(chart.to_dict()).to_dict()["data"][number]  # checked by Plotly


def term_table(error: float = NAN, ratio: float = NAN) -> pd.DataFrame:
    columns = ["term", "score", "n_target", "n_reference", "rate_target", "rate_reference"]
    table = pd.DataFrame(ROWS, columns=columns)
    return table.assign(
        printed=table["term"].str.title(), low=table["score"] - error, high=table["score"] + error, near=NAN, p=NAN,
        ratio_low=ratio, ratio_high=ratio + 1, documents_target=1, documents_reference=2,
    ).assign(**{"class": None})  # fmt: skip


def swapped(table: pd.DataFrame) -> pd.DataFrame:
    names = {"n_target": "n_reference", "rate_target": "rate_reference", "documents_target": "documents_reference"}
    back = {new: old for old, new in names.items()}
    return table.rename(columns=names | back).assign(score=-table["score"], low=-table["high"], high=-table["low"])


def drawn(table: pd.DataFrame) -> object:
    return charts.terms(table, LOOK["a"], LOOK["b"], "TF-IDF")


def test_terms_stand_on_the_side_they_mark_strongest_outside_and_are_escaped() -> None:
    bars = trace(drawn(term_table()))
    assert bars["customdata"] == ["term:talks <x>", "term:peace", "term:strike"]
    assert bars["x"] == [-0.9, -0.4, 0.7]
    assert bars["marker"]["color"] == ["#0072B2", "#0072B2", "#D55E00"]
    assert "Talks &lt;X&gt;" in bars["hovertext"][0]
    assert "<X>" not in str(trace(drawn(term_table()), 1)["text"])


def test_terms_have_whiskers_only_where_there_are_intervals() -> None:
    assert "error_x" not in trace(drawn(term_table()))
    assert trace(drawn(term_table(0.1)))["error_x"]["array"] == pytest.approx([0.1, 0.1, 0.1])


def test_bars_that_may_be_no_difference_are_pale() -> None:
    table = term_table(0.1).assign(near=[0.0, 0.5, -0.2], p=[0.3, 0.001, NAN])
    assert [opacity < 1 for opacity in trace(drawn(table))["marker"]["opacity"]] == [False, True, True]
    assert set(trace(drawn(term_table()))["marker"]["opacity"]) == {1}, "without intervals nothing is called unsure"


def test_labels_stand_clear_of_whiskers_that_cross_the_zero_line() -> None:
    labels = trace(drawn(term_table(0.5)), 1)
    assert labels["x"] == pytest.approx([0, 0.1, 0])
    assert trace(drawn(term_table()), 1)["x"] == [0, 0, 0]


@pytest.mark.parametrize(("ratio", "said"), [(1.0, "at least 2.0 times as often"), (-0.5, "no difference sure")])
def test_hovering_says_how_sure_a_term_is(ratio: float, said: str) -> None:
    assert said in trace(drawn(term_table(0.1, ratio)))["hovertext"][0]


def test_swapped_sides_mirror_the_terms() -> None:
    one = trace(charts.terms(term_table(0.1), LOOK["a"], LOOK["b"], ""))
    other = trace(charts.terms(swapped(term_table(0.1)), LOOK["b"], LOOK["a"], ""))
    assert one["customdata"] == other["customdata"][::-1]
    assert one["x"] == [-x for x in other["x"][::-1]]
    assert one["marker"]["color"] == other["marker"]["color"][::-1]
    assert one["error_x"]["array"] == pytest.approx(other["error_x"]["arrayminus"][::-1])


def test_the_scatter_has_a_dot_a_term_drawn_by_the_graphics_card() -> None:
    chart = charts.frequency(term_table(), LOOK["a"], LOOK["b"], "TF-IDF").to_dict()
    assert [dots["type"] for dots in chart["data"]] == ["scatter", "scatter"], (
        "WebGL needs eval, which the policy forbids"
    )
    assert [len(dots["x"]) for dots in chart["data"]] == [2, 1]
    assert chart["data"][0]["customdata"] == [["term:peace", 9, 0], ["term:talks <x>", 5, 1]]
    assert chart["data"][0]["y"] == [6.0, 3.5]
    assert chart["data"][0]["text"] == ["Peace", "Talks &lt;X&gt;"]


def test_the_scatter_labels_ten_terms_a_side_and_no_label_lies_on_another() -> None:
    many = pd.concat([term_table().head(1)] * 30).assign(score=[1 + n % 5 for n in range(30)])
    chart = charts.frequency(many, LOOK["a"], LOOK["b"], "").to_dict()
    labels = [each for each in chart["layout"]["annotations"] if each["text"] == "Peace"]
    heights = sorted(each["ay"] for each in labels)
    assert len(labels) == charts.words.LABELLED
    assert all(high - low >= charts.words.LABEL for low, high in pairwise(heights))
    assert all(math.isfinite(each["y"]) for each in labels)


def test_a_label_of_the_scatter_stands_inside_where_a_phone_has_no_room_outside() -> None:
    table = term_table().assign(printed="a rather long label")
    near, far = (table.head(2).assign(score=[5.0, score]).assign(often=1.0) for score in (0.1, 4.0))
    for own, way in ((near, -1), (far, 1)):
        chart = charts.frequency(own, LOOK["a"], LOOK["b"], "").to_dict()
        second = next(each for each in chart["layout"]["annotations"] if each.get("x") == -own["score"].iloc[1])
        assert math.copysign(1, second["ax"]) == way


def test_a_tick_stands_where_the_term_stands_in_its_article() -> None:
    table = pd.DataFrame(
        [("d1", "a", "Bell", "One <i>", "title", 0.3), ("d1", "a", "Bell", "One <i>", "text", 0.25),
         ("d2", "b", "Tower", "Two", "text", 0.5)],
        columns=["document", "side", "outlet", "title", "field", "share"],
    ).assign(item="term:peace")  # fmt: skip
    heads, *sides = charts.dispersion(table, LOOK).to_dict()["data"]
    assert heads["text"] == ["Bell: One &lt;i&gt;", "Tower: Two"]
    assert (sides[0]["x"], sides[0]["y"]) == ([charts.words.HEADLINE, 25.0], [0, 0])
    assert (sides[1]["x"], sides[1]["y"], sides[1]["customdata"]) == ([50.0], [1], ["term:peace"])
