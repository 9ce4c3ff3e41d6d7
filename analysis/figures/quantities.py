"""Quantities: a number with its unit or currency and the words that bound it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from analysis.figures.lexicon import any_of, lexicon
from analysis.figures.numbers import Number, find_numbers

LOOK_BACK = 48
"""Characters before a number in which its currency and bound are looked for; the longest phrase has 30."""
LOOK_AHEAD = 40
WHOLE_PERCENT = Decimal("0.49")
"""Percent that rounding to a whole one hides; a little less than half, so that 60% and 61% never meet."""


@dataclass(frozen=True)
class Quantity:
    """A number with bound and unit; `text[start:end]` holds modifiers, number and unit.

    `kind` is count, share, money or a dimension of `units.toml` (duration, distance, area ...); shares are
    fractions of one. `per` is the unit of a rate ("day" in "12 a day", "100,000" in "per 100,000").
    """

    start: int
    end: int
    number: Number
    bound: str
    kind: str
    unit: str | None = None
    per: str | None = None
    affix: str | None = None

    @property
    def is_word(self) -> bool:
        """Whether the number has no unit of its own, so that it counts a noun."""
        return self.kind == "count"


@cache
def _modifiers(where: str) -> dict[str, str]:
    return {phrase: bound for bound, phrases in lexicon("bounds")[where].items() for phrase in phrases}


@cache
def _currencies(where: str) -> dict[str, str]:
    return {word.casefold(): code for code, entry in lexicon("currencies").items() for word in entry[where]}


@cache
def _units() -> dict[str, str]:
    return {word: unit for unit, entry in lexicon("units").items() for word in entry["words"]}


_EDGE = r"(?<![\w-])"
_BEFORE = re.compile(rf"{_EDGE}(?P<bound>{any_of(_modifiers('before'))})\s*$", re.IGNORECASE)
_AFTER = re.compile(rf",?\s+(?P<bound>{any_of(_modifiers('after'))})(?![\w-])", re.IGNORECASE)
_AFTER_NOUN = re.compile(
    r"\s+[a-z]{3,}\s+(?P<bound>or\s+(?:more|so|fewer|less|over)|at\s+(?:the\s+)?(?:most|least))"
    r"(?!\s*(?:\d|than|some|a\b))(?![\w-])"
)
_SUFFIX = re.compile(rf"[-‐‑]?(?P<bound>{any_of(_modifiers('suffix'))})(?!\w)", re.IGNORECASE)
_MONEY_BEFORE = re.compile(rf"(?<!\w)(?P<money>{any_of(_currencies('before'))})\s?$", re.IGNORECASE)
_MONEY_AFTER = re.compile(
    rf"[\s-]?(?:of\s+)?(?:worth\s+of\s+)?(?P<money>{any_of(_currencies('after'))})(?!\w)", re.IGNORECASE
)
_UNIT = re.compile(
    rf"(?:\s?|-|\s+of\s+|\s+more\s+|\s+(?:full|straight|consecutive|whole)\s+)(?P<unit>{any_of(_units())})(?!\w)",
    re.IGNORECASE,
)
_PER = re.compile(
    r"\s+(?:per|an?|each|every)\s+(?P<per>(?:hundred\s+thousand|\d[\d,]*(?:\s+\w+)?|person|capita|head|household|second|minute|hour|day|night|week"
    r"|month|year|barrel|litre|liter|tonne|ton|kilo|kilogram|kg|gallon|ounce|share|square\s+\w+|kilometre|km|unit))\b"
    r"(?!\s+(?:earlier|ago|before|later|prior|after)\b)",
    re.IGNORECASE,
)
_LONE_UNIT = re.compile(
    r"\b(?P<one>an?)\s+(?:hour|minute|week|month|year|day|decade|kilomet(?:re|er)|mile|tonne|ton)\b(?!-)", re.IGNORECASE
)
_LASTING = re.compile(rf"{_EDGE}(?:{any_of(_modifiers('before'))}|last\w*|take[sn]?|took)\s+$", re.IGNORECASE)


def find_quantities(text: str) -> list[Quantity]:
    """All quantities in the text, left to right and without overlap."""
    found = sorted([*_lone_units(text), *(_quantity(text, number) for number in find_numbers(text))], key=_order)
    kept: list[Quantity] = []
    for quantity in found:
        if kept and (joined := _between_bounds(text, kept[-1], quantity)):
            kept[-1] = joined
        elif not kept or quantity.number.start >= kept[-1].number.end:
            kept.append(_converted(text, kept[-1], quantity) if kept else quantity)
    return kept


_CONVERTED = re.compile(r"\s*\(\s*(?:or\s+|US\s?)?|\s+/\s+")


def _converted(text: str, first: Quantity, second: Quantity) -> Quantity:
    """ "More than 100 km (60 miles)": what is only put in another unit has the bound of the first."""
    again = second.bound == "exact" and first.unit != second.unit and None not in (first.unit, second.unit)
    bound = first.bound if first.bound not in ("range", "vague") else "exact"
    told = again and _CONVERTED.fullmatch(text[first.end : second.start]) is not None
    return replace(second, bound=bound) if told else second


_BOTH = re.compile(r",?\s+(?:and|but)\s+", re.IGNORECASE)
_LOWER, _UPPER = ("at_least", "more_than"), ("at_most", "less_than")


def _between_bounds(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    """ "More than 100 but fewer than 200": two bounds of one quantity are a range."""
    if not _BOTH.fullmatch(text[first.end : second.start]) or first.unit not in (None, second.unit):
        return None
    low, high = first.number.low, second.number.high
    if first.bound in _UPPER and second.bound in _LOWER:
        low, high = second.number.low, first.number.high
    elif first.bound not in _LOWER or second.bound not in _UPPER:
        return None
    if low >= high:
        return None
    number = replace(second.number, start=first.number.start, low=low, high=high, form="range", rounding=Decimal(0))
    return replace(second, start=first.start, number=number, bound="range")


def _order(quantity: Quantity) -> tuple[int, int]:
    return quantity.number.start, -quantity.number.end


def _lone_units(text: str) -> Iterator[Quantity]:
    """ "More than an hour": one hour without a numeral."""
    for match in _LONE_UNIT.finditer(text):
        if not _LASTING.search(text, max(0, match.start() - LOOK_BACK), match.start()):
            continue
        number = Number(match.start("one"), match.end("one"), Decimal(1), Decimal(1), "plain")
        yield _bounded(text, _with_unit(text, Quantity(number.start, number.end, number, "exact", "count")))


def _quantity(text: str, number: Number) -> Quantity:
    bound = number.form if number.form in ("range", "vague") else "exact"
    kind = "share" if number.form in ("fraction", "ratio") else "count"
    unit = "fraction" if kind == "share" else None
    plain = Quantity(number.start, number.end, number, bound, kind, unit)
    read = _with_magnitude(text, _with_unit(text, _with_money(text, _with_suffix(text, plain))))
    return _bounded(text, _with_per(text, read))


_MAGNITUDE = re.compile(
    r"\bmagnitude[-‐‑\s](?:of\s+)?(?:about\s+|around\s+)?$"
    r"|\b(?:quake|earthquake|tremor|temblor|shock|aftershock|foreshock|it)\b[^.;]{0,40}\b(?:measur\w+|registered|rated)\s+(?:it\s+)?(?:at\s+)?$"
    r"|\b(?:measur|rat|put|record|assess)\w*\s+(?:the|its|this|that)\s+(?:\w+\s+)?(?:quake|earthquake|tremor|temblor|shock)\s+(?:at|as)\s+$",
    re.IGNORECASE,
)
_SHOCK = re.compile(r"\s+(?:earth)?(?:quake|tremor|temblor)s?\b|\s+(?:after|fore)?shocks?\b", re.IGNORECASE)
STRONGEST = 10
"""No earthquake was stronger."""


def _with_magnitude(text: str, quantity: Quantity) -> Quantity:
    """ "A magnitude 5.9 tremor", "a 6.1 quake", "the shock measured 4.5": an earthquake's strength has no unit."""
    if not quantity.is_word or quantity.number.form != "plain" or quantity.number.high >= STRONGEST:
        return quantity
    before = _MAGNITUDE.search(text, max(0, quantity.start - 2 * LOOK_BACK), quantity.start)
    decimal = "." in text[quantity.number.start : quantity.number.end]
    named = before is not None and (decimal or "magnitude" in before.group().casefold())
    if named or (decimal and _SHOCK.match(text, quantity.end)):
        return replace(quantity, kind="magnitude", unit="magnitude")
    return quantity


