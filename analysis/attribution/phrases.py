"""Reports without a verb: "according to", and headlines and transcripts with a colon."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from analysis.attribution.clauses import segments, whole_quotations
from analysis.attribution.lexicon import Cue
from analysis.attribution.paragraphs import Paragraph, Stretch
from analysis.attribution.report import Report

ACCORDING = Cue("according to", "neutral", frozenset(), ())


def according_reports(paragraph: Paragraph, stretch: Stretch) -> Iterator[Report]:
    """Every "according to X" outside quotation marks."""
    doc = stretch.doc
    for token in doc[:-2]:
        if token.lower_ != "according" or doc[token.i + 1].lower_ != "to":
            continue
        if paragraph.quotation_at(stretch.start + token.idx):
            continue
        to = doc[token.i + 1]
        head = next((c for c in to.children if c.dep_ == "pobj"), None)
        if head is None:
            continue
        source = _trimmed([t for t in head.subtree if t.i > to.i])
        content = _told(token, source)
        report = Report(ACCORDING, "according_to", stretch, token, stretch.span([token, to]), head=head)
        report.source = stretch.span(source)
        report.content = whole_quotations(paragraph, segments(stretch, content, {token, to, *source}), report)
        yield report


def _told(according: Token, source: list[Token]) -> list[Token]:
    sentence = according.sent
    last = source[-1].i if source else according.i + 1
    if according.i - sentence.start <= 2:
        return list(according.doc[last + 1 : sentence.end])
    return list(according.doc[sentence.start : according.i]) + list(according.doc[last + 1 : sentence.end])


def _trimmed(tokens: list[Token]) -> list[Token]:
    while tokens and (tokens[-1].is_punct or tokens[-1].is_space):
        tokens.pop()
    return tokens
