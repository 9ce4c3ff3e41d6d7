"""Figures as a reader sees them: the ledger, marks, and contrasts inside a side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from dashboard.kept import kept
from dashboard.tables.reports import by_claimant, history
from dashboard.tables.wording import NARRATION, Look, printed, records, rows, words

SIGNS = {
    "exact": "",
    "approx": "≈ ",
    "at_least": "≥ ",
    "more_than": "> ",
    "at_most": "≤ ",
    "less_than": "< ",
    "range": "",
    "vague": "~ ",
}
"""Bound -> the sign before the printed words."""

STATUS = {
    "conflict": "Conflict",
    "one_side": "One side only",
    "compatible": "Compatible",
    "agree": "Agree",
}
"""Status of a claim -> its words, in the order of the ledger."""

KINDS = {
    "count": "Counts",
    "share": "Shares of a whole",
    "money": "Amounts of money",
    "duration": "Durations",
    "distance": "Distances",
    "rate": "Rates",
}
"""Kind of figure -> the name of its axis; another kind is shown by its own word."""

RELATIONS = {
    "launched_vs_shot_down": "Launched, and shot down",
    "same_quantity": "Two figures for one quantity",
    "update": "An earlier and a later figure",
    "part_of": "A whole and its part",
}
"""Relation of two figures of one side -> its words."""

LINES = 3
"""Different figures a cell of the ledger prints; a click opens all of them."""

DRAWN = 12
"""Claimants of a side whose marks a quantity has on the range chart: hundreds are a wall, and the ledger opens all."""

DIFFERING = ("conflict", "one_side")
"""Statuses of the claims that the ledger shows first, and alone unless all are asked for."""

FLOW = {"launched": "indirect", "shot_down": "direct", "struck": "mixed"}
"""Measure of what was sent out -> fill of its bar, in the order of the strip."""

Figures = dict[Any, dict[Any, Any]]
"""Figure id -> the columns of its row."""


def by_id(figures: pd.DataFrame, wanted: Iterable[str]) -> Figures:
    """The rows of some figures by their id."""
    return {figure["id"]: figure for figure in records(figures[figures["id"].isin(set(wanted))])}


def quantity(claim: Any, figures: Figures) -> str:
    """What a claim counts: the first printed object, else its kind or object, and what is done to it."""
    first = figures[next(iter(claim.figures.values()))[0]]
    return in_words(first, claim.object, claim.measure, claim.place, claim.day)


def in_words(figure: Any, counted: Any, *about: Any) -> str:
    """A quantity as its first figure prints it, and what else is told of it."""
    name = words(figure["object_text"]) or (words(figure["kind"]) if figure["kind"] != "count" else "")
    name, told = name or words(counted) or figure["verbatim"], [part for part in map(words, about) if part]
    return ", ".join(told if told and told[0].startswith(name) else [name, *told])


def cell(figure: Any) -> str:
    """A figure as the ledger shows it: the sign of its bound, the printed words, what they count, the claimant."""
    told = f"“{printed(figure)}” {_rest(figure)}".strip()
    return f"{SIGNS.get(figure['bound'], '')}{told} · {claimant(figure)}"


def claimant(figure: Any) -> str:
    """Who gives a figure."""
    return words(figure["claimant"]) or NARRATION


@kept
def order(claims: pd.DataFrame, every: bool = True) -> np.ndarray:
    """The rows of the quantities of the ledger, in its order.

    Conflicts come first, the widest on top, then what one side alone gives, then what can be true together;
    unless `every`, only the first two.
    """
    places = {status: place for place, status in enumerate(STATUS)}
    status = np.array([places.get(status, len(places)) for status in claims["status"].tolist()], int)
    ratio = np.array([_ratio(pairs) for pairs in claims["pairs"].tolist()], float)
    ordered = np.lexsort((-ratio, status))
    return ordered if every else ordered[claims["status"].isin(DIFFERING).to_numpy()[ordered]]


@kept
def ranked(claims: pd.DataFrame, every: bool = True, most: int | None = None) -> pd.DataFrame:
    """The quantities of the ledger in its order, the first of them where `most` says how many."""
    return claims.iloc[order(claims, every)[:most]]


@kept
def ledger(claims: pd.DataFrame, figures: pd.DataFrame, look: Look) -> pd.DataFrame:
    """One row a quantity: item, Quantity, Status, a column a side (by label), Ratio, Gap."""
    known = by_id(figures, (name for sides in claims["figures"] for ids in sides.values() for name in ids))
    made: list[dict[str, Any]] = [
        {
            "item": f"claim:{claim.id}",
            "Quantity": quantity(claim, known),
            "Status": STATUS.get(claim.status, words(claim.status)),
            **_sides(claim, known, look),
            "Ratio": f"{ratio:.3g} times" if (ratio := _ratio(claim.pairs)) else "—",
            "Gap": _gap(claim, known),
        }
        for claim in rows(claims)
    ]
    columns = ["item", "Quantity", "Status", *(label for label, _ in look.values()), "Ratio", "Gap"]
    table = pd.DataFrame(made, columns=columns)
    return table.drop(columns=[name for name in ("Ratio", "Gap") if (table[name] == "—").all()])


def whole_ledger(claims: pd.DataFrame, every: bool, figures: pd.DataFrame, look: Look) -> pd.DataFrame:
    """The ledger with all of its quantities."""
    return ledger(ranked(claims, every), figures, look)


@kept
def statuses(claims: pd.DataFrame) -> dict[str, int]:
    """Number of quantities by status (its id), in the order of the ledger."""
    counts = claims["status"].value_counts()
    return {status: int(counts[status]) for status in STATUS if status in counts}


def _sides(claim: Any, figures: Figures, look: Look) -> dict[str, str]:
    """What each side, by its label, prints of a claim."""
    own = {label: claim.figures.get(side, []) for side, (label, _) in look.items()}
    return {label: _printed([figures[figure] for figure in ids]) for label, ids in own.items()}


def _ratio(pairs: Sequence[Any]) -> float:
    """The widest ratio of two sides' values; 0 where none can be told."""
    return max((float(pair["ratio"]) for pair in pairs if pair.get("ratio")), default=0.0)


