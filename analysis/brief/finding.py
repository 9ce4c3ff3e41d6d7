"""A finding: one neutral sentence with a number, a badge and the evidence behind it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from analysis.corpus import Side
from analysis.reading import Selected
from analysis.terms.keyness import FEW_ARTICLES
from analysis.voices import FEW_CASES, wilson

CERTAINTY = {"firm": 1.0, "tentative": 0.5, "too_few": 0.2}
"""Badge -> what the strength of a finding is multiplied by. *firm*: at least FEW_ARTICLES articles a side and an
interval, by article, clear of no difference. *tentative*: exact for these texts, which do not tell how their sides
write. *too_few*: a share of fewer than FEW_CASES cases."""

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
    return dict(zip(selected.sizes["side"], selected.sizes["documents"].tolist(), strict=True))[side.id]


def many_articles(selected: Selected) -> bool:
    """Whether every side has enough articles to say something of the sides."""
    return min(articles(selected, side) for side in selected.sides) >= FEW_ARTICLES


def badge(selected: Selected, side: Side, holding: Collection[str], cases: int) -> str:
    """How sure it is that a side differs from the others.

    Args:
        selected: the selection.
        side: the side.
        holding: documents of all sides that show what is counted.
        cases: cases of which the finding tells a share.
    """
    if cases < FEW_CASES:
        return "too_few"
    if not many_articles(selected):
        return "tentative"
    shown = selected.documents[selected.documents["id"].isin(holding)]["side"].value_counts()
    _, low, high = wilson(int(shown.get(side.id, 0)), articles(selected, side))
    others = [wilson(int(shown.get(o.id, 0)), articles(selected, o)) for o in selected.sides if o.id != side.id]
    apart = all(low > above for *_, above in others) or all(high < below for _, below, _ in others)
    return "firm" if apart else "tentative"
