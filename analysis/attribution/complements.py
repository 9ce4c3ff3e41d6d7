"""What a reporting verb takes as its content: clause, infinitive, noun phrase, phrase with a preposition."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from analysis.attribution.lexicon import Cue, cues, speech_words
from analysis.attribution.subjects import Source
from analysis.grammar import is_finite

OBJECTS = frozenset({"dobj", "oprd", "attr", "dative"})
BESIDE_CLAUSE = frozenset({"dative", "prep", "npadvmod", "advmod", "prt", "advcl", "punct", "agent", "tmod"})
SUBORDINATE = frozenset({"when", "if", "as", "while", "after", "before", "although", "though", "because", "since"})
ANSWERS = frozenset({"yes", "no", "so"})
LEAST_CLAUSE = 4
"""Words before the comma from which they can be a clause of their own."""

REPORT_END = 8
"""Words after a cue within which a comma ends the inserted report."""

GAP = 8
"""Tokens between a relative pronoun and the cue of its clause."""

QUESTION_TAGS = frozenset({"WRB", "WP", "WP$", "WDT"})
EMPTY_OBJECTS = frozenset({"it", "so", "this", "that", "them", "which", "who", "whom", "much", "anything", "nothing"})
THAT_REACH = 25
"""Tokens between a verb and its "that" when a date or place stands between them."""


@dataclass(frozen=True)
class Content:
    """Tokens of the content, further words of the cue, and how the cue takes it."""

    form: str = "clause"
    tokens: tuple[Token, ...] = ()
    cue_words: tuple[Token, ...] = ()


def content_of(verb: Token, cue: Cue, source: Source) -> Content:
    """The content of a reporting verb; empty when its clause holds none."""
    for rule in RULES:
        content = rule(verb, cue, source)
        if content is not None and content.tokens:
            return content
    return Content()


def _clause(verb: Token, cue: Cue, source: Source) -> Content | None:
    """A finite complement: "said (that) ...", "asked whether ...", "..., he said"."""
    clauses = [c for c in verb.children if c.dep_ == "ccomp" and not is_infinitive(c)]
    if cue.lemma in ("ask", "wonder"):
        clauses += [c for c in verb.children if c.dep_ == "advcl" and c.i > verb.i and _is_question(c)]
    clauses = [c for c in clauses if ("whether" if _is_question(c) else "that") in cue.takes]
    inverted = source.head is not None and source.head.i > verb.i and any(c.i < verb.i for c in clauses)
    after = [c for c in clauses if c.i > verb.i and verb.doc[verb.i + 1].text != ";" and not inverted]
    if after:
        return Content("clause", _from_cue(verb, cue, extent(after)))
    before = [c for c in clauses if not _is_participle(c) and not _is_split(c, verb)]
    right = ("xcomp",) if "person" in cue.takes else ("dobj", "xcomp")
    if before and not any(c.i > verb.i and c.dep_ in right for c in verb.children):
        start = _bracket(verb)
        return Content("clause", tuple(verb.doc[start : max(before[0].right_edge.i + 1, verb.i)]))
    return None


def _from_cue(verb: Token, cue: Cue, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The clause with the words before it that belong to nothing else: a subject the parser lost."""
    last = verb.i
    beside = BESIDE_CLAUSE | ({"dobj"} if "person" in cue.takes else set())
    owned = {t.i for c in verb.children if c.i > verb.i and c.dep_ in beside for t in c.subtree}
    while last + 1 < tokens[0].i and (last + 1 in owned or verb.doc[last + 1].is_punct):
        last += 1
    lost = verb.doc[last + 1 : tokens[0].i]
    return (*lost, *tokens) if tokens[0].i > verb.i and any(t.tag_[:2] in ("NN", "PR") for t in lost) else tokens


def _parenthesis(verb: Token, cue: Cue, source: Source) -> Content | None:
    """A report set into the sentence it reports: "Voters, she said, do not care", "as she said, ..."."""
    marked = any(c.lower_ == "as" and c.dep_ == "mark" for c in verb.children)
    as_clause = verb.dep_ == "advcl" and marked and cue.lemma in speech_words("retelling")
    if not (verb.dep_ == "parataxis" or as_clause) or "that" not in cue.takes or not source.tokens:
        return None
    taken = {t.i for t in verb.subtree}
    own = [t for t in verb.head.subtree if t.i not in taken]
    early = [c for c in verb.children if c.dep_ in ("nsubj", "dep") and c != source.head and c.i < verb.i]
    own += [t for c in early for t in c.subtree if t not in source.tokens]
    return Content("clause", tuple(sorted(own, key=lambda t: t.i)))


def _requested(verb: Token, cue: Cue, source: Source) -> Content | None:
    """What someone is asked to do goes before any clause in front of the verb: "urged them to leave"."""
    return _infinitive(verb, cue, source) if {"person"} <= cue.takes and "that" not in cue.takes else None


