"""Words and phrases: counted once, contrasted in any view."""

from analysis.terms.counts import TermCounts, count_terms
from analysis.terms.keyness import MEASURES, keyness

__all__ = ["MEASURES", "TermCounts", "count_terms", "keyness"]
