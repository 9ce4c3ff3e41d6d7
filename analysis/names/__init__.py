"""Names: found by their capitals, their spellings paired, shown as a result and merged before any statistic."""

from analysis.names.calls import called
from analysis.names.mentions import find_names
from analysis.names.titles import name_titles
from analysis.names.variants import name_variants, variant_mapping

__all__ = ["called", "find_names", "name_titles", "name_variants", "variant_mapping"]
