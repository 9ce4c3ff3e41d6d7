"""Words and phrases: counted once, contrasted in any view."""

from analysis.terms.counts import TermCounts, count_terms
from analysis.terms.keyness import MEASURES, keyness
from analysis.terms.merging import merge_names
from analysis.terms.printed import printed_terms
from analysis.terms.shuffled import shuffled_sides

__all__ = ["MEASURES", "TermCounts", "count_terms", "keyness", "merge_names", "printed_terms", "shuffled_sides"]
