"""Corrections: what an analyst says a reader got wrong, as an overlay over what was read.

A correction names one finding by its article's hash and its place in the text, so it holds whatever else the corpus
has and whenever it is read again. It says that the finding is wrong, and then it leaves all numbers, or what it
should be. The texts and what was read of them are never changed.
"""

from __future__ import annotations

from analysis.corrections.correction import SETTABLE, TABLES, Correction, printed, read_values
from analysis.corrections.findings import Finding, findings, offered, printed_alike
from analysis.corrections.log import from_json, log
from analysis.corrections.overlay import corrected, given_anew, places

__all__ = [
    "SETTABLE",
    "TABLES",
    "Correction",
    "Finding",
    "corrected",
    "findings",
    "from_json",
    "given_anew",
    "log",
    "offered",
    "places",
    "printed",
    "printed_alike",
    "read_values",
]
