"""The cue lexicon: which words report speech, how they take what is said, and with what stance."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LEXICONS = Path(__file__).parent.parent / "lexicons"


@dataclass(frozen=True)
class Cue:
    """A word that reports speech.

    Attributes:
        lemma: dictionary form.
        stance: see `Attribution.stance`.
        takes: ways in which it presents what is said, listed at the head of `cues.toml`.
        examples: sentences in which the reader must find it.
        forms: inflected forms that no spelling rule gives.
        prepositions: those before a noun that reports by a phrase ("in the words of").
        unsaid: objects with which the word reports no speech ("the flood claimed lives").
    """

    lemma: str
    stance: str
    takes: frozenset[str]
    examples: tuple[str, ...]
    forms: tuple[str, ...] = ()
    unsaid: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()


@cache
def entries(name: str) -> dict[str, dict[str, Any]]:
    """The tables of a word list, as its file has them."""
    return tomllib.loads((LEXICONS / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def speech_words(kind: str) -> frozenset[str]:
    """The words of one list of `speech.toml`."""
    return frozenset(entries("speech")[kind]["words"])


@cache
def cues(part: str = "cues") -> dict[str, Cue]:
    """The verbs (`cues`), nouns (`cue_nouns`, in phrases `cue_phrases`) or adverbs (`cue_adverbs`) of speech."""
    return {
        lemma: Cue(
            lemma,
            entry["stance"],
            frozenset(entry["takes"]),
            tuple(entry["examples"]),
            tuple(entry.get("forms", ())),
            frozenset(entry.get("unsaid", ())),
            frozenset(entry.get("prepositions", ())),
        )
        for lemma, entry in entries(part).items()
    }


@cache
def _lemmas() -> dict[str, str]:
    """Form of a verb -> lemma."""
    return {form: lemma for lemma, cue in cues().items() for form in (*_regular_forms(lemma), *cue.forms)}


def verb_cue(lemma: str, form: str) -> Cue | None:
    """The entry of a verb, by lemma or else by form (both in small letters)."""
    return cues().get(lemma) or cues().get(_lemmas().get(form, ""))


@cache
def cue_forms(stance: str | None = None) -> frozenset[str]:
    """Every form of a cue (of one stance) in small letters; some are no words ("saied"), which does no harm."""
    known = [cue for part in ("cues", "cue_nouns", "cue_adverbs", "cue_phrases") for cue in cues(part).values()]
    chosen = [cue for cue in known if stance in (None, cue.stance)]
    forms = {form for cue in chosen for form in (*_regular_forms(cue.lemma), *cue.forms)}
    return frozenset(forms | ({"according", "per"} if stance in (None, "neutral") else set()))


def _regular_forms(lemma: str) -> list[str]:
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    soft = lemma[:-1] if lemma.endswith("y") else stem
    return [lemma, f"{lemma}s", f"{lemma}es", f"{stem}ed", f"{stem}ing", f"{soft}ied", f"{soft}ies"]
