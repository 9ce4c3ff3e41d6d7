"""Which corpus a session looks at: the server's own, or an uploaded one that its link names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import streamlit as st

from analysis import coverage
from analysis.corpus import CorpusError
from analysis.store.files import read_json
from analysis.store.history import version
from dashboard.opened import Opened, Place
from dashboard.team.access import visitor
from dashboard.team.settings import settings

ROOT = Path(__file__).parent.parent
OPEN_CORPORA = 6
"""Corpora held in memory at once; the one not looked at for longest is opened again when it is."""

WARMED = 150_000
"""Passages (some fifteen thousand articles) up to which all of a corpus is made ready: seconds, and half a gigabyte."""


_at_hand: WeakValueDictionary[Place, Opened] = WeakValueDictionary()
"""Corpora that runs have asked for, as long as they are open; Streamlit's cache is a hundred times slower to ask."""


def choose(shared: str) -> None:
    """Look in this session at the uploaded corpus of that id; at the server's own where it is empty.

    An earlier version of the server's own corpus goes by the beginning of its hash.

    Raises:
        CorpusError: there is none that the visitor may see, or it cannot be looked up.
    """
    place = st.session_state["place"] = _uploaded(shared) if shared else own()
    _at_hand[place] = _opened(place)


def _uploaded(shared: str) -> Place:
    if earlier := version(shared, settings().data):
        title = (read_json(earlier / "manifest.json") or {}).get("title", "")
        return Place(earlier, f"{title} (version {shared})")
    from dashboard.team import corpora  # with the database's library, which the server's own corpus does without

    try:
        row = corpora.find(shared, visitor())
    except corpora.DatabaseError as error:
        raise CorpusError(str(error)) from None
    if row is None:
        raise CorpusError("There is no corpus at this link, or it is not shared with you.")
    return Place(corpora.place(row.digest), row.title)


def own() -> Place:
    """The corpus of `PARALLAX_CORPUS`, else of the settings' file, seen from the project's root."""
    return Place(ROOT / (os.environ.get("PARALLAX_CORPUS") or settings().corpus))


def opened() -> Opened:
    """The corpus the session looks at, open on this server."""
    place = st.session_state.get("place") or own()
    return _at_hand.get(place) or _opened(place)


def settle() -> None:
    """What the run has made of the corpus lives as long as the server."""
    opened().settle()


def import_report() -> dict[str, Any] | None:
    """What the import of the corpus read, mapped, dropped and why; None for files that are opened as they are."""
    report = read_json((st.session_state.get("place") or own()).path / "report.json")
    return report if report and report["rows"]["read"] else None


def warm() -> None:
    """Open the server's own corpus before anybody asks for it, its words first: a page of words waits for no more.

    What the other pages ask of all its articles follows, unless that would fill the memory of who wants words alone.

    Raises:
        CorpusError: it cannot be read.
    """
    now = _opened(own())
    if not now.is_small:
        now.reading.folded()  # kept, so that not even the first reader who looks for a text waits
    if now.is_complete and len(now.reading.passages) <= WARMED:
        now.reading.attributions, now.reading.figures  # noqa: B018
        if not now.is_small:
            now.reading.voiced, now.reading.ledger  # noqa: B018
            coverage.prepare(now.reading)
        now.settle()


@st.cache_resource(max_entries=OPEN_CORPORA, show_spinner="Opening the corpus …", hash_funcs={Place: repr})
def _opened(place: Place) -> Opened:
    made = Opened(place)
    made.reading.passages, made.reading.counts  # noqa: B018 - read now, not in a reader's first click
    made.settle()
    return made
