"""The findings of a selection: at most six sentences, each with a number, a badge and its evidence."""

from __future__ import annotations

from itertools import zip_longest

import pandas as pd

from analysis.brief.finders import FINDERS
from analysis.evidence import evidence
from analysis.reading import Selected

MOST = 6
"""Findings shown: what fits on a screen and in a head."""

COLUMNS = ["rank", "finding", "kind", "value", "badge", "evidence", "link", "page", "item"]


def ranked(selected: Selected) -> pd.DataFrame:
    """The findings of a selection, ranked.

    The weightiest of each kind come first, ordered by strength times certainty; the second of each kind follow, and so
    on, until MOST are found. With one side there is nothing to compare, and no finding.

    Columns: rank, finding, kind, value, badge, link, page, item.
    """
    if len(selected.sides) < 2:
        return pd.DataFrame(columns=[name for name in COLUMNS if name != "evidence"])
    by_kind = [sorted(find(selected), key=lambda one: one.order) for find in FINDERS]
    rounds = [[one for one in round_ if one] for round_ in zip_longest(*by_kind)]
    chosen = [one for round_ in rounds for one in sorted(round_, key=lambda one: one.order)][:MOST]
    rows = []
    for rank, one in enumerate(chosen, 1):
        link = selected.selection.link(one.page, one.item, selected.corpus)
        rows.append((rank, one.finding, one.kind, one.value, one.badge, link, one.page, one.item))
    return pd.DataFrame(rows, columns=[name for name in COLUMNS if name != "evidence"])


def findings(selected: Selected) -> pd.DataFrame:
    """The table of `ranked` with the passages behind each finding: evidence (their ids), after badge."""
    table = selected.once(ranked)
    behind = [evidence(selected, item)["passage"].tolist() for item in table["item"]]
    return table.assign(evidence=pd.Series(behind, index=table.index, dtype=object))[COLUMNS]
