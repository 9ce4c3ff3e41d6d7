"""One printed name for each entity, for tables that list who or what was named."""

from __future__ import annotations

import pandas as pd

from analysis.names.lexicon import name_key


def filed_names(variants: pd.DataFrame) -> dict[str, str]:
    """Folded spelling -> the name its entity is filed under: the fullest form of its commonest spelling.

    Args:
        variants: the table of `name_variants` with all entities, or only its columns entity, variant and count.

    Returns:
        Entries for every spelling: a surname, a full name and their variants lead to the one name most used.
    """
    counts = variants.groupby(["entity", "variant"], sort=True)["count"].sum()
    filed: dict[str, str] = {}
    for entity, own in counts.groupby(level="entity", sort=False):
        sizes = own.droplevel("entity").to_dict()
        name = _fullest(sizes, str(entity))
        filed |= {name_key(variant): name for variant in sizes}
    return filed


def _fullest(sizes: dict[str, int], entity: str) -> str:
    """The commonest of the longest forms that hold the entity's commonest spelling."""
    spellings = {spelling: _uses(sizes, spelling) for spelling in entity.split("/")}
    common = min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
    holding = {variant: size for variant, size in sizes.items() if _holds(variant, common)} or sizes
    return min(holding, key=lambda variant: (-len(variant.split()), -holding[variant], variant))


def _uses(sizes: dict[str, int], spelling: str) -> int:
    return sum(size for variant, size in sizes.items() if _holds(variant, spelling))


def _holds(variant: str, spelling: str) -> bool:
    return f" {name_key(spelling)} " in f" {name_key(variant)} "
