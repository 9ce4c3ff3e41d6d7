"""Quotations and the cue that introduces, interrupts or follows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from analysis.attribution.paragraphs import Paragraph, Stretch
from analysis.attribution.record import Span
from analysis.attribution.report import Report
from analysis.grammar import is_finite
from analysis.quotation import Quotation

LEADS_IN = re.compile(r"[,:—–-]\s*$|\b(?:that|saying|said)\s*$")
"""What stands before a quotation that belongs to the words in front of it."""

CLOSING = re.compile(r"(?:[”»\"]|'')")
SPEECH_WORDS = 4
"""Words from which a quotation within a sentence needs no comma or cue right before it."""

REACH = 8
"""Tokens between a cue and a quotation inside its sentence."""


@dataclass
class Speaker:
    """Whose quotation may go on in the next paragraph.

    Attributes:
        report: the last report with a quotation, or one that ended in a colon.
        goes_on: the mark was left open, or the paragraph ended in a colon.
    """

    report: Report | None = None
    goes_on: bool = False


def attach(paragraph: Paragraph, reports: list[Report], before: Speaker) -> Speaker:
    """Give each quotation of a paragraph to a cue in it, else to the speaker before.

    Args:
        paragraph: the paragraph.
        reports: the reports of its cues in order; their content grows.
        before: the speaker of the paragraph before.

    Returns:
        The speaker a quotation at the start of the next paragraph would belong to.
    """
    speaker: Report | None = None
    latest: Report | None = None
    quoted: Report | None = None
    _continue_open(paragraph, before)
    by_stretch = {id(stretch): list(group) for stretch, group in _grouped(reports)}
    named = {report.content[0][0]: report for report in reports if report.word.lemma == ":"}
    for number, stretch in enumerate(paragraph.stretches):
        inside = by_stretch.get(id(stretch), [])
        if stretch.quotation is None:
            _fragments(paragraph, stretch, inside)
            speaker = _introduces(stretch, inside) or _last_of_several(inside) or speaker
            latest = _latest(inside) or latest
            continue
        after = paragraph.stretches[number + 1] if number + 1 < len(paragraph.stretches) else None
        following = named.get(stretch.start) or _following(stretch, after, by_stretch.get(id(after), []))
        chosen = following or speaker or (before.report if number == 0 else None) or latest
        if chosen is not None:
            _add(chosen, (stretch.start, stretch.start + len(stretch.doc.text)))
            speaker = quoted = chosen
    return _next(paragraph, quoted or speaker)


def _grouped(reports: list[Report]) -> Iterator[tuple[Stretch, Iterator[Report]]]:
    ordered = sorted(reports, key=lambda r: r.stretch.start)
    for _, group in groupby(ordered, key=lambda r: r.stretch.start):
        members = sorted(group, key=lambda r: r.offset)
        yield members[0].stretch, iter(members)


def _last_of_several(inside: list[Report]) -> Report | None:
    """The last report of a stretch of several: "..., he said, adding that ..."; it speaks on."""
    able = [r for r in inside if r.source and "quote" in r.word.takes]
    return able[-1] if len(able) > 1 and able[-1].content else None


def _latest(inside: list[Report]) -> Report | None:
    """The last complete report of a stretch: whoever spoke goes on in a quotation without a cue."""
    able = [r for r in inside if r.content and r.source and "quote" in r.word.takes]
    return able[-1] if able else None


def _next(paragraph: Paragraph, speaker: Report | None) -> Speaker:
    last = paragraph.quotations[-1] if paragraph.quotations else None
    unclosed = last is not None and not last.closed
    colon = paragraph.text[paragraph.start : paragraph.end].rstrip().endswith((":", ","))
    goes_on = unclosed or colon
    return Speaker(speaker if last is not None or goes_on else None, goes_on)


def _continue_open(paragraph: Paragraph, before: Speaker) -> None:
    """Take the words up to a closing mark that has no opening one into the quotation left open before."""
    if before.report is None or not before.goes_on or not paragraph.stretches:
        return
    text = paragraph.text[paragraph.start : paragraph.end]
    mark = CLOSING.search(text)
    opens = any(q.start <= paragraph.start + (mark.start() if mark else 0) for q in paragraph.quotations)
    if mark is not None and not opens and not text[: mark.start()].endswith(" "):
        _add(before.report, (paragraph.start, paragraph.start + mark.end()))


def _add(report: Report, span: Span) -> None:
    """Add a quotation to the content, unless it is there already."""
    if any(a <= span[0] and span[1] <= b for a, b in report.content):
        return
    if not report.content:
        report.form = "quotation"
    report.content.append(span)


def _fragments(paragraph: Paragraph, stretch: Stretch, inside: list[Report]) -> None:
    """Give cues without content the quotation right beside them in their sentence."""
    for report in inside:
        if report.content or "quote" not in report.word.takes:
            continue
        sentence = report.token.sent
        start, end = stretch.start + sentence.start_char, stretch.start + sentence.end_char
        near = paragraph.quotations_in(start, end)
        near = tuple(q for q in near if not any(a <= q.start < b for a, b in report.source))
        beside = [q for q in near if _beside(stretch, report, q) and _is_speech(paragraph, report, q)]
        if beside:
            report.form = "quotation"
            nearest = min(beside, key=lambda q: abs(q.start - report.offset - len(report.token)))
            report.content = [(nearest.start, nearest.end)]


def _beside(stretch: Stretch, report: Report, quotation: Quotation) -> bool:
    words = [report.token, *([report.head] if report.head is not None else [])]
    first = min(word.idx for word in words) + stretch.start
    last = max(word.idx + len(word) for word in words) + stretch.start
    if quotation.start >= last:
        between = stretch.doc.char_span(
            last - stretch.start, quotation.start - stretch.start, alignment_mode="contract"
        )
    elif quotation.end <= first:
        between = stretch.doc.char_span(quotation.end - stretch.start, first - stretch.start, alignment_mode="contract")
    else:
        return False
    return between is None or (len(between) <= REACH and not any(is_finite(t) for t in between))


def _is_speech(paragraph: Paragraph, report: Report, quotation: Quotation) -> bool:
    """Whether a quotation in a sentence is what was said, rather than a name or a word in scare quotes."""
    before = paragraph.text[paragraph.start : quotation.start].rstrip()[-1:]
    next_to_cue = quotation.start - report.offset - len(report.token) in (1, 2)
    inner = paragraph.text[quotation.inner_start : quotation.inner_end].rstrip()
    leads_in = quotation.end <= report.offset and inner.endswith((",", "!", "?"))
    return len(inner.split()) >= SPEECH_WORDS or before in ",:" or next_to_cue or leads_in


def _introduces(stretch: Stretch, reports: list[Report]) -> Report | None:
    """The cue of the last sentence of a stretch that leads into what follows it."""
    if not reports or not LEADS_IN.search(stretch.doc.text):
        return None
    sentence = stretch.doc[-1].sent
    inside = [r for r in reports if r.token.i >= sentence.start and "quote" in r.word.takes]
    bare = [r for r in inside if not r.content]
    root = [r for r in bare if r.token.dep_ == "ROOT"]
    pick = root or bare or [r for r in inside if r.form != "noun_phrase"]
    return pick[-1] if pick else None


def _following(quoted: Stretch, after: Stretch | None, reports: list[Report]) -> Report | None:
    """The cue right after a quotation, when the quotation leads into it."""
    if after is None or after.quotation is not None or not reports:
        return None
    inner = quoted.doc.text.rstrip("\"'”’»")
    if inner.endswith(".") and not after.doc[0].text[:1].islower():
        return None
    end = after.doc[0].sent.end
    inside = [r for r in reports if r.token.i < end and "quote" in r.word.takes and r.source]
    bare = [r for r in inside if not r.content or r.content[0][0] > r.offset]
    root = [r for r in bare if r.token.dep_ == "ROOT"]
    pick = root or bare
    return pick[0] if pick else None
