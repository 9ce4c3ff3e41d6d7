"""Charts: what is drawn, in which order, with which item behind each mark."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard import charts, tables

ROOT = Path(__file__).parent.parent
LOOK = {"a": ("Alpha", "#0072B2"), "b": ("Beta <b>", "#D55E00")}


def trace(chart: object, number: int = 0) -> dict:
    return go.Figure(chart.to_dict()).to_dict()["data"][number]  # checked by Plotly


def test_quoting_is_a_share_of_the_side_s_passages_and_those_that_cite_no_one_have_their_own_bar() -> None:
    table = pd.DataFrame(
        [("a", "direct", 1, 9, 0.25), ("a", "indirect", 3, 9, 0.75), ("a", "unattributed", 0, 0, 0),
         ("b", "direct", 0, 0, 0), ("b", "unattributed", 2, 5, 1)],
        columns=["side", "quote", "passages", "words", "share"],
    ).assign(low=0, high=1, few_cases=True)  # fmt: skip
    drawn = charts.quoting(table, LOOK).to_dict()["data"]
    shown = {
        item: (x, y) for bars in drawn for item, x, y in zip(*(bars[k] for k in ("customdata", "x", "y")), strict=True)
    }
    assert shown == {
        "quote:a|direct": (25, "Alpha<br>someone cited"),
        "quote:a|indirect": (75, "Alpha<br>someone cited"),
        "quote:a|unattributed": (0, "Alpha<br>no one cited"),
        "quote:b|unattributed": (100, "Beta &lt;b&gt;<br>no one cited"),
    }


def voice(**changes: object) -> dict:
    values = {"side": "a", "source_name": "<Ann>", "attributions": 3, "direct": 2, "mixed": 0, "indirect": 1,
              "words_quoted": 40, "share": 0.3, "low": 0.1, "high": 0.6, "few_cases": False, "headlines": 0,
              "printed": ["<Ann>", "she <b>"]}  # fmt: skip
    return {**values, **changes}


def test_voices_are_split_by_way_of_quoting_with_their_share_beside() -> None:
    drawn = charts.voices(pd.DataFrame([voice(), voice(few_cases=True, headlines=1)]), "#0072B2").to_dict()
    assert [bars["x"] for bars in drawn["data"]] == [[2, 2], [0, 0], [1, 1], [3, 3]]
    assert drawn["data"][0]["customdata"] == ["voice:a|<Ann>"] * 2
    assert drawn["layout"]["yaxis"]["ticktext"] == ["&lt;Ann&gt;"] * 2
    assert [text.strip() for text in drawn["data"][-1]["text"]] == ["30% (10%–60%)", "few cases ▲"]
    assert "printed: she &lt;b&gt;" in drawn["data"][0]["hovertext"][0]


def test_voices_by_the_words_they_are_quoted_with() -> None:
    drawn = charts.voices(pd.DataFrame([voice()]), "#0072B2", "words_quoted").to_dict()
    assert drawn["data"][0]["x"] == [40]
    assert drawn["data"][1]["text"] == [" in 3 citations"]


def mark(**changes: object) -> dict:
    values = {"item": "figure:1", "claim": "c1", "quantity": "drones, shot down", "side": "a", "axis": "Counts",
              "kind": "count", "bound": "exact", "low": Decimal(71), "high": Decimal(71), "point": Decimal(71),
              "verbatim": "71", "who": "air force", "claimant_kind": "military"}  # fmt: skip
    return {**values, **changes}


def ranges(*marks: dict) -> list[dict]:
    return charts.ranges(pd.DataFrame(marks), LOOK).to_dict()["data"]


@pytest.mark.parametrize(
    ("changes", "line", "arrows", "dash"),
    [
        ({"bound": "more_than", "high": None}, (71, 71 * 1.2), ["line-ns-open", "triangle-right"], "solid"),
        ({"bound": "range", "high": Decimal(90), "point": None}, (71, 90), ["line-ns-open", "line-ns-open"], "solid"),
        ({"bound": "approx"}, (63.9, 78.1), ["line-ns-open", "line-ns-open"], "solid"),
        ({"bound": "at_most", "low": None}, (0, 71), ["triangle-left", "line-ns-open"], "solid"),
        ({"bound": "vague", "high": Decimal(99), "point": None}, (71, 99), ["line-ns-open", "line-ns-open"], "dot"),
    ],
)
def test_a_claim_s_line_shows_its_bound(changes: dict, line: tuple, arrows: list, dash: str) -> None:
    drawn = ranges(mark(**changes))
    assert drawn[0]["x"] == pytest.approx(line)
    assert drawn[0]["marker"]["symbol"] == arrows
    assert drawn[0]["line"]["dash"] == dash
    assert drawn[1]["customdata"] == ["figure:1"]


def test_an_exact_claim_is_a_mark_alone_and_its_shape_says_who() -> None:
    drawn = ranges(mark(), mark(claim="c2", claimant_kind=None), mark(claim="c3", claimant_kind="public"))
    assert [trace["marker"]["symbol"] for trace in drawn] == ["circle", "x", "diamond"]


def test_claims_of_a_quantity_share_its_line_where_there_is_room() -> None:
    far, near = Decimal(7000), Decimal(72)
    drawn = ranges(mark(), mark(point=far, low=far, high=far), mark(point=near, low=near, high=near), mark(claim="c2"))
    first, second, third, other = (trace["y"][0] for trace in drawn)
    assert first == second < third < other


def test_each_axis_has_its_own_panel_and_wide_values_a_log_scale() -> None:
    chart = charts.ranges(
        pd.DataFrame(
            [mark(), mark(claim="c2", point=Decimal(7), low=Decimal(7)), mark(claim="c3", axis="Shares", kind="share")]
        ),
        LOOK,
    ).to_dict()["layout"]
    assert chart["xaxis"]["type"] == "log"
    assert chart["xaxis2"]["type"] == "linear"
    assert chart["xaxis2"]["tickformat"] == ".0%"


def test_a_strip_has_a_bar_a_figure_in_order() -> None:
    bars = [("launched: > “more than 120 drones”", 120.0, "indirect"), ("shot down: <b>", 71.0, "direct")]
    drawn = charts.strip(bars, "#0072B2", "contrast:1").to_dict()["data"]
    assert [bar["x"] for bar in drawn] == [[120.0], [71.0]]
    assert {bar["customdata"][0] for bar in drawn} == {"contrast:1"}
    assert "&lt;b&gt;" in drawn[1]["text"][0]


def test_claims_over_time_are_steps_by_claimant() -> None:
    days = [
        ("a", "police", "2025-03-01", 63.0, None),
        ("a", "police", "2025-03-02", 89.0, 89.0),
        ("b", "<i>medics</i>", "2025-03-02", 4000.0, 4000.0),
    ]
    series = pd.DataFrame(days, columns=["side", "who", "date", "value", "high"])
    series = series.assign(low=series["value"], verbatim="n", claimant_kind=None, axis="Counts", item="figure:x")
    chart = charts.steps(series, LOOK).to_dict()
    assert [line["y"] for line in chart["data"]] == [[63.0, 89.0], [4000.0]]
    assert {line["line"]["shape"] for line in chart["data"]} == {"hv"}
    assert [name["text"] for name in chart["layout"]["annotations"]] == [
        "Alpha: police",
        "Beta &lt;b&gt;: &lt;i&gt;medics&lt;/i&gt;",
    ]
    assert "&lt;i&gt;" in chart["data"][1]["hovertext"][0]
    assert chart["layout"]["yaxis"]["type"] == "log"


def test_claimants_who_end_at_one_height_have_names_apart_and_inside_the_chart() -> None:
    rows = [("a", f"voice {number}", "2025-03-01", 63.0) for number in range(12)]
    series = pd.DataFrame([*rows, ("b", tables.wording.NARRATION, "2025-03-02", 2.0)],
                          columns=["side", "who", "date", "value"])  # fmt: skip
    series = series.assign(low=series["value"], high=series["value"], verbatim="n", claimant_kind=None)
    layout = charts.steps(series.assign(axis="Counts", item="figure:x"), LOOK).to_dict()["layout"]
    heights = [name["y"] * (charts.figures.STEPS - 68) for name in layout["annotations"]]
    assert all(high - low >= charts.figures.NAME - 1e-9 for low, high in pairwise(heights))
    assert 0 <= heights[0] < heights[-1] <= charts.figures.STEPS
    assert [line["y1"] for line in layout["shapes"]] == [name["y"] for name in layout["annotations"]]
    assert layout["annotations"][0]["text"] == "Beta &lt;b&gt;", "whom nobody is cited for is the side itself"


def test_the_range_chart_names_the_side_of_each_mark_once() -> None:
    shared = charts.ranges(pd.DataFrame([mark(claimant_kind=None, who=tables.wording.NARRATION), mark(side="b")]), LOOK)
    drawn = shared.to_dict()
    assert [trace["text"][0] for trace in drawn["data"]] == ["Alpha: 71", "Beta &lt;b&gt;: 71 · air force"]
    assert drawn["layout"]["annotations"][1]["text"] == "drones, shot down"
    alone = charts.ranges(pd.DataFrame([mark()]), LOOK).to_dict()
    assert alone["data"][0]["text"] == ["71 · air force"]
    assert alone["layout"]["annotations"][1]["text"] == "drones, shot down · Alpha"


def cell(side: str, camp: str, stance: str, count: int, total: int) -> dict:
    return {"side": side, "camp": camp, "stance": stance, "attributions": count, "total": total,
            "few_cases": total < 10, "share": count / total, "low": 0.0, "high": 1.0,
            "verbs": (("say", count),)}  # fmt: skip


def test_grids_of_the_sides_lie_on_the_same_rows_and_columns_and_open_dots_are_few() -> None:
    cells = [
        cell("a", "north", "neutral", 9, 12),
        cell("a", "north", "distancing", 3, 12),
        cell("b", "south", "neutral", 2, 2),
    ]
    table = tables.grid(pd.DataFrame(cells))
    one, other = (charts.grid(table, side, LOOK).to_dict() for side in LOOK)
    assert one["layout"]["yaxis"]["ticktext"] == other["layout"]["yaxis"]["ticktext"]
    assert one["layout"]["xaxis"]["ticktext"] == ["North<br>n=12", "South<br>n=0"]
    assert one["data"][0]["customdata"] == ["stance:a|north|neutral", "stance:a|north|distancing"]
    assert other["data"][0]["x"] == [1]
    assert one["data"][0]["marker"]["size"][0] > one["data"][0]["marker"]["size"][1]
    assert one["data"][0]["marker"]["symbol"] == ["circle", "circle"]
    assert other["data"][0]["marker"]["symbol"] == ["circle-open"]


def test_shares_have_a_bar_a_side_with_its_interval_and_count() -> None:
    rows = [("a", "north", 4, 8, 0.5, 0.2, 0.8, True, 0), ("b", "north", 5, 20, 0.25, 0.1, 0.5, False, 7)]
    columns = ["side", "camp", "attributions", "total", "share", "low", "high", "few_cases", "words_quoted"]
    chart = charts.shares(tables.shares(pd.DataFrame(rows, columns=columns)), LOOK).to_dict()
    drawn, layout = chart["data"], chart["layout"]
    bars, texts = drawn[0::2], drawn[1::2]
    assert [trace["customdata"] for trace in bars] == [["camp:a|north"], ["camp:b|north"]]
    assert bars[0]["error_x"]["array"] == pytest.approx([30])
    assert bars[0]["error_x"]["arrayminus"] == pytest.approx([30])
    assert bars[0]["y"][0] < bars[1]["y"][0]
    assert [trace["text"][0].strip() for trace in texts] == ["Alpha 4 of 8, few cases", "Beta &lt;b&gt; 5 of 20"]
    assert layout["margin"]["r"] > 5 * len(texts[0]["text"][0]), "the words beside the longest bar are not cut"


def test_every_kind_of_source_has_a_shape() -> None:
    kinds = tomllib.loads((ROOT / "analysis" / "lexicons" / "source_types.toml").read_text(encoding="utf-8"))
    assert set(charts.CLAIMANTS) == set(kinds)
    assert {charts.group(kind) for kind in [*kinds, None, "unheard of"]} == set(charts.SHAPES)


def test_a_picture_says_what_it_shows_and_of_which_corpus() -> None:
    caption = "Topics: <b>. " + "Western: 1 article. " * 30
    chart = charts.picture(charts.strip([("71", 71.0, "direct")], "#0072B2", "contrast:1"), "Shot <down>", caption)
    plain = charts.strip([("71", 71.0, "direct")], "#0072B2", "contrast:1").layout
    layout = chart.to_dict()["layout"]
    title = layout["title"]
    assert title["text"] == "Shot &lt;down&gt;"
    assert title["subtitle"]["text"].startswith("Topics: &lt;b&gt;. Western")
    assert title["subtitle"]["text"].count("<br>") == 1
    assert layout["height"] - plain["height"] == layout["margin"]["t"] - plain["margin"]["t"] > 50
    assert charts.saving(chart, "strip", "svg") == {
        "format": "svg", "filename": "strip", "scale": 1, "width": 1100, "height": layout["height"]}  # fmt: skip
