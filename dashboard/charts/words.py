"""Charts of terms."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.style import DIMMED, PLAIN, ROW, SOFT, frame
from dashboard.tables.wording import rows


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
