"""What kind of source speaks and for which camp, from the words it is called by and the lexicons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from analysis.attribution.lexicon import entries

UNKNOWN_CAMP = "unknown"
OTHER_TYPE = "other"
POSSESSED = re.compile(r"['’]s?$")
WORDS = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?")
LONGEST_PHRASE = 6
"""Words in the longest entry of the source types."""


@dataclass(frozen=True)
class Holder:
    """A well-known person: given names, type and camp."""

    surname: str
    given: frozenset[str]
    type: str
    camp: str


@cache
def _phrases(key: str) -> dict[str, str]:
    """Roles or bodies, as phrases in small letters, with their type."""
    return {phrase: type_ for type_, entry in entries("source_types").items() for phrase in entry[key]}


@cache
def official_types() -> frozenset[str]:
    """The source types that speak for a state or one of its bodies."""
    return frozenset(type_ for type_, entry in entries("source_types").items() if entry.get("official", False))


@cache
def role_words() -> frozenset[str]:
    """Every single word that ends a role: "minister", "spokeswoman"."""
    return frozenset(phrase.split()[-1] for phrase in _phrases("roles"))


@cache
def holders() -> dict[str, Holder]:
    """Well-known people by family name."""
    found = {}
    for surname, entry in entries("office_holders").items():
        for spelling in (surname, *entry.get("variants", ())):
            found[spelling] = Holder(surname, frozenset(entry["given"].split()), entry["type"], entry["camp"])
    return found


@cache
def genders() -> dict[str, str]:
    """Given names and roles, in small letters, that go with "he" or "she" alone."""
    return {
        word: pronoun
        for pronoun, entry in entries("given_names").items()
        for word in f"{entry['names']} {entry['roles']}".split()
    }


@cache
def _camp_phrases() -> dict[str, tuple[str, str]]:
    """Phrase -> (camp, how: "names", "adjectives", "seats" or "bodies"); countries without a section too."""
    found: dict[str, tuple[str, str]] = {}
    for country, adjectives in entries("demonyms")["demonyms"].items():
        camp = country.lower().replace(" ", "_")
        found[country] = (camp, "names")
        found |= {form: (camp, "adjectives") for word in adjectives for form in (word, word + "s")}
    for camp, entry in entries("camps").items():
        for how in ("adjectives", "bodies", "seats", "names"):
            found |= dict.fromkeys(entry[how], (camp, how))
    return found


def camp_of(phrase: str) -> tuple[str, str] | None:
    """Camp of the last state, seat or body named in a phrase, and how it is named."""
    words = [POSSESSED.sub("", word) for word in WORDS.findall(phrase)]
    table = _camp_phrases()
    for last in range(len(words), 0, -1):
        for first in range(max(0, last - LONGEST_PHRASE), last):
            text = " ".join(words[first:last])
            hit = table.get(text) or table.get(text.rstrip("."))
            if hit is not None:
                return hit
    return None


def owner_camp(phrase: str) -> str | None:
    """Camp of the well-known person something belongs to, as in the words "'s office" after a name."""
    words = [POSSESSED.sub("", word) for word in phrase.split() if POSSESSED.search(word)]
    return next((holders()[word].camp for word in words if word in holders()), None)


def is_seat(phrase: str) -> str | None:
    """The camp when the phrase is a state, or a capital that stands for it."""
    hit = _camp_phrases().get(phrase)
    return hit[0] if hit is not None and hit[1] in ("names", "seats") else None


def type_of(phrase: str) -> str | None:
    """The source type of a noun phrase without its post-modifiers: its last role or body word decides."""
    words = [POSSESSED.sub("", word).lower() for word in WORDS.findall(phrase)]
    for last in range(len(words), 0, -1):
        for first in range(max(0, last - LONGEST_PHRASE), last):
            text = " ".join(words[first:last])
            hit = _phrases("roles").get(text) or _phrases("bodies").get(text)
            if hit is not None:
                return hit
    return None


def body_type(phrase: str) -> str | None:
    """The source type of a named institution, None when no word of it is that of a body."""
    words = [word.lower() for word in WORDS.findall(phrase)]
    for last in range(len(words), 0, -1):
        for first in range(max(0, last - LONGEST_PHRASE), last):
            hit = _phrases("bodies").get(" ".join(words[first:last]))
            if hit is not None:
                return hit
    return None
