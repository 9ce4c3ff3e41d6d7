"""What was done to the things a figure counts: launched, killed, displaced ... read from the words that govern it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from spacy.tokens import Token

from analysis.figures.lexicon import lexicon
from analysis.figures.objects import Phrase, classes, is_known, singular
from analysis.figures.verbs import carriers, governors, is_passive, participle, verb_forms

GUESSED = "?"
"""Mark of a class that is only guessed."""


NEAR = 4
"""Words behind a number in which its verb is looked for where the parse shows none."""


@cache
def _triggers(part: str) -> dict[str, list[str]]:
    """Word -> measures whose `part` (verbs, subjects, states, nouns) holds it, in the lexicon's order."""
    found: dict[str, list[str]] = {}
    for name, entry in lexicon("measures").items():
        for word in entry.get(part, []):
            found.setdefault(word, []).append(name)
    return found


def _fitting(part: str, words: Iterable[str], objects: tuple[str, ...]) -> str | None:
    """The measure that one of the words names and that takes such objects, for the narrowest class first."""
    wanted = [name.removesuffix(GUESSED) for name in objects if part != "subjects" or not name.endswith(GUESSED)]
    for word in words:
        names = _triggers(part).get(word, [])
        for known in wanted:
            for name in names:
                if known in lexicon("measures")[name].get("objects", []):
                    return name
        for name in names:
            if not lexicon("measures")[name].get("objects"):
                return name
    return None


def chain(object_id: str | None, kind: str) -> tuple[str, ...]:
    """What a measure's `objects` are compared with: the object's classes, narrow to broad, its kind, and "thing".

    Of shares the kind comes first ("turnout"). What the lexicon does not know may be people, if the verb acts
    upon people only ("76 planners were arrested").
    """
    own = classes(object_id) if object_id else ()
    guessed = ("person" + GUESSED,) if object_id and not is_known(object_id) else ()
    return (kind, *own, "thing") if kind == "share" else (*own, kind, "thing", *guessed)


def takes(measure: str, objects: tuple[str, ...]) -> bool:
    """Whether a measure may be said of such objects; of one the lexicon does not know it always may."""
    wanted = lexicon("measures").get(measure, {}).get("objects", [])
    known = {name.removesuffix(GUESSED) for name in objects}
    return not wanted or bool(known & set(wanted))


def own_measure(number: Token, phrase: Phrase | None, objects: tuple[str, ...]) -> str | None:
    """The measure that the counted noun or the words beside it give: "four injuries", "three dead", "60 shot down"."""
    anchor = phrase.head if phrase else number
    state = _beside(number, phrase, objects) or _state_beside(number, phrase, objects)
    return state or _within(phrase, objects) or _post_noun(anchor, objects)


def measure_of(number: Token, phrase: Phrase | None, objects: tuple[str, ...]) -> str | None:
    """The measure of a number, from its own noun outwards; None if the words do not tell.

    Looked up in order: the counted noun itself, a state beside it, the verb it belongs to, a participle on it, the
    other verbs and nouns above it in the parse, a relative clause on it, and at last the verb that follows.
    """
    anchor = phrase.head if phrase else number
    kind_of_sum = _post_noun(anchor, objects)
    if kind_of_sum and "total" in lexicon("measures")[kind_of_sum]:
        return kind_of_sum
    direct = _direct(anchor, objects)
    if kind_of_sum and direct and _family(kind_of_sum) != _family(direct):
        return kind_of_sum
    told = _participle(anchor, objects, reduced=True)
    return (
        _absolute(anchor, objects)
        or _beside(number, phrase, objects)
        or (_participle(number, objects, reduced=False) if phrase is None else None)
        or _capacity(anchor)
        or (told if told and "outcome" in lexicon("measures")[told] else None)
        or direct
        or _state_beside(number, phrase, objects)
        or _within(phrase, objects)
        or told
        or _governing(anchor, objects)
        or kind_of_sum
        or _participle(anchor, objects, reduced=False)
        or _following(phrase.tokens[-1] if phrase else number, objects)
        or _headline_verb(number, objects)
    )


def _family(measure: str) -> str:
    return str(lexicon("measures")[measure].get("family", measure))


