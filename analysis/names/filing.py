"""One printed name for each entity, for tables that list who or what was named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from analysis.names.lexicon import name_key, name_words
from analysis.names.units import NUMERAL

INITIAL = re.compile(r"[^\W\d_]\.?")


def filed_names(variants: pd.DataFrame) -> dict[str, str]:
    """Folded spelling -> the name its entity is filed under: the usual full form of its commonest spelling.

    Args:
        variants: the table of `name_variants` with all entities, or only its columns entity, variant and count.

    Returns:
        Entries for every spelling: a surname, a full name and their variants lead to the one name most used.
    """
    counts = variants.groupby(["entity", "variant"], sort=True)["count"].sum()
    filed: dict[str, str] = {}
    for entity, own in counts.groupby(level="entity", sort=False):
        sizes = own.droplevel("entity").to_dict()
        name = _full(sizes, str(entity))
        filed |= {name_key(variant): name for variant in sizes}
    return filed


def file_under(name: str, filed: Mapping[str, str]) -> str:
    """The name that a printed one is filed under: itself where no form of it is known.

    "Ana M. Ruiz III" and "Ana Maria Ruiz" are filed as "Ana Ruiz" is, where that is a name of the corpus.
    """
    return next((filed[key] for key in map(name_key, _forms(name)) if key in filed), name)


def _forms(name: str) -> Iterator[str]:
    """A person's first and last name, then the name without numeral and initials, then as it is."""
    words = name.split()
    if len(words) > 2 and NUMERAL.fullmatch(words[-1]):
        words.pop()
    if len(words) > 2 and name_key(words[-1]) not in name_words("organisation") | name_words("place"):
        yield f"{words[0]} {words[-1]}"
        words[1:-1] = [word for word in words[1:-1] if not INITIAL.fullmatch(word)]
    yield " ".join(words)
    yield name


def _full(sizes: dict[str, int], entity: str) -> str:
    """The commonest form of several words that holds the entity's commonest spelling, else the commonest that does."""
    spellings = {spelling: _uses(sizes, spelling) for spelling in entity.split("/")}
    common = min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
    holding = {variant: size for variant, size in sizes.items() if _holds(variant, common)} or sizes
    return min(holding, key=lambda variant: (" " not in variant, -holding[variant], variant))


def _uses(sizes: dict[str, int], spelling: str) -> int:
    return sum(size for variant, size in sizes.items() if _holds(variant, spelling))


def _holds(variant: str, spelling: str) -> bool:
    return f" {name_key(spelling)} " in f" {name_key(variant)} "
