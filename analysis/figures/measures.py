"""What was done to the things a figure counts: launched, killed, displaced ... read from the words that govern it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from analysis.figures.lexicon import lexicon
from analysis.figures.objects import Phrase, classes, singular

DEEPEST = 8
"""Steps from a number up the parse tree in which its verb is looked for."""

CARRIERS = frozenset(
    "be reach rise stand put climb total exceed surpass top hit jump grow fall drop increase go come bring set number remain give have see "
    "estimate revise pass include report say leave result cause make become call list mention count record".split()
)
"""Verbs that carry a number without saying what was done: "the death toll reached 5", "left three dead"."""


@cache
def _triggers(part: str) -> dict[str, list[str]]:
    """Word -> measures whose `part` (verbs, subjects, states, nouns) holds it, in the lexicon's order."""
    found: dict[str, list[str]] = {}
    for name, entry in lexicon("measures").items():
        for word in entry.get(part, []):
            found.setdefault(word, []).append(name)
    return found


def _fitting(part: str, words: list[str], objects: tuple[str, ...]) -> str | None:
    """The first measure that one of the words names and that takes such objects, particular before general."""
    for word in words:
        names = _triggers(part).get(word, [])
        limited = [name for name in names if set(lexicon("measures")[name].get("objects", [])) & set(objects)]
        free = [name for name in names if not lexicon("measures")[name].get("objects")]
        if limited or free:
            return (limited or free)[0]
    return None


def measure_of(number: Token, phrase: Phrase | None, object_id: str | None, kind: str) -> str | None:
    """The measure of the number at token `number` whose counted phrase and object are given; None if not told.

    Looked up in order: the counted noun itself ("four injuries"), a state beside it ("three dead"), a participle
    or relative clause on it ("60 drones shot down"), then the verbs and nouns above it in the parse.
    """
    objects = (classes(object_id) if object_id else ()) + (kind,)
    anchor = phrase.head if phrase else number
    return (
        _own_noun(phrase, objects)
        or _state_beside(number, phrase, objects)
        or _governing(anchor, objects)
        or _participle(anchor, objects)
    )


def _own_noun(phrase: Phrase | None, objects: tuple[str, ...]) -> str | None:
    if phrase is None:
        return None
    return _fitting("nouns", [singular(phrase.head.text)], objects) or _fitting(
        "states", [token.lower_ for token in phrase.tokens], objects
    )


def _state_beside(number: Token, phrase: Phrase | None, objects: tuple[str, ...]) -> str | None:
    """ "Three dead", "40 wounded", "12 people missing"."""
    after = (phrase.tokens[-1] if phrase else number).i + 1
    doc = number.doc
    if after >= len(doc) or doc[after].tag_ == "VBD" and doc[after].dep_ == "ROOT" and phrase is None:
        pass
    pair = [token.lower_ for token in doc[after : after + 2]]
    return _fitting("states", [" ".join(pair), *pair[:1]], objects) if pair else None


def _participle(anchor: Token, objects: tuple[str, ...]) -> str | None:
    """A participle or relative clause on the counted noun."""
    for child in anchor.children:
        if child.dep_ in ("acl", "relcl", "amod") and child.pos_ == "VERB":
            role = "subjects" if child.tag_ == "VBG" or child.dep_ == "relcl" and not _is_passive(child) else "verbs"
            if found := _by_verb(child, role, objects):
                return found
    return None


def _governing(anchor: Token, objects: tuple[str, ...]) -> str | None:
    for governor, role in governors(anchor):
        if governor.pos_ in ("VERB", "AUX"):
            if found := _by_verb(governor, role, objects) or _carried(governor, anchor, objects):
                return found
        elif governor.pos_ in ("NOUN", "PROPN", "ADJ"):
            words = [singular(governor.text)]
            if found := _fitting("nouns", words, objects) or _fitting("states", words, objects):
                return found
    return None


def governors(token: Token) -> Iterator[tuple[Token, str]]:
    """The words above a token, nearest first, each with the role the token plays: subjects or verbs (its object)."""
    role = "verbs"
    at = token
    for _ in range(DEEPEST):
        above = at.head
        if above.i == at.i:
            return
        if at.dep_ in ("nsubj", "csubj", "expl"):
            role = "verbs" if _is_passive(above) else "subjects"
        elif at.dep_ in ("dobj", "nsubjpass", "attr", "oprd", "dative", "pobj"):
            role = "verbs"
        elif at.dep_ in ("relcl", "acl") and at.pos_ == "VERB":
            return
        if at.dep_ == "conj" and above.pos_ in ("VERB", "AUX") and at.pos_ in ("VERB", "AUX"):
            return
        if above.pos_ in ("VERB", "AUX", "NOUN", "PROPN", "ADJ") and at.dep_ not in ("conj", "appos"):
            yield above, role
        if at.dep_ in ("ccomp", "advcl", "parataxis"):
            return
        at = above


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)


def _by_verb(verb: Token, role: str, objects: tuple[str, ...]) -> str | None:
    return _fitting(role, verb_forms(verb), objects)


def verb_forms(verb: Token) -> list[str]:
    """A verb with its particle, object or preposition phrase, longest first: "lose life", "shoot down", "lose"."""
    lemma = verb.lemma_.lower()
    forms: list[str] = []
    for child in verb.children:
        if child.dep_ == "prep":
            forms += [f"{lemma} {child.lower_} {singular(grand.text)}" for grand in child.children if grand.dep_ == "pobj"]
            forms.append(f"{lemma} {child.lower_}")
        elif child.dep_ in ("prt", "advmod", "acomp", "oprd", "xcomp"):
            forms.append(f"{lemma} {child.lower_}")
        elif child.dep_ in ("dobj", "attr"):
            forms.append(f"{lemma} {singular(child.text)}")
    return [*sorted(forms, key=lambda form: -len(form)), lemma]


def _carried(verb: Token, anchor: Token, objects: tuple[str, ...]) -> str | None:
    """The measure a carrier verb passes on from its subject, object or complement: "the toll rose to 5"."""
    if verb.lemma_.lower() not in CARRIERS:
        return None
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "acomp", "attr", "oprd", "xcomp") and child.i != anchor.i:
            near = [token for token in child.subtree if token.pos_ in ("NOUN", "ADJ", "VERB", "PROPN", "ADP")][:8]
            for token in near:
                words = [" ".join([token.lower_, "for"]), token.lower_, singular(token.text)]
                if found := _fitting("states", words, objects) or _fitting("nouns", words, objects):
                    return found
    return None


def fallback(number: Token, phrase: Phrase | None) -> str | None:
    """The verb over the number as a participle ("drowned"), where the lexicon knows none."""
    anchor = phrase.head if phrase else number
    for governor, _ in governors(anchor):
        if governor.pos_ == "VERB":
            return participle(governor)
    return None


def participle(verb: Token) -> str:
    """The past participle of a verb, as printed where it is one, else made the regular way."""
    if verb.tag_ in ("VBN", "VBD"):
        return verb.lower_
    lemma = verb.lemma_.lower()
    if lemma.endswith("e"):
        return lemma + "d"
    return lemma[:-1] + "ied" if lemma.endswith("y") and lemma[-2:-1] not in "aeiou" else lemma + "ed"
