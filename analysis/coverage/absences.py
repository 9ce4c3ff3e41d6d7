"""What one side has and another lacks, each absence with the search that found nothing and the nearest miss."""

from __future__ import annotations

from itertools import permutations

import pandas as pd

from analysis.coverage.absence import Kind, comparison
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


def coverage(selected: Selected) -> pd.DataFrame:
    """One row a thing that one side has and another lacks, within the selection; the most telling of a kind first.

    Columns: id, kind (figure, name, voice, term, passage), what (as printed), side (that has it), absent_from, evidence
    (passage ids), searched_for (words, spellings, synonyms and values looked for on the other side),
    searched_documents and searched_passages (how many were looked through), near (passages there that hold one of
    the words), nearest (passage there that comes closest, or None), miss (what stands in it), of (things of the kind
    for this pair of sides, MOST_LISTED of which are listed), item (the evidence item of what is there).
    """
    compared = comparison(selected)
    searched = selected.sizes.set_index("side")[["documents", "passages"]]
    rows: list[tuple[object, ...]] = []
    for name, kind in KINDS.items():
        looking = kind(compared)
        for side, other in permutations([side.id for side in selected.sides], 2):
            found = looking.only(side, other)
            sizes = tuple(map(int, searched.loc[other]))
            for key in found[:MOST_LISTED]:
                one = looking.absence(key, side, other)
                place, proof = (f"c{len(rows) + 1}", name, one.what, side, other), (one.evidence, one.searched_for)
                rows.append((*place, *proof, *sizes, one.near, one.nearest, one.miss, len(found), one.item))
    columns = zip(COLUMNS, zip(*rows, strict=True), strict=True) if rows else ((name, ()) for name in COLUMNS)
    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns})
