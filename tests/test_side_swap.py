"""The side-swap law: with the sides' names exchanged every table is the same with the names exchanged."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis import export
from analysis.brief import changes, findings
from analysis.corpus import Corpus
from analysis.coverage import aligned, comparability, coverage
from analysis.reading import Reading, Selected
from analysis.selection import Selection
from analysis.spellings import spellings
from analysis.store.place import data_folder
from analysis.terms import MEASURES, keyness
from analysis.topics import topic_words
from analysis.voices import camps, chains, concentration, headlines, quoting, source_types, stances, verbs, voices
from dashboard import pack
from tests.conftest import made

GOLD = Path(__file__).parent / "gold" / "alignment.jsonl"
NAMES = ("alpha", "omega")
HASH = re.compile(r"\b[0-9a-f]{12}(?:[0-9a-f]{52})?\b")
"""A corpus's hash, whole or short."""
PLOTLY = re.compile(r'<script type="text/plain" id="plotly">[^<]*</script>')

SIGNED = ("score", "tfidf", "log_odds", "log_odds_z", "log_ratio", "g2", "share", "ratio")
"""Columns that change their sign when target and reference change places."""

TABLES: dict[str, Callable[[Selected], Any]] = {
    "figures": lambda selected: selected.figures,
    "attributions": lambda selected: selected.attributions,
    "claims": lambda selected: selected.ledger.claims,
    "contrasts": lambda selected: selected.ledger.contrasts,
    "voices": voices,
    "quoting": quoting,
    "verbs": verbs,
    "stances": stances,
    "camps": camps,
    "source_types": source_types,
    "headlines": headlines,
    "chains": chains,
    "concentration": concentration,
    "aligned": aligned,
    "coverage": coverage,
    "comparability": comparability,
    "names": lambda selected: spellings(selected, every=True),
    "topics": lambda selected: topic_words(selected.corpus, selected.passages),
    "sizes": lambda selected: selected.sizes,
    "findings": findings,
    "changes": lambda selected: changes(Selected(selected.reading, WITHOUT_SOME), selected),
}


WITHOUT_SOME = Selection(text="the")
"""A filter that some passages of both corpora pass."""


def named(corpus: Corpus, names: tuple[str, str]) -> Selected:
    """A corpus with its sides renamed, in their order; its articles are read once for all names."""
    new = dict(zip((side.id for side in corpus.sides), names, strict=True))
    documents = tuple(replace(document, side=new[document.side]) for document in corpus.documents)
    sides = tuple(replace(side, id=new[side.id], label=new[side.id].title()) for side in corpus.sides)
    return Selected(Reading(replace(corpus, documents=documents, sides=sides), data_folder()), Selection())


def stories() -> Corpus:
    """Two sides of five articles and more: conflicts, firm findings, passages with a counterpart."""
    told: dict[str, list[str]] = {"west": [], "east": []}
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        story = json.loads(line)
        for side, given in (("west", "north"), ("east", "south")):
            told[side].append("\n".join(story[given]))
    told["west"].append("The explosion in Oldtown killed 12 people, the police said on Friday.")
    told["east"].append("The explosion in Oldtown killed 30 people, the police said on Friday.")
    return made(**told).corpus


@pytest.fixture(scope="module", params=["seeds", "stories"])
def corpus(request: pytest.FixtureRequest, seeds: Corpus) -> Corpus:
    return seeds if request.param == "seeds" else stories()


@pytest.fixture(scope="module")
def selected(corpus: Corpus) -> Selected:
    return named(corpus, NAMES)


@pytest.fixture(scope="module")
def swapped(corpus: Corpus) -> Selected:
    return named(corpus, NAMES[::-1])


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


def test_the_pack_with_every_chart_mirrors(selected: Selected, swapped: Selected) -> None:
    """Every sentence, number and chart of all pages: the whole file but for Plotly and the hashes of the corpus."""
    here, there = (HASH.sub("#", PLOTLY.sub("", pack.make(one).decode("utf-8"))) for one in (selected, swapped))
    assert there.count('"data":[') >= 8
    assert there == exchanged(here)
