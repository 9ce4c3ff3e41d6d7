"""Charts of figures: a mark a claim with its bound, and two figures of one side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard.charts.style import FAINT, PLAIN, bar_text, fill, frame, short
from dashboard.tables.wording import Look

CLAIM = 54
"""Pixels of a claim: its quantity, its mark and its printed words."""

STRIP = 44
"""Pixels of a bar that stands for one figure of a side."""

STEPS = 360
"""Pixels of the chart over time."""

WHISKER = 0.10
"""Half length of an approximate figure's whisker, as a share of it: what the ledger allows such a figure."""

LOG_FROM = 10
"""Ratio of the largest to the smallest value from which an axis is logarithmic."""

SHAPES = {
    "official": "circle",
    "press": "square",
    "public": "diamond",
    "other": "triangle-up",
    "outlet": "x",
}
"""Group of claimants -> mark."""

CLAIMANTS = {
    "head_of_state": "official",
    "minister": "official",
    "spokesperson": "official",
    "government": "official",
    "military": "official",
    "justice": "official",
    "local_official": "official",
    "unnamed_official": "official",
    "state": "official",
    "international_body": "official",
    "media": "press",
    "social_media": "press",
    "public": "public",
    "expert": "public",
    "party_or_politician": "other",
    "company": "other",
}
"""Kind of claimant -> group; None (the outlet's own narration) and unknown kinds have their own."""


def ranges(marks: pd.DataFrame, look: Look) -> go.Figure:
    """A line a claim: dot, bar, whisker or arrow after its bound, its quantity above; one panel an axis.

    `marks` has item, claim, quantity, side, axis, kind, bound, low, high, point, verbatim, who, claimant_kind.
    """
    panels = [own for _, own in marks.groupby("axis", sort=False)]
    height = CLAIM * len(marks) + 76 * len(panels)
    chart = make_subplots(
        rows=len(panels),
        cols=1,
        row_heights=[len(own) + 0.3 for own in panels],
        vertical_spacing=min(0.9 / max(len(panels), 2), 66 / height),
        subplot_titles=[f"<b>{escape(own['axis'].iloc[0])}</b>" for own in panels],
    )
    chart.update_layout(frame(height).layout)
    chart.update_annotations(x=0, xanchor="left", font_size=14)
    for place, own in enumerate(panels, 1):
        _panel(chart, own.reset_index(drop=True), look, place)
    return chart


def _panel(chart: go.Figure, marks: pd.DataFrame, look: Look, place: int) -> None:
    """One panel of the range chart, its claims from top to bottom."""
    scale = _Scale.of(marks)
    for y, (_, mark) in enumerate(marks.iterrows()):
        if y == 0 or marks.at[y - 1, "claim"] != mark["claim"]:
            chart.add_annotation(
                x=0, xref="x domain", y=y - 0.3, xanchor="left", showarrow=False, font_size=12,
                text=escape(mark["quantity"]), row=place, col=1,
            )  # fmt: skip
        _mark(chart, mark, y, look[mark["side"]], scale, place)
    lines = {"tickvals": list(range(len(marks))), "showticklabels": False, "range": [len(marks) - 0.4, -0.6]}
    chart.update_yaxes(**lines, zeroline=False, gridcolor=FAINT, row=place, col=1)
    share = (marks["kind"] == "share").all()
    chart.update_xaxes(**scale.axis(), tickformat=".0%" if share else None, row=place, col=1)


@dataclass(frozen=True)
class _Scale:
    """A value axis: from `start` to `end`; open ends are drawn to `reach`."""

    start: float
    reach: float
    end: float
    log: bool

    @classmethod
    def of(cls, marks: pd.DataFrame) -> _Scale:
        """The scale that holds every value of the marks."""
        values = [number(value) for name in ("low", "point", "high") for value in marks[name]]
        known = [value for value in values if value is not None] or [0.0, 1.0]
        low, high = min(known), max(known)
        if low > 0 and high / low >= LOG_FROM:
            return cls(low / 2, high * 2, high * 3, True)
        span = high - min(low, 0.0) or 1.0
        return cls(min(low * 1.1, 0.0), high + 0.2 * span, high + 0.3 * span, False)

    def axis(self) -> dict[str, Any]:
        """Settings of the axis."""
        ends = [math.log10(self.start), math.log10(self.end)] if self.log else [self.start, self.end]
        return {
            "type": "log" if self.log else "linear",
            "range": ends,
            "dtick": 1 if self.log else None,
            "zeroline": False,
        }

    def share(self, value: float) -> float:
        """How far to the right a value stands, 0 to 1."""
        if not self.log:
            return (value - self.start) / (self.end - self.start)
        return math.log(max(value, self.start) / self.start) / math.log(self.end / self.start)


