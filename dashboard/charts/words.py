"""Charts of terms: what marks each side, how often it stands there, and where."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape
from typing import Any

import pandas as pd

from dashboard.charts.style import DIMMED, FAINT, PLAIN, ROW, SOFT, Chart, bar, frame, scatter, short
from dashboard.kept import kept
from dashboard.tables.wording import Look, rows, several, words
from dashboard.tables.words import at_least

UNSURE = 0.4
"""Opacity of a mark that may be no difference."""

CLOUD = 520
"""Pixels of the scatter's height."""

DOTS = 600
"""Terms a side in the scatter, the strongest: more are a cloud in which no dot can be told from another."""

LABELLED = 10
"""Terms of each side that carry their label in the scatter."""

LABEL = 15
"""Pixels of a label's height."""

HALF_PHONE = 165
"""Pixels that one half of the scatter has on a phone: a label that finds no room outside of its dot stands inside."""

LETTER = 6.5
"""Pixels of a letter of a label."""

ASIDE = 14
"""Pixels between a dot and its label."""

BEYOND = 1.08
"""How far the scatter's axis reaches, as a multiple of the longest score."""

ARTICLE = 38
"""Pixels of an article in the dispersion strip: its title and its line."""

HEADLINE = -6
"""Where on the strip's scale of 0 to 100 the headline stands."""


@kept
def terms(table: pd.DataFrame, left: tuple[str, str], right: tuple[str, str], axis: str) -> Chart:
    """A row a term, its bar on the side it marks; whiskers where the table has an interval.

    `table` is that of `keyness` with `left` as the target, and `printed`, the term as the texts print it.
    """
    table = table.sort_values("score", ascending=False, kind="stable")
    places = list(range(len(table)))
    reach = 1.08 * _reach(table)
    scores = [-float(score) for score in table["score"]]
    hover = [_hover(row, kind, left[0], right[0]) for row, kind in zip(rows(table), table["class"], strict=True)]
    items = [f"term:{term}" for term in table["term"]]
    shared = {"y": places, "customdata": items, "hovertext": hover, "hoverinfo": "text"}
    marker = {
        "color": [left[1] if score < 0 else right[1] for score in scores],
        "opacity": [UNSURE if unsure else 1 for unsure in _unsure(table)],
    }
    bars = bar(x=scores, orientation="h", marker=marker, error_x=_whiskers(table), unselected=DIMMED, **shared)
    labels = [
        f"\u2002{short(row.printed)} <span style='color:{SOFT}'>{row.n_target}:{row.n_reference}</span>\u2002"
        for row in rows(table)
    ]
    sides = ["middle right" if score < 0 else "middle left" for score in scores]
    named = scatter(x=_label_places(table), mode="text", text=labels, textposition=sides, unselected=PLAIN, **shared)
    return frame(
        70 + ROW * len(table), bars, named, annotations=_heads(left[0], right[0]), xaxis=_across(axis, reach),
        yaxis={"visible": False, "range": [len(places) - 0.4, -0.6]},
    )  # fmt: skip


def _unsure(table: pd.DataFrame) -> pd.Series:
    """Whether each term may be no difference, or stands in too few articles to be tested; none without intervals."""
    return (table["near"] == 0) | (table["near"].notna() & table["p"].isna())


def _label_places(table: pd.DataFrame) -> list[float]:
    """Where the labels begin: at the zero line, or at the end of a whisker that crosses it."""
    ends = zip(table["score"], table["low"].fillna(0.0), table["high"].fillna(0.0), strict=True)
    return [max(-low, 0.0) if score > 0 else min(-high, 0.0) for score, low, high in ends]


def _across(axis: str, reach: float) -> dict[str, Any]:
    """An axis with both sides at the same scale."""
    return {"range": [-reach, reach], "title": {"text": escape(axis)}, "zerolinewidth": 2, "showticklabels": False}


def _heads(left: str, right: str) -> list[dict[str, Any]]:
    """The sides' names over the halves of a chart."""
    return [
        {"x": x, "y": 1, "xref": "paper", "yref": "paper", "yanchor": "bottom", "xanchor": anchor, "showarrow": False,
         "text": f"<b>{escape(text)}</b>"}
        for x, anchor, text in ((0.49, "right", f"◀ {left}"), (0.51, "left", f"{right} ▶"))
    ]  # fmt: skip


def _hover(row: Any, kind: Any, left: str, right: str) -> str:
    """Counts of a term, how sure it is, its class."""
    lines = [
        f"<b>{escape(row.printed)}</b>",
        f"{escape(left)}: {row.n_target}× in {several(row.documents_target, 'article')}",
        f"{escape(right)}: {row.n_reference}× in {several(row.documents_reference, 'article')}",
    ]
    sure = at_least(row)
    lines += [f"at least {sure} as often" if sure.endswith("times") else sure, words(kind)]
    return "<br>".join(line for line in lines if line)


def _reach(table: pd.DataFrame) -> float:
    """The longest bar, its whisker included as far as twice the bar."""
    longest = float(table["score"].abs().max()) if len(table) else 0.0
    ends = table[["low", "high"]].abs().max(axis=None) if len(table) else 0.0
    return max(longest, min(float(ends), 2 * longest) if ends == ends else 0.0, 1e-9)


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


