"""Reports without a verb: "according to", and headlines and transcripts with a colon."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from analysis.attribution.clauses import segments, whole_quotations
from analysis.attribution.lexicon import Cue, cues
from analysis.attribution.paragraphs import Paragraph, Stretch
from analysis.attribution.record import Span
from analysis.attribution.report import Report

ACCORDING = Cue("according to", "neutral", frozenset(), ())


def according_reports(paragraph: Paragraph, stretch: Stretch, before: Stretch | None) -> Iterator[Report]:
    """Every "according to X" outside quotation marks; `before` is the stretch in front."""
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
        report.content = [*_quotation_before(paragraph, stretch, before, token), *report.content]
        yield report


def hearsay_reports(paragraph: Paragraph, stretch: Stretch) -> Iterator[Report]:
    """Every "reportedly" outside quotation marks, with the clause it stands in and no source."""
    lexicon = cues("cue_adverbs")
    for token in stretch.doc:
        cue = lexicon.get(token.lower_)
        if cue is None or token.head.tag_[:2] not in ("VB", "MD") or paragraph.quotation_at(stretch.start + token.idx):
            continue
        report = Report(cue, "clause", stretch, token, stretch.span([token]))
        clause = [t for t in token.head.subtree if not _is_joined(t, token)]
        report.content = whole_quotations(paragraph, segments(stretch, clause, {token}), report)
        yield report


def _quotation_before(paragraph: Paragraph, stretch: Stretch, quoted: Stretch | None, token: Token) -> list[Span]:
    """The quotation of whole sentences that the sentence of the cue goes on from: "...," he said, according to X."""
    if quoted is None or token.sent.start > 0 or quoted.quotation is None:
        return []
    span = (quoted.start, quoted.start + len(quoted.doc.text))
    ends = paragraph.text[span[0] : span[1]].rstrip("\"'”’»").endswith(".")
    return [] if ends and not stretch.doc[0].text[:1].islower() else [span]


def _told(according: Token, source: list[Token]) -> list[Token]:
    """The clause the phrase belongs to: what follows when it opens the clause, else what is before it."""
    sentence = according.sent
    last = source[-1].i if source else according.i + 1
    opens = according.i - sentence.start <= 2 or according.doc[according.i - 1].dep_ in ("mark", "cc")
    after = list(according.doc[last + 1 : sentence.end])
    if opens or (
        after and after[0].text == "," and according.doc[according.i - 1].text == "," and _is_clause_start(according)
    ):
        return after
    start = sentence.start
    for token in according.doc[sentence.start : according.i]:
        if token.text in (":", ";"):
            start = token.i + 1
    before = list(according.doc[start : according.i])
    return before + [t for t in after if t in set(according.head.subtree) and not _is_joined(t, according)]


def _is_clause_start(according: Token) -> bool:
    """Whether only a conjunction or "that" stands before the phrase in its clause."""
    before = according.doc[according.i - 2]
    return before.dep_ in ("mark", "cc", "prep") or before.lower_ in ("that", "and", "but", "after", "because")


def _is_joined(token: Token, according: Token) -> bool:
    """Whether a word belongs to a clause joined on after the phrase: "..., but he has vowed"."""
    while token != according.head and token.head != token:
        if token.dep_ in ("conj", "cc") and token.i > according.i and token.head.i < according.i:
            return True
        token = token.head
    return False


def _trimmed(tokens: list[Token]) -> list[Token]:
    while tokens and (tokens[-1].is_punct or tokens[-1].is_space):
        tokens.pop()
    return tokens
