"""A finding: one neutral sentence with a number, a badge and the evidence behind it."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.corpus import Side
from analysis.reading import Selected
from analysis.terms.keyness import FEW_ARTICLES

CERTAINTY = {"firm": 1.0, "tentative": 0.5, "too_few": 0.2}
"""Badge -> what the strength of a finding is multiplied by. *firm*: at least FEW_ARTICLES articles a side and an
interval, by article, clear of no difference. *tentative*: exact for these texts, which do not tell how their sides
write. *too_few*: a share of fewer than `voices.FEW_CASES` cases."""

BADGES = tuple(CERTAINTY)


@dataclass(frozen=True)
class Finding:
    """A candidate. `strength` is 0 (no difference) to 1 (all on one side)."""

    kind: str
    finding: str
    value: str
    badge: str
    strength: float
    page: str
    item: str

    @property
    def order(self) -> tuple[float, str]:
        """Sorts the weightiest first: strength times certainty, then the sentence."""
        return -round(self.strength * CERTAINTY[self.badge], 9), self.finding


def texts(selected: Selected, side: Side) -> str:
    """What the numbers are about: one text, these few, or from FEW_ARTICLES on the side's texts."""
    count = articles(selected, side)
    if count == 1:
        return f"this {side.label} text"
    return f"these {count} {side.label} texts" if count < FEW_ARTICLES else f"{side.label} texts"


def articles(selected: Selected, side: Side) -> int:
    """Articles of a side in the selection."""
    return selected.once(_articles)[side.id]


def _articles(selected: Selected) -> dict[str, int]:
    return dict(zip(selected.sizes["side"], selected.sizes["documents"].tolist(), strict=True))


def many_articles(selected: Selected) -> bool:
    """Whether every side has enough articles to say something of the sides."""
    return min(articles(selected, side) for side in selected.sides) >= FEW_ARTICLES
