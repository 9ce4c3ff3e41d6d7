"""Names, voices, terms and passages that one side has and another lacks."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.coverage.absence import Absence, Kind, distinct
from analysis.coverage.features import TELLING
from analysis.terms.counts import stopwords
from analysis.terms.printed import printed_terms
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

    def only(self, side: str, other: str) -> list[str]:
        """Entities, those in most articles first; one whose words stand on the other side is left out."""
        own = self._uses[(self._uses["side"] == side) & (self._uses["count"] >= LEAST_MENTIONS)]
        there = self._uses.loc[self._uses["side"] == other, "entity"]
        own = own[~own["entity"].isin(there)]
        return [
            entity
            for entity in own["entity"]
            if not self.compared.search.passages(self._variants[entity], other, inflected=False)
        ]

    def absence(self, key: str, side: str, other: str) -> Absence:
        """The nearest miss is the passage most like one with the name."""
        rows = self._rows[key, side]
        evidence = distinct(self._passage[rows])
        nearest = self.compared.nearest(evidence, other)
        return Absence(
            what=key if "/" in key else Counter(self._name[rows]).most_common(1)[0][0],
            evidence=evidence,
            searched_for=self._variants[key],
            near=0,
            nearest=nearest,
            miss=self.compared.text(nearest),
            item=f"name:{key}",
        )

    @cached_property
    def _rows(self) -> dict[tuple[str, str], np.ndarray]:
        """Rows of the mentions by entity and side."""
        return dict(self.selected.mentions.groupby(["entity", "side"], sort=False).indices)

    @cached_property
    def _passage(self) -> np.ndarray:
        return self.selected.mentions["passage"].to_numpy(object)

    @cached_property
    def _name(self) -> np.ndarray:
        return self.selected.mentions["name"].to_numpy(object)

    @cached_property
    def _uses(self) -> pd.DataFrame:
        """Columns: entity, side, count, documents; the most used in the corpus first."""
        table = self.selected.mentions.groupby(["entity", "side"], sort=False).agg(
            count=("name", "size"), documents=("document", "nunique")
        )
        order = ["documents", "count", "entity"]
        return table.reset_index().sort_values(order, ascending=[False, False, True], kind="stable")

    @cached_property
    def _variants(self) -> dict[str, list[str]]:
        """Every printed form of each entity in the corpus."""
        table = self.selected.reading.mentions.drop_duplicates(["entity", "name"])
        variants: dict[str, list[str]] = {}
        for entity, name in sorted(zip(table["entity"], table["name"], strict=True)):
            variants.setdefault(entity, []).append(name)
        return variants


class Voices(Kind):
    """Sources one side cites again and again and another never."""

    def only(self, side: str, other: str) -> list[str]:
        """Names of sources, the most cited first."""
        own = self._cited.xs(side, level="side") if side in self._sides else pd.Series(dtype=int)
        there = self._cited.xs(other, level="side") if other in self._sides else pd.Series(dtype=int)
        own = own[(own >= LEAST_CITED) & ~own.index.isin(there.index)]
        return [str(name) for name in own.index]

    def absence(self, key: str, side: str, other: str) -> Absence:
        """The nearest miss is a passage that names the source without citing it."""
        said = self._said.take(self._rows[side, key])
        near = self.compared.search.passages([key, key.split()[-1]], other, inflected=False)
        evidence = distinct(said["passage"])
        nearest = near[0] if near else self.compared.nearest(evidence, other)
        return Absence(
            what=key,
            evidence=evidence,
            searched_for=distinct(
                [key, *(text for text in said["source_text"] if fold(text or "") not in stopwords())]
            ),
            near=len(near),
            nearest=nearest,
            miss=self.compared.text(nearest),
            item=f"voice:{side}|{key}",
        )

    @cached_property
    def _said(self) -> pd.DataFrame:
        said = self.selected.attributions
        said = said[(said["level"] == 1) & said["source_name"].notna()]
        return said[["side", "source_name", "source_text", "passage"]]

    @cached_property
    def _rows(self) -> dict[tuple[str, str], np.ndarray]:
        """Rows of these attributions by side and source."""
        return dict(self._said.groupby(["side", "source_name"], sort=False).indices)

    @cached_property
    def _cited(self) -> pd.Series:
        """Attributions by source and side, the most cited first."""
        counts = self._said.groupby(["source_name", "side"]).size()
        return counts.sort_values(ascending=False, kind="stable")

    @cached_property
    def _sides(self) -> set[str]:
        return set(self._said["side"])


class Terms(Kind):
    """Words one side uses again and again and another in no form."""

    def only(self, side: str, other: str) -> list[int]:
        """Columns of the features: words in most articles first; names are told as names."""
        there, words = self._held(other).sum(axis=0), len(self.compared.features.words)
        own = self._held(side)
        telling = self.compared.features.evidence[:words] == TELLING
        found = np.flatnonzero(telling & (own.sum(axis=0) >= LEAST_PASSAGES) & (there == 0))
        articles = _by_group(own[:, found], self.selected.passages["position"].to_numpy()[self.compared.of_side[side]])
        return found[np.lexsort((self.compared.features.words[found], -own[:, found].sum(axis=0), -articles))].tolist()

    def absence(self, key: int, side: str, other: str) -> Absence:
        """The nearest miss is the passage most like one that holds the term."""
        cells = self._by_word.indices[self._by_word.indptr[key] : self._by_word.indptr[key + 1]]
        evidence = self.compared.ids[cells[self.compared.of_side[side][cells]]].tolist()
        nearest = self.compared.nearest(evidence, other)
        return Absence(
            what=self.compared.features.printed[key],
            evidence=evidence,
            searched_for=sorted(set(self._printed[self.compared.features.stems == key])),
            near=0,
            nearest=nearest,
            miss=self.compared.text(nearest),
            item=f"term:{self.compared.features.words[key]}",
        )

    def _held(self, side: str) -> sparse.csr_array:
        """Which passages of a side hold which word."""
        return self._words[np.flatnonzero(self.compared.of_side[side])]

    @cached_property
    def _printed(self) -> np.ndarray:
        """Every form of every word, as printed most often."""
        return np.array(printed_terms(self.selected.reading.counts, self.compared.features.vocabulary), object)

    @cached_property
    def _by_word(self) -> sparse.csc_array:
        return self._words.tocsc()

    @cached_property
    def _words(self) -> sparse.csr_array:
        features = self.compared.features
        return sparse.csr_array(features.weights[:, : len(features.words)] > 0)


def _by_group(held: sparse.csr_array, group: np.ndarray) -> np.ndarray:
    """In how many groups of rows each column stands."""
    codes, groups = pd.factorize(group)
    cells = (np.ones(len(codes)), (codes, np.arange(len(codes))))
    members = sparse.coo_array(cells, shape=(len(groups), len(codes))).tocsr()
    return np.asarray((members @ held.astype(float) > 0).sum(axis=0)).ravel()


class Passages(Kind):
    """Passages that no passage of another side is like."""

    def only(self, side: str, other: str) -> list[str]:
        """Passages in reading order, those of articles that share something with the other side first."""
        table = self.compared.aligned
        table = table[(table["side"] == side) & (table["other_side"] == other)]
        passages, state = table["passage"].to_numpy(object), table["state"].to_numpy(object)
        article = self.selected.passages["position"].to_numpy()[
            np.array([self.compared.row[each] for each in passages], int)
        ]
        apart = ~np.isin(article, article[state == "matched"])
        alone = np.flatnonzero(state == "unmatched")
        return passages[alone[np.argsort(apart[alone], kind="stable")]].tolist()

    def absence(self, key: str, side: str, other: str) -> Absence:
        """The nearest miss is the passage most like it."""
        nearest = self.compared.nearest([key], other)
        return Absence(
            what=self.compared.text(key),
            evidence=[key],
            searched_for=self._weightiest(key),
            near=0,
            nearest=nearest,
            miss=self.compared.text(nearest),
            item=f"passage:{key}",
        )

    def _weightiest(self, passage: str) -> list[str]:
        """The words of a passage that weigh most, as printed."""
        features = self.compared.features
        row = features.weights[[self.compared.row[passage]]].tocoo()
        words = row.coords[1] < len(features.words)
        columns, weights = row.coords[1][words], row.data[words]
        return features.printed[columns[np.lexsort((columns, -weights))][:SEARCHED_WORDS]].tolist()
