"""What differs most in a selection, how sure that is, and what a filter changes of it."""

from analysis.brief.changes import changes
from analysis.brief.finding import BADGES
from analysis.brief.findings import MOST, findings, ranked

__all__ = ["BADGES", "MOST", "changes", "findings", "ranked"]
