"""One figure: a reported quantity with what it counts, who gives it and whether it may be compared."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Figure:
    """A quantity as printed at `text[start:end]` of one field of a document.

    Attributes:
        field: "title" or "text"; every offset counts code points in it.
        start, end: the whole expression with modifiers and unit; `text[start:end] == verbatim`.
        number_start, number_end: the number alone.
        low, high, point: the value as stated, in `unit`; an open end is None, a range or vague word has no
            point. Shares are fractions of one.
        bound: exact, approx, at_least, more_than, at_most, less_than, range or vague.
        kind: count, share, money, rate, or a dimension of `lexicons/units.toml` (duration, distance, area ...).
        object: canonical id of `lexicons/objects.toml`, else the lemma of the counted noun.
        object_text: the counted noun phrase as printed.
        qualifiers: words that narrow the object ("cruise" in "40 cruise missiles").
        unit: unit, currency code, "percent" or "fraction".
        per: unit of a rate ("day", "100,000").
        measure: canonical id of `lexicons/measures.toml`, else the verb's participle.
        topic: for shares of opinion, the noun that is supported or opposed.
        place, day: as printed in the clause.
        owner: whose people or things they are, as a country or group.
        scope: "daily", "cumulative", "increment", "each", "combined" or None.
        negated, hypothetical: the text denies the figure, or only supposes it.
        comparable: False for ages, settings, denied figures ...; `context` says why in one word.
        claimant: name of who gives the figure, None for the outlet's own narration.
        claimant_kind: the attribution reader's source type, None for narration.
        part_of, superseded_by: `number_start` of the total, or of the later count, in the same field.
        rounding: half a unit of the last stated digit where the writer rounded, else 0.
        event: capitalised names of the document's title and lead, to tell events apart.
        sentence_start, sentence_end: the sentence it stands in.
    """

    field: str
    start: int
    end: int
    number_start: int
    number_end: int
    verbatim: str
    low: Decimal | None
    high: Decimal | None
    point: Decimal | None
    bound: str
    kind: str
    object: str | None
    object_text: str | None
    qualifiers: tuple[str, ...]
    unit: str | None
    per: str | None
    measure: str | None
    topic: str | None
    place: str | None
    day: str | None
    owner: str | None
    scope: str | None
    negated: bool
    hypothetical: bool
    comparable: bool
    context: str | None
    claimant: str | None
    claimant_kind: str | None
    part_of: int | None
    superseded_by: int | None
    rounding: Decimal
    event: tuple[str, ...]
    sentence_start: int
    sentence_end: int
