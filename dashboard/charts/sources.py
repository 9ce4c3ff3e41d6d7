"""Charts of voices: how they are quoted, who they are, with which verb, for which camp."""

from __future__ import annotations

import math
from html import escape
from typing import Any

import pandas as pd

from dashboard.charts.style import (
    FAINT,
    PLAIN,
    QUOTES,
    ROW,
    SOFT,
    Chart,
    bar,
    bar_text,
    fill,
    frame,
    scatter,
    short,
    step,
)
from dashboard.kept import kept
from dashboard.tables.wording import Look, rows

UNATTRIBUTED = "unattributed"

ROOM = 1.9
"""Length of an axis in longest bars: the shares stand beside the bars."""

SMALLEST_DOT, LARGEST_DOT = 7, 26

CELL = LARGEST_DOT + 18
"""Pixels of a row of the grid: a dot, and its count below it, where no neighbour covers it."""

LETTER = 5.6
"""Pixels of a letter beside a bar: a margin that holds the longest words leaves none cut on a phone."""


@kept
def quoting(table: pd.DataFrame, look: Look) -> Chart:
    """Two bars a side, as shares of its passages: those that cite someone, by the fullest quotation, and the others."""
    table = table[table.groupby("side")["passages"].transform("sum") > 0]
    sides = [side for side in look if (table["side"] == side).any()]
    places = [_place(look, side, quote) for side in sides for quote in ("direct", UNATTRIBUTED)]
    return frame(
        124 * max(len(sides), 1) + 60, *(_quoted(table, look, quote) for quote in QUOTES),
        barmode="stack", bargap=0.2, uniformtext={"minsize": 10, "mode": "hide"},
        xaxis={"title": {"text": "% of the side's passages"}, "range": [0, 100]},
        yaxis={"autorange": "reversed", "categoryorder": "array", "categoryarray": places, "tickvals": places,
               "automargin": True},
    )  # fmt: skip


def _quoted(table: pd.DataFrame, look: Look, quote: str) -> dict[str, Any]:
    """The bars of one way of quoting."""
    totals, meaning = table.groupby("side")["passages"].sum(), QUOTES[quote]
    # The bar of those that cite no one stands there at zero too.
    own = table[(table["quote"] == quote) & ((table["passages"] > 0) | (quote == UNATTRIBUTED))]
    return bar(
        x=[100 * row.share for row in rows(own)],
        y=[_place(look, row.side, quote) for row in rows(own)],
        text=[f"{meaning}<br>{row.passages:,} of {totals[row.side]:,}" if row.passages else "" for row in rows(own)],
        customdata=[f"quote:{row.side}|{quote}" for row in rows(own)],
        hovertext=[
            f"<b>{escape(look[row.side][0])}: {meaning}</b><br>"
            f"{row.passages:,} of {totals[row.side]:,} passages: {interval(row)}<br>{row.words:,} words"
            for row in rows(own)
        ],
        marker=fill(quote, [look[side][1] for side in own["side"]]),
        **bar_text(),
    )


def _place(look: Look, side: str, quote: str) -> str:
    """The bar a way of quoting stands in."""
    return f"{short(look[side][0], 20)}<br>{'no one cited' if quote == UNATTRIBUTED else 'someone cited'}"


def interval(row: Any) -> str:
    """A share with its 95 % interval; *few cases* where there are too few."""
    return f"{row.share:.0%} ({row.low:.0%} to {row.high:.0%}){', few cases' if row.few_cases else ''}"


