"""One name, several spellings: found where sides spell it differently, by rule or from the alias lexicon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.distinct import distinct
from analysis.names.lexicon import aliases, name_key
from analysis.names.spelling import explained, plain, skeleton
from analysis.names.units import Units, units

MOST_STEPS = 2
"""Known alternations a word; with three, Paris becomes Perez. A single word of up to SHORT letters has one."""

SHORT = 4

EVIDENCE = ((300, 1), (3000, 2))
"""Up to so many names in all, a spelling must be used so often; with more names, and more chance likeness,
MOST_EVIDENCE times. Spellings that differ in accents, full stops or hyphens only need no evidence."""

MOST_EVIDENCE = 3

OVERLAP = 0.5
"""Shared part of two spellings' distributions over the sides; above it no side prefers either."""

TOGETHER = 0.2
"""Share of the rarer spelling's articles that hold the other too; above it they name two things."""

FORENAME = 0.7
"""Share of its uses as the first of several words from which a name is a first name, many people's."""

CROWD = 40
"""Names with one skeleton that are compared with each other, the most frequent first."""


def name_variants(mentions: pd.DataFrame, *, only_contrasts: bool = True) -> pd.DataFrame:
    """Spellings of each entity by side.

    Args:
        mentions: what `find_names` returns, or a selection of its rows.
        only_contrasts: leave out entities that are spelt in one way only.

    Returns:
        One row a spelling and side, most mentioned entities first: entity (its spellings in order of first
        appearance, joined by "/"), kind, side, variant, count.
    """
    filed = units(mentions)
    entity, labels = _entities(mentions, filed)
    spellings = np.bincount(entity, minlength=len(labels))
    table = mentions.groupby(["name", "side"], observed=True).size().rename("count").reset_index()
    code = entity[filed.of_name[table["name"].cat.codes]]
    table["entity"], table["spellings"] = np.asarray(labels, object)[code], spellings[code]
    table["kind"] = np.asarray(_kinds(filed, entity, len(labels)), object)[code]
    table["total"] = np.bincount(code, table["count"], minlength=len(labels))[code]
    if only_contrasts:
        table = table[table["spellings"] > 1]
    table["variant"] = table["name"].astype(object)
    order = ["total", "entity", "side", "count", "variant"]
    table = table.sort_values(order, ascending=[False, True, True, False, True])
    return table[["entity", "kind", "side", "variant", "count"]].reset_index(drop=True)


def entities(mentions: pd.DataFrame) -> tuple[np.ndarray, list[str]]:
    """The entity of each mention as a number, and each entity's spellings joined by "/"."""
    filed = units(mentions)
    entity, labels = _entities(mentions, filed)
    return entity[filed.of_name[mentions["name"].cat.codes]], labels


def variant_mapping(variants: pd.DataFrame) -> dict[str, str]:
    """Folded spelling -> entity, from the table of `name_variants`; entities spelt in one way are left out."""
    several = variants[np.array(["/" in entity for entity in variants["entity"]], bool)]
    pairs = zip(several["variant"], several["entity"], strict=True)
    return {name_key(variant): entity for variant, entity in pairs}


def _entities(mentions: pd.DataFrame, filed: Units) -> tuple[np.ndarray, list[str]]:
    """The entity of each unit, and each entity's spellings."""
    parent = list(range(len(filed.keys)))

    def root(unit: int) -> int:
        while parent[unit] != unit:
            unit = parent[unit]
        return unit

    candidates = list(_alike(filed))
    documents = _documents(mentions, filed, {unit for pair in candidates for unit in pair})
    pairs = [pair for pair in candidates if _apart(*pair, filed, documents)] + list(_aliased(filed))
    for one, other in pairs:
        parent[root(other)] = root(one)
    entity, roots = pd.factorize(np.array([root(unit) for unit in range(len(parent))], int))
    groups: list[list[int]] = [[] for _ in roots]
    for unit in np.argsort(filed.first, kind="stable").tolist():
        groups[entity[unit]].append(unit)
    return entity, ["/".join(filed.printed[unit] for unit in group) for group in groups]


