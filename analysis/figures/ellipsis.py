"""What a number without a noun of its own counts, by the words around it: ellipses, pronouns, divisions, groups."""

from __future__ import annotations

import re

from spacy.tokens import Token

from analysis.figures.lexicon import any_of, lexicon
from analysis.figures.mentions import Mention
from analysis.figures.objects import Phrase, counted_phrase, is_person, meaning_of, singular
from analysis.figures.verbs import antecedent, carriers, governors, is_passive

TOTALLING = 110
"""Characters before a total in which the words stand that make it one."""


def told_to_be(mention: Mention) -> Phrase | None:
    """What the counted are told to be: "twelve of the victims were children"."""
    number, verb = mention.span.root, mention.span.root.head
    if number.dep_ != "nsubj" or verb.lemma_ != "be":
        return None
    nouns = [child for child in verb.children if child.dep_ == "attr" and child.pos_ == "NOUN" and child.i > number.i]
    phrase = Phrase((nouns[0],), nouns[0]) if nouns else None
    return phrase if phrase and meaning_of(phrase.words) else None


def accounted_for(mention: Mention) -> Phrase | None:
    """Who makes up the number: "children account for 155 of the deaths", "women made up 12 of them"."""
    for verb, role in governors(mention.span.root):
        makes_up = verb.lemma_ == "account" or (verb.lemma_ == "make" and any(c.lower_ == "up" for c in verb.children))
        subject = next((child for child in verb.children if child.dep_ == "nsubj" and child.tag_ == "NNS"), None)
        if verb.pos_ == "VERB":
            return Phrase((subject,), subject) if makes_up and role == "verbs" and subject is not None else None
    return None


_INHABITED = re.compile(
    rf"\b{any_of(lexicon('nouns')['inhabited']['words'])}\s+of\s+"
    r"(?:some\s+|about\s+|around\s+|nearly\s+|almost\s+|over\s+|more\s+than\s+)?$",
    re.IGNORECASE,
)


def inhabited(mention: Mention) -> Phrase | None:
    """The people of "a town of 3,700" or "a country of 9 million people"; a noun that are none is counted as usual."""
    if mention.quantity.kind != "count" or not _INHABITED.search(mention.text[: mention.quantity.number.start][-60:]):
        return None
    meant = meaning_of(mention.phrase.words) if mention.phrase else None
    people = mention.phrase is None or (meant is not None and is_person(meant.compared_as))
    return (mention.phrase or Phrase((mention.span[-1],), mention.span[-1])) if people else None


def number_of(mention: Mention) -> Phrase | None:
    """Whom a count named as one counts: "put the number of patients there at 300", "the number of refugees rose to"."""
    for above in mention.span.root.ancestors:
        if above.dep_ == "acl" and above.head.dep_ == "pobj" and singular(above.head.head.head.text) in _COUNTING:
            return Phrase((above.head,), above.head)
    if (named := _named_of(mention)) is not None:
        return Phrase((named,), named)
    for verb, _ in governors(mention.span.root):
        for noun in verb.children:
            noun = antecedent(noun)
            if noun.dep_ in ("dobj", "nsubj", "nsubjpass") and singular(noun.text) in _COUNTING:
                of = (grand for child in noun.children if child.lower_ == "of" for grand in child.children)
                counted = next((token for token in of if token.dep_ == "pobj" and token.tag_ == "NNS"), None)
                return Phrase((counted,), counted) if counted is not None else None
        if verb.pos_ == "VERB":
            return _put_at(verb, mention)
    return None


def _named_of(mention: Mention) -> Token | None:
    """The plural behind "that of" or "the number of", no other number between: "and that of missiles at 43"."""
    doc, at = mention.doc, mention.span.start
    near = doc[max(mention.sentence.start, at - COUNTED_NEAR) : at]
    if not near or near[-1].lower_ not in ("at", "to"):
        return None
    tied = [one for one in near[:-2] if one.lower_ in (*_COUNTING, "that", "those") and one.nbor(1).lower_ == "of"]
    if not tied or any(token.pos_ == "NUM" for token in doc[tied[-1].i : at]):
        return None
    behind = doc[tied[-1].i + 2 : at]
    return next((token for token in behind if token.tag_ == "NNS"), None)


COUNTED_NEAR = 12
"""Words before a number in which what it counts may be named."""


