"""How far the sides' texts can be compared at all: days, events, length, what they share, copies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from analysis.corpus import Side
from analysis.coverage.absence import Comparison
from analysis.coverage.alignment import STATES, Counterparts
from analysis.coverage.inverse import NameIndex
from analysis.reading import Selected

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
    words, names = _words(selected), _names(selected)
    sizes = selected.sizes.set_index("side").loc[[side.id for side in sides]]
    claims = selected.ledger.claims
    facts = {
        "days": days,
        "same_days": len(sides) > 1 and len(set(map(tuple, days.values()))) == 1,
        "articles": sizes["documents"].to_dict(),
        "words": sizes["words"].to_dict(),
        **_counterparts(selected),
        "content_words": int(words.any(axis=0).sum()),
        "shared_words": int(words.all(axis=0).sum()) if sides else 0,
        "names": int(names.any(axis=0).sum()),
        "shared_names": int(names.all(axis=0).sum()) if sides else 0,
        "shared_figures": int((claims["status"] != "one_side").sum()) if len(claims) else 0,
    }
    facts["event"] = _event(facts)
    return facts | {"sentence": _sentence(facts, sides)}


def _counterparts(selected: Selected) -> dict[str, dict[str, int]]:
    """Passages and articles of each side with a counterpart in any other."""
    counts = {name: {side.id: 0 for side in selected.sides} for name in ("passages", "matched", "told", "copies")}
    by_side: dict[str, list[Counterparts]] = {}
    for (side, _), found in selected.once(Comparison).counterparts.items():
        by_side.setdefault(side, []).append(found)
    for side, own in by_side.items():
        for name, count in _of_side(selected, own).items():
            counts[name][side] = count
    return counts


def _of_side(selected: Selected, found: Sequence[Counterparts]) -> dict[str, int]:
    """The same of one side, given its passages with those of each other side."""
    own = found[0].own
    state = np.array([each.state for each in found])
    alike = np.array([each.likeness for each in found])
    matched = state == STATES.index("matched")
    kinds = {
        "compared": (state != STATES.index("too_short")).any(axis=0),
        "matched": matched.any(axis=0),
        "copied": (matched & (alike >= COPIED_LIKENESS)).any(axis=0),
    }
    article = np.unique(selected.reading.index.position[own], return_inverse=True)[1]
    by_article = {name: np.bincount(article, held) for name, held in kinds.items()}
    told = by_article["matched"] >= np.minimum(LEAST_TOLD, np.maximum(by_article["compared"], 1))
    copies = (by_article["copied"] > 0) & (by_article["copied"] >= COPIED * by_article["compared"])
    passages = {"passages": kinds["compared"], "matched": kinds["matched"]}
    return {name: int(held.sum()) for name, held in (passages | {"told": told, "copies": copies}).items()}


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
    days = _told_days([set(own) for own in facts["days"].values()])
    event = EVENTS[facts["event"]]
    event = "same events" if facts["event"] == "same" and max(facts["articles"].values()) > 1 else event
    figures = {0: "no figure", 1: "1 figure"}.get(facts["shared_figures"], f"{facts['shared_figures']:,} figures")
    shared = f"{facts['shared_words']:,} of {facts['content_words']:,} content words and {figures} shared"
    told = " and ".join(
        f"{facts['matched'][side.id]:,} of {facts['passages'][side.id]:,} {side.label} passages" for side in sides
    )
    return f"{days}, {event}: {shared}. {told} have a counterpart.{_copies(facts)}"


def _told_days(days: Sequence[set[str]]) -> str:
    """Whether the sides write on the same days, else how many of all their days they share."""
    if not all(days):
        return "Days unknown"
    shared, every = set.intersection(*days), set.union(*days)
    if shared == every:
        return "Same day" if len(every) == 1 else "Same days"
    return f"{len(shared):,} of {len(every):,} days shared" if shared else "No day shared"


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


def _words(selected: Selected) -> np.ndarray:
    """Whether each side holds each content word: of shape (sides, words)."""
    counts, chosen = selected.reading.counts, selected.once(Comparison).of_side
    held = np.zeros((len(chosen), len(counts.vocabulary)), bool)
    row = counts.layout.row[counts.stream.passage]
    for number, own in enumerate(chosen.values()):
        held[number, counts.stream.term[own[row]]] = True
    return held & ~counts.unlisted


def _names(selected: Selected) -> np.ndarray:
    """Whether each side uses each name: of shape (sides, names)."""
    entity, row = selected.reading.once(NameIndex).entity, selected.reading.rows("mentions")
    chosen = selected.once(Comparison).of_side
    held = np.zeros((len(chosen), len(entity.names)), bool)
    for number, own in enumerate(chosen.values()):
        held[number, entity.code[own[row]]] = True
    return held