def _gap(claim: Any, figures: Figures) -> str:
    """The widest difference of two sides' values, where both stand in one unit."""
    gaps = []
    for pair in claim.pairs:
        a, b = figures[pair["a"]], figures[pair["b"]]
        if words(a["unit"]) == words(b["unit"]) and None not in (a["point"], b["point"]):
            gaps.append((abs(a["point"] - b["point"]), a))
    if not gaps:
        return "—"
    gap, figure = max(gaps, key=lambda found: found[0])
    if figure["kind"] == "share":
        return f"{100 * gap:,.3g} points"
    return f"{gap:,.6g} {words(figure['unit'])}".strip()


def _printed(own: list[Any]) -> str:
    """A side's figures for one quantity: the latest of each claimant, how often and how differently given."""
    counts = Counter(f"{cell(told[-1])}{history(told, _span(told))}" for told in by_claimant(own, claimant))
    lines = [text if count == 1 else f"{text} (×{count})" for text, count in counts.items()]
    rest = [f"and {len(lines) - LINES} more"] if len(lines) > LINES else []
    return "; ".join([*lines[:LINES], *rest]) or "—"


def _span(own: Sequence[Any]) -> str:
    """From the lowest to the highest value of figures that differ: "300 to 480"."""
    values = sorted({point for figure in own if (point := value(figure)) is not None})
    if len(values) < 2:
        return ""
    if own[0]["kind"] == "share":
        return f"{100 * values[0]:,.4g} to {100 * values[-1]:,.4g} percent"
    return f"{values[0]:,.12g} to {values[-1]:,.12g}"


@kept
def claim_marks(claims: pd.DataFrame, figures: pd.DataFrame, items: Sequence[str]) -> pd.DataFrame:
    """One row a claim of a side, for the range chart: item, quantity, side and the figure's own columns.

    `items` are the quantities to draw, in their order. The same words from the same claimant are one mark, and
    so are a claimant's figures from several articles, of which the latest is drawn; it opens the whole claim. Of more
    than DRAWN on a side those heard last are drawn.
    """
    wanted = {item: place for place, item in enumerate(items)}
    drawn = sorted(
        rows(claims[("claim:" + claims["id"].astype(str)).isin(items)]),
        key=lambda claim: wanted[f"claim:{claim.id}"],
    )
    known = by_id(figures, (name for claim in drawn for ids in claim.figures.values() for name in ids))
    made = [
        {**told[-1], "verbatim": printed(told[-1]), "claim": claim.id, "quantity": quantity(claim, known)}
        | {"item": f"figure:{told[-1]['id']}" if len(told) == 1 else f"claim:{claim.id}"}
        | {"side": side, "who": claimant(told[-1]) + history(told, _span(told)), "axis": axis(told[-1])}
        for claim in drawn
        for side, ids in claim.figures.items()
        for told in by_claimant([known[figure] for figure in ids], claimant)[:DRAWN]
    ]
    marks = pd.DataFrame(made)
    same = ["claim", "side", "verbatim", "who"]
    repeated = marks.duplicated(same, keep=False)
    marks.loc[repeated, "item"] = "claim:" + marks.loc[repeated, "claim"]
    kinds = {kind: place for place, kind in enumerate(KINDS)}
    return marks.drop_duplicates(same).sort_values(
        "kind", key=lambda column: column.map(kinds).fillna(len(kinds)), kind="stable", ignore_index=True
    )


