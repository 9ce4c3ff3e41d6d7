"""A selection of a corpus: the same from the filter bar, a link and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import pandas as pd

from analysis.corpus import Corpus, slug
from analysis.topics import NO_TOPIC

LINK_VERSION = "1"
"""Version of the links' scheme: a link of another version is told, not guessed at."""


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
        problems = []
        for key in ("since", "until"):
            value = next((item for item in query.get(key, ()) if item), None)
            try:
                days[key] = date.fromisoformat(value) if value else None
            except ValueError:
                days[key] = None
                problems.append(f"{key} {value!r} is not a date of the form 2025-02-12")
        several = {key: _distinct(query.get(key, ())) for key in ("side", "topic", "outlet")}
        text = next((item.strip() for item in query.get("text", ()) if item.strip()), "")
        selection = cls(several["side"], several["topic"], several["outlet"], **days, text=text)
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

    def apply(self, passages: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
        """The rows of the passage table (with its `topics` column) that are chosen."""
        keep = pd.Series(True, index=passages.index)
        if self.sides:
            keep &= passages["side"].isin(self.sides)
        if self.outlets:
            keep &= passages["outlet"].map(slug).isin(self.outlets)
        if self.since:
            keep &= passages["date"].map(lambda day: day is not None and day >= self.since)
        if self.until:
            keep &= passages["date"].map(lambda day: day is not None and day <= self.until)
        if self.topics:
            chosen = set(self.topics)
            keep &= passages["topics"].map(lambda topics: not chosen.isdisjoint(topics or (NO_TOPIC,)))
        if self.text:
            keep &= _holds(passages, corpus, self.text)
        return passages[keep]

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


def _holds(passages: pd.DataFrame, corpus: Corpus, text: str) -> pd.Series:
    wanted = text.casefold()
    rows = zip(passages["document"], passages["field"], passages["start"], passages["end"], strict=True)
    found = [wanted in getattr(corpus.document(d), field)[start:end].casefold() for d, field, start, end in rows]
    return pd.Series(found, index=passages.index, dtype=bool)


def _listed(labels: Iterable[str]) -> str:
    return ", ".join(labels)


def _distinct(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
