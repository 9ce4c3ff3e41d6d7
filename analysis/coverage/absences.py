"""What one side has and the other lacks, each absence with the search that found nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.figures.lexicon import lexicon
from analysis.reading import Selected
from analysis.terms import keyness
from analysis.terms.matrix import passage_matrix, tfidf

LEAST_TERM_COUNT = 3
"""Uses of a term on one side below which its absence elsewhere says nothing."""

LEAST_NAME_COUNT = 2
"""Mentions of a name below which its absence elsewhere says nothing."""

MOST_TERMS = 15
"""Terms listed for a pair of sides: the list is for reading, the Words page has them all."""

LEAST_LIKENESS = 0.2
"""Cosine of TF-IDF weights from which two passages are taken to say something of the same matter."""

LEAST_PASSAGE_WORDS = 8
"""Words below which a passage (a sub-headline, a credit) is too short to be matched or missed."""

BLOCK = 1000
"""Passages compared at once."""

COLUMNS = ["id", "kind", "what", "side", "absent_from", "evidence", "searched_for", "searched_documents",
           "searched_passages", "near", "item"]  # fmt: skip


@dataclass(frozen=True)
class Absence:
    """Something of one side that a search of another side did not find."""

    kind: str
    what: str
    side: str
    absent_from: str
    evidence: list[str]
    searched_for: list[str]
    item: str


def coverage(selected: Selected) -> pd.DataFrame:
    """One row a thing that one side has and another lacks, within the selection.

    Columns: id, kind (figure, name, term, passage), what, side (that has it), absent_from, evidence (passage
    ids), searched_for (words looked for on the other side), searched_documents and searched_passages (how
    many were looked through), near (passages there that hold one of the words: the nearest misses), item
    (the evidence item of what is there).
    """
    absences = [absence for find in (_figures, _names, _terms, _passages) for absence in find(selected)]
    texts = _texts(selected)
    rows = []
    for number, absence in enumerate(absences, 1):
        other = selected.passages[selected.passages["side"] == absence.absent_from]
        pattern = _any_of(absence.searched_for) if absence.kind != "passage" else None
        near = [row for row in other["id"] if pattern and pattern.search(texts[row])]
        rows.append((f"c{number}", absence.kind, absence.what, absence.side, absence.absent_from,
                     absence.evidence, absence.searched_for, other["document"].nunique(), len(other), near,
                     absence.item))  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def _figures(selected: Selected) -> Iterator[Absence]:
    """Quantities only one side gives; searched for by their object's words."""
    figures = selected.figures.set_index("id")
    claims = selected.ledger.claims
    for claim in claims[claims["status"] == "one_side"].itertuples():
        (side, ids), *_ = claim.figures.items()
        shown = figures.loc[ids]
        words = _distinct([*shown["object_text"], *_synonyms(claim.object)])
        printed = "; ".join(_distinct(f"{row.verbatim} {row.object_text or ''}".strip() for row in shown.itertuples()))
        what = ", ".join(_distinct([printed, (claim.measure or "").replace("_", " ")]))
        for other in _others(selected, side):
            yield Absence("figure", what, side, other, _distinct(shown["passage"]), words, f"claim:{claim.id}")


def _synonyms(counted: str | None) -> list[str]:
    """The words of the lexicon for what a claim counts, its kinds included."""
    entry = lexicon("objects").get(counted or "", {})
    return [*entry.get("words", [(counted or "").replace("_", " ")]), *entry.get("kinds", [])]


def _names(selected: Selected) -> Iterator[Absence]:
    """Names one side uses again and again and another never."""
    for entity, own in selected.mentions.groupby("entity", sort=True):
        variants = _distinct(own["name"])
        for side, mentions in own.groupby("side", sort=False):
            for other in _others(selected, side):
                if len(mentions) >= LEAST_NAME_COUNT and not (own["side"] == other).any():
                    evidence = _distinct(mentions["passage"])
                    yield Absence("name", entity, side, other, evidence, variants, f"name:{entity}")


def _terms(selected: Selected) -> Iterator[Absence]:
    """Terms one side uses again and again and another never."""
    for side in [side.id for side in selected.sides]:
        for other in _others(selected, side):
            table = keyness(selected.reading.counts, selected.passages.index, target=side, reference=other)
            only = table[(table["n_reference"] == 0) & (table["n_target"] >= LEAST_TERM_COUNT)]
            for row in only.head(MOST_TERMS).itertuples():
                yield Absence("term", row.term, side, other, [], [row.term], f"term:{row.term}")


def _passages(selected: Selected) -> Iterator[Absence]:
    """Passages no passage of another side is like; in doubt a passage counts as matched by none."""
    long = selected.passages[selected.passages["words"] >= LEAST_PASSAGE_WORDS]
    texts = _texts(selected)
    matrix, words = passage_matrix(selected.reading.counts, long.index)
    weights = tfidf(matrix)
    for side in [side.id for side in selected.sides]:
        for other in _others(selected, side):
            own, there = (np.flatnonzero(long["side"] == name) for name in (side, other))
            for place, best in zip(own, _best_likeness(weights[own], weights[there]), strict=True):
                if best < LEAST_LIKENESS:
                    passage = long["id"].iloc[place]
                    strongest = np.argsort(-weights[[place]].toarray()[0], kind="stable")[:5]
                    searched = [str(words[word]) for word in strongest]
                    yield Absence("passage", texts[passage], side, other, [passage], searched, f"passage:{passage}")


def _best_likeness(own: sparse.csr_array, there: sparse.csr_array) -> Iterator[float]:
    """The cosine of each passage with the one most like it, in blocks so that memory stays bounded."""
    for start in range(0, own.shape[0], BLOCK):
        likeness = (own[start : start + BLOCK] @ there.T).max(axis=1)
        yield from likeness.toarray().ravel() if there.shape[0] else np.zeros(own[start : start + BLOCK].shape[0])


def _any_of(words: list[str]) -> re.Pattern[str]:
    """A pattern for any of the words, in the singular or the plural."""
    parts = [r"\s+".join(map(re.escape, word.split())) for word in words if word.split()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts) or '(?!)'})(?:e?s)?(?!\w)", re.IGNORECASE)


def _texts(selected: Selected) -> dict[str, str]:
    rows = selected.passages[["id", "document", "field", "start", "end"]].itertuples(index=False, name=None)
    document = selected.corpus.document
    return {row: getattr(document(name), field)[start:end] for row, name, field, start, end in rows}


def _others(selected: Selected, side: str) -> list[str]:
    return [other.id for other in selected.sides if other.id != side]


def _distinct(values: Any) -> list[str]:
    return list(dict.fromkeys(str(value) for value in values if value and value == value))
