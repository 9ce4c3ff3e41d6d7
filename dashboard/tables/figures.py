"""Figures as a reader sees them: the ledger, marks, contrasts, and what only one side has."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from dashboard.tables.wording import Look, rows, words

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

NARRATION = "the outlet itself"
"""Who gives a figure that no one is cited for."""


def quantity(claim: Any, figures: pd.DataFrame) -> str:
    """What a claim counts: the first printed object, else its kind or object, and what is done to it."""
    first = figures.loc[next(iter(claim.figures.values()))[0]]
    counted = words(first["object_text"]) or (words(first["kind"]) if first["kind"] != "count" else "")
    counted = counted or words(claim.object) or first["verbatim"]
    parts = [counted, words(claim.measure), words(claim.place), words(claim.day)]
    return ", ".join(part for part in parts if part)


def cell(figure: Any) -> str:
    """A figure as the ledger shows it: sign, printed words, claimant.

    A sign stands only where the printed words do not say the bound themselves in words.
    """
    printed = f"{figure['verbatim']} {_rest(figure)}".strip()
    return f"{SIGNS.get(figure['bound'], '')}“{printed}” · {claimant(figure)}"


def claimant(figure: Any) -> str:
    """Who gives a figure."""
    return words(figure["claimant"]) or NARRATION


def ledger(claims: pd.DataFrame, figures: pd.DataFrame, look: Look) -> pd.DataFrame:
    """One row a quantity: item, kind, Quantity, Status, a column a side (by label), Ratio; conflicts first."""
    by_id = figures.set_index("id")
    made = []
    for claim in rows(claims):
        row: dict[str, Any] = {"item": f"claim:{claim.id}", "Quantity": quantity(claim, by_id)}
        row["kind"] = by_id.loc[next(iter(claim.figures.values()))[0], "kind"]
        for side, (label, _) in look.items():
            row[label] = _printed([cell(by_id.loc[figure]) for figure in claim.figures.get(side, [])])
        ratios = [pair["ratio"] for pair in claim.pairs if pair.get("ratio")]
        row["Status"] = STATUS.get(claim.status, words(claim.status))
        row["Ratio"] = f"{max(ratios):.3g} times" if ratios else "—"
        made.append(row)
    columns = ["item", "kind", "Quantity", *(label for label, _ in look.values()), "Status", "Ratio"]
    table = pd.DataFrame(made, columns=columns)
    if (table["Ratio"] == "—").all():
        table = table.drop(columns="Ratio")
    order = {label: place for place, label in enumerate(STATUS.values())}
    return table.sort_values("Status", key=lambda column: column.map(order), kind="stable", ignore_index=True)


def _printed(cells: list[str]) -> str:
    """A side's figures for one quantity, repeated ones counted."""
    counts = Counter(cells)
    lines = [text if count == 1 else f"{text} (×{count})" for text, count in counts.items()]
    rest = [f"and {len(lines) - LINES} more"] if len(lines) > LINES else []
    return "; ".join([*lines[:LINES], *rest]) or "—"


def claim_marks(claims: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """One row a claim of a side, for the range chart: item, quantity, side and the figure's own columns.

    The same words from the same claimant are one mark, which opens the whole claim.
    """
    by_id = figures.set_index("id")
    made = [
        {"item": f"figure:{figure}", "claim": claim.id, "quantity": quantity(claim, by_id), "side": side}
        | by_id.loc[figure].drop("side").to_dict()
        | {"who": claimant(by_id.loc[figure]), "axis": axis(by_id.loc[figure])}
        for claim in rows(claims)
        for side, ids in claim.figures.items()
        for figure in ids
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


def contrasts(table: pd.DataFrame, figures: pd.DataFrame, look: Look) -> pd.DataFrame:
    """One row a contrast inside a side: item, side, relation, the two figures in words, their values, implied."""
    by_id = figures.set_index("id")
    made = []
    for row in rows(table):
        a, b = by_id.loc[row.a], by_id.loc[row.b]
        made.append(
            {
                "item": f"contrast:{row.id}",
                "side": a["side"],
                "Side": look[a["side"]][0],
                "Relation": RELATIONS.get(row.relation, words(row.relation)),
                "First": f"{words(a['measure'])}: {cell(a)}".removeprefix(": "),
                "Second": f"{words(b['measure'])}: {cell(b)}".removeprefix(": "),
                "Share": words(row.share),
                "a": value(a),
                "b": value(b),
            }
        )
    names = ["item", "side", "Side", "Relation", "First", "Second", "Share", "a", "b"]
    return pd.DataFrame(made, columns=names)


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


def figures(table: pd.DataFrame, look: Look) -> pd.DataFrame:
    """Every figure with its reading: item and what the reader made of it."""
    return pd.DataFrame(
        {
            "item": "figure:" + table["id"].astype(str),
            "Side": table["side"].map(lambda side: look[side][0]),
            "As printed": table["verbatim"],
            "Bound": table["bound"].map(words),
            "Counts": table["object"].map(words),
            "Measure": table["measure"].map(words),
            "Given by": [claimant(row) for _, row in table.iterrows()],
            "Compared": table["comparable"].map({True: "yes", False: "no"}),
            "Why not": table["context"].map(words),
        }
    )
