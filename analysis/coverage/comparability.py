"""How far the sides' texts can be compared at all."""

from __future__ import annotations

from typing import Any

from analysis.corpus import Side
from analysis.reading import Selected
from analysis.terms.matrix import passage_matrix


def comparability(selected: Selected) -> dict[str, Any]:
    """How far the sides' texts are comparable at all.

    Keys: days (by side), same_days, content_words and shared_words (distinct content words in any side, in
    every side), shared_figures (quantities given by more than one side), sentence.
    """
    sides = selected.sides
    days = {side.id: _days(selected, side) for side in sides}
    words = [_content_words(selected, side) for side in sides]
    every, shared = set().union(*words), set.intersection(*words) if words else set()
    claims = selected.ledger.claims
    figures = int((claims["status"] != "one_side").sum()) if len(claims) else 0
    same_days = len(sides) > 1 and len(set(map(tuple, days.values()))) == 1
    facts = {
        "days": days,
        "same_days": same_days,
        "content_words": len(every),
        "shared_words": len(shared),
        "shared_figures": figures,
    }
    return facts | {"sentence": _sentence(facts, len(sides))}


def _sentence(facts: dict[str, Any], sides: int) -> str:
    if sides < 2:
        return "Only one side has passages in this selection: there is nothing to compare it with."
    when = "Same days" if facts["same_days"] else "Different days"
    if facts["same_days"] and all(len(days) == 1 for days in facts["days"].values()):
        when = "Same day"
    shared = facts["shared_figures"]
    figures = {0: "no figure", 1: "1 figure"}.get(shared, f"{shared} figures")
    return (
        f"{when}. The sides share {facts['shared_words']:,} of {facts['content_words']:,} content words and {figures}."
    )


def _days(selected: Selected, side: Side) -> list[str]:
    own = selected.documents[selected.documents["side"] == side.id]
    return sorted({str(day) for day in own["date"] if day is not None})


def _content_words(selected: Selected, side: Side) -> set[str]:
    own = selected.passages[selected.passages["side"] == side.id]
    return set(passage_matrix(selected.reading.counts, own.index)[1])