def _infinitive(verb: Token, cue: Cue, source: Source) -> Content | None:
    """An infinitive: "vowed to close it", "urged them to leave"."""
    clauses = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and is_infinitive(c) and c.i > verb.i]
    clauses = [c for c in clauses if c.dep_ != "advcl" or c.left_edge.i <= verb.i + 2]
    if not clauses:
        return None
    about = [source.passive_subject] if source.passive and source.passive_subject is not None else []
    if "person" in cue.takes:
        addressed = [c for c in verb.children if c.dep_ in ("dobj", "dative") and c.i > verb.i]
        return Content("noun_phrase", (*extent(about), *extent([*addressed, *clauses])))
    if "infinitive" in cue.takes:
        return Content("noun_phrase", (*extent(about), *extent(clauses)))
    return None


def _named(verb: Token, cue: Cue, source: Source) -> Content | None:
    """A thing and what it is called: "called the vote a farce", "described him as tired"."""
    if "name" not in cue.takes:
        return None
    right = [
        c
        for c in verb.children
        if c.i > verb.i and c.dep_ not in ("punct", "advcl", "cc", "conj", "npadvmod", "prt", "agent")
    ]
    names = [
        c
        for c in right
        if c.dep_ in ("oprd", "acomp", "attr") or c.lower_ == "as" or (c.dep_ == "ccomp" and c.tag_[:2] != "VB")
    ]
    quoted = any(t.is_quote for c in right for t in c.subtree)
    adjective = len(right) > 0 and extent(right)[-1].tag_ == "JJ"
    if not names and not quoted and not adjective:
        return None
    first = [source.passive_subject] if source.passive and source.passive_subject is not None else []
    return Content("noun_phrase", (*extent(first), *extent(right)))


def _passive_subject(verb: Token, cue: Cue, source: Source) -> Content | None:
    """The subject of a passive: "the talks were confirmed by the ministry"."""
    if not source.passive or source.passive_subject is None or not source.tokens:
        return None
    if not {"object", "person", "that"} & cue.takes or cue.lemma in speech_words("owning"):
        return None
    return Content("noun_phrase", extent([source.passive_subject]))


def _phrase(verb: Token, cue: Cue, source: Source) -> Content | None:
    """A phrase with a preposition: "called for talks", "accused them of lying"."""
    addressed = [c for c in verb.children if c.dep_ in ("dobj", "dative") and c.i > verb.i]
    if addressed and "person" not in cue.takes:
        return None
    for preposition in (*verb.children, *(c for a in addressed for c in a.children)):
        if preposition.dep_ not in ("prep", "prt") or preposition.i < verb.i or preposition.lower_ not in cue.takes:
            continue
        inner = [c for c in preposition.children if c.dep_ in ("pobj", "pcomp")]
        if inner and preposition.lower_ == "of" and addressed:
            return Content("noun_phrase", extent([addressed[0], preposition]))
        if inner and addressed and preposition.lower_ != "to":
            return Content("noun_phrase", extent(inner), (preposition,))
        if inner and not addressed:
            more = [
                c for c in verb.children if c.dep_ in ("xcomp", "advcl") and c.i > preposition.i and is_infinitive(c)
            ]
            return Content("noun_phrase", extent([*inner, *more]), (preposition,))
    return _called_for(verb, cue)


def _called_for(verb: Token, cue: Cue) -> Content | None:
    """What is to happen to someone: "called for the port to be closed"."""
    for clause in verb.children:
        mark = next((c for c in clause.children if c.dep_ == "mark" and c.lower_ == "for"), None)
        if "for" in cue.takes and mark is not None and clause.i > verb.i and is_infinitive(clause):
            return Content("noun_phrase", tuple(t for t in extent([clause]) if t != mark), (mark,))
    return None


def _object(verb: Token, cue: Cue, source: Source) -> Content | None:
    """A noun phrase: "reported fires", "dismissed the idea"."""
    if not {"object", "question"} & cue.takes or source.passive:
        return None
    objects = [c for c in verb.children if c.dep_ in OBJECTS or (c.dep_ == "xcomp" and c.tag_ == "VBG")]
    objects = [c for c in objects if c.i > verb.i and c.lower_ not in EMPTY_OBJECTS]
    if "question" in cue.takes:
        objects = [c for c in objects if c.lemma_ == "question"]
    if not objects:
        return None
    right = [c for c in verb.children if c.i >= objects[0].i and c.dep_ in (*OBJECTS, "prep", "xcomp", "acl", "relcl")]
    kept: list[Token] = []
    for child in right:
        before = verb.doc[child.left_edge.i - 1]
        if kept and before.is_punct and not before.is_quote:
            break
        kept.append(child)
    return Content("noun_phrase", extent(kept))


