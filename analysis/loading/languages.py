"""The language of each document: as stated, else detected with py3langid, English where nothing speaks against it."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

LEXICONS = Path(__file__).parent.parent / "lexicons"

ENGLISH = "en"
SAMPLE = 1000
"""Characters looked at: more did not change a verdict on news texts and costs time."""

FEWEST_WORDS = 12
"""Texts of fewer words in Latin letters are too short to tell; they are taken for English."""

ENGLISH_SHARE = 0.2
"""Share of English function words from which a text is English: English prose has 0.35 and more, others below 0.1."""

WORD = re.compile(r"[^\W\d_]+")


@lru_cache(1 << 8)
def stated_language(value: str) -> str | None:
    """The two-letter code of a language as a column states it; None where it says nothing known.

    >>> stated_language("en-US"), stated_language("German"), stated_language("??")
    ('en', 'de', None)
    """
    name = value.strip().casefold()
    first = re.split(r"[-_ ]", name)[0]
    known = _names().get(name) or _names().get(first)
    return known or (first if len(first) == 2 and first.isascii() and first.isalpha() else None)


def detected_language(text: str) -> str:
    """The language a text is most likely written in.

    Texts with enough English function words are English without further test; the others are what
    py3langid says of their first characters.
    """
    sample = text[:SAMPLE].lower()
    words = WORD.findall(sample)
    if sum(map(_english().__contains__, words)) >= ENGLISH_SHARE * len(words):
        return ENGLISH
    if len(words) < FEWEST_WORDS and sum(word[0] < "\u0250" for word in words) * 2 >= len(words):
        return ENGLISH
    import py3langid

    return str(py3langid.classify(text[:SAMPLE])[0])


@cache
def _names() -> dict[str, str]:
    lexicon = tomllib.loads((LEXICONS / "languages.toml").read_text(encoding="utf-8"))
    return {name: code for code, entry in lexicon.items() for name in entry["names"]}


@cache
def _english() -> frozenset[str]:
    languages = tomllib.loads((LEXICONS / "stopwords.toml").read_text(encoding="utf-8"))["language"]
    return frozenset(next(entry["words"].split() for entry in languages if entry["code"] == ENGLISH))
