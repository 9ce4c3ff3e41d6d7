"""What one side has and another lacks, each absence with the search that found nothing and the nearest miss."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import permutations

import pandas as pd

from analysis.coverage.absence import Comparison, Kind
from analysis.coverage.quantities import Quantities
from analysis.coverage.told import Names, Passages, Terms, Voices
from analysis.reading import Selected

KINDS: dict[str, type[Kind]] = {
    "figure": Quantities,
    "name": Names,
    "voice": Voices,
    "term": Terms,
    "passage": Passages,
}

MOST_LISTED = 200
"""Absences of a kind listed for a pair of sides; column `of` tells how many there are."""

COLUMNS = ["id", "kind", "what", "side", "absent_from", "evidence", "searched_for", "searched_documents",
           "searched_passages", "near", "nearest", "miss", "of", "item"]  # fmt: skip


def coverage(selected: Selected, kinds: Sequence[str] = tuple(KINDS), most: int = MOST_LISTED) -> pd.DataFrame:
    """One row a thing that one side has and another lacks, within the selection; the most telling of a kind first.

    Args:
        selected: the selection.
        kinds: of KINDS.
        most: things of a kind and side that are proven; each with every side that lacks it.

    Columns: id, kind (figure, name, voice, term, passage), what (as printed), side (that has it), absent_from, evidence
    (passage ids), searched_for (words, spellings, synonyms and values looked for on the other side),
    searched_documents and searched_passages (how many were looked through), near (passages there that hold one of
    the words), nearest (passage there that comes closest, or None), miss (what stands in it), of (things of the kind
    for this pair of sides, MOST_LISTED of which are listed), item (the evidence item of what is there).
    """
    compared = selected.once(Comparison)
    searched = selected.sizes.set_index("side")[["documents", "passages"]]
    rows: list[tuple[object, ...]] = []
    for name in kinds:
        looking = selected.once(KINDS[name])
        shown = {side: set(keys[:most]) for side, keys in _things(looking).items()}
        for side, other in permutations([side.id for side in selected.sides], 2):
            found = looking.found(side, other)
            sizes = tuple(map(int, searched.loc[other]))
            for key in found[:MOST_LISTED]:
                if key in shown[side]:
                    one = looking.absence(key, side, other)
                    place, proof = (f"c{len(rows) + 1}", name, one.what, side, other), (one.evidence, one.searched_for)
                    nearest = compared.id(one.nearest)
                    rows.append((*place, *proof, *sizes, one.near, nearest, one.miss, len(found), one.item))
    columns = zip(COLUMNS, zip(*rows, strict=True), strict=True) if rows else ((name, ()) for name in COLUMNS)
    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns})


def listed(selected: Selected, kinds: Sequence[str] = tuple(KINDS)) -> pd.DataFrame:
    """How many things of each kind and side `coverage` lists. Columns: kind, side, things."""
    rows = [(name, side, len(keys)) for name in kinds for side, keys in _things(selected.once(KINDS[name])).items()]
    return pd.DataFrame(rows, columns=["kind", "side", "things"])


def _things(looking: Kind) -> dict[str, list[Hashable]]:
    """Side -> what it has and another lacks, MOST_LISTED for each other side."""
    found: dict[str, list[Hashable]] = {side.id: [] for side in looking.selected.sides}
    for side, other in permutations(found, 2):
        found[side] += looking.found(side, other)[:MOST_LISTED]
    return {side: list(dict.fromkeys(keys)) for side, keys in found.items()}
