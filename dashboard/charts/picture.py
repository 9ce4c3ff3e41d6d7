"""A chart that can leave the page: its title, selection and corpus hash stand in the picture a reader saves."""

from __future__ import annotations

import textwrap
from html import escape
from typing import Any

from plotly.basedatatypes import BaseFigure

from dashboard.charts.style import Chart
from dashboard.kept import kept

HEAD = 84
"""Pixels above the drawing for title and caption. The page cuts them off (style.css), a saved picture has them."""

WIDTH = 1100
"""Pixels of a saved picture, so that it does not depend on the reader's window."""

LINE = 165
"""Letters of a caption's line at that width."""

FORMATS = ("png", "svg")


class Picture(BaseFigure):
    """A chart as Streamlit takes it, made ready once: Plotly's own figure copies all of itself whenever it is shown."""

    def __init__(self, chart: Chart) -> None:
        self._ready = chart.to_dict()

    def to_dict(self) -> dict[str, Any]:
        """What is sent; not to be changed."""
        return self._ready

    def __reduce__(self) -> tuple[Any, ...]:
        """By what it was made of."""
        return Chart, (self._ready["data"], self._ready["layout"])

    @property
    def height(self) -> int:
        """Pixels."""
        return int(self._ready["layout"]["height"])


@kept
def picture(chart: Chart, title: str, caption: str) -> Picture:
    """The chart with a title and a caption of two lines at most above it."""
    lines = textwrap.wrap(caption, LINE, max_lines=2, placeholder=" …")
    below = {"text": "<br>".join(map(escape, lines)), "font": {"size": 12}}
    margin = chart.layout["margin"]
    head = {
        "text": escape(title), "subtitle": below, "font": {"size": 18}, "x": 0, "xanchor": "left",
        "y": 1, "yref": "container", "yanchor": "top", "pad": {"l": 12, "t": 10}, "automargin": False,
    }  # fmt: skip
    above = {"height": chart.layout["height"] + HEAD, "margin": margin | {"t": margin["t"] + HEAD}, "title": head}
    return Picture(Chart(chart.data, chart.layout | above))


def saving(chart: Picture, name: str, picture_format: str) -> dict[str, Any]:
    """Settings of the chart's own button that saves it, as one of FORMATS."""
    size = {"width": WIDTH, "height": chart.height}
    return {"format": picture_format, "filename": name, "scale": 3 if picture_format == "png" else 1, **size}
