"""What an import read, mapped, dropped and why: nothing is left out in silence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

EXAMPLES = 3
"""Places named for each reason: enough to look the fault up."""

SHOWN = 60


@dataclass
class Tally:
    """How often something happened, and where first."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, where: str) -> None:
        """Count one more."""
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(where)


@dataclass
class ImportReport:
    """Rows read are rows kept, dropped or grouped as copies: `read == kept + dropped + copies`.

    Attributes:
        files: one line a file or sheet: how it was read.
        columns: (file, column, field, why) of each column that was used.
        dropped: reason -> rows left out.
        copies: kind of copy -> articles grouped with another one and counted once.
        dates: way a day was found (or not) -> rows.
        languages: language -> articles kept.
        sides: (side, articles, outlets, median length in characters).
        warnings: what an analyst should look at, one sentence each.
    """

    read: int = 0
    kept: int = 0
    files: list[str] = field(default_factory=list)
    columns: list[tuple[str, str, str, str]] = field(default_factory=list)
    dropped: dict[str, Tally] = field(default_factory=dict)
    copies: dict[str, Tally] = field(default_factory=dict)
    changed: dict[str, Tally] = field(default_factory=dict)
    dates: dict[str, Tally] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    sides: list[tuple[str, int, int, int]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def drop(self, reason: str, where: str) -> None:
        """A row that is left out."""
        self.dropped.setdefault(reason, Tally()).add(where)

    def copy(self, kind: str, where: str) -> None:
        """An article that repeats another one."""
        self.copies.setdefault(kind, Tally()).add(where)

    def change(self, what: str, where: str) -> None:
        """A row that is kept, but not as it came."""
        self.changed.setdefault(what, Tally()).add(where)

    def day(self, how: str, where: str) -> None:
        """How a row's day was found."""
        self.dates.setdefault(how, Tally()).add(where)

    def warn(self, sentence: str) -> None:
        """A sentence for the analyst, once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    @property
    def lost(self) -> int:
        """Rows dropped, for whatever reason."""
        return sum(tally.count for tally in self.dropped.values())

    @property
    def repeated(self) -> int:
        """Articles grouped with another one."""
        return sum(tally.count for tally in self.copies.values())

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of the corpus should know: rows left out, and the warnings."""
        lost = [f"{tally.count} left out: {reason}." for reason, tally in self.dropped.items()]
        grouped = [f"{tally.count} counted once with another article: {kind}." for kind, tally in self.copies.items()]
        return (*lost, *grouped, *self.warnings)

    def table(self) -> pd.DataFrame:
        """One row a line of the report: part, what, count (or None), detail."""
        rows: list[tuple[str, str, int | None, str]] = [
            ("rows", "read", self.read, ""),
            ("rows", "kept", self.kept, ""),
            ("rows", "dropped", self.lost, ""),
            ("rows", "copies", self.repeated, ""),
        ]
        rows += [("file", line, None, "") for line in self.files]
        rows += [("column", f"{name} -> {ours}", None, f"{file}: {why}") for file, name, ours, why in self.columns]
        rows += _tallies("dropped", self.dropped) + _tallies("copy", self.copies)
        rows += _tallies("changed", self.changed) + _tallies("date", self.dates)
        rows += [("language", name, count, "") for name, count in self.languages.items()]
        rows += [
            (
                "side",
                name,
                articles,
                f"{outlets} {'outlet' if outlets == 1 else 'outlets'}, median length {length} characters",
            )
            for name, articles, outlets, length in self.sides
        ]
        rows += [("warning", sentence, None, "") for sentence in self.warnings]
        table = pd.DataFrame(rows, columns=["part", "what", "count", "detail"], dtype=object)
        return table

    def to_record(self) -> dict[str, Any]:
        """The report as one JSON object."""
        return {
            "rows": {"read": self.read, "kept": self.kept, "dropped": self.lost, "copies": self.repeated},
            "files": self.files,
            "columns": [dict(zip(("file", "column", "field", "why"), row, strict=True)) for row in self.columns],
            "dropped": _record(self.dropped),
            "copies": _record(self.copies),
            "changed": _record(self.changed),
            "dates": _record(self.dates),
            "languages": self.languages,
            "sides": [
                dict(zip(("side", "articles", "outlets", "median_length"), row, strict=True)) for row in self.sides
            ],
            "warnings": self.warnings,
        }


def listed(names: Iterable[object], limit: int = 6) -> str:
    """Names in a sentence, the rest as a number."""
    shown = [str(name)[:SHOWN] for name in names]
    return ", ".join(shown[:limit]) + (f" and {len(shown) - limit} more" if len(shown) > limit else "")


def _tallies(part: str, tallies: dict[str, Tally]) -> list[tuple[str, str, int | None, str]]:
    return [(part, what, tally.count, _examples(tally.examples)) for what, tally in tallies.items()]


def _examples(places: Sequence[str]) -> str:
    return "; ".join(place[:200] for place in places)


def _record(tallies: dict[str, Tally]) -> dict[str, Any]:
    return {what: {"count": tally.count, "examples": tally.examples} for what, tally in tallies.items()}
