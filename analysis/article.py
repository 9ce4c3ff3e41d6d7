"""One article to read: its passages, and what the readers found in it."""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np
import pandas as pd

from analysis.ranking import marking_places
from analysis.reading import Selected

MARKING = 15
"""Terms a side that are marked in its articles."""


def article(selected: Selected, document: str) -> pd.DataFrame:
    """All passages of an article: the columns of the passage table, `text`, and `chosen` by the selection."""
    rows = np.flatnonzero(selected.reading.index.position == selected.corpus.places[document])
    own = selected.reading.passages.iloc[rows]
    shown = selected.corpus.document(document)
    spans = zip(own["field"], own["start"], own["end"], strict=True)
    texts = [getattr(shown, field)[start:end] for field, start, end in spans]
    return own.assign(text=texts, chosen=selected.is_chosen[rows])


def layers(selected: Selected, documents: Collection[str], wanted: Collection[str]) -> dict[str, pd.DataFrame]:
    """What the readers found in some articles: layer (figures, voices, names, terms) -> the rows of its table."""
    tables: dict[str, Callable[[], pd.DataFrame]] = {
        "figures": lambda: selected.figures,
        "voices": lambda: selected.attributions,
        "names": lambda: selected.mentions,
        "terms": lambda: marking_places(selected, MARKING),
    }
    found = {layer: tables[layer]() for layer in wanted if layer in tables}
    return {layer: table[table["document"].isin(documents)] for layer, table in found.items()}
