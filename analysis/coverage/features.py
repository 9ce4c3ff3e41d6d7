"""What passages are compared by: words, names and figures, as one sparse vector a passage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from scipy import sparse
from Stemmer import Stemmer

from analysis.attribution.lexicon import cue_forms
from analysis.calendar import calendar_words
from analysis.figures.lexicon import same_as
from analysis.figures.objects import classes
from analysis.names.lexicon import name_key, name_words
from analysis.reading import Reading
from analysis.terms.matrix import of_length_one, passage_matrix, rarity
from analysis.terms.printed import printed_terms

NAME_WEIGHT = 0.7
"""Weight of a name beside its words, which count as words already: who and where tell events apart."""

FIGURE_WEIGHT = 0.7
"""Weight of what a figure counts, and again of its value: equal values of one thing are seldom chance."""

TELLING, NAME, QUANTITY = 1.0, 0.5, 1.5
"""What a shared feature says for two passages telling the same: that both name one minister says little."""

TELLING_NUMBER = 10
"""Whole numbers below this are shared by chance."""

CLAIM_WEIGHT = 1.5
"""Weight of a quantity that the ledger aligned over the sides: it has looked at object, place, day and event."""


@dataclass(frozen=True)
class Features:
    """The passages of a corpus as weighted vectors of length one.

    Attributes:
        weights: a row a passage, in the order of the passage table; a column a feature: words, then names, then
            figures.
        words: the word of each of the first columns, in its commonest folded form.
        printed: the same as printed most often.
        evidence: for each column what it says for two passages that share it: TELLING for a word, NAME for the last
            word of a name, QUANTITY for a quantity, 0 for first names and words of office.
        names: the entity of each of the columns after them.
        vocabulary: every word that counts, and
        stems: the place of each among `words`.
        figures: the printed quantities behind a figure's feature, by row and column after the names; what a figure
            counts without its value is a feature that stands for no quantity.
    """

    weights: sparse.csr_array
    words: np.ndarray
    printed: np.ndarray
    names: np.ndarray
    evidence: np.ndarray
    vocabulary: np.ndarray
    stems: np.ndarray
    figures: dict[tuple[int, int], list[str]]

    @property
    def first_figure(self) -> int:
        """The column where the figures begin."""
        return len(self.words) + len(self.names)


def features(reading: Reading) -> Features:
    """The features of every passage of a corpus, the same whatever a selection leaves of it.

    Words are content words without weekdays, months and neutral verbs of saying, reduced to their stems (Snowball,
    Porter 2001) after the spellings of names were merged. They weigh
    `(1 + ln n) × (ln((1 + N) / (1 + df)) + 1)`, N being the passages of the corpus. Names and figures weigh the same
    way, times the weights above.
    """
    matrix, vocabulary = _content_words(reading)
    stems, kinds = pd.factorize(np.array(stemmed(vocabulary, language_of(reading)), object))
    words = _summed(matrix, stems, len(kinds))
    shown = _commonest(matrix, vocabulary, stems, len(kinds))
    names, entities = _cells(reading.rows("mentions"), reading.mentions["entity"], len(reading.passages))
    things = pd.DataFrame(_figures(reading), columns=["row", "thing", "weight", "printed"], dtype=object)
    rows = things["row"].to_numpy(int)
    cells, labels = _cells(rows, things["thing"], len(reading.passages))
    weight = dict(zip(things["thing"], things["weight"].astype(float), strict=True))
    scale = sparse.diags_array([weight[label] for label in labels], format="csr")
    parts = [_weighted(words), _weighted(names) * NAME_WEIGHT, _weighted(cells) @ scale if len(labels) else cells]
    weights = sparse.csr_array(of_length_one(sparse.csr_array(sparse.hstack(parts))))
    told = set(things.loc[things["printed"].notna(), "thing"])
    quantities = [QUANTITY if label in told else 0.0 for label in labels]
    evidence = np.concatenate((_evidence(reading, shown), np.zeros(len(entities)), quantities))
    printed = np.array(printed_terms(reading.counts, shown), object)
    return Features(weights, shown, printed, entities, evidence, vocabulary, stems, _quantities(things, labels))


def _content_words(reading: Reading) -> tuple[sparse.csr_array, np.ndarray]:
    """Words by passage, without function words and those of `formal_words`; and the words."""
    matrix, words = passage_matrix(reading.counts, reading.passages.index)
    kept = np.array([word not in formal_words() for word in words], bool)
    return matrix[:, kept], words[kept]


def _summed(matrix: sparse.csr_array, stems: np.ndarray, size: int) -> sparse.csr_array:
    """Columns of one stem added up."""
    cells = (np.ones(len(stems)), (np.arange(len(stems)), stems))
    return sparse.csr_array(matrix @ sparse.coo_array(cells, shape=(len(stems), size)).tocsr())


def _commonest(matrix: sparse.csr_array, words: np.ndarray, stems: np.ndarray, size: int) -> np.ndarray:
    """The most used word of each stem."""
    order = np.argsort(np.asarray(matrix.sum(axis=0)).ravel(), kind="stable")
    shown = np.empty(size, object)
    shown[stems[order]] = words[order]  # of several words of a stem the last, the most used, stays
    return shown


def _evidence(reading: Reading, words: np.ndarray) -> np.ndarray:
    """What each word says for two passages that share it (see `Features.evidence`)."""
    names = [name_key(name).split(" ") for name in reading.mentions["name"].unique()]
    last = {parts[-1] for parts in names} | set(reading.mentions["entity"].unique())
    inside = {word for parts in names for word in parts} | name_words("title")
    return np.array([NAME if word in last else 0.0 if word in inside else TELLING for word in words], float)


@cache
def formal_words() -> frozenset[str]:
    """Weekdays, months and the words that only say that something was said."""
    return calendar_words() | cue_forms("neutral")


def language_of(reading: Reading) -> str:
    """The language most documents of the corpus are in."""
    language = reading.corpus.table["language"].mode()
    return str(language.iloc[0]) if len(language) else ""


def stemmed(words: Iterable[str], language: str) -> list[str]:
    """The stems of words; the words themselves in a language without a stemmer."""
    try:
        return list(Stemmer(language).stemWords(list(words)))
    except KeyError:
        return list(words)


def _figures(reading: Reading) -> Iterator[tuple[int, str, float, str | None]]:
    """Passage (its row), feature, its weight and the printed quantity if the feature is one, for comparable figures.

    A figure is what is done to the things counted, its value with the broadest class of these things, and the quantity
    of the ledger if more than one side gives it.
    """
    quantities = dict(_shared_quantities(reading))
    kept = np.flatnonzero(reading.figures["comparable"].to_numpy(bool))
    columns = ["id", "object", "kind", "measure", "point", "verbatim", "object_text"]
    values = (reading.figures[name].iloc[kept].tolist() for name in columns)
    for at, name, counted, kind, measure, point, verbatim, text in zip(
        reading.rows("figures")[kept].tolist(), *values, strict=True
    ):
        printed = f"{verbatim} {text or ''}".strip()
        if measure:
            yield at, str(same_as(measure)), FIGURE_WEIGHT, None
        if point is not None and point == point:
            thing = classes(counted)[-1] if counted else kind
            telling = point != int(point) or point >= TELLING_NUMBER
            yield at, f"{point} {thing}", FIGURE_WEIGHT, printed if telling else None
        if name in quantities:
            yield at, f"claim {quantities[name]}", CLAIM_WEIGHT, printed


def _shared_quantities(reading: Reading) -> Iterator[tuple[str, str]]:
    """Figure and claim, of the claims that more than one side makes."""
    claims = reading.ledger.claims
    for claim in claims[claims["status"] != "one_side"].itertuples():
        yield from ((figure, claim.id) for ids in claim.figures.values() for figure in ids)


def _quantities(things: pd.DataFrame, labels: np.ndarray) -> dict[tuple[int, int], list[str]]:
    kept = things[things["printed"].notna()]
    columns = pd.Index(labels).get_indexer(kept["thing"]).tolist()
    found: dict[tuple[int, int], list[str]] = {}
    for row, column, printed in zip(kept["row"], columns, kept["printed"], strict=True):
        found.setdefault((row, column), []).append(printed)
    return found


def _cells(rows: np.ndarray, things: pd.Series, size: int) -> tuple[sparse.csr_array, np.ndarray]:
    """How often each thing stands in each of `size` passages, and the things."""
    columns, labels = pd.factorize(things.to_numpy(object))
    shape = (size, len(labels))
    return sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr(), np.asarray(labels, object)


def _weighted(counts: sparse.csr_array) -> sparse.csr_array:
    """TF-IDF weights, not yet scaled to length one."""
    if 0 in counts.shape:
        return counts
    dampened = sparse.csr_array(counts, dtype=float)
    dampened.data = np.log(dampened.data) + 1
    return sparse.csr_array(dampened * rarity(counts))
