"""Passages of different sides that tell the same matter, and passages that no other side tells."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations
from typing import TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.coverage.features import Features, features
from analysis.coverage.shared import shared
from analysis.reading import Selected

LEAST_LIKENESS = 0.22
"""Cosine from which two passages are taken to tell the same matter."""

LEAST_MISS = 0.1
"""Cosine below which a passage is not even a near miss."""

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

STATES = ("matched", "unmatched", "too_short")

Nearest: TypeAlias = tuple[np.ndarray, np.ndarray]
"""For each passage the place of the one most like it (-1 for none) and the cosine."""

BLOCK = 1000
"""Passages compared at once, so that memory stays bounded."""

MOST_PASSAGES = 300_000
"""Passages (about 30,000 articles) above which only those of given documents are aligned."""

MOST_PRODUCTS = 10_000_000
"""Multiplications a pair of sides: a tenth of a second. The commonest features are left out until that is enough."""


def aligned(selected: Selected, documents: Collection[str] | None = None) -> pd.DataFrame:
    """For each chosen passage the passage of every other side that is most like it.

    Two passages are *matched* when the cosine of their features reaches LEAST_LIKENESS (LEAST_WITH_FIGURE if they share
    a quantity) and what they share is more than names (LEAST_EVIDENCE). What falls short is *unmatched*, and the
    passage most like it is its nearest miss. Deterministic; of equally alike passages the first in the corpus.

    Args:
        selected: the selection.
        documents: give rows for the passages of these documents only (they are still compared with all passages
            of the other sides), which is quick in a corpus of any size.

    Returns:
        One row a passage and other side, in the order of the passages and sides (none for more than MOST_PASSAGES
        passages without `documents`): passage (id), side, other_side, state (matched, unmatched, too_short), other
        (id of the counterpart, or of the nearest miss; None where hardly anything is shared), likeness (cosine, 0 to
        1), words, names and figures (of matched passages, tuples of what both hold: content words as printed most
        often, entities, quantities as printed in this one).
    """
    return align(selected, features(selected), documents)


def align(selected: Selected, compared: Features, documents: Collection[str] | None = None) -> pd.DataFrame:
    """The same for features that are there already."""
    passages = selected.passages
    shown = np.ones(len(passages), bool) if documents is None else passages["document"].isin(documents).to_numpy()
    blocks = list(_best(selected, compared, shown)) if documents or len(passages) <= MOST_PASSAGES else []
    table = pd.concat([pd.DataFrame(columns=["own", "side", "there", "likeness"]), *map(pd.DataFrame, blocks)])
    table = table.sort_values(["own", "side"], kind="stable", ignore_index=True)
    return _told(selected, compared, table)


def _best(selected: Selected, compared: Features, shown: np.ndarray) -> Iterator[dict[str, np.ndarray]]:
    """For the passages of one side and each other side: own, side (its number), there (-1 for none), likeness."""
    side = selected.passages["side"].map({each.id: number for number, each in enumerate(selected.sides)}).to_numpy()
    for one, other in combinations(range(len(selected.sides)), 2):
        first, second = (np.flatnonzero(side == number) for number in (one, other))
        weights = compared.weights
        if not shown.all():
            yield _rows(weights, first[shown[first]], second, other)
            yield _rows(weights, second[shown[second]], first, one)
        else:
            weights = _affordable(weights, first, second)
            there, back = _nearest(weights[first], weights[second])
            yield _block(first, second, there, other)
            yield _block(second, first, back, one)


def _rows(weights: sparse.csr_array, own: np.ndarray, there: np.ndarray, number: int) -> dict[str, np.ndarray]:
    return _block(own, there, _nearest(weights[own], weights[there])[0], number)


def _block(own: np.ndarray, there: np.ndarray, nearest: Nearest, number: int) -> dict[str, np.ndarray]:
    place, likeness = nearest
    found = np.append(there, -1)[place]
    return {"own": own, "side": np.full(len(own), number), "there": found, "likeness": likeness}


def _nearest(own: sparse.csr_array, there: sparse.csr_array) -> tuple[Nearest, Nearest]:
    """The most alike of `there` for each of `own`, and the other way round: places (-1 for none) and cosines."""
    turned = there.T.tocsr()
    forth, back = _nothing(own.shape[0]), _nothing(there.shape[0])
    for start in range(0, own.shape[0], BLOCK):
        product = own[start : start + BLOCK] @ turned
        row = start + np.repeat(np.arange(product.shape[0]), np.diff(product.indptr))
        # Rounded, so that equally alike passages are equal whatever the order of summation.
        likeness = product.data.round(4)
        _raise(forth, row, product.indices, likeness)
        _raise(back, product.indices, row, likeness)
    return forth, back


def _nothing(size: int) -> Nearest:
    return np.full(size, -1), np.full(size, LEAST_MISS)


def _raise(best: Nearest, own: np.ndarray, other: np.ndarray, likeness: np.ndarray) -> None:
    """Note for each of `own` the most alike of `other`, the first of equals, where it beats what was found before."""
    places, values = best
    before = values.copy()
    np.maximum.at(values, own, likeness)
    top = np.flatnonzero((likeness == values[own]) & (likeness > before[own]))
    top = top[np.argsort(-other[top], kind="stable")]
    places[own[top]] = other[top]  # written from the last: of equals the first is written last and stays


def _affordable(weights: sparse.csr_array, first: np.ndarray, second: np.ndarray) -> sparse.csr_array:
    """The features without the commonest, if all would be more than MOST_PRODUCTS multiplications."""
    held = [np.bincount(weights[rows].indices, minlength=weights.shape[1]).astype(float) for rows in (first, second)]
    cost = held[0] * held[1]
    order = np.argsort(cost, kind="stable")
    dear = order[np.cumsum(cost[order]) > MOST_PRODUCTS]
    if not len(dear):
        return weights
    kept = np.ones(weights.shape[1])
    kept[dear] = 0.0
    return sparse.csr_array(weights @ sparse.diags_array(kept, format="csr"))


def _told(selected: Selected, compared: Features, table: pd.DataFrame) -> pd.DataFrame:
    """The rows as a reader needs them."""
    passages, sides = selected.passages, np.array([side.id for side in selected.sides], object)
    own, there = table["own"].to_numpy(int), table["there"].to_numpy(int)
    ids = np.array([*passages["id"], None], object)
    long = np.append(passages["words"].to_numpy() >= LEAST_WORDS, False)
    alike = np.flatnonzero((table["likeness"].to_numpy() >= LEAST_WITH_FIGURE) & long[own] & long[there])
    common = shared(compared, own[alike], there[alike])
    likely = table["likeness"].to_numpy()[alike] >= LEAST_LIKENESS
    likely |= (common.figures.map(len) > 0).to_numpy()
    article = passages["position"].to_numpy()
    enough = likely & _carried(common.evidence * likely, article[own[alike]], article[there[alike]])
    state = np.where(long[own], "unmatched", "too_short").astype(object)
    state[alike[enough]] = "matched"
    columns = {
        "passage": ids[own],
        "side": passages["side"].to_numpy(object)[own],
        "other_side": sides[table["side"].to_numpy(int)],
        "state": state,
        "other": pd.Series(ids[there], dtype=object),  # None stays None
        "likeness": table["likeness"].to_numpy(float),
    }
    for name in ("words", "names", "figures"):
        values = np.empty(len(state), object)
        values[:] = [()] * len(state)
        values[alike[enough]] = getattr(common, name)[enough]
        columns[name] = values
    return pd.DataFrame(columns)


def _carried(evidence: np.ndarray, own: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Whether each pair of passages shares enough, alone or with the other pairs of their two articles.

    Args:
        evidence: what each pair shares.
        own: article of each passage.
        there: article of the one it is compared with.
    """
    counted = np.where(evidence >= LEAST_EVIDENCE, evidence, 0.0)
    articles = pd.DataFrame({"own": own, "there": there, "evidence": counted})
    together = articles.groupby(["own", "there"])["evidence"].transform("sum").to_numpy()
    return (evidence >= ENOUGH_ALONE) | ((evidence >= LEAST_EVIDENCE) & (together >= ENOUGH_TOGETHER))
