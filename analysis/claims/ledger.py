"""The claim ledger: each quantity with what every side says of it, and whether it can all be true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.alignment import aligned
from analysis.claims.counted import TextOf
from analysis.claims.tellings import Fit, Joined, Tellings, Told, tellings

FIGURE_COLUMNS = [
    *("id", "document", "side", "outlet", "field", "start", "end", "number_start", "number_end", "verbatim"),
    *("low", "high", "point", "bound", "kind", "object", "object_text", "unit", "per", "measure", "place", "day"),
    *("owner", "scope", "negated", "hypothetical", "comparable", "context", "claimant", "claimant_kind"),
    *("part_of", "superseded_by", "sentence_start", "sentence_end"),
]
"""The columns of a figure record on the command line, in order."""

NAMES_OF_A_DAY = 2
"""Names one day goes by ("Friday", "3 May"); more are several days."""

CLAIM_COLUMNS = ["id", "object", "measure", "kind", "place", "day", "status", "figures", "pairs"]
CONTRAST_COLUMNS = ["id", "a", "b", "relation", "share", "side"]


@dataclass(frozen=True)
class Ledger:
    """The claims of a corpus.

    Attributes:
        figures: the figure rows the ledger was made from.
        claims: one row a quantity: id (of its first figure, so that a smaller selection gives it no other
            meaning), object, measure, kind, place, day, status (agree, compatible, conflict or one_side),
            figures (side -> figure ids), pairs (list of {a, b, verdict, ratio}, over sides).
        contrasts: one row a contrast inside one side: id ("a|b"), a, b, relation (launched_vs_shot_down,
            same_quantity, update, part_of), share (of `a` that `b` makes, in words, or None), side.
    """

    figures: pd.DataFrame
    claims: pd.DataFrame
    contrasts: pd.DataFrame

    def to_records(self) -> dict[str, Any]:
        """Figures, claims and contrasts as lists of plain records."""
        return {
            "figures": self.figures[FIGURE_COLUMNS].to_dict("records"),
            "claims": self.claims.to_dict("records"),
            "contrasts": self.contrasts.to_dict("records"),
        }


def ledger(figures: pd.DataFrame, text_of: TextOf) -> Ledger:
    """Align the figures of all sides.

    Args:
        figures: one row a figure: the fields of `Figure` and id, document, side, outlet, date.
        text_of: the text of a field of a document, for the words around a figure.

    Returns:
        Claims in the order in which their first figure appears; contrasts likewise. Only comparable figures
        with a measure are claims. Doubt pairs nothing: a false conflict is worse than a missed one.
    """
    return ledger_of(tellings(figures, text_of), figures)


def ledger_of(known: Tellings, figures: pd.DataFrame, chosen: np.ndarray | None = None) -> Ledger:
    """The ledger of figures of which it is known how they go together.

    Args:
        known: the tellings of these figures, or of more.
        figures: their rows.
        chosen: whether each row of the table that the tellings are of is among them; None for all.
    """
    everything = np.arange(len(known.told)), known.fits, known.contrasts
    places, fits, contrasts = everything if chosen is None else known.among(chosen)
    found = [{"id": f"{item.a}|{item.b}", **vars(item)} for item in contrasts]
    inside = {name: pd.Series([row[name] for row in found], dtype=object) for name in CONTRAST_COLUMNS}
    return Ledger(figures, _claims(known, places, aligned(fits)), pd.DataFrame(inside))


def _claims(known: Tellings, places: np.ndarray, pairs: Sequence[Fit]) -> pd.DataFrame:
    """The claims of some told figures, in order of appearance: one of all that pairs over sides or kin join."""
    leader, of_kin = _leaders(pairs), np.arange(len(known.told))
    of_kin[list(leader)] = list(leader.values())
    group = of_kin[known.kin[places]]
    names, first, own, size = np.unique(group, return_index=True, return_inverse=True, return_counts=True)
    columns = {name: values[places[np.sort(first)]] for name, values in known.alone.items()}
    row = dict(zip(names.tolist(), np.argsort(np.argsort(first)).tolist(), strict=True))
    joined: dict[int, tuple[list[Told], list[Fit]]] = defaultdict(lambda: ([], []))
    for at in np.flatnonzero(size[own] > 1).tolist():
        joined[int(group[at])][0].append(known.told[places[at]])
    for pair in pairs:
        joined[leader[pair.one.kin]][1].append(pair)
    for name, together in joined.items():
        for column, value in _claim(*together).items():
            columns[column][row[name]] = value
    return pd.DataFrame({name: pd.Series(columns[name], dtype=object) for name in CLAIM_COLUMNS})


def _leaders(pairs: Sequence[Fit]) -> dict[int, int]:
    """The kin that stands for all that pairs join with one, of each of those."""
    joined = Joined()
    for pair in pairs:
        joined.join(pair.one.kin, pair.other.kin)
    return {kin: joined.first(kin) for pair in pairs for kin in (pair.one.kin, pair.other.kin)}


def _claim(cluster: Sequence[Told], pairs: Sequence[Fit]) -> dict[str, Any]:
    broadest = cluster[0]
    sides: dict[str, list[str]] = {}
    # Of several places and days the first in alphabetical order, so that the order of the sides does not show.
    for row in cluster:
        sides.setdefault(row.side, []).append(row.id)
        if row.breadth < broadest.breadth:
            broadest = row
    return {
        "id": cluster[0].id,
        "object": broadest.object,
        "measure": broadest.measure,
        "kind": broadest.kind,
        "place": min({row.place for row in cluster if row.place}, default=None),
        "day": _day({row.day for row in cluster if row.day}),
        "status": _status([pair.verdict for pair in pairs]),
        "figures": sides,
        "pairs": [
            {"a": pair.one.id, "b": pair.other.id, "verdict": pair.verdict, "ratio": pair.ratio} for pair in pairs
        ],
    }


def _day(days: Collection[str]) -> str | None:
    """The day of a quantity of one day; None for what is counted day after day."""
    return min(days) if 0 < len(days) <= NAMES_OF_A_DAY else None


def _status(verdicts: list[str]) -> str:
    """The hardest verdict over sides; one_side without any."""
    return next((verdict for verdict in ("conflict", "compatible", "agree") if verdict in verdicts), "one_side")
