"""A report of speech while it is being put together by the rules."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from analysis.attribution.lexicon import Cue
from analysis.attribution.paragraphs import Stretch
from analysis.attribution.record import Span, Spans


@dataclass(eq=False)
class Report:
    """Source, cue and content found so far; without content it is no attribution yet.

    Attributes:
        word: the lexicon entry.
        stretch: where the cue stands.
        token: head word of the cue.
        head: head word of the source.
    """

    word: Cue
    form: str
    stretch: Stretch
    token: Token
    cue: Spans
    source: Spans = ()
    head: Token | None = None
    content: list[Span] = field(default_factory=list)

    @property
    def offset(self) -> int:
        """Offset of the head word of the cue."""
        return self.stretch.start + self.token.idx
