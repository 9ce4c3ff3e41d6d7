"""Tables to Plotly charts. Every text from a corpus is escaped, every mark carries its evidence item.

Sides keep their colour everywhere; position, fill pattern, shape or a label always says the same again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard.tables import Look, rows

ROW = 26
"""Pixels of a row of marks."""

CLAIM = 54
"""Pixels of a claim: its quantity, its mark and its printed words."""

WHISKER = 0.10
"""Half length of an approximate figure's whisker, as a share of it: what the ledger allows such a figure."""

LOG_FROM = 10
"""Ratio of the largest to the smallest value from which an axis is logarithmic."""

SOFT = "rgba(128, 128, 128, 0.9)"
FAINT = "rgba(128, 128, 128, 0.25)"

DIMMED = {"marker": {"opacity": 0.45}}
"""How marks look beside a picked one."""

PLAIN = {"textfont": {"color": SOFT}}
"""Labels stay as they are beside a picked one."""

QUOTES = {
    "direct": "own words",
    "mixed": "partly own words",
    "indirect": "paraphrased",
    "unattributed": "no one cited",
}
"""Way of quoting -> what a reader calls it."""

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


def frame(height: int) -> go.Figure:
    """An empty chart with the house's margins and axes."""
    chart = go.Figure()
    chart.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 28, "b": 40},
        showlegend=False,
        dragmode=False,
        bargap=0.3,
        hoverlabel={"align": "left"},
    )
    return chart


def terms(table: pd.DataFrame, left: tuple[str, str], right: tuple[str, str], axis: str) -> go.Figure:
    """A row a term, its bar on the side it marks; whiskers where the table has an interval.

    `table` is that of `keyness` with `left` as the target; columns used: term, score, low, high, n_target,
    n_reference, documents_target, documents_reference.
    """
    table = table.sort_values("score", ascending=False, kind="stable")
    chart = frame(70 + ROW * len(table))
    places = list(range(len(table)))
    scores = [-float(score) for score in table["score"]]
    colors = [left[1] if score < 0 else right[1] for score in scores]
    hover = [
        f"<b>{escape(row.term)}</b><br>{escape(left[0])}: {row.n_target}× in {row.documents_target} article(s)"
        f"<br>{escape(right[0])}: {row.n_reference}× in {row.documents_reference} article(s)"
        for row in rows(table)
    ]
    items = [f"term:{term}" for term in table["term"]]
    shared = {"y": places, "customdata": items, "hovertext": hover, "hoverinfo": "text"}
    chart.add_bar(x=scores, orientation="h", marker_color=colors, error_x=_whiskers(table), unselected=DIMMED, **shared)
    labels = [
        f"\u2002{escape(row.term)} <span style='color:{SOFT}'>{row.n_target}:{row.n_reference}</span>\u2002"
        for row in rows(table)
    ]
    sides = ["middle right" if score < 0 else "middle left" for score in scores]
    chart.add_scatter(x=[0] * len(places), mode="text", text=labels, textposition=sides, unselected=PLAIN, **shared)
    reach = 1.08 * max([abs(score) for score in scores] + [1e-9])
    chart.update_yaxes(visible=False, range=[len(places) - 0.4, -0.6])
    chart.update_xaxes(range=[-reach, reach], title=escape(axis), zerolinewidth=2, showticklabels=False)
    for x, anchor, text in ((0.49, "right", f"◀ {left[0]}"), (0.51, "left", f"{right[0]} ▶")):
        chart.add_annotation(
            x=x,
            y=1,
            xref="paper",
            yref="paper",
            yanchor="bottom",
            xanchor=anchor,
            showarrow=False,
            text=f"<b>{escape(text)}</b>",
        )
    return chart


def _whiskers(table: pd.DataFrame) -> dict[str, Any] | None:
    """Error bars of a mirrored axis; None where the table has no intervals."""
    if table["low"].isna().all():
        return None
    return {
        "type": "data",
        "array": list(table["score"] - table["low"]),
        "arrayminus": list(table["high"] - table["score"]),
        "color": SOFT,
        "thickness": 1.5,
        "width": 3,
    }


def quoting(table: pd.DataFrame, look: Look) -> go.Figure:
    """A bar a side: its passages by the fullest way anyone is quoted in them, as shares of the side's passages."""
    chart = frame(64 * max(table["side"].nunique(), 1) + 60)
    totals = table.groupby("side")["passages"].sum()
    for quote, meaning in QUOTES.items():
        own = table[(table["quote"] == quote) & (table["passages"] > 0)]
        chart.add_bar(
            x=[100 * row.passages / totals[row.side] for row in rows(own)],
            y=[escape(look[side][0]) for side in own["side"]],
            text=[f"{meaning}<br>{row.passages} of {totals[row.side]}" for row in rows(own)],
            customdata=[f"quote:{side}|{quote}" for side in own["side"]],
            hovertext=[
                f"<b>{escape(look[row.side][0])}: {meaning}</b><br>"
                f"{row.passages} of {totals[row.side]} passages, {row.words:,} words"
                for row in rows(own)
            ],
            marker=_fill(quote, [look[side][1] for side in own["side"]]),
            **_bar_text(),
        )
    chart.update_layout(barmode="stack", bargap=0.25, uniformtext={"minsize": 10, "mode": "hide"})
    chart.update_yaxes(
        autorange="reversed", categoryorder="array", categoryarray=[escape(label) for label, _ in look.values()]
    )
    chart.update_xaxes(title="% of the side's passages", range=[0, 100])
    return chart


