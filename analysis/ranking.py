"""The terms of a selection as a reader sees them: ranked, tested against chance, and found in the texts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.concordance import occurrences
from analysis.reading import Reading, Selected
from analysis.terms import keyness, printed_terms, shuffled_sides

LISTED = 2500
"""Terms a side of a contrast: with both sides as many dots as a browser draws at once."""

DRAWS = 10
"""Times the articles are dealt to the sides at random, fewer where they are many:"""

DEALT = 30_000
"""articles dealt in all, so that nobody waits for what is the same number anyway."""


def ranked_terms(
    selected: Selected,
    target: str,
    reference: str | None = None,
    *,
    measure: str = "tfidf",
    ngrams: tuple[int, ...] = (1, 2),
    inside_topics: bool = False,
    kind: str = "all",
    find: str = "",
) -> pd.DataFrame:
    """The terms that mark the target against the reference, at most LISTED a side.

    Names that sides spell differently are left out: they are a result of their own.

    Args:
        selected: the selection.
        target: a side.
        reference: another side; None for all others together.
        measure: one of `terms.MEASURES`.
        ngrams: lengths of the terms in words.
        inside_topics: give every topic the same weight on both sides.
        kind: only terms of this class; "all" for every one.
        find: only terms that hold this text.

    Returns:
        The columns of `terms.keyness`, and `printed`, the usual form of the term.
    """
    counts, narrowed = selected.reading.counts, kind != "all" or bool(find)
    table = keyness(
        counts,
        selected.rows,
        target=target,
        reference=reference,
        measure=measure,
        ngrams=ngrams,
        topics=_first_topics(selected.reading),
        inside_topics=inside_topics,
        top=None if narrowed else LISTED,
    )
    fits = (table["class"] != "name_variant") & ((table["class"] == kind) | (kind == "all"))
    fits &= table["term"].str.contains(find.casefold(), regex=False) & (table["score"] != 0)
    table = table[fits].groupby(table["score"] > 0, sort=False).head(LISTED).reset_index(drop=True)
    return table.assign(printed=pd.Series(printed_terms(counts, table["term"]), dtype=object))


def dealt_at_random(
    selected: Selected, target: str, reference: str | None = None, *, ngrams: tuple[int, ...] = (1, 2)
) -> pd.DataFrame:
    """What would be listed with the articles dealt to the sides at random: the table of `terms.shuffled_sides`."""
    draws = max(1, min(DRAWS, DEALT // len(selected.documents)))
    counts, chosen = selected.reading.counts, selected.rows
    return shuffled_sides(counts, chosen, target=target, reference=reference, ngrams=ngrams, draws=draws)


def marking_places(selected: Selected, top: int) -> pd.DataFrame:
    """Where the `top` strongest terms of each side stand: the rows of `concordance.occurrences`."""
    counts, chosen = selected.reading.counts, selected.rows
    none = pd.DataFrame(columns=["document", "field", "start", "end"])
    if len(selected.sides) < 2:
        return none
    tables = [keyness(counts, chosen, target=side.id, top=top) for side in selected.sides]
    listed = dict.fromkeys(term for table in tables for term in table.loc[table["score"] > 0, "term"])
    return pd.concat([none, *(occurrences(counts, term, chosen) for term in listed)])


def _first_topics(reading: Reading) -> np.ndarray | None:
    """The first topic of each passage, by which stories are told from framing; None for a corpus without topics."""
    if not reading.corpus.topics:
        return None
    first = np.array([topics[0] if topics else None for topics in reading.index.topic_sets], object)
    return first[reading.index.topic_set]
