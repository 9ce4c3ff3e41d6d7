"""The cue lexicon: which words report speech, how they take what is said, and with what stance."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LEXICONS = Path(__file__).parent.parent / "lexicons"


@dataclass(frozen=True)
class Cue:
    """A word that reports speech.

    Attributes:
        lemma: dictionary form.
        stance: see `Attribution.stance`.
        takes: ways in which it presents what is said, listed at the head of `cues.toml`.
        examples: sentences in which the reader must find it.
    """

    lemma: str
    stance: str
    takes: frozenset[str]
    examples: tuple[str, ...]


@cache
def cues(part: str = "cues") -> dict[str, Cue]:
    """The verbs (`cues`) or nouns (`cue_nouns`) that report speech, by lemma."""
    entries = tomllib.loads((LEXICONS / f"{part}.toml").read_text(encoding="utf-8"))
    return {
        lemma: Cue(lemma, entry["stance"], frozenset(entry["takes"]), tuple(entry["examples"]))
        for lemma, entry in entries.items()
    }
