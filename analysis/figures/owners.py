"""Whose people or things a figure counts: a country or a group."""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Token

from analysis.figures.countries import country_of
from analysis.figures.lexicon import any_of, lexicon
from analysis.figures.objects import classes, entry_of, is_known
from analysis.figures.resolved import Resolved
from analysis.figures.verbs import governors, subject_of
from analysis.grammar import own_subject

_SOLDIERS = frozenset(lexicon("scopes")["groups"]["soldiers"])
_GROUPS = _SOLDIERS | frozenset(lexicon("scopes")["groups"]["fighters"])
_TOLLS = frozenset(lexicon("nouns")["tolls"]["words"])
_POSSESSIVES = ("its", "their", "our", "his")


def owner_of(resolved: Resolved, claimant: str | None) -> str | None:
    """Whose they are: "22 Ardanian vehicles", "150 government soldiers", "95 Ardanians", "a dozen of its men"."""
    mention, phrase = resolved.mention, resolved.phrase
    for token in phrase.tokens if phrase else ():
        armed = resolved.object if _is_armed(resolved) else None
        if owner := country_of(token.text) or _nation(token, mention.text, armed):
            return owner
        if token.lower_ in _GROUPS and phrase and token.i < phrase.head.i:
            return token.lower_
    if mention.quantity.kind == "money":
        return _giver(mention.anchor)
    if "by" in entry_of(resolved.object):
        return _offender(mention.anchor)
    if "by" in lexicon("measures").get(resolved.measure or "", {}) and (actor := _giver(mention.anchor)):
        return actor
    if claimant and (conceding := _conceding(mention.anchor)):
        return conceding
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


@lru_cache(maxsize=8)
def _nations(text: str) -> frozenset[str]:
    """Names that the text itself uses as a nation's, in front of its army or its ministry."""
    return frozenset(_INSTITUTIONS.findall(text))


_INSTITUTIONS = re.compile(
    rf"\b([A-Z][a-z]{{2,}})(?:[’']s)?\s+{any_of(lexicon('scopes')['nations']['institutions'])}\b"
)


def _nation(token: Token, text: str, armed: str | None) -> str | None:
    """ "34 Ardan drones", where the text tells of an Ardan army, or of Ardan besides these arms."""
    if token.pos_ not in ("PROPN", "ADJ") or not token.text.istitle() or not token.is_alpha:
        return None
    told = token.text in _nations(text)
    besides = armed is not None and not is_known(token.text) and len(re.findall(rf"\b{token.text}\b", text)) > 1
    return token.text if told or besides else None


def _is_armed(resolved: Resolved) -> bool:
    """Whether arms or soldiers are counted, before which a name that is no make is whose they are."""
    named = classes(resolved.object) if resolved.object else ()
    return bool({"projectile", "soldier", "fighter", "warplane", "ship", "tank", "armoured_vehicle"} & set(named))


def _giver(anchor: Token) -> str | None:
    """The country whose money or act it is: the subject of the verb above it."""
    for governor, role in governors(anchor):
        subject = own_subject(governor)
        if governor.pos_ == "VERB" and role == "verbs" and subject is not None:
            return country_named(subject) or (subject.text if subject.tag_ == "NNP" and _is_short(subject) else None)
    return None


def _is_short(name: Token) -> bool:
    """Whether a name is one word, as a country's is."""
    return not any(child.pos_ == "PROPN" for child in name.lefts)


def _conceding(anchor: Token) -> str | None:
    """The country that owns up to a loss of its own: "Yerevan acknowledged two deaths"."""
    for verb, role in governors(anchor):
        if verb.pos_ == "VERB":
            subject = subject_of(verb)
            owns_up = role == "verbs" and verb.lemma_.lower() in lexicon("claiming")["conceding"]["lemmas"]
            return country_named(subject) if owns_up and subject is not None else None
    return None


def _offender(anchor: Token) -> str | None:
    """Who broke a ceasefire so many times: the accused, else the subject of the verb that tells it."""
    for verb, _ in governors(anchor):
        accused = [child for child in verb.children if child.dep_ == "dobj"]
        if verb.lemma_.lower() in lexicon("claiming")["accusing"]["lemmas"]:
            return country_named(accused[0]) if accused else None
        subject = subject_of(verb)
        if verb.lemma_.lower() in lexicon("objects")["violation"]["times"] and subject is not None:
            return country_named(subject)
    return None


def country_named(noun: Token) -> str | None:
    """The country a noun phrase names: "the republic of Ardan", "Ardan’s military", "its capital’s grain shipments"."""
    words = [child.text for child in noun.lefts if child.dep_ in ("compound", "poss", "amod")]
    named = country_of(" ".join([*words[-1:], noun.text])) or country_of(noun.text)
    return named or next((country for word in words if (country := country_of(word))), None)


def _loser(anchor: Token) -> str | None:
    """Who loses: the subject of "lose" above the figure, of a verb over "their losses", or within "Ardanian losses"."""
    for governor, role in governors(anchor):
        subject = own_subject(governor)
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
    """The country or group in a name: "Ardan’s military" -> Ardan, "a rebel spokesman" -> rebel."""
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
