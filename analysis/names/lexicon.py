"""Words that stand with names, and aliases no rule sees, read from the lexicons."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from analysis.tokens import fold

LEXICONS = Path(__file__).parent.parent / "lexicons"


@cache
def name_words(kind: str, key: str = "words") -> frozenset[str]:
    """The words of one kind: title, modifier, particle, place, organisation."""
    table = tomllib.loads((LEXICONS / "name_words.toml").read_text("utf-8"))
    return frozenset(table[kind][key].split())


@cache
def aliases() -> dict[str, int]:
    """Folded name -> number of the entity it is an alias of."""
    table = tomllib.loads((LEXICONS / "name_aliases.toml").read_text("utf-8"))
    groups = [group for kind in ("place", "organisation", "person") for group in table[kind]]
    return {name_key(name): number for number, group in enumerate(groups) for name in group}


def name_key(name: str) -> str:
    """The form under which spellings of a name that differ in case only are one."""
    return " ".join(map(fold, name.split(" ")))
