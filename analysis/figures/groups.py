"""Numbers of a group told by what befell it: "nine of the dead", "eleven of those rescued"."""

from __future__ import annotations

from analysis.figures.mentions import Mention
from analysis.figures.triggers import by_verb, chain, fitting

PEOPLE = chain("person", "count")
"""What such groups are of."""


def group_told(mention: Mention) -> str | None:
    """What befell the group of which so many are counted, where no noun names them."""
    doc, at = mention.doc, mention.span.end
    if mention.quantity.kind not in ("count", "share") or at + 2 >= len(doc) or doc[at].lower_ != "of":
        return None
    if doc[at + 1].lower_ == "those":
        return by_verb(doc[at + 2], "verbs", PEOPLE) if doc[at + 2].tag_ in ("VBN", "VBD") else _state(mention, at + 2)
    return _state(mention, at + 2) if doc[at + 1].lower_ in ("the", "these", "its", "their") else None


def _state(mention: Mention, at: int) -> str | None:
    """The state that a word tells, unless it narrows a noun: "of the wounded soldiers"."""
    doc = mention.doc
    narrows = at + 1 < len(doc) and doc[at + 1].pos_ in ("NOUN", "PROPN", "ADJ")
    return None if narrows else fitting("states", (doc[at].lower_,), PEOPLE)
