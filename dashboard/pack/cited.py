"""The evidence a pack cites: every item a table, chart or finding leads to, each once and under its own anchor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

CUTS = (500, 200, 100, 50, 30, 20, 10, 5, 3, 2, 1)
"""Passages shown of an item: as many as the pack has room for, the same for all items."""

ROOM = 4_300_000
"""Characters of all evidence. With plotly.js (2.0 million, packed), tables and charts this stays below 8 MB."""

LABEL = 120
"""Letters of an entry's name: a passage is named by its beginning."""

AROUND = 420
"""Characters of markup, source and offsets around a passage's text."""


@dataclass(frozen=True)
class Entry:
    """An item with its anchor; `passages` holds the first of them, `total` counts all."""

    anchor: str
    item: str
    label: str
    passages: pd.DataFrame
    total: int

    @property
    def count(self) -> str:
        """The number of passages in words."""
        return f"{self.total:,} passage{'' if self.total == 1 else 's'}"


class Cited:
    """The items cited so far, in the order they were first met."""

    def __init__(self, find: Callable[[str], pd.DataFrame | None]) -> None:
        self._find = find
        self._entries: dict[str, Entry | None] = {}

    def __call__(self, item: str, label: str) -> Entry | None:
        """The entry of an item, made under this label when it is met first; None where there is no evidence."""
        if item and item not in self._entries:
            found = self._find(item)
            anchor = f"e{len(self._entries) + 1}"
            self._entries[item] = None if found is None else Entry(anchor, item, label, found.head(CUTS[0]), len(found))
        return self._entries.get(item)

    @property
    def anchors(self) -> dict[str, str]:
        """Item -> its anchor."""
        return {item: entry.anchor for item, entry in self._entries.items() if entry}

    def entries(self) -> list[Entry]:
        """All entries, their passages cut to what the pack has room for."""
        found = [entry for entry in self._entries.values() if entry]
        sizes = [[len(text) + AROUND for text in entry.passages["text"]] for entry in found]
        most = next((cut for cut in CUTS if sum(sum(own[:cut]) for own in sizes) <= ROOM), CUTS[-1])
        return [Entry(one.anchor, one.item, one.label, one.passages.head(most), one.total) for one in found]


def _short(label: str) -> str:
    return label if len(label) <= LABEL else label[: LABEL - 1] + "…"
