"""A chart that can leave the page: its title, selection and corpus hash stand in the picture a reader saves."""

from __future__ import annotations

import textwrap
from html import escape
from typing import Any

import plotly.graph_objects as go

from dashboard.kept import kept

HEAD = 84
"""Pixels above the drawing for title and caption. The page cuts them off (style.css), a saved picture has them."""

WIDTH = 1100
"""Pixels of a saved picture, so that it does not depend on the reader's window."""

LINE = 165
"""Letters of a caption's line at that width."""

FORMATS = ("png", "svg")


@kept
def picture(chart: go.Figure, title: str, caption: str) -> go.Figure:
    """The chart with a title and a caption of two lines at most above it."""
    lines = textwrap.wrap(caption, LINE, max_lines=2, placeholder=" …")
    below = {"text": "<br>".join(map(escape, lines)), "font": {"size": 12}}
    layout = chart.layout.to_plotly_json()
    layout["height"] += HEAD
    layout["margin"]["t"] += HEAD
    layout["title"] = {
        "text": escape(title), "subtitle": below, "font": {"size": 18}, "x": 0, "xanchor": "left",
        "y": 1, "yref": "container", "yanchor": "top", "pad": {"l": 12, "t": 10}, "automargin": False,
    }  # fmt: skip
    return go.Figure(chart.data, layout, _validate=False)


def saving(chart: go.Figure, name: str, picture_format: str) -> dict[str, Any]:
    """Settings of the chart's own button that saves it, as one of FORMATS."""
    size = {"width": WIDTH, "height": chart.layout.height}
    return {"format": picture_format, "filename": name, "scale": 3 if picture_format == "png" else 1, **size}
