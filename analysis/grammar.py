"""What the parse ties to a word: the subject of a verb, the noun behind a preposition."""

from __future__ import annotations

from spacy.tokens import Token

_FINITE = ("VBD", "VBZ", "VBP", "MD")


def own_subject(verb: Token) -> Token | None:
    """The active subject that hangs on the verb itself."""
    return next((child for child in verb.children if child.dep_ == "nsubj"), None)


def agent_of(verb: Token) -> Token | None:
    """Who does what a passive tells: "put at 60 by police"."""
    by = next((child for child in verb.children if child.dep_ == "agent"), None)
    return noun_behind(by) if by is not None else None


def noun_behind(preposition: Token) -> Token | None:
    """The noun that a preposition governs."""
    return next((child for child in preposition.children if child.dep_ == "pobj"), None)


def is_finite(token: Token) -> bool:
    """Whether it is a verb in a tense, or "may", "will" and their like."""
    return token.tag_ in _FINITE
