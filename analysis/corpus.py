"""Documents, sides and the corpus they make, with a content hash that pins every link and export."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Protocol, runtime_checkable

import pandas as pd

SIDE_COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""Okabe and Ito's colour-blind-safe palette, the pair that holds on white and on black first."""


class CorpusError(ValueError):
    """A corpus that cannot be read; the message says what is wrong, where, and what to do."""


@dataclass(frozen=True)
class Side:
    """A party to the contrast. `id` is short and stable (links hold it); `label` is shown."""

    id: str
    label: str
    color: str


@dataclass(frozen=True)
class Topic:
    """A theme passages share, found by its `terms` (whole words; `*` ends a stem)."""

    id: str
    label: str
    terms: tuple[str, ...]
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """One article. `title` and `text` are verbatim, line ends as `\\n`; offsets count their code points."""

    id: str
    side: str
    outlet: str
    title: str
    text: str
    date: date | None = None
    language: str = "en"
    url: str | None = None
    topics: tuple[str, ...] = ()

    @cached_property
    def sha256(self) -> str:
        """Hash of everything a reader or a filter can see of the document."""
        shown = [self.id, self.side, self.outlet, self.title, self.text, str(self.date), self.language]
        return sha256_of([*shown, self.url, list(self.topics)])

    @cached_property
    def article(self) -> str:
        """What the readings of its title and text are kept under, in whatever corpus: a hash of both."""
        return sha256_of([self.title, self.text])[:24]


@runtime_checkable
class Columns(Protocol):
    """Documents that are kept by field, not one by one."""

    def column(self, name: str) -> pd.Series:
        """A field of every document, in order."""


@dataclass(frozen=True)
class Corpus:
    """All documents, their sides in the order shown, and the topic lexicon."""

    title: str
    sides: tuple[Side, ...]
    documents: Sequence[Document]
    topics: tuple[Topic, ...] = ()
    origin: str = ""
    notes: tuple[str, ...] = field(default=(), compare=False)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the documents (in any order), the sides and the topic lexicon, in hex."""
        return sha256_of(
            [
                sorted(self.column("sha256")),
                [side.id for side in self.sides],
                [[topic.id, *topic.terms] for topic in self.topics],
            ]
        )

    @property
    def short_digest(self) -> str:
        """The twelve hex digits that links carry."""
        return self.digest[:12]

    @cached_property
    def outlets(self) -> dict[str, str]:
        """Outlet id -> outlet as first printed, in order of appearance."""
        known: dict[str, str] = {}
        for outlet in self.column("outlet").unique():
            known.setdefault(slug(outlet), outlet)
        return known

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a document: id, side, outlet (each spelt in one way), date, title, text, language, url."""
        names = ["id", "side", "outlet", "date", "title", "text", "language", "url"]
        table = pd.DataFrame({name: self.column(name) for name in names})
        printed = table["outlet"].unique()
        if len(printed) == len(self.outlets):
            return table
        return table.assign(outlet=table["outlet"].map({outlet: self.outlets[slug(outlet)] for outlet in printed}))

    @cached_property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day of any document; None where none has a day."""
        known = self.table["date"].dropna()
        return (known.min(), known.max()) if len(known) else None

    def column(self, name: str) -> pd.Series:
        """A field of every document, in order."""
        return column(self.documents, name)

    def side(self, side_id: str) -> Side:
        """The side of that id."""
        return next(side for side in self.sides if side.id == side_id)

    def document(self, document_id: str) -> Document:
        """The document of that id.

        Raises:
            KeyError: there is none.
        """
        return self.documents[self.places[document_id]]

    def text_of(self, document_id: str, name: str) -> str:
        """The field "title" or "text" of the document of that id."""
        return str(getattr(self.document(document_id), name))

    @cached_property
    def places(self) -> dict[str, int]:
        """Document id -> row of `table`."""
        return {document_id: place for place, document_id in enumerate(self.column("id"))}


def column(documents: Sequence[Document], name: str) -> pd.Series:
    """A field of documents, in order."""
    if isinstance(documents, Columns):
        return documents.column(name)
    return pd.Series([getattr(document, name) for document in documents], dtype=object)


def sha256_of(value: object) -> str:
    """Hash of a value's canonical JSON."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(1 << 12)
def slug(name: str) -> str:
    """A short id for links: lower-case words of any alphabet joined by hyphens."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", name).casefold())
    return "-".join(words)[:40].strip("-") or "unnamed"
