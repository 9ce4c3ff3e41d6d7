"""What was found in a passage, as somebody corrects it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.corpus import Corpus
from analysis.corrections.correction import SETTABLE, TABLES, Correction
from analysis.corrections.overlay import spans_of
from analysis.figures.lexicon import lexicon

if TYPE_CHECKING:
    from analysis.reading import Reading

OFFERED = 300
"""Names offered of each sort, the most frequent; others can be typed."""


@dataclass(frozen=True)
class Finding:
    """A finding that can be corrected.

    Attributes:
        wrong: the correction that calls it wrong; its place is the finding's.
        printed: its words.
        values: what may be set, as it stands; amounts as decimal text.
        unit: of a figure's amounts.
        alike: mentions of names printed the same, in the whole corpus.
    """

    wrong: Correction
    printed: str
    values: dict[str, str | None]
    unit: str | None = None
    alike: int = 1

    def set(self, values: dict[str, str | None]) -> Correction | None:
        """The correction to these values; None where they change nothing.

        Raises:
            CorpusError: a value cannot be.
        """
        changed = {name: value for name, value in values.items() if value != self.values[name]}
        if changed.keys() & {"bound", "low", "high"}:
            changed |= {name: values[name] for name in ("bound", "low", "high")}
        return replace(self.wrong, values=tuple(sorted(changed.items()))) if changed else None


def findings(reading: Reading, passage: str) -> list[Finding]:
    """The figures, attributions and names that stand in a passage, as the reading has them."""
    found = []
    for kind, name in TABLES.items():
        table: pd.DataFrame = getattr(reading, name)
        own = table[table["passage"] == passage]
        same = table.loc[table["name"].isin(own["name"]), "name"].value_counts() if kind == "name" else {}
        for (_, row), (start, end) in zip(own.iterrows(), spans_of(own), strict=True):
            document = reading.corpus.document(row["document"])
            place = Correction(document.sha256, row["field"], start, end, kind)
            values = {column: _text(row[column]) for column in SETTABLE[kind]}
            alike = int(same[row["name"]]) if kind == "name" else 1
            found.append(Finding(place, _printed(kind, row), values, row.get("unit"), alike))
    return sorted(found, key=lambda each: (each.wrong.start, each.wrong.kind))


def _printed(kind: str, row: pd.Series) -> str:
    if kind == "attribution":
        return f"{row['source_text'] or '…'} · {row['cue_lemma'] or '…'}"
    return str(row["verbatim"] if kind == "figure" else row["name"])


def _text(value: Any) -> str | None:
    return None if value is None else (f"{value:f}" if isinstance(value, Decimal) else str(value))


def printed_alike(mentions: pd.DataFrame, correction: Correction, name: str, corpus: Corpus) -> list[Correction]:
    """The same correction for each mention that is printed as the name."""
    same = mentions[mentions["name"] == name]
    places = zip(same["document"], same["field"], same["start"], same["end"], strict=True)
    return [
        replace(correction, sha256=corpus.document(document).sha256, field=field, start=int(start), end=int(end))
        for document, field, start, end in places
    ]


def offered(reading: Reading) -> dict[str, list[str]]:
    """Values to choose from for each thing that can be set, the most frequent first; measures are a closed list."""
    figures = reading.figures
    sources = pd.concat([reading.attributions["source_name"], figures["claimant"]])
    objects = [*figures["object"].value_counts().index[:OFFERED], *lexicon("objects")]
    names = list(sources.value_counts().index[:OFFERED])
    return {
        "object": list(dict.fromkeys(objects)),
        "measure": sorted(lexicon("measures")),
        "claimant": names,
        "source_name": names,
        "entity": list(reading.mentions["entity"].value_counts().index[:OFFERED]),
    }