def _put_at(verb: Token, mention: Mention) -> Phrase | None:
    """ "Put the jobs at risk at 14,000": what is put at a number is counted by it."""
    puts = verb.lemma_.lower() in lexicon("claiming")["estimating"]["lemmas"] and mention.span.root.head.lower_ == "at"
    held = next((child for child in verb.children if child.dep_ == "dobj" and child.tag_ == "NNS"), None)
    meaning = meaning_of((singular(held.text),)) if held is not None and puts else None
    named = meaning is not None and held is not None and singular(held.text) not in _TOLLS
    return Phrase((held,), held) if named and held is not None else None


_TOLLS = frozenset(word for entry in lexicon("measures").values() for word in entry.get("nouns", ()))
"""Nouns that tell what befell those counted, and do not name them: losses, deaths."""


def after_pronoun(mention: Mention) -> Phrase | None:
    """The noun behind the pronoun in "five of them medics" and "two of whom were children"."""
    doc = mention.doc
    at = mention.span.end
    of = at + 2 < len(doc) and doc[at].lower_ == "of"
    if not of or doc[at + 1].lower_ not in ("them", "whom", "those", "these", "whose"):
        return None
    start = at + 2
    while start < len(doc) and doc[start].lower_ in ("were", "was", "are", "is", ",", "being"):
        start += 1
    if start >= len(doc) or (start == at + 2 and doc[start].pos_ not in ("NOUN", "PROPN", "ADJ")):
        return None
    phrase = counted_phrase(doc[start - 1 : start])
    return phrase if phrase and meaning_of(phrase.words) else None


def pronoun_noun(mention: Mention) -> Phrase | None:
    """What "them" or "the raiders" are, where nothing counted them: "sank boats after 19 of them left port",
    "of the raiders, nine were arrested"."""
    doc, at = mention.doc, mention.span.start
    behind = [token.lower_ for token in doc[mention.span.end : mention.span.end + 2]]
    if behind in (["of", "them"], ["of", "which"]):
        near = reversed(doc[mention.sentence.start : at])
        noun = next((one for one in near if one.tag_ == "NNS" and meaning_of((singular(one.text),))), None)
        return Phrase((noun,), noun) if noun is not None else None
    before = doc[max(mention.sentence.start, at - 5) : at]
    opens = len(before) > 3 and before[-1].text == "," and before[-2].tag_ == "NNS"
    told = opens and any(one.lower_ == "of" and one.nbor(1).lower_ in ("the", "those", "these") for one in before)
    return Phrase((before[-2],), before[-2]) if told and mention.phrase is None else None


def possessor_object(mention: Mention) -> str | None:
    """Whose losses "put their losses at 12" gives: the subject that "their" stands for, if it is a class of people."""
    for governor, _ in governors(mention.number):
        for noun in governor.children:
            owned = any(child.dep_ == "poss" and child.tag_ == "PRP$" for child in noun.children)
            if noun.dep_ in ("dobj", "nsubj") and owned:
                subjects = [child for child in governor.children if child.dep_ == "nsubj" and child.i != noun.i]
                return person_named(subjects[0]) if subjects else None
    return None


_DIVISION = re.compile(
    r"\b(?:vot(?:ed?|ing)|pass(?:ed)?|approved|adopted|rejected|carried|backed|divided)\b(?:\s+\w+){0,4}?\s+"
    r"(?P<first>[\d,]+\s*(?:votes\s+)?(?:to|-|–|against)\s*)?$",
    re.IGNORECASE,
)


def division(mention: Mention) -> str | None:
    """ "Deputies voted 214 to 163 to adopt it": the first number is for, the second against."""
    match = _DIVISION.search(mention.before())
    if match is None:
        return None
    if match["first"]:
        return "voted_against"
    divided = re.match(r"\s*(?:votes\s+)?(?:to|-|–|against)\s*\d+(?!\s*(?:percent|per\s+cent|%|\.\d))", mention.after())
    return "voted_for" if divided else None


def subject_object(mention: Mention) -> str | None:
    """What the subject of a carrying verb counts: "arrivals total 4,100", "cholera cases exceed 60,000"."""
    for governor, role in governors(mention.number):
        lemma = governor.lemma_.lower()
        if role == "verbs" and lemma in carriers() and (lemma not in _REPORTING or is_passive(governor)):
            named = [antecedent(child) for child in governor.children if child.dep_ in ("nsubj", "nsubjpass")]
            subjects = [noun for noun in named if noun.i < mention.number.i]
            subject = subjects[0] if subjects else _noun_before(governor)
            meaning = meaning_of((singular(subject.text),)) if subject is not None else None
            return meaning.id if meaning and subject is not None and subject.tag_ == "NNS" else None
    return None


