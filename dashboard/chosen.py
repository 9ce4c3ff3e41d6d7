"""What the reader chose of the numbers that the session shows; kept, so that the next who chooses it shares it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any

import streamlit as st

from analysis.reading import Reading, Selected
from analysis.selection import Selection
from dashboard.kept import kept
from dashboard.shown import OPEN_CORPORA, opened
from dashboard.team import corrections

SELECTIONS = 64
"""Selections kept at the most."""

PASSAGES = 300_000
"""Passages that the kept selections hold together: a ledger of ten thousand articles takes hundreds of megabytes."""

_known: OrderedDict[tuple[Reading, Selection], Selected] = OrderedDict()
"""The selections that are kept, the one asked for last at the end."""
_lock = Lock()


def reading() -> Reading:
    """The corpus with what is read of it so far, and with its corrections where the session shows them."""
    return numbers()[1]


def version() -> str:
    """Names what the numbers on the screen are made of: what is read of the corpus, and the corrections."""
    return numbers()[0]


def numbers() -> tuple[str, Reading]:
    """The tables that the session shows, and what names them in the caches."""
    now, log = opened(), corrections.shown()
    return _corrected(now.version, log.name, now.reading, log) if log.corrections else (now.version, now.reading)


@st.cache_resource(max_entries=OPEN_CORPORA, show_spinner=False)
def _corrected(version: str, log: str, _reading: Reading, _log: corrections.Log) -> tuple[str, Reading]:
    made = _reading.with_corrections(_log.corrections)
    return (f"{version}:{made.numbers}", made) if made.numbers != _reading.numbers else (version, _reading)


def chosen(selection: Selection) -> Selected:
    """The rows of a selection; those not asked for the longest make room for it."""
    key = reading(), selection
    made = _known.get(key) or Selected(*key)
    size = len(made.rows)
    with _lock:
        if key not in _known:
            held = size + sum(len(each.rows) for each in _known.values())
            while len(_known) >= SELECTIONS or (_known and held > PASSAGES):
                held -= len(_known.popitem(last=False)[1].rows)
        made = _known.setdefault(key, made)
        _known.move_to_end(key)
    return made


def let_go() -> None:
    """Keep none of the selections made so far: they hold the tables of before."""
    _known.clear()


def of_selection(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of (selected, ...) as one of (selection, ...), computed once a reading and selection."""
    compute = kept(function)

    @wraps(function)
    def ask(selection: Selection, **options: Any) -> Any:
        return compute(chosen(selection), **options)

    return ask
