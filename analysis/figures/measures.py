"""What was done to the things a figure counts: launched, killed, displaced ... read from the words that govern it."""

from __future__ import annotations

from spacy.tokens import Token

from analysis.figures.lexicon import lexicon
from analysis.figures.nominals import (
    act_named,
    among,
    among_those,
    by_act,
    is_of_act,
    labelled,
    made_good,
    on_vehicle,
    with_vehicle,
)
from analysis.figures.objects import Phrase, is_person, meaning_of, singular
from analysis.figures.participles import absolute, by_participle, is_absolute
from analysis.figures.triggers import by_clause, by_verb, family, fitting
from analysis.figures.verbs import (
    antecedent,
    carriers,
    governors,
    is_passive,
    lemma_of,
    participle,
    particle_of,
    verb_forms,
)

NEAR = 4
"""Words behind a number in which its verb is looked for where the parse shows none."""


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
    kind_of_sum = made_good(anchor, objects) or _post_noun(anchor, objects)
    if kind_of_sum and "total" in lexicon("measures")[kind_of_sum]:
        return kind_of_sum
    direct = _direct(anchor, number, objects)
    if kind_of_sum and direct and family(kind_of_sum) != family(direct):
        return kind_of_sum
    told = by_participle(anchor, objects, reduced=True)
    acted_upon = direct if direct and not _counts_people(phrase) else None
    return (
        (_nearest_state(number, objects) if phrase is None else None)
        or with_vehicle(anchor, objects)
        or absolute(anchor, objects)
        or (_state_beside(number, phrase, objects) if is_absolute(anchor) else None)
        or acted_upon
        or _beside(number, phrase, objects)
        or (by_participle(number, objects, reduced=False) if phrase is None else None)
        or _capacity(anchor)
        or among(anchor, objects)
        or (told if told and "outcome" in lexicon("measures")[told] else None)
        or direct
        or _state_beside(number, phrase, objects)
        or on_vehicle(anchor, objects)
        or _within(phrase, objects)
        or told
        or _governing(anchor, objects)
        or kind_of_sum
        or labelled(number, objects)
        or by_participle(anchor, objects, reduced=False)
        or (None if is_of_act(anchor) else _following(phrase.tokens[-1] if phrase else number, objects))
        or _headline_verb(number, objects)
        or _moved(number, objects)
    )


def _moved(number: Token, objects: tuple[str, ...]) -> str | None:
    """ "Up 12% on the year": the adverb in front tells which way, unless it belongs to a verb ("made up 12%")."""
    near = reversed(number.doc[max(number.i - NEAR, 0) : number.i])
    at = next((token for token in near if token.lower_ in _WAYS), None)
    free = at is not None and at.dep_ != "prt" and (not at.i or at.nbor(-1).lemma_ != "make")
    return _WAYS[at.lower_] if at is not None and free and {"share", "points"} & set(objects) else None


_WAYS = {"up": "increased", "down": "fell"}


def _counts_people(phrase: Phrase | None) -> bool:
    """Whether people are counted, by whatever befell them: "four injuries"."""
    meaning = meaning_of(phrase.words) if phrase else None
    return phrase is None or (meaning is not None and is_person(meaning.compared_as))


def _beside(number: Token, phrase: Phrase | None, objects: tuple[str, ...]) -> str | None:
    """The noun that is counted ("four injuries") or what became of them, right behind it ("three dead")."""
    base = any(lexicon("objects").get(name, {}).get("base") for name in objects)
    words = (" ".join(phrase.words[-2:]), phrase.words[-1]) if phrase and not base else ()
    head = fitting("nouns", words, objects) or (fitting("states", words[1:], objects) if phrase else None)
    state = _state_beside(number, phrase, objects)
    return head or (state if state and "outcome" in lexicon("measures")[state] else None)


def _state_beside(number: Token, phrase: Phrase | None, objects: tuple[str, ...]) -> str | None:
    """ "Three dead", "40 wounded", "12 people missing"."""
    after = (phrase.tokens[-1] if phrase else number).i + 1
    while after < len(number.doc) and number.doc[after].lower_ in _STILL:
        after += 1
    if any(child.dep_ == "dobj" for token in number.doc[after : after + 1] for child in token.children):
        return None
    words = [token.lower_ for token in number.doc[after : after + 4] if token.lower_ not in ("the", "a")]
    return fitting("states", [" ".join(words[:3]), " ".join(words[:2]), *words[:1]], objects) if words else None


_STILL = frozenset(lexicon("verbs")["still"]["words"])


def _within(phrase: Phrase | None, objects: tuple[str, ...]) -> str | None:
    """What the words of the phrase say where no verb does: "407 trapped people", "12 survivors"."""
    if phrase is None:
        return None
    words = [token.lower_ for token in phrase.tokens]
    return fitting("people", phrase.words[-1:], objects) or fitting("states", words, objects)


