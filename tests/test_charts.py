"""Charts: what is drawn, in which order, with which item behind each mark."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from dashboard import charts

ROOT = Path(__file__).parent.parent
LOOK = {"a": ("Alpha", "#0072B2"), "b": ("Beta <b>", "#D55E00")}


def trace(chart: object, number: int = 0) -> dict:
    return chart.to_dict()["data"][number]


def test_quoting_is_a_share_of_the_side_s_passages() -> None:
    table = pd.DataFrame(
        [("a", "direct", 1, 9), ("a", "indirect", 3, 9), ("b", "direct", 0, 0), ("b", "unattributed", 2, 5)],
        columns=["side", "quote", "passages", "words"],
    )
    drawn = charts.quoting(table, LOOK).to_dict()["data"]
    shown = {(item, x) for bars in drawn for item, x in zip(bars["customdata"], bars["x"], strict=True)}
    assert shown == {("quote:a|direct", 25), ("quote:a|indirect", 75), ("quote:b|unattributed", 100)}
    assert {name for bars in drawn for name in bars["y"]} == {"Alpha", "Beta &lt;b&gt;"}


def test_voices_are_split_by_way_of_quoting() -> None:
    table = pd.DataFrame(
        [("a", "<Ann>", 3, 2, 0, 1, 40)],
        columns=["side", "source_name", "attributions", "direct", "mixed", "indirect", "words_quoted"],
    )
    drawn = charts.voices(table, "#0072B2").to_dict()
    assert [bars["x"] for bars in drawn["data"]] == [[2], [0], [1]]
    assert drawn["data"][0]["customdata"] == ["voice:a|<Ann>"]
    assert drawn["layout"]["yaxis"]["ticktext"] == ["&lt;Ann&gt;"]


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
    assert chart["data"][0]["text"] == ["", "police"]
    assert "&lt;i&gt;" in chart["data"][1]["hovertext"][0]
    assert chart["layout"]["yaxis"]["type"] == "log"


def test_a_verb_s_dot_opens_the_side_s_attributions() -> None:
    table = pd.DataFrame(
        [("a", "say", "say (neutral)", 9, "x"), ("b", "claim", "claim (distancing)", 1, "y")],
        columns=["side", "cue_lemma", "label", "attributions", "voices"],
    )
    drawn = charts.grid(table, LOOK).to_dict()["data"]
    assert [dots["customdata"] for dots in drawn] == [["verb:a|say"], ["verb:b|claim"]]
    assert drawn[0]["marker"]["size"][0] > drawn[1]["marker"]["size"][0]


def test_every_kind_of_source_has_a_shape() -> None:
    kinds = tomllib.loads((ROOT / "analysis" / "lexicons" / "source_types.toml").read_text(encoding="utf-8"))
    assert set(charts.CLAIMANTS) == set(kinds)
    assert {charts.group(kind) for kind in [*kinds, None, "unheard of"]} == set(charts.SHAPES)
