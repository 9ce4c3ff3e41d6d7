"""Words of a text with their offsets, found for whole corpora at once with array arithmetic.

A word is a run of letters and digits of any alphabet. Hyphens and apostrophes of either style join
(`full-scale`, `don’t`), full stops join initials (`U.S.`) and decimals, commas join thousands. A possessive
`'s` is left out, so `Rome's` counts as `Rome`. Scripts without spaces give one word a character. A run of more
than LONGEST_WORD characters is data, not a word, and is passed over.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

STOPWORDS = Path(__file__).parent / "lexicons" / "stopwords.toml"

CHUNK = 1 << 20
"""Characters handled at once: large enough to amortise calls, small enough for the processor's cache."""

SPACE, LETTER, DIGIT, MARK, IDEOGRAPH, PUNCTUATION, BREAK, STOP, COMMA, HYPHEN, APOSTROPHE = range(11)
LAST_WORD_CLASS = IDEOGRAPH

HYPHENS = "-\u2010\u2011"
APOSTROPHES = "'\u2019\u02bc\uff07"
QUOTES = '"“”„«»'
BREAKS = QUOTES + ":\n\r\x0b\x0c\x85\u2028\u2029!?\u2026\u3002\uff01\uff1f\u061f\u0964"
JOINERS = "\u00ad\u200c\u200d"
"""Invisible inside words: soft hyphen and the zero-width (non-)joiners of Persian and Indic scripts."""

IDEOGRAPHIC = ((0x0E00, 0x0EFF), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF))
"""Scripts written without spaces: Thai, Lao, Khmer, Kana, Han."""

LONGEST_WORD = 200
"""Characters; the longest words of any dictionary have fewer."""

MULTIPLIER = 0x9E3779B97F4A7C15
"""Odd, so that it has an inverse modulo 2**64."""

_FOLDED = str.maketrans({**dict.fromkeys(APOSTROPHES, "'"), **dict.fromkeys(HYPHENS, "-"), **dict.fromkeys(JOINERS)})


@dataclass(frozen=True)
class Tokens:
    """The words of many texts, in reading order.

    Attributes:
        word: for each token the index of its printed form in `words`.
        start: for each token its first code point in its text.
        joined: whether only blanks stand between a token and the one before it.
        opens: whether a token is the first of its sentence, or of what a colon or a quotation mark opens.
        bounds: text `i` holds the tokens `bounds[i]` to `bounds[i + 1]`.
        words: the printed forms, in order of first appearance; their lengths are the tokens' lengths.
    """

    word: np.ndarray
    start: np.ndarray
    joined: np.ndarray
    opens: np.ndarray
    bounds: np.ndarray
    words: np.ndarray

    def text_of(self, token: np.ndarray) -> np.ndarray:
        """Index of the text each token stands in."""
        return np.searchsorted(self.bounds, token, side="right") - 1

    def lengths(self) -> np.ndarray:
        """Length of each printed form in code points."""
        return np.fromiter(map(len, self.words), np.int32, len(self.words))


def tokenize(texts: Sequence[str]) -> Tokens:
    """Find the words of all texts.

    Two different words share an id with a chance of about n²/2**65 for n distinct words (3e-8 for a million).
    """
    chunks = [_tokenize_chunk(texts[first:last], first) for first, last in _chunks(texts)]
    hashes = np.concatenate([chunk.hashes for chunk in chunks])
    ids, distinct = pd.factorize(hashes)
    places = np.concatenate([chunk.places for chunk in chunks])[_first_places(ids, len(distinct))]
    words = np.empty(len(distinct), object)
    words[:] = [texts[text][start : start + length] for text, start, length in places.tolist()]
    ends = np.cumsum([len(chunk.hashes) for chunk in chunks])
    local = np.split(ids.astype(np.int32), ends[:-1])
    return Tokens(
        word=np.concatenate([of[chunk.word] for of, chunk in zip(local, chunks, strict=True)]),
        start=np.concatenate([chunk.start for chunk in chunks]),
        joined=np.concatenate([chunk.joined for chunk in chunks]),
        opens=np.concatenate([chunk.opens for chunk in chunks]),
        bounds=np.concatenate(([0], np.cumsum(np.concatenate([chunk.sizes for chunk in chunks])))),
        words=words,
    )


