"""Text an outlet prints around its articles, found from repetition and set aside before anything is counted.

Four kinds: *repeated line* (a sentence many articles of one outlet share), *dateline* (the place and agency an
article opens with), *byline* (a line that only names the author) and *outlet name* (in the outlet's own
articles). Quotations that several outlets print are no boilerplate and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.characters import MULTIPLIER
from analysis.passages import PassageTexts
from analysis.threads import in_threads
from analysis.tokens import Tokens, tokenize

MANY_ARTICLES = 5
"""Articles of one outlet that make a shared sentence boilerplate; half as many where they are its majority."""

SHORTEST = 5
"""Words below which only a whole passage counts as a line: "He agreed." may well stand in five articles."""

BLOCK = 100_000
"""Sentences hashed at once."""

DATELINE = re.compile(
    r"[^\W\d_a-z]{3,}[^\n\d]{0,40}?(?:[A-Z][a-z]{2,8}\.? \d{1,2} ?)?(?:\([^)\n]{2,40}\))? ?[-–—]{1,2} "
)
"""`GENEVA, March 3 (Agency) - `: a place in capitals, then at most a date and an agency, then a dash."""

LONGEST_DATELINE = 70

BYLINE = re.compile(r"By (?:[^\W\d_][\w.'’-]* ?(?:and |, )?){2,8}")

COLUMNS = ["kind", "outlet", "text", "articles", "occurrences", "words", "why"]

WHY = {
    "repeated line": "the same sentence stands in {} articles of this outlet",
    "dateline": "a place in capitals and a dash open {} of its articles",
    "byline": "the line names the author only, in {} articles",
    "outlet name": "the outlet names itself in {} of its articles",
}


@dataclass(frozen=True)
class Aside:
    """What is set aside: `tokens`, whether each token is; `table`, one row a text, most words first."""

    tokens: np.ndarray
    table: pd.DataFrame


def find_aside(
    tokens: Tokens, texts: PassageTexts, fields: np.ndarray, document: np.ndarray, outlets: np.ndarray
) -> Aside:
    """Find what is to be set aside.

    Args:
        tokens: the words of the passages.
        texts: the passages.
        fields: the field of each passage.
        document: the document of each passage.
        outlets: the outlet of each document, as printed.
    """
    stretches = [
        ("repeated line", _repeated(tokens, document, outlets)),
        ("dateline", _opening(tokens, texts, fields, document)),
        ("byline", _bylines(tokens, texts)),
        ("outlet name", _own_names(tokens, document, outlets)),
    ]
    taken = np.zeros(len(tokens.word), bool)
    rows = []
    for kind, (first, last) in stretches:
        free = ~taken[first] if len(first) else np.empty(0, bool)
        first, last = first[free], last[free]
        rows.append(_described(kind, tokens, texts, document, outlets, first, last))
        steps = np.zeros(len(taken) + 1, int)
        np.add.at(steps, first, 1)
        np.add.at(steps, last + 1, -1)
        taken |= np.cumsum(steps[:-1]) > 0
    table = pd.concat(rows).sort_values(["words", "outlet", "text"], ascending=[False, True, True], ignore_index=True)
    return Aside(taken, table.astype(dict.fromkeys(("kind", "outlet", "text", "why"), object)))


Stretches = tuple[np.ndarray, np.ndarray]
"""First and last token of each stretch."""


def _repeated(tokens: Tokens, document: np.ndarray, outlets: np.ndarray) -> Stretches:
    """Sentences that many articles of one outlet share."""
    opens = tokens.opens.copy()
    opens[tokens.bounds[:-1][np.diff(tokens.bounds) > 0]] = True
    first = np.flatnonzero(opens)
    if not len(first):
        return first, first
    last = np.append(first[1:], len(opens)) - 1
    passage = tokens.text_of(first)
    whole = (first == tokens.bounds[passage]) & (last + 1 == tokens.bounds[passage + 1])
    long = whole | (last - first + 1 >= SHORTEST)
    first, last, passage = first[long], last[long], passage[long]
    line = pd.factorize(_hashes(tokens.word, first, last))[0]
    outlet, names = pd.factorize(outlets[document[passage]])
    held = pd.DataFrame({"key": line.astype(np.int64) * len(names) + outlet, "document": document[passage]})
    several = held["key"].duplicated(keep=False)
    articles = held[several].drop_duplicates().groupby("key").size()
    size = pd.Series(outlets).value_counts().reindex(names).to_numpy()
    enough = np.minimum(MANY_ARTICLES, np.maximum(size / 2, (MANY_ARTICLES + 1) / 2))
    repeated = articles.index[articles.to_numpy() >= enough[articles.index.to_numpy() % len(names)]]
    chosen = held["key"].isin(repeated).to_numpy()
    return first[chosen], last[chosen]


def _hashes(word: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """A hash of each stretch's words in their order."""
    factors = np.random.default_rng(0).integers(1, 1 << 63, int(word.max(initial=0)) + 1, dtype=np.uint64)

    def of_block(start: int) -> np.ndarray:
        begin, end = first[start : start + BLOCK], last[start : start + BLOCK] + 1
        values = factors[word[begin[0] : end[-1]]]
        sums, placed = np.zeros((2, len(values) + 1), np.uint64)
        np.cumsum(values, out=sums[1:])
        np.cumsum(values * np.arange(len(values), dtype=np.uint64), out=placed[1:])
        low, high = begin - begin[0], end - begin[0]
        total = sums[high] - sums[low]
        order = placed[high] - placed[low] - total * low.astype(np.uint64)
        return np.asarray((total ^ (order * np.uint64(MULTIPLIER))).view(np.int64))

    parts = in_threads(of_block, range(0, len(first), BLOCK))
    return np.concatenate(parts) if parts else np.empty(0, np.int64)