_REPORTING = frozenset(lexicon("claiming")["telling"]["lemmas"] + lexicon("claiming")["counting"]["lemmas"])
"""Their subject tells the count and is not counted: "rescuers reported eight dead"."""


def _noun_before(verb: Token) -> Token | None:
    """The plural in front of a verb that the parse gave no subject, no other verb or mark between."""
    for token in reversed(verb.doc[verb.sent.start : verb.i]):
        if token.is_punct or token.pos_ in ("VERB", "AUX"):
            return None
        if token.tag_ == "NNS":
            return token
    return None


def person_named(token: Token) -> str | None:
    """The class of people a noun names: "the rebels" -> fighter."""
    words = tuple(singular(one.text) for one in token.lefts if one.dep_ in ("compound", "amod"))
    for size in range(len(words) + 1):
        meaning = meaning_of((*words[size:], singular(token.text)))
        if meaning and is_person(meaning.compared_as):
            return meaning.id
    return None


def group_before(mention: Mention) -> Phrase | None:
    """The group whose size the number is: "a crew of four"."""
    at = mention.doc.char_span(*_offsets(mention), alignment_mode="expand")
    if mention.phrase is not None or at is None or at.start < 2 or mention.doc[at.start - 1].lower_ != "of":
        return None
    noun = mention.doc[at.start - 2]
    known = singular(noun.text) in lexicon("nouns")["groups"]["words"]
    return Phrase((noun,), noun) if known else None


def _offsets(mention: Mention) -> tuple[int, int]:
    return mention.quantity.start - mention.offset, mention.quantity.end - mention.offset


def counted_act(mention: Mention) -> str | None:
    """What is done so many times: who violated a ceasefire 12 times committed 12 violations."""
    if mention.phrase is None or mention.phrase.text.casefold() != "times":
        return None
    verb = next((token for token in mention.phrase.head.ancestors if token.pos_ == "VERB"), None)
    told = ((name, entry.get("times", ())) for name, entry in lexicon("objects").items())
    return next((name for name, verbs in told if verb is not None and verb.lemma_.lower() in verbs), None)


_TOTALLING = re.compile(
    r"\b(?:bring|brought|tak|took|push|rais|lift|driv)\w*\s+(?:up\s+)?(?:[\w’'-]+\s+){0,6}?"
    r"(?:total|tally|number|count|figure|sum)\b[^,;.]{0,50}\bto\s+$",
    re.IGNORECASE,
)


_REMAINS = re.compile(
    rf"\b{any_of(lexicon('nouns')['remains']['words'])}\s+of\s+(?:the\s+|its\s+|their\s+)?(?:\w+\s+){{0,2}}$",
    re.IGNORECASE,
)


def remains_before(mention: Mention) -> Phrase | None:
    """ "The bodies of 563 soldiers": bodies are counted."""
    if _REMAINS.search(mention.before()) is None:
        return None
    noun = next((token for token in mention.anchor.ancestors if token.pos_ == "NOUN"), None)
    return Phrase((noun,), noun) if noun is not None and noun.i < mention.span.start else None


def is_multiple(mention: Mention) -> bool:
    """ "Three times the official count": no count of its own."""
    behind = mention.doc[mention.span.end : mention.span.end + 1]
    return len(behind) == 1 and behind[0].lower_ in ("times", "fold")


def is_increment(mention: Mention) -> bool:
    """ "Ten more were jammed", "another 12 were hurt": more of what the figure before counts."""
    lead = mention.text[mention.quantity.start : mention.quantity.number.start] + mention.before(12)
    words = lexicon("scopes")["increments"]
    behind = re.match(rf"\s+{any_of(words['after'])}\b(?!\s+than)", mention.after(12))
    return behind is not None or re.search(rf"\b{any_of(words['before'])}\b", lead) is not None


