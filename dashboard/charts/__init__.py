"""Tables to Plotly charts. Every text from a corpus is escaped, every mark carries its evidence item.

Sides keep their colour everywhere; position, fill pattern, shape or a label always says the same again.
"""

from dashboard.charts.figures import CLAIMANTS, SHAPES, group, pair, ranges
from dashboard.charts.sources import grid, quoting, voices
from dashboard.charts.style import QUOTES
from dashboard.charts.words import terms

__all__ = ["CLAIMANTS", "QUOTES", "SHAPES", "grid", "group", "pair", "quoting", "ranges", "terms", "voices"]
