"""Tables to Plotly charts. Every text from a corpus is escaped, every mark carries its evidence item.

Sides keep their colour everywhere; position, fill pattern, shape or a label always says the same again.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

Look = Mapping[str, tuple[str, str]]
"""Side id -> (label, colour)."""

ROW = 26
"""Pixels of a row of marks."""

LOG_FROM = 10
"""Ratio of the largest to the smallest value from which an axis is logarithmic."""

SOFT = "rgba(128, 128, 128, 0.9)"
FAINT = "rgba(128, 128, 128, 0.25)"

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
    "other": "star-triangle-up",
    "outlet": "x",
}
"""Group of claimants -> mark."""

CLAIMANTS = {
    "head_of_state": "official",
    "minister": "official",
    "senior_official": "official",
    "spokesperson": "official",
    "government": "official",
    "institution": "official",
    "military": "official",
    "local_official": "official",
    "unnamed_official": "official",
    "state": "official",
    "international_body": "official",
    "media": "press",
    "channel": "press",
    "social_media": "press",
    "eyewitness": "public",
    "public": "public",
    "expert": "public",
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
    rows = list(range(len(table)))
    scores = [-float(score) for score in table["score"]]
    colors = [left[1] if score < 0 else right[1] for score in scores]
    hover = [
        f"<b>{escape(row.term)}</b><br>{escape(left[0])}: {row.n_target}× in {row.documents_target} article(s)"
        f"<br>{escape(right[0])}: {row.n_reference}× in {row.documents_reference} article(s)"
        for row in table.itertuples()
    ]
    items = [f"term:{term}" for term in table["term"]]
    shared = {"y": rows, "customdata": items, "hovertext": hover, "hoverinfo": "text"}
    chart.add_bar(x=scores, orientation="h", marker_color=colors, error_x=_whiskers(table), **shared)
    labels = [
        f"\u2002{escape(row.term)} <span style='color:{SOFT}'>{row.n_target}:{row.n_reference}</span>\u2002"
        for row in table.itertuples()
    ]
    sides = ["middle right" if score < 0 else "middle left" for score in scores]
    chart.add_scatter(x=[0] * len(rows), mode="text", text=labels, textposition=sides, **shared)
    reach = 1.08 * max([abs(score) for score in scores] + [1e-9])
    chart.update_yaxes(visible=False, range=[len(rows) - 0.4, -0.6])
    chart.update_xaxes(range=[-reach, reach], title=escape(axis), zerolinewidth=2, showticklabels=False)
    for x, anchor, text in ((0, "left", f"◀ {left[0]}"), (1, "right", f"{right[0]} ▶")):
        chart.add_annotation(
            x=x, y=1, xref="paper", yref="paper", yanchor="bottom", xanchor=anchor, showarrow=False, text=f"<b>{escape(text)}</b>"
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
            x=[100 * row.passages / totals[row.side] for row in own.itertuples()],
            y=[escape(look[side][0]) for side in own["side"]],
            text=[f"{meaning}<br>{row.passages} of {totals[row.side]}" for row in own.itertuples()],
            customdata=[f"quote:{side}|{quote}" for side in own["side"]],
            hovertext=[
                f"<b>{escape(look[row.side][0])}: {meaning}</b><br>{row.passages} of {totals[row.side]} passages, {row.words:,} words"
                for row in own.itertuples()
            ],
            marker=_fill(quote, [look[side][1] for side in own["side"]]),
            **_bar_text(),
        )
    chart.update_layout(barmode="stack", bargap=0.25, uniformtext={"minsize": 10, "mode": "hide"})
    chart.update_yaxes(autorange="reversed", categoryorder="array", categoryarray=[escape(label) for label, _ in look.values()])
    chart.update_xaxes(title="% of the side's passages", range=[0, 100])
    return chart


def voices(table: pd.DataFrame, color: str) -> go.Figure:
    """A bar a voice of one side, split by the way it is quoted; the most cited on top."""
    chart = frame(70 + ROW * len(table))
    names = [_short(name) for name in table["source_name"]]
    items = [f"voice:{row.side}|{row.source_name}" for row in table.itertuples()]
    for quote, meaning in list(QUOTES.items())[:3]:
        chart.add_bar(
            x=list(table[quote]),
            y=list(range(len(names))),
            text=[str(count) if count else "" for count in table[quote]],
            customdata=items,
            hovertext=[
                f"<b>{escape(row.source_name)}</b><br>{meaning}: {getattr(row, quote)} of {row.attributions}<br>"
                f"{row.words_quoted} words in quotation marks"
                for row in table.itertuples()
            ],
            marker=_fill(quote, [color] * len(table)),
            **_bar_text(),
        )
    chart.update_layout(barmode="stack", margin={"l": 8, "r": 8, "t": 8, "b": 40})
    chart.update_yaxes(tickvals=list(range(len(names))), ticktext=names, autorange="reversed", automargin=True)
    chart.update_xaxes(title="times cited", dtick=_step(table["attributions"].max()))
    return chart


def _bar_text() -> dict[str, Any]:
    return {"orientation": "h", "hoverinfo": "text", "textposition": "inside", "insidetextanchor": "middle", "textangle": 0}


def _fill(quote: str, colors: list[str]) -> dict[str, Any]:
    """Full for own words, hatched for part, pale for paraphrase, outlined for none."""
    line = {"color": colors, "width": 1.5}
    if quote == "direct":
        return {"color": colors, "line": line}
    if quote == "mixed":
        pattern = {"shape": "/", "fgcolor": colors, "bgcolor": [_tint(color, 0.25) for color in colors], "size": 7, "solidity": 0.25}
        return {"color": [_tint(color, 0.25) for color in colors], "pattern": pattern, "line": line}
    share = 0.25 if quote == "indirect" else 0.0
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
                f"<b>{escape(label)}: {escape(row.cue_lemma)}</b><br>{row.attributions} attribution(s)<br>to: {escape(row.voices)}"
                for row in own.itertuples()
            ],
            hoverinfo="text",
            marker={"color": color, "opacity": 1, "size": [8 + 22 * math.sqrt(count / largest) for count in own["attributions"]]},
        )
    chart.update_yaxes(categoryorder="array", categoryarray=[escape(verb) for verb in verbs[::-1]], automargin=True, gridcolor=FAINT)
    names = [escape(label) for label, _ in look.values()]
    chart.update_xaxes(side="top", categoryorder="array", categoryarray=names, range=[-0.6, len(names) - 0.4])
    chart.update_layout(margin={"l": 8, "r": 8, "t": 36, "b": 8})
    return chart


def ranges(marks: pd.DataFrame, look: Look, kinds: Mapping[str, str]) -> go.Figure:
    """A line a quantity, a mark a claim: dot, bar, whisker or arrow after its bound; one panel a kind of figure.

    `marks` has item, claim, quantity, side, kind, bound, low, high, point, verbatim, claimant, claimant_kind.
    """
    present = [kind for kind in dict.fromkeys([*kinds, *marks["kind"]]) if (marks["kind"] == kind).any()]
    sizes = [max(marks.loc[marks["kind"] == kind, "claim"].nunique(), 1) for kind in present]
    height = 2 * ROW * sum(sizes) + 84 * len(present)
    chart = make_subplots(
        rows=len(present),
        cols=1,
        row_heights=[size + 0.6 for size in sizes],
        vertical_spacing=min(0.9 / max(len(present), 2), 62 / height),
        subplot_titles=[escape(kinds.get(kind, kind.replace("_", " ").capitalize())) for kind in present],
    )
    chart.update_layout(frame(height).layout)
    chart.update_annotations(x=0, xanchor="left", font_size=13)
    for place, kind in enumerate(present, 1):
        _panel(chart, marks[marks["kind"] == kind], look, place)
    return chart


def _panel(chart: go.Figure, marks: pd.DataFrame, look: Look, place: int) -> None:
    """One panel of the range chart, its quantities from top to bottom."""
    claims = list(dict.fromkeys(marks["claim"]))
    names = marks.drop_duplicates("claim").set_index("claim")["quantity"]
    low, high = _span(marks)
    log = low > 0 and high / low >= LOG_FROM
    reach = high * 3 if log else high + 0.25 * (high - low or high or 1)
    for claim in claims:
        own = marks[marks["claim"] == claim]
        for number, (_, mark) in enumerate(own.iterrows()):
            y = claims.index(claim) + (number - (len(own) - 1) / 2) * min(0.3, 0.8 / len(own))
            _mark(chart, mark, y, look[mark["side"]], reach, place)
    titles = [_wrapped(names[claim]) for claim in claims]
    axis = {"tickvals": list(range(len(claims))), "ticktext": titles, "range": [len(claims) - 0.4, -0.6], "automargin": True}
    chart.update_yaxes(**axis, zeroline=False, gridcolor=FAINT, row=place, col=1)
    start = low / 2 if log else min(0.0, low)
    ends = [math.log10(start), math.log10(reach * 2.5)] if log else [start, reach * 1.25]
    chart.update_xaxes(type="log" if log else "linear", range=ends, dtick=1 if log else None, zeroline=False, row=place, col=1)


def _mark(chart: go.Figure, mark: pd.Series, y: float, look: tuple[str, str], reach: float, place: int) -> None:
    """A claim's line (for an open, wide or rounded value) and its mark, with the printed words beside it."""
    label, color = look
    low, high, point = (_number(mark[name]) for name in ("low", "high", "point"))
    opens_up, opens_down = high is None, low is None
    at = next(value for value in (point, low, high, 0.0) if value is not None)
    ends = [0.0 if opens_down else low, reach if opens_up else high]
    if mark["bound"] == "approx" and low == high:
        ends = [at * 0.93, at * 1.07]
    dash = "dot" if mark["bound"] == "vague" else "solid"
    if ends[0] != ends[1]:
        symbols = ["triangle-left" if opens_down else "line-ns-open", "triangle-right" if opens_up else "line-ns-open"]
        chart.add_scatter(
            x=ends, y=[y, y], mode="lines+markers", line={"color": color, "width": 2, "dash": dash},
            marker={"symbol": symbols, "size": 9, "color": color}, hoverinfo="skip", row=place, col=1,
        )  # fmt: skip
    text = f"{mark['verbatim']} · {mark['who']}"
    chart.add_scatter(
        x=[at], y=[y], mode="markers+text", text=[_short(text, 44)], textposition="top right",
        customdata=[mark["item"]], hoverinfo="text",
        hovertext=[f"<b>{escape(label)}: {escape(mark['verbatim'])}</b><br>{escape(mark['quantity'])}<br>given by {escape(mark['who'])}"],
        marker={"symbol": SHAPES[group(mark["claimant_kind"])], "size": 12, "color": color}, row=place, col=1,
    )  # fmt: skip


