"""The one door to `analysis`: its functions under Streamlit's caches, under the same names.

Every result is kept under the corpus's digest and the selection, so a view asked for twice is computed once.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from analysis import evidence as evidence_room
from analysis import export, loading, topics
from analysis.corpus import Corpus
from analysis.reading import Reading, Selected
from analysis.selection import Selection

ROOT = Path(__file__).parent.parent
KEPT_SELECTIONS = 64
KEPT_RESULTS = 512


@st.cache_resource(show_spinner="Reading the corpus …")
def reading() -> Reading:
    """The corpus of `PARALLAX_CORPUS` with everything that is read of it."""
    made = Reading(loading.load(ROOT / os.environ.get("PARALLAX_CORPUS", "seeds")))
    made.passages, made.attributions, made.counts  # noqa: B018 - read now, not in a reader's first click
    # What was read lives as long as the server: the collector need not walk it on every run.
    gc.collect()
    gc.freeze()
    return made


def corpus() -> Corpus:
    """The corpus."""
    return reading().corpus


@st.cache_resource(max_entries=KEPT_SELECTIONS, show_spinner=False)
def _selected(digest: str, selection: Selection) -> Selected:
    return Selected(reading(), selection)


def _kept(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of (selected, ...) as one of (selection, ...), computed once a corpus and selection."""

    @st.cache_data(max_entries=KEPT_RESULTS, show_spinner=False)
    def compute(digest: str, name: str, selection: Selection, options: dict[str, Any]) -> Any:
        return function(_selected(digest, selection), **options)

    @wraps(function)
    def ask(selection: Selection, **options: Any) -> Any:
        name = f"{function.__module__}.{function.__qualname__}"
        return compute(corpus().digest, name, selection, options)

    return ask


@_kept
def sizes(selected: Selected) -> pd.DataFrame:
    """Documents, outlets, passages and words of each side."""
    return selected.sizes


@_kept
def passages(selected: Selected) -> pd.DataFrame:
    """The chosen passages."""
    return selected.passages


@_kept
def documents(selected: Selected) -> pd.DataFrame:
    """The documents with a chosen passage."""
    return selected.documents


@_kept
def figures(selected: Selected) -> pd.DataFrame:
    """The chosen figures."""
    return selected.figures


@_kept
def attributions(selected: Selected) -> pd.DataFrame:
    """The chosen attributions."""
    return selected.attributions


@_kept
def topic_words(selected: Selected) -> pd.DataFrame:
    """Passages and words of each topic by side."""
    return topics.topic_words(selected.corpus, selected.passages)


@_kept
def evidence(selected: Selected, item: str) -> pd.DataFrame | None:
    """The passages behind an item; None where the selection has no such item."""
    try:
        return evidence_room.evidence(selected, item)
    except KeyError:
        return None


@_kept
def article(selected: Selected, document: str) -> pd.DataFrame:
    """All passages of an article: the columns of the passage table, `text`, and `chosen` by the selection."""
    own = selected.reading.passages
    own = own[own["document"] == document]
    shown = selected.corpus.document(document)
    texts = [getattr(shown, row.field)[row.start : row.end] for row in own.itertuples()]
    return own.assign(text=texts, chosen=own["id"].isin(selected.passages["id"]))


def to_csv(table: pd.DataFrame) -> bytes:
    """A table as a download that no spreadsheet runs as a formula."""
    return export.to_csv_bytes(table)