def voices(table: pd.DataFrame, color: str) -> go.Figure:
    """A bar a voice of one side, split by the way it is quoted; the most cited on top."""
    chart = frame(70 + ROW * len(table))
    names = [_short(name) for name in table["source_name"]]
    items = [f"voice:{row.side}|{row.source_name}" for row in rows(table)]
    for quote, meaning in list(QUOTES.items())[:3]:
        chart.add_bar(
            x=list(table[quote]),
            y=list(range(len(names))),
            text=[str(count) if count else "" for count in table[quote]],
            customdata=items,
            hovertext=[
                f"<b>{escape(row.source_name)}</b><br>{meaning}: {getattr(row, quote)} of {row.attributions}<br>"
                f"{row.words_quoted} words in quotation marks"
                for row in rows(table)
            ],
            marker=_fill(quote, [color] * len(table)),
            **_bar_text(),
        )
    chart.update_layout(barmode="stack", margin={"l": 8, "r": 8, "t": 8, "b": 40})
    chart.update_yaxes(tickvals=list(range(len(names))), ticktext=names, autorange="reversed", automargin=True)
    chart.update_xaxes(title="times cited", dtick=_step(table["attributions"].max()))
    return chart


def _bar_text() -> dict[str, Any]:
    return {
        "orientation": "h",
        "hoverinfo": "text",
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "unselected": DIMMED,
    }


def _fill(quote: str, colors: list[str]) -> dict[str, Any]:
    """Full for own words, hatched for part, pale for paraphrase, outlined for none."""
    line = {"color": colors, "width": 1.5}
    if quote == "direct":
        return {"color": colors, "line": line}
    if quote == "mixed":
        pale, hatch = [_tint(color, 0.15) for color in colors], [_tint(color, 0.5) for color in colors]
        pattern = {
            "shape": "/",
            "fillmode": "overlay",
            "fgcolor": hatch,
            "fgopacity": 0.4,
            "size": 12,
            "solidity": 0.12,
        }
        return {"color": pale, "pattern": pattern, "line": line}
    share = 0.3 if quote == "indirect" else 0.03
    return {"color": [_tint(color, share) for color in colors], "line": line}


def grid(table: pd.DataFrame, look: Look) -> go.Figure:
    """Reporting verbs by side: a dot a cell, its area and label the number of attributions.

    Columns used: side, cue_lemma, stance, attributions (one row a cell).
    """
    verbs = list(dict.fromkeys(table["label"]))
    chart = frame(90 + (ROW + 4) * len(verbs))
    largest = table["attributions"].max()
    for side, (label, color) in look.items():
        own = table[table["side"] == side]
        chart.add_scatter(
            x=[escape(label)] * len(own),
            y=[escape(verb) for verb in own["label"]],
            mode="markers+text",
            text=[str(count) for count in own["attributions"]],
            textposition="middle right",
            customdata=[f"verb:{side}|{lemma}" for lemma in own["cue_lemma"]],
            hovertext=[
                f"<b>{escape(label)}: {escape(row.cue_lemma)}</b><br>"
                f"{row.attributions} attribution(s) to: {escape(row.voices)}"
                for row in rows(own)
            ],
            hoverinfo="text",
            marker={
                "color": color,
                "opacity": 1,
                "size": [8 + 22 * math.sqrt(count / largest) for count in own["attributions"]],
            },
        )
    chart.update_yaxes(
        categoryorder="array", categoryarray=[escape(verb) for verb in verbs[::-1]], automargin=True, gridcolor=FAINT
    )
    names = [escape(label) for label, _ in look.values()]
    chart.update_xaxes(side="top", categoryorder="array", categoryarray=names, range=[-0.6, len(names) - 0.4])
    chart.update_layout(margin={"l": 8, "r": 8, "t": 36, "b": 8})
    return chart


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
        values = [_number(value) for name in ("low", "point", "high") for value in marks[name]]
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
    low, high, point = (_number(mark[name]) for name in ("low", "high", "point"))
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
        x=[at], y=[y], mode="markers+text", text=[_short(f"{mark['verbatim']} · {mark['who']}", 40)],
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


def pair(first: float, second: float, words: tuple[str, str], color: str, item: str) -> go.Figure:
    """Two figures of one side, one of which is part of the other: a pale bar and a full one."""
    chart = frame(96)
    for size, text, fill in ((first, words[0], "indirect"), (second, words[1], "direct")):
        chart.add_bar(
            x=[size], y=[escape(text)], marker=_fill(fill, [color]), text=[f"{size:,.6g}"], customdata=[item],
            hovertext=[escape(text)], **_bar_text(),
        )  # fmt: skip
    chart.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0}, bargap=0.15, barmode="overlay")
    chart.update_yaxes(autorange="reversed", visible=False)
    chart.update_xaxes(range=[0, max(first, second) * 1.02], visible=False)
    return chart


def _number(value: Any) -> float | None:
    return None if value is None or value != value else float(value)


def _tint(color: str, share: float) -> str:
    """A colour mixed with white, opaque so that the text on it contrasts in a dark theme too."""
    red, green, blue = (round(255 - share * (255 - int(color[at : at + 2], 16))) for at in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


def _short(text: str, length: int = 34) -> str:
    return escape(text if len(text) <= length else text[: length - 1] + "…")


def _step(largest: float) -> int:
    """Whole-number ticks, about eight of them."""
    return max(1, math.ceil(largest / 8))
