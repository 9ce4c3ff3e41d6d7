"""Charts of voices: how they are quoted, who they are, with which verb."""

from __future__ import annotations

import math
from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.style import FAINT, QUOTES, ROW, bar_text, fill, frame, short, step
from dashboard.tables.wording import Look, rows


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
            marker=fill(quote, [look[side][1] for side in own["side"]]),
            **bar_text(),
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
    names = [short(name) for name in table["source_name"]]
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
            marker=fill(quote, [color] * len(table)),
            **bar_text(),
        )
    chart.update_layout(barmode="stack", margin={"l": 8, "r": 8, "t": 8, "b": 40})
    chart.update_yaxes(tickvals=list(range(len(names))), ticktext=names, autorange="reversed", automargin=True)
    chart.update_xaxes(title="times cited", dtick=step(table["attributions"].max()))
    return chart


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