@kept
def voices(table: pd.DataFrame, color: str, count: str = "attributions") -> Chart:
    """A bar a voice of one side, the first on top, with its share beside it.

    Args:
        table: rows of `analysis.voices.voices`.
        color: the side's.
        count: what the bars count: "attributions", split by the way of quoting, or "words_quoted".
    """
    names = [short(name, 26) for name in table["source_name"]]
    title = "words in quotation marks" if count == "words_quoted" else "times cited"
    largest = int(table[count].max())
    ticks = list(range(0, largest + 1, step(2 * largest)))
    items = [f"voice:{row.side}|{row.source_name}" for row in rows(table)]
    parts = {count: "direct"} if count == "words_quoted" else {quote: quote for quote in list(QUOTES)[:3]}
    bars = [_cited(table, column, quote, color, items) for column, quote in parts.items()]
    return frame(
        70 + ROW * len(table), *bars, _beside(table[count], [_voice_note(row, count) for row in rows(table)], items),
        barmode="stack", bargap=0.12, uniformtext={"minsize": 9, "mode": "hide"},
        margin={"l": 8, "r": 8, "t": 28, "b": 40},
        xaxis={"title": {"text": title}, "tickvals": ticks, "range": [0, largest * ROOM]},
        yaxis={"tickvals": list(range(len(names))), "ticktext": names, "autorange": "reversed", "automargin": True},
    )  # fmt: skip


def _cited(table: pd.DataFrame, column: str, quote: str, color: str, items: list[str]) -> dict[str, Any]:
    """The bars of the voices in one way of quoting."""
    return bar(
        x=table[column].tolist(),
        y=list(range(len(table))),
        text=[f"{value:,}" if value else "" for value in table[column]],
        customdata=items,
        hovertext=[_voice_hover(row, column, quote) for row in rows(table)],
        marker=fill(quote, [color] * len(table)),
        **bar_text(),
    )


def _voice_hover(row: Any, column: str, quote: str) -> str:
    printed = [form for form in row.printed if form != row.source_name]
    as_printed = f"<br>printed: {'; '.join(short(form, 60) for form in printed[:5])}" if printed else ""
    counted = (
        "" if column == "words_quoted" else f"{QUOTES[quote]}: {getattr(row, column):,} of {row.attributions:,}<br>"
    )
    return (
        f"<b>{escape(row.source_name)}</b><br>{counted}{row.words_quoted:,} words in quotation marks<br>"
        f"{interval(row)} of the side's attributions{as_printed}"
    )


def _voice_note(row: Any, count: str) -> str:
    share = "few cases" if row.few_cases else f"{row.share:.0%} ({row.low:.0%}–{row.high:.0%})"
    shown = (
        f"in {row.attributions} citation{'' if row.attributions == 1 else 's'}" if count == "words_quoted" else share
    )
    return f"{shown} ▲" if row.headlines else shown


def _beside(ends: pd.Series, texts: list[str], items: list[str]) -> dict[str, Any]:
    """Texts at the ends of the bars numbered from the top."""
    return scatter(
        x=ends.tolist(),
        y=list(range(len(texts))),
        mode="text",
        text=[f" {text}" for text in texts],
        textposition="middle right",
        textfont={"color": SOFT, "size": 12},
        customdata=items,
        hoverinfo="skip",
        cliponaxis=False,
        unselected=PLAIN,
    )


@kept
def grid(table: pd.DataFrame, side: str, look: Look) -> Chart:
    """How one side introduces each camp's sources: a dot a cell, the larger the larger its share of the camp.

    The share is of the camp's attributions on that side; open dots stand for camps with few of them. Columns used:
    those of `tables.grid`. Rows and columns are those of all sides, so that the grids can be laid over each other.
    """
    names, camps = list(dict.fromkeys(table["row"])), list(dict.fromkeys(table.sort_values("place")["camp_label"]))
    own = table[table["side"] == side]
    label, color = look[side]
    totals = own.drop_duplicates("camp").set_index("camp_label")["total"]
    heads = [f"{short(camp, 18).replace(' ', '<br>')}<br>n={totals.get(camp, 0):,}" for camp in camps]
    dots = scatter(
        x=[camps.index(camp) for camp in own["camp_label"]],
        y=[names.index(name) for name in own["row"]],
        mode="markers+text",
        text=[f"{count:,}" for count in own["attributions"]],
        textposition="bottom center",
        customdata=list(own["item"]),
        hovertext=[
            f"<b>{escape(label)}, sources of {escape(row.camp_label)}: {escape(row.row)}</b><br>"
            f"{row.attributions:,} of {row.total:,}: {interval(row)}<br>{escape(row.detail)}"
            for row in rows(own)
        ],
        hoverinfo="text",
        marker={
            "color": color,
            "symbol": ["circle-open" if few else "circle" for few in own["few_cases"]],
            "line": {"width": 2, "color": color},
            "opacity": 1,
            "size": [SMALLEST_DOT + (LARGEST_DOT - SMALLEST_DOT) * math.sqrt(share) for share in own["share"]],
        },
        unselected=PLAIN,
    )
    return frame(
        114 + CELL * len(names), dots, margin={"l": 8, "r": 8, "t": 90, "b": 8},
        xaxis={"side": "top", "tickvals": list(range(len(camps))), "ticktext": heads, "tickangle": 0,
               "range": [-0.5, len(camps) - 0.3], "gridcolor": FAINT, "zeroline": False},
        yaxis={"tickvals": list(range(len(names))), "ticktext": [escape(name) for name in names], "gridcolor": FAINT,
               "automargin": True, "range": [len(names) - 0.4, -0.6], "zeroline": False},
    )  # fmt: skip


