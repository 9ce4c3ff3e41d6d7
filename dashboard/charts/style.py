"""What all charts share: frame, fills, and the words and colours of marks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import Any

ROW = 26
"""Pixels of a row of marks."""

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


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart as Plotly is given it. Plotly's own makes an object of every trace and copies all of it to be shown."""

    data: list[dict[str, Any]]
    layout: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Both by their names."""
        return {"data": self.data, "layout": self.layout}


def frame(height: int, *traces: dict[str, Any], **layout: Any) -> Chart:
    """A chart of these traces with the house's margins, and what else its layout is to be.

    It is not validated, which tests do: that takes thirty times as long. The template is empty,
    because the colours of the page come from Streamlit's browser code, and Plotly's own template is nine tenths of a
    small chart.
    """
    house = {
        "template": {},
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 28, "b": 40},
        "showlegend": False,
        "dragmode": False,
        "bargap": 0.3,
        "hoverlabel": {"align": "left"},
    }
    return Chart(list(map(_given, traces)), _given(house | layout))


def _given(settings: dict[str, Any]) -> dict[str, Any]:
    """Settings without those that are None."""
    return {
        name: _given(value) if isinstance(value, dict) else value
        for name, value in settings.items()
        if value is not None
    }


def bar(**settings: Any) -> dict[str, Any]:
    """A trace of bars."""
    return {"type": "bar", **settings}


def scatter(**settings: Any) -> dict[str, Any]:
    """A trace of dots, lines or texts."""
    return {"type": "scatter", **settings}


def bar_text() -> dict[str, Any]:
    """Settings of a bar that carries its own label."""
    return {
        "orientation": "h",
        "hoverinfo": "text",
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "unselected": DIMMED,
    }


def fill(quote: str, colors: list[str]) -> dict[str, Any]:
    """Full for own words, hatched for part, pale for paraphrase, outlined for none."""
    line = {"color": colors, "width": 1.5}
    if quote == "direct":
        return {"color": colors, "line": line}
    if quote == "mixed":
        pale, hatch = [tint(color, 0.15) for color in colors], [tint(color, 0.5) for color in colors]
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
    return {"color": [tint(color, share) for color in colors], "line": line}


def tint(color: str, share: float) -> str:
    """A colour mixed with white, opaque so that the text on it contrasts in a dark theme too."""
    red, green, blue = (round(255 - share * (255 - int(color[at : at + 2], 16))) for at in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


def short(text: str, length: int = 34) -> str:
    """A text of a corpus as a label: cut and escaped."""
    return escape(text if len(text) <= length else text[: length - 1] + "…")


def step(largest: float) -> int:
    """The distance of whole-number ticks, at most about eight of them: 1, 2 or 5, with noughts."""
    least = max(1.0, largest / 8)
    decade = 10 ** math.floor(math.log10(least))
    return next(nice * decade for nice in (1, 2, 5, 10) if nice * decade >= least)
