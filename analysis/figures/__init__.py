"""Figures: every reported quantity of a text, what it counts, who gives it and how firmly."""

from analysis.figures.figure import Figure
from analysis.figures.finder import find_figures, may_hold_figure, read_figures

__all__ = ["Figure", "find_figures", "may_hold_figure", "read_figures"]
