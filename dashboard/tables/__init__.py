"""Tables of `analysis` as a reader sees them: words for ids, printed quantities with bound and claimant."""

from dashboard.tables.corpus import absences, few, topics
from dashboard.tables.figures import STATUS, axis, cell, claim_marks, context, contrasts, ledger, most_frequent, series
from dashboard.tables.sources import concentration, quoting, verbs, voices
from dashboard.tables.wording import Look, rows, words
from dashboard.tables.words import (
    at_least,
    by_chance,
    called,
    lines,
    lines_of,
    no_terms,
    set_apart,
    set_aside,
    terms,
    trust,
    variants,
)

__all__ = [
    "STATUS",
    "Look",
    "absences",
    "at_least",
    "axis",
    "by_chance",
    "called",
    "cell",
    "claim_marks",
    "concentration",
    "context",
    "contrasts",
    "few",
    "ledger",
    "lines",
    "lines_of",
    "most_frequent",
    "no_terms",
    "quoting",
    "rows",
    "series",
    "set_apart",
    "set_aside",
    "terms",
    "topics",
    "trust",
    "variants",
    "verbs",
    "voices",
    "words",
]
