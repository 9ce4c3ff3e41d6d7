"""How each side spells the names it uses, and which words of office it puts before them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.names.spelling import is_house_style
from analysis.reading import Selected

LISTED = 1000
"""Names of a table that is read: the most mentioned."""


def spellings(
    selected: Selected, *, every: bool = False, house_style: bool = True, find: str = "", most: int | None = None
) -> pd.DataFrame:
    """One row a printed form of a name and side, the most mentioned entities first.

    Among names with several spellings, those of one house style and another ("F.B.I.", "FBI") come last.

    Args:
        selected: the selection whose mentions count; what is one entity is judged on the whole corpus.
        every: list all names, not only those with more than one spelling.
        house_style: of those with more than one spelling, list also those that differ in print only.
        find: only names that hold this text.
        most: only the so many most mentioned names; None for all.

    Returns:
        Columns: entity (its spellings joined by `/`), kind (person, place, organisation, name), side,
        variant (as printed), count.
    """
    ways = selected.namings
    if not every:
        ways = ways[np.array(["/" in entity for entity in ways["entity"]], bool)]
    counts = ways.groupby(["entity", "kind", "side", "name"], sort=True)["count"].sum().reset_index()
    totals = counts.groupby("entity")["count"].transform("sum")
    styled = {} if every else {name: is_house_style(name.split("/")) for name in counts["entity"].unique()}
    order = {side.id: number for number, side in enumerate(selected.corpus.sides)}
    table = (
        counts.assign(
            total=totals, order=counts["side"].map(order), styled=[styled.get(name, False) for name in counts["entity"]]
        )
        .sort_values(
            ["styled", "total", "entity", "order", "count", "name"],
            ascending=[True, False, True, True, False, True],
            kind="stable",
        )
        .rename(columns={"name": "variant"})[["entity", "kind", "side", "variant", "count"]]
        .reset_index(drop=True)
    )
    found = [
        name
        for name in table["entity"].unique()
        if find.casefold() in name.casefold() and (house_style or not styled.get(name))
    ]
    return table[table["entity"].isin(found[:most])].reset_index(drop=True)


def titles(selected: Selected) -> pd.DataFrame:
    """One row an entity, side and title, the entities with most titled mentions first.

    Returns:
        Columns: entity, side, title (as printed), count.
    """
    titled = selected.namings[selected.namings["title"] != ""]
    counts = titled.groupby(["entity", "side", "title"], sort=True)["count"].sum().reset_index()
    counts["total"] = counts.groupby("entity")["count"].transform("sum")
    order = ["total", "entity", "side", "count", "title"]
    counts = counts.sort_values(order, ascending=[False, True, True, False, True], kind="stable", ignore_index=True)
    return counts[["entity", "side", "title", "count"]]
