"""Subjects that give a figure without a verb of saying: who counts it, or commits to it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from analysis.figures.countries import country_of
from analysis.figures.lexicon import lexicon
from analysis.figures.mentions import Mention


def counting_subject(mention: Mention) -> str | None:
    """The subject of a verb of counting above the figure: "the ministry logged 412 cases"."""
    claiming = lexicon("claiming")
    for verb, subject in _acting(mention.anchor):
        lemma = verb.lemma_.lower()
        if lemma in claiming["estimating"]["lemmas"] and _is_put_at(mention):
            return _printed(subject)
        told = lemma in claiming["telling"]["lemmas"]
        known = told or lemma in claiming["counting"]["lemmas"]
        if known and (_may_speak(subject) or (subject.pos_ == "PRON" and subject.lower_ in _SPEAKING)):
            return _printed(subject)
        if told and country_of(subject.text):
            return _printed(subject)
    return None


def _is_put_at(mention: Mention) -> bool:
    """ "Put the toll at 300": the number hangs on "at"."""
    wanted = lexicon("claiming")["estimating"]["preposition"]
    return any(token.lower_ == wanted for token in [mention.anchor, *mention.anchor.ancestors][:4])


def committing_subject(mention: Mention) -> str | None:
    """The subject of a promise above the figure: "the union will lend Kenya €3bn", "donors pledged $2bn"."""
    claiming = lexicon("claiming")
    for verb, subject in _acting(mention.anchor):
        lemma = verb.lemma_.lower()
        commits = (lemma in claiming["committing"]["lemmas"] and _is_future(verb)) or lemma in claiming["agreeing"][
            "lemmas"
        ]
        if commits and subject.pos_ != "PRON":
            return _printed(subject)
    return None


def _acting(anchor: Token) -> Iterator[tuple[Token, Token]]:
    """The verbs above a figure with their subjects, where the figure is no part of the subject."""
    below = anchor
    for token in anchor.ancestors:
        if token.pos_ == "VERB":
            subject = next((child for child in token.children if child.dep_ == "nsubj"), None)
            if subject is None and token.dep_ == "conj" and token.head.pos_ == "VERB":
                subject = next((child for child in token.head.children if child.dep_ == "nsubj"), None)
            if subject is not None and below.i != subject.i and subject.pos_ in ("NOUN", "PROPN", "PRON"):
                yield token, subject
        below = token


_SPEAKING = ("it", "he", "she", "they")


def speaks(sentence: Span) -> bool:
    """Whether the sentence has a subject of its own that may be a source: "The ministry condemned ..."."""
    return any(
        token.dep_ == "nsubj" and token.head.i == sentence.root.i and token.pos_ != "PRON" and _may_speak(token)
        for token in sentence
    )


def is_present(sentence: Span) -> bool:
    """Whether its main verb is in the present tense, in which no report goes on for long."""
    verb = sentence.root
    aux = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    return (aux[0] if aux else verb).tag_ in ("VBZ", "VBP") and not (aux and aux[0].lemma_ == "have")


def _may_speak(subject: Token) -> bool:
    """Whether a subject is one that counts and reports: a ministry, monitors, a name in capitals."""
    words = {token.lower_ for token in _phrase(subject)}
    acronym = subject.text.isupper() and len(subject.text) > 1
    return acronym or bool(words & set(lexicon("claiming")["speakers"]["words"]))


def _is_future(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ in ("will", "shall") for child in verb.children)


def _phrase(subject: Token) -> Iterator[Token]:
    """The tokens of a subject without clauses hung on it."""
    stop = {"relcl", "acl", "appos", "punct", "cc", "conj"}
    dropped = {token.i for child in subject.children if child.dep_ in stop for token in child.subtree}
    return (token for token in subject.subtree if token.i not in dropped)


def _printed(subject: Token) -> str:
    tokens = list(_phrase(subject))
    return subject.doc[tokens[0].i : tokens[-1].i + 1].text
