"""The verbs above a number in the parse, the role it plays for them, and their forms with particle and object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from analysis.figures.lexicon import lexicon
from analysis.figures.objects import singular
from analysis.grammar import own_subject

DEEPEST = 8
"""Steps from a number up the parse tree in which its verb is looked for."""


ADJUNCTS = frozenset(lexicon("verbs")["adjuncts"]["prepositions"])
"""Prepositions that tie a number to its verb as a place or time, not as what is acted upon."""


@cache
def carriers() -> frozenset[str]:
    """Verbs that carry a number without saying what was done: "the death toll reached 5", "left three dead"."""
    return frozenset(lexicon("verbs")["carriers"]["lemmas"])


def governors(token: Token) -> Iterator[tuple[Token, str]]:
    """The words above a token, nearest first, each with the role the token plays.

    Roles: "subjects", "verbs" (it is acted upon) or "adjunct" (a place or time of what the verb says).
    """
    role = "verbs"
    at = token
    for _ in range(DEEPEST):
        above = at.head
        if above.i == at.i or (at.dep_ in ("relcl", "acl") and at.pos_ == "VERB"):
            return
        if at.dep_ == "nsubj":
            role = "verbs" if is_passive(above) else "subjects"
        elif at.dep_ == "agent":
            role = "subjects"
        elif at.dep_ in ("dobj", "nsubjpass", "attr", "oprd", "dative", "pobj"):
            role = "verbs"
        elif at.dep_ == "prep" and at.lower_ in ADJUNCTS:
            role = "adjunct"
        if at.dep_ in ("conj", "ccomp", "advcl", "parataxis") and at.pos_ in ("VERB", "AUX"):
            return
        shared = at.dep_ == "conj" and above.pos_ == "VERB" and at.pos_ in ("NOUN", "PROPN", "NUM")
        if shared:
            yield above, "verbs"
        elif above.pos_ in ("VERB", "AUX", "NOUN", "PROPN", "ADJ") and at.dep_ not in (
            "conj",
            "appos",
            "nummod",
            "compound",
        ):
            yield above, role
        at = above


def subject_of(verb: Token) -> Token | None:
    """The active subject of a verb, its own or that of the verb it is coordinated with or hung on."""
    at = verb
    for _ in range(DEEPEST):
        own = own_subject(at)
        if own is not None or at.dep_ not in ("conj", "advcl", "xcomp") or at.head.pos_ not in ("VERB", "AUX"):
            return own
        at = at.head
    return None


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for: "the toll, which stood at 31"; any other token itself."""
    relative = token.tag_ in ("WDT", "WP") and token.head.dep_ == "relcl"
    return token.head.head if relative else token


def subject_beside(verb: Token, anchor: Token | None) -> Token | None:
    """The subject of a verb, active or passive, where it is not the anchor itself."""
    own = (antecedent(child) for child in verb.children if child.dep_ in ("nsubj", "nsubjpass"))
    return next((subject for subject in own if anchor is None or subject.i != anchor.i), None)


def is_passive(verb: Token) -> bool:
    """Whether a verb stands in the passive."""
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)


STAYING = ("stand", "lie", "sit", "remain", "stay")
"""Verbs that tell of a state as "be" does: houses stand under water, homes remain without power."""

NOT = "not "
"""Before the forms of a verb that is denied: "not find"."""


def denied(verb: Token) -> bool:
    """Whether a verb is denied: "were never vaccinated"."""
    return any(child.dep_ == "neg" for child in verb.children)


def particle_of(verb: Token) -> str | None:
    """The particle that makes another verb of it: "set up"."""
    return next((child.lower_ for child in verb.children if child.dep_ == "prt"), None)


_DOUBLED = re.compile(r"(?P<last>[bdgmnprt])(?P=last)(?:ing|ed)$")
"""The consonant is doubled in "manning" and "gutted"; the tagger makes "mane" and "gutte" of them."""


def lemma_of(verb: Token) -> str:
    """The lemma of a verb, lower case."""
    lemma = str(verb.lemma_.lower())
    doubled = _DOUBLED.search(verb.lower_)
    return lemma[: doubled.start() + 1] if doubled and lemma.endswith("e") else lemma


def verb_forms(verb: Token, anchor: Token | None = None) -> list[str]:
    """A verb with its particle, object or preposition phrase, longest first: "lose life", "shoot down", "lose".

    "Hit with" is said of what hits: of an `anchor` that does not stand behind "with" it is left out.
    """
    lemma = lemma_of(verb)
    behind = [token.lower_ for token in verb.doc[verb.i + 1 : verb.i + 2]]
    forms: list[str] = [f"{lemma} {word}" for word in behind if word in _PARTICLES]
    for child in verb.children:
        if child.dep_ in ("prep", "agent", "dative"):
            forms += [
                f"{lemma} {child.lower_} {singular(grand.text)}"
                for grand in child.children
                if grand.dep_ in ("pobj", "prep")
            ]
            if child.lower_ != "with" or anchor is None or anchor in child.subtree:
                forms.append(f"{lemma} {child.lower_}")
        elif child.dep_ in ("prt", "advmod", "acomp", "oprd", "xcomp") and not _is_remark(child, anchor):
            forms.append(f"{lemma} {child.lower_}")
            forms += [f"{lemma} {child.lower_} {grand.lower_}" for grand in child.children if grand.dep_ == "prep"]
            if child.dep_ == "xcomp":
                forms += [f"{lemma} {child.lemma_.lower()}", f"{lemma} to"]
        elif child.dep_ in ("dobj", "attr", "nsubjpass"):
            forms.append(f"{lemma} {singular(child.text)}")
    held = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass") and child is not anchor]
    forms += [
        f"{lemma} {singular(one.text)} {child.lower_}" for one in held for child in one.children if child.dep_ == "prep"
    ]
    forms += [
        f"{lemma} {singular(one.text)} {child.lower_}"
        for one in held
        for child in verb.children
        if child.dep_ == "prep"
    ]
    if particle := particle_of(verb):
        forms += [f"{lemma} {particle} {form.removeprefix(lemma + ' ')}" for form in forms if form.count(" ") < 3]
    if lemma in STAYING:
        forms += ["be" + form.removeprefix(lemma) for form in forms]
    forms = [*sorted(forms, key=lambda form: -len(form)), lemma]
    return [*(NOT + form for form in forms), *forms] if denied(verb) else forms


def _is_remark(adverb: Token, anchor: Token | None) -> bool:
    """ "Was 61%, down from 68%": behind a comma after what is counted it tells no more of the verb."""
    return anchor is not None and adverb.i > anchor.i and adverb.nbor(-1).text == ","


_PARTICLES = frozenset(lexicon("verbs")["particles"]["words"])


def participle(verb: Token) -> str:
    """The past participle of a verb with its particle: "drowned", "set_up"."""
    particle = particle_of(verb)
    return f"{_participle(verb)}_{particle}" if particle else _participle(verb)


def _participle(verb: Token) -> str:
    """As printed where it is one, irregular by the lexicon, else the regular way."""
    lemma = lemma_of(verb)
    if verb.tag_ == "VBN":
        return verb.lower_
    if lemma in lexicon("verbs")["participles"]:
        return str(lexicon("verbs")["participles"][lemma])
    if verb.tag_ == "VBD":
        return verb.lower_
    if lemma.endswith("e"):
        return lemma + "d"
    if _DOUBLED.search(verb.lower_):
        return lemma + lemma[-1] + "ed"
    return lemma[:-1] + "ied" if lemma.endswith("y") and lemma[-2:-1] not in "aeiou" else lemma + "ed"
