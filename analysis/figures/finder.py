"""Finds the figures of a document and says of each what it counts, what was done, and who gives it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from analysis.attribution import Attribution, read_attributions
from analysis.figures.claimants import Claimants
from analysis.figures.clauses import day_of, place_of
from analysis.figures.comparability import why_context
from analysis.figures.countries import country_of
from analysis.figures.figure import Figure
from analysis.figures.links import added, linked, owned
from analysis.figures.mentions import mentions_in
from analysis.figures.objects import Phrase
from analysis.figures.owners import member_of, owner_of
from analysis.figures.quantities import Quantity, find_quantities
from analysis.figures.resolved import Resolved
from analysis.figures.resolver import Resolver
from analysis.figures.scopes import is_hypothetical, scope_of, without_base
from analysis.figures.topics import topic_of
from analysis.language import Parsed, parse

LEAD = 400
"""Characters of a text whose capitalised names tell what event it is about."""

_NAME = re.compile(r"(?<![\w.])[A-Z][\w-]{2,}")
_INSIDE = re.compile(r"[a-z,]\s+([A-Z][\w-]{2,})")


def may_hold_figure(paragraph: str) -> bool:
    """Whether the paragraph holds any number; False means that parsing it would find no figure."""
    return bool(find_quantities(paragraph))


def find_figures(text: str) -> list[Figure]:
    """The figures of a bare text, claimants as far as the text itself names them.

    Args:
        text: any string; paragraphs end at line breaks.

    Returns:
        Figures in order of appearance, `field` "text".
    """
    title, body = parse(["", text])
    return read_figures(title, body, read_attributions(title, body))


def read_figures(title: Parsed, text: Parsed, attributions: Sequence[Attribution]) -> list[Figure]:
    """The figures of one document.

    Args:
        title, text: the two parsed fields.
        attributions: who says what in them, for the claimants.

    Returns:
        Figures of the title, then of the text, each in order of appearance.
    """
    event = _event_names(title.text, text.text[:LEAD])
    return [
        replace(figure, event=event)
        for field, parsed in (("title", title), ("text", text))
        for figure in _read_field(field, parsed, attributions)
    ]


def _event_names(title: str, lead: str) -> tuple[str, ...]:
    """The names in a title and a lead; a country's capitals and peoples by the country's name.

    A capital letter at the start of a sentence, or in a headline in capitals, makes no name by itself.
    """
    names = [match.group() for match in _NAME.finditer(f"{title}\n{lead}")]
    inside = {match.group(1) for match in _INSIDE.finditer(f"{title}\n{lead}")}
    known = {name: country_of(name) or name for name in names if country_of(name) or name in inside}
    return tuple(dict.fromkeys(known.values()))


def _read_field(field: str, parsed: Parsed, attributions: Sequence[Attribution]) -> list[Figure]:
    resolver = Resolver()
    for mention in mentions_in(parsed):
        resolver.add(mention)
    claimants = Claimants(field, parsed.text, attributions)
    told = claimants.of_all([resolved.mention for resolved in resolver.resolved])
    figures = [_figure(field, resolved, *claim) for resolved, claim in zip(resolver.resolved, told, strict=True)]
    return linked(parsed.text, added(owned(without_base(parsed.text, figures))))


def _figure(field: str, resolved: Resolved, claimant: str | None, claimant_kind: str | None, denied: bool) -> Figure:
    mention, quantity, phrase = resolved.mention, resolved.quantity, resolved.phrase
    owner = owner_of(resolved, claimant)
    hypothetical = is_hypothetical(mention.number, mention.before(10))
    context = why_context(resolved) or ("denied" if denied else None) or ("hypothetical" if hypothetical else None)
    low, high = _ends(quantity)
    return Figure(
        field=field,
        start=quantity.start,
        end=quantity.end,
        number_start=quantity.number.start,
        number_end=quantity.number.end,
        verbatim=mention.text[quantity.start : quantity.end],
        low=low,
        high=high,
        point=quantity.number.point,
        bound=quantity.bound,
        kind=quantity.kind,
        object=member_of(owner, resolved.object),
        object_text=phrase.text if phrase else None,
        qualifiers=_qualifiers(phrase),
        unit=quantity.unit,
        per=quantity.per,
        measure=resolved.measure,
        topic=topic_of(resolved),
        place=place_of(mention),
        day=day_of(mention),
        owner=owner,
        scope=scope_of(resolved),
        negated=denied,
        hypothetical=hypothetical,
        comparable=context is None,
        context=context,
        claimant=claimant,
        claimant_kind=claimant_kind,
        part_of=resolved.part_of,
        superseded_by=None,
        rounding=quantity.number.rounding,
        event=(),
        sentence_start=mention.sentence_start,
        sentence_end=mention.sentence_end,
    )


def _ends(quantity: Quantity) -> tuple[Decimal | None, Decimal | None]:
    """The stated interval; at least and more than are open above, at most and less than below."""
    low, high = quantity.number.low, quantity.number.high
    if quantity.bound in ("at_least", "more_than"):
        return low, None
    if quantity.bound in ("at_most", "less_than"):
        return None, high
    return low, high


def _qualifiers(phrase: Phrase | None) -> tuple[str, ...]:
    """The words that narrow the counted noun, articles and marks left out."""
    tokens = phrase.tokens if phrase else ()
    return tuple(token.lower_ for token in tokens if phrase and token.i < phrase.head.i and token.is_alpha)