def _opening(tokens: Tokens, texts: PassageTexts, fields: np.ndarray, document: np.ndarray) -> Stretches:
    """Datelines at the start of each article's text."""
    body = np.flatnonzero(fields != "title")
    body = body[np.unique(document[body], return_index=True)[1]] if len(body) else body
    found = (DATELINE.match(text, 0, LONGEST_DATELINE) for text in texts.at(body))
    return _matched(tokens, zip(body.tolist(), found, strict=True))


def _bylines(tokens: Tokens, texts: PassageTexts) -> Stretches:
    """Passages that only name an author."""
    short = np.flatnonzero(np.diff(tokens.bounds) <= 12)
    found = (BYLINE.fullmatch(text.strip()) for text in texts.at(short))
    return _matched(tokens, zip(short.tolist(), found, strict=True))


def _matched(tokens: Tokens, matches: Iterator[tuple[int, re.Match[str] | None]]) -> Stretches:
    """The tokens of each passage that a match, from its start, covers."""
    first, last = [], []
    for passage, match in matches:
        if match is not None:
            begin, end = tokens.bounds[passage : passage + 2]
            inside = int(np.searchsorted(tokens.start[begin:end], match.end()))
            if inside:
                first.append(begin)
                last.append(begin + inside - 1)
    return np.array(first, np.int64), np.array(last, np.int64)


def _own_names(tokens: Tokens, document: np.ndarray, outlets: np.ndarray) -> Stretches:
    """Names of outlets, as printed, in their own articles."""
    names = sorted(set(outlets))
    printed = {word: number for number, word in enumerate(tokens.words)}
    own = tokenize(names)
    firsts, lasts = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    starts = np.zeros(len(tokens.words), bool)
    wanted = {}
    for place, name in enumerate(names):
        parts = [printed.get(word, -1) for word in own.words[own.word[own.bounds[place] : own.bounds[place + 1]]]]
        if parts and -1 not in parts and name[:1].isupper():
            wanted[name] = parts
            starts[parts[0]] = True
    at = np.flatnonzero(starts[tokens.word]) if len(tokens.words) else np.empty(0, np.int64)
    of = outlets[document[tokens.text_of(at)]] if len(at) else np.empty(0, object)
    for name, parts in wanted.items():
        found = at[(of == name) & (at + len(parts) <= len(tokens.word))]
        for step, word in enumerate(parts):
            found = found[tokens.word[found + step] == word]
        firsts.append(found)
        lasts.append(found + len(parts) - 1)
    return np.concatenate(firsts), np.concatenate(lasts)


def _described(
    kind: str,
    tokens: Tokens,
    texts: PassageTexts,
    document: np.ndarray,
    outlets: np.ndarray,
    first: np.ndarray,
    last: np.ndarray,
) -> pd.DataFrame:
    """One row for each distinct text of a kind and outlet."""
    passage = tokens.text_of(first)
    ends = tokens.start[last] + tokens.lengths()[tokens.word[last]]
    spans = zip(texts.at(passage), tokens.start[first].tolist(), ends.tolist(), strict=True)
    printed = [text[start:end] for text, start, end in spans]
    rows = pd.DataFrame({"text": pd.array(printed, dtype=object), "document": document[passage]})
    rows["outlet"] = pd.array(outlets[rows["document"]].tolist(), dtype=object)
    rows["words"] = last - first + 1
    groups = rows.groupby(["outlet", "text"], sort=False)
    table = groups.agg(articles=("document", "nunique"), occurrences=("words", "size"), words=("words", "sum"))
    table = table.reset_index().assign(kind=kind)
    table["why"] = pd.Series([WHY[kind].format(articles) for articles in table["articles"]], dtype=object)
    return table[COLUMNS]