def _with_suffix(text: str, quantity: Quantity) -> Quantity:
    """ "3,000-plus", "40-odd", "600-strong"."""
    match = _SUFFIX.match(text, quantity.end)
    if not match:
        return quantity
    affix = match["bound"].casefold()
    bound = _modifiers("suffix")[affix]
    return replace(quantity, end=match.end(), bound=quantity.bound if bound == "exact" else bound, affix=affix)


def _with_money(text: str, quantity: Quantity) -> Quantity:
    before = _MONEY_BEFORE.search(text, max(0, quantity.start - 6), quantity.start)
    after = _MONEY_AFTER.match(text, quantity.end)
    if before and _is_code(before["money"]):
        code = _currencies("before")[before["money"].casefold()]
        return replace(quantity, start=before.start(), kind="money", unit=code)
    if after and quantity.number.form != "ratio" and _is_sum(after["money"], quantity):
        code = _currencies("after")[" ".join(after["money"].casefold().split())]
        return replace(quantity, end=after.end(), kind="money", unit=code)
    glued = _GLUED.match(text, quantity.end)
    return replace(quantity, end=glued.end(), kind="money", unit=_glued()[glued.group()]) if glued else quantity


@cache
def _glued() -> dict[str, str]:
    return {entry["glued"]: code for code, entry in lexicon("currencies").items() if "glued" in entry}


_GLUED = re.compile(rf"{any_of(_glued())}(?!\w)")


