"""Passages of different sides that tell the same matter, and passages that no other side tells."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.coverage.features import Features, features
from analysis.coverage.neighbours import LEAST_MISS, Alike, Neighbours, affordable, compared, neighbours
from analysis.coverage.shared import shared
from analysis.reading import Selected

LEAST_LIKENESS = 0.22
"""Cosine from which two passages are taken to tell the same matter."""

LEAST_WITH_FIGURE = 0.15
"""The same for two passages that share a quantity."""

LEAST_EVIDENCE = 2.0
"""Summed `Features.evidence` two passages must share: two telling words, a word and two names, or a quantity and a
name."""

ENOUGH_ALONE = 3.0
"""The same for the only pair of two articles: they may tell different matters in some of the same words."""

ENOUGH_TOGETHER = 5.0
"""Summed over the pairs of two articles: from here they tell the same event, and LEAST_EVIDENCE is enough for each."""

LEAST_WORDS = 8
"""Words below which a passage (a sub-headline, a credit, "he said") is too short to be matched or missed."""

STATES = ("too_short", "unmatched", "matched")

FEW_PASSAGES = 3000
"""Passages of a selection up to which each is compared with all others: a hundredth of a second."""

MOST_PASSAGES = 300_000
"""Passages (about 30,000 articles) above which only those of given documents are aligned, and of a corpus above which
no neighbours are kept."""

MOST_PRODUCTS = 10_000_000
"""Multiplications for a pair of sides of such a corpus: a tenth of a second. The commonest features are left out until
that is enough."""


@dataclass(frozen=True)
class Counterparts:
    """Passages of a side with the passage of another side that is most like each, one of a filter's passages.

    Attributes:
        own: rows of the passages, ascending.
        there: rows of the passages most like them, -1 where hardly anything is shared.
        likeness: their cosine, `LEAST_MISS` for none.
        state: places in STATES.
    """

    own: np.ndarray
    there: np.ndarray
    likeness: np.ndarray
    state: np.ndarray


def aligned(selected: Selected, documents: Collection[str] | None = None) -> pd.DataFrame:
    """For each chosen passage the passage of every other side that is most like it.

    Two passages are *matched* when the cosine of their features reaches LEAST_LIKENESS (LEAST_WITH_FIGURE if they share
    a quantity) and what they share is more than names (LEAST_EVIDENCE). What falls short is *unmatched*, and the
    passage most like it is its nearest miss. What is how alike is judged on the whole corpus: of more than FEW_PASSAGES
    each is looked for among its neighbours there. Deterministic; of equally alike passages the first in the corpus.

    Args:
        selected: the selection.
        documents: give rows for the passages of these documents only, in a corpus of any size.

    Returns:
        One row a passage and other side, in the order of the passages and sides (none for more than MOST_PASSAGES
        passages without `documents`): passage (id), side, other_side, state (matched, unmatched, too_short), other
        (id of the counterpart, or of the nearest miss; None where hardly anything is shared), likeness (cosine, 0 to
        1), words, names and figures (of matched passages, tuples of what both hold: content words as printed most
        often, entities, quantities as printed in this one).
    """
    return _table(selected, counterparts(selected, documents))


def counterparts(selected: Selected, documents: Collection[str] | None = None) -> dict[tuple[str, str], Counterparts]:
    """Side and other side -> the side's chosen passages (or those of some documents) with their counterparts."""
    rows = selected.rows
    large = len(selected.reading.passages) > MOST_PASSAGES
    if documents is None and len(rows) > MOST_PASSAGES:
        return {}
    shown = np.ones(len(rows), bool)
    if documents is not None:
        places = [selected.corpus.places[name] for name in documents if name in selected.corpus.places]
        shown = np.isin(selected.reading.index.position[rows], places)
    of_side = {side: np.flatnonzero(chosen[rows]) for side, chosen in selected.of_side.items()}
    if len(rows) <= FEW_PASSAGES or large:
        found = _among_all(selected, {name: (rows[own[shown[own]]], rows[own]) for name, own in of_side.items()})
    else:
        found = _among_neighbours(selected, {name: rows[own[shown[own]]] for name, own in of_side.items()})
    long = selected.reading.passages["words"].to_numpy() >= LEAST_WORDS
    return {sides: _judged(selected, own, alike, long) for sides, own, alike in found}


Found = Iterator[tuple[tuple[str, str], np.ndarray, Alike]]
"""Side and other side, rows of the side's passages, and for each the one most like it."""


def _among_neighbours(selected: Selected, rows: dict[str, np.ndarray]) -> Found:
    """The first neighbour that is chosen."""
    for sides, near in selected.reading.once(neighbours).items():
        if set(sides) <= rows.keys():
            own = rows[sides[0]]
            yield sides, own, _first_chosen(near, own, selected.is_chosen)


