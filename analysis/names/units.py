"""Names as one would file them: a surname, a place without "Region", an organisation."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.distinct import distinct
from analysis.names.lexicon import known_kinds, name_key, name_words

MAIN_BEARER = 0.8
"""Share of a surname's full names that one first name must have for the surname alone to mean that person."""

INTRODUCED = 0.5

NUMERAL = re.compile(r"I{2,3}|IV")
"""What tells a bearer of a name from the ancestors, who are seldom in the same news."""

YOUNGER = re.compile(r"[JS]r\.?")
"""What tells a bearer of a name from one who may well be in the same news."""

TITLED = 0.1
"""Share of a bare surname's uses with a word of office before it, from which it is a person's beyond doubt: somebody
whom most readers know needs no introduction."""

SLIP = 0.01
"""Share of a name's uses with a word of office before it, up to which they prove no person: the office is another's."""


@dataclass(frozen=True)
class Units:
    """All units of some mentions.

    Attributes:
        keys: each unit, folded.
        printed: each unit as most often printed.
        kind: person, place, organisation or name.
        first: first token of its first mention.
        sides: mentions by side, of shape (units, sides).
        of_name: the unit of each category of `mentions.name`.
        given: the first names before each unit, folded.
        forename: of each unit's uses, the share as the first word of a longer name.
    """

    keys: list[str]
    printed: list[str]
    kind: list[str]
    first: np.ndarray
    sides: np.ndarray
    of_name: np.ndarray
    given: list[set[str]]
    forename: np.ndarray


def units(mentions: pd.DataFrame) -> Units:
    """File the names of some mentions."""
    names = mentions["name"].cat
    codes, side = names.codes.to_numpy(), mentions["side"].cat.codes.to_numpy()
    cores = [_core(name.split(" ")) for name in names.categories]
    titled = np.bincount(codes, mentions["title_start"].to_numpy() < mentions["start"].to_numpy(), minlength=len(cores))
    sizes = np.bincount(codes, minlength=len(cores))
    surnames = _surnames(cores, sizes, titled, _Articles(codes, mentions["document"].to_numpy()))
    filed = [core[-1:] if _is_full_name(core, surnames) else core for core in cores]
    of_name, keys = pd.factorize(np.array([name_key(" ".join(words)) for words in filed] or [""], object))
    of_name = of_name[: len(cores)]
    table = np.zeros((len(keys), len(mentions["side"].cat.categories)), int)
    np.add.at(table, (of_name[codes], side), 1)
    first = np.full(len(keys), np.iinfo(np.int64).max)
    np.minimum.at(first, of_name[codes], mentions["token"].to_numpy())
    printed: list[Counter[str]] = [Counter() for _ in keys]
    kinds: list[Counter[str]] = [Counter() for _ in keys]
    for name, unit in enumerate(of_name.tolist()):
        core, size = cores[name], int(sizes[name])
        printed[unit][" ".join(filed[name])] += size
        person = name_key(core[-1]) in surnames or titled[name] > SLIP * size
        kind = _kind(names.categories[name], core, filed[name], person)
        if kind:
            kinds[unit][kind] += size
    given, forename = _first_names(cores, sizes, list(keys), table.sum(axis=1))
    return Units(
        list(keys),
        [_most(counter) for counter in printed],
        [_most(counter) if counter else "name" for counter in kinds],
        first,
        table,
        of_name,
        given,
        forename,
    )


def _first_names(
    cores: list[list[str]], sizes: np.ndarray, keys: list[str], uses: np.ndarray
) -> tuple[list[set[str]], np.ndarray]:
    """The first names before each unit; and of each unit's uses, the share as the first of several words."""
    place = {key: number for number, key in enumerate(keys)}
    given: list[set[str]] = [set() for _ in keys]
    leading = np.zeros(len(keys))
    for core, size in zip(cores, sizes.tolist(), strict=True):
        if len(core) > 1 and not _is_no_surname(name_key(core[-1])):
            before, last = name_key(core[0]), place.get(name_key(core[-1]))
            if last is not None:
                given[last].add(before)
            if before in place:
                leading[place[before]] += size
    return given, leading / np.maximum(leading + uses, 1)


def _is_no_surname(word: str) -> bool:
    return word in name_words("place") or word in name_words("organisation") or word in name_words("place", "compass")