def _is_code(printed: str) -> bool:
    """Letters before a number are a currency in capitals only: "BOB 3" may be, "Bob 3" is not."""
    return printed in _printed_codes()


@cache
def _printed_codes() -> frozenset[str]:
    return frozenset(word for entry in lexicon("currencies").values() for word in entry["before"])


LEAST_SUM = 1000
"""Sums from which "won" and "real" are money."""


def _is_sum(word: str, quantity: Quantity) -> bool:
    """Whether a word that may be another is money here: "5,000 won", not "three won"."""
    return word.casefold() not in _large() or quantity.number.high >= LEAST_SUM


@cache
def _large() -> frozenset[str]:
    return frozenset(word for entry in lexicon("currencies").values() for word in entry.get("large", ()))


def _with_unit(text: str, quantity: Quantity) -> Quantity:
    """Units are read after counts; "5m" and "3b" before a unit stay what they are."""
    match = _UNIT.match(text, quantity.end) if quantity.kind in ("count", "share") else None
    if not match:
        return quantity
    if len(match["unit"]) == 1 and match["unit"].isalpha() and match.end() - quantity.end > 1:
        return quantity
    unit = _units()[" ".join(match["unit"].casefold().split())]
    if quantity.kind == "share" and unit in ("percent", "percentage point", "degree"):
        return quantity
    if match["unit"].casefold() in ("points", "pc", "pp") and quantity.number.form == "vague":
        return quantity
    dimension = lexicon("units")[unit]["dimension"]
    number = _as_share(quantity.number) if dimension == "share" else quantity.number
    return replace(quantity, end=match.end(), kind=dimension, unit=unit, number=number)


def _as_share(number: Number) -> Number:
    """Percent as a fraction; a whole number of percent is taken to be rounded to it."""
    rounding = number.rounding or WHOLE_PERCENT
    return replace(number, low=number.low / 100, high=number.high / 100, rounding=rounding / 100)


def _with_per(text: str, quantity: Quantity) -> Quantity:
    match = _PER.match(text, quantity.end)
    if not match:
        return quantity
    kind = "rate" if quantity.kind == "count" else quantity.kind
    return replace(quantity, end=match.end(), kind=kind, per=" ".join(match["per"].casefold().split()))


def _bounded(text: str, quantity: Quantity) -> Quantity:
    """Takes in the modifiers on both sides, several if need be ("at least some 200")."""
    start, bound = quantity.start, None
    while match := _BEFORE.search(text, max(0, start - LOOK_BACK), start):
        if "\n" in match.group() or match["bound"] == "C." or not _may_bound(text, match, quantity):
            break
        start = match.start()
        bound = _firmer(bound, _modifiers("before")[" ".join(match["bound"].casefold().split())])
    end = quantity.end
    if after := _after(text, quantity):
        end, bound = after
    if quantity.bound not in ("range", "vague"):
        bound = quantity.bound if bound in (None, "exact") else bound
        return replace(quantity, start=start, end=end, bound=bound or "exact")
    return replace(quantity, start=start, end=end)


def _firmer(held: str | None, found: str) -> str:
    """ "At least some 200" is at least 200: a bound says more than an approximation."""
    return found if held in (None, "exact", "approx") and (held is None or found != "exact") else str(held)


def _after(text: str, quantity: Quantity) -> tuple[int, str] | None:
    match = _AFTER.match(text, quantity.end) or _AFTER_NOUN.match(text, quantity.end)
    if not match:
        return None
    word = " ".join(match["bound"].casefold().split())
    end = quantity.end if match.re is _AFTER_NOUN else match.end()
    return end, _modifiers("after")[word]


_NOT_A_BOUND = {
    word: re.compile(rf"(?<!\w){any_of(words)}\s+$".replace(r"\*", r"\w*"), re.IGNORECASE)
    for word, words in lexicon("bounds")["prepositions"].items()
}
"""Words before "over", "about" ... that make them plain prepositions: "divided over two islands"."""


_PLACES_BEHIND = re.compile(rf"\s+(?:\w+\s+)?{any_of(lexicon('bounds')['over_places']['words'])}\b", re.IGNORECASE)
_SPREAD = re.compile(r"(?:\w{2,}s|down|\w+ed|shot|flying|flew|overnight)\s+$", re.IGNORECASE)
"""What is downed or flies "over 12 regions" is spread over them."""


def _may_bound(text: str, match: re.Match[str], quantity: Quantity) -> bool:
    """Rules out the readings of "over", "about" ... as plain prepositions: "divided over two islands"."""
    word = match["bound"].casefold()
    before = text[max(0, match.start() - 20) : match.start()]
    if word == "over" and _PLACES_BEHIND.match(text, quantity.end) and _SPREAD.search(before):
        return False
    if word in _NOT_A_BOUND and _NOT_A_BOUND[word].search(before):
        return False
    return not (
        word == "over"
        and quantity.kind == "duration"
        and not re.search(r"(?:last|took|take|spoke|for|after)\w*\s+$", before)
    )