def _capacity(anchor: Token) -> str | None:
    """What a thing is made for, not what it did: "the stadium can hold 38,000", "built to carry 90"."""
    verbs = lexicon("measures")["capacity"]["able"]
    for verb, role in governors(anchor):
        if verb.pos_ == "VERB" and role == "verbs":
            made = verb.head.lemma_.lower() in lexicon("verbs")["making"]["lemmas"] and verb.dep_ in ("xcomp", "advcl")
            able = any(child.lower_ in ("can", "could") for child in verb.children if child.dep_ == "aux")
            return "capacity" if verb.lemma_.lower() in verbs and (made or able) else None
    return None


def _direct(anchor: Token, number: Token, objects: tuple[str, ...]) -> str | None:
    """The measure of the verb that the counted is the subject or object of."""
    if (carrying := _carrying(anchor)) is not None:
        return by_verb(carrying, "verbs", objects, anchor)
    above = (one for one in governors(anchor) if one[0].i != number.i and not _is_worth(one[0], anchor))
    verb, role = next(above, (None, ""))
    if verb is not None and (raised := _raised(verb)) is not verb:
        verb, role = raised, "verbs" if is_passive(raised) else "subjects"
        if raised.lemma_ == "be":
            return among_those(raised, objects) or by_verb(raised, role, objects, anchor)
    if verb is None or verb.pos_ != "VERB" or role == "adjunct":
        return None
    if verb.lemma_.lower() in carriers():
        return fitting(role, [form for form in verb_forms(verb, anchor) if " " in form], objects)
    if first := _alternative(verb, objects, anchor):
        return first
    if is_level(verb, anchor):
        return None
    return _complement(verb, objects) or by_verb(verb, role, objects, anchor)


def _raised(verb: Token) -> Token:
    """ "Some 40 are known to have died": the verb that tells is the one they are known to have done."""
    told = [child for child in verb.children if child.dep_ == "xcomp" and child.pos_ in ("VERB", "AUX")]
    raising = is_passive(verb) or verb.lemma_.lower() in lexicon("verbs")["raising"]["lemmas"]
    return told[0] if told and raising and any(child.lower_ == "to" for child in told[0].children) else verb


def _is_worth(noun: Token, anchor: Token) -> bool:
    """ "Froze assets worth €210 billion": the verb acts on what is worth so much."""
    behind = noun.doc[noun.i + 1 : anchor.i]
    if noun.lower_ == "worth":
        return True
    return noun.pos_ in ("NOUN", "PROPN") and len(behind) > 0 and behind[0].lower_ == "worth"


def is_level(verb: Token, anchor: Token) -> bool:
    """ "Inflation fell to 65%": the value that is reached, not by how much it fell."""
    given = anchor.tag_ == "NNS" and any(child.dep_ == "dobj" for child in verb.children)
    moved = verb.lemma_.lower() in _MOVING and not given
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
    if at_once := fitting("nouns", _nouns_behind(anchor), objects):
        return at_once
    if anchor.i + 2 >= len(doc) or doc[anchor.i + 1].lower_ not in ("in", "of", "for", "worth"):
        return None
    words = [singular(token.text) for token in doc[anchor.i + 2 : anchor.i + 8]]
    stop = next(
        (i for i, token in enumerate(doc[anchor.i + 2 : anchor.i + 8]) if token.pos_ in ("ADP", "PUNCT", "VERB")), 6
    )
    return fitting("nouns", words[:stop], objects)


def _nouns_behind(anchor: Token) -> list[str]:
    """The noun right behind an amount, with and without the one that narrows it: "a 3 billion euro rail budget"."""
    words: list[str] = []
    for token in anchor.doc[anchor.i + 1 : anchor.i + 4]:
        if token.pos_ not in ("NOUN", "ADJ") and token.tag_ != "VBG":
            break
        words.append(singular(token.text))
    return [" ".join(words[-2:]), *words[-1:]]


def _governing(anchor: Token, objects: tuple[str, ...]) -> str | None:
    for governor, role in governors(anchor):
        if governor.pos_ in ("VERB", "AUX"):
            told = role != "adjunct" and not is_level(governor, anchor)
            own = (_complement(governor, objects) or by_verb(governor, role, objects, anchor)) if told else None
            if (
                found := own
                or by_clause(governor, objects, anchor)
                or _through(governor, anchor, objects)
                or _carried(governor, anchor, objects)
            ):
                return found
            if role == "adjunct":
                return None
        elif role != "adjunct" or "share" in objects or "money" in objects:
            words = [singular(governor.text)]
            named = (fitting(part, [governor.lower_, *words], objects) for part in ("nouns", "states", "people"))
            if found := by_act(governor, anchor, objects) or next((one for one in named if one), None):
                return found
            if act_named(governor, anchor):
                return None
    return None


def _through(verb: Token, anchor: Token, objects: tuple[str, ...]) -> str | None:
    """ "Flames swept through 14,000 hectares": verb and preposition together act upon what stands behind them."""
    tied = (child for child in verb.children if child.dep_ == "prep" and anchor.head.i == child.i)
    return next((fitting("verbs", [f"{lemma_of(verb)} {child.lower_}"], objects) for child in tied), None)


