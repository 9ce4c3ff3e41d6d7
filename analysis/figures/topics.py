"""What a share or a sum is of, where the measure alone does not say."""

from __future__ import annotations

from analysis.figures.measures import governors
from analysis.figures.objects import singular
from analysis.figures.resolver import OPINIONS, Resolved

_CONTESTS = ("vote_share", "seats_won")


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
    if kind in ("share", "points", "money") and resolved.phrase is None:
        return _subject(resolved)
    return None


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
    if len(behind) > 1 and behind[0].lower_ == "for" and behind[1].pos_ in ("PROPN", "NOUN"):
        return behind[-1].lower_ if behind[-1].pos_ == "PROPN" else behind[1].lower_
    for verb, _ in governors(resolved.mention.span.root):
        for wanted in ("dative", "nsubj"):
            named = [child for child in verb.children if child.dep_ == wanted]
            if verb.pos_ == "VERB" and named:
                return named[0].lower_
    return None


def _subject(resolved: Resolved) -> str | None:
    for verb, role in governors(resolved.mention.span.root):
        subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
        if verb.pos_ in ("VERB", "AUX") and role == "verbs" and subjects:
            return singular(subjects[0].text) if subjects[0].pos_ in ("NOUN", "PROPN") else None
    return None
