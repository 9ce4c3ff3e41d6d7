"""Passages as they are printed, with what matters in them marked. Everything from a text is escaped."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from html import escape
from typing import Any

import pandas as pd

from dashboard.tables.wording import Look, words

Mark = tuple[int, int, str]

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

SHOWN = 20
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
        return escape(text)
    return f'<mark class="{escape(" ".join(sorted(set(roles))))}">{escape(text)}</mark>'


def key(roles: Iterable[str]) -> str:
    """The key to the marks, as HTML."""
    used = [role for role in ROLES if role in set(roles)]
    return "".join(f'<span><mark class="{role}">{ROLES[role]}</mark></span> ' for role in used)


def place(field: str, paragraph: int) -> str:
    """Where in the article a passage stands."""
    return "headline" if field == "title" else f"paragraph {paragraph}"


def card(row: pd.Series, look: Look, title: bool) -> str:
    """One passage with its side, outlet, date and place, as HTML; with the article's title where asked."""
    label, color = look[row["side"]]
    day = f"{row['date']}" if row["date"] else "no date"
    head = (
        f'<span class="side" style="--side:{escape(color)}">{escape(label)}</span> '
        f"{escape(row['outlet'])} · {escape(day)} · {place(row['field'], row['paragraph'])}"
    )
    above = f"<h3>{escape(row['title'])}</h3>" if title else ""
    return (
        f'{above}<article class="passage" style="--side:{escape(color)}"><header>{head}</header>'
        f"<p>{marked(row['text'], row['marks'])}</p></article>"
    )


def panel(passages: pd.DataFrame | None, look: Look, first: int = 0) -> str:
    """The passages behind an item as HTML, at most `SHOWN` from number `first` on."""
    if passages is None:
        return '<p class="note">Nothing of this is left with the filters as they are now.</p>'
    shown = passages.iloc[first : first + SHOWN]
    roles = {role for marks in shown["marks"] for _, _, role in marks}
    count = f"{len(passages):,} passage{'' if len(passages) == 1 else 's'}"
    if len(passages) > SHOWN:
        count += f", {first + 1} to {first + len(shown)} shown"
    first_of_article = ~shown["document"].duplicated()
    cards = zip(shown.iterrows(), first_of_article, strict=True)
    return f'<p class="note" data-passages="{len(passages)}">{count} {key(roles)}</p>' + "".join(
        card(row, look, title) for (_, row), title in cards
    )


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


def layers(
    figures: pd.DataFrame | None, attributions: pd.DataFrame | None, found: Mapping[str, pd.DataFrame]
) -> dict[tuple[str, str], list[Mark]]:
    """Marks of each (document, field) from the readers' tables; `found` maps a role to plain stretches."""
    marks: dict[tuple[str, str], list[Mark]] = {}
    plain = {**found, **({"number": figures} if figures is not None else {})}
    for role, table in plain.items():
        for document, field, start, end in _columns(table, "document", "field", "start", "end"):
            marks.setdefault((document, field), []).append((start, end, role))
    if attributions is not None:
        for document, field, *roles in _columns(attributions, "document", "field", "source", "cue", "content"):
            own = marks.setdefault((document, field), [])
            for role, spans in zip(("source", "cue", "content"), roles, strict=True):
                own += [(start, end, role) for start, end in spans]
    return marks


def _columns(table: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(table[name] for name in names), strict=True)


def alone(coverage: pd.DataFrame) -> set[str]:
    """Ids of the passages that no passage of another side is like."""
    return {passage for ids in coverage.loc[coverage["kind"] == "passage", "evidence"] for passage in ids}


def article(
    passages: pd.DataFrame, marks: Mapping[tuple[str, str], list[Mark]], look: Look, alone: Container[str] = ()
) -> str:
    """A whole article as HTML, paragraphs numbered, passages outside the selection faded, lone ones labelled."""
    first = passages.iloc[0]
    label, color = look[first["side"]]
    day = f" · {first['date']}" if first["date"] else ""
    head = f'<span class="side" style="--side:{escape(color)}">{escape(label)}</span> {escape(first["outlet"])}{day}'
    body = "".join(_paragraph(row, marks, row["id"] in alone) for _, row in passages.iterrows())
    return f'<div class="article" style="--side:{escape(color)}"><header class="note">{head}</header>{body}</div>'


def _paragraph(row: pd.Series, marks: Mapping[tuple[str, str], list[Mark]], alone: bool) -> str:
    start, end = row["start"], row["end"]
    own = marks.get((row["document"], row["field"]), [])
    inside = [(a - start, b - start, role) for a, b, role in own if a < end and b > start]
    text = marked(row["text"], inside)
    state = "" if row["chosen"] else ' class="outside" title="Outside the filters"'
    state = ' class="alone"' if alone else state
    note = "<i>no counterpart</i>" if alone else ""
    if row["field"] == "title":
        return f"<h3{state}>{text}{note}</h3>"
    return f"<p{state}><b>{row['paragraph']}</b><span>{text}{note}</span></p>"
