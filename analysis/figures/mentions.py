"""A quantity in its parsed sentence, with the noun phrase it counts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from analysis.figures.contexts import no_figure
from analysis.figures.objects import Phrase, counted_phrase
from analysis.figures.quantities import Quantity, find_quantities
from analysis.language import Parsed


@dataclass(frozen=True)
class Mention:
    """A quantity that may be a figure: where it stands in the parse, and what follows it.

    `offset` is added to character offsets of `doc` to get those of the text.
    """

    text: str
    quantity: Quantity
    doc: Doc
    offset: int
    span: Span
    phrase: Phrase | None
    sentence: Span

    @property
    def number(self) -> Token:
        """The last token of the number and its unit."""
        return self.span[-1]

    @property
    def sentence_start(self) -> int:
        """Where its sentence begins in the text."""
        return int(self.sentence.start_char) + self.offset

    @property
    def sentence_end(self) -> int:
        """Where its sentence ends in the text."""
        return int(self.sentence.end_char) + self.offset

    @property
    def anchor(self) -> Token:
        """The token that stands for the whole phrase in the parse: the counted noun, else the number's head."""
        return self.phrase.head if self.phrase else self.span.root

    def before(self, size: int = 60) -> str:
        """The text in front of the expression, within its sentence."""
        return self.text[max(self.sentence_start, self.quantity.start - size) : self.quantity.start]

    def after(self, size: int = 60) -> str:
        """The text behind the expression, within its sentence."""
        return self.text[self.quantity.end : min(self.sentence_end, self.quantity.end + size)]


def mentions_in(parsed: Parsed) -> Iterator[Mention]:
    """The mentions of one field, left to right; numbers that are no figures left out."""
    starts = [part.start for part in parsed.parts]
    for quantity in find_quantities(parsed.text):
        at = bisect_right(starts, quantity.number.start) - 1
        if at < 0 or no_figure(parsed.text, quantity):
            continue
        part = parsed.parts[at]
        if span := _tokens(part.doc, quantity, part.start):
            if _is_named(span, quantity):
                continue
            phrase = _phrase(span, quantity)
            yield Mention(parsed.text, quantity, part.doc, part.start, span, phrase, _sentence(part.doc, span.start))


def _phrase(span: Span, quantity: Quantity) -> Phrase | None:
    """The noun phrase a quantity counts; of weights and volumes what they are of: "96 tonnes of grain"."""
    if quantity.kind in ("weight", "volume"):
        return counted_phrase(span) if span.end < len(span.doc) and span.doc[span.end].lower_ == "of" else None
    return counted_phrase(span) if quantity.kind in ("count", "share", "rate") and not quantity.per else None


def _tokens(doc: Doc, quantity: Quantity, offset: int) -> Span | None:
    """The tokens of the number with unit and suffix, without the modifiers in front."""
    end = max(quantity.number.end, quantity.end if quantity.unit or quantity.affix else 0)
    starts = _starts(doc)
    begin = min(max(quantity.number.start - offset, 0), starts[-1])
    finish = min(end - offset, starts[-1])
    if begin >= finish:
        return None
    return doc[max(bisect_right(starts, begin) - 1, 0) : min(bisect_left(starts, finish), len(doc))]


@lru_cache(maxsize=1)
def _starts(doc: Doc) -> list[int]:
    """Where the tokens of a stretch begin and the last one ends; kept, as `doc.text` joins them all anew."""
    return [*(token.idx for token in doc), doc[-1].idx + len(doc[-1].text_with_ws) if len(doc) else 0]


def _sentence(doc: Doc, token: int) -> Span:
    """The sentence that holds a token."""
    sentences = _sentences(doc)
    return sentences[bisect_right([sentence.start for sentence in sentences], token) - 1]


@lru_cache(maxsize=1)
def _sentences(doc: Doc) -> list[Span]:
    """The sentences of a stretch, kept for its other figures: spaCy looks through all tokens each time."""
    return list(doc.sents)


def _is_named(span: Span, quantity: Quantity) -> bool:
    """ "Boeing 787", "the Fortune 100": digits that the parse hangs on a name before them."""
    root = span.root
    behind = root.head.i < span.start and root.dep_ in ("nummod", "appos", "npadvmod") and root.head.pos_ == "PROPN"
    bare = quantity.kind == "count" and quantity.start == quantity.number.start and quantity.end == quantity.number.end
    if bare and span.text.isdigit() and span.start and _is_code(span):
        return True
    behind_it = span.doc[span.end : span.end + 1]
    follows = len(behind_it) == 1 and (
        behind_it[0].pos_ in ("NOUN", "PROPN", "ADJ", "VERB", "AUX") or behind_it[0].lower_ in ("of", "out")
    )
    return behind and bare and root.head.i == span.start - 1 and span.text.isdigit() and not follows


def _is_code(span: Span) -> bool:
    """ "Express IC 506", "the MV Aurora 2": digits behind capitals or a name, no noun behind them."""
    before, behind = span.doc[span.start - 1], span.doc[span.end : span.end + 1]
    counts = len(behind) == 1 and behind[0].is_lower and behind[0].pos_ in ("NOUN", "ADJ")
    capitals = before.text.isupper() and before.is_alpha and 1 < len(before.text) < 4
    named = before.pos_ == "PROPN" and span.start > 1 and span.doc[span.start - 2].text.isupper()
    return not counts and (capitals or named)
