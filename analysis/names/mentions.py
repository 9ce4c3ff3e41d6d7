"""Where names stand: runs of capitalised words, found without a parser so that 100,000 articles take seconds.

A word is a name word if inside sentences it is written with a capital at least as often as without. A capital
at the start of a sentence, or in a headline that capitalises everything, proves nothing: there a word is a name
only if it is one elsewhere.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.names.lexicon import name_key, name_words
from analysis.terms.counts import TermCounts, stopwords
from analysis.tokens import Tokens

LONGEST_NAME = 5
"""Words; longer runs of capitals are headlines or lists."""

HEADLINE = 0.75
"""Share of capitalised words from which a sentence of four or more words proves nothing."""

LEAST_HEADLINE = 4

LONGEST_TITLE = 5
"""Words of office before a name: "former deputy prime minister"."""


def find_names(counts: TermCounts) -> pd.DataFrame:
    """Mentions of names.

    Returns:
        One row a mention in reading order: name (as most often printed; categorical), passage (row of the passage
        table), document (row of the document table), side, start, end (code points in the document's field),
        title_start (where the words of office before it begin; `start` if there are none), token, words.
    """
    first, width = _runs(counts, _name_words(counts))
    tokens, layout = counts.tokens, counts.layout
    place = tokens.text_of(first)
    passage = layout.row[place]
    origin = counts.passages["start"].to_numpy()[passage]
    last = first + width - 1
    document = layout.document[place]
    title = _title_start(counts, first)
    return pd.DataFrame(
        {
            "name": _as_printed(counts, first, width),
            "passage": passage,
            "document": document,
            "side": pd.Categorical.from_codes(layout.side[document], pd.Index(layout.sides)),
            "start": origin + tokens.start[first],
            "end": origin + tokens.start[last] + tokens.lengths()[tokens.word[last]],
            "title_start": origin + tokens.start[title],
            "token": first,
            "words": width,
        }
    )


def _name_words(counts: TermCounts) -> np.ndarray:
    """Whether each token is a word of a name."""
    tokens = counts.tokens
    term = counts.forms[tokens.word]
    capital = np.fromiter(map(_is_capital, tokens.words), bool, len(tokens.words))[tokens.word]
    small = np.fromiter((word[:1].islower() for word in tokens.words), bool, len(tokens.words))[tokens.word]
    telling = ~tokens.opens & ~_in_headline(tokens, capital)
    size = len(counts.vocabulary)
    inside = np.bincount(term[capital & telling], minlength=size)
    proper = (inside > 0) & (inside >= np.bincount(term[small], minlength=size))
    barred = stopwords() | name_words("calendar") | name_words("title")
    proper &= np.fromiter((word not in barred for word in counts.vocabulary), bool, size)
    return capital & proper[term]


def _is_capital(word: str) -> bool:
    return word[:1].isupper() and len(word) > 1


def _in_headline(tokens: Tokens, capital: np.ndarray) -> np.ndarray:
    """Whether each token stands in a sentence that capitalises nearly everything."""
    if not len(capital):
        return capital
    sentence = np.cumsum(tokens.opens) - 1
    sizes = np.bincount(sentence)
    share = np.bincount(sentence, capital) / np.maximum(sizes, 1)
    return ((share >= HEADLINE) & (sizes >= LEAST_HEADLINE))[sentence]


def _runs(counts: TermCounts, named: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First token and number of words of each run of name words, particles between them included."""
    tokens = counts.tokens
    linked = _adjacent(tokens)
    small = _among(counts, name_words("particle"))[counts.forms[tokens.word]] & ~named
    bridge = np.zeros(len(named), bool)
    bridge[1:-1] = small[1:-1] & named[:-2] & named[2:] & linked[1:-1] & linked[2:]
    named = named | bridge
    starts = named.copy()
    starts[1:] &= ~(named[:-1] & linked[1:])
    first = np.flatnonzero(starts)
    ends = named.copy()
    ends[:-1] &= ~(named[1:] & linked[1:])
    width = np.flatnonzero(ends) - first + 1
    short = width <= LONGEST_NAME
    return first[short], width[short]


def _adjacent(tokens: Tokens) -> np.ndarray:
    """Whether each token follows the one before it directly: joined, and with no possessive between."""
    gap = np.full(len(tokens.word), 9)
    gap[1:] = tokens.start[1:] - tokens.start[:-1] - tokens.lengths()[tokens.word[:-1]]
    return tokens.joined & (gap <= 2)


def _among(counts: TermCounts, words: frozenset[str]) -> np.ndarray:
    return np.fromiter((word in words for word in counts.vocabulary), bool, len(counts.vocabulary))


def _title_start(counts: TermCounts, first: np.ndarray) -> np.ndarray:
    """First token of the words of office before each name: a title word, and what belongs to it before that."""
    tokens = counts.tokens
    term = counts.forms[tokens.word]
    linked = _adjacent(tokens)
    title = _among(counts, name_words("title"))[term]
    capital = np.fromiter(map(_is_capital, tokens.words), bool, len(tokens.words))[tokens.word]
    belongs = title | (_among(counts, name_words("modifier"))[term]) | (capital & ~tokens.opens)
    at = first.copy()
    open_ = first > 0
    for step in range(LONGEST_TITLE):
        before = np.maximum(at - 1, 0)
        fits = (title if step == 0 else belongs)[before]
        open_ = open_ & linked[at] & fits
        at = np.where(open_, before, at)
    return at


def _as_printed(counts: TermCounts, first: np.ndarray, width: np.ndarray) -> pd.Categorical:
    """Each name as it is most often printed, whatever the case it stands in here."""
    tokens = counts.tokens
    base = len(tokens.words) + 1
    codes = tokens.word[first].astype(np.int64)
    forms = [[int(code)] for code in codes[:0]]
    codes, distinct = pd.factorize(codes)
    forms = [[word] for word in distinct.tolist()]
    for step in range(1, LONGEST_NAME):
        position = np.minimum(first + step, max(len(tokens.word) - 1, 0))
        following = np.where(width > step, tokens.word[position] + 1, 0)
        codes, pairs = pd.factorize(codes.astype(np.int64) * base + following)
        forms = [forms[pair // base] + ([pair % base - 1] if pair % base else []) for pair in pairs.tolist()]
    printed = [" ".join(tokens.words[word] for word in form) for form in forms]
    return _most_frequent(printed, codes)


def _most_frequent(printed: list[str], codes: np.ndarray) -> pd.Categorical:
    counts = pd.DataFrame({"printed": printed, "name": [name_key(text) for text in printed]}, dtype=object)
    counts["count"] = np.bincount(codes, minlength=len(printed))
    best = counts.sort_values(["count", "printed"], ascending=[False, True]).drop_duplicates("name")
    categories = dict(zip(best["name"], best["printed"], strict=True))
    shown = pd.Index(list(dict.fromkeys(categories[name] for name in counts["name"])))
    return pd.Categorical.from_codes(shown.get_indexer([categories[name] for name in counts["name"]])[codes], shown)
