"""Tables of `analysis` as a reader sees them: words for ids, printed quantities with bound and claimant."""

from dashboard.tables.corpus import absences, topics
from dashboard.tables.figures import STATUS, axis, cell, claim_marks, contrasts, figures, ledger
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
    "contrasts",
    "figures",
    "ledger",
    "quoting",
    "rows",
    "terms",
    "topics",
    "variants",
    "verbs",
    "voices",
    "words",
]
