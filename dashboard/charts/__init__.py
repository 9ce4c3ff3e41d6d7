"""Tables to Plotly charts. Every text from a corpus is escaped, every mark carries its evidence item.

Sides keep their colour everywhere; position, fill pattern, shape or a label always says the same again.
"""

from dashboard.charts.figures import CLAIMANT_KEY, CLAIMANTS, SHAPES, group, ranges, steps, strip
from dashboard.charts.picture import FORMATS, picture, saving
from dashboard.charts.sources import grid, quoting, shares, voices
from dashboard.charts.style import QUOTES, Chart
from dashboard.charts.words import dispersion, frequency, terms

__all__ = [
    "CLAIMANTS",
    "CLAIMANT_KEY",
    "FORMATS",
    "QUOTES",
    "SHAPES",
    "Chart",
    "dispersion",
    "frequency",
    "grid",
    "group",
    "picture",
    "quoting",
    "ranges",
    "saving",
    "shares",
    "steps",
    "strip",
    "terms",
    "voices",
]
