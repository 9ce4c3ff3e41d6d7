"""Which measure of the lexicon a word names for the things counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from spacy.tokens import Token

from analysis.figures.lexicon import lexicon
from analysis.figures.objects import classes, is_known, singular
from analysis.figures.verbs import NOT, denied, is_passive, subject_beside, verb_forms

GUESSED = "?"
"""Mark of a class that is only guessed."""


_ACTING = re.compile(r"(?:er|or|ist|ian|ant|ee|man|woman|ite|ard|ive|al)$")
"""Endings of nouns that may be people: "planners", "separatists"; not of "grenades" or "complaints"."""


@cache
def triggers(part: str) -> dict[str, list[str]]:
    """Word -> measures whose `part` (verbs, subjects, states, nouns) holds it, in the lexicon's order."""
    found: dict[str, list[str]] = {}
    for name, entry in lexicon("measures").items():
        for word in entry.get(part, []):
            found.setdefault(word, []).append(name)
    return found


def fitting(part: str, words: Iterable[str], objects: tuple[str, ...]) -> str | None:
    """The measure that one of the words names and that takes such objects, for the narrowest class first."""
    sure = part in ("subjects", "nouns")
    wanted = [name.removesuffix(GUESSED) for name in objects if not (sure and name.endswith(GUESSED))]
    for word in words:
        names = triggers(part).get(word, [])
        for known in wanted:
            for name in names:
                if known in _classes_of(name, part):
                    return str(lexicon("measures")[name].get("means", name))
        for name in names:
            if not lexicon("measures")[name].get("objects"):
                return name
    return None


def _classes_of(measure: str, part: str) -> list[str]:
    """The classes a measure is said of; of those that act they may be fewer."""
    entry = lexicon("measures")[measure]
    acting = entry.get("acting") if part == "subjects" else None
    return list(acting or entry.get("objects", []))


def chain(object_id: str | None, kind: str) -> tuple[str, ...]:
    """What a measure's `objects` are compared with: the object's classes, narrow to broad, its kind, and "thing".

    Of shares the kind comes first ("turnout"). What the lexicon does not know may be people, if the verb acts
    upon people only ("76 planners were arrested").
    """
    own = classes(object_id) if object_id else ()
    guessed = ("person" + GUESSED,) if object_id and not is_known(object_id) and _ACTING.search(object_id) else ()
    things = () if "person" in own else ("thing",)
    return (kind, *own, *things) if kind == "share" else (*own, kind, *things, *guessed)


def takes(measure: str, objects: tuple[str, ...]) -> bool:
    """Whether a measure may be said of such objects; of one the lexicon does not know it always may."""
    wanted = lexicon("measures").get(measure, {}).get("objects", [])
    known = {name.removesuffix(GUESSED) for name in objects}
    return not wanted or bool(known & set(wanted))


def family(measure: str) -> str:
    """The measures by which one act may be called, by one name."""
    return str(lexicon("measures")[measure].get("family", measure))


def by_clause(verb: Token, objects: tuple[str, ...], anchor: Token | None) -> str | None:
    """What subject and verb tell together of the rest: "power was out for 4,000 homes"."""
    subject = subject_beside(verb, anchor)
    named = singular(subject.text) if subject is not None else ""
    told = named in _clause_subjects()
    forms = verb_forms(verb, anchor) if told else []
    return fitting("clauses", [f"{named} {form}" for form in forms], objects)


@cache
def _clause_subjects() -> frozenset[str]:
    return frozenset(clause.split()[0] for clause in triggers("clauses"))


def by_verb(verb: Token, role: str, objects: tuple[str, ...], anchor: Token | None = None) -> str | None:
    """The measure a verb names for things in that role ("verbs": acted upon, "subjects": acting)."""
    forms = verb_forms(verb, anchor)
    found = by_clause(verb, objects, anchor) or fitting(role, forms, objects)
    if (
        found
        and denied(verb)
        and not any(found in triggers(role).get(form, ()) for form in forms if form.startswith(NOT))
    ):
        return f"not_{found}"
    if found is None and role == "subjects" and verb.dep_ == "conj" and is_passive(verb.head):
        found = fitting("verbs", forms, objects)
    if found is None and role == "subjects":
        found = fitting("states", (f"{verb.lower_} for", verb.lower_), objects)
    if found is None and verb.tag_ == "VBG":
        found = fitting("states", (verb.lower_,), objects)
    states = [form.removeprefix("be ") for form in forms[:-1]]
    return found or (fitting("states", states, objects) if role == "subjects" else None)
