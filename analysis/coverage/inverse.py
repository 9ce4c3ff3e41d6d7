"""What stands in which passages of a corpus: the indexes that absences are looked up in, made once."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from scipy import sparse

from analysis.coverage.features import TELLING, features
from analysis.coverage.searches import Index
from analysis.figures.objects import classes
from analysis.reading import Reading
from analysis.terms.printed import printed_terms
from analysis.tokens import fold


class NameIndex:
    """The names of a corpus.

    Attributes:
        entity: of each mention.
        variants: every printed form of each entity.
    """

    def __init__(self, reading: Reading) -> None:
        self.entity = reading.coded("mentions", "entity")
        self.variants: list[list[str]] = [[] for _ in self.entity.names]
        distinct = reading.mentions[["entity", "name"]].drop_duplicates()
        place = {name: at for at, name in enumerate(self.entity.names.tolist())}
        for entity, name in sorted(zip(distinct["entity"], distinct["name"], strict=True)):
            self.variants[place[entity]].append(name)
        self._reading = reading

    @cached_property
    def held(self) -> sparse.csr_array:
        """Which entity (row) stands, in any spelling, in which passage (column)."""
        find = self._reading.once(Index).find
        found = [np.unique(np.concatenate([find(fold(name), False) for name in own])) for own in self.variants]
        bounds = np.cumsum([0, *map(len, found)])
        rows = np.concatenate([np.empty(0, np.int32), *found])
        shape = (len(found), len(self._reading.passages))
        return sparse.csr_array((np.ones(len(rows), np.float32), rows, bounds), shape=shape)


class VoiceIndex:
    """The sources of a corpus whom a narrator cites by a name: `source` of each attribution, -1 for all others."""

    def __init__(self, reading: Reading) -> None:
        narrated = reading.attributions["level"].to_numpy() == 1
        self.source = reading.coded("attributions", "source_name").where(narrated)


class FigureIndex:
    """The figures of a corpus.

    Attributes:
        place: the row of each figure, by its id.
        thing: broadest class of the things counted and measure of each comparable figure, as a place in `things`; -1
            for all others.
        things: the distinct ones.
    """

    def __init__(self, reading: Reading) -> None:
        names = ("id", "comparable", "object", "measure")
        ids, comparable, objects, measures = (reading.figures[name].tolist() for name in names)
        self.place = {name: row for row, name in enumerate(ids)}
        known: dict[tuple[str, str | None], int] = {}
        self.thing = np.array(
            [
                known.setdefault((classes(counted)[-1], measure), len(known))
                if fits and isinstance(counted, str)
                else -1
                for fits, counted, measure in zip(comparable, objects, measures, strict=True)
            ],
            np.int32,
        )
        self.things = list(known)


class WordIndex:
    """The words of a corpus that are compared.

    Attributes:
        held: which word (row, a column of `Features`) stands in which passage (column).
        telling: whether a word is no name or part of one.
        order: the place of each word in the alphabet.
    """

    def __init__(self, reading: Reading) -> None:
        known = reading.once(features)
        size = len(known.words)
        self.held = sparse.csr_array((known.weights[:, :size] > 0).T.tocsr(), dtype=np.float32)
        self.telling = known.evidence[:size] == TELLING
        self.order = np.argsort(np.argsort(known.words, kind="stable"))
        self._reading = reading

    @cached_property
    def forms(self) -> dict[int, list[str]]:
        """Word -> every form of it, as printed most often."""
        known = self._reading.once(features)
        forms: dict[int, set[str]] = {}
        printed = printed_terms(self._reading.counts, known.vocabulary)
        for word, form in zip(known.stems.tolist(), printed, strict=True):
            forms.setdefault(word, set()).add(form)
        return {word: sorted(own) for word, own in forms.items()}


def prepare(reading: Reading) -> None:
    """Make what absences in any selection of a corpus are looked up in."""
    reading.once(NameIndex).held, reading.once(WordIndex).forms
    reading.once(VoiceIndex), reading.once(FigureIndex)


def grouped(codes: np.ndarray, rows: np.ndarray) -> dict[int, np.ndarray]:
    """Code -> its rows, in their order."""
    order = np.argsort(codes, kind="stable")
    begins = np.flatnonzero(np.diff(codes[order], prepend=-1))
    return dict(zip(codes[order][begins].tolist(), np.split(rows[order], begins[1:]), strict=False))