def group(claimant_kind: Any) -> str:
    """The group of claimants that shares a mark."""
    if claimant_kind is None or claimant_kind != claimant_kind:
        return "outlet"
    return CLAIMANTS.get(str(claimant_kind), "other")


def pair(first: float, second: float, words: tuple[str, str], implied: str, look: tuple[str, str], item: str) -> go.Figure:
    """Two figures of one side, one of which is part of the other: a pale bar and a full one over it."""
    chart = frame(120)
    for size, text, fill in ((first, words[0], "indirect"), (second, words[1], "direct")):
        chart.add_bar(
            x=[size], y=[escape(text)], marker=_fill(fill, [look[1]]), text=[f"{size:,.6g}"], customdata=[item],
            hovertext=[f"<b>{escape(look[0])}</b><br>{escape(text)}<br>{escape(implied)}"], **_bar_text(),
        )  # fmt: skip
    chart.update_yaxes(autorange="reversed", visible=False)
    chart.update_xaxes(range=[0, max(first, second) * 1.05], visible=False)
    return chart


def _span(marks: pd.DataFrame) -> tuple[float, float]:
    """The smallest and the largest value printed."""
    values = [_number(value) for name in ("low", "point", "high") for value in marks[name]]
    known = [value for value in values if value is not None]
    return (min(known), max(known)) if known else (0.0, 1.0)


def _number(value: Any) -> float | None:
    return None if value is None or value != value else float(value)


def _tint(color: str, share: float) -> str:
    """A colour of the palette with an opacity."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {share})"


def _short(text: str, length: int = 34) -> str:
    return escape(text if len(text) <= length else text[: length - 1] + "…")


def _wrapped(text: str, length: int = 24) -> str:
    """A label in two lines where it is long."""
    if len(text) <= length:
        return escape(text)
    cut = text.rfind(" ", 0, length + 1)
    cut = cut if cut > 0 else length
    return f"{escape(text[:cut])}<br>{_short(text[cut:].strip(), length)}"


def _step(largest: float) -> int:
    """Whole-number ticks, about eight of them."""
    return max(1, math.ceil(largest / 8))