def _mark(chart: go.Figure, mark: pd.Series, y: int, look: tuple[str, str], scale: _Scale, place: int) -> None:
    """A claim's line (where its value is open, wide or rounded) and its mark, the printed words below it."""
    label, color = look
    low, high, point = (number(mark[name]) for name in ("low", "high", "point"))
    at = next((value for value in (point, low, high) if value is not None), 0.0)
    ends = [scale.start if low is None else low, scale.reach if high is None else high]
    if mark["bound"] == "approx" and low == high:
        ends = [at * (1 - WHISKER), at * (1 + WHISKER)]
    if ends[0] != ends[1]:
        arrows = [
            "triangle-left" if low is None else "line-ns-open",
            "triangle-right" if high is None else "line-ns-open",
        ]
        line = {"color": color, "width": 2, "dash": "dot" if mark["bound"] == "vague" else "solid"}
        chart.add_scatter(
            x=ends, y=[y, y], mode="lines+markers", line=line, hoverinfo="skip", unselected={"marker": {"opacity": 1}},
            marker={"symbol": arrows, "size": 9, "color": color}, row=place, col=1,
        )  # fmt: skip
    across = scale.share(at)
    side = "right" if across < 0.35 else "left" if across > 0.6 else "center"
    chart.add_scatter(
        x=[at], y=[y], mode="markers+text", text=[short(f"{mark['verbatim']} · {mark['who']}", 40)],
        textposition=f"bottom {side}", customdata=[mark["item"]], hoverinfo="text", unselected=PLAIN,
        hovertext=[
            f"<b>{escape(label)}: {escape(mark['verbatim'])}</b><br>{escape(mark['quantity'])}"
            f"<br>given by {escape(mark['who'])}"
        ],
        marker={"symbol": SHAPES[group(mark["claimant_kind"])], "size": 12, "color": color}, row=place, col=1,
    )  # fmt: skip


def group(claimant_kind: Any) -> str:
    """The group of claimants that shares a mark."""
    if claimant_kind is None or claimant_kind != claimant_kind:
        return "outlet"
    return CLAIMANTS.get(str(claimant_kind), "other")


def strip(bars: Sequence[tuple[str, float, str]], color: str, item: str) -> go.Figure:
    """Figures of one side that belong together, one below the other: (words, value, fill) each."""
    chart = frame(STRIP * len(bars))
    for place, (text, size, way) in enumerate(bars):
        chart.add_bar(
            x=[size], y=[place], marker=fill(way, [color]), text=[short(f"{size:,.6g} · {text}", 60)],
            customdata=[item], hovertext=[escape(text)], **bar_text() | {"textposition": "auto"},
        )  # fmt: skip
    chart.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0}, bargap=0.15, barmode="overlay")
    chart.update_yaxes(range=[len(bars) - 0.5, -0.5], visible=False)
    chart.update_xaxes(range=[0, max([size for _, size, _ in bars] + [1e-9]) * 1.02], visible=False)
    return chart


def steps(series: pd.DataFrame, look: Look) -> go.Figure:
    """What each claimant is reported to say of one quantity, day after day, as steps.

    `series` has side, who, claimant_kind, date, value, low, high, bound, verbatim, item, axis.
    """
    chart = frame(STEPS)
    for (side, who), own in series.groupby(["side", "who"], sort=False):
        label, color = look[str(side)]
        chart.add_scatter(
            x=[str(day) for day in own["date"]], y=[float(value) for value in own["value"]],
            mode="lines+markers+text", line={"shape": "hv", "color": color, "width": 1.5},
            marker={"symbol": SHAPES[group(own["claimant_kind"].iloc[0])], "size": 10, "color": color},
            text=["" for _ in range(len(own) - 1)] + [short(str(who), 24)], textposition="top center",
            customdata=list(own["item"]), hoverinfo="text", unselected=PLAIN, error_y=_open_ends(own),
            hovertext=[
                f"<b>{escape(label)}: {escape(row['verbatim'])}</b><br>{row['date']}, given by {escape(row['who'])}"
                for _, row in own.iterrows()
            ],
        )  # fmt: skip
    scale = _Scale.of(series.assign(point=series["value"]))
    chart.update_xaxes(type="date", gridcolor=FAINT)
    share = series["axis"].eq("Shares of a whole").all()
    chart.update_yaxes(**scale.axis(), gridcolor=FAINT, tickformat=".0%" if share else None, automargin=True)
    return chart


def _open_ends(marks: pd.DataFrame) -> dict[str, Any]:
    """Whiskers from each value to the ends its bound gives; none where an end is open or the value itself."""
    found = [(float(row["value"]), number(row["low"]), number(row["high"])) for _, row in marks.iterrows()]
    return {
        "type": "data",
        "symmetric": False,
        "array": [max((high or at) - at, 0.0) for at, _, high in found],
        "arrayminus": [max(at - (at if low is None else low), 0.0) for at, low, _ in found],
        "thickness": 1,
        "width": 4,
    }


def number(value: Any) -> float | None:
    """A value on an axis; None for a missing one."""
    return None if value is None or value != value else float(value)
