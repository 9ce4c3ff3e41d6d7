"""Figures: every reported quantity of a text, what it counts, who gives it and how firmly."""

from typing import TYPE_CHECKING, Any

from analysis.figures.figure import Figure

if TYPE_CHECKING:
    from analysis.figures.finder import find_figures, may_hold_figure, read_figures

__all__ = ["Figure", "find_figures", "may_hold_figure", "read_figures"]


def __getattr__(name: str) -> Any:
    """The reader, imported when it is first used: spaCy takes a second, and what is stored needs none of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from analysis.figures import finder

    return getattr(finder, name)