def _beside(number: Token, phrase: Phrase | None, objects: tuple[str, ...]) -> str | None:
    """The noun that is counted ("four injuries") or what became of them, right behind it ("three dead")."""
    base = any(lexicon("objects").get(name, {}).get("base") for name in objects)
    words = (" ".join(phrase.words[-2:]), phrase.words[-1]) if phrase and not base else ()
    head = _fitting("nouns", words, objects) or (_fitting("states", words[1:], objects) if phrase else None)
    state = _state_beside(number, phrase, objects)
    return head or (state if state and "outcome" in lexicon("measures")[state] else None)


def _state_beside(number: Token, phrase: Phrase | None, objects: tuple[str, ...]) -> str | None:
    """ "Three dead", "40 wounded", "12 people missing"."""
    after = (phrase.tokens[-1] if phrase else number).i + 1
    words = [token.lower_ for token in number.doc[after : after + 2]]
    return _fitting("states", [" ".join(words), *words[:1]], objects) if words else None


def _within(phrase: Phrase | None, objects: tuple[str, ...]) -> str | None:
    """What the words of the phrase say where no verb does: "407 trapped people", "12 survivors"."""
    if phrase is None:
        return None
    words = [token.lower_ for token in phrase.tokens]
    return _fitting("people", phrase.words[-1:], objects) or _fitting("states", words, objects)


def _capacity(anchor: Token) -> str | None:
    """What a thing is made for, not what it did: "the stadium can hold 38,000", "built to carry 90"."""
    verbs = lexicon("measures")["capacity"]["able"]
    for verb, role in governors(anchor):
        if verb.pos_ == "VERB" and role == "verbs":
            made = verb.head.lemma_.lower() in lexicon("verbs")["making"]["lemmas"] and verb.dep_ in ("xcomp", "advcl")
            able = any(child.lower_ in ("can", "could") for child in verb.children if child.dep_ == "aux")
            return "capacity" if verb.lemma_.lower() in verbs and (made or able) else None
    return None


def _direct(anchor: Token, objects: tuple[str, ...]) -> str | None:
    """The measure of the verb that the counted is the subject or object of."""
    if (carrying := _carrying(anchor)) is not None:
        return by_verb(carrying, "verbs", objects, anchor)
    above = (one for one in governors(anchor) if not _is_worth(one[0], anchor))
    verb, role = next(above, (None, ""))
    if verb is None or verb.pos_ != "VERB" or role == "adjunct" or verb.lemma_.lower() in carriers():
        return None
    if first := _alternative(verb, objects, anchor):
        return first
    if is_level(verb, anchor):
        return None
    return _complement(verb, objects) or by_verb(verb, role, objects, anchor)


def _is_worth(noun: Token, anchor: Token) -> bool:
    """ "Froze assets worth €210 billion": the verb acts on what is worth so much."""
    behind = noun.doc[noun.i + 1 : anchor.i]
    if noun.lower_ == "worth":
        return True
    return noun.pos_ in ("NOUN", "PROPN") and len(behind) > 0 and behind[0].lower_ == "worth"


def is_level(verb: Token, anchor: Token) -> bool:
    """ "Inflation fell to 65%": the value that is reached, not by how much it fell."""
    moved = verb.lemma_.lower() in _MOVING
    return moved and any(child.lower_ in ("to", "at", "from") and anchor in child.subtree for child in verb.children)


def _alternative(verb: Token, objects: tuple[str, ...], anchor: Token) -> str | None:
    """Of "shot down or jammed 406 drones" the first verb tells; who was killed or wounded, none can say."""
    other = verb.head
    either = verb.dep_ == "conj" and any(child.lower_ == "or" for child in other.children)
    if not either or other.pos_ != "VERB" or any(child.dep_ == "dobj" for child in other.children):
        return None
    told = [by_verb(one, "verbs", objects, anchor) for one in (other, verb)]
    return "killed_or_injured" if set(told) == {"killed", "injured"} else told[0]


def _carrying(anchor: Token) -> Token | None:
    """The participle in "a ferry carrying 120 passengers capsized", where the parse makes passengers the subject."""
    before = anchor.doc[anchor.left_edge.i - 1] if anchor.left_edge.i else None
    if before is None or before.tag_ != "VBG" or before.dep_ != "acl" or anchor.dep_ not in ("nsubj", "nsubjpass"):
        return None
    return None if any(child.dep_ == "dobj" for child in before.children) else before


