"""What is meant where the words tell it only together: prices, sums, totals, an object's own measure."""

from __future__ import annotations

from analysis.figures.ellipsis import noun_told, subject_named
from analysis.figures.lexicon import lexicon
from analysis.figures.measures import fallback, own_measure
from analysis.figures.mentions import Mention
from analysis.figures.naming import own_object
from analysis.figures.objects import Phrase, compared_as, entry_of, is_person
from analysis.figures.participles import measure_told
from analysis.figures.resolved import Resolved
from analysis.figures.triggers import chain

FEW = 10
"""Up to so many places around an act are its setting ("fires raged in several districts") and have no measure."""


def priced(mention: Mention, measure: str | None) -> str | None:
    """Prices that rise by so much are inflation; other shares of output are just that."""
    if measure in (None, "increased", "price") and subject_named(mention) in ("price", "consumer price"):
        return "inflation"
    base = mention.phrase is not None and entry_of(own_object(mention.phrase, mention.quantity)).get("base")
    return "share_of_gdp" if base and measure in (None, "spent", "aid_total", "increased") else measure


def is_subject(mention: Mention) -> bool:
    """Whether the counted are the subject of a verb of their own."""
    anchor = mention.anchor
    return anchor.dep_ in ("nsubj", "nsubjpass") and anchor.head.pos_ == "VERB" and anchor.head.i > anchor.i


def otherwise(own: str, mention: Mention, phrase: Phrase | None) -> str | None:
    """What is meant where no verb of the lexicon tells: the object's own measure, unless another verb acts on it."""
    default = entry_of(own).get("measure")
    guess = fallback(mention.number, phrase, across=mention.quantity.number.low > FEW)
    told = guess if guess and (default is None or is_acted_upon(mention)) else default or guess
    return told or (noun_told(mention) if phrase is None else None)


def is_acted_upon(mention: Mention) -> bool:
    """Whether the counted are the subject of a passive."""
    return mention.anchor.dep_ == "nsubjpass"


def of_people(object_id: str | None) -> bool:
    """Whether people are meant, if by another name: of 7,640 cases 161 died."""
    return is_person(object_id) or compared_as(object_id or "") in ("case", "family", "body")


def adjoins(before: Resolved, mention: Mention) -> bool:
    """Whether a figure stands in the paragraph of one before it."""
    return "\n" not in mention.text[before.quantity.end : mention.quantity.start]


def summed(mention: Mention, measure: str | None) -> str | None:
    """ "For a total of €50bn": the sum of loans and grants is neither."""
    lead = mention.text[mention.quantity.start : mention.quantity.number.start]
    whole = lexicon("measures").get(measure or "", {}).get("total")
    return whole if whole and "total" in lead.casefold() else measure


def total_measure(mention: Mention, object_id: str | None) -> str | None:
    """Projectiles of which some were shot down were all launched; of other totals the words must tell."""
    objects = chain(object_id, mention.quantity.kind)
    if "projectile" in objects:
        return "launched"
    return (own_measure(mention.number, mention.phrase, objects) if is_person(object_id) else None) or (
        measure_told(mention.phrase, objects) or "total"
    )