def _first_chosen(near: Neighbours, own: np.ndarray, chosen: np.ndarray) -> Alike:
    place = np.searchsorted(near.own, own)
    there = near.found.there[place]
    fits = (there >= 0) & chosen[there]
    first = fits.argmax(axis=1)
    alike = near.found[place, first]
    alike.there[~fits[np.arange(len(own)), first]] = -1
    return alike


def _among_all(selected: Selected, rows: dict[str, tuple[np.ndarray, np.ndarray]]) -> Found:
    """The most alike of all chosen passages; `rows` has the passages asked for of each side, and all."""
    held = selected.reading.once(features)
    for one, other in combinations(rows, 2):
        for own, there in ((one, other), (other, one)):
            yield (own, there), rows[own][0], _nearest(held, rows[own][0], rows[there][1])


def _nearest(held: Features, own: np.ndarray, there: np.ndarray) -> Alike:
    """For each row of `own` the most alike one of `there`."""
    weights = held.weights[np.concatenate((own, there))]
    weights = affordable(weights, MOST_PRODUCTS)
    product = sparse.coo_array(weights[: len(own)] @ weights[len(own) :].T)
    value = product.data.round(4)
    kept = value > LEAST_MISS
    place, other = product.coords[0][kept], product.coords[1][kept]
    order = np.lexsort((other, -value[kept], place))
    first = order[np.flatnonzero(np.diff(place[order], prepend=-1))]
    best = np.full(len(own), -1)
    best[place[first]] = there[other[first]]
    alike = compared(held, own, np.maximum(best, 0))
    alike.there[:] = best
    return alike


def _judged(selected: Selected, own: np.ndarray, alike: Alike, long: np.ndarray) -> Counterparts:
    """Which pairs are matched."""
    there, likeness = alike.there.astype(int), alike.likeness.astype(float).round(4)
    likeness[there < 0] = LEAST_MISS
    likely = (likeness >= LEAST_LIKENESS) | ((likeness >= LEAST_WITH_FIGURE) & alike.quantity)
    likely &= (there >= 0) & long[own] & long[there]
    article = selected.reading.index.position
    pairs = np.flatnonzero(likely)
    enough = _carried(alike.evidence[pairs].astype(float), article[own[pairs]], article[there[pairs]])
    state = long[own].astype(np.int8)
    state[pairs[enough]] = STATES.index("matched")
    return Counterparts(own, there, likeness, state)


def _carried(evidence: np.ndarray, own: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Whether each pair of passages shares enough, alone or with the other pairs of their two articles.

    Args:
        evidence: what each pair shares.
        own: article of each passage.
        there: article of the one it is compared with.
    """
    counted = np.where(evidence >= LEAST_EVIDENCE, evidence, 0.0)
    _, pair = np.unique(own.astype(np.int64) * (1 << 32) + there, return_inverse=True)
    together = np.bincount(pair, counted)[pair] if len(pair) else counted
    return (evidence >= ENOUGH_ALONE) | ((evidence >= LEAST_EVIDENCE) & (together >= ENOUGH_TOGETHER))


def _table(selected: Selected, found: Mapping[tuple[str, str], Counterparts]) -> pd.DataFrame:
    """The rows as a reader needs them."""
    sides = np.array([side.id for side in selected.sides], object)
    number = {side: place for place, side in enumerate(sides.tolist())}
    told = list(found.values())
    own, there, likeness, state = (
        np.concatenate([np.empty(0, kind), *(getattr(each, name) for each in told)])
        for name, kind in (("own", int), ("there", int), ("likeness", float), ("state", int))
    )
    ends = np.array([(number[side], number[other]) for side, other in found], int).reshape(-1, 2)
    ends = np.repeat(ends, [len(each.own) for each in told], axis=0)
    order = np.lexsort((ends[:, 1], own))
    ids, own, there, state = selected.reading.passage_ids, own[order], there[order], state[order]
    return pd.DataFrame(
        {
            "passage": ids[own],
            "side": sides[ends[order, 0]],
            "other_side": sides[ends[order, 1]],
            "state": np.array(STATES, object)[state],
            "other": pd.Series(ids[there], dtype=object),  # None stays None
            "likeness": likeness[order],
            **_shared(selected, own, there, state == STATES.index("matched")),
        }
    )


def _shared(selected: Selected, own: np.ndarray, there: np.ndarray, matched: np.ndarray) -> dict[str, np.ndarray]:
    """The words, names and figures that matched passages share."""
    common = shared(selected.reading.once(features), own[matched], there[matched])
    columns = {}
    for name, told in zip(("words", "names", "figures"), common, strict=True):
        values = np.empty(len(own), object)
        values[:] = [()] * len(own)
        for at, each in zip(np.flatnonzero(matched).tolist(), told, strict=True):
            values[at] = each
        columns[name] = values
    return columns
