"""Both sentence readers over one parse of each article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.attribution import Attribution
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


def _pairs(items: Iterable[Parsed]) -> Iterator[tuple[Parsed, Parsed]]:
    iterator = iter(items)
    return zip(iterator, iterator, strict=True)
