"""Reports by a colon alone: headlines ("Mayor: the bridge is safe") and turns of an interview or transcript."""

from __future__ import annotations

import re
from collections import Counter

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Token

from analysis.attribution import kinds
from analysis.attribution.lexicon import Cue
from analysis.attribution.paragraphs import Paragraph, Stretch
from analysis.attribution.report import Report

COLON = Cue(":", "neutral", frozenset({"quote"}), ())
NAME = r"[^\W\d_a-zà-ÿ][\w.'’&-]*"
SPEAKER = re.compile(rf"[\"“”'‘\s]*({NAME}(?: (?:{NAME}|of|de|van|von))" r"{0,4}):\s")
INLINE = re.compile(rf"(?:^|[.!?\"”'’—–-]\s*)((?:{NAME} )" r"{0,5}" rf"{NAME}(?: \([^()]" r"{1,20}\))?):\s*$")
HEADLINE = re.compile(r"([^:;!?\"“”\n]{2,50}?):\s+(?=\S+\s+\S+)")
AFTER = re.compile(r"(?::|(?<=\s)[-–—])\s+([^:;!?\"“”\n]{2,40})$")
HEADLINE_WORDS = 28
"""A first line with more words is a paragraph."""

SIGNED = re.compile(rf"\s*([—–-]+)\s*({NAME}(?: {NAME})" r"{1,3})\.?\s*(?:\n|$)")

LONGEST_NAME = 90
"""Characters of a name before a colon."""

LEAST_TURNS = 3
"""Lines that open with a name and a colon, from which a text is a transcript."""


def speakers(text: str) -> frozenset[str]:
    """Names that open turns of a transcript; empty when the text is none."""
    names = [m.group(1) for line in text.split("\n") if (m := SPEAKER.match(line))]
    turns = Counter(names)
    known = {name for name in turns if len(name) > 2 and (turns[name] > 1 or name.isupper())}
    return frozenset(known) if sum(turns[name] for name in known) >= LEAST_TURNS else frozenset()


def turn_report(paragraph: Paragraph, names: frozenset[str]) -> Report | None:
    """The report of a paragraph that is one turn of a transcript."""
    line = paragraph.text[paragraph.start : paragraph.end]
    match = SPEAKER.match(line)
    if match is None or match.group(1) not in names:
        return None
    return _report(paragraph, match.span(1), match.end(1), (match.end(), len(line.rstrip())))


def headline_report(paragraph: Paragraph, body: str) -> Report | None:
    """The report of a headline with a colon or dash: "Mayor: bridge is safe", "Bridge is safe - mayor"."""
    line = paragraph.text[paragraph.start : paragraph.end].rstrip()
    if len(line.split()) > HEADLINE_WORDS:
        return None
    before = HEADLINE.match(line)
    if before is not None and _is_source(before.group(1), body):
        return _report(paragraph, before.span(1), before.end(1), (before.end(), len(line)))
    after = AFTER.search(line)
    if after is not None and _is_source(after.group(1), body) and after.start() > len(after.group(1)):
        return _report(paragraph, after.span(1), after.start(), (0, len(line[: after.start()].rstrip())))
    return None


def inline_reports(paragraph: Paragraph) -> list[Report]:
    """Reports within a paragraph that are a name, a colon and a quotation: Ruiz: "The bridge is safe."."""
    found = []
    for quotation in paragraph.quotations:
        left = max(paragraph.start, quotation.start - LONGEST_NAME)
        match = INLINE.search(paragraph.text[left : quotation.start])
        if match is None:
            continue
        shift = left - paragraph.start
        name = (match.start(1) + shift, match.end(1) + shift)
        content = (quotation.start - paragraph.start, quotation.end - paragraph.start)
        report = _report(paragraph, name, name[1], content)
        if report is not None:
            report.form = "quotation"
            found.append(report)
    return found


def signed_reports(paragraph: Paragraph) -> list[Report]:
    """Quotations with a dash and a name after them: "..." - Ana Ruiz."""
    found = []
    for quotation in paragraph.quotations:
        match = SIGNED.match(paragraph.text[quotation.end : quotation.end + LONGEST_NAME])
        if match is None:
            continue
        shift = quotation.end - paragraph.start
        content = (quotation.start - paragraph.start, shift)
        report = _report(paragraph, (match.start(2) + shift, match.end(2) + shift), match.start(1) + shift, content)
        if report is not None:
            report.form = "quotation"
            found.append(report)
    return found


def _is_source(phrase: str, body: str) -> bool:
    """Whether a few words name a speaker: a person of the story, or a body or role such as "poll" or "minister"."""
    words = phrase.split()
    if len(words) > 4 or any(word.lower() in STOP_WORDS for word in words):
        return False
    if kinds.type_of(words[-1]) is not None and len(words) < 4:
        return True
    named = all(word[:1].isupper() for word in words)
    return named and re.search(rf"\b{re.escape(words[-1])}\b", body) is not None


def _report(paragraph: Paragraph, name: tuple[int, int], colon: int, content: tuple[int, int]) -> Report | None:
    token = _token_at(paragraph, paragraph.start + colon)
    head = _token_at(paragraph, paragraph.start + name[1] - 1)
    if token is None or head is None:
        return None
    stretch, mark = token
    report = Report(COLON, "headline", stretch, mark, ((paragraph.start + colon, paragraph.start + colon + 1),))
    report.source = ((paragraph.start + name[0], paragraph.start + name[1]),)
    report.head = head[1]
    report.content = [(paragraph.start + content[0], paragraph.start + content[1])]
    return report


def _token_at(paragraph: Paragraph, offset: int) -> tuple[Stretch, Token] | None:
    stretch = paragraph.stretch_at(offset)
    if stretch is None:
        return None
    span = stretch.doc.char_span(offset - stretch.start, offset - stretch.start + 1, alignment_mode="expand")
    return (stretch, span[0]) if span is not None and len(span) else None
