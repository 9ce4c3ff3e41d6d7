"""The country that a name, an adjective, a people or a capital stands for."""

from __future__ import annotations

import re
from functools import cache

from analysis.figures.lexicon import lexicon

NATIONWIDE = "nationwide"
"""The place of what is said of a whole country."""


def country_of(word: str) -> str | None:
    """The country a name, adjective, people or capital stands for."""
    low = re.sub(r"[’']s?$", "", word.casefold())
    return _demonyms().get(low) or _demonyms().get(low.removesuffix("s"))


@cache
def _demonyms() -> dict[str, str]:
    table = lexicon("demonyms")
    names = {word.casefold(): name for name, words in table["demonyms"].items() for word in [name, *words]}
    return names | {capital.casefold(): name for capital, name in table["capitals"].items()}
