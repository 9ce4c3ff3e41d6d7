"""A paragraph as the rules see it: parsed stretches, quotations, and offsets in the whole text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from spacy.tokens import Doc, Token

from analysis.attribution.record import Span, Spans
from analysis.language import Parsed, Part
from analysis.quotation import Quotation, quotations


@dataclass(frozen=True)
class Stretch:
    """A parsed stretch; `quotation` is set when it is one quotation of whole sentences."""

    start: int
    doc: Doc
    quotation: Quotation | None

    def span(self, tokens: Iterable[Token]) -> Spans:
        """The tokens as runs of characters in the whole text."""
        runs: list[list[int]] = []
        last = -2
        for token in sorted(tokens, key=lambda t: t.i):
            end = token.idx + len(token)
            if token.i == last + 1 and runs:
                runs[-1][1] = end
            else:
                runs.append([token.idx, end])
            last = token.i
        return tuple((self.start + a, self.start + b) for a, b in runs)


@dataclass(frozen=True)
class Paragraph:
    """One line of a text that was parsed."""

    text: str
    start: int
    end: int
    stretches: tuple[Stretch, ...]
    quotations: tuple[Quotation, ...]

    def quotation_at(self, offset: int) -> Quotation | None:
        """The quotation that holds the character at `offset`."""
        index = bisect_right(self.quotations, offset, key=lambda q: q.start) - 1
        return self.quotations[index] if index >= 0 and self.quotations[index].inside(offset) else None

    def quotations_in(self, start: int, end: int) -> tuple[Quotation, ...]:
        """The quotations that begin between two offsets."""
        first = bisect_left(self.quotations, start, key=lambda q: q.start)
        return self.quotations[first : bisect_left(self.quotations, end, key=lambda q: q.start)]

    def stretch_at(self, offset: int) -> Stretch | None:
        """The stretch that holds the character at `offset`."""
        index = bisect_right(self.stretches, offset, key=lambda s: s.start) - 1
        return self.stretches[index] if index >= 0 else None


def paragraphs(parsed: Parsed) -> Iterator[Paragraph]:
    """The parsed lines of a text, in order."""
    for (start, end), parts in groupby(parsed.parts, key=lambda part: _line(parsed.text, part)):
        marks = tuple(quotations(parsed.text[start:end], start))
        opens = {quotation.start: quotation for quotation in marks}
        stretches = []
        for part in parts:
            quotation = opens.get(part.start)
            whole = quotation is not None and quotation.end >= part.start + len(part.doc.text.rstrip())
            stretches.append(Stretch(part.start, part.doc, quotation if whole else None))
        yield Paragraph(parsed.text, start, end, tuple(stretches), marks)


def _line(text: str, part: Part) -> Span:
    start = text.rfind("\n", 0, part.start) + 1
    end = text.find("\n", part.start)
    return start, end if end >= 0 else len(text)
