"""The reader itself: from parsed paragraphs to attributions."""

from __future__ import annotations

import re

from analysis import language
from analysis.attribution.clauses import verb_reports
from analysis.attribution.paragraphs import Paragraph, paragraphs
from analysis.attribution.phrases import according_reports
from analysis.attribution.quoted import attach
from analysis.attribution.record import Attribution, Span
from analysis.attribution.report import Report
from analysis.language import Parsed
from analysis.quotation import quotations

WORDS = re.compile(r"\w+")


def may_attribute(paragraph: str) -> bool:
    """Whether a paragraph can hold an attribution at all; much cheaper than parsing it."""
    return bool(paragraph.strip())


def find_attributions(text: str) -> list[Attribution]:
    """All attributions of a text, in order of their cues.

    Args:
        text: any text; a short first line without a full stop is read as a headline.
    """
    title, body = language.parse(["", text], wanted=may_attribute)
    return read_attributions(title, body)


def read_attributions(title: Parsed, text: Parsed) -> list[Attribution]:
    """The attributions of one document, title first, then in order of their cues."""
    return [*_field("title", title), *_field("text", text)]


def _field(name: str, parsed: Parsed) -> list[Attribution]:
    found: list[Attribution] = []
    earlier: Report | None = None
    reports: list[Report] = []
    for paragraph in paragraphs(parsed):
        inside = _paragraph_reports(paragraph)
        earlier = attach(paragraph, inside, earlier)
        reports += inside
    for report in reports:
        if report.content:
            found.append(_record(name, parsed.text, report, reports))
    return sorted(found, key=lambda a: (a.cue[0] if a.cue else (0, 0), a.content))


def _paragraph_reports(paragraph: Paragraph) -> list[Report]:
    reports: list[Report] = []
    for stretch in paragraph.stretches:
        if stretch.quotation is None:
            reports += verb_reports(paragraph, stretch)
            reports += according_reports(paragraph, stretch)
    return reports


def _record(field: str, text: str, report: Report, reports: list[Report]) -> Attribution:
    sentence = report.token.sent
    return Attribution(
        field=field,
        source=report.source,
        cue=report.cue,
        content=tuple(sorted(report.content)),
        source_text=" ".join(text[a:b] for a, b in report.source),
        source_name=None,
        source_type="other",
        source_naming="unnamed",
        camp="unknown",
        cue_lemma=report.word.lemma,
        form=report.form,
        stance=report.word.stance,
        quote=_quote(text, report.content),
        level=2 if any(_holds(other, report.offset) for other in reports if other is not report) else 1,
        sentence_start=report.stretch.start + sentence.start_char,
        sentence_end=report.stretch.start + sentence.end_char,
    )


def _holds(report: Report, offset: int) -> bool:
    return any(a <= offset < b for a, b in report.content)


def _quote(text: str, content: list[Span]) -> str:
    """Whether all, some or no words of the content stand in quotation marks of their line."""
    words = quoted = 0
    for start, end in content:
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", end)
        marks = quotations(text[line_start : line_end if line_end >= 0 else None], line_start)
        for word in WORDS.finditer(text, start, end):
            words += 1
            quoted += any(mark.inside(word.start()) for mark in marks)
    return "direct" if quoted == words else "mixed" if quoted else "indirect"
