"""The word lists of the figure reader: TOML files in `analysis/lexicons`, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "lexicons"


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The tables of `analysis/lexicons/<name>.toml`, without its `examples` table."""
    tables = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return {key: value for key, value in tables.items() if key != "examples"}


def any_of(phrases: Iterable[str]) -> str:
    """A regular expression that matches any of the phrases, longest first, any white space between their words."""
    longest_first = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(re.sub(r"(?:\\ )+", r"\\s+", re.escape(p)) for p in longest_first) + ")"


@cache
def holders() -> frozenset[str]:
    """Words for who holds the office: "the incumbent" of one text is "President Ana Ruiz" of the other."""
    return frozenset(lexicon("measures")["vote_share"]["holders"])


def same_as(measure: str | None) -> str | None:
    """The measure under which one is compared: lorries that entered have arrived."""
    return str(lexicon("measures").get(measure or "", {}).get("compared_as", measure)) if measure else None
