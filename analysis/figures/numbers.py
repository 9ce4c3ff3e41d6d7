"""Numbers as printed: digits, words, fractions, ratios, ranges and vague words, found by their letters alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from analysis.figures.lexicon import any_of, lexicon

LONGEST_DIGITS = 18
"""Longer strings of digits are identifiers, not amounts."""


@dataclass(frozen=True)
class Number:
    """A number at `text[start:end]`; `form` is plain, fraction, ratio, range or vague.

    `rounding` is half a unit in the last stated digit where a scale word or a decimal point shows that the
    writer rounded ("61 billion" may be 60.5 to 61.5 billion); else 0.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    form: str
    rounding: Decimal = Decimal(0)
    scale: int = 1

    @property
    def point(self) -> Decimal | None:
        """The one value stated; None for a range or a vague word."""
        return None if self.form in ("range", "vague") else self.low


_NUMBERS = lexicon("numbers")
_WORDS: dict[str, int] = _NUMBERS["words"]
_SCALES: dict[str, int] = _NUMBERS["scales"] | _NUMBERS["abbreviations"]
_FRACTIONS = {word: Fraction(value) for word, value in _NUMBERS["fractions"].items()}
_VAGUE: dict[str, list[int]] = lexicon("vague")["words"]
_MULTIPLIERS: dict[str, list[int]] = lexicon("vague")["multipliers"]

_SMALL = any_of(word for word, value in _WORDS.items() if value < 20)
_BELOW_TEN = any_of(word for word, value in _WORDS.items() if value < 10)
_TENS = any_of(word for word, value in _WORDS.items() if value >= 20)
_UNIT = rf"(?:{_TENS}(?:[-‐‑\s]{_BELOW_TEN}\b)?|{_SMALL})\b"
_SCALE = any_of(_NUMBERS["scales"]) + r"\b"
_LARGE = any_of(word for word, value in _NUMBERS["scales"].items() if value >= 10**6)
_ABBREVIATION = any_of(_NUMBERS["abbreviations"]) + r"(?![\w/²³]|\.\w)"
_HALVES = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞"
_GROUPED = r"\d{1,3}(?:[,’'\u00a0\u202f\u2009 ]\d{3})+(?!\d)|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)"
_DIGITS = rf"(?:(?:{_GROUPED}|\d+)(?:\.\d+)?[{_HALVES}]?|\.\d+|[{_HALVES}])"
_SCALED = rf"(?:(?:{_UNIT}|an?\b)(?:[-\s]+{_SCALE})+|hundred[-\s]+{_SCALE})"
_WORDED = rf"{_SCALED}(?:(?:,?\s+and\s+|\s+|-){_UNIT}(?:[-\s]+{_SCALE})*)*|{_UNIT}"
_PART = any_of(word for word in _FRACTIONS if word not in ("half", "halves")) + r"\b"
_COUNTED = rf"(?:{_UNIT}|\d{{1,3}})"
_WHOLE = rf"(?:{_UNIT}|[1-9]|1\d|20|50|100|1000)"
"""Of what round numbers a ratio is told; "144 out of 210 drones" are two counts."""
_AND_PART = r"\s+and\s+(?:a\s+half|a\s+quarter|three[-\s]quarters)\b"
_FORMS = {
    "multiplied": rf"{any_of(_MULTIPLIERS)}\s+{_SCALE}",
    "vague": rf"{any_of(_VAGUE)}\b",
    "mixed": rf"(?:{_UNIT}|an?|{_DIGITS})(?:\s+{_LARGE}{_AND_PART}|{_AND_PART}(?:\s+{_SCALE})?)",
    "part": rf"(?:half|(?:{_SMALL}|an?)[-\s]{_PART}(?:\s+of)?)\s+an?\s+{_SCALE}"
    rf"|(?:half|(?:a\s+|three[-\s])quarters?)\s+{_SCALE}",
    "parted": r"\d{1,4}\s+[1-9]/[2-9](?![\w/])",
    "ratio": rf"{_COUNTED}\s+(?:(?:out\s+of|in)\s+(?:every\s+)?|of\s+every\s+){_WHOLE}(?![\w%,.-])",
    "fraction": rf"(?:{_UNIT}|an?)[-\s]{_PART}|half\b|\d/\d(?![\w/])",
    "digits": rf"{_DIGITS}(?:[-\s]?(?:{_SCALE}|{_ABBREVIATION}))?(?:\s+{_SCALE})?",
    "words": _WORDED,
}
_CODES = sorted(
    code for entry in lexicon("currencies").values() for code in entry["before"] if any(map(str.isalpha, code))
)
_AFTER_CODE = "|".join(
    rf"(?<=\b{re.escape(code)})" if code[0].isalpha() else rf"(?<={re.escape(code)})" for code in _CODES
)
_BEGIN = rf"(?:(?<![\w.,/])|{_AFTER_CODE})"
_NUMBER = re.compile(_BEGIN + "(?:" + "|".join(f"(?P<{k}>{v})" for k, v in _FORMS.items()) + ")", re.IGNORECASE)
_WORD = re.compile(rf"\d+|[{_HALVES}]|[A-Za-z]+")
_BEGINNERS = {*_WORDS, "a", "an", "half", "hundred", *(phrase.split()[0] for phrase in (*_VAGUE, *_MULTIPLIERS))}
_SIGN = r"(?:(?:US|[AC])?[$€£¥₹₽₴])?"
_JOIN = re.compile(
    rf"(?:\s?(?:%|per\s?cent))?(?:\s?[-–—−]\s?|\s+(?:to|and|or)\s+(?:up\s+to\s+)?){_SIGN}", re.IGNORECASE
)
_OPENS_RANGE = re.compile(
    rf"\b(?:between|anywhere\s+from|rang\w+\s+from|var\w+\s+from)\s+(?:about\s+|around\s+|some\s+)?{_SIGN}$",
    re.IGNORECASE,
)
_OPENS_CHANGE = re.compile(
    rf"\b(?:from|by|rose|risen|fell|fallen|up|down|climbed|dropped|increased)\s+(?:about\s+|around\s+|some\s+|an?\s+)?{_SIGN}$",
    re.IGNORECASE,
)
_LOOK_BACK = 40


