"""Tables of `analysis` as a reader sees them: words for ids, printed quantities with bound and claimant."""

from dashboard.tables.corpus import absences, few, topics
from dashboard.tables.figures import STATUS, axis, cell, claim_marks, context, contrasts, ledger, most_frequent, series
from dashboard.tables.sources import concentration, quoting, verbs, voices
from dashboard.tables.wording import Look, rows, words
from dashboard.tables.words import terms, variants

__all__ = [
    "STATUS",
    "Look",
    "absences",
    "axis",
    "cell",
    "claim_marks",
    "concentration",
    "context",
    "contrasts",
    "few",
    "ledger",
    "most_frequent",
    "quoting",
    "rows",
    "series",
    "terms",
    "topics",
    "variants",
    "verbs",
    "voices",
    "words",
]
