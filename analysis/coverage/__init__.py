"""What the sides' texts have in common, and what one side has and another lacks."""

from analysis.coverage.absences import coverage, listed
from analysis.coverage.alignment import aligned
from analysis.coverage.comparability import comparability
from analysis.coverage.inverse import prepare

__all__ = ["aligned", "comparability", "coverage", "listed", "prepare"]