@kept
def shares(table: pd.DataFrame, look: Look) -> Chart:
    """Shares of each side's attributions with their intervals, a group of bars a value, a bar a side.

    Columns used: those of `tables.shares`.
    """
    values = list(dict.fromkeys(table["label"]))
    sides = [side for side in look if (table["side"] == side).any()]
    thick = 0.8 / max(len(sides), 1)
    furthest = 100 * table["high"].max()
    traces = []
    for number, side in enumerate(sides):
        own = table[table["side"] == side]
        places = [values.index(value) - 0.4 + thick * (number + 0.5) for value in own["label"]]
        traces += [_share_bars(own, places, 0.85 * thick, look[side]), _ends(own, places, look[side][0])]
    longest = max((len(text) for trace in traces for text in trace.get("text", ())), default=0)
    return frame(
        70 + len(values) * (14 + 20 * len(sides)), *traces, barmode="overlay",
        margin={"l": 8, "r": round(LETTER * longest), "t": 28, "b": 40},
        xaxis={"title": {"text": "% of the side's attributions"}, "range": [0, furthest * 1.02],
               "tickvals": [0, 25, 50, 75, 100]},
        yaxis={"tickvals": list(range(len(values))), "ticktext": [short(value, 24) for value in values],
               "automargin": True, "range": [len(values) - 0.45, -0.55], "zeroline": False},
    )  # fmt: skip


def _share_bars(own: pd.DataFrame, places: list[float], width: float, look: tuple[str, str]) -> dict[str, Any]:
    """One side's shares with their intervals."""
    label, color = look
    return bar(
        x=[100 * share for share in own["share"]],
        y=places,
        width=width,
        customdata=list(own["item"]),
        hovertext=[
            f"<b>{escape(label)}: {escape(row.label)}</b><br>{row.attributions:,} of {row.total:,}: {interval(row)}<br>"
            f"{row.words_quoted:,} words in quotation marks"
            for row in rows(own)
        ],
        marker={"color": color},
        error_x={
            "type": "data", "symmetric": False, "color": SOFT, "thickness": 1.2, "width": 3,
            "array": [100 * (row.high - row.share) for row in rows(own)],
            "arrayminus": [100 * (row.share - row.low) for row in rows(own)],
        },
        **bar_text(),
    )  # fmt: skip


def _ends(own: pd.DataFrame, places: list[float], label: str) -> dict[str, Any]:
    """The side and its count at the end of each interval."""
    return scatter(
        x=[100 * high for high in own["high"]],
        y=places,
        mode="text",
        text=[
            f" {short(label, 12)} {row.attributions:,} of {row.total:,}{', few cases' if row.few_cases else ''}"
            for row in rows(own)
        ],
        textposition="middle right",
        textfont={"color": SOFT, "size": 11},
        customdata=list(own["item"]),
        hoverinfo="skip",
        cliponaxis=False,
        unselected=PLAIN,
    )
