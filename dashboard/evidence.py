"""Passages as they are printed, with what matters in them marked. Everything from a text is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from itertools import pairwise
from typing import Any

import pandas as pd

from dashboard.tables.figures import STATUS
from dashboard.tables.wording import Look, several, words

Mark = tuple[int, int, str]
ENDLESS = re.compile(r"\S{200}(?=\S)")
"""A stretch of a word longer than any of a language."""

ROLES = {
    "match": "match",
    "number": "figure",
    "source": "source",
    "cue": "reporting verb",
    "content": "what is said",
    "name": "name",
    "term": "marking term",
}
"""Mark role -> its word in the key."""

KINDS = {
    "figure": ("Figure", "figure"),
    "claim": ("One quantity", "figure"),
    "only": ("Figures no other side gives", "figure"),
    "status": ("Quantities", "quantity"),
    "contrast": ("Figures that belong together", "figure"),
    "attribution": ("Attribution", "attribution"),
    "voice": ("Voice", "attribution"),
    "nested": ("Voice within another's report", "attribution"),
    "verb": ("Verb", "attribution"),
    "stance": ("Stance", "attribution"),
    "camp": ("Camp", "attribution"),
    "type": ("Kind of source", "attribution"),
    "said": ("Attributions", "attribution"),
    "official": ("Official sources", "attribution"),
    "unnamed": ("Unnamed sources", "attribution"),
    "headlines": ("In headlines", "attribution"),
    "chain": ("A report within a report", "attribution"),
    "term": ("Term", "use"),
    "name": ("Name", "mention"),
    "variant": ("Spelling", "mention"),
    "quote": ("Way of quoting", ""),
    "topic": ("Topic", ""),
    "side": ("Side", ""),
    "document": ("Article", ""),
    "passage": ("Passage", ""),
}
"""Kind of item -> what it is called, and what its evidence counts beside passages."""

NAMED = ("term", "name", "variant", "topic", "status")
"""Kinds whose key is a name to show."""

OF_CAMPS = ("verb", "stance", "camp")
"""Kinds whose key begins with a camp, the name of a country or bloc."""

OF_WORDS = ("term", "name", "variant", "topic", "side", "document", "passage")
"""Kinds whose evidence needs no attributions and figures."""

SHOWN = 10
"""Passages on one page of the panel; more would make a phone scroll for a minute."""


def marked(text: str, marks: Iterable[Mark]) -> str:
    """A text as HTML, each stretch under the roles of all the marks that cover it.

    >>> marked("a <b> c", [(2, 5, "match")])
    'a <mark class="match">&lt;b&gt;</mark> c'
    """
    spans = [(max(start, 0), min(end, len(text)), role) for start, end, role in marks]
    spans = [span for span in spans if span[0] < span[1]]
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for start, end, role in spans:
        opens.setdefault(start, []).append(role)
        closes.setdefault(end, []).append(role)
    parts: list[str] = []
    active: list[str] = []
    at = 0
    for cut in sorted({*opens, *closes, len(text)}):
        parts.append(_stretch(text[at:cut], active))
        for role in closes.get(cut, ()):
            active.remove(role)
        active += opens.get(cut, ())
        at = cut
    return "".join(parts)


def _stretch(text: str, roles: list[str]) -> str:
    if not text or not roles:
        return _printed(text)
    return f'<mark class="{escape(" ".join(sorted(set(roles))))}">{_printed(text)}</mark>'


def _printed(text: str) -> str:
    """A text as HTML; an endless word may be broken, because a browser hangs on laying it out in one."""
    ends = [0, *(found.end() for found in ENDLESS.finditer(text)), len(text)]
    return "<wbr>".join(escape(text[start:end]) for start, end in pairwise(ends))


def key(roles: Iterable[str]) -> str:
    """The key to the marks, as HTML."""
    used = [role for role in ROLES if role in set(roles)]
    return "".join(f'<span><mark class="{role}">{ROLES[role]}</mark></span> ' for role in used)


def place(field: str, paragraph: int) -> str:
    """Where in the article a passage stands."""
    return "headline" if field == "title" else f"paragraph {paragraph}"


def card(row: Any, look: Look, title: bool, here: bool = False) -> str:
    """One passage with its side, outlet, date and place, as HTML; with the article's title where asked.

    `here` sets the passage off that a link leads to.
    """
    label, color = look[row.side]
    day = f"{row.date}" if row.date else "no date"
    head = (
        f'<span class="side" style="--side:{escape(color)}">{escape(label)}</span> '
        f"{escape(row.outlet)} · {escape(day)} · {place(row.field, row.paragraph)}"
    )
    above = f"<h3>{escape(row.title)}</h3>" if title else ""
    return (
        f'{above}<article class="passage{" here" if here else ""}" style="--side:{escape(color)}">'
        f"<header>{head}</header><p>{marked(row.text, row.marks)}</p></article>"
    )


def citation(row: Any, link: str, corpus: str) -> str:
    """One passage as plain text to cite: outlet, title, date, place, link to the evidence, corpus hash."""
    day = f"{row.date}" if row.date else "no date"
    title = " ".join(str(row.title).split())
    where = place(row.field, row.paragraph)
    return f"{row.outlet}, “{title}”, {day}, {where}. {link} (Parallax, corpus {corpus})"


def heading(item: str, look: Look) -> str:
    """What an item is, in words."""
    kind, _, key = item.partition(":")
    side, _, rest = key.partition("|") if "|" in key else (key, "", "")
    name = KINDS.get(kind, (kind, ""))[0]
    if kind in NAMED:
        return f"{name}: {STATUS.get(key, words(key))}"
    if side in look:
        first, *others = words(rest).split("|")
        told = " · ".join([first.title() if kind in OF_CAMPS else first, *others])
        return f"{name}{': ' if rest else ''}{told} ({look[side][0]})"
    return name


def is_of_words(item: str) -> bool:
    """Whether an item's evidence is there before attributions and figures are read, or is of no known kind."""
    kind = item.partition(":")[0]
    return kind in OF_WORDS or kind not in KINDS


