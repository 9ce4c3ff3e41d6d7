"""Articles as they are printed, side by side: their marks, counterparts, and where in them what stands, as HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd

from dashboard.evidence import Mark, marked, place
from dashboard.kept import kept
from dashboard.tables.wording import Look, rows, several

LAYERS = {
    "figures": ("number", "figure"),
    "voices": ("cue", "attribution"),
    "names": ("name", "mention"),
    "terms": ("term", "term"),
}
"""Layer -> the mark that stands for it, and what it counts."""

COUNTERPARTS = "⇄ leads to the passage of another side that says much the same; a shaded passage has none."
"""What the layer of counterparts shows."""

HEADLINE = 0.1
"""Part of the strip that stands for the headline."""

ZONES = {"lead": 0.25, "middle": 0.75, "tail": 1.0}
"""Part of an article -> where it ends, as a share of the text: readers who stop early see its first quarter."""

Marks = Mapping[tuple[str, str], list[Mark]]


@dataclass(frozen=True)
class Shown:
    """How passages are to be shown: `met` holds (words, address) of counterparts, `alone` those without one."""

    met: Mapping[str, list[tuple[str, str]]] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()
    here: str = ""


@kept
def layers(found: Mapping[str, pd.DataFrame]) -> dict[tuple[str, str], list[Mark]]:
    """Marks of each (document, field) from the tables of LAYERS, attributions as source, cue and content."""
    marks: dict[tuple[str, str], list[Mark]] = {}
    for layer, table in found.items():
        role = LAYERS[layer][0]
        for row in rows(table):
            own = marks.setdefault((row.document, row.field), [])
            if layer == "voices":
                own += [(*span, part) for part in ("source", "cue", "content") for span in getattr(row, part)]
            else:
                own.append((row.start, row.end, role))
    return marks


def shown(aligned: pd.DataFrame, open_: Mapping[str, str], look: Look, away: Callable[[str], str], here: str) -> Shown:
    """How the passages of the open articles are to be shown, from the rows of `analysis.coverage.aligned`.

    Args:
        aligned: the alignment of the open articles.
        open_: passage id -> where it stands, of the articles on the screen.
        look: the sides.
        away: the address that leads to a passage of another article.
        here: the passage the reader came to see.
    """
    met: dict[str, list[tuple[str, str]]] = {}
    for row in rows(aligned[aligned["state"] == "matched"]):
        where = open_.get(row.other)
        told = f"{look[row.other_side][0]}, {where or 'another article'}"
        met.setdefault(row.passage, []).append((told, f"#{anchor(row.other)}" if where else away(row.other)))
    lone = set(aligned.loc[aligned["state"] == "unmatched", "passage"]) - set(met)
    return Shown(met, frozenset(lone), here)


def anchor(passage: str) -> str:
    """The HTML id of a passage."""
    return f"p-{passage}"


def article(passages: pd.DataFrame, marks: Marks, look: Look, how: Shown) -> str:
    """A whole article, paragraphs numbered, passages outside the selection faded, lone ones tinted and labelled."""
    first = passages.iloc[0]
    label, color = look[first["side"]]
    day = f" · {first['date']}" if first["date"] else ""
    head = f'<span class="side" style="--side:{escape(color)}">{escape(label)}</span> {escape(first["outlet"])}{day}'
    body = "".join(_passage(row, marks, how) for row in rows(passages))
    return (
        f'<div class="article" style="--side:{escape(color)}" role="region" tabindex="0" '
        f'aria-label="{escape(label)}: {escape(first["outlet"])}"><header class="note">{head}</header>{body}</div>'
    )


def _passage(row: Any, marks: Marks, how: Shown) -> str:
    """One passage with its marks, and after it what is to be said of it."""
    own = marks.get((row.document, row.field), [])
    text = marked(
        row.text, [(a - row.start, b - row.start, role) for a, b, role in own if a < row.end and b > row.start]
    )
    alone = row.id in how.alone and row.chosen
    states = {"outside": not row.chosen, "alone": alone, "here": row.id == how.here}
    kind = " ".join(state for state, holds in states.items() if holds)
    notes = ["<i>no counterpart</i>"] if alone else []
    notes += [
        f'<a class="met" href="{escape(address)}" target="_self">⇄ {escape(told)}</a>'
        for told, address in how.met.get(row.id, ())
    ]
    title = ' title="Outside the filters"' if not row.chosen else ""
    opened = f'id="{escape(anchor(row.id))}" class="{kind}"{title}'
    if row.field == "title":
        return f"<h2 {opened}>{text}{''.join(notes)}</h2>"
    return f"<p {opened}><b>{row.paragraph}</b><span>{text} {' '.join(notes)}</span></p>"


@kept
def strip(passages: pd.DataFrame, found: Mapping[str, pd.DataFrame]) -> str:
    """Where in an article what stands: a line a layer with a tick a thing, over parts that lead to their passages."""
    document = passages["document"].iloc[0]
    length = max(int(passages.loc[passages["field"] == "text", "end"].max() or 1), 1)
    ticks = {name: [_across(*at, length) for at in _starts(name, table, document)] for name, table in found.items()}
    lines = "".join(_line(name, at) for name, at in ticks.items())
    zones, outlet = _zones(passages, ticks, length), escape(passages["outlet"].iloc[0])
    return f'<div class="strip">{lines}<nav aria-label="Parts of the article of {outlet}">{zones}</nav></div>'


def _starts(layer: str, table: pd.DataFrame, document: str) -> Iterable[tuple[str, int]]:
    """(field, offset) of each thing of an article."""
    for row in rows(table[table["document"] == document]):
        spans = [*row.cue, *row.source, *row.content] if layer == "voices" else [(row.start, row.end)]
        yield row.field, min(start for start, _ in spans)


def _across(at: str, start: int, length: int) -> float:
    """How far to the right of the strip an offset stands, 0 to 1."""
    return HEADLINE / 2 if at == "title" else HEADLINE + (1 - HEADLINE) * min(start / length, 1.0)


def _line(layer: str, ticks: list[float]) -> str:
    role, noun = LAYERS[layer]
    marks = "".join(f'<i class="{role}" style="left:{100 * at:.1f}%"></i>' for at in ticks)
    return f'<p class="line"><span>{several(len(ticks), noun)}</span><span>{marks}</span></p>'


def _zones(passages: pd.DataFrame, ticks: Mapping[str, list[float]], length: int) -> str:
    """The parts of the article as links to the first passage of each."""
    starts = [_across(row.field, row.start, length) for row in rows(passages)]
    ends = {"headline": HEADLINE} | {name: HEADLINE + (1 - HEADLINE) * end for name, end in ZONES.items()}
    parts, begin = [], 0.0
    for zone, end in ends.items():
        first = next((row.id for row, at in zip(rows(passages), starts, strict=True) if begin <= at < end), None)
        held = [several(sum(begin <= at < end for at in own), LAYERS[name][1]) for name, own in ticks.items()]
        link = f' href="#{escape(anchor(first))}" target="_self"' if first else ""
        told = f"{zone}: {', '.join(held)}" if held else zone
        label = "head" if zone == "headline" else zone
        parts.append(
            f'<a style="width:{100 * (end - begin):.1f}%"{link} aria-label="{told}" title="{told}">{label}</a>'
        )
        begin = end
    return "".join(parts)


@kept
def places(passages: Iterable[pd.DataFrame]) -> dict[str, str]:
    """Where each passage of some articles stands, by its id."""
    return {row.id: place(row.field, row.paragraph) for table in passages for row in rows(table)}