def is_given(mention: Mention) -> bool:
    """Whether a verb of counting or claiming gives the bare number: "police counted 23,000", "spoke of 180,000"."""
    claiming = lexicon("claiming")
    for verb, role in governors(mention.span.root):
        if verb.pos_ == "NOUN" and singular(verb.text) in _COUNTING:
            continue
        if verb.pos_ != "VERB":
            return False
        given = verb.lemma_.lower() in (*claiming["counting"]["lemmas"], *claiming["telling"]["lemmas"])
        near = [mention.span.root.head.i, mention.span.root.head.head.i, mention.span.root.head.head.head.i]
        tied = verb.i in near
        spoken = [child for child in verb.children if child.dep_ == "nsubj"]
        held = [child for child in verb.children if child.dep_ == "dobj" and child.i != mention.span.root.i]
        things = [child for child in held if singular(child.text) not in _COUNTING]
        return role == "verbs" and given and tied and bool(spoken) and not things
    return False


_COUNTING = frozenset(lexicon("nouns")["counts"]["words"])


_FIXING = frozenset(lexicon("verbs")["fixing"]["lemmas"])


def noun_told(mention: Mention) -> str | None:
    """The noun whose value the number is, where no verb tells: "the minimum pension is 12,500", "a depth of 10"."""
    above = next(governors(mention.span.root), (None, ""))[0]
    if above is None or not (
        above.pos_ in ("NOUN", "AUX") or above.lemma_.lower() in carriers() or above.lemma_ in _FIXING
    ):
        return None
    noun = subject_named(mention)
    if (
        noun is None
        or not noun.replace(" ", "").isalpha()
        or noun not in mention.text.casefold()
        or noun.split()[-1] in _COUNTING
        or meaning_of((noun.split()[-1],))
    ):
        return None
    return noun.replace(" ", "_")


def is_totalling(mention: Mention) -> bool:
    """ "Bringing the total since May to 4,200": the count just given, and all before it."""
    return _TOTALLING.search(mention.before(TOTALLING)) is not None


_COMPARED = re.compile(
    r"\b(?:(?:up|down|increase|rise|drop|fall|decrease)\s+(?:\w+\s+){0,3}?from|compared\s+(?:with|to)|,\s+(?:as\s+)?against|versus)"
    r"\s+(?:an?\s+|the\s+|just\s+|only\s+)*$",
    re.IGNORECASE,
)


def is_compared(mention: Mention) -> bool:
    """ "13.5 trillion roubles, up from 10.8 trillion": the same quantity at another time."""
    return _COMPARED.search(mention.before()) is not None


def is_put(mention: Mention) -> bool:
    """ "Police put it at 34,000": another value for the figure told before."""
    for verb, _ in governors(mention.anchor):
        objects = [child.lower_ for child in verb.children if child.dep_ == "dobj"]
        return verb.lemma_.lower() in lexicon("claiming")["estimating"]["lemmas"] and bool(
            {"it", "that"} & set(objects)
        )
    return False


def may_win(mention: Mention) -> bool:
    """Whether the verb over a share may give one of a vote: "took 38%", "was backed by 36%"."""
    entry = lexicon("measures")["vote_share"]
    for verb, role in governors(mention.anchor):
        if verb.pos_ == "VERB":
            agents = [child for child in verb.children if child.lower_ == "by"]
            chooses = role == "subjects" or any(mention.number in child.subtree for child in agents)
            return verb.lemma_.lower() in entry["choosing" if chooses else "contest"]
    return False


def may_contest(mention: Mention) -> bool:
    """Whether the words around a share tell that it is one of a vote: "took 38%" beside a noun of voting."""
    words = {singular(token.text) for token in mention.sentence}
    return may_win(mention) and bool(words & set(lexicon("measures")["vote_share"]["amid"]))


def subject_named(mention: Mention) -> str | None:
    """What is at so much: the noun of "inflation of 9%", what is put or raised to it, else the verb's subject."""
    through = False
    for above, role in governors(mention.span.root):
        if above.pos_ in ("NOUN", "PROPN"):
            return _named(above)
        through = any(child.dep_ == "prep" and mention.number in child.subtree for child in above.children)
        wanted = ("dobj", "nsubj", "nsubjpass") if through else ("nsubj", "nsubjpass")
        found = [child for name in wanted for child in above.children if child.dep_ == name]
        if found and role != "subjects":
            return _named(found[0]) if found[0].pos_ in ("NOUN", "PROPN") else None
    return None


def _named(noun: Token) -> str:
    """A noun after the nouns that narrow it: "prices of bread" and "bread prices" are both "bread price"."""
    narrowing = [child for child in noun.children if child.dep_ == "compound"]
    narrowing += [grand for child in noun.children if child.lower_ == "of" for grand in child.children]
    return " ".join([*sorted(singular(token.text) for token in narrowing if token.pos_ == "NOUN"), singular(noun.text)])
