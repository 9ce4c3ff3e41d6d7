"""Measures that nouns tell beside the counted: acts named by a noun, the group one is among, labels, vehicles."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from analysis.figures.lexicon import lexicon
from analysis.figures.objects import classes, meaning_of, singular
from analysis.figures.participles import by_participle
from analysis.figures.triggers import by_verb, fitting
from analysis.figures.verbs import governors

_BEFALLING = ("states", "nouns", "people")
_ENDINGS = {
    "ation": ("e", "ate", ""),
    "ion": ("", "e"),
    "ment": ("",),
    "al": ("e", ""),
    "ure": ("e",),
    "ing": ("", "e"),
    "ance": ("", "e"),
}
"""How a noun of an act is made from its verb: evacuation, detention, deployment, removal, closure, killing."""

LABEL = 6
"""Words before a colon that may name what the number behind it is: "Spoiled ballots: 7%"."""

BOUND = 6
"""Words that may stand between a colon and the number: ": up to some $ 40 million"."""

VEHICLES = frozenset(("vehicle", "ship", "boat", "warplane", "helicopter", "bus", "car", "truck"))


def act_of(noun: Token, anchor: Token) -> str | None:
    """The noun of an act that is done to the counted, or by them: "the killing of nine herders"."""
    ties = ("of", "for") if singular(noun.text) in lexicon("nouns")["asking"]["words"] else ("of",)
    of = any(child.lower_ in ties and anchor in child.subtree for child in noun.children)
    return singular(noun.text) if of and noun.pos_ in ("NOUN", "PROPN") else None


def by_act(noun: Token, anchor: Token, objects: tuple[str, ...]) -> str | None:
    """The measure of the verb that a noun of an act is made from: "the abduction of 26 pupils"."""
    act = act_of(noun, anchor)
    if act is None:
        return None
    whole = f"{act} of {singular(anchor.text)}"
    verbs = list(_verbs_of(act))
    return (
        fitting("nouns", (whole,), objects) or fitting("verbs", verbs, objects) or fitting("subjects", verbs, objects)
    )


def _verbs_of(act: str) -> Iterator[str]:
    """The verbs that a noun may be made from; what is no verb of the lexicon is never found there."""
    yield act
    for ending, added in _ENDINGS.items():
        if act.endswith(ending) and len(act) > len(ending) + 2:
            stem = act.removesuffix(ending)
            yield from (stem + letters for letters in added)
            if ending == "ing" and stem[-1:] == stem[-2:-1]:
                yield stem[:-1]


def act_named(noun: Token, anchor: Token) -> str | None:
    """What was done by the noun of an act whose verb no lexicon knows: "sightings of two drones" -> sighted."""
    act = act_of(noun, anchor)
    return act.removesuffix("ing") + "ed" if act and act.endswith("ing") and len(act) > 6 else None


def is_of_act(anchor: Token) -> bool:
    """Whether the counted hang on a noun of an act that no lexicon knows; the verb behind them is not theirs."""
    return anchor.dep_ == "pobj" and anchor.head.lower_ == "of" and act_named(anchor.head.head, anchor) is not None


def among(anchor: Token, objects: tuple[str, ...]) -> str | None:
    """ "Among those killed were 12 minors", "two firemen among the wounded", "listed five among the dead"."""
    return among_those(anchor, objects) or next(
        (told for verb, _ in list(governors(anchor))[:1] if (told := among_those(verb, objects))), None
    )


def among_those(token: Token, objects: tuple[str, ...]) -> str | None:
    """What befell those among whom a noun or the subject of a verb is counted."""
    for child in token.children:
        if child.lower_ == "among":
            for noun in (grand for grand in child.children if grand.dep_ in ("pobj", "pcomp")):
                words = (noun.lower_, singular(noun.text))
                state = next((told for part in _BEFALLING if (told := fitting(part, words, objects))), None)
                return state or by_participle(noun, objects, reduced=True)
    return None


def labelled(number: Token, objects: tuple[str, ...]) -> str | None:
    """ "A first estimate of the damage: 300 million", "Injured: 40": what the words before a colon name."""
    label = label_of(number)
    words = [singular(token.text) for token in label]
    verb = next((token for token in label if token.pos_ == "VERB"), None)
    told = fitting("nouns", words, objects) or fitting("states", words, objects)
    return told or (by_verb(verb, "subjects", objects) if verb is not None else None)


def label_of(number: Token) -> list[Token]:
    """The words of a label, nearest first; none where no colon stands right before the number and its bound."""
    doc, at, start = number.doc, number.i, number.sent.start
    bound = ("SYM", "NUM", "ADV", "ADP", "ADJ")
    while at > max(start, number.i - BOUND) and doc[at - 1].text != ":" and doc[at - 1].pos_ in bound:
        at -= 1
    if at <= start or doc[at - 1].text != ":":
        return []
    before = doc[max(start, at - 1 - LABEL) : at - 1]
    return [token for token in reversed(before) if token.pos_ in ("NOUN", "ADJ", "VERB", "PROPN")]


def with_vehicle(anchor: Token, objects: tuple[str, ...]) -> str | None:
    """ "A boat with 130 migrants broke up": those it has with it are aboard."""
    tied = anchor.head.lower_ == "with" and anchor.head.i and anchor.head.head.i == anchor.head.i - 1
    return "aboard" if tied and "person" in objects and _is_vehicle(anchor.head.head) else None


def on_vehicle(anchor: Token, objects: tuple[str, ...]) -> str | None:
    """ "There were 44 passengers on the plane", "the jet had four crew": people are aboard what carries them."""
    verb = next((above for above, _ in governors(anchor) if above.pos_ in ("VERB", "AUX")), None)
    if "person" not in objects or verb is None:
        return None
    lemma = verb.lemma_.lower()
    if lemma in ("have", "carry"):
        subject = next((child for child in verb.children if child.dep_ == "nsubj" and child.i != anchor.i), None)
        return "aboard" if subject is not None and _is_vehicle(subject) else None
    if anchor.head.lower_ == "with" and anchor.head.head.i == verb.i:
        subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
        return "aboard" if subject is not None and _is_vehicle(subject) else None
    places = [child for token in (anchor, verb) for child in token.children if child.lower_ in ("on", "aboard", "in")]
    inside = any(_is_vehicle(grand) for child in places for grand in child.children if grand.dep_ == "pobj")
    return "aboard" if inside and lemma in ("be", "travel", "sit", "ride") else None


def _is_vehicle(noun: Token) -> bool:
    meaning = meaning_of((singular(noun.text),))
    named = classes(meaning.id) if meaning else ()
    return bool(VEHICLES & set(named)) or singular(noun.text) in lexicon("nouns")["conveyances"]["words"]


def made_good(anchor: Token, objects: tuple[str, ...]) -> str | None:
    """ "20,000 crowns for every bereaved family", "heirs of each martyr will get 5 million": money for the stricken."""
    verb = next((above for above, _ in governors(anchor) if above.pos_ == "VERB"), None)
    if "money" not in objects or verb is None:
        return None
    gives = verb.lemma_.lower() not in lexicon("verbs")["receiving"]["lemmas"]
    roles = ("dative", "dobj", "prep") if gives else ("nsubj", "nsubjpass")
    ties = [
        child for token in (anchor, verb) for child in token.children if child.dep_ in roles and child.i != anchor.i
    ]
    tied = [child for child in ties if child.dep_ != "prep" or child.lower_ in ("to", "for", "per")]
    stricken = lexicon("measures")["compensation"]["to"]
    return "compensation" if any(singular(word.text) in stricken for tie in tied for word in tie.subtree) else None
