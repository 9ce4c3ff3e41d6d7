"""Words that stand with names, and aliases no rule sees, read from the lexicons."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

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
    table = _read("name_aliases")
    groups = [group for kind in ("place", "organisation", "person") for group in table[kind]]
    return {name_key(name): number for number, group in enumerate(groups) for name in group}


@cache
def known_kinds() -> dict[str, str]:
    """Folded name -> `place` or `organisation`, of the names that the word lists hold.

    States and their towns are places; alliances without a people, and bodies that speak for a camp, organisations.
    """
    demonyms, camps, listed, alias = map(_read, ("demonyms", "camps", "name_words", "name_aliases"))
    states = [camp for camp in camps.values() if camp["adjectives"]]
    alliances = [camp for camp in camps.values() if not camp["adjectives"]]
    towns = [name for camp in states for how in ("names", "seats") for name in camp[how]]
    places = [*demonyms["demonyms"], *demonyms["capitals"], *towns]
    bodies = [name for camp in camps.values() for name in camp["bodies"]]
    bodies += [name for camp in alliances for name in camp["names"]]
    own = {
        kind: [*listed[kind]["names"], *(name for group in alias[kind] for name in group)]
        for kind in ("place", "organisation")
    }
    found = dict.fromkeys(map(name_key, [*places, *own["place"]]), "place")
    return found | dict.fromkeys(map(name_key, [*bodies, *own["organisation"]]), "organisation")


def name_key(name: str) -> str:
    """The form under which spellings of a name that differ in case only are one."""
    return " ".join(map(fold, name.split(" ")))


@cache
def _read(lexicon: str) -> dict[str, Any]:
    return tomllib.loads((LEXICONS / f"{lexicon}.toml").read_text("utf-8"))
