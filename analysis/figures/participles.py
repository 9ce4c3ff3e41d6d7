"""Measures that a participle or a relative clause on the counted noun tells: "60 drones shot down"."""

from __future__ import annotations

from spacy.tokens import Token

from analysis.figures.objects import Phrase
from analysis.figures.triggers import by_verb, fitting
from analysis.figures.verbs import is_passive, participle


def by_participle(anchor: Token, objects: tuple[str, ...], *, reduced: bool) -> str | None:
    """A participle ("60 drones shot down") or a relative clause ("drones that were shot down") on the noun."""
    for child in anchor.children:
        if child.dep_ == ("acl" if reduced else "relcl") and child.pos_ in ("VERB", "AUX") and _follows(anchor, child):
            active = child.tag_ == "VBG" or (
                child.dep_ == "relcl" and not is_passive(child) and not _has_subject(child)
            )
            found = by_verb(child, "subjects" if active else "verbs", objects)
            if found is None and child.tag_ == "VBN" and _is_misread(anchor):
                found = by_verb(child, "subjects", objects)
            if found := found or (_past_participle(child, objects) if child.tag_ == "VBG" else None):
                return found
    return None


def measure_told(phrase: Phrase | None, objects: tuple[str, ...]) -> str | None:
    """What a participle or clause on the noun tells of a whole: "the 4,000 tents it sent"."""
    if phrase is None:
        return None
    told = by_participle(phrase.head, objects, reduced=True) or by_participle(phrase.head, objects, reduced=False)
    return told or next(
        (
            participle(child)
            for child in phrase.head.children
            if child.dep_ == "acl" and child.tag_ == "VBN" and _follows(phrase.head, child)
        ),
        None,
    )


def _has_subject(verb: Token) -> bool:
    """ "The 4,000 tents it sent": the clause has a subject of its own, and what is counted is acted upon."""
    return any(child.dep_ == "nsubj" and child.lower_ not in ("who", "which", "that") for child in verb.children)


def _is_misread(anchor: Token) -> bool:
    """ "4,100 migrants crossed into Niger, the agency said": the parse makes the migrants the ones who said it."""
    others = [child for child in anchor.head.children if child.dep_ == "nsubj" and child.i != anchor.i]
    return anchor.dep_ == "nsubj" and bool(others)


def _past_participle(participle: Token, objects: tuple[str, ...]) -> str | None:
    """ "310 trucks carrying flour crossed": the main verb, which the parse hangs on the flour."""
    below = [token for token in participle.subtree if token.tag_ in ("VBN", "VBD") and token.dep_ == "acl"]
    return by_verb(below[0], "subjects", objects) if below and not is_passive(below[0]) else None


def _follows(anchor: Token, child: Token) -> bool:
    """Whether a participle or clause comes right behind its noun, no comma between."""
    between = anchor.doc[anchor.i + 1 : child.i]
    return child.i > anchor.i and (child.dep_ == "relcl" or not any(token.is_punct for token in between))


def is_absolute(anchor: Token) -> bool:
    """Whether "with" stands before the counted: "with 80% of ballots counted", "with 5,600 still at risk"."""
    return any(token.lower_ == "with" for token in anchor.doc[max(anchor.i - 5, 0) : anchor.i])


def absolute(anchor: Token, objects: tuple[str, ...]) -> str | None:
    """ "With 80% of ballots counted": the participle is the only verb of the phrase."""
    if not is_absolute(anchor):
        return None
    behind = anchor.doc[anchor.i + 1 : anchor.i + 2]
    next_to = [token for token in behind if token.tag_ in ("VBN", "VBD") and token.pos_ == "VERB"]
    if not next_to:
        return None
    words = [token.lower_ for token in anchor.doc[anchor.i + 1 : anchor.i + 3]]
    state = fitting("states", (" ".join(words), words[0]), objects)
    return state or by_verb(next_to[0], "verbs", objects) or participle(next_to[0])
