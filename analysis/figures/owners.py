"""Whose people or things a figure counts: a country or a group."""

from __future__ import annotations

import re

from spacy.tokens import Token

from analysis.figures.countries import country_of
from analysis.figures.lexicon import lexicon
from analysis.figures.measures import governors
from analysis.figures.mentions import Mention
from analysis.figures.objects import Phrase

_SOLDIERS = frozenset(lexicon("scopes")["groups"]["soldiers"])
_GROUPS = _SOLDIERS | frozenset(lexicon("scopes")["groups"]["fighters"])
_TOLLS = ("loss", "casualty", "death", "toll")
_POSSESSIVES = ("its", "their", "our", "his")


def owner_of(mention: Mention, phrase: Phrase | None, claimant: str | None) -> str | None:
    """Whose they are: "22 Armenian vehicles", "150 government soldiers", "95 Russians", "a dozen of its men"."""
    for token in phrase.tokens if phrase else ():
        if owner := country_of(token.text):
            return owner
        if token.lower_ in _GROUPS and phrase and token.i < phrase.head.i:
            return token.lower_
    if mention.quantity.kind == "money":
        return _giver(mention.anchor)
    subject = _loser(mention.anchor)
    if subject is not None:
        return _group_named(subject)
    behind = mention.doc[mention.span.end : (phrase.tokens[0].i if phrase else mention.span.end)]
    last = phrase.tokens[-1].i if phrase else mention.span.end - 1
    own_side = [token.lower_ for token in mention.doc[last + 1 : last + 4]]
    sided = len(own_side) == 3 and own_side[1] in _POSSESSIVES and own_side[2] in ("side", "soil", "territory")
    if sided or any(token.lower_ in _POSSESSIVES for token in behind):
        return _group_named(claimant) if claimant else None
    return None


def _giver(anchor: Token) -> str | None:
    """The country whose money it is: the subject of the verb above it."""
    for governor, role in governors(anchor):
        subject = next((child for child in governor.children if child.dep_ == "nsubj"), None)
        if governor.pos_ == "VERB" and role == "verbs" and subject is not None:
            return country_of(subject.text)
    return None


def _loser(anchor: Token) -> str | None:
    """Who loses: the subject of "lose" above the figure, of a verb over "their losses", or within "Armenian losses"."""
    for governor, role in governors(anchor):
        subject = next((child for child in governor.children if child.dep_ == "nsubj"), None)
        if role != "verbs" or subject is None:
            continue
        objects = [child for child in governor.children if child.dep_ == "dobj"]
        owned = any(token.tag_ == "PRP$" for noun in objects for token in noun.children)
        if governor.lemma_.lower() == "lose" or owned:
            return " ".join(token.text for token in (*subject.lefts, subject))
        if subject.lemma_.lower() in _TOLLS:
            return " ".join(token.text for token in subject.subtree)
    return None


def _group_named(name: str) -> str | None:
    """The country or group in a name: "Ukraine’s military" -> Ukraine, "a rebel spokesman" -> rebel."""
    for word in re.findall(r"[\w.-]+", name):
        if owner := country_of(word):
            return owner
        if word.casefold().removesuffix("s") in _GROUPS:
            return word.casefold().removesuffix("s")
    return None


def member_of(owner: str | None, object_id: str | None) -> str | None:
    """ "Its men", said of rebels, are fighters; of a government, soldiers."""
    if owner not in _GROUPS or object_id not in ("man", "member", "person", "people"):
        return object_id
    return "soldier" if owner in _SOLDIERS else "fighter"
