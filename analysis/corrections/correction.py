"""One correction: which finding, and what it should be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from analysis.corpus import CorpusError

TABLES = {"figure": "figures", "attribution": "attributions", "name": "mentions"}
"""Kind of finding -> the table of a reading it stands in."""
SETTABLE = {
    "figure": ("bound", "low", "high", "object", "measure", "claimant"),
    "attribution": ("source_name",),
    "name": ("entity",),
}
"""What of a finding can be set."""
POINTS = {"exact": "low", "approx": "low", "at_least": "low", "more_than": "low", "at_most": "high",
          "less_than": "high", "range": "", "vague": ""}  # fmt: skip
"""Bound -> the end that is the value stated."""
LONGEST_VALUE = 200
"""Characters of a name, object or measure; the longest printed source of the gold texts has 160."""
LARGEST = Decimal(10) ** 24
UNDATED = datetime.min.replace(tzinfo=UTC)

Values = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class Correction:
    """What one finding should be.

    Attributes:
        sha256: hash of the article, `Document.sha256`.
        field: "title" or "text".
        start, end: the finding's place in that field: of a figure or name the printed words, of an attribution
            the first stretch of its cue, else of its source, else of its content.
        kind: "figure", "attribution" or "name".
        values: column -> what it should be (amounts as decimal text, in the figure's unit); empty when the finding
            is wrong as such.
        author, created: who made it, when.
        id: names it in the log.
        undone, undone_by: when it was taken back, by whom.
    """

    sha256: str
    field: str
    start: int
    end: int
    kind: str
    values: Values = ()
    author: str = ""
    created: datetime = UNDATED
    id: str = ""
    undone: datetime | None = None
    undone_by: str = ""

    def __post_init__(self) -> None:
        """Check what does not depend on a corpus.

        Raises:
            CorpusError: it is no correction; the message says why.
        """
        if self.kind not in TABLES:
            raise CorpusError(f"A correction is of a {', '.join(TABLES)}, not of {self.kind!r}.")
        if self.field not in ("title", "text") or not 0 <= self.start < self.end:
            raise CorpusError(f"A correction is of a place in a title or text, not of {self.field!r} {self.start}.")
        for name, value in self.values:
            if name not in SETTABLE[self.kind]:
                raise CorpusError(f"Of a {self.kind} one sets {', '.join(SETTABLE[self.kind])}, not {name!r}.")
            _check_text(name, value)
        _check_amount(dict(self.values))

    @property
    def order(self) -> tuple[datetime, str]:
        """Corrections of one finding count in the order in which they were made."""
        return self.created, self.id


def _check_text(name: str, value: str | None) -> None:
    if value is None and name in ("bound", "entity"):
        raise CorpusError(f"The {name} cannot be empty.")
    if value is None:
        return
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_VALUE or not value.isprintable():
        raise CorpusError(f"The {name} is one line of text of up to {LONGEST_VALUE} characters.")


def _check_amount(values: Mapping[str, str | None]) -> None:
    """Bound, low and high are set together, and the bound says which ends there are."""
    given = [name for name in ("bound", "low", "high") if name in values]
    if not given:
        return
    bound = values.get("bound") or ""
    if len(given) < 3 or bound not in POINTS:
        raise CorpusError(f"A value has bound, low and high; the bound is one of {', '.join(POINTS)}.")
    low, high = amount(values["low"]), amount(values["high"])
    needed = {"low": bound not in ("at_most", "less_than"), "high": bound not in ("at_least", "more_than", "vague")}
    if (needed["low"] and low is None) or (needed["high"] and high is None):
        raise CorpusError(
            f"A value that is {bound.replace('_', ' ')} needs {' and '.join(n for n in needed if needed[n])}."
        )
    if bound in ("exact", "approx") and low != high:
        raise CorpusError(f"A value that is {bound} has one end: low and high are the same.")
    if low is not None and high is not None and low > high:
        raise CorpusError("The low end of a value is not above its high end.")


def amount(value: str | None) -> Decimal | None:
    """The number a text gives.

    Raises:
        CorpusError: it gives none that an article could print.
    """
    if value is None:
        return None
    try:
        amount = Decimal(value)
    except InvalidOperation:
        raise CorpusError(f"{value!r} is not a number.") from None
    if not amount.is_finite() or abs(amount) > LARGEST:
        raise CorpusError(f"{value!r} is not a number that can be compared.")
    return amount


def read_values(given: Mapping[str, str | None] | None) -> Values:
    """The values of a record, in a fixed order; none for a finding that is wrong."""
    return tuple(sorted((str(name), value) for name, value in dict(given or {}).items()))


def in_words(values: Mapping[str, Any] | None) -> str:
    """Values of a finding in words.

    >>> in_words({"bound": "at_least", "low": "120", "high": None, "claimant": None})
    'value: at least 120; claimant: none'
    """
    if values is None:
        return "wrong"
    told = {"value": value_in_words(values)} if "bound" in values else {}
    told |= {name: str(value or "none") for name, value in values.items() if name not in ("bound", "low", "high")}
    return "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in told.items())


def printed(figure: Mapping[str, Any]) -> str:
    """The words of a figure, with what was corrected of it: an editor's brackets inside the quotation."""
    told = figure.get("corrected")
    return f"{figure['verbatim']} [corrected: {told}]" if told else str(figure["verbatim"])


def value_in_words(values: Mapping[str, Any]) -> str:
    """Bound, low and high in words."""
    low, high = (None if values[end] is None else f"{Decimal(values[end]):,f}" for end in ("low", "high"))
    bound = str(values["bound"]).replace("_", " ")
    ends = " to ".join(dict.fromkeys(end for end in (low, high) if end is not None))
    return ends if bound in ("exact", "range") else f"{bound} {ends}"
