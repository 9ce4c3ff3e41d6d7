"""Who is said to have said what: sources, cues and contents of reported speech."""

from analysis.attribution.reading import find_attributions, may_attribute, read_attributions
from analysis.attribution.record import Attribution

__all__ = ["Attribution", "find_attributions", "may_attribute", "read_attributions"]
