"""The words of a sentence by which two counts of one thing are known again."""

from __future__ import annotations

import re
from functools import cache

from Stemmer import Stemmer

from analysis.calendar import MONTH, day_names
from analysis.figures.lexicon import lexicon
from analysis.figures.objects import is_known, singular
from analysis.terms.counts import stopwords

_WORD = re.compile(r"[A-Za-z][A-Za-z-]{2,}")
_NAME = re.compile(r"[A-Z][A-Za-z]{2,}")
_TIME = re.compile(rf"\b(?:[Ii]n|[Ll]ast)\s+((?:{MONTH}\s+)?(?:19|20)\d\d|{MONTH})\b")
_stemmed = Stemmer("english").stemWord

WORDS_BEFORE, WORDS_AFTER = 5, 6
"""Words before and from a number on among which what is counted and its verb mostly stand."""


def telling_words(sentence: str) -> frozenset[str]:
    """The stems of its words, without function words, verbs of saying, and names of things and acts counted."""
    return frozenset(stem for word in _WORD.findall(sentence) if (stem := _stem(word.casefold())))


def words_around(text: str, start: int, end: int, at: int) -> frozenset[str]:
    """The stems of the few words of a sentence before and after an offset, known or not, without numbers and units."""
    before = _WORD.findall(text[start:at])[-WORDS_BEFORE:]
    after = _WORD.findall(text[at:end])[:WORDS_AFTER]
    words = {word.casefold() for word in (*before, *after)}
    return frozenset(_stemmed(singular(word)) for word in words - stopwords() - _amounts())


def times_in(sentence: str) -> frozenset[str]:
    """The years and months in which it says something was: "in 1998", "last November"."""
    return frozenset(time.casefold() for time in _TIME.findall(sentence))


def names_in(sentence: str) -> frozenset[str]:
    """The words of a sentence, but for its first, that begin with a capital, without days."""
    names = {name.group().casefold() for name in _NAME.finditer(sentence) if name.start()}
    return frozenset(names - day_names())


@cache
def _stem(word: str) -> str | None:
    base = singular(word)
    if word in stopwords() or base in _common() or is_known(base):
        return None
    stem = _stemmed(base)
    return None if stem in _common() else stem


@cache
def _amounts() -> frozenset[str]:
    """Words of numbers and units."""
    numbers = {word for entry in lexicon("numbers").values() for word in _listed(entry)}
    return frozenset(numbers | {word for entry in lexicon("units").values() for word in entry["words"]})


@cache
def _common() -> frozenset[str]:
    """Words, and their stems, that stand beside any count."""
    words = {
        word
        for entry in lexicon("measures").values()
        for role in _ROLES
        for word in " ".join(entry.get(role, ())).split()
    }
    words |= {word for entry in lexicon("cues").values() if isinstance(entry, dict) for word in entry.get("words", ())}
    words |= _amounts() | set(lexicon("cues")) | set(lexicon("nouns")["edges"]["words"])
    return frozenset(words | {_stemmed(word) for word in words})


_ROLES = ("verbs", "subjects", "states", "nouns", "people")


def _listed(entry: object) -> list[str]:
    """The words of a list or table of the lexicon, one by one."""
    listed = entry if isinstance(entry, list | dict) else [str(entry)]
    return [word for phrase in listed for word in str(phrase).split()]
