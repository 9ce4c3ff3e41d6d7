"""Who a verb says is speaking: its subject, its agent, or the subject of the verb it depends on."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

CLIMB = 6
"""Verbs between a cue and its subject; longer chains are parser errors."""


@dataclass(frozen=True)
class Source:
    """Head word and tokens of a source, empty when none is printed."""

    head: Token | None
    tokens: tuple[Token, ...]
    passive: bool = False
    passive_subject: Token | None = None


def source_of(verb: Token) -> Source:
    """The source of a reporting verb."""
    passive = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if passive is not None or (verb.tag_ == "VBN" and verb.dep_ in ("acl", "relcl")):
        agent = _agent(verb)
        return Source(agent, _phrase(agent, verb), True, passive if passive is not None else verb.head)
    head = _subject(verb)
    return Source(head, _phrase(head, verb))


def _agent(verb: Token) -> Token | None:
    for by in verb.children:
        if by.dep_ == "agent" or (by.dep_ == "prep" and by.lower_ == "by"):
            return next((c for c in by.children if c.dep_ == "pobj"), None)
    return None


def _subject(verb: Token) -> Token | None:
    """The nearest subject up the chain of verbs that share it."""
    for _ in range(CLIMB):
        own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
        if own:
            return own[-1] if own[-1].dep_ != "expl" else None
        if verb.dep_ == "acl":
            return verb.head
        if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "aux", "parataxis"):
            verb = verb.head
        else:
            return None
    return None


def _phrase(head: Token | None, verb: Token) -> tuple[Token, ...]:
    """The noun phrase of a head word, without the clause the verb itself stands in."""
    if head is None:
        return ()
    tokens = list(head.doc[head.left_edge.i : head.right_edge.i + 1])
    if head.i < verb.i:
        tokens = [t for t in tokens if t.i < verb.left_edge.i or (t.i < verb.i and t.i <= head.i)]
        if verb.dep_ == "acl":
            tokens = [t for t in tokens if t.i < verb.left_edge.i]
    else:
        tokens = [t for t in tokens if t.i > verb.i]
    while tokens and (tokens[-1].is_punct and tokens[-1].text not in (")", "]") or tokens[-1].is_space):
        tokens.pop()
    while tokens and (tokens[0].is_punct or tokens[0].is_space):
        tokens.pop(0)
    return tuple(tokens)


def verb_group(verb: Token) -> list[Token]:
    """The verb with auxiliaries, negation, adverbs between them and its particle."""
    near = [c for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "prt") and abs(c.i - verb.i) < 5]
    left = min([t.i for t in near if t.i < verb.i], default=verb.i)
    between = [t for t in verb.doc[left : verb.i] if t in near or t.dep_ == "advmod" and t.head == verb]
    return [*between, verb, *(t for t in near if t.dep_ == "prt" and t.i > verb.i)]
