"""Reports without a verb: "according to", and headlines and transcripts with a colon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from analysis.attribution import kinds
from analysis.attribution.clauses import segments, whole_quotations
from analysis.attribution.lexicon import Cue, cues, speech_words
from analysis.attribution.paragraphs import Paragraph, Stretch
from analysis.attribution.record import Span
from analysis.attribution.report import Report
from analysis.grammar import agent_of, noun_behind

ACCORDING = Cue("according to", "neutral", frozenset(), ())
PER = Cue("per", "neutral", frozenset(), ())


@dataclass(frozen=True)
class Phrase:
    """A phrase that names a source: its first word, the other words of the cue, the source and its head."""

    first: Token
    cue: Cue
    words: tuple[Token, ...]
    head: Token
    source: tuple[Token, ...]

    @property
    def last(self) -> int:
        """Index of its last token."""
        return max(token.i for token in (*self.words, *self.source))


def according_reports(paragraph: Paragraph, stretch: Stretch, before: Stretch | None) -> Iterator[Report]:
    """Every "according to X", "per X", "in X's words" outside quotation marks; `before` is the stretch in front."""
    for token in stretch.doc[:-2]:
        phrase = _according(token) or _per(token) or _by_the_noun(token)
        if phrase is None or paragraph.quotation_at(stretch.start + token.idx):
            continue
        report = Report(phrase.cue, "according_to", stretch, token, stretch.span(phrase.words), head=phrase.head)
        report.source = stretch.span(phrase.source)
        taken = {*phrase.words, *phrase.source}
        report.content = whole_quotations(paragraph, segments(stretch, _told(phrase), taken), report)
        report.content = [*_quotation_before(paragraph, stretch, before, token), *report.content]
        yield report


def _according(token: Token) -> Phrase | None:
    """ "According to X"."""
    if token.lower_ != "according" or token.nbor().lower_ != "to":
        return None
    return _with_object(token, token.nbor(), ACCORDING)


def _per(token: Token) -> Phrase | None:
    """ "Per the fire brigade", which is a source and no unit as in "per day"."""
    if token.lower_ != "per" or (token.nbor().text[:1].islower() and token.nbor().lower_ not in ("the", "a", "its")):
        return None
    phrase = _with_object(token, token, PER)
    return phrase if phrase and kinds.type_of(" ".join(t.text for t in phrase.source)) else None


def _with_object(first: Token, preposition: Token, cue: Cue) -> Phrase | None:
    head = noun_behind(preposition)
    if head is None:
        return None
    source = _trimmed([t for t in head.subtree if t.i > preposition.i])
    return Phrase(first, cue, tuple(dict.fromkeys((first, preposition))), head, tuple(source))


def _by_the_noun(token: Token) -> Phrase | None:
    """ "In the words of X", "by X's own count": a noun of `cue_phrases.toml` with its owner."""
    noun = next((c for c in token.children if c.dep_ in ("pobj", "pcomp")), None) if token.tag_ == "IN" else None
    known = cues("cue_phrases")
    cue = known.get(noun.lemma_.lower()) or known.get(noun.lower_) if noun is not None else None
    if noun is None or cue is None or token.lower_ not in cue.prepositions:
        return None
    owner = _owner(noun) or (noun if cue.lemma in speech_words("asking") else None)
    if owner is None:
        return None
    source = _trimmed([t for t in owner.subtree if t.dep_ != "case" or t.head != owner])
    words = [t for t in token.doc[token.i : noun.i + 1] if t not in source and t.dep_ != "case"]
    return Phrase(token, cue, tuple(words), owner, tuple(source))


def _owner(noun: Token) -> Token | None:
    """Whose words or count it is: "X's words", "the words of X", "a poll published by X"; nothing else hangs on it."""
    if any(c.dep_ in ("amod", "nummod", "relcl") and c.lower_ not in speech_words("narrowing") for c in noun.children):
        return None
    for child in noun.children:
        if child.dep_ == "poss" or any(c.dep_ == "case" for c in child.children):
            return child
        if child.dep_ == "prep" and child.lower_ in ("of", "by"):
            return noun_behind(child)
        if (
            child.dep_ == "acl"
            and child.lemma_ not in speech_words("quoting")
            and (agent := agent_of(child)) is not None
        ):
            return agent
    return None


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


def _told(phrase: Phrase) -> list[Token]:
    """The clause the phrase belongs to: what follows when it opens the clause, else what is before it."""
    first, sentence, doc = phrase.first, phrase.first.sent, phrase.first.doc
    opens = first.i - sentence.start <= 2 or doc[first.i - 1].dep_ in ("mark", "cc")
    after = list(doc[phrase.last + 1 : sentence.end])
    if opens or (after and after[0].text == "," and doc[first.i - 1].text == "," and _is_clause_start(first)):
        return after
    start = sentence.start
    for token in doc[sentence.start : first.i]:
        if token.text in (":", ";"):
            start = token.i + 1
    before = list(doc[start : first.i])
    return before + [t for t in after if t in set(first.head.subtree) and not _is_joined(t, first)]


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