def counted(passages: pd.DataFrame, item: str) -> str:
    """How much an item's evidence is: the things counted, and the passages they stand in."""
    where = several(len(passages), "passage")
    things = {thing for own in passages["things"] for thing in own}
    noun = KINDS.get(item.partition(":")[0], ("", ""))[1]
    return f"{several(len(things), noun)} in {where}" if noun else where


def summary(passages: pd.DataFrame, shown: pd.DataFrame, item: str, look: Look) -> str:
    """What an item is, how much its evidence is, which part of it is shown, and the key to its marks, as HTML."""
    roles = {role for marks in shown["marks"] for _, _, role in marks}
    part = f", {shown.index[0] + 1:,} to {shown.index[-1] + 1:,} shown" if len(shown) < len(passages) else ""
    return (
        f'<p class="what">{escape(heading(item, look))}</p><p class="note" data-passages="{len(passages)}">'
        f"{counted(passages, item)}{part} {key(roles)}</p>"
    )


def page_of(passages: pd.DataFrame, passage: str) -> int:
    """The page of the panel, from 1, that shows a passage; the first where it is not among them."""
    found = passages.index[passages["passage"] == passage]
    return int(found[0]) // SHOWN + 1 if len(found) else 1


def lines(table: pd.DataFrame, look: Look) -> str:
    """Lines of a term as HTML, the words before and after it set against it; columns of `concordance.concordance`."""
    body = "".join(_line(row, *look[row["side"]]) for _, row in table.iterrows())
    return f'<div class="lines" role="group" aria-label="Lines of the term" tabindex="0">{body}</div>'


def _line(row: pd.Series, label: str, color: str) -> str:
    day = f" · {words(row['date'])}".removesuffix(" · ")
    before, match, after = (escape(" ".join(row[name].split())) for name in ("left", "match", "right"))
    return (
        f'<p><span class="side" style="--side:{escape(color)}">{escape(label)}</span>'
        f"<cite>{escape(row['outlet'])}{escape(day)}</cite>"
        f'<span class="before"><bdi>{before}</bdi></span><mark class="match">{match}</mark><span>{after}</span></p>'
    )