def _complement(verb: Token, objects: tuple[str, ...]) -> str | None:
    """What the counted are said to be: "nine were confirmed dead", "four were reported missing"."""
    told = [child.lower_ for child in verb.children if child.dep_ in _COMPLEMENTS]
    return fitting("states", told, objects)


def _carried(verb: Token, anchor: Token, objects: tuple[str, ...]) -> str | None:
    """The measure a carrier verb passes on from its subject, object or complement: "the toll rose to 5"."""
    if verb.lemma_.lower() not in carriers() and not is_level(verb, anchor):
        return None
    held = any(child.dep_ == "dobj" and child.i != anchor.i for child in verb.children)
    for child in sorted(verb.children, key=lambda child: child.dep_ not in _COMPLEMENTS):
        before = (child.dep_ == "ccomp" and child.i < verb.i) or (held and child.dep_ == "prep")
        if child.dep_ in (*_COMPLEMENTS, *_CARRYING) and child.i != anchor.i and not before:
            named = antecedent(child)
            near = [token for token in (named, *named.subtree) if token.pos_ in _TELLING and _belongs(token, named)][:8]
            for token in near:
                words = (f"{token.lower_} for", *_compounds(token), token.lower_, singular(token.text))
                if found := fitting("states", words, objects) or fitting("nouns", words, objects):
                    return found
    return None


def _belongs(token: Token, noun: Token) -> bool:
    """Whether a word is said of the noun itself: "the number of those hurt", not "homes on the council's orders"."""
    at = token
    while at.i != noun.i:
        if at.dep_ not in _SAID_OF and at.lower_ not in ("of", "from", "for"):
            return False
        at = at.head
    return True


_SAID_OF = ("compound", "amod", "nmod", "pobj", "pcomp", "conj", "acl", "relcl", "appos", "acomp", "oprd", "attr")


def _nearest_state(anchor: Token, objects: tuple[str, ...]) -> str | None:
    """ "That of the injured at 323": of several states named the one between the figure before and this one."""
    at = anchor.i
    while at > anchor.sent.start and anchor.doc[at - 1].lower_ in _BOUNDING:
        at -= 1
    if at < 1 or anchor.doc[at - 1].lower_ not in ("at", "as"):
        return None
    before = list(reversed(anchor.doc[max(anchor.sent.start, at - NEAR) : at - 1]))
    stop = next((at for at, token in enumerate(before) if token.pos_ == "NUM" or token.is_punct), len(before))
    return fitting("states", [token.lower_ for token in before[:stop]], objects)


_BOUNDING = frozenset(("more", "less", "fewer", "than", "about", "some", "around", "nearly", "over", "least", "almost"))
"""Between "at" and a number they only bound it."""


def _compounds(noun: Token) -> list[str]:
    """ "Recovery rate" and "key rate" are told by both words."""
    narrowing = (child for child in noun.children if child.dep_ in ("compound", "amod"))
    return [f"{child.lower_} {singular(noun.text)}" for child in narrowing]


_MOVING = frozenset(verb for name in ("increased", "fell") for verb in lexicon("measures")[name]["verbs"])
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
        if found := fitting(role, [*verb_forms(token), token.lower_], objects):
            return found
    return None


def _headline_verb(number: Token, objects: tuple[str, ...]) -> str | None:
    """ "Army fires 60 drones at the port": a headline's verb that the parse takes for a plural noun."""
    at = number
    while at.i and (at.pos_ == "NUM" or at.tag_ in ("CD", "RBR", "JJR", "IN", "RB")):
        at = at.nbor(-1)
    return fitting("verbs", [singular(at.text)], objects) if at.tag_ in ("NNS", "NNPS") else None


def _is_bare_participle(token: Token) -> bool:
    """ "And 14 tanks knocked out": a participle without an auxiliary, nothing acted upon behind it."""
    return token.tag_ == "VBN" and not any(child.dep_ in ("dobj", "aux") for child in token.children)


_VERBAL = ("VERB", "AUX", "ADV", "PART")


def fallback(number: Token, phrase: Phrase | None, *, across: bool = False) -> str | None:
    """The verb over the number as a participle ("drowned"), where the lexicon knows none.

    Those `across` which something is spread or found ("detected in 11 provinces") have the verb of it.
    """
    spoken = lexicon("verbs")["empty"]["lemmas"]
    for governor, role in governors(phrase.head if phrase else number):
        if role == "adjunct" and not across:
            return None
        if named := act_named(governor, phrase.head if phrase else number):
            return named
        lemma = governor.lemma_.lower()
        plain = lemma in spoken or lemma in lexicon("cues") or lemma in carriers()
        if governor.pos_ == "VERB" and governor.is_alpha and (not plain or particle_of(governor)):
            return participle(governor)
        state = next((child for child in governor.children if child.dep_ == "acomp" and child.pos_ == "ADJ"), None)
        if governor.lemma_ in _STAYING and role == "subjects" and state is not None:
            return state.lower_
    return None


_STAYING = ("be", "remain", "stay", "become")
"""Verbs behind which an adjective tells what became of the counted: "all 14 gates were open"."""
