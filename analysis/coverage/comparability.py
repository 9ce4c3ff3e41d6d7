"""How far the sides' texts can be compared at all: days, events, length, what they share, copies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from analysis.corpus import Side
from analysis.coverage.absence import comparison
from analysis.reading import Selected
from analysis.terms.matrix import passage_matrix

LEAST_TOLD = 2
"""Passages of an article with a counterpart from which another side tells its event too; one may be background."""

MOSTLY = 0.5
"""Share of every side's articles from which the sides tell the same events."""

COPIED_LIKENESS = 0.9
"""Cosine from which a passage is the same text as its counterpart, a word apart."""

COPIED = 0.5
"""Share of an article's passages that must be so for it to be a copy."""

EVENTS = {
    "none": "nothing to compare with",
    "same": "same event",
    "perhaps": "perhaps the same event",
    "partly": "partly the same events",
    "different": "different events",
    "unknown": "events not compared (passages too short or too many)",
}
"""Event -> its words."""


def comparability(selected: Selected) -> dict[str, Any]:
    """How far the sides' texts are comparable at all.

    An article's event is told by another side too when LEAST_TOLD of its passages have a counterpart there. The sides
    tell the *same* event when that holds for MOSTLY of every side's articles, *partly* when it does for some,
    *perhaps* when single passages have a counterpart, and *different* events when none has; *unknown* where no passage
    was compared.

    Keys: days (by side), same_days, articles, words, passages, matched (passages long enough to be compared, and those
    with a counterpart), told (articles whose event another side tells too), copies (articles that are nearly word for
    word in another side's article), all by side; content_words and shared_words (distinct ones in any side, in every
    side), names and shared_names (the same of names), shared_figures (quantities given by more than one side), event
    (a key of EVENTS), sentence.
    """
    sides = selected.sides
    days = {side.id: _days(selected, side) for side in sides}
    words = [_content_words(selected, side) for side in sides]
    names = [set(selected.mentions.loc[selected.mentions["side"] == side.id, "entity"]) for side in sides]
    sizes = selected.sizes.set_index("side").loc[[side.id for side in sides]]
    claims = selected.ledger.claims
    facts = {
        "days": days,
        "same_days": len(sides) > 1 and len(set(map(tuple, days.values()))) == 1,
        "articles": sizes["documents"].to_dict(),
        "words": sizes["words"].to_dict(),
        **_counterparts(selected),
        "content_words": len(set().union(*words)),
        "shared_words": len(set.intersection(*words)) if words else 0,
        "names": len(set().union(*names)),
        "shared_names": len(set.intersection(*names)) if names else 0,
        "shared_figures": int((claims["status"] != "one_side").sum()) if len(claims) else 0,
    }
    facts["event"] = _event(facts)
    return facts | {"sentence": _sentence(facts, sides)}


def _counterparts(selected: Selected) -> dict[str, dict[str, int]]:
    """Passages and articles of each side with a counterpart in any other."""
    table = comparison(selected).aligned
    position = dict(zip(selected.passages["id"], selected.passages["position"], strict=True))
    table = table.assign(
        article=[position[passage] for passage in table["passage"]],
        compared=table["state"] != "too_short",
        matched=table["state"] == "matched",
        copied=(table["state"] == "matched") & (table["likeness"] >= COPIED_LIKENESS),
    )
    passages = table.groupby(["side", "passage"], sort=False).agg(
        article=("article", "first"), compared=("compared", "any"), matched=("matched", "any"), copied=("copied", "any")
    )
    articles = passages.groupby(["side", "article"], sort=False)[["compared", "matched", "copied"]].sum()
    told = articles["matched"] >= np.minimum(LEAST_TOLD, articles["compared"].clip(lower=1))
    copies = (articles["copied"] > 0) & (articles["copied"] >= COPIED * articles["compared"])
    counts = {
        "passages": passages["compared"].groupby(level="side").sum(),
        "matched": passages["matched"].groupby(level="side").sum(),
        "told": told.groupby(level="side").sum(),
        "copies": copies.groupby(level="side").sum(),
    }
    return {name: {side.id: int(values.get(side.id, 0)) for side in selected.sides} for name, values in counts.items()}


def _event(facts: dict[str, Any]) -> str:
    if len(facts["articles"]) < 2:
        return "none"
    if not any(facts["passages"].values()):
        return "unknown"
    if not any(facts["matched"].values()):
        return "different"
    shares = [facts["told"][side] / articles for side, articles in facts["articles"].items()]
    if min(shares) >= MOSTLY:
        return "same"
    return "partly" if max(shares) > 0 and max(facts["articles"].values()) > 1 else "perhaps"


def _sentence(facts: dict[str, Any], sides: Sequence[Side]) -> str:
    """All of it in a line: "Same day, different events: 38 of 419 content words and no figure shared. ..."."""
    if len(sides) < 2:
        return "Only one side has passages in this selection: there is nothing to compare it with."
    days = "Same days" if facts["same_days"] else "Different days"
    if facts["same_days"] and all(len(own) == 1 for own in facts["days"].values()):
        days = "Same day"
    days = "Days unknown" if not all(facts["days"].values()) else days
    event = EVENTS[facts["event"]]
    event = "same events" if facts["event"] == "same" and max(facts["articles"].values()) > 1 else event
    figures = {0: "no figure", 1: "1 figure"}.get(facts["shared_figures"], f"{facts['shared_figures']:,} figures")
    shared = f"{facts['shared_words']:,} of {facts['content_words']:,} content words and {figures} shared"
    told = " and ".join(
        f"{facts['matched'][side.id]:,} of {facts['passages'][side.id]:,} {side.label} passages" for side in sides
    )
    return f"{days}, {event}: {shared}. {told} have a counterpart.{_copies(facts)}"


def _copies(facts: dict[str, Any]) -> str:
    copies = sum(facts["copies"].values())
    if not copies:
        return ""
    if copies == 1:
        return " 1 article stands nearly word for word on another side too."
    return f" {copies:,} articles stand nearly word for word on another side too."


def _days(selected: Selected, side: Side) -> list[str]:
    own = selected.documents[selected.documents["side"] == side.id]
    return sorted({str(day) for day in own["date"] if day is not None})


def _content_words(selected: Selected, side: Side) -> set[str]:
    own = selected.passages[selected.passages["side"] == side.id]
    return set(passage_matrix(selected.reading.counts, own.index)[1])
