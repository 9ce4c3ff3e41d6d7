"""Which words of office each side puts before a name."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.names.variants import entities
from analysis.terms.counts import TermCounts


def name_titles(counts: TermCounts, mentions: pd.DataFrame) -> pd.DataFrame:
    """Titles of each entity by side.

    Args:
        counts: the counted corpus the mentions come from.
        mentions: what `find_names` returns, or a selection of its rows.

    Returns:
        One row an entity, side and title, the entities with most titled mentions first: entity, side, title
        (as printed most often), count.
    """
    entity, labels = entities(mentions)
    titled = np.flatnonzero(mentions["title_start"].to_numpy() < mentions["start"].to_numpy())
    rows = mentions.iloc[titled]
    table = pd.DataFrame(
        {"entity": np.asarray([*labels, None], object)[entity[titled]], "side": rows["side"].to_numpy()}
    )
    table["title"] = pd.Series(_printed(counts, rows), dtype=object)
    sizes = table.groupby(["entity", "side", "title"], observed=True).size().rename("count").reset_index()
    sizes["total"] = sizes.groupby("entity")["count"].transform("sum")
    order = ["total", "entity", "side", "count", "title"]
    sizes = sizes.sort_values(order, ascending=[False, True, True, False, True], ignore_index=True)
    return sizes[["entity", "side", "title", "count"]]


def _printed(counts: TermCounts, rows: pd.DataFrame) -> list[str]:
    """The words of office of each mention, from its tokens."""
    tokens = counts.tokens
    words = tokens.words[tokens.word]
    origin = counts.passages["start"].to_numpy()[rows["passage"]]
    spans = zip(rows["token"].tolist(), (rows["title_start"].to_numpy() - origin).tolist(), strict=True)
    printed = []
    for token, start in spans:
        first = token
        while tokens.start[first] > start:
            first -= 1
        printed.append(" ".join(words[first:token]))
    return printed
