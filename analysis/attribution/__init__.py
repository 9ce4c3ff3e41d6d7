"""Who is said to have said what: sources, cues and contents of reported speech."""

from typing import TYPE_CHECKING, Any

from analysis.attribution.record import Attribution

if TYPE_CHECKING:
    from analysis.attribution.reading import find_attributions, may_attribute, read_attributions

__all__ = ["Attribution", "find_attributions", "may_attribute", "read_attributions"]


def __getattr__(name: str) -> Any:
    """The reader, imported when it is first used: spaCy takes a second, and what is stored needs none of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from analysis.attribution import reading

    return getattr(reading, name)
