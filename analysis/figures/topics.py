"""What a share or a sum is of, where the measure alone does not say."""

from __future__ import annotations

import re

from spacy.tokens import Token

from analysis.figures.ellipsis import subject_named
from analysis.figures.lexicon import holders, lexicon
from analysis.figures.naming import OPINIONS
from analysis.figures.objects import singular
from analysis.figures.resolved import Resolved
from analysis.figures.verbs import governors, subject_of
from analysis.grammar import noun_behind

_CONTESTS = ("vote_share", "seats_won")
_GIVEN = ("aid_total", "aid_loans", "aid_grants", "pledged", "transferred", "budget")
"""Of sums that are given the giver, their subject, tells nothing."""


def topic_of(resolved: Resolved) -> str | None:
    """What a share or a sum is of, where its measure alone does not say.

    Of opinions what is favoured; of votes and seats who wins them; of other shares and of money that count no
    noun, the subject that rose, cost or stood at so much.
    """
    kind, measure = resolved.quantity.kind, resolved.measure
    if kind == "share" and measure in OPINIONS:
        return _favoured(resolved)
    if measure in _CONTESTS:
        return _winner(resolved)
    if kind == "money":
        return _purpose(resolved) or (None if measure in _GIVEN else _apart(subject_named(resolved.mention), measure))
    bare = resolved.phrase is None or resolved.object is None
    return subject_named(resolved.mention) if kind in ("share", "points") and bare else None


def _favoured(resolved: Resolved) -> str | None:
    doc = resolved.mention.doc
    last = resolved.phrase.tokens[-1] if resolved.phrase else resolved.mention.number
    words = [token for token in doc[last.i + 2 : last.i + 8] if token.pos_ in ("NOUN", "VERB", "PROPN")]
    verb = next((token for token in last.ancestors if token.pos_ == "VERB"), None)
    children = verb.children if verb else ()
    objects = [child for child in children if child.dep_ in ("dobj", "xcomp", "ccomp") and child.i > last.i]
    named = objects or words
    return singular(named[0].lemma_) if named else None


def _winner(resolved: Resolved) -> str | None:
    """Who wins: in "44% for Smith" Smith, the receiver of "gave the opposition 49%", else the verb's subject."""
    behind = resolved.mention.doc[resolved.mention.span.end : resolved.mention.span.end + 3]
    if len(behind) > 1 and behind[0].lower_ == "for" and behind[1].pos_ in ("PROPN", "NOUN", "PRON", "DET"):
        winner = noun_behind(behind[0]) or behind[1]
        return _by_name(winner, resolved.mention.text)
    before = resolved.mention.doc[max(resolved.mention.span.start - 1, 0) : resolved.mention.span.start]
    if resolved.listed and before and (before[0].pos_ in ("PROPN", "NOUN") or before[0].lower_ in holders()):
        return _by_name(before[0], resolved.mention.text)
    for verb, _ in governors(resolved.mention.span.root):
        if verb.pos_ == "VERB":
            receiver = [child for child in verb.children if child.dep_ == "dative"]
            supported = [grand for child in verb.children if child.dep_ == "dobj" for grand in child.children]
            owner = [noun for noun in supported if noun.dep_ == "poss" and noun.pos_ == "PROPN"]
            passive = [child for child in verb.children if child.dep_ == "nsubjpass"]
            named = next(iter([*receiver, *owner, *passive]), None) or subject_of(verb)
            if named is not None:
                return _by_name(named, resolved.mention.text)
    return None


_PARTIES = frozenset(lexicon("nouns")["parties"]["words"])


def _by_name(noun: Token, text: str) -> str | None:
    """A winner by name: whom the text calls "President Ana Ruiz" is meant by "the president"; a pronoun means
    whose campaign or poll tells it ("Ruiz's campaign said its count gave her 51%"), "his rival, Lee Moss," Moss."""
    apposed = next((child for child in noun.children if child.dep_ == "appos" and child.pos_ == "PROPN"), None)
    if noun.pos_ == "NOUN" and apposed is not None:
        return apposed.lower_
    if noun.pos_ == "PRON":
        owners = (
            token for token in noun.doc[noun.sent.start : noun.i] if token.dep_ == "poss" and token.pos_ == "PROPN"
        )
        owner = next(owners, None)
        return None if owner is None else _by_name(owner, text)
    if noun.lower_ in _PARTIES and (names := [one for one in noun.lefts if one.pos_ == "PROPN"]):
        return " ".join(one.lower_ for one in names)
    if noun.pos_ == "PROPN":
        holding = [child.lower_ for child in noun.children if child.lower_ in holders()]
        return " ".join([*holding[:1], noun.lower_])
    called = re.search(rf"\b(?i:{re.escape(noun.text)})\s+(?:[A-Z][\w’'-]+\s+){{0,2}}(?P<name>[A-Z][\w’'-]+)", text)
    return (
        " ".join(([noun.lower_] if noun.lower_ in holders() else []) + ([called["name"].casefold()] if called else []))
        or noun.lower_
    )


def _apart(topic: str | None, measure: str | None) -> str | None:
    """The topic, unless it only repeats the measure ("the cost is put at $6 billion")."""
    nouns = lexicon("measures").get(measure or "", {}).get("nouns", [])
    return None if topic and topic.split()[-1] in nouns else topic


def _purpose(resolved: Resolved) -> str | None:
    """What money is for: "$90 million for refugees", "$40 million on roads"."""
    doc, at = resolved.mention.doc, resolved.mention.span.end
    if at + 1 >= len(doc) or doc[at].lower_ not in ("for", "on"):
        return None
    return next((singular(token.text) for token in doc[at + 1 : at + 5] if token.pos_ in ("NOUN", "PROPN")), None)
