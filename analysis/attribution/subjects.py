"""Who a verb says is speaking: its subject, its agent, or the subject of the verb it depends on."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from analysis.attribution.lexicon import cues, speech_words
from analysis.grammar import is_finite, noun_behind, own_subject

CLIMB = 6
"""Verbs between a cue and its subject; longer chains are parser errors."""


SHARING = frozenset({"xcomp", "advcl", "pcomp", "prep", "ccomp", "aux", "parataxis"})
"""Relations over which a verb has the subject of the verb above."""

WITHIN = frozenset({"pobj", "dobj", "attr", "acomp", "acl"})
"""Relations on the way up from a phrase such as "way out of questions by saying"."""

NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "DT", "WP", "WDT"})
INSIDE_PHRASE = frozenset({"compound", "appos", "nmod", "flat", "det", "poss", "amod", "nummod"})
PREPOSED = frozenset({"pobj", "prep"})
ASIDE = 25
"""Words between the commas of an apposition at most."""

DATELINE = 10
"""Words a dateline has at most."""


@dataclass(frozen=True)
class Source:
    """Head word and tokens of a source, empty when none is printed."""

    head: Token | None
    tokens: tuple[Token, ...]
    passive: bool = False
    passive_subject: Token | None = None


def source_of(verb: Token) -> Source:
    """The source of a reporting verb."""
    passive = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    modifies = verb.tag_ == "VBN" and verb.dep_ in ("acl", "relcl") and not _has(verb, "nsubj", "aux")
    modifies = modifies and not _is_main(verb)
    bare = verb.tag_ == "VBN" and verb.dep_ == "advcl" and not _has(verb, "nsubj", "aux")
    if passive is not None or modifies or bare or _has(verb, "auxpass") or _has(verb, "agent"):
        agent = _behind_by(verb)
        patient = passive if passive is not None else verb.head if modifies else None
        return Source(agent, _phrase(agent, verb), True, patient)
    head = _behind_partitive(_behind_dateline(_quoted(verb) or _subject(verb) or _beside(verb)))
    return Source(head, _phrase(head, verb))


def _quoted(verb: Token) -> Token | None:
    """Whom another quotes: "the paper quoted the mayor as saying that"."""
    quoting = verb.head.head
    if verb.dep_ != "pcomp" or verb.head.lower_ != "as" or quoting.lemma_ not in speech_words("quoting"):
        return None
    return next((c for c in quoting.children if c.dep_ == "dobj" and c.i < verb.i), None)


def _behind_partitive(head: Token | None) -> Token | None:
    """ "Six died, two of them guards, the mayor said": the mayor, whom the parser puts in apposition to the guards."""
    if head is None:
        return None
    part = next((c for c in head.lefts if c.dep_ in ("nsubj", "nummod") and _is_partitive(c)), None)
    apposed = next((c for c in head.rights if c.dep_ == "appos"), None)
    return apposed if part is not None and apposed is not None else head


def _is_partitive(number: Token) -> bool:
    pronouns = (c.lower_ for of in number.children if of.lower_ == "of" for c in of.children)
    return any(word in ("them", "whom", "which") for word in pronouns)


def _is_main(verb: Token) -> bool:
    """Whether a seeming participle is the verb of its sentence: "Ruiz, the mayor, called the plan a farce"."""
    edge = verb.left_edge.i
    if verb.head.dep_ == "ROOT" and not any(is_finite(t) for t in verb.sent):
        return _behind_by(verb) is None
    return (
        verb.head.dep_ == "ROOT" and "," in (verb.doc[edge].text, verb.doc[edge - 1].text) and _behind_by(verb) is None
    )


def _has(verb: Token, *dependencies: str) -> bool:
    return any(c.dep_ in dependencies for c in verb.children)


def _behind_by(verb: Token) -> Token | None:
    """The agent of a verb, also where the parser takes its "by" for one of place or time."""
    for by in verb.children:
        if by.dep_ == "agent" or (by.dep_ == "prep" and by.lower_ == "by"):
            return noun_behind(by)
    return None


def _subject(verb: Token) -> Token | None:
    """The nearest subject up the chain of verbs that share it."""
    start = verb
    for _ in range(CLIMB):
        own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
        if own:
            return own[-1]
        if verb == start and verb.dep_ == "conj" and verb.tag_ in ("VBD", "VBZ") and _is_unjoined(verb):
            return None
        shared = _earlier_cue_subject(verb)
        if shared is not None:
            return shared
        if verb.dep_ == "acl" and verb.head.lemma_ not in speech_words("moments"):
            return _sender(verb.head) or verb.head
        if verb.dep_ == "conj":
            verb = _first_cue(verb) or verb.head
        elif verb.dep_ in SHARING or (verb.dep_ in WITHIN and verb != start):
            verb = verb.head
        else:
            return None
    return None


def _earlier_cue_subject(verb: Token) -> Token | None:
    """The subject of a cue before this one in a list: "said it was late, noted that ..."."""
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i < verb.i and child.lemma_ in cues():
            return own_subject(child)
    return None


def _sender(noun: Token) -> Token | None:
    """Who sends out the text a participle hangs on: "the ministry issued a statement saying"."""
    while noun.dep_ in ("pobj", "prep") and noun.head != noun:
        noun = noun.head
    if noun.dep_ != "dobj" or noun.lemma_ not in speech_words("texts"):
        return None
    return own_subject(noun.head)


def _first_cue(verb: Token) -> Token | None:
    """The cue whose content a joined cue was hung into: "said the plan was dead, and urged calm"."""
    clause = verb.head
    while clause.dep_ == "conj":
        clause = clause.head
    outer = clause.head
    joined = clause.dep_ == "ccomp" and outer.lemma_ in cues() and outer.tag_ == verb.tag_ and outer.i < clause.i
    return outer if joined and is_second_cue(verb, outer) else None


def is_second_cue(verb: Token, cue: Token) -> bool:
    """Whether a joined verb goes on with the narrator's report rather than with what was said."""
    if verb.lemma_ not in cues() or verb.tag_ != cue.tag_:
        return False
    own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    return not own or own[0].tag_ != "PRP"


