"""What the corpus holds and what its sides lack, as a reader sees it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from dashboard.kept import kept
from dashboard.tables.wording import Look, rows, several, words

EXCERPT = 160
"""Characters of a passage shown as the nearest miss."""

ONLY = ["item", "Kind", "What", "Not in", "Searched for", "Nearest miss"]
"""Columns of what one side alone has."""


@kept
def absences(coverage: pd.DataFrame, look: Look) -> pd.DataFrame:
    """One row a thing that one side has: where it is not, the search that did not find it there, the nearest miss.

    Columns: item, Kind, What, Reported by, Not in (every side without it), Searched for, One of the words stands in
    (passages there), Nearest miss (what stands there instead).
    """
    things: dict[tuple[str, ...], list[Any]] = {}
    for row in rows(coverage):
        things.setdefault((row.kind, row.side, row.what, row.item), []).append(row)
    made = []
    for (kind, side, what, item), own in things.items():
        near = sum(row.near for row in own)
        made.append(
            {
                "item": item,
                "Kind": words(kind),
                "What": what,
                "Reported by": look[side][0],
                "Not in": "; ".join(_nowhere(row, look) for row in own),
                "Searched for": ", ".join(own[0].searched_for),
                "One of the words stands in": several(int(near), "passage") if near else "none",
                "Nearest miss": next((_excerpt(row.miss) for row in own if row.miss), "nothing like it"),
            }
        )
    names = ["item", "Kind", "What", "Reported by", "Not in", "Searched for", "One of the words stands in",
             "Nearest miss"]  # fmt: skip
    return pd.DataFrame(made, columns=names)


@kept
def corrections(log: pd.DataFrame, look: Look) -> pd.DataFrame:
    """The log of corrections. Columns: When, Who, Side, Outlet, Kind, Printed, Was, Is, State (when undone by whom)."""
    undone = zip(log["undone"], log["undone_by"], strict=True)
    return pd.DataFrame(
        {
            "When": [f"{made:%Y-%m-%d %H:%M}" for made in log["created"]],
            "Who": log["author"],
            "Side": [look[side][0] for side in log["side"]],
            "Outlet": log["outlet"],
            "Kind": log["kind"],
            "Printed": log["printed"],
            "Was": log["was"],
            "Is": log["is"],
            "State": [
                f"undone {at:%Y-%m-%d %H:%M}, {who}" if at else state
                for state, (at, who) in zip(log["state"], undone, strict=True)
            ],
        }
    )


CHANGES = {"gained": "Only with the filters", "lost": "Only without the filters", "share": "Share"}
"""Change -> its words."""


@kept
def changes(table: pd.DataFrame) -> pd.DataFrame:
    """What the filters change.

    Columns: item (empty where the selection has none), Change, What, Whole corpus, With the filters.
    """
    return pd.DataFrame(
        {
            "item": [item or "" for item in table["item"]],
            "Change": table["change"].map(CHANGES),
            "What": table["what"],
            "Whole corpus": [number or "" for number in table["everything"]],
            "With the filters": [number or "" for number in table["here"]],
        }
    )


@kept
def sizes(table: pd.DataFrame) -> list[tuple[str, str, str]]:
    """What a selection holds of each side: its id, its label, "3 articles, 1,204 words"."""
    return [
        (row.side, row.label, f"{several(row.documents, 'article')}, {several(row.words, 'word')}")
        for row in rows(table)
    ]


@kept
def only(absences: pd.DataFrame, label: str) -> pd.DataFrame:
    """What only the side of that label has."""
    return absences.loc[absences["Reported by"] == label, ONLY]


@kept
def silent(absences: pd.DataFrame) -> pd.DataFrame:
    """The figures among what one side has."""
    return absences[absences["Kind"] == "figure"].drop(columns="Kind")


@kept
def documents(table: pd.DataFrame, look: Look) -> pd.DataFrame:
    """The articles, a row each: item, Side, Outlet, Date, Title, Passages, Words, Language, Id."""
    names = ["side", "outlet", "date", "title", "passages", "words", "language", "id"]
    shown = table[names].assign(side=table["side"].map(lambda side: look[side][0]))
    return shown.rename(columns=str.title).assign(item="document:" + table["id"])


def _excerpt(text: str) -> str:
    """The beginning of a text, cut between words."""
    short = " ".join(text.split())
    return short if len(short) <= EXCERPT else f"{short[:EXCERPT].rpartition(' ')[0]} …"


def _nowhere(row: Any, look: Look) -> str:
    """ "12 Northern articles, 140 passages"."""
    label = look[row.absent_from][0]
    return f"{several(row.searched_documents, f'{label} article')}, {several(row.searched_passages, 'passage')}"


@kept
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
