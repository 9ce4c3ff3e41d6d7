"""A selection of a corpus: the same from the filter bar, a link and the command line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import pyarrow as arrow
import pyarrow.compute as compute

from analysis.corpus import Corpus, slug
from analysis.passages import fold_case
from analysis.threads import in_threads
from analysis.topics import NO_TOPIC

LINK_VERSION = "1"
"""Version of the links' scheme: a link of another version is told, not guessed at."""

STRETCH = 1 << 18
"""Passages searched at once."""

LONGEST_PATTERN = 200
"""Characters up to which a text is looked for as a pattern, four times as fast; a long one would not fit."""


@dataclass(frozen=True)
class Selection:
    """What a reader chose. Empty fields choose everything; values are ids, never labels."""

    sides: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    text: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> tuple[Selection, list[str]]:
        """The selection a link's query holds, and one line for each value that could not be read.

        Keys: side, topic, outlet (repeatable), since, until (ISO dates), text. Other keys are not looked at.
        """
        days: dict[str, date | None] = {}
        text, problems = only("text", query)
        for key in ("since", "until"):
            value, more = only(key, query)
            problems += more
            try:
                days[key] = date.fromisoformat(value) if value else None
            except ValueError:
                days[key] = None
                problems.append(f"{key} {value!r} is not a date of the form 2025-02-12")
        several = {key: _distinct(query.get(key, ())) for key in ("side", "topic", "outlet")}
        selection = cls(several["side"], several["topic"], several["outlet"], **days, text=text.strip())
        return selection, problems

    def to_query(self) -> dict[str, list[str]]:
        """The keys and values `from_query` reads back; empty fields are left out."""
        values = {
            "side": list(self.sides),
            "topic": list(self.topics),
            "outlet": list(self.outlets),
            "since": [self.since.isoformat()] if self.since else [],
            "until": [self.until.isoformat()] if self.until else [],
            "text": [self.text] if self.text else [],
        }
        return {key: value for key, value in values.items() if value}

    def link(self, page: str, item: str, corpus: Corpus) -> str:
        """Path and query of the page that shows this selection with an item's evidence open."""
        query = self.to_query() | {"item": [item], "corpus": [corpus.short_digest], "v": [LINK_VERSION]}
        return f"/{page}?{urlencode(query, doseq=True)}"

    def apply(self, index: PassageIndex) -> np.ndarray:
        """The rows of the passage table that are chosen, in ascending order."""
        chosen = self._documents(index.documents)[index.position]
        if self.topics:
            wanted = set(self.topics)
            fits = [not wanted.isdisjoint(topics or (NO_TOPIC,)) for topics in index.topic_sets]
            chosen &= np.array(fits, bool)[index.topic_set]
        if self.text:
            chosen &= index.holding(self.text)
        return np.flatnonzero(chosen)

    def _documents(self, table: pd.DataFrame) -> np.ndarray:
        """Whether each document has a chosen side, outlet and day."""
        keep = np.ones(len(table), bool)
        if self.sides:
            keep &= table["side"].isin(self.sides).to_numpy()
        if self.outlets:
            printed = [name for name in table["outlet"].unique() if slug(name) in self.outlets]
            keep &= table["outlet"].isin(printed).to_numpy()
        if self.since or self.until:
            since, until = self.since or date.min, self.until or date.max
            keep &= np.array([day is not None and since <= day <= until for day in table["date"].tolist()], bool)
        return keep

    def describe(self, corpus: Corpus) -> str:
        """The selection in words.

        >>> Selection().describe(Corpus("", (), ()))
        'Everything in the corpus'
        """
        parts = []
        if self.sides:
            parts.append("sides: " + _listed(corpus.side(side).label for side in self.sides))
        if self.topics:
            labels = {topic.id: topic.label for topic in corpus.topics} | {NO_TOPIC: "No topic"}
            parts.append("topics: " + _listed(labels[topic] for topic in self.topics))
        if self.outlets:
            parts.append("outlets: " + _listed(corpus.outlets[outlet] for outlet in self.outlets))
        if self.since:
            parts.append(f"since {self.since}")
        if self.until:
            parts.append(f"until {self.until}")
        if self.text:
            parts.append(f"passages with “{self.text}”")
        sentence = "; ".join(parts)
        return sentence[:1].upper() + sentence[1:] if parts else "Everything in the corpus"

    def problems(self, corpus: Corpus) -> list[str]:
        """What of the selection the corpus does not have, one line each."""
        known = {
            "side": {side.id for side in corpus.sides},
            "topic": {topic.id for topic in corpus.topics} | {NO_TOPIC},
            "outlet": set(corpus.outlets),
        }
        chosen = {"side": self.sides, "topic": self.topics, "outlet": self.outlets}
        lines = [
            f"{kind} {value!r} is not in this corpus (it has {', '.join(sorted(known[kind]))})"
            for kind, values in chosen.items()
            for value in values
            if value not in known[kind]
        ]
        if self.since and self.until and self.since > self.until:
            lines.append(f"the dates end ({self.until}) before they begin ({self.since})")
        return lines


class PassageIndex:
    """What a selection looks at of all passages, as arrays, so that choosing never walks the table.

    Attributes:
        documents: the document table.
        position: row of each passage's document.
        topic_sets: the distinct sets of topics, and
        topic_set: which of them each passage has.
    """

    def __init__(self, documents: pd.DataFrame, passages: pd.DataFrame, folded: Callable[[], arrow.Array]) -> None:
        """Index passages.

        Args:
            documents: the document table.
            passages: the passage table with its `topics`.
            folded: gives the case-folded text of every passage; asked for when a text is first looked for.
        """
        self.documents = documents
        self.position = passages["position"].to_numpy()
        places: dict[tuple[str, ...], int] = {}
        numbers = [places.setdefault(topics, len(places)) for topics in passages["topics"].array]
        self.topic_set = np.array(numbers, np.int32)
        self.topic_sets = list(places)
        self._folded = folded

    def holding(self, text: str) -> np.ndarray:
        """Whether each passage holds the text, in any case."""
        texts, sought = self._folded(), fold_case(text)
        match, pattern = compute.match_substring_regex, re.escape(sought)
        if len(sought) > LONGEST_PATTERN:
            match, pattern = compute.match_substring, sought
        parts = [texts.slice(start, STRETCH) for start in range(0, len(texts), STRETCH)]
        found = in_threads(lambda part: match(part, pattern).to_numpy(zero_copy_only=False), parts)
        return np.concatenate(found) if found else np.zeros(0, bool)


def only(key: str, query: Mapping[str, Sequence[str]]) -> tuple[str, list[str]]:
    """The value of a key that can have one, empty where it has none, and one line for each further value.

    >>> only("text", {"text": ["", "fire", "water", "fire"]})
    ('fire', ["text has one value, not 'water' as well"])
    """
    first, *more = _distinct(query.get(key, ())) or ("",)
    return first, [f"{key} has one value, not {value!r} as well" for value in more]


def _listed(labels: Iterable[str]) -> str:
    return ", ".join(labels)


def _distinct(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