def fold(word: str) -> str:
    """The form under which a word is counted: composed, case-folded, with plain apostrophes and hyphens.

    Abbreviations the lexicon lists keep their capitals, so that the US is not counted as "us".
    """
    if word in capitals():
        return word
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold()).translate(_FOLDED)


@cache
def capitals() -> frozenset[str]:
    """Abbreviations that in small letters would be function words."""
    return frozenset(tomllib.loads(STOPWORDS.read_text("utf-8"))["capitals"]["words"].split())


def _chunks(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    first = size = 0
    for position, text in enumerate(texts):
        size += len(text) + 1
        if size >= CHUNK:
            yield first, position + 1
            first, size = position + 1, 0
    yield first, len(texts)


@dataclass(frozen=True)
class _Chunk:
    """The tokens of a few texts: `word` numbers their own `hashes`, found first at `places`."""

    word: np.ndarray
    start: np.ndarray
    joined: np.ndarray
    opens: np.ndarray
    sizes: np.ndarray
    hashes: np.ndarray
    places: np.ndarray


def _tokenize_chunk(texts: Sequence[str], first_text: int) -> _Chunk:
    # Three blanks at either end keep every look at a neighbour inside the array.
    codes = _code_points("\n\n\n" + "\n".join(texts) + "\n\n\n")
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    origins = 3 + np.concatenate(([0], np.cumsum(lengths + 1)[:-1])) if len(texts) else lengths
    classes = _classes(codes)
    _join(classes, codes)
    starts, ends = _spans(classes)
    opens, joined = _gaps(classes, starts)
    sizes = np.diff(np.append(np.searchsorted(starts, origins), len(starts)))
    inside = (starts - np.repeat(origins, sizes)).astype(np.int32)
    word, hashes = pd.factorize(_hashes(codes, starts, ends))
    first = _first_places(word, len(hashes))
    text = np.searchsorted(origins, starts[first], side="right") - 1 + first_text
    places = np.stack((text, inside[first], (ends - starts)[first]), axis=1)
    return _Chunk(word.astype(np.int32), inside, joined, opens, sizes, hashes, places)


def _first_places(ids: np.ndarray, distinct: int) -> np.ndarray:
    """Where each id appears first."""
    first = np.empty(distinct, np.int64)
    # Written from the end: of equal ids the first is written last and stays.
    first[ids[::-1]] = np.arange(len(ids) - 1, -1, -1)
    return first


def _code_points(text: str) -> np.ndarray:
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _class(character: str) -> int:
    code = ord(character)
    if any(low <= code <= high for low, high in IDEOGRAPHIC):
        return IDEOGRAPH if character.isalpha() else MARK if unicodedata.category(character)[0] == "M" else PUNCTUATION
    if character in HYPHENS:
        return HYPHEN
    if character in APOSTROPHES:
        return APOSTROPHE
    if character in JOINERS or unicodedata.category(character)[0] == "M":
        return MARK
    if character in BREAKS:
        return BREAK
    if character.isspace() or unicodedata.category(character) in ("Cc", "Cf"):
        return SPACE
    if character.isalnum() or character == "_":
        return LETTER if not character.isdigit() else DIGIT
    return STOP if character == "." else COMMA if character == "," else PUNCTUATION


@cache
def _class_table() -> np.ndarray:
    """The class of each character of the basic plane."""
    return np.fromiter((_class(chr(code)) for code in range(0x10000)), np.uint8, 0x10000)


def _classes(codes: np.ndarray) -> np.ndarray:
    if codes.dtype == np.uint8:
        return _class_table()[codes]
    classes = _class_table()[np.minimum(codes, 0xFFFF)]
    astral = np.flatnonzero(codes > 0xFFFF)
    if len(astral):
        distinct, which = np.unique(codes[astral], return_inverse=True)
        classes[astral] = np.array([_class(chr(code)) for code in distinct], np.uint8)[which]
    return classes


def _join(classes: np.ndarray, codes: np.ndarray) -> None:
    """Turn the marks that stand inside words into word characters, and possessive endings into marks between words."""
    stops = np.flatnonzero(classes == STOP)
    letter = classes == LETTER
    single = stops[letter[stops - 1] & _not_word(classes[stops - 2])]
    inner = single[letter[single + 1] & _not_word(classes[single + 2])]
    final = single[np.isin(single - 2, inner)]
    points = np.flatnonzero((classes == STOP) | (classes == COMMA))
    points = points[(classes[points - 1] == DIGIT) & (classes[points + 1] == DIGIT)]
    classes[np.concatenate((inner, final, points))] = LETTER
    _join_hyphens_and_apostrophes(classes, codes)


def _not_word(classes: np.ndarray) -> np.ndarray:
    return (classes == SPACE) | (classes > LAST_WORD_CLASS)


def _join_hyphens_and_apostrophes(classes: np.ndarray, codes: np.ndarray) -> None:
    marks = np.flatnonzero(classes >= HYPHEN)
    before, after = classes[marks - 1], classes[marks + 1]
    marks = marks[(before >= LETTER) & (before <= MARK) & ((after == LETTER) | (after == DIGIT))]
    ending = (codes[marks + 1] | 0x20) == ord("s")
    possessive = marks[(classes[marks] == APOSTROPHE) & ending & _not_word(classes[marks + 2])]
    classes[marks] = LETTER
    classes[possessive] = classes[possessive + 1] = PUNCTUATION


def _spans(classes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    word = (classes >= LETTER) & (classes <= LAST_WORD_CLASS)
    edges = np.flatnonzero(word[1:] != word[:-1]) + 1
    starts, ends = edges[::2], edges[1::2]
    ideographs = np.flatnonzero(classes == IDEOGRAPH)
    if len(ideographs):
        cuts = np.concatenate((ideographs, ideographs + 1))
        # A vowel sign stays with the character before it.
        cuts = cuts[word[cuts] & word[cuts - 1] & (classes[cuts] != MARK)]
        starts, ends = np.union1d(starts, cuts), np.union1d(ends, cuts)
    for start, end in zip(starts[ends - starts > LONGEST_WORD], ends[ends - starts > LONGEST_WORD], strict=True):
        classes[start:end] = PUNCTUATION
    whole = (classes[starts] != MARK) & (classes[starts] != PUNCTUATION)
    return starts[whole], ends[whole]


def _gaps(classes: np.ndarray, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Whether a sentence ends, and whether only blanks stand, in the gap before each token."""
    opens = np.zeros(len(starts) + 1, bool)
    joined = np.ones(len(starts) + 1, bool)
    breaks = np.flatnonzero((classes == BREAK) | (classes == STOP))
    opens[np.searchsorted(starts, breaks)] = True
    joined[np.searchsorted(starts, np.flatnonzero(classes > LAST_WORD_CLASS))] = False
    return opens[:-1], joined[:-1]


@lru_cache(maxsize=2)
def _powers(size: int) -> tuple[np.ndarray, np.ndarray]:
    """Powers of the multiplier and of its inverse, modulo 2**64."""
    return _power_series(MULTIPLIER, size), _power_series(pow(MULTIPLIER, -1, 1 << 64), size)


def _power_series(base: int, size: int) -> np.ndarray:
    factors = np.full(size, base, np.uint64)
    factors[0] = 1
    return np.cumprod(factors)


def _hashes(codes: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """A polynomial hash of each span, from one running sum over the characters."""
    powers, inverses = _powers(1 << int(len(codes) - 1).bit_length())
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(codes * powers[: len(codes)], out=sums[1:])
    return ((sums[ends] - sums[starts]) * inverses[starts]).view(np.int64)
