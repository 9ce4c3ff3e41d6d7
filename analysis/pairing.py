"""Which article of another side to read beside an article."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.coverage import aligned
from analysis.reading import Selected

FAR = 10_000
"""Days between two articles of which one bears no date: further than any two that do."""

COLUMNS = ["document", "side", "alike", "topics", "days"]


def partners(selected: Selected, document: str, most: int = 200) -> pd.DataFrame:
    """The articles of the other sides, the best to read beside an article first.

    The order is that of passages that tell the same matter, then of shared topics, then of nearness in time, then of
    the corpus; nothing is decided at random.

    Args:
        selected: the selection.
        document: id of a document in it.
        most: rows a side.

    Returns:
        Columns: document (id), side, alike (passages matched with it), topics (shared), days (between the two, None
        where one bears no date).
    """
    table = selected.documents[["id", "side", "date"]].rename(columns={"id": "document"})
    own = table[table["document"] == document].iloc[0]
    table = table[table["side"] != own["side"]]
    found = aligned(selected, [document])
    matched = found.loc[found["state"] == "matched", "other"].map(lambda passage: passage.rpartition(":")[0])
    places = selected.corpus.places
    shared = _shared_topics(selected, places[document])[[places[other] for other in table["document"]]]
    own_day = own["date"]
    days = [_days(own_day, day) for day in table["date"]]
    table = table.assign(alike=table["document"].map(matched.value_counts()).fillna(0).astype(int), topics=shared)
    table = table.assign(days=pd.Series(days, index=table.index, dtype=object))
    table["far"] = [FAR if day is None else day for day in days]
    table = table.sort_values(["alike", "topics", "far"], ascending=[False, False, True], kind="stable")
    return table.groupby("side", sort=False).head(most)[COLUMNS].reset_index(drop=True)


def pair(selected: Selected, wanted: Sequence[str]) -> list[str]:
    """The articles to read side by side, one a side in the order of the sides.

    The first of `wanted` that the selection holds leads (else its first article); the other sides show the wanted
    article, or the best partner of the leading one. Ids the selection does not hold are passed over.
    """
    sides = dict(zip(selected.documents["id"], selected.documents["side"], strict=True))
    held = [document for document in wanted if document in sides]
    leader = held[0] if held else next(iter(sides), None)
    if leader is None:
        return []
    chosen = {sides[document]: document for document in [*reversed(held), leader]}
    best = partners(selected, leader, most=1)
    chosen = dict(zip(best["side"], best["document"], strict=True)) | chosen
    return [chosen[side.id] for side in selected.sides]


def _shared_topics(selected: Selected, document: int) -> np.ndarray:
    """For each document of the corpus, how many topics its chosen passages share with those of one."""
    index = selected.reading.index
    position, topics = index.position[selected.rows], index.topic_set[selected.rows]
    own = {topic for place in np.unique(topics[position == document]).tolist() for topic in index.topic_sets[place]}
    shared = np.zeros(len(selected.corpus.documents), int)
    for topic in own:
        has = np.array([topic in topics for topics in index.topic_sets], bool)
        shared[np.unique(position[has[topics]])] += 1
    return shared


def _days(one: object, other: object) -> int | None:
    """Days between two dates; None where one is missing."""
    return None if one is None or other is None else abs((one - other).days)  # type: ignore[operator]
