"""Numbers that are no figures (years, dates, names, idioms), told by the text around them."""

from __future__ import annotations

import re
from functools import cache

from analysis.calendar import MONTH
from analysis.figures.lexicon import any_of, lexicon
from analysis.figures.quantities import Quantity

LOOK = 40
"""Characters on each side of a number that decide what it is."""

LINE = 200
"""Characters on each side of a number that show whether its line is a headline in capitals."""

FIRST_YEAR, LAST_YEAR = 1500, 2100
"""Four bare digits in this span are taken for a year unless a plural noun follows."""

_MONTH = rf"{MONTH}\b\.?"
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?)"
_DATE = re.compile(
    rf"\b{_DAY}(?:\s?(?:-|–|to|and|or)\s?{_DAY})?,?\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?"
    rf"|\b{_MONTH}\s+(?:the\s+)?{_DAY}(?!\d)(?:\s?(?:-|–|to|and|or)\s?{_DAY}(?!\s*(?:people|killed|dead)))?(?:,?\s+\d{{4}}\b)?(?![,\d]\d{{3}})"
    rf"|\b{_MONTH},?\s+\d{{4}}\b|\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b"
)
_CLOCK = re.compile(
    r"\b\d{1,2}[:.h]\d\d(?:[:.]\d\d)?\s?(?:[ap]\.?m\b\.?|GMT|UTC|local|hours|CET|EST|ET)?(?!\s?(?:%|per|million|billion|bn|km|kg|degrees|\w*metre))|\b\d{1,2}\s?(?:[ap]\.?m\b\.?|o[’']clock|GMT|UTC)",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\+?\d[\d() -]{7,}\d|\b\d{3,4}-\d{3,4}(?:-\d+)*\b")
_CALL = re.compile(r"\b(?:call|dial|dialling|dialing|phone|hotline|number)(?:ed|ing)?\s+(?:on\s+)?$", re.IGNORECASE)
_RESULT = re.compile(r"(?<![\w.,:/-])\d{1,2}\s?[-–]\s?\d{1,2}(?![\w%-]|[.,:]\d)")
_WEB = re.compile(r"(?:https?://|www\.|[#@])\S*$")
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|from|of|during|before|after|early|late|mid|year|circa|pre|post|spring|summer|autumn|fall|winter|the|its|his|her|their|our|and|to|between|through|for|last)[\s-]+(?:the\s+)?(?:early\s+|late\s+|mid-)?$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_DECADE = re.compile(r"[’']?s\b")
_DESIGNATOR_BEFORE = re.compile(r"(?:[A-Za-z]\d*[-‐‑–]|[A-Za-z]/)$")
_MODEL = re.compile(r"\b[A-Z]{2,5}\s$")
"""The maker of a model: two numbers tied behind it ("ATR 42-600") are its name."""
_DESIGNATOR_AFTER = re.compile(r"[A-Za-z]|[-‐‑][A-Z]+\d|[-‐‑]\d+[-‐‑]\d")
_PART_NOUN = re.compile(
    r"\s+(?!\w+ed\b(?:\s*[.,;]|\s+(?:the|an?|by|in|on|at|to|for|its?|their|his|her)\b)|fewer\b|of\b|in\b|the\b|to\b|on\b|by\b|from\b|and\b|or\b|were\b|was\b|are\b|is\b|have\b|had\b|has\b|said\b|since\b|after\b|before\b|as\b|between\b|compared\b|more\b|less\b|smaller\b|larger\b|higher\b|lower\b|back\b|support\w*\b|want\w*\b|wanted\b|favour\w*\b|at\b|with\b|for\b|that\b|who\b|which\b|down\b|up\b|remain\w*\b|did\b|do\b|say\b|would\b|will\b|could\b)[a-z]+"
)


def no_figure(text: str, quantity: Quantity) -> str | None:
    """Why the number is no figure at all, in one word; None if it may be one."""
    return next((reason for reason, holds in _TESTS.items() if holds(text, quantity)), None)


def _before(text: str, quantity: Quantity) -> str:
    return text[max(0, quantity.number.start - LOOK) : quantity.number.start]


def _after(text: str, quantity: Quantity) -> str:
    return text[quantity.number.end : quantity.number.end + LOOK]


def _digits(text: str, quantity: Quantity) -> str:
    return text[quantity.number.start : quantity.number.end]


