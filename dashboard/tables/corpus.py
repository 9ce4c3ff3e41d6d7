"""What the corpus holds and what its sides lack, as a reader sees it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from dashboard.tables.wording import Look, rows, several, words


def absences(coverage: pd.DataFrame, look: Look) -> pd.DataFrame:
    """What one side has and another lacks, with the search that found nothing."""
    made = [
        {
            "item": row.item,
            "Kind": words(row.kind),
            "What": row.what,
            "Reported by": look[row.side][0],
            "Not in": f"{look[row.absent_from][0]}: {several(row.searched_documents, 'article')}, "
            f"{several(row.searched_passages, 'passage')}",
            "Searched for": ", ".join(row.searched_for),
        }
        for row in rows(coverage)
    ]
    names = ["item", "Kind", "What", "Reported by", "Not in", "Searched for"]
    return pd.DataFrame(made, columns=names)


def topics(table: pd.DataFrame, look: Look, terms: Mapping[str, Iterable[str]]) -> pd.DataFrame:
    """A row a topic: item, Topic, passages and words of each side, the words it is found by."""
    made = []
    for (topic, label), own in table.groupby(["topic", "label"], sort=False):
        row: dict[str, Any] = {"item": f"topic:{topic}", "Topic": label}
        for one in rows(own):
            row[f"{look[one.side][0]}: passages"] = one.passages
            row[f"{look[one.side][0]}: words"] = one.words
        made.append(row | {"Found by": ", ".join(terms.get(str(topic), ()))})
    return pd.DataFrame(made)
