"""Quotations and the cue that introduces, interrupts or follows them."""

from __future__ import annotations

import re

from analysis.attribution.paragraphs import Paragraph, Stretch
from analysis.attribution.record import Span
from analysis.attribution.report import Report

OPEN_END = re.compile(r"[,:—–-]\s*$|\b(?:that|saying|said)\s*$")
"""What stands before a quotation that belongs to the words in front of it."""


def attach(paragraph: Paragraph, reports: list[Report], earlier: Report | None) -> Report | None:
    """Give each quotation of whole sentences to a cue of its paragraph, else to the speaker before it.

    Args:
        paragraph: the paragraph.
        reports: the reports of its cues in order; their content grows.
        earlier: the last quoted report of the paragraph before, for quotations that go on.

    Returns:
        The report that a quotation at the start of the next paragraph would continue.
    """
    speaker: Report | None = None
    for number, stretch in enumerate(paragraph.stretches):
        if stretch.quotation is None:
            speaker = _introduces(paragraph, reports, number) or speaker
            continue
        chosen = _following(paragraph, reports, number, speaker) or speaker or (earlier if number == 0 else None)
        if chosen is not None:
            _add(chosen, (stretch.start, stretch.start + len(stretch.doc.text)))
            speaker = chosen
    return speaker


def _add(report: Report, span: Span) -> None:
    if report.form != "quotation" and report.content:
        inside = [c for c in report.content if c[0] <= span[0] and span[1] <= c[1]]
        if inside:
            return
    report.form = report.form if report.content and report.form == "clause" else "quotation"
    report.content.append(span)


def _introduces(paragraph: Paragraph, reports: list[Report], number: int) -> Report | None:
    """The cue of the last sentence before a quotation, when that sentence leads into it."""
    stretch = paragraph.stretches[number]
    if number + 1 == len(paragraph.stretches) or not stretch.doc:
        return None
    if not OPEN_END.search(stretch.doc.text):
        return None
    sentence = list(stretch.doc.sents)[-1]
    inside = [r for r in reports if r.stretch is stretch and r.token.i >= sentence.start and "quote" in r.word.takes]
    bare = [r for r in inside if not r.content]
    root = [r for r in bare if r.token.dep_ == "ROOT"]
    pick = root or bare or [r for r in inside if r.form != "noun_phrase"]
    return pick[-1] if pick else None


def _following(paragraph: Paragraph, reports: list[Report], number: int, speaker: Report | None) -> Report | None:
    """The cue right after a quotation, when the quotation leads into it."""
    if number + 1 == len(paragraph.stretches):
        return None
    quotation = paragraph.stretches[number]
    after = paragraph.stretches[number + 1]
    if after.quotation is not None or not after.doc:
        return None
    inner = paragraph.text[quotation.start : quotation.start + len(quotation.doc.text)].rstrip("\"'”’»")
    lower = after.doc[0].text[:1].islower()
    if inner.endswith(".") and not lower:
        return None
    sentence = next(after.doc.sents)
    inside = [
        r
        for r in reports
        if r.stretch is after and r.token.i < sentence.end and "quote" in r.word.takes and r.source
    ]
    bare = [r for r in inside if not r.content or r.content[0][0] > r.offset]
    root = [r for r in bare if r.token.dep_ == "ROOT"]
    pick = root or bare
    return pick[0] if pick else None
