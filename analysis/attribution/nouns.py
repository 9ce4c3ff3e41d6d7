"""Nouns that report speech: "the mayor's claim that ...", "a warning from engineers that ..."."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from analysis.attribution.clauses import segments, whole_quotations
from analysis.attribution.complements import extent
from analysis.attribution.lexicon import Cue, cues, speech_words
from analysis.attribution.paragraphs import Paragraph, Stretch
from analysis.attribution.report import Report
from analysis.attribution.subjects import source_of, trimmed
from analysis.grammar import noun_behind


def noun_reports(paragraph: Paragraph, stretch: Stretch) -> Iterator[Report]:
    """Every reporting noun outside quotation marks that comes with its content and its source."""
    lexicon = cues("cue_nouns")
    for token in stretch.doc:
        cue = lexicon.get(token.lemma_) if token.tag_ in ("NN", "NNS") else None
        if cue is None or paragraph.quotation_at(stretch.start + token.idx):
            continue
        content = _content(token, cue)
        head, source = _source(token)
        if not content or not source or source[0].tag_ == "PRP$":
            continue
        report = Report(cue, "noun_phrase", stretch, token, stretch.span([token]), head=head)
        report.source = stretch.span(source)
        report.content = whole_quotations(paragraph, segments(stretch, content, {token, *source}), report)
        yield report


def _content(noun: Token, cue: Cue) -> tuple[Token, ...]:
    for child in noun.children:
        if child.i < noun.i:
            continue
        marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children)
        if child.dep_ in ("acl", "relcl", "ccomp") and marked and "that" in cue.takes:
            return extent([child])
    return ()


def _source(noun: Token) -> tuple[Token | None, tuple[Token, ...]]:
    """Possessor, noun after "by" or "from", or subject of "made the claim"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child, trimmed(tuple(t for t in child.subtree if t.dep_ != "case"))
        if child.dep_ == "prep" and child.lower_ in ("by", "from"):
            head = noun_behind(child)
            return head, trimmed(tuple(head.subtree)) if head is not None else ()
    if noun.dep_ == "dobj" and noun.head.lemma_ in speech_words("making"):
        source = source_of(noun.head)
        return source.head, source.tokens
    return None, ()