def axis(figure: Any) -> str:
    """The axis a figure can be drawn on: its kind, with the unit where there are several."""
    name = KINDS.get(figure["kind"], words(figure["kind"]).capitalize())
    unit = words(figure["unit"])
    return name if figure["kind"] in ("count", "share") or not unit else f"{name} ({unit})"


@kept
def contrasts(table: pd.DataFrame, figures: pd.DataFrame, look: Look, most: int | None = None) -> pd.DataFrame:
    """One row a contrast inside a side: item, side, Relation, both figures in words, Share, bars to draw.

    The first of them where `most` says how many: those whose share can be told. `bars` holds (words, value, fill) of
    the frame, of what is set against it and, for things launched, of those that hit.
    """
    untold, launched = table["share"].map(words) == "", table["relation"] == "launched_vs_shot_down"
    table = table.iloc[np.lexsort((untold, ~launched))[:most]]
    known = by_id(figures, [*table["a"], *table["b"]])
    hits: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for hit in records(figures[(figures["measure"] == "struck") & figures["comparable"].astype(bool)]):
        hits[hit["document"], hit["object"]].append(hit)
    made = []
    for row in rows(table):
        a, b = known[row.a], known[row.b]
        bars = [a, b]
        if row.relation == "launched_vs_shot_down":
            bars += hits.get((a["document"], a["object"]), [])
        made.append(
            {
                "item": f"contrast:{row.id}",
                "side": a["side"],
                "Side": look[a["side"]][0],
                "Relation": RELATIONS.get(row.relation, words(row.relation)),
                "First": _told(a),
                "Second": _told(b),
                "Share": words(row.share),
                "bars": [_bar(figure) for figure in bars] if row.share else [],
            }
        )
    names = ["item", "side", "Side", "Relation", "First", "Second", "Share", "bars"]
    return pd.DataFrame(made, columns=names)


@kept
def listed(contrasts: pd.DataFrame) -> pd.DataFrame:
    """The contrasts without what their charts are drawn of."""
    return contrasts.drop(columns=["side", "bars"])


def _told(figure: Any) -> str:
    return f"{words(figure['measure'])}: {cell(figure)}".removeprefix(": ")


def _bar(figure: Any) -> tuple[str, float, str]:
    """A figure's bar: its words, its value, its fill."""
    return _told(figure), value(figure) or 0.0, FLOW.get(str(figure["measure"]), "direct")


def value(figure: Any) -> float | None:
    """Where a figure stands on an axis: its point, else the end it gives, else None."""
    for name in ("point", "low", "high"):
        if figure[name] is not None and figure[name] == figure[name]:
            return float(figure[name])
    return None


def _rest(figure: Any) -> str:
    """The counted noun, where the printed expression leaves it out."""
    counted = words(figure["object_text"])
    return "" if counted.casefold() in str(figure["verbatim"]).casefold() else counted


@kept
def context(table: pd.DataFrame, look: Look) -> pd.DataFrame:
    """The figures that are not compared, each with the reason: item, Side, As printed, Counts, Why not compared."""
    apart = table[~table["comparable"].astype(bool)]
    return pd.DataFrame(
        {
            "item": "figure:" + apart["id"].astype(str),
            "Side": apart["side"].map(lambda side: look[side][0]),
            "As printed": apart["verbatim"],
            "Counts": apart["object"].map(words),
            "Given by": [claimant(row) for _, row in apart.iterrows()],
            "Why it is not compared": apart["context"].map(words),
        }
    )
