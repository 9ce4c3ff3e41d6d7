"""The reader itself: from parsed paragraphs to attributions."""

from __future__ import annotations

import re
from bisect import bisect_right

from analysis import language
from analysis.attribution.cast import Cast
from analysis.attribution.clauses import verb_reports
from analysis.attribution.colons import headline_report, inline_reports, signed_reports, speakers, turn_report
from analysis.attribution.lexicon import cue_forms, speech_words
from analysis.attribution.nouns import noun_reports
from analysis.attribution.paragraphs import Paragraph, Stretch, paragraphs
from analysis.attribution.phrases import according_reports, hearsay_reports
from analysis.attribution.quoted import Speaker, attach
from analysis.attribution.record import Attribution, Span
from analysis.attribution.report import Report
from analysis.attribution.voices import Voice, Voices
from analysis.language import Parsed
from analysis.quotation import Quotation, quotations

Marks = dict[int, list[Quotation]]
"""The quotations of a line by its start."""

NEAR = 40
"""Reports before and after in which the one around a nested report is looked for."""

HINTS = re.compile(r"[\"“”„«»:]|''|``")
"""Marks of a quotation, a headline or a turn of talk."""

WORDS = re.compile(r"\w+")


def may_attribute(paragraph: str) -> bool:
    """Whether a paragraph can hold an attribution at all; much cheaper than parsing it."""
    if HINTS.search(paragraph):
        return True
    forms = cue_forms()
    return any(word in forms for word in WORDS.findall(paragraph.lower()))


def find_attributions(text: str) -> list[Attribution]:
    """All attributions of a text, in order of their cues.

    Args:
        text: any text; a short first line without a full stop is read as a headline.
    """
    title, body = language.parse(["", text], wanted=may_attribute)
    return read_attributions(title, body)


def read_attributions(title: Parsed, text: Parsed) -> list[Attribution]:
    """The attributions of one document, title first, then in order of their cues."""
    by_field = [
        (name, parsed, _reports(parsed, name == "title", text.text))
        for name, parsed in (("title", title), ("text", text))
    ]
    if not any(reports for _, _, reports in by_field):
        return []
    cast = Cast(f"{title.text}\n{text.text}")
    found: list[Attribution] = []
    for name, parsed, reports in by_field:
        voices = Voices(cast, 0 if name == "title" else len(title.text) + 1)
        marks: Marks = {}
        for report, level in reports:
            found.append(_record(name, parsed.text, report, level, voices.resolve(report, level), marks))
    return found


def _reports(parsed: Parsed, headline: bool, body: str) -> list[tuple[Report, int]]:
    """Complete reports with their level, in order of their cues."""
    speaker = Speaker()
    names = speakers(parsed.text)
    reports: list[Report] = []
    end = 0
    for number, paragraph in enumerate(paragraphs(parsed)):
        if parsed.text[end : paragraph.start].strip():
            speaker = Speaker()
        end = paragraph.end
        alone = turn_report(paragraph, names)
        if alone is None and number == 0 and (headline or paragraph.start == 0):
            alone = headline_report(paragraph, body)
        if alone is not None:
            reports.append(alone)
            speaker = Speaker()
            continue
        inside = [*_paragraph_reports(paragraph), *inline_reports(paragraph), *signed_reports(paragraph)]
        speaker = attach(paragraph, inside, speaker)
        reports += inside
    return _levels([report for report in reports if report.content])


def _levels(reports: list[Report]) -> list[tuple[Report, int]]:
    """Each report with its level; a report within another is kept when it is a second voice."""
    reports = sorted(reports, key=lambda report: report.offset)
    found = []
    for number, report in enumerate(reports):
        near = reports[max(0, number - NEAR) : number + NEAR]
        outer = next((o for o in near if o is not report and _holds(o, report.offset)), None)
        if outer is None or _is_second_voice(report, outer):
            found.append((report, 1 if outer is None else 2))
    return found


def _paragraph_reports(paragraph: Paragraph) -> list[Report]:
    reports: list[Report] = []
    before: Stretch | None = None
    for stretch in paragraph.stretches:
        if stretch.quotation is None:
            reports += verb_reports(paragraph, stretch)
            reports += noun_reports(paragraph, stretch)
            reports += hearsay_reports(paragraph, stretch)
            reports += according_reports(paragraph, stretch, before)
        before = stretch
    return reports


def _record(field: str, text: str, report: Report, level: int, voice: Voice, marks: Marks) -> Attribution:
    sentence = report.token.sent
    return Attribution(
        field=field,
        source=report.source,
        cue=report.cue,
        content=tuple(sorted(report.content)),
        source_text=" ".join(text[a:b] for a, b in report.source),
        source_name=voice.name,
        source_type=voice.type,
        source_naming=voice.naming,
        camp=voice.camp,
        cue_lemma=report.word.lemma,
        form=report.form,
        stance=report.word.stance,
        quote=_quote(text, report.content, marks),
        level=level,
        sentence_start=report.stretch.start + sentence.start_char,
        sentence_end=report.stretch.start + sentence.end_char,
    )


def _is_second_voice(report: Report, outer: Report) -> bool:
    """Whether a report inside another's content is a voice of its own, not the outer speaker's own doings."""
    if outer.form == "according_to":
        return True
    if not report.source or report.head is None:
        return False
    if report.form == "quotation":
        return report.token.dep_ == "relcl"
    if report.form == "noun_phrase":
        return report.token.tag_[:2] == "NN" or (
            report.token.dep_ == "acl" and outer.word.lemma in speech_words("quoting")
        )
    return report.form == "according_to" or report.head.tag_ != "PRP" or report.token.dep_ == "relcl"


def _holds(report: Report, offset: int) -> bool:
    return any(a <= offset < b for a, b in report.content)


def _quote(text: str, content: list[Span], marks: Marks) -> str:
    """Whether all, some or no words of the content stand in quotation marks of their line.

    `marks` remembers the quotations of each line by its start.
    """
    words = quoted = 0
    for start, end in content:
        for word in WORDS.finditer(text, start, end):
            words += 1
            quoted += _is_quoted(text, word.start(), marks)
    return "direct" if quoted == words else "mixed" if quoted else "indirect"


def _is_quoted(text: str, offset: int, marks: Marks) -> bool:
    line = text.rfind("\n", 0, offset) + 1
    if line not in marks:
        end = text.find("\n", offset)
        marks[line] = quotations(text[line : end if end >= 0 else None], line)
    index = bisect_right(marks[line], offset, key=lambda mark: mark.start) - 1
    return index >= 0 and marks[line][index].inside(offset)