def _within(pattern: re.Pattern[str], text: str, quantity: Quantity) -> bool:
    """Whether a match of the pattern near the number takes it in."""
    number = quantity.number
    near = pattern.finditer(text, max(0, number.start - LOOK), min(len(text), number.end + LOOK))
    return any(match.start() < number.end and number.start < match.end() for match in near)


def _date(text: str, quantity: Quantity) -> bool:
    return quantity.kind in ("count", "duration") and _within(_DATE, text, quantity)


def _clock(text: str, quantity: Quantity) -> bool:
    return quantity.kind == "count" and _within(_CLOCK, text, quantity)


def _phone(text: str, quantity: Quantity) -> bool:
    called = quantity.number.end - quantity.number.start == 3 and _CALL.search(_before(text, quantity))
    return bool(called) or (
        quantity.kind == "count"
        and quantity.bound != "range"
        and _within(_PHONE, text, quantity)
        and " " not in _digits(text, quantity)
    )


def _web(text: str, quantity: Quantity) -> bool:
    return _WEB.search(_before(text, quantity)) is not None


def _year(text: str, quantity: Quantity) -> bool:
    digits = _digits(text, quantity)
    if re.search(r"\b(?:19|20)\d\d[-–/]$", _before(text, quantity)) and quantity.kind == "count":
        return True
    ends = re.findall(r"\d+", digits)
    if quantity.kind != "count" or not re.fullmatch(r"\d{4}(?:\s?(?:-|–|to|and|or|/)\s?\d{2,4})?", digits):
        return False
    if not all(FIRST_YEAR <= int(end) <= LAST_YEAR for end in ends[:1]):
        return False
    counts = re.match(r"\s+(?:[a-z-]+\s+){0,2}[a-z]+s\b", _after(text, quantity)) is not None
    return not counts or (
        quantity.bound in ("exact", "range") and _YEAR_BEFORE.search(_before(text, quantity)) is not None
    )


def _score(text: str, quantity: Quantity) -> bool:
    """A result of a match: "won 2-1", "a 3-3 draw"; two numbers of which the first is not the smaller."""
    return quantity.kind == "count" and quantity.bound != "range" and _within(_RESULT, text, quantity)


def _ordinal(text: str, quantity: Quantity) -> bool:
    if _TENTH_AFTER_TENS.match(_digits(text, quantity)):
        return True
    if quantity.number.form == "fraction" and not re.match(r"half|[½-⅞]|\d/", _digits(text, quantity).casefold()):
        return _ordinal_part(text, quantity)
    return (
        quantity.is_word
        and _digits(text, quantity)[-1].isdigit()
        and _ORDINAL.match(_after(text, quantity)) is not None
    )