def _post_noun(anchor: Token, objects: tuple[str, ...]) -> str | None:
    """ "33 billion in loans", "$2 million in damage", "50 tonnes of aid"."""
    if "money" not in objects:
        return None
    doc = anchor.doc
    if at_once := _fitting("nouns", _nouns_behind(anchor), objects):
        return at_once
    if anchor.i + 2 >= len(doc) or doc[anchor.i + 1].lower_ not in ("in", "of", "for", "worth"):
        return None
    words = [singular(token.text) for token in doc[anchor.i + 2 : anchor.i + 8]]
    stop = next(
        (i for i, token in enumerate(doc[anchor.i + 2 : anchor.i + 8]) if token.pos_ in ("ADP", "PUNCT", "VERB")), 6
    )
    return _fitting("nouns", words[:stop], objects)


def _nouns_behind(anchor: Token) -> list[str]:
    """The noun right behind an amount, with and without the one that narrows it: "a 3 billion euro rail budget"."""
    words: list[str] = []
    for token in anchor.doc[anchor.i + 1 : anchor.i + 4]:
        if token.pos_ not in ("NOUN", "ADJ") and token.tag_ != "VBG":
            break
        words.append(singular(token.text))
    return [" ".join(words[-2:]), *words[-1:]]


def _participle(anchor: Token, objects: tuple[str, ...], *, reduced: bool) -> str | None:
    """A participle ("60 drones shot down") or a relative clause ("drones that were shot down") on the noun."""
    for child in anchor.children:
        if child.dep_ == ("acl" if reduced else "relcl") and child.pos_ in ("VERB", "AUX") and _follows(anchor, child):
            active = child.tag_ == "VBG" or (child.dep_ == "relcl" and not is_passive(child))
            found = by_verb(child, "subjects" if active else "verbs", objects)
            if found is None and child.tag_ == "VBN" and _is_misread(anchor):
                found = by_verb(child, "subjects", objects)
            if found := found or (_past_participle(child, objects) if child.tag_ == "VBG" else None):
                return found
    return None


def _is_misread(anchor: Token) -> bool:
    """ "4,100 migrants crossed into Niger, the agency said": the parse makes the migrants the ones who said it."""
    others = [child for child in anchor.head.children if child.dep_ == "nsubj" and child.i != anchor.i]
    return anchor.dep_ == "nsubj" and bool(others)


def _past_participle(participle: Token, objects: tuple[str, ...]) -> str | None:
    """ "310 trucks carrying flour crossed": the main verb, which the parse hangs on the flour."""
    below = [token for token in participle.subtree if token.tag_ in ("VBN", "VBD") and token.dep_ == "acl"]
    return by_verb(below[0], "subjects", objects) if below and not is_passive(below[0]) else None


def _follows(anchor: Token, child: Token) -> bool:
    """Whether a participle or clause comes right behind its noun, no comma between."""
    between = anchor.doc[anchor.i + 1 : child.i]
    return child.i > anchor.i and (child.dep_ == "relcl" or not any(token.is_punct for token in between))


def _absolute(anchor: Token, objects: tuple[str, ...]) -> str | None:
    """ "With 80% of ballots counted": the participle is the only verb of the phrase."""
    if not any(token.lower_ == "with" for token in anchor.doc[max(anchor.i - 5, 0) : anchor.i]):
        return None
    next_to = [
        child for child in anchor.children if child.dep_ == "acl" and child.tag_ == "VBN" and child.i == anchor.i + 1
    ]
    return by_verb(next_to[0], "verbs", objects) or participle(next_to[0]) if next_to else None


def _governing(anchor: Token, objects: tuple[str, ...]) -> str | None:
    for governor, role in governors(anchor):
        if governor.pos_ in ("VERB", "AUX"):
            told = role != "adjunct" and not is_level(governor, anchor)
            own = (_complement(governor, objects) or by_verb(governor, role, objects, anchor)) if told else None
            if found := own or _carried(governor, anchor, objects):
                return found
            if role == "adjunct":
                return None
        elif role != "adjunct" or "share" in objects or "money" in objects:
            words = [singular(governor.text)]
            if found := _fitting("nouns", words, objects) or _fitting("states", [governor.lower_], objects):
                return found
    return None


