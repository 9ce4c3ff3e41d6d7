"""Both sentence readers over one parse of each article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.attribution import Attribution
from analysis.corpus import Document
from analysis.figures import Figure

if TYPE_CHECKING:
    from analysis.language import Parsed

READ_LANGUAGE = "en"
"""The readers know English only; articles in other languages get no attributions rather than wrong ones."""


@dataclass(frozen=True)
class Article:
    """What the readers see of a document, and its attributions where they are known from before."""

    title: str
    text: str
    said: Sequence[Attribution] | None = None


@dataclass(frozen=True)
class Sentences:
    """What was read of an article."""

    attributions: Sequence[Attribution]
    figures: Sequence[Figure]


NOTHING = Sentences((), ())


def read_articles(articles: Sequence[Article]) -> Iterator[Sentences]:
    """Attributions and figures of each article, in order."""
    from analysis.attribution import may_attribute, read_attributions  # with spaCy, which stored readings do without
    from analysis.figures import may_hold_figure, read_figures
    from analysis.language import parse

    fields = (text for article in articles for text in (article.title, article.text))
    parsed = parse(fields, wanted=lambda paragraph: may_attribute(paragraph) or may_hold_figure(paragraph))
    for article, (title, text) in zip(articles, _pairs(parsed), strict=True):
        said = read_attributions(title, text) if article.said is None else list(article.said)
        yield Sentences(said, read_figures(title, text, said))


def read_documents(documents: Sequence[Document]) -> dict[str, Sentences]:
    """What is read of each document, by its id; nothing of those in other languages."""
    known = [document for document in documents if is_read(document)]
    read = read_articles([Article(document.title, document.text) for document in known])
    found = dict.fromkeys((document.id for document in documents), NOTHING)
    return found | dict(zip((document.id for document in known), read, strict=True))


def is_read(document: Document) -> bool:
    """Whether the readers know the document's language."""
    return document.language == READ_LANGUAGE


def _pairs(items: Iterable[Parsed]) -> Iterator[tuple[Parsed, Parsed]]:
    iterator = iter(items)
    return zip(iterator, iterator, strict=True)
