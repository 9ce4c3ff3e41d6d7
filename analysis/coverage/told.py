"""Names, voices, terms and passages that one side has and another lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from analysis.coverage.absence import Absence, Kind, each_once
from analysis.coverage.alignment import STATES
from analysis.coverage.inverse import NameIndex, VoiceIndex, WordIndex, grouped
from analysis.coverage.namesakes import Namesakes, of_names, of_voices
from analysis.terms.counts import stopwords
from analysis.tokens import fold

LEAST_MENTIONS = 2
"""Mentions of a name below which its absence elsewhere says nothing."""

LEAST_CITED = 2
"""Attributions to a voice below which its absence elsewhere says nothing."""

LEAST_PASSAGES = 3
"""Passages that hold a term below which its absence elsewhere says nothing."""

SEARCHED_WORDS = 6
"""Words of a passage told as searched for: the weightiest of those that are all compared."""


class Names(Kind):
    """Names one side uses again and again and another in no spelling."""

    def only(self, side: str, other: str) -> list[int]:
        """Entities, those in most articles first; one that may stand on the other side in other words is left out."""
        (own, articles), there = self._used[side], self._used[other][0]
        found = np.flatnonzero((own >= LEAST_MENTIONS) & (there == 0) & (self._held[other] == 0))
        found = _surely_absent(found, there, self.selected.reading.once(of_names))
        return found[np.lexsort((found, -own[found], -articles[found]))].tolist()

    def absence(self, key: int, side: str, other: str) -> Absence:
        """The nearest miss is the passage most like one with the name."""
        entity = str(self._index.entity.names[key])
        passages = self._passages[self._by_entity[key]]
        own = self.compared.of_side[side][passages]
        names = [self._names[row] for row in self._by_entity[key][own].tolist()]
        nearest = self.compared.nearest(passages[own], other)
        return Absence(
            what=entity if "/" in entity else Counter(names).most_common(1)[0][0],
            evidence=self.compared.ids(passages[own]),
            searched_for=self._index.variants[key],
            near=0,
            nearest=nearest,
            miss=self.compared.text(nearest),
            item=f"name:{entity}",
        )

    @property
    def _index(self) -> NameIndex:
        return self.selected.reading.once(NameIndex)

    @property
    def _passages(self) -> np.ndarray:
        """The passage of each mention."""
        return self.selected.reading.rows("mentions")

    @cached_property
    def _rows(self) -> np.ndarray:
        return self.selected.chosen("mentions")

    @cached_property
    def _names(self) -> Sequence[str]:
        """Each mention as printed."""
        return self.selected.reading.mentions["name"].array

    @cached_property
    def _by_entity(self) -> dict[int, np.ndarray]:
        """Chosen mentions of each entity."""
        return grouped(self._index.entity.code[self._rows], self._rows)

    @cached_property
    def _used(self) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """Side -> mentions of each entity there, and articles that hold one."""
        passages, size = self._passages[self._rows], len(self._index.entity.names)
        entity, article = self._index.entity.code[self._rows], self.selected.reading.index.position[passages]
        of_side = {side: chosen[passages] for side, chosen in self.compared.of_side.items()}
        return {side: _uses(entity[own], article[own], size) for side, own in of_side.items()}

    @cached_property
    def _held(self) -> dict[str, np.ndarray]:
        """Side -> passages there that hold a name of each entity."""
        return {side: self._index.held @ chosen.astype(np.float32) for side, chosen in self.compared.of_side.items()}


def _surely_absent(found: np.ndarray, there: np.ndarray, namesakes: Namesakes) -> np.ndarray:
    """Those of some names none of whose namesakes stands there either; `there` counts every name."""
    return np.array([name for name in found.tolist() if not there[namesakes.of(name)].any()], int)


def _uses(thing: np.ndarray, article: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """How often each of `size` things stands there, and in how many articles."""
    once = np.unique(thing.astype(np.int64) * (1 << 32) + article) >> 32
    return np.bincount(thing, minlength=size), np.bincount(once, minlength=size)


class Voices(Kind):
    """Sources one side cites again and again and another never."""

    def only(self, side: str, other: str) -> list[int]:
        """Sources, the most cited first; one that may be cited there under a longer or shorter name is left out."""
        own, there = self._cited[side], self._cited[other]
        found = np.flatnonzero((own >= LEAST_CITED) & (there == 0))
        found = _surely_absent(found, there, self.selected.reading.once(of_voices))
        return found[np.lexsort((found, -own[found]))].tolist()

    def absence(self, key: int, side: str, other: str) -> Absence:
        """The nearest miss is a passage that names the source without citing it."""
        name = str(self._index.source.names[key])
        passages = self._passages[self._by_source[key]]
        own = self.compared.of_side[side][passages]
        printed = [self._printed[row] for row in self._by_source[key][own].tolist()]
        near = self.compared.search.passages([name, name.split()[-1]], other, inflected=False)
        nearest = int(near[0]) if len(near) else self.compared.nearest(passages[own], other)
        return Absence(
            what=name,
            evidence=self.compared.ids(passages[own]),
            searched_for=each_once([name, *(text for text in printed if fold(text or "") not in stopwords())]),
            near=len(near),
            nearest=nearest,
            miss=self.compared.text(nearest),
            item=f"voice:{side}|{name}",
        )

    @property
    def _index(self) -> VoiceIndex:
        return self.selected.reading.once(VoiceIndex)

    @property
    def _passages(self) -> np.ndarray:
        """The passage of each attribution."""
        return self.selected.reading.rows("attributions")

    @cached_property
    def _rows(self) -> np.ndarray:
        rows = self.selected.chosen("attributions")
        return rows[self._index.source.code[rows] >= 0]

    @cached_property
    def _printed(self) -> Sequence[str | None]:
        """The source of each attribution as printed."""
        return self.selected.reading.attributions["source_text"].array

    @cached_property
    def _by_source(self) -> dict[int, np.ndarray]:
        """Chosen attributions to each source."""
        return grouped(self._index.source.code[self._rows], self._rows)

    @cached_property
    def _cited(self) -> dict[str, np.ndarray]:
        """Side -> attributions there to each source."""
        source, passages = self._index.source.code[self._rows], self._passages[self._rows]
        of_side = {side: chosen[passages] for side, chosen in self.compared.of_side.items()}
        size = len(self._index.source.names)
        return {side: np.bincount(source[own], minlength=size) for side, own in of_side.items()}


class Terms(Kind):
    """Words one side uses again and again and another in no form."""

    def only(self, side: str, other: str) -> list[int]:
        """Columns of the features: words in most articles first; names are told as names."""
        own = self._held[side]
        found = np.flatnonzero(self._index.telling & (own >= LEAST_PASSAGES) & (self._held[other] == 0))
        position = self.selected.reading.index.position
        articles = np.array([len(np.unique(position[self._passages(key, side)])) for key in found.tolist()], int)
        return found[np.lexsort((self._index.order[found], -own[found], -articles))].tolist()

    def absence(self, key: int, side: str, other: str) -> Absence:
        """The nearest miss is the passage most like one that holds the term."""
        passages = self._passages(key, side)
        nearest = self.compared.nearest(passages, other)
        return Absence(
            what=self.compared.features.printed[key],
            evidence=self.compared.ids(passages),
            searched_for=self._index.forms[key],
            near=0,
            nearest=nearest,
            miss=self.compared.text(nearest),
            item=f"term:{self.compared.features.words[key]}",
        )

    @property
    def _index(self) -> WordIndex:
        return self.selected.reading.once(WordIndex)

    @cached_property
    def _held(self) -> dict[str, np.ndarray]:
        """Side -> passages there that hold each word."""
        return {side: self._index.held @ chosen.astype(np.float32) for side, chosen in self.compared.of_side.items()}

    def _passages(self, word: int, side: str) -> np.ndarray:
        """The passages of a side that hold a word."""
        held = self._index.held
        rows = held.indices[held.indptr[word] : held.indptr[word + 1]]
        return rows[self.compared.of_side[side][rows]]


class Passages(Kind):
    """Passages that no passage of another side is like."""

    def only(self, side: str, other: str) -> list[int]:
        """Passages in reading order, those of articles that share something with the other side first."""
        found = self.compared.counterparts.get((side, other))
        if found is None:
            return []
        article = self.selected.reading.index.position[found.own]
        told = np.zeros(len(self.selected.corpus.documents), bool)
        told[article[found.state == STATES.index("matched")]] = True
        alone = np.flatnonzero(found.state == STATES.index("unmatched"))
        return found.own[alone[np.argsort(~told[article[alone]], kind="stable")]].tolist()

    def absence(self, key: int, side: str, other: str) -> Absence:
        """The nearest miss is the passage most like it."""
        nearest = self.compared.nearest(np.array([key]), other)
        passage = str(self.compared.id(key))
        return Absence(
            what=self.compared.text(key),
            evidence=[passage],
            searched_for=self._weightiest(key),
            near=0,
            nearest=nearest,
            miss=self.compared.text(nearest),
            item=f"passage:{passage}",
        )

    def _weightiest(self, passage: int) -> list[str]:
        """The words of a passage that weigh most, as printed."""
        features = self.compared.features
        held = slice(*features.weights.indptr[passage : passage + 2])
        columns, weights = features.weights.indices[held], features.weights.data[held]
        words = columns < len(features.words)
        columns, weights = columns[words], weights[words]
        return features.printed[columns[np.lexsort((columns, -weights))][:SEARCHED_WORDS]].tolist()
