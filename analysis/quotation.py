"""Stretches of a text that stand between quotation marks, whatever marks the printer used."""

from __future__ import annotations

import re
from dataclasses import dataclass

MARKS = re.compile(r"``|(?<=\S)'(?=''(?!'))|''|[\"“”„«»‘’']")
FAMILY = {"“": "double", "”": "double", "„": "double", '"': "double", "``": "double", "''": "double"}
FAMILY |= {"«": "angle", "»": "angle", "‘": "single", "’": "single", "'": "single"}
OPENS_ONLY = frozenset({"“", "„", "``", "«", "‘"})
CLOSES_ONLY = frozenset({"”", "»"})
ELISIONS = re.compile(r"['’](?:\d\ds?\b|em\b|tis\b|twas\b|til\b|cause\b|n\b)", re.IGNORECASE)
SINGLE_REACH = 600
"""A quotation in single marks longer than this is more likely two stray apostrophes."""


@dataclass(frozen=True)
class Quotation:
    """A quotation with its marks: `text[start:end]`; `closed` is false when the closing mark is missing."""

    start: int
    end: int
    closed: bool
    inner_start: int
    inner_end: int

    def inside(self, offset: int) -> bool:
        """Whether the character at `offset` stands between the marks."""
        return self.start <= offset < self.end


def quotations(paragraph: str, base: int = 0) -> list[Quotation]:
    """Pair the quotation marks of one paragraph.

    An opening mark without its partner holds to the end of the paragraph, as in a quotation that goes on in the
    next one. Quotations inside quotations are not listed. Works in one pass over the marks.

    Args:
        paragraph: text without line breaks; other text works too but pairs over the breaks.
        base: added to all offsets.
    """
    found: list[Quotation] = []
    marks = list(MARKS.finditer(paragraph))
    i = 0
    while i < len(marks):
        if not _can_open(paragraph, marks[i]):
            i += 1
            continue
        j = _closing(paragraph, marks, i)
        closed = j is not None and _can_close(paragraph, marks[j])
        if j is None and FAMILY[marks[i].group()] != "double":
            i += 1
            continue
        inner_end = marks[j].start() if j is not None else len(paragraph)
        end = marks[j].end() if j is not None and closed else inner_end
        found.append(Quotation(base + marks[i].start(), base + end, closed, base + marks[i].end(), base + inner_end))
        i = (j + 1 if closed else j) if j is not None else len(marks)
    return found


def _closing(text: str, marks: list[re.Match[str]], i: int) -> int | None:
    """The mark that ends the quotation opened by mark `i`: its partner, or the next opening mark."""
    family = FAMILY[marks[i].group()]
    for j in range(i + 1, len(marks)):
        mark = marks[j]
        if family == "single" and mark.start() - marks[i].end() > SINGLE_REACH:
            return None
        if FAMILY[mark.group()] != family:
            if family == "single" and FAMILY[mark.group()] == "double":
                return None
            continue
        if _can_close(text, mark) and not (family == "single" and _is_possessive(text, mark)):
            return j
        if family == "double" and _can_open(text, mark):
            return j
    return None


def _can_open(text: str, mark: re.Match[str]) -> bool:
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    if mark.group() in CLOSES_ONLY or not after or after.isspace() or before.isalnum():
        return False
    if FAMILY[mark.group()] == "single":
        opener = not ELISIONS.match(text, mark.start())
        return opener and (after.isalnum() or after in "[(…") and (not before or before in ' \t([—–-“"')
    return mark.group() in OPENS_ONLY or not before or before.isspace() or before in "([{—–-/:;,‘'…."


def _can_close(text: str, mark: re.Match[str]) -> bool:
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    if mark.group() in OPENS_ONLY:
        return mark.group() == "“" and (not after or after.isspace()) and not before.isspace()
    if FAMILY[mark.group()] == "single":
        return not after.isalnum() and not before.isspace() and before not in "“‘"
    return mark.group() in CLOSES_ONLY or not before.isspace() or not after or not after.isalnum()


def _is_possessive(text: str, mark: re.Match[str]) -> bool:
    """Whether the mark is more likely the apostrophe of "the troops' retreat"."""
    follows = text[mark.end() : mark.end() + 2]
    return text[mark.start() - 1] == "s" and len(follows) == 2 and follows[0] == " " and follows[1].islower()
