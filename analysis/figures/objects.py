"""What a figure counts: the noun phrase beside the number, its canonical object and class."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from analysis.figures.lexicon import any_of, lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

LONGEST_PHRASE = 10
"""Tokens a counted noun phrase may have."""

LONGEST_NAME = 5
"""Words of the longest name of an object ("member of the security forces")."""

LEAST_AGENT = 4
"""Letters that a noun of people by its ending has more than: "user", not "beer"."""

_IRREGULAR: dict[str, str] = lexicon("nouns")["irregular"]
_ADDED = frozenset(lexicon("scopes")["increments"]["after"])
_EDGES = re.compile(any_of(lexicon("nouns")["edges"]["words"]))


@dataclass(frozen=True)
class Phrase:
    """The noun phrase a number counts: its tokens, without the number, and the head noun."""

    tokens: tuple[Token, ...]
    head: Token

    @property
    def text(self) -> str:
        """The phrase as printed."""
        return self.head.doc[self.tokens[0].i : self.tokens[-1].i + 1].text

    @property
    def words(self) -> tuple[str, ...]:
        """Its words up to the head, lower case, singular."""
        return tuple(singular(token.text) for token in self.tokens if token.i <= self.head.i)


@dataclass(frozen=True)
class Meaning:
    """The object a phrase names: `id` (canonical or lemma) and whether it is only a `kind` of its class."""

    id: str
    compared_as: str


@cache
def singular(word: str) -> str:
    """The singular of a regular English plural, lower case: "UAVs" -> "uav", "militiamen" -> "militiaman"."""
    low = word.casefold().replace("’", "'")
    low = re.sub(r"'s?$", "", low) if low.endswith(("'s", "'")) else low
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low.endswith("men"):
        return low[:-3] + "man"
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if re.search(r"(?:ch|sh|ss|x|zz)es$", low):
        return low[:-2]
    return low[:-1] if low.endswith("s") and len(low) > 3 and not low.endswith(("ss", "us", "is")) else low


@cache
def _names() -> dict[str, Meaning]:
    """Every phrase of the lexicon, singular, with what it means."""
    names: dict[str, Meaning] = {}
    for name, entry in lexicon("objects").items():
        named = [(word, name, name) for word in entry["words"]]
        named += [(role, role.replace(" ", "_"), name) for role in entry.get("roles", [])]
        named += [(kind, kind.replace(" ", "_"), kind.replace(" ", "_")) for kind in entry.get("kinds", [])]
        for phrase, meant, compared in named:
            names.setdefault(_key(phrase), Meaning(meant, compared))
    for peoples in lexicon("demonyms")["demonyms"].values():
        for people in peoples:
            names.setdefault(singular(people), Meaning(singular(people), "person"))
    return names


def _named(name: str) -> Meaning | None:
    """What a name of the lexicon means; a noun that tells who does something is a role of a person: "savers"."""
    return _names().get(name) or (Meaning(name, "person") if _is_agent(name) else None)


@cache
def _is_agent(noun: str) -> bool:
    """Whether a noun that `objects.toml` does not list is one of people, by name or by its ending."""
    people = lexicon("people")
    last = re.split(r"[ -]", noun)[-1]
    ends = last.endswith(tuple(people["endings"]["people"])) and not last.endswith(tuple(people["endings"]["others"]))
    return last in people["named"]["words"] or (ends and len(last) > LEAST_AGENT and last not in _things())


@cache
def _things() -> frozenset[str]:
    return frozenset(lexicon("people")["things"]["words"])


@cache
def classes(name: str) -> tuple[str, ...]:
    """The object's own class and those it belongs to, narrow to broad: child -> child, civilian, person."""
    known = lexicon("objects")
    chain = [name]
    above = compared_as(name)
    if above == name and name not in known:
        above = next((k for k, v in known.items() if name.replace("_", " ") in v.get("kinds", [])), name)
    while above not in chain or known.get(above, {}).get("broader", above) not in chain:
        chain += [above] if above not in chain else []
        above = known.get(above, {}).get("broader", above)
    return tuple(chain)


@cache
def compared_as(name: str) -> str:
    """The id under which an object is compared: a role counts as its class, a kind as itself."""
    meaning = _named(_key(name))
    return meaning.compared_as if meaning and name not in lexicon("objects") else name


