"""The side-swap law: with the sides' names exchanged every table is the same with the names exchanged."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from analysis import export
from analysis.brief import findings
from analysis.claims import ledger
from analysis.corpus import Corpus
from analysis.coverage import comparability, coverage
from analysis.reading import Reading, Selected
from analysis.selection import Selection
from analysis.spellings import spellings
from analysis.terms import MEASURES, keyness
from analysis.topics import topic_words
from analysis.voices import camps, chains, concentration, headlines, quoting, source_types, stances, verbs, voices

NAMES = ("alpha", "omega")
SIGNED = ("score", "tfidf", "log_odds", "log_odds_z", "log_ratio", "g2", "share", "ratio")
"""Columns that change their sign when target and reference change places."""

TABLES: dict[str, Callable[[Selected], Any]] = {
    "figures": lambda selected: selected.figures,
    "attributions": lambda selected: selected.attributions,
    "claims": lambda selected: ledger(selected.figures).claims,
    "contrasts": lambda selected: ledger(selected.figures).contrasts,
    "voices": voices,
    "quoting": quoting,
    "verbs": verbs,
    "stances": stances,
    "camps": camps,
    "source_types": source_types,
    "headlines": headlines,
    "chains": chains,
    "concentration": concentration,
    "coverage": coverage,
    "comparability": comparability,
    "names": lambda selected: spellings(selected, every=True),
    "topics": lambda selected: topic_words(selected.corpus, selected.passages),
    "sizes": lambda selected: selected.sizes,
    "findings": findings,
}


def named(seeds: Corpus, names: tuple[str, str]) -> Selected:
    """The seed with its sides renamed, in their order."""
    new = dict(zip((side.id for side in seeds.sides), names, strict=True))
    documents = tuple(replace(document, side=new[document.side]) for document in seeds.documents)
    sides = tuple(replace(side, id=new[side.id], label=new[side.id].title()) for side in seeds.sides)
    return Selected(Reading(replace(seeds, documents=documents, sides=sides)), Selection())


@pytest.fixture(scope="module")
def selected(seeds: Corpus) -> Selected:
    return named(seeds, NAMES)


@pytest.fixture(scope="module")
def swapped(seeds: Corpus) -> Selected:
    return named(seeds, NAMES[::-1])


def exchanged(text: str) -> str:
    """The text with the sides' ids and labels exchanged."""
    for one, other in (NAMES, tuple(name.title() for name in NAMES)):
        text = text.replace(one, "\0").replace(other, one).replace("\0", other)
    return text


def comparable(result: Any) -> Any:
    """A table as records without the links, which hold the corpus's hash."""
    if isinstance(result, pd.DataFrame):
        return export.records(result.drop(columns="link", errors="ignore"))
    return export.plain(result)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_mirrors(name: str, selected: Selected, swapped: Selected) -> None:
    here, there = (json.dumps(comparable(TABLES[name](one)), indent=1) for one in (selected, swapped))
    assert there == exchanged(here)


@pytest.mark.parametrize("measure", MEASURES)
def test_term_contrasts_mirror(measure: str, selected: Selected, swapped: Selected) -> None:
    """The same documents as target give the same numbers; as reference the negated ones."""
    first, second = NAMES
    rows, options = selected.passages.index, {"measure": measure, "ngrams": (1, 2)}
    one = keyness(selected.reading.counts, rows, target=first, reference=second, **options)
    renamed = keyness(swapped.reading.counts, rows, target=second, reference=first, **options)
    names = ["target", "reference"]
    pd.testing.assert_frame_equal(one.drop(columns=names), renamed.drop(columns=names))
    turned = keyness(selected.reading.counts, rows, target=second, reference=first, **options)
    one, turned = (table.set_index("term").sort_index() for table in (one, turned))
    for column in SIGNED:
        pd.testing.assert_series_equal(one[column], -turned[column])
    for count in ("n", "documents", "passages"):
        assert one[f"{count}_target"].equals(turned[f"{count}_reference"].rename(f"{count}_target"))
