"""Verbs that report speech: their source and what they take as content, from the syntax of the clause."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from analysis.attribution.lexicon import Cue, cues
from analysis.attribution.paragraphs import Paragraph, Stretch
from analysis.attribution.record import Spans
from analysis.attribution.report import Report
from analysis.attribution.subjects import Source, source_of, verb_group

OBJECTS = frozenset({"dobj", "oprd", "attr", "dative"})
EDGE = frozenset(",;:.–—-()")


def verb_reports(paragraph: Paragraph, stretch: Stretch) -> Iterator[Report]:
    """Every reporting verb outside quotation marks, with what content its clause gives it (maybe none)."""
    lexicon = cues()
    for token in stretch.doc:
        if not token.tag_.startswith("VB"):
            continue
        cue = lexicon.get(token.lemma_)
        if cue is None or paragraph.quotation_at(stretch.start + token.idx):
            continue
        yield _read(stretch, token, cue)


def _read(stretch: Stretch, token: Token, cue: Cue) -> Report:
    source = source_of(token)
    group = verb_group(token)
    form, content, extra = _content(token, cue, source)
    report = Report(cue, form, stretch, token, stretch.span([*group, *extra]), head=source.head)
    report.source = stretch.span(source.tokens)
    report.content = list(_runs(stretch, content, {*group, *extra, *source.tokens}))
    return report


def _content(token: Token, cue: Cue, source: Source) -> tuple[str, list[Token], list[Token]]:
    """Form, content tokens and further cue words of a verb."""
    children = list(token.children)
    passive = source.passive
    clauses = [c for c in children if c.dep_ == "ccomp" and not _is_question(c)]
    questions = [c for c in children if c.dep_ == "ccomp" and _is_question(c)]
    infinitives = [c for c in children if c.dep_ == "xcomp" or (c.dep_ == "ccomp" and _is_infinitive(c))]
    objects = [c for c in children if c.dep_ in OBJECTS]
    if "person" in cue.takes and infinitives:
        return "clause", _extent([*objects, *infinitives]), []
    finite = [c for c in clauses if c not in infinitives]
    if "that" in cue.takes and finite:
        after = [c for c in finite if c.i > token.i]
        return "clause", _clause(after or finite, token), []
    if "whether" in cue.takes and questions:
        return "clause", _clause(questions, token), []
    if "to" in cue.takes and infinitives:
        return "clause", _extent([c for c in infinitives if c.i > token.i]), []
    if passive and source.passive_subject is not None and {"object", "person"} & cue.takes:
        return "noun_phrase", _extent([source.passive_subject]), []
    for preposition in children:
        if preposition.dep_ == "prep" and preposition.lower_ in cue.takes and preposition.i > token.i:
            inner = [c for c in preposition.children if c.dep_ in ("pobj", "pcomp")]
            if inner and "object" not in cue.takes:
                first = [o for o in objects if o.i > token.i] if "person" in cue.takes else []
                return "noun_phrase", _extent([*first, *inner]), [] if first else [preposition]
    objects = [o for o in objects if o.i > token.i and o.lower_ not in ("it", "so")]
    if "object" in cue.takes and objects:
        more = [c for c in children if c.dep_ in ("xcomp", "oprd") or c.lower_ == "as"]
        return "noun_phrase", _extent([*objects, *more]), []
    return "clause", [], []


def _is_question(clause: Token) -> bool:
    first = next((t for t in clause.subtree if not t.is_punct and not t.is_quote), clause)
    return first.tag_ in ("WRB", "WP", "WP$", "WDT") or first.lower_ in ("whether", "if")


def _is_infinitive(clause: Token) -> bool:
    return any(c.dep_ == "aux" and c.tag_ == "TO" for c in clause.children)


def _extent(heads: list[Token]) -> list[Token]:
    """All tokens from the first to the last that belongs to one of the heads."""
    if not heads:
        return []
    left = min(h.left_edge.i for h in heads)
    right = max(h.right_edge.i for h in heads)
    return list(heads[0].doc[left : right + 1])


def _clause(clauses: list[Token], cue: Token) -> list[Token]:
    """The tokens of a complement clause, up to where the narrator goes on with another cue."""
    tokens = _extent(clauses)
    if clauses[0].i < cue.i:
        start = cue.sent.start
        return [t for t in cue.doc[start : max(tokens[-1].i + 1, cue.i)]]
    return tokens


def _runs(stretch: Stretch, tokens: list[Token], taken: set[Token]) -> Spans:
    """Content tokens as segments, without words of cue and source and without commas at the edges."""
    runs: list[list[Token]] = [[]]
    for token in tokens:
        if token in taken:
            runs.append([])
        else:
            runs[-1].append(token)
    trimmed = [_trim(run) for run in runs]
    return tuple(span for run in trimmed if any(t.is_alpha or t.is_digit for t in run) for span in stretch.span(run))


def _trim(run: list[Token]) -> list[Token]:
    while run and (run[0].text in EDGE or run[0].is_space):
        run = run[1:]
    while run and (run[-1].text in EDGE or run[-1].is_space):
        run = run[:-1]
    return run