def entry_of(name: str | None) -> dict[str, Any]:
    """The lexicon's entry of an object, of its class where it is a role; empty if there is none."""
    return dict(lexicon("objects").get(compared_as(name), {})) if name else {}


def is_known(name: str) -> bool:
    """Whether the lexicon knows the object."""
    return name in lexicon("objects") or _named(_key(name)) is not None


def _key(name: str) -> str:
    """An id or phrase as the lexicon's names are keyed: words apart, singular."""
    return " ".join(map(singular, re.split(r"[ _-]", name)))


def is_person(name: str | None) -> bool:
    """Whether the object is a class of people."""
    return name is not None and "person" in classes(name)


def meaning_of(words: tuple[str, ...]) -> Meaning | None:
    """The longest lexicon phrase that ends the words; None if even the last word is unknown."""
    spoken = tuple(part for word in words for part in word.split("-") if part)
    for size in range(min(5, len(spoken)), 0, -1):
        if meaning := _names().get(" ".join(spoken[-size:])):
            return meaning
    return _named(spoken[-1]) if spoken else None


def meaning_behind(phrase: Phrase) -> Meaning | None:
    """What a noun with "of" behind it names, if the lexicon lists them together: "prisoners of war"."""
    behind = phrase.head.doc[phrase.head.i + 1 : phrase.head.i + LONGEST_NAME]
    if not len(behind) or behind[0].lower_ != "of":
        return None
    words = [phrase.words[-1], *(singular(token.text) for token in behind)]
    named = (_names().get(" ".join(words[:size])) for size in range(len(words), 2, -1))
    return next((meaning for meaning in named if meaning), None)


def common_class(phrase: Phrase) -> str | None:
    """The class that "drones and missiles" share: projectile; None where no second noun of another class is added."""
    own = meaning_of(phrase.words)
    for other in phrase.head.conjuncts:
        named = meaning_of((singular(other.text),))
        if own and named and other.i > phrase.head.i and not _has_number(other) and _adjoins(phrase.head, other):
            shared = [name for name in classes(own.id) if name in classes(named.id)]
            if shared and own.compared_as not in classes(named.id):
                return shared[0]
    return None


def second_noun(phrase: Phrase) -> str | None:
    """The other half of "84 individuals and entities", which are not so many of either."""
    for other in phrase.head.conjuncts:
        plural = other.tag_ == phrase.head.tag_ == "NNS" and other.i > phrase.head.i
        if plural and not _has_number(other) and _adjoins(phrase.head, other) and other.lower_ not in _STATES:
            own, named = meaning_of(phrase.words), meaning_of((singular(other.text),))
            alike = own and named and classes(own.id)[-1] == classes(named.id)[-1]
            return None if alike else (named.id if named else singular(other.text))
    return None


def _has_number(noun: Token) -> bool:
    return any(child.dep_ == "nummod" or child.tag_ == "DT" for child in noun.children)


def _adjoins(head: Token, other: Token) -> bool:
    """Whether only "and" and words of the phrase stand between two nouns."""
    return all(
        token.pos_ in ("CCONJ", "ADJ", "NOUN", "PROPN") or token.text in (",", "-")
        for token in head.doc[head.i + 1 : other.i]
    )


def counted_phrase(number: Span) -> Phrase | None:
    """The noun phrase to the right of a number: "71 UAVs", "dozens of homes", "58 of 103 unmanned aircraft".

    The parse decides where it ties the number to a noun; else the tags of the words that follow do.
    """
    doc = number.doc
    if number.end < len(doc) and doc[number.end].lower_ in _TAKING:
        return None
    at = _skip_of(doc, _skip_added(doc, number.end))
    head = _parsed_head(number, at)
    tokens = list(doc[at : head.i + 1]) if head is not None else _scanned(doc, at)
    if tokens and tokens[0].lower_ in _VOTING:
        return None
    while tokens and tokens[-1].pos_ not in ("NOUN", "PROPN", "PRON"):
        tokens.pop()
    if (
        tokens
        and tokens[0].tag_ == "VBN"
        and tokens[-1].tag_ == "NN"
        and number.text.casefold() not in ("one", "a", "1")
    ):
        return None
    return Phrase(tuple(tokens), tokens[-1]) if tokens else None