def _addressed_clause(verb: Token, cue: Cue, source: Source) -> Content | None:
    """A clause which the parser hung on the addressee: "told the paper she was ready"."""
    if not {"person", "that"} <= cue.takes:
        return None
    for person in verb.children:
        if person.dep_ not in ("dobj", "dative") or person.i < verb.i:
            continue
        for clause in person.subtree:
            own = [c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass", "expl")]
            if clause.dep_ in ("relcl", "acl", "ccomp") and own and own[0].tag_ not in QUESTION_TAGS:
                return Content("clause", extent([clause]))
    return None


def _gap_clause(verb: Token, cue: Cue, source: Source) -> Content | None:
    """A relative clause around the cue: "which she said was a mistake", "what he says is needed"."""
    if "that" not in cue.takes or verb.i + 1 >= len(verb.doc):
        return None
    after = verb.doc[verb.i + 1]
    if after.is_quote and verb.i + 2 < len(verb.doc):
        after = verb.doc[verb.i + 2]
    if not is_finite(after):
        return None
    relative = [
        t for t in verb.doc[max(verb.sent.start, verb.i - GAP) : verb.i] if t.tag_ in ("WDT", "WP") and t != source.head
    ]
    clause = after
    while clause.dep_ in ("aux", "auxpass") and clause.head.i > verb.i:
        clause = clause.head
    end = max([t.i for t in clause.subtree if t.i > verb.i], default=after.i)
    return Content("clause", (*relative[-1:], *verb.doc[verb.i + 1 : end + 1]))


def _before_comma(verb: Token, cue: Cue, source: Source) -> Content | None:
    """The sentence before the comma: "The bridge is closed for good, the mayor told reporters."."""
    if "that" not in cue.takes or not source.tokens or source.head is None or source.head.tag_ in QUESTION_TAGS:
        return None
    start, left = _bracket(verb), min(source.tokens[0].i, verb.i)
    if left - start < LEAST_CLAUSE or verb.doc[left - 1].text != ",":
        return None
    before = verb.doc[start : left - 1]
    if before[0].tag_ in ("VBN", "VBG") or (before[0].lower_ in SUBORDINATE and before[0].dep_ != "prep"):
        return None
    last = max(source.tokens[-1].i, verb.i)
    comma = next((t.i for t in verb.doc[last + 1 : min(last + REPORT_END, verb.sent.end)] if t.text == ","), None)
    after = verb.doc[comma + 1 : verb.sent.end] if comma is not None else verb.doc[last:last]
    if any(is_finite(t) for t in before):
        return Content("clause", tuple(before))
    return Content("clause", (*before, *after)) if any(is_finite(t) for t in after) else None


def _short_answer(verb: Token, cue: Cue, source: Source) -> Content | None:
    """A single word: "said no", "said so"."""
    if cue.lemma != "say" or verb.i + 1 >= len(verb.doc):
        return None
    after = verb.doc[verb.i + 1]
    return Content("clause", (after,)) if after.lower_ in ANSWERS else None


def _distant_clause(verb: Token, cue: Cue, source: Source) -> Content | None:
    """A "that" clause which the parser hung on a word between: "said after a vote in May that he ..."."""
    if "that" not in cue.takes:
        return None
    end = min(verb.i + THAT_REACH, verb.sent.end)
    for token in verb.doc[verb.i + 1 : end]:
        clause = token.head
        if token.lower_ != "that" or token.tag_ != "IN" or clause.tag_[:2] not in ("VB", "MD"):
            continue
        above = list(clause.ancestors)
        if verb in above and not any(a.lemma_ in cues() for a in above[: above.index(verb)]):
            return Content("clause", tuple(verb.doc[token.i : clause.right_edge.i + 1]))
    return None


def _is_split(clause: Token, verb: Token) -> bool:
    """Whether a semicolon parts a clause from the verb behind it: "The raid took 100 lives; 60 people testified"."""
    return any(t.text == ";" for t in verb.doc[clause.right_edge.i : verb.i])


def _is_participle(clause: Token) -> bool:
    return clause.tag_ in ("VBN", "VBG") and not any(
        c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") for c in clause.children
    )


def _bracket(verb: Token) -> int:
    """Where the verb's part of its sentence begins: behind a bracket, or a semicolon that ends another report."""
    for token in reversed(list(verb.doc[verb.sent.start : verb.i])):
        if token.text == ")":
            break
        if token.text == "(" or (
            token.text == ";" and any(t.lemma_ in cues() for t in verb.doc[verb.sent.start : token.i])
        ):
            return token.i + 1
    return verb.sent.start


def _is_question(clause: Token) -> bool:
    first = next((t for t in clause.subtree if not t.is_punct and not t.is_quote), clause)
    return first.tag_ in QUESTION_TAGS or first.lower_ in ("whether", "if")


def is_infinitive(clause: Token) -> bool:
    """Whether a clause is an infinitive with "to"."""
    return any(c.dep_ == "aux" and c.tag_ == "TO" for c in clause.children)


RULES = (
    _requested,
    _clause,
    _parenthesis,
    _addressed_clause,
    _gap_clause,
    _infinitive,
    _named,
    _passive_subject,
    _phrase,
    _object,
    _distant_clause,
    _before_comma,
    _short_answer,
)
"""Tried in this order; the first that finds content decides."""


def extent(heads: list[Token]) -> tuple[Token, ...]:
    """All tokens from the first to the last that belongs to one of the heads."""
    if not heads:
        return ()
    left = min(h.left_edge.i for h in heads)
    right = max(h.right_edge.i for h in heads)
    return tuple(heads[0].doc[left : right + 1])
