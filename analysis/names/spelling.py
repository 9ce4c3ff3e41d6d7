"""Whether two spellings can be one name: known transcriptions of its letters, and how alike the words look."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

ALTERNATIONS = Path(__file__).parent.parent / "lexicons" / "spelling_alternations.tsv"

VOWELS = frozenset("aeiouyj")

LONGEST_ALTERNATION = 3

STEP = 1
"""Cost of one known alternation or of a doubled letter; anything else rules the pair out."""

KNOWN_WORDS = 1 << 17
"""Words whose letters are kept at hand: those of all names of a large corpus."""

Table = dict[str, frozenset[str]]


@cache
def alternations() -> Table:
    """For each group of letters the groups it is exchanged with."""
    table: dict[str, set[str]] = {}
    for one, other, _ in alternation_rows():
        table.setdefault(one, set()).add(other)
        table.setdefault(other, set()).add(one)
    return {letters: frozenset(others) for letters, others in table.items()}


def alternation_rows() -> list[tuple[str, str, str]]:
    """The lexicon's rows: one group of letters, the other, an example pair."""
    lines = ALTERNATIONS.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(one, other, example) for one, other, example in rows[1:]]


@lru_cache(KNOWN_WORDS)
def plain(word: str) -> str:
    """Letters and digits without accents, full stops, apostrophes and hyphens, in lower case."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())


def is_house_style(spellings: Iterable[str]) -> bool:
    """Whether spellings differ in full stops, hyphens, accents and capitals only: a matter of print, not of choice.

    >>> is_house_style(["F.B.I.", "FBI"]), is_house_style(["Odesa", "Odessa"])
    (True, False)
    """
    return len(set(map(plain, spellings))) == 1


@lru_cache(KNOWN_WORDS)
def skeleton(word: str) -> str:
    """The consonants of a word, with those that transcriptions exchange written alike.

    Spellings of one name share it; it is what candidates are looked up by.

    >>> skeleton("Chernihiv") == skeleton("Chernigov"), skeleton("Lviv") == skeleton("Lvov")
    (True, True)
    """
    letters = plain(word)
    for group, kept in _SKELETON:
        letters = letters.replace(group, kept)
    bones = "".join(letter for letter, before in zip(letters, " " + letters, strict=False) if letter != before)
    return "".join(letter for letter in bones if letter not in VOWELS)


_SKELETON = (
    ("x", "ks"),
    ("tch", "S"),
    ("sch", "S"),
    ("sh", "S"),
    ("ch", "S"),
    ("kh", "K"),
    ("gh", "K"),
    ("th", "t"),
    ("dh", "d"),
    ("tz", "ts"),
    ("dj", "Z"),
    ("zh", "Z"),
    *((letter, "K") for letter in "gkqch"),
    *((letter, "v") for letter in "wf"),
    ("z", "s"),
    ("b", "p"),
    ("S", "s"),
    ("Z", ""),
)
"""In this order: letter groups before their letters. What is a vowel in one transcription and a consonant in
another (`j`, `zh`) is left out."""


def explained(one: str, other: str) -> int | None:
    """How many known alternations turn one spelling into the other; None if they do not suffice.

    >>> explained("Odesa", "Odessa"), explained("Chernihiv", "Chernigov"), explained("Sandy", "Sunday")
    (1, 2, None)
    """
    first, second = plain(one), plain(other)
    reached: dict[tuple[int, int], int] = {(0, 0): 0}
    for i in range(len(first) + 1):
        for j in range(len(second) + 1):
            cost = reached.get((i, j))
            if cost is None:
                continue
            for di, dj, price in _steps(first, second, i, j):
                place = (i + di, j + dj)
                reached[place] = min(reached.get(place, cost + price), cost + price)
    return reached.get((len(first), len(second)))


def _steps(first: str, second: str, i: int, j: int) -> list[tuple[int, int, int]]:
    """Letters of both words that can be taken together at this place, and the price."""
    steps = []
    if first[i : i + 1] == second[j : j + 1] != "":
        steps.append((1, 1, 0))
    if i and first[i : i + 1] == first[i - 1]:
        steps.append((1, 0, STEP))
    if j and second[j : j + 1] == second[j - 1]:
        steps.append((0, 1, STEP))
    for size in range(1, LONGEST_ALTERNATION + 1):
        for group in alternations().get(first[i : i + size], ()) if i + size <= len(first) else ():
            if second.startswith(group, j):
                steps.append((size, len(group), STEP))
    return steps