def find_numbers(text: str) -> list[Number]:
    """All numbers in the text, left to right, ranges joined; years, names and idioms are still among them."""
    return list(_joined(text, (number for number in map(_number, _matches(text)) if number)))


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Matches of the pattern, tried only where a number can begin: the pattern is long, most words are no number."""
    reached = 0
    for start in _WORD.finditer(text):
        begins_at = start.start() - _leads(text, start.start())
        begins = not start.group().isalpha() or start.group().casefold() in _BEGINNERS
        match = _NUMBER.match(text, begins_at) if begins and begins_at >= reached else None
        if match:
            reached = match.end()
            yield match


def _leads(text: str, at: int) -> int:
    """1 where a decimal point without a digit leads the number: ".001 percent"."""
    return int(text[at - 1 : at] == "." and (at < 2 or text[at - 2].isspace() or text[at - 2] in '(“"'))


def _number(match: re.Match[str]) -> Number | None:
    form = str(match.lastgroup)
    printed = " ".join(match.group().casefold().replace("‑", "-").replace("‐", "-").split())
    if sum(map(str.isdigit, printed)) > LONGEST_DIGITS:
        return None
    if form in ("multiplied", "vague"):
        low, high = _vague(printed)
        return Number(match.start(), match.end(), low, high, "vague")
    value = _decimal(_ratio(printed) if form == "ratio" else _value(printed))
    value = -value if _is_negative(match) else value
    kind = form if form in ("ratio", "fraction") else "plain"
    return Number(match.start(), match.end(), value, value, kind, _rounding(printed, form), _scale(printed))


_MINUS = re.compile(r"(?<!plus or )(?<!plus-or-)(?:(?:^|[\s(:])[-−]|\bminus[\s-])$", re.IGNORECASE)
_SIGNED = re.compile(r"\s?(?:%|per\s?cent|°|º|deg|celsius|fahrenheit|C\b|F\b|yards|points)", re.IGNORECASE)


def _is_negative(match: re.Match[str]) -> bool:
    """ "-1.3%", "minus 18 degrees": a sign counts before what can be less than zero."""
    text, start = match.string, match.start()
    return _SIGNED.match(text, match.end()) is not None and _MINUS.search(text[max(0, start - 16) : start]) is not None


def _decimal(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).normalize() + 0


def _vague(printed: str) -> tuple[Decimal, Decimal]:
    if printed in _VAGUE:
        low, high = _VAGUE[printed]
        return Decimal(low), Decimal(high)
    words, scale = printed.rsplit(" ", 1)
    low, high = _MULTIPLIERS[words]
    return Decimal(low * _SCALES[scale]), Decimal(high * _SCALES[scale])


def _ratio(printed: str) -> Fraction:
    first, second = re.split(r"\s(?:out of every|out of|in every|of every|in)\s", printed)
    whole = _value(second)
    return _value(first) / whole if whole else Fraction(0)


_MIXED = re.compile(rf"(?P<whole>.+?)\s+and\s+(?P<part>a half|a quarter|three[-\s]quarters)(?:\s+(?P<scale>{_SCALE}))?")
_TOKEN = re.compile(rf"[1-9]/[1-9]|{_DIGITS}|[^\W\d]+")


def _value(printed: str) -> Fraction:
    """The value of digits and number words in a row: "two and a half million", "one hundred and twenty"."""
    if mixed := _MIXED.fullmatch(printed):
        whole, part, scale = mixed.groups()
        return (_value(whole) + _value(part) * _scale(whole)) * _SCALES.get(scale, 1)
    total = Fraction(0)
    group = Fraction(0)
    for token in _TOKEN.findall(re.sub(r"\b(?:and|of)\b", " ", printed)):
        if token in ("a", "an"):
            group += 0 if group else 1
        elif token in _WORDS:
            group += _WORDS[token]
        elif "/" in token:
            upper, lower = token.split("/")
            group += Fraction(int(upper), int(lower))
        elif token in _FRACTIONS:
            group = (group or Fraction(1)) * _FRACTIONS[token]
        elif token in _SCALES:
            group = (group or Fraction(1)) * _SCALES[token]
            if _SCALES[token] >= 1000:
                total, group = total + group, Fraction(0)
        else:
            group += _digits(token)
    return total + group


def _digits(token: str) -> Fraction:
    """Digits with separators and unicode fractions: "1,200", "12 000", "2½", "3/4"."""
    whole = re.sub(rf"[,’'\s{_HALVES}]", "", token)
    part = next((Fraction(unicodedata.numeric(c)).limit_denominator(10) for c in token if c in _HALVES), Fraction(0))
    return (Fraction(whole) if whole else Fraction(0)) + part


def _scale(printed: str) -> int:
    """The largest scale word in it, 1 if there is none."""
    words = re.findall(r"[^\W\d_]+", printed)
    return max((_SCALES[word] for word in words if word in _SCALES), default=1)


def _rounding(printed: str, form: str) -> Decimal:
    decimals = re.search(r"\.(\d+)", printed)
    scale = _scale(printed)
    if (
        form not in ("digits", "mixed", "words")
        or (scale < 1000 and not decimals)
        or (form == "words" and scale < 1000000)
    ):
        return Decimal(0)
    return Decimal(scale) / 2 / 10 ** len(decimals.group(1) if decimals else "")


def _joined(text: str, numbers: Iterable[Number]) -> Iterator[Number]:
    """The numbers, with "20 to 25", "$10-12bn", "between 30 and 40", "three or four" made one range each."""
    held: Number | None = None
    for number in numbers:
        joined = _range(text, held, number) if held else None
        if held and not joined:
            yield held
        held = joined or number
    if held:
        yield held


def _range(text: str, first: Number, second: Number) -> Number | None:
    gap = text[first.end : second.start]
    if first.form != "plain" or second.form != "plain" or len(gap) > _LOOK_BACK or not _JOIN.fullmatch(gap):
        return None
    before = text[max(0, first.start - _LOOK_BACK) : first.start]
    low = first.low
    if first.scale == 1 and second.scale >= 1000 and low * second.scale < second.low:
        low *= second.scale
    if low >= second.low or not _is_range(gap, before, low, second.low) or not _same_unit(text, first, second, gap):
        return None
    return replace(second, start=first.start, low=low, form="range", rounding=Decimal(0))


def _is_range(gap: str, before: str, low: Decimal, high: Decimal) -> bool:
    joint = gap.casefold()
    if " and " in joint:
        return _OPENS_RANGE.search(before) is not None
    if " or " in joint:
        return high <= low + 2
    return not _OPENS_CHANGE.search(before) or _OPENS_RANGE.search(before) is not None


def _same_unit(text: str, first: Number, second: Number, gap: str) -> bool:
    """Whether a sign between two numbers belongs to both: "10% to 12%", not "rose 6.5% to 164" or "7% to $2bn"."""
    if re.search(r"%|cent", gap) and not re.match(r"\s?(?:%|per\s?cent)", text[second.end : second.end + 10]):
        return False
    if re.search(r"[$€£¥₹₽₴]", gap) and not re.search(r"[$€£¥₹₽₴]\s?$", text[max(0, first.start - 2) : first.start]):
        return False
    return not (second.scale > first.scale == 1 and re.fullmatch(r"(?:19|20)\d\d", text[first.start : first.end]))
