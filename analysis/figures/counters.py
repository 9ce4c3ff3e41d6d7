"""Subjects that give a figure without a verb of saying: who counts it, or commits to it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from analysis.attribution.lexicon import cues
from analysis.figures.countries import country_of
from analysis.figures.lexicon import lexicon
from analysis.figures.mentions import Mention
from analysis.grammar import agent_of, own_subject


def counting_subject(mention: Mention) -> str | None:
    """The subject of a verb of counting above the figure: "the ministry logged 412 cases"."""
    claiming = lexicon("claiming")
    for verb, subject in _acting(mention.anchor):
        lemma = verb.lemma_.lower()
        if lemma in claiming["estimating"]["lemmas"] and _is_put_at(mention) and not _is_aside(verb):
            return _printed(subject)
        told = lemma in claiming["telling"]["lemmas"]
        known = told or lemma in claiming["counting"]["lemmas"] or _gives_count(verb)
        if not known or _is_unsaid(verb) or any(child.dep_ == "prt" for child in verb.children):
            continue
        if may_speak(subject) or (subject.pos_ == "PRON" and subject.lower_ in _SPEAKING):
            return _printed(subject)
        if told and country_of(subject.text) and not _is_counted(subject):
            return _printed(subject)
    return None


def owner_of_count(mention: Mention) -> str | None:
    """Whose count is given: "the agency's latest count is 31", "the organisers' estimate of 70,000"."""
    nouns = lexicon("claiming")["counts"]["nouns"]
    for token in (mention.anchor, *mention.anchor.ancestors):
        subject = own_subject(token)
        noun = subject if subject is not None and token.lemma_ in ("be", "stand") else token
        owner = next((child for child in noun.children if child.dep_ == "poss"), None)
        if noun.lemma_.lower() in nouns and owner is not None and may_speak(owner):
            return _printed(owner)
        if token.pos_ in ("VERB", "AUX"):
            return None
    return None


def relaying_subject(mention: Mention, outer: str) -> str | None:
    """Who gives the figure within what another reports: "the radio said the ministry had confirmed 19 deaths".

    Or beside it, where the parse ties both clauses: "40 died, police said, while rebels put the toll at 90".
    """
    claiming = lexicon("claiming")
    for verb, subject in _acting(mention.anchor):
        named = subject.pos_ != "PRON" and not any(child.tag_ == "PRP$" for child in subject.children)
        lemma = verb.lemma_.lower()
        put = lemma in claiming["estimating"]["lemmas"] and _is_put_at(mention)
        if (put or lemma in claiming["relaying"]["lemmas"]) and not _is_unsaid(verb):
            speaker = may_speak(subject) or country_of(subject.text) is not None
            inner = _printed(subject) if named and speaker else outer
            return inner if inner not in outer else None
    return None


def _gives_count(verb: Token) -> bool:
    """ "Insurers have made a first estimate of the damage: $3 million"."""
    claiming = lexicon("claiming")
    objects = (child.lemma_.lower() for child in verb.children if child.dep_ == "dobj")
    return verb.lemma_.lower() in claiming["giving"]["lemmas"] and any(
        noun in claiming["giving"]["nouns"] for noun in objects
    )


def _treats(verb: Token, subject: Token) -> bool:
    """ "Doctors were treating 120 wounded": who takes patients in counts them."""
    treating = lexicon("claiming")["treating"]
    words = {token.lower_ for token in _phrase(subject)}
    return (
        verb.lemma_.lower() in treating["lemmas"]
        and bool(words & set(treating["subjects"]))
        and not _is_counted(subject)
    )


def _is_unsaid(verb: Token) -> bool:
    """Whether the object cannot be said: "hospitals admitted 43 people", "the storm claimed nine lives"."""
    cue = cues().get(verb.lemma_.lower())
    return cue is not None and any(c.dep_ in ("dobj", "nsubjpass") and c.lower_ in cue.unsaid for c in verb.children)


def _is_aside(verb: Token) -> bool:
    """ "The appeal, put at $4 billion, is ...": a participle that the parse takes for the verb."""
    return bool(verb.i) and verb.nbor(-1).text == ","


def _is_put_at(mention: Mention) -> bool:
    """ "Put the toll at 300": the number hangs on "at"."""
    wanted = lexicon("claiming")["estimating"]["preposition"]
    return any(token.lower_ == wanted for token in [mention.anchor, *mention.anchor.ancestors][:4])


def committing_subject(mention: Mention) -> str | None:
    """The subject of a promise, a decision or the care of patients: "the union will lend Kenya €3bn"."""
    claiming = lexicon("claiming")
    for verb, subject in _acting(mention.anchor):
        lemma = verb.lemma_.lower()
        commits = (lemma in claiming["committing"]["lemmas"] and _is_future(verb)) or lemma in claiming["agreeing"][
            "lemmas"
        ]
        if subject.pos_ != "PRON" and (commits or _treats(verb, subject) or (may_speak(subject) and _decides(verb))):
            return _printed(subject)
    return None


def _decides(verb: Token) -> bool:
    """ "The bank raised its key rate to 9%", "the agency launched an appeal for $60 million"."""
    deciding = lexicon("claiming")["deciding"]
    objects = {child.lemma_.lower() for child in verb.children if child.dep_ == "dobj"}
    preposition = any(child.dep_ == "prep" and child.lower_ == "for" for child in verb.children)
    appeals = verb.lemma_.lower() in deciding["asking"] and preposition
    return appeals or (verb.lemma_.lower() in deciding["lemmas"] and bool(objects & set(deciding["nouns"])))


def _acting(anchor: Token) -> Iterator[tuple[Token, Token]]:
    """The verbs above a figure with their subjects, where the figure is no part of the subject.

    A passive's is its agent ("put at 60 by police"). What is set against or beside a clause ("while ...", ", and
    nurses treated 40", a semicolon) is not under its verb.
    """
    below, part = anchor, _between_semicolons(anchor)
    for token in anchor.ancestors:
        if token.i not in part:
            return
        if token.pos_ == "VERB":
            subject = _antecedent(agent_of(token) or _subject(token), token)
            if subject is not None and below.i != subject.i and subject.pos_ in ("NOUN", "PROPN", "PRON"):
                yield token, subject
            if any(child.dep_ == "mark" and child.lower_ in OPPOSING for child in token.children):
                return
            if token.dep_ == "conj" and own_subject(token) is not None:
                return
        below = token


def _between_semicolons(anchor: Token) -> range:
    """The tokens of its sentence that no semicolon parts from it."""
    sentence, doc = anchor.sent, anchor.doc
    start = next((at for at in range(anchor.i, sentence.start, -1) if doc[at - 1].text == ";"), sentence.start)
    return range(start, next((at for at in range(anchor.i, sentence.end) if doc[at].text == ";"), sentence.end))


def _subject(verb: Token) -> Token | None:
    """The subject of a verb, or of the verb it is coordinated with."""
    subject = own_subject(verb)
    shared = subject is None and verb.dep_ == "conj" and verb.head.pos_ == "VERB"
    return own_subject(verb.head) if shared else subject


def _antecedent(subject: Token | None, verb: Token) -> Token | None:
    """ "The ministry, which put the number at 40": the noun a relative pronoun stands for."""
    relative = subject is not None and subject.tag_ in ("WDT", "WP") and verb.dep_ == "relcl"
    return verb.head if relative else subject


OPPOSING = frozenset({"while", "whereas", "although", "though"})
_SPEAKING = ("it", "he", "she", "they")


def may_speak(subject: Token) -> bool:
    """Whether a subject is one that counts and reports: a ministry, monitors, a name in capitals.

    Who is counted ("some 70 residents") or is someone's ("whose agents") is the narrator's.
    """
    words = {word for token in _phrase(subject) for word in (token.lower_, token.lemma_.lower())}
    if _is_counted(subject) or "whose" in words:
        return False
    acronym = subject.text.isupper() and len(subject.text) > 1
    return acronym or bool(words & set(lexicon("claiming")["speakers"]["words"]))


def _is_counted(subject: Token) -> bool:
    return any(child.dep_ in ("nummod", "quantmod") or child.like_num for child in subject.lefts)


def _is_future(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ in ("will", "shall") for child in verb.children)


def _phrase(subject: Token) -> Iterator[Token]:
    """The tokens of a subject without clauses hung on it, but with who made it: "data published by the bank"."""
    stop = {"relcl", "acl", "appos", "punct", "cc", "conj"}
    dropped = {
        token.i for child in subject.children if child.dep_ in stop and not _names(child) for token in child.subtree
    }
    return (token for token in subject.subtree if token.i not in dropped)


def _names(child: Token) -> bool:
    """Whether it says whose a thing is: "published by the bank", the name in "the rights group Lantern"."""
    if child.dep_ == "acl":
        return agent_of(child) is not None
    return child.dep_ == "appos" and child.pos_ == "PROPN" and child.nbor(-1).text != ","


def _printed(subject: Token) -> str:
    tokens = [token for token in _phrase(subject) if token.dep_ != "case" or token.head != subject]
    return subject.doc[tokens[0].i : tokens[-1].i + 1].text