_TENTH_AFTER_TENS = re.compile(r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[-\s]\w+th$", re.IGNORECASE)
""" "The sixty-eighth exchange": after tens a fraction is an ordinal."""


_COUNTED_ON = re.compile(r"\btwo\b[^.;]*\band\s+$", re.IGNORECASE)
_ALONE = re.compile(r"\s+(?:had|has|was|is|remains?|fell|came|went)\b")
""" "Two units failed and a third had to be stopped": the next one, not a share."""


def _ordinal_part(text: str, quantity: Quantity) -> bool:
    """ "A third party" is an ordinal, "a third of the homes" a share."""
    if _COUNTED_ON.search(_before(text, quantity)) and _ALONE.match(_after(text, quantity)):
        return True
    return (
        _digits(text, quantity).casefold().startswith(("a ", "one "))
        and _PART_NOUN.match(_after(text, quantity)) is not None
    )


def _decade(text: str, quantity: Quantity) -> bool:
    return (
        _digits(text, quantity)[-1].isdigit()
        and _DECADE.match(_after(text, quantity)) is not None
        and _digits(text, quantity).endswith("0")
    )


def _designator(text: str, quantity: Quantity) -> bool:
    before = _before(text, quantity)
    signed = re.search(r"\b(?:minus|sub)[-‐‑]$", before, re.IGNORECASE) is not None
    if _digits(text, quantity)[0].isdigit() and _DESIGNATOR_BEFORE.search(before) and not signed:
        return True
    if _MODEL.search(_before(text, quantity)) and re.fullmatch(r"\d+-\d+", _digits(text, quantity)):
        return True
    return (
        quantity.end <= quantity.number.end
        and _digits(text, quantity)[-1].isdigit()
        and _DESIGNATOR_AFTER.match(_after(text, quantity)) is not None
    )


_NAMED = re.compile(rf"(?<!\w){any_of(lexicon('contexts')['names']['before'])}\s+$", re.IGNORECASE)
_NUMBER_SIGN = re.compile(r"(?:[№#]|\bNo\.)\s?$", re.IGNORECASE)
_CAPITALISED = re.compile(r"(?:^|[.!?:”\"“‘(]\s*|[\n•-]\s*)$")


def _name(text: str, quantity: Quantity) -> bool:
    before, digits = _before(text, quantity), _digits(text, quantity)
    if _NUMBER_SIGN.search(before):
        return True
    if quantity.bound not in ("exact", "vague", "range"):
        return False
    if quantity.is_word and (named := _NAMED.search(before)):
        if named.group()[0].islower() and re.search(r"\d[,\s]\d{3}$", digits):
            return False
        return (
            digits[0].isdigit()
            or named.group().strip()[0].isupper()
            or not re.match(r"\s+[a-z]+", _after(text, quantity))
        )
    capital = digits[0].isupper() and not _CAPITALISED.search(before)
    return capital and not _is_headline(text, quantity)


def _is_headline(text: str, quantity: Quantity) -> bool:
    """Whether the line around the number is written in title case, where capitals mean nothing."""
    begin = max(0, quantity.start - LINE)
    begin = max(begin, text.rfind("\n", begin, quantity.start) + 1)
    line = text[begin : quantity.start + LINE].split("\n", 1)[0]
    words = list(re.findall(r"[^\W\d_]{4,}", line))
    return len(words) > 2 and sum(word[0].isupper() for word in words) > 0.7 * len(words)


@cache
def _idioms() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){any_of(lexicon('contexts')['idioms']['phrases'])}(?!\w)", re.IGNORECASE)


_SCORING = re.compile(
    r"\s+(?:of|more|were|was|have|had|are|died|others|dead|injured|wounded|missing|killed|hurt|arrested|detained|fled)\b"
)
""" "Scores of homes", "scores were hurt"; in "he scores between ten and twenty" it is a verb."""


def _verb(text: str, quantity: Quantity) -> bool:
    alone = _digits(text, quantity).casefold() == "scores"
    return alone and _SCORING.match(_after(text, quantity)) is None


_ONE_OF_GROUP = re.compile(
    rf"\s+of\s+(?:the|those|its|their)\s+{any_of(lexicon('scopes')['increments']['of_the'])}\b", re.IGNORECASE
)
""" "One of the wounded" is counted, "one of the reasons" is not."""


def _idiom(text: str, quantity: Quantity) -> bool:
    if _digits(text, quantity).casefold() == "one" and _ONE_OF_GROUP.match(_after(text, quantity)):
        return False
    return quantity.kind in ("count", "share", "duration") and _within(_idioms(), text, quantity)


@cache
def _partners() -> re.Pattern[str]:
    nouns = lexicon("contexts")["partners"]["nouns"]
    plurals = [noun[:-1] + "ies" if noun.endswith("y") else noun + "s" for noun in nouns] + ["men", "women"]
    return re.compile(rf"\s+(?:[\w-]+\s+)?{any_of(plurals)}\b", re.IGNORECASE)


def _reference(text: str, quantity: Quantity) -> bool:
    """ "Between the two countries" names parties again; it counts nothing new."""
    definite = re.search(
        r"\b(?:the|these|those|both|our|their|its|his|her|all|other|of|any)\s+(?:other\s+)?$",
        _before(text, quantity),
        re.IGNORECASE,
    )
    small = quantity.is_word and quantity.number.high <= 5 and quantity.bound == "exact"
    return small and definite is not None and _partners().match(_after(text, quantity)) is not None


_TESTS = {
    "date": _date,
    "clock": _clock,
    "phone": _phone,
    "address": _web,
    "year": _year,
    "score": _score,
    "decade": _decade,
    "ordinal": _ordinal,
    "designator": _designator,
    "name": _name,
    "idiom": _idiom,
    "verb": _verb,
    "reference": _reference,
}
