"""Wordings by which one figure is told to be a part of another, the rest of it, or an item of its list."""

from __future__ import annotations

import re

from analysis.figures.mentions import Mention

_LEAD_IN = (
    r"(?:about\s+|some\s+|at\s+least\s+|up\s+to\s+|nearly\s+|more\s+than\s+"
    r"|the\s+|its\s+|their\s+|these\s+|those\s+|all\s+)*"
)
_PART_BEFORE = re.compile(
    r"\b(?:including|among\s+(?:them|those|whom|the\s+(?:dead|victims|wounded))|of\s+(?:whom|which|them|those|these)"
    rf"|comprising)\s*[,:]?\s+(?:were\s+|was\s+|are\s+|is\s+)?{_LEAD_IN}$",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(
    r"\s*(?:\w+\s+)?(?:of\s+(?:them|whom|which|those|these)\b|(?:were|was|are)\s+(?:also\s+)?among\b)", re.IGNORECASE
)
_NUMBER_OF = re.compile(
    rf"\s+(?:(?:[a-z]+\s+){{0,3}}out\s+of|of)\s+(?:a\s+total\s+of\s+)?{_LEAD_IN}(?:[\w-]+[’']s\s+)?$", re.IGNORECASE
)
_OPENING_OF = re.compile(rf"(?:^|[.;:“\"]\s*|,\s+|\b(?:out|none|most|some|many|few)\s+)of\s+{_LEAD_IN}$", re.IGNORECASE)
_ALL_BUT = re.compile(r"\ball\s+but\s+(?:about\s+|some\s+)?$", re.IGNORECASE)
_LIST = re.compile(
    r"(?:,|\bagainst|\bversus|\band|\bor|\bplus|\bas\s+well\s+as|\balong\s+with)\s+(?:also\s+|another\s+)?(?:the\s+)?$"
)
_GAPPED = re.compile(
    r"(?:,|\band|\bagainst)\s+(?:the\s+\w+\s+|(?:[a-z]+\s+){0,3}(?:[A-Z][\w’'-]+\s+){1,3}(?:[a-z]+\s+)?)$"
)
_COLON = re.compile(r"\s+[\w’'-]+(?:\s+[\w’'-]+){0,4}\s*(?::|,\s+namely)\s+(?:the\s+)?")
_EXCHANGED = re.compile(r"\bin\s+(?:return|exchange)\s+for\s+(?:the\s+|some\s+|about\s+)?$", re.IGNORECASE)


def is_told_a_part(mention: Mention) -> bool:
    """ "Including three children", "five of them": a part of a figure told before."""
    return _PART_BEFORE.search(mention.before()) is not None or _PART_AFTER.match(mention.after()) is not None


def is_number_of(between: str) -> bool:
    """Whether a part and its whole stand on either side: "58 of 103 drones", "90 percent of its 220 missiles"."""
    return _NUMBER_OF.fullmatch(between) is not None


def opens_with_whole(mention: Mention) -> bool:
    """ "Of the 30 drones, 26 were shot down": parts of the figure follow."""
    return _OPENING_OF.search(mention.before()) is not None


def is_rest(mention: Mention) -> bool:
    """ "All but three": the part that is left out."""
    return _ALL_BUT.search(mention.before()) is not None


def goes_on_with_list(between: str) -> bool:
    """Whether what stands between two figures makes them items of one list, also where the verb is left out.

    "Two people in Lipka and one in Orla", "Smith took 41% and Jones 39%".
    """
    return _LIST.search(between) is not None or _GAPPED.search(between) is not None


def opens_list(between: str) -> bool:
    """Whether a total and the first item of its list stand on either side: "five aircraft: three ..."."""
    return _COLON.fullmatch(between) is not None


def is_exchanged(mention: Mention) -> bool:
    """ "In return for 20 captives": those given for others are released as they are."""
    return _EXCHANGED.search(mention.before()) is not None
