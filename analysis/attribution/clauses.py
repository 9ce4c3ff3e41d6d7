"""Verbs that report speech: their source and what they take as content, from the syntax of the clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from analysis.attribution.complements import content_of
from analysis.attribution.lexicon import Cue, cues, speech_words, verb_cue
from analysis.attribution.paragraphs import Paragraph, Stretch
from analysis.attribution.record import Span
from analysis.attribution.report import Report
from analysis.attribution.subjects import is_second_cue, source_of, verb_group

EDGE = frozenset(",;:.–—-()")
MOST_CUES = 400
"""A stretch with more reporting verbs is a word list, not prose."""

MODIFIERS = frozenset({"acl", "relcl", "amod"})
UNSAYABLE = frozenset({"dobj", "nsubjpass"})


def verb_reports(paragraph: Paragraph, stretch: Stretch) -> Iterator[Report]:
    """Every reporting verb outside quotation marks, with what content its clause gives it (maybe none)."""
    lexicon = cues()
    if sum(token.lemma_ in lexicon for token in stretch.doc) > MOST_CUES:
        return
    for token in stretch.doc:
        is_verb = token.tag_.startswith("VB") or _is_mistagged(token)
        cue = verb_cue(token.lemma_, token.lower_) if is_verb else None
        if cue is None or paragraph.quotation_at(stretch.start + token.idx) or _reports_nothing(token, cue):
            continue
        report = _read(paragraph, stretch, token, cue)
        if cue.lemma in speech_words("owning") and any(c.dep_ == "agent" for c in token.children):
            continue
        if not report.source and token.tag_ == "VBG" and report.form == "noun_phrase":
            continue
        if report.source or token.tag_ != "VBN" or token.dep_ not in MODIFIERS:
            yield report


def _is_mistagged(token: Token) -> bool:
    """Whether a noun is a verb to the parser: "the agency notes, ..."."""
    if token.tag_ not in ("NN", "NNS") or not any(c.dep_ == "nsubj" for c in token.children):
        return False
    return token.dep_ == "ROOT" or token.lower_.endswith("ing")


def _reports_nothing(token: Token, cue: Cue) -> bool:
    """Whether the verb is a purpose or part of another act of speech: "plans to say", "declined to say".

    Nor is it speech with an object that cannot be said: "the clinic admitted 40 patients".
    """
    if token.dep_ == "amod" or any(c.dep_ in UNSAYABLE and c.lower_ in cue.unsaid for c in token.children):
        return True
    if _takes_the_floor(token):
        return False
    infinitive = token.tag_ == "VB" and any(c.tag_ == "TO" for c in token.children)
    if token.dep_ == "xcomp" and infinitive:
        return token.head.lemma_ not in speech_words("beginnings")
    return (
        infinitive and token.dep_ in ("acl", "relcl", "advcl") and token.head.lemma_ not in speech_words("beginnings")
    )


def _takes_the_floor(token: Token) -> bool:
    """Whether the infinitive is what an occasion is used for: "used the visit to announce"."""
    above = token.head
    used = above.lemma_ in ("use", "take", "seize") and token.dep_ in ("xcomp", "advcl", "acl")
    return used and any(c.dep_ == "dobj" and c.lemma_ in speech_words("occasions") for c in above.children)


def _read(paragraph: Paragraph, stretch: Stretch, token: Token, cue: Cue) -> Report:
    source = source_of(token)
    content = content_of(token, cue, source)
    group = [*verb_group(token), *content.cue_words]
    taken = {*group, *source.tokens}
    report = Report(cue, content.form, stretch, token, stretch.span(group), head=source.head)
    report.source = stretch.span(source.tokens)
    report.content = whole_quotations(paragraph, segments(stretch, _without_tail(content.tokens, token), taken), report)
    return report


def _without_tail(tokens: tuple[Token, ...], cue: Token) -> tuple[Token, ...]:
    """The content up to where the narrator goes on: "said he would ... and questioned how", ", adding that"."""
    for position, token in enumerate(tokens):
        if position > 1 and token.i > cue.i and _goes_on(token, tokens[position - 1], cue):
            start = position
            while start > 1 and (tokens[start - 1].dep_ in ("cc", "advmod", "nsubj") or tokens[start - 1].text == ","):
                start -= 1
            return tokens[:start]
    return tokens


def _goes_on(token: Token, before: Token, cue: Token) -> bool:
    """Whether the narrator speaks again from this token: another cue beside the first, or a remark on it."""
    if token.lower_ == "which" and before.text == "," and token.head.dep_ == "relcl":
        return not any(t.is_quote for t in token.head.subtree)
    if token.text == ";":
        return any(_is_another_report(t, cue) for t in token.doc[token.i : cue.sent.end])
    if token.lemma_ not in cues():
        return False
    if token.dep_ == "conj" and token.tag_ == cue.tag_:
        return is_second_cue(token, cue)
    own = any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)
    return token.tag_ == "VBG" and not own and before.text == "," and token.dep_ in ("advcl", "acl", "conj", "xcomp")


def _is_another_report(token: Token, cue: Token) -> bool:
    """Whether a verb behind a semicolon reports for someone else: "he said two died; doctors spoke of five"."""
    own = [c for c in token.children if c.dep_ == "nsubj" and c.tag_[:3] in ("NN", "NNS", "NNP")]
    return token.lemma_ in cues() and token.tag_ in ("VBD", "VBZ", "VBP") and token != cue and bool(own)


def segments(stretch: Stretch, tokens: Iterable[Token], taken: set[Token]) -> list[Span]:
    """Content tokens as segments, without words of cue and source and without commas at the edges."""
    runs: list[list[Token]] = [[]]
    for token in tokens:
        if token in taken:
            runs.append([])
        else:
            runs[-1].append(token)
    trimmed = [_trim(run) for run in runs]
    return [span for run in trimmed if any(t.is_alpha or t.is_digit for t in run) for span in stretch.span(run)]


def _trim(run: list[Token]) -> list[Token]:
    while run and (run[0].text in EDGE or run[0].is_space):
        run = run[1:]
    while run and (run[-1].text in EDGE or run[-1].is_space):
        run = run[:-1]
    return run


def whole_quotations(paragraph: Paragraph, content: list[Span], report: Report) -> list[Span]:
    """The segments, widened to the end of a quotation in which one ends, over its sentence breaks too."""
    widened: list[Span] = []
    for start, end in content:
        if widened and start < widened[-1][1]:
            start = widened[-1][1]
        if start >= end:
            continue
        last = paragraph.quotation_at(end - 1)
        first = paragraph.quotation_at(start)
        if last is not None and not last.inside(report.offset):
            end = max(end, last.end)
        if first is not None and start - first.inner_start <= 1:
            start = first.start
        widened.append((start, end))
    return widened
