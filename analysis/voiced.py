"""Whose voice an attribution is, and how many of its words stand inside quotation marks."""

from __future__ import annotations

import re

import pandas as pd

from analysis.corpus import Corpus
from analysis.passages import count_words

NO_SOURCE = "source not given"
UNRESOLVED = "pronoun, not resolved"
PRONOUNS = frozenset({"he", "she", "they", "it", "who", "that", "which", "one", "those", "i", "we", "you"})

QUOTED = re.compile(r"[\"“«‘'](?<!\w.)[^\"”»\n]*[\"”»’']?")
"""A quotation inside a content; an apostrophe within a word opens none."""


def voiced(attributions: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """The attributions with `voice` (the name to group by) and `words_quoted` (words in quotation marks)."""
    return attributions.assign(voice=voice_of(attributions), words_quoted=quoted_words(attributions, corpus))


def voice_of(said: pd.DataFrame) -> pd.Series:
    """The name to group each attribution by."""
    names = [
        name or (UNRESOLVED if text.lower() in PRONOUNS else text or NO_SOURCE)
        for name, text in zip(said["source_name"], said["source_text"], strict=True)
    ]
    return pd.Series(names, index=said.index, dtype=object)


def quoted_words(attributions: pd.DataFrame, corpus: Corpus) -> pd.Series:
    """Words quoted by each attribution; all of a direct one, whose marks may stand outside."""
    fields = {name: corpus.table[name].array for name in ("title", "text")}
    counts, place, whole = [], ("", ""), ""
    columns = (attributions[name] for name in ("document", "field", "content", "quote"))
    for document, field, content, quote in zip(*columns, strict=True):
        if place != (document, field):
            place, whole = (document, field), fields[field][corpus.places[document]]
        counts.append(sum(_in_span(whole[start:end], quote) for start, end in content))
    return pd.Series(counts, index=attributions.index, dtype=int)


def _in_span(content: str, quote: str) -> int:
    if quote != "mixed":
        return count_words(content) if quote == "direct" else 0
    return sum(count_words(match.group()) for match in QUOTED.finditer(content))