def _parsed_head(number: Span, at: int) -> Token | None:
    """The noun to which the parse ties the number, if only words of its phrase stand between."""
    head = number.root
    while head.dep_ in _TIES and head.head.i > head.i:
        head = head.head
    near = at <= head.i < at + LONGEST_PHRASE
    if not near or head.pos_ not in ("NOUN", "PROPN") or head.lower_ in _STATES:
        return None
    between = number.doc[at : head.i + 1]
    return None if any(_breaks(token) for token in between) else head


def _breaks(token: Token) -> bool:
    """What never stands within a counted noun phrase: marks, words at its edge, a finite verb ("9,000 took part")."""
    finite = token.tag_ in ("VBD", "VBZ", "VBP") and token.lower_ not in _PARTICIPLES
    return token.is_space or token.lower_ in ",;:(" or _EDGES.fullmatch(token.lower_) is not None or finite


_VOTING = frozenset(lexicon("verbs")["voting"]["words"])
_TAKING = frozenset(lexicon("verbs")["taking"]["words"])
"""Verbs right behind a number, whatever the tagger makes of them: "9,000 took part"."""
_PARTICIPLES = frozenset(lexicon("verbs")["describing"]["words"])
_TIES = ("nummod", "quantmod", "compound", "amod", "nmod", "advmod", "npadvmod")
_STATES = frozenset(lexicon("nouns")["states"]["words"])


def _scanned(doc: Doc, at: int) -> list[Token]:
    tokens: list[Token] = []
    for token in doc[at : at + LONGEST_PHRASE]:
        if not _continues(token, tokens):
            break
        tokens.append(token)
    return tokens


def _skip_added(doc: Doc, at: int) -> int:
    """Past "more" in "51 more fighters", but not in "51 more than"."""
    added = at + 1 < len(doc) and doc[at].lower_ in _ADDED and doc[at + 1].lower_ != "than"
    return at + 1 if added else at


_MARKS = ("”", '"', "’", "'", "»")


def _skip_of(doc: Doc, at: int) -> int:
    """Past "of", "of the", "of its 220", and a quotation mark that closes on the number."""
    if at < len(doc) and doc[at].text in _MARKS:
        at += 1
    if at < len(doc) and doc[at].lower_ == "of":
        at += 1
        while (
            at < len(doc)
            and (doc[at].tag_ in ("DT", "PRP$", "PDT") or doc[at].pos_ == "NUM")
            and doc[at].lower_ != "which"
        ):
            at += 1
    return at


def _continues(token: Token, tokens: list[Token]) -> bool:
    """Whether the token goes on with a noun phrase begun by `tokens`."""
    noun_seen = bool(tokens) and tokens[-1].pos_ in ("NOUN", "PROPN")
    if _EDGES.fullmatch(token.lower_) or token.is_space:
        return False
    if (
        not tokens
        and token.lower_ in _STATES
        and (token.i + 1 == len(token.doc) or token.nbor(1).pos_ not in ("NOUN", "PROPN"))
    ):
        return False
    if token.pos_ in ("NOUN", "PROPN"):
        return not (noun_seen and _starts_anew(token, tokens[-1]))
    if token.lower_ in ("-", "‑", "–"):
        return not token.whitespace_ and not (token.i and token.nbor(-1).whitespace_)
    if token.tag_ == "POS":
        return noun_seen
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if noun_seen:
        return token.lower_ in ("and", "or") and _joins(token, tokens, following)
    if token.pos_ in ("ADJ", "ADV"):
        return (
            following is not None
            and following.pos_ in ("NOUN", "PROPN", "ADJ", "CCONJ", "PUNCT", "VERB", "ADV")
            and token.tag_ != "WRB"
        )
    if token.tag_ in ("VBN", "VBG", "VBD"):
        return following is not None and following.pos_ in ("NOUN", "PROPN", "ADJ")
    return bool(tokens) and token.lower_ in ("and", "or", ",") and following is not None and following.pos_ == "ADJ"


def _starts_anew(token: Token, last: Token) -> bool:
    """A capitalised name right after a plural noun is no part of its phrase: "12 people Nairobi says"."""
    return last.tag_ == "NNS" and token.pos_ == "PROPN"


def _joins(joint: Token, tokens: list[Token], following: Token | None) -> bool:
    """ "Cruise and ballistic missiles": the noun before "and" modifies the one that comes."""
    if following is None or following.pos_ not in ("ADJ", "NOUN") or tokens[-1].tag_ not in ("NN", "NNP"):
        return False
    return joint.i + 2 < len(joint.doc) and joint.nbor(2).tag_ == "NNS"
