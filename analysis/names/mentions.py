"""Where names stand: runs of capitalised words, found without a parser so that 100,000 articles take seconds.

A word is a name word if inside sentences it is written with a capital at least as often as without. A capital
at the start of a sentence, or in a headline that capitalises everything, proves nothing: there a word is a name
only if it is one elsewhere. A party's letter with a state ("R-Texas") and a state's abbreviation are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.calendar import calendar_words
from analysis.names.lexicon import name_key, name_words
from analysis.terms.counts import TermCounts, stopwords
from analysis.threads import in_threads
from analysis.tokens import Tokens

STRETCH = 1 << 21
"""Tokens looked at together: what is noted of each takes memory."""

AFFILIATION = re.compile(r"[^\W\d_]-[^\W\d_].*")
"""A letter and a name: after a comma or in brackets a party and a state."""

LONGEST_NAME = 5
"""Words; longer runs of capitals are headlines or lists."""

HEADLINE = 0.8
"""Share of capitalised words among the content words from which a sentence of LEAST_HEADLINE proves nothing."""

LEAST_HEADLINE = 5

MOST_PARTICLES = 2
"""Small words in a row inside a name: "van der"."""

LONGEST_TITLE = 5
"""Words of office before a name: "former deputy prime minister"."""


def find_names(counts: TermCounts) -> pd.DataFrame:
    """Mentions of names.

    Returns:
        One row a mention in reading order: name (as most often printed; categorical), passage (row of the passage
        table), document (row of the document table), side, start, end (code points in the document's field),
        title_start (where the words of office before it begin; `start` if there are none), token, words.
    """
    lexicon, stretches = _Forms.of_counts(counts), list(_stretches(counts.tokens.bounds))

    def words(stretch: slice) -> _Words:
        return _Words.of_tokens(counts.tokens, lexicon, stretch)

    size = len(counts.vocabulary)
    proper = _proper(counts, in_threads(lambda stretch: _capitals(words(stretch), size), stretches))
    found = in_threads(lambda stretch: _stretch_names(words(stretch), proper, stretch), stretches)
    first, width, title = (np.concatenate(parts) for parts in zip(*found, strict=True))
    tokens, layout = counts.tokens, counts.layout
    place = tokens.text_of(first)
    passage = layout.row[place].astype(np.int32)
    origin = counts.passages["start"].to_numpy(np.int32)[passage]
    last = first + width - 1
    document = layout.document[place]
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


def _stretches(bounds: np.ndarray) -> Iterator[slice]:
    """The tokens of whole passages, some STRETCH at once."""
    first = 0
    while first < bounds[-1]:
        last = int(bounds[np.searchsorted(bounds, first + STRETCH, side="right") - 1])
        last = last if last > first else int(bounds[np.searchsorted(bounds, first, side="right")])
        yield slice(first, last)
        first = last
    if not bounds[-1]:
        yield slice(0, 0)


def _stretch_names(words: _Words, proper: np.ndarray, stretch: slice) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """First token, width and first token of the title of each name in a stretch."""
    telling = ~words.opens & ~_in_headline(words)
    first, width = _runs(words, words.capital & proper[words.term])
    first, width, title = _without_titles(words, telling, first, width)
    kept = (width > 1) | ~words.abbreviation[first]
    first, width, title = first[kept], width[kept], title[kept]
    return (first + stretch.start).astype(np.int32), width.astype(np.int32), (title + stretch.start).astype(np.int32)


@dataclass(frozen=True)
class _Forms:
    """What each printed form is: capitalised, small, of a kind in the lexicon; and its place in the vocabulary."""

    term: np.ndarray
    capital: np.ndarray
    small: np.ndarray
    upper: np.ndarray
    function: np.ndarray
    title: np.ndarray
    modifier: np.ndarray
    particle: np.ndarray
    of: np.ndarray
    body: np.ndarray
    abbreviation: np.ndarray

    @classmethod
    def of_counts(cls, counts: TermCounts) -> _Forms:
        def printed(test: Callable[[str], bool]) -> np.ndarray:
            return np.fromiter(map(test, counts.tokens.words), bool, len(counts.tokens.words))

        def among(words: frozenset[str]) -> np.ndarray:
            known = np.zeros(len(counts.vocabulary), bool)
            known[[counts.index[word] for word in words if word in counts.index]] = True
            return known[counts.forms]

        return cls(
            term=counts.forms,
            capital=printed(lambda word: word[:1].isupper() and len(word) > 1),
            small=printed(lambda word: word[:1].islower()),
            upper=printed(str.isupper),
            function=among(stopwords()),
            title=among(name_words("title")),
            modifier=among(name_words("modifier")),
            particle=among(name_words("particle")),
            of=among(name_words("modifier", "link")),
            body=among(name_words("organisation")),
            abbreviation=among(name_words("abbreviation")),
        )


@dataclass(frozen=True)
class _Words(_Forms):
    """The same of each token of a stretch, and whether it follows its neighbour and opens a sentence."""

    linked: np.ndarray
    opens: np.ndarray

    @classmethod
    def of_tokens(cls, tokens: Tokens, forms: _Forms, stretch: slice) -> _Words:
        word = tokens.word[stretch]
        kinds = {name: getattr(forms, name)[word] for name in _Forms.__dataclass_fields__}
        return cls(**kinds, linked=tokens.joined[stretch], opens=tokens.opens[stretch])


def _capitals(words: _Words, size: int) -> np.ndarray:
    """How often each word of the vocabulary has a capital inside sentences, none, and one right after another word.

    Of shape (3, size).
    """
    capital = words.capital & ~words.opens & ~_in_headline(words)
    chosen = words.term[capital], words.term[words.small], words.term[capital & words.linked]
    return np.stack([np.bincount(terms, minlength=size) for terms in chosen])


def _proper(counts: TermCounts, capitals: Sequence[np.ndarray]) -> np.ndarray:
    """Whether each word of the vocabulary is a word of names: only inside sentences does a capital prove one."""
    size = len(counts.vocabulary)
    inside, small, linked = sum(capitals, np.zeros((3, size), np.int64))
    barred = stopwords() | calendar_words() | name_words("title")
    allowed = np.fromiter((word not in barred for word in counts.vocabulary), bool, size)
    lettered = np.fromiter((AFFILIATION.fullmatch(word) is not None for word in counts.vocabulary), bool, size)
    return (inside > 0) & (inside >= small) & allowed & ~(lettered & (linked == 0))


def _in_headline(words: _Words) -> np.ndarray:
    """Whether each token stands in a sentence that capitalises nearly everything."""
    if not len(words.capital):
        return words.capital
    sentence = np.cumsum(words.opens) - 1
    content = np.bincount(sentence, ~words.function)
    capitals = np.bincount(sentence, words.capital & ~words.function)
    shouted = (np.bincount(sentence, words.upper) == np.bincount(sentence)) & (content > 1)
    return (shouted | ((capitals >= HEADLINE * content) & (content >= LEAST_HEADLINE)))[sentence]


def _runs(words: _Words, named: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First token and number of words of each run of name words, particles between them included."""
    linked = words.linked
    bridged = named.copy()
    for size in range(1, MOST_PARTICLES + 1):
        last = len(named) - size - 1
        spans = named[: max(last, 0)] & named[size + 1 :]
        for step in range(1, size + 1):
            spans &= words.particle[step : last + step] & linked[step : last + step]
        at = np.flatnonzero(spans & linked[size + 1 :])
        for step in range(1, size + 1):
            bridged[at + step] = True
    starts, ends = bridged.copy(), bridged.copy()
    starts[1:] &= ~(bridged[:-1] & linked[1:])
    ends[:-1] &= ~(bridged[1:] & linked[1:])
    first = np.flatnonzero(starts)
    width = np.flatnonzero(ends) - first + 1
    short = width <= LONGEST_NAME
    return first[short], width[short]


def _without_titles(
    words: _Words, telling: np.ndarray, first: np.ndarray, width: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """First token and width of each name, and the first token of its title.

    The last word of a title like "minister of state" is no part of the name; what stands inside the title of
    another name and says nothing but the office is no name.
    """
    before = np.maximum(first - 1, 0)
    office = (width > 1) & words.modifier[first] & words.of[before] & words.title[np.maximum(first - 2, 0)]
    first, width = first + office, width - office
    start = _title_start(words, telling, first)
    # In the name of a body ("Justice Department") the words of office belong to the name.
    body = words.body[first] & words.capital[start]
    width, first = np.where(body, width + first - start, width), np.where(body, start, first)
    inside = np.zeros(len(words.capital) + 1, int)
    np.add.at(inside, start, 1)
    np.add.at(inside, first, -1)
    bare = words.modifier[first] & words.modifier[first + width - 1] & (width <= 2)
    kept = ~(bare & (np.cumsum(inside)[first] > 0))
    return first[kept], width[kept], start[kept]


def _title_start(words: _Words, telling: np.ndarray, first: np.ndarray) -> np.ndarray:
    """First token of the words of office before each name: a title word, and what belongs to it before that."""
    at, seen = first.copy(), np.zeros(len(first), bool)
    reaching = first > 0
    for step in range(LONGEST_TITLE):
        before = np.maximum(at - 1, 0)
        fits = words.title[before] | words.modifier[before] | (seen & words.capital[before] & telling[before])
        if step == 0:
            fits &= ~words.of[before]
        reaching = reaching & words.linked[at] & fits
        at = np.where(reaching, before, at)
        seen |= reaching & words.title[at]
    # "of" joins words of a title; it does not begin one.
    at = at + (words.of[at] & (at < first))
    return np.where(seen, at, first)


def _as_printed(counts: TermCounts, first: np.ndarray, width: np.ndarray) -> pd.Categorical:
    """Each name as it is most often printed, whatever the case it stands in here."""
    tokens = counts.tokens
    base = len(tokens.words) + 1
    codes, distinct = pd.factorize(tokens.word[first])
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