@kept
def frequency(table: pd.DataFrame, left: tuple[str, str], right: tuple[str, str], axis: str) -> Chart:
    """A dot a term: how strongly it marks a side across, how often it stands in the texts upwards.

    The strongest LABELLED terms of each side carry their label, pushed apart where they would overlap.
    """
    table = table.assign(often=(table["rate_target"] + table["rate_reference"]) / 2)
    low, high = math.log10(table["often"].min() / 1.5), math.log10(table["often"].max() * 1.5)
    reach = BEYOND * float(table["score"].abs().max())
    table = table.assign(room=HALF_PHONE * (1 - table["score"].abs() / reach))
    decade = (CLOUD - 70) / (high - low)
    best = [(table[table["score"] * sign > 0].head(LABELLED), sign) for sign in (1, -1)]
    labels = [label for own, sign in best for label in _labels(own, sign, decade)]
    return frame(
        CLOUD, _dots(table, 1, left), _dots(table, -1, right), annotations=[*labels, *_heads(left[0], right[0])],
        xaxis=_across(axis, reach),
        yaxis={"type": "log", "range": [low, high], "title": {"text": "times in 10,000 words"}, "gridcolor": FAINT,
               "dtick": 1},
    )  # fmt: skip


def _dots(table: pd.DataFrame, sign: int, side: tuple[str, str]) -> dict[str, Any]:
    """The strongest terms of one side."""
    own = table[table["score"] * sign > 0].head(DOTS)
    told = zip("term:" + own["term"], own["n_target"], own["n_reference"], strict=True)
    return scatter(
        x=(-own["score"].round(5)).tolist(), y=own["often"].round(3).tolist(), mode="markers", name=escape(side[0]),
        text=[escape(term) for term in own["printed"]],
        customdata=[list(row) for row in told],
        hovertemplate="<b>%{text}</b> %{customdata[1]}:%{customdata[2]}<extra></extra>",
        unselected={"marker": {"opacity": 0.25}},
        marker={"color": side[1], "size": 7, "opacity": 0.6, "symbol": "circle" if sign > 0 else "diamond"},
    )  # fmt: skip


def _labels(table: pd.DataFrame, sign: int, decade: float) -> Iterator[dict[str, Any]]:
    """Labels beside the dots, from the most frequent down; `decade` is the pixels of a factor of ten."""
    below = -math.inf
    for row in rows(table.sort_values("often", ascending=False, kind="stable")):
        at = -math.log10(row.often) * decade
        below = max(at, below + LABEL)
        label = short(row.printed, 22)
        way = -sign if ASIDE + LETTER * len(label) <= row.room else sign
        yield {
            "x": -row.score, "y": math.log10(row.often), "text": label, "font": {"size": 12},
            "showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": SOFT, "standoff": 4, "ax": ASIDE * way,
            "ay": below - at, "xanchor": "left" if way > 0 else "right",
        }  # fmt: skip


@kept
def dispersion(table: pd.DataFrame, look: Look) -> Chart:
    """A line an article, a tick where the term stands in it; the headline stands left of the text.

    `table` has document, side, outlet, title, field, item and share (0 to 1, how far into the text).
    """
    articles = list(dict.fromkeys(table["document"]))
    ticks = {HEADLINE: "headline", 8: "start", 50: "middle", 97: "end"}
    heads = table.drop_duplicates("document")
    titles = scatter(
        x=[HEADLINE - 2] * len(heads), y=[place - 0.42 for place in range(len(heads))], mode="text",
        text=[short(f"{row.outlet}: {row.title}", 60) for row in rows(heads)], textposition="middle right",
        hoverinfo="skip", textfont={"size": 12}, unselected=PLAIN,
    )  # fmt: skip
    return frame(
        76 + ARTICLE * len(articles), titles, *(_ticks(table, articles, side, *look[side]) for side in look),
        xaxis={"range": [HEADLINE - 3, 102], "tickvals": list(ticks), "ticktext": list(ticks.values()),
               "showgrid": False, "zeroline": True},
        yaxis={"tickvals": list(range(len(articles))), "showticklabels": False, "gridcolor": FAINT,
               "range": [len(articles) - 0.4, -0.8]},
    )  # fmt: skip


def _ticks(table: pd.DataFrame, articles: list[str], side: str, label: str, color: str) -> dict[str, Any]:
    """The places in one side's articles."""
    own = table[table["side"] == side]
    return scatter(
        x=[HEADLINE if row.field == "title" else 100 * row.share for row in rows(own)],
        y=[articles.index(document) for document in own["document"]], mode="markers", customdata=list(own["item"]),
        hovertext=[f"<b>{escape(label)}</b><br>{escape(row.outlet)}: {escape(row.title)}" for row in rows(own)],
        hoverinfo="text", unselected={"marker": {"opacity": 1}},
        marker={"symbol": "line-ns", "size": 14, "line": {"color": color, "width": 2.5}},
    )  # fmt: skip