def _core(words: list[str]) -> list[str]:
    """A name without the nouns of place after it: the region and the city of one name are one.

    A person's numeral goes too; "Jr" makes another surname.
    """
    if len(words) > 1 and NUMERAL.fullmatch(words[-1]):
        words = words[:-1]
    if len(words) > 1 and YOUNGER.fullmatch(words[-1]):
        words = [*words[:-2], " ".join(words[-2:])]
    last = len(words)
    while last > 1 and name_key(words[last - 1]) in name_words("place"):
        last -= 1
    return words[:last]


class _Articles:
    """The articles of each name, as numbers of name and article in one."""

    def __init__(self, codes: np.ndarray, document: np.ndarray) -> None:
        self._size = int(document.max(initial=0)) + 1
        self._pairs = distinct(codes.astype(np.int64) * self._size + document)

    def of(self, group: np.ndarray) -> np.ndarray:
        """Pairs of group and article, sorted, where `group` is each name's group and -1 leaves a name out."""
        groups = group[self._pairs // self._size]
        kept = groups >= 0
        return distinct(groups[kept] * self._size + (self._pairs % self._size)[kept])

    def sizes(self, pairs: np.ndarray, groups: int) -> np.ndarray:
        """Number of articles of each group."""
        return np.bincount(pairs // self._size, minlength=groups)


def _surnames(cores: list[list[str]], sizes: np.ndarray, titled: np.ndarray, articles: _Articles) -> dict[str, str]:
    """Folded surname -> the folded full name it means when it stands alone.

    A person is introduced in full and then called by the surname: INTRODUCED of the articles with the surname
    alone hold the full name too, or TITLED of its uses have an office. A full name whose surname never stands
    alone needs a title.
    """
    bearers: dict[str, Counter[str]] = defaultdict(Counter)
    offices: Counter[str] = Counter()
    bare_uses: Counter[str] = Counter()
    bare_offices: Counter[str] = Counter()
    last, name = [name_key(core[-1]) for core in cores], [name_key(" ".join(core)) for core in cores]
    for code, core in enumerate(cores):
        if len(core) > 1 and not _is_no_surname(last[code]) and name[code] not in known_kinds():
            bearers[last[code]][name[code]] += int(sizes[code])
            offices[name[code]] += int(titled[code])
        elif len(core) == 1:
            bare_uses[last[code]] += int(sizes[code])
            bare_offices[last[code]] += int(titled[code])
    mains = {surname: _most(names) for surname, names in bearers.items()}
    place = {surname: number for number, surname in enumerate(mains)}
    bare = [place.get(last[at], -1) if len(core) == 1 else -1 for at, core in enumerate(cores)]
    whole = [place[last[at]] if mains.get(last[at]) == name[at] != last[at] else -1 for at in range(len(cores))]
    alone, full = (articles.of(np.array(group, int)) for group in (bare, whole))
    introduced = articles.sizes(np.intersect1d(alone, full, assume_unique=True), len(place))
    named = articles.sizes(alone, len(place))
    found = {}
    for surname, main in mains.items():
        at, names = place[surname], bearers[surname]
        known = introduced[at] >= INTRODUCED * named[at] if named[at] else offices[main]
        known = known or (introduced[at] and bare_offices[surname] >= TITLED * bare_uses[surname])
        if names[main] >= MAIN_BEARER * sum(names.values()) and known:
            found[surname] = main
    return found


def _is_full_name(core: list[str], surnames: dict[str, str]) -> bool:
    return len(core) > 1 and surnames.get(name_key(core[-1])) == name_key(" ".join(core))


def _kind(name: str, core: list[str], filed: list[str], person: bool) -> str | None:
    """What the word lists, the form of a name and the words around it say it is; None if nothing.

    `person` tells whether it is a surname that someone was introduced with, or has an office before it.
    """
    words = name_key(name).split(" ")
    known = known_kinds().get(name_key(name))
    if known and not (person and len(words) == 1):
        return known
    if set(words) & name_words("organisation") or (len(core) == 1 and name.isupper() and len(name) > 1):
        return "organisation"
    if person or len(core) > len(filed) or YOUNGER.search(core[-1]):
        return "person"
    return "place" if len(core) < len(words) and words[-1] in name_words("place") else None


def _most(counter: Counter[str]) -> str:
    """The most frequent; of equals the first in the alphabet; nothing of nothing."""
    return min(counter, key=lambda item: (-counter[item], item), default="")