def _beside(verb: Token) -> Token | None:
    """The noun right before or after a finite verb, where the parser found no subject."""
    if (
        verb.tag_ not in ("VBD", "VBZ", "VBP")
        or verb.dep_ == "amod"
        or (verb.dep_ == "conj" and not _is_unjoined(verb))
    ):
        return None
    left = verb.i - 1
    while left > verb.sent.start and (
        verb.doc[left].tag_ in ("RB", "MD", "VBZ", "VBD", "VBP") or verb.doc[left].dep_ == "aux"
    ):
        left -= 1
    if verb.doc[left].text in (")", ","):
        left = _before_aside(verb.doc[left])
    if left >= verb.sent.start and verb.doc[left].tag_ in NOMINAL:
        return _top(verb.doc[left], verb)
    if verb.i == 0 and (inverted := next((c for c in verb.children if c.dep_ == "dobj"), None)):
        return inverted
    right = verb.i + 1
    opens = verb.i - verb.sent.start < 3 or verb.nbor(-1).text == ","
    if right < len(verb.doc) and verb.doc[right].tag_ in ("NNP", "PRP", "DT") and opens:
        return _top(verb.doc[right], verb)
    return None


def _is_unjoined(verb: Token) -> bool:
    """Whether nothing joins a verb to the one before it: "Both lost men, the envoy, Ana Ruiz, told reporters"."""
    between = verb.doc[verb.head.i : verb.i]
    return verb.nbor(-1).text == "," and not any(t.dep_ == "cc" and t.head in (verb, verb.head) for t in between)


def _before_aside(mark: Token) -> int:
    """The index of the word before a bracket or a phrase between commas that ends in `mark`."""
    opening = "(" if mark.text == ")" else ","
    for index in range(mark.i - 1, max(mark.i - ASIDE, mark.sent.start), -1):
        if mark.doc[index].text == opening:
            return index - 1
    return -1


def _top(noun: Token, verb: Token) -> Token:
    """The head of the noun phrase a noun stands in, as long as it does not reach over the verb."""
    comma = max((t.i for t in verb.doc[verb.sent.start : noun.i] if t.text == ","), default=-1)
    while noun.head != verb and (noun.head.i < verb.i) == (noun.i < verb.i):
        if noun.dep_ not in INSIDE_PHRASE | PREPOSED or comma > noun.head.i:
            break
        noun = noun.head
    return noun


def _phrase(head: Token | None, verb: Token) -> tuple[Token, ...]:
    """The noun phrase of a head word, without the clause the verb itself stands in."""
    if head is None:
        return ()
    left, right = head.left_edge.i, head.right_edge.i
    if head.i < verb.i <= right:
        clause = verb
        while clause.head != head and clause.head != clause and clause.head.i >= left:
            clause = clause.head
        right = max(head.i, clause.left_edge.i - 1)
    elif right > verb.i > left:
        left = verb.i + 1
    colon = next((t.i for t in head.doc[head.i : right + 1] if t.text in (":", ";")), right + 1)
    tokens = list(head.doc[left:colon])
    if head.i < verb.i:
        tokens = _without_dateline(tokens, head)
    return trimmed(tuple(tokens))


def trimmed(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The phrase without marks at its ends and without "but" or "both" before it."""
    left, right = 0, len(tokens)
    while right > left and (
        (tokens[right - 1].is_punct and tokens[right - 1].text not in (")", "]")) or tokens[right - 1].is_space
    ):
        right -= 1
    while left < right and (tokens[left].is_punct or tokens[left].is_space or tokens[left].dep_ in ("cc", "preconj")):
        left += 1
    return tokens[left:right]


def _behind_dateline(head: Token | None) -> Token | None:
    """ "LIMA, June 24 (AP) – The mayor said": the mayor, whom the parser puts in apposition to the place."""
    if head is None or head.i > DATELINE or not head.is_upper:
        return head
    words = list(head.doc[: head.right_edge.i + 1])
    kept = _without_dateline(words, words[-1])
    if len(kept) == len(words):
        return head
    return next((token for token in kept if token.pos_ in ("NOUN", "PROPN") and token.head not in kept), head)


def _without_dateline(tokens: list[Token], head: Token) -> list[Token]:
    """Drop "LONDON (AP) —" and other words up to a dash that the parser took into the phrase."""
    for position, token in enumerate(tokens[: DATELINE + 1]):
        if (
            token.i < head.i
            and token.text in ("—", "–", "-", "--")
            and token.whitespace_
            and tokens[position - 1].whitespace_
        ):
            return tokens[position + 1 :]
    return tokens


def verb_group(verb: Token) -> list[Token]:
    """The verb with auxiliaries, negation, adverbs between them and its particle."""
    near = [c for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "prt") and abs(c.i - verb.i) < 5]
    left = min([t.i for t in near if t.i < verb.i], default=verb.i)
    between = [t for t in verb.doc[left : verb.i] if t in near or (t.dep_ == "advmod" and t.head == verb)]
    return [*between, verb, *(t for t in near if t.dep_ == "prt" and t.i > verb.i)]