def by_verb(verb: Token, role: str, objects: tuple[str, ...], anchor: Token | None = None) -> str | None:
    """The measure a verb names for things in that role ("verbs": acted upon, "subjects": acting)."""
    forms = verb_forms(verb, anchor)
    found = _fitting(role, forms, objects)
    if found is None and role == "subjects" and verb.dep_ == "conj" and is_passive(verb.head):
        found = _fitting("verbs", forms, objects)
    if found is None and role == "subjects":
        found = _fitting("states", (f"{verb.lower_} for", verb.lower_), objects)
    return found or (_fitting("states", forms[:-1], objects) if role == "subjects" else None)


def _complement(verb: Token, objects: tuple[str, ...]) -> str | None:
    """What the counted are said to be: "nine were confirmed dead", "four were reported missing"."""
    told = [child.lower_ for child in verb.children if child.dep_ in _COMPLEMENTS]
    return _fitting("states", told, objects)


def _carried(verb: Token, anchor: Token, objects: tuple[str, ...]) -> str | None:
    """The measure a carrier verb passes on from its subject, object or complement: "the toll rose to 5"."""
    if verb.lemma_.lower() not in carriers():
        return None
    for child in sorted(verb.children, key=lambda child: child.dep_ not in _COMPLEMENTS):
        before = child.dep_ == "ccomp" and child.i < verb.i
        if child.dep_ in (*_COMPLEMENTS, *_CARRYING) and child.i != anchor.i and not before:
            near = [token for token in (child, *child.subtree) if token.pos_ in _TELLING][:8]
            for token in near:
                words = (f"{token.lower_} for", *_compounds(token), token.lower_, singular(token.text))
                if found := _fitting("states", words, objects) or _fitting("nouns", words, objects):
                    return found
    return None


def _compounds(noun: Token) -> list[str]:
    """ "Recovery rate" is told by both words."""
    return [f"{child.lower_} {singular(noun.text)}" for child in noun.children if child.dep_ == "compound"]


_MOVING = frozenset(verb for name in ("rose", "fell") for verb in lexicon("measures")[name]["verbs"])
_COMPLEMENTS = ("acomp", "oprd")
_CARRYING = ("nsubj", "nsubjpass", "dobj", "attr", "xcomp", "prep", "ccomp")
_TELLING = ("NOUN", "ADJ", "VERB", "PROPN", "ADP")


def _following(last: Token, objects: tuple[str, ...]) -> str | None:
    """The verb right behind the number, auxiliaries and adverbs skipped, where the parser saw none."""
    passive = False
    first = last.i + 1
    for token in last.doc[last.i + 1 : last.i + 1 + NEAR]:
        if (
            token.is_punct
            or token.lower_ in ("and", "of", "who", "which")
            or (token.i > first and token.pos_ not in _VERBAL)
        ):
            return None
        passive = passive or token.lower_ in ("were", "was", "been", "being")
        role = "verbs" if passive or _is_bare_participle(token) else "subjects"
        if found := _fitting(role, [*verb_forms(token), token.lower_], objects):
            return found
    return None


def _headline_verb(number: Token, objects: tuple[str, ...]) -> str | None:
    """ "Army fires 60 drones at the port": a headline's verb that the parse takes for a plural noun."""
    at = number
    while at.i and (at.pos_ == "NUM" or at.tag_ in ("CD", "RBR", "JJR", "IN", "RB")):
        at = at.nbor(-1)
    return _fitting("verbs", [singular(at.text)], objects) if at.tag_ in ("NNS", "NNPS") else None


def _is_bare_participle(token: Token) -> bool:
    """ "And 14 tanks knocked out": a participle without an auxiliary, nothing acted upon behind it."""
    return token.tag_ == "VBN" and not any(child.dep_ in ("dobj", "aux") for child in token.children)


_VERBAL = ("VERB", "AUX", "ADV", "PART")


def fallback(number: Token, phrase: Phrase | None) -> str | None:
    """The verb over the number as a participle ("drowned"), where the lexicon knows none."""
    spoken = lexicon("verbs")["empty"]["lemmas"]
    for governor, role in governors(phrase.head if phrase else number):
        if role == "adjunct":
            return None
        lemma = governor.lemma_.lower()
        if governor.pos_ == "VERB" and lemma not in spoken and lemma not in lexicon("cues") and lemma not in carriers():
            return participle(governor)
    return None
