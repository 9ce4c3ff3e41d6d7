"""Words of a text with their offsets, found for whole corpora at once with array arithmetic.

A word is a run of letters and digits of any alphabet. Hyphens and apostrophes of either style join
(`full-scale`, `don’t`), full stops join initials (`U.S.`) and decimals, commas join thousands. A possessive
`'s` is left out, so `Rome's` counts as `Rome`, and so is an initial inside a name: `Ana M. Ruiz` is `Ana Ruiz`.
Scripts without spaces give one word a character. A run of more than LONGEST_WORD characters is data, not a word,
and is passed over.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.characters import Property, by_chunk, code_points, first_places, origins, runs, span_hashes, texts_at

STOPWORDS = Path(__file__).parent / "lexicons" / "stopwords.toml"

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

NO_INITIAL = ord("I")
"""Pronoun, or numeral of a king or war, more often than a second name."""

MOST_INITIALS = 3
LONGEST_NAME = 30
"""Characters of the word before an initial."""

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
    chunks = by_chunk(_tokenize_chunk, texts)
    hashes = np.concatenate([chunk.hashes for chunk in chunks])
    ids, distinct = pd.factorize(hashes)
    places = np.concatenate([chunk.places for chunk in chunks])[first_places(ids, len(distinct))]
    words = np.empty(len(distinct), object)
    spans = zip(texts_at(texts, places[:, 0]), *places[:, 1:].T.tolist(), strict=True)
    words[:] = [text[start : start + length] for text, start, length in spans]
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
    codes = code_points("\n\n\n" + "\n".join(texts) + "\n\n\n")
    begins = origins(texts, 3)
    classes = _CLASSES(codes)
    _join(classes, codes)
    _pass_over_initials(classes, codes)
    starts, ends = _spans(classes)
    opens, joined = _gaps(classes, starts)
    sizes = np.diff(np.append(np.searchsorted(starts, begins), len(starts)))
    inside = (starts - np.repeat(begins, sizes)).astype(np.int32)
    word, hashes = pd.factorize(span_hashes(codes, starts, ends))
    first = first_places(word, len(hashes))
    text = np.searchsorted(begins, starts[first], side="right") - 1 + first_text
    places = np.stack((text, inside[first], (ends - starts)[first]), axis=1)
    return _Chunk(word.astype(np.int32), inside, joined, opens, sizes, hashes, places)


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


_CLASSES = Property(_class, np.uint8)
_CAPITAL = Property(str.isupper, np.bool_)


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


def _pass_over_initials(classes: np.ndarray, codes: np.ndarray) -> None:
    """Turn initials between two capitalised words into blanks: names are counted as one with and without them."""
    stops = np.flatnonzero(classes == STOP)
    alone = (classes[stops - 2] == SPACE) & (classes[stops - 1] == LETTER) & (classes[stops + 1] == SPACE)
    stops = stops[alone & (codes[stops - 1] != NO_INITIAL)]
    stops = stops[_CAPITAL(codes[stops - 1]) & _CAPITAL(codes[stops + 2])]
    for _ in range(MOST_INITIALS):
        inside = stops[_CAPITAL(codes[_word_before(classes, stops - 2)])]
        classes[inside] = classes[inside - 1] = SPACE


def _word_before(classes: np.ndarray, blanks: np.ndarray) -> np.ndarray:
    """Where the words begin that stand before some blanks."""
    at = blanks
    for _ in range(3 * MOST_INITIALS):
        at = at - (classes[at] == SPACE)
    for _ in range(LONGEST_NAME):
        at = at - ((classes[at - 1] >= LETTER) & (classes[at - 1] <= LAST_WORD_CLASS))
    return at


def _spans(classes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    word = (classes >= LETTER) & (classes <= LAST_WORD_CLASS)
    starts, ends = runs(word)
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