def _alike(filed: Units) -> Iterator[tuple[int, int]]:
    """Pairs of units whose spellings known transcriptions connect."""
    size = filed.sides.sum(axis=1)
    groups: dict[str, list[int]] = defaultdict(list)
    for unit, key in enumerate(filed.keys):
        bones = " ".join(map(skeleton, key.split(" ")))
        if bones.strip() and filed.forename[unit] < FORENAME:
            groups[bones].append(unit)
    least = next((uses for names, uses in EVIDENCE if len(filed.keys) <= names), MOST_EVIDENCE)
    for group in groups.values():
        crowd = sorted(group, key=lambda unit: (-size[unit], filed.keys[unit]))[:CROWD]
        for one, other in combinations(crowd, 2):
            evident = min(size[one], size[other]) >= least
            known = _one_name(filed.printed[one], filed.printed[other], MOST_STEPS if evident else 0)
            if known and _same_given(filed.given[one], filed.given[other]):
                yield one, other


def _one_name(one: str, other: str, most: int) -> bool:
    """Whether `most` alternations a word lead from one name to the other; abbreviations differ in full stops only."""
    if one.isupper() or other.isupper():
        return one.replace(".", "") == other.replace(".", "")
    words, others = one.split(" "), other.split(" ")
    if len(words) != len(others):
        return False
    if not most:
        return [*map(plain, words)] == [*map(plain, others)]
    limit = 1 if len(words) == 1 and min(len(plain(one)), len(plain(other))) <= SHORT else most
    found = (explained(*pair) for pair in zip(words, others, strict=True))
    return all(steps is not None and steps <= limit for steps in found)


def _same_given(one: set[str], other: set[str]) -> bool:
    """Whether two surnames can be one person's: they stand with one first name, or one stands with none."""
    return not one or not other or bool({skeleton(name) for name in one} & {skeleton(name) for name in other})


def _apart(one: int, other: int, filed: Units, documents: dict[int, np.ndarray]) -> bool:
    """Whether the spellings belong to different sides and avoid each other's articles."""
    sizes = np.maximum(filed.sides.sum(axis=0), 1)
    rates = filed.sides[[one, other]] / sizes
    shares = rates / rates.sum(axis=1, keepdims=True)
    if float(shares.min(axis=0).sum()) > OVERLAP:
        return False
    fewer = min(len(documents[one]), len(documents[other]))
    return len(np.intersect1d(documents[one], documents[other], assume_unique=True)) <= TOGETHER * fewer


def _documents(mentions: pd.DataFrame, filed: Units, wanted: set[int]) -> dict[int, np.ndarray]:
    """The articles of some units."""
    unit, document = filed.of_name[mentions["name"].cat.codes], mentions["document"].to_numpy()
    rows = np.isin(unit, np.fromiter(wanted, int, len(wanted)))
    size = int(document.max(initial=0)) + 1
    pairs = distinct(unit[rows].astype(np.int64) * size + document[rows])
    numbers, first = np.unique(pairs // size, return_index=True)
    return dict(zip(numbers.tolist(), np.split(pairs % size, first[1:]), strict=False))


def _aliased(filed: Units) -> Iterator[tuple[int, int]]:
    """Pairs of units the lexicon knows for one entity."""
    known: dict[int, int] = {}
    for unit, key in enumerate(filed.keys):
        number = aliases().get(key)
        if number is not None:
            yield known.setdefault(number, unit), unit


def _kinds(filed: Units, entity: np.ndarray, size: int) -> list[str]:
    """Kind of each entity: that of its most mentioned spelling, `name` only if none says more."""
    total = filed.sides.sum(axis=1)
    best = ["name"] * size
    for unit in np.argsort(total, kind="stable").tolist():
        if filed.kind[unit] != "name":
            best[entity[unit]] = filed.kind[unit]
    return best
