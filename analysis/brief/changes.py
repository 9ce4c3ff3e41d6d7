"""What a filter changes: findings gained and lost, and the main shares, against the whole corpus."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.brief.findings import ranked
from analysis.reading import Selected
from analysis.voices import narrated

COLUMNS = ["change", "kind", "what", "everything", "here", "page", "item"]


def changes(selected: Selected, everything: Selected) -> pd.DataFrame:
    """What differs between a selection and the whole corpus; empty for a selection of everything.

    Args:
        selected: the selection.
        everything: the same reading without filters.

    Returns:
        Columns: change (gained, lost: a finding only one of the two has; share), kind (of the finding, or words,
        direct), what (its sentence, or whose share), everything and here (numbers as text, None where there is none),
        page, item (of the selection's evidence, None for what is lost).
    """
    if selected.is_everything:
        return pd.DataFrame(columns=COLUMNS)
    here, before = selected.once(ranked), everything.once(ranked)
    rows: list[tuple[str | None, ...]] = []
    for change, table, other in (("gained", here, before), ("lost", before, here)):
        # A claim's item changes with the figures a filter leaves of it; its sentence tells that it is the same.
        known = table["item"].isin(other["item"]) | table["finding"].isin(other["finding"])
        for row in table[~known].itertuples():
            numbers = (None, row.value) if change == "gained" else (row.value, None)
            place = (row.page, row.item) if change == "gained" else (None, None)
            rows.append((change, row.kind, row.finding, *numbers, *place))
    rows += list(_shares(selected, everything))
    return pd.DataFrame({name: pd.Series([row[at] for row in rows], dtype=object) for at, name in enumerate(COLUMNS)})


def _shares(selected: Selected, everything: Selected) -> Iterator[tuple[str | None, ...]]:
    """Each side's share of the words, and of its attributions the share in own words."""
    for side in everything.sides:
        numbers = [_percent(_words(one, side.id), _words(one)) for one in (everything, selected)]
        yield "share", "words", f"{side.label}: share of all words", *numbers, "brief", f"side:{side.id}"
    for side in everything.sides:
        numbers = [_percent(*_direct(one, side.id)) for one in (everything, selected)]
        item = f"quote:{side.id}|direct"
        yield "share", "direct", f"{side.label}: attributions wholly in own words", *numbers, "sources", item


def _words(selected: Selected, side: str | None = None) -> int:
    own = selected.sizes if side is None else selected.sizes[selected.sizes["side"] == side]
    return int(own["words"].sum())


def _direct(selected: Selected, side: str) -> tuple[int, int]:
    said = selected.once(narrated)
    own = said.column("side").among([side])
    return int((own & said.column("quote").among(["direct"])).sum()), int(own.sum())


def _percent(count: int, total: int) -> str | None:
    return f"{count:,} of {total:,} ({count / total:.0%})" if total else None
