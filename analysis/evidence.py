"""The passages behind an item: whatever a reader picks on a page leads here and nowhere else.

An item is a short string, `kind:key`, that links can hold. The kinds:

=============  ==================================  =====================================================
kind           key                                 evidence
=============  ==================================  =====================================================
figure         figure id                           its sentence's passage, the figure marked
claim          id of any of its figures            every figure of the claim
only           side id                             every figure of the claims only that side makes
status         status of a claim                   every figure of the claims of that status
contrast       contrast id                         both figures of the contrast
attribution    attribution id                      source, cue and content marked
voice          side | name                         every attribution the narrator makes to the voice there
nested         side | name                         every one that another voice makes to it
verb           side | cue lemma                    every attribution with that verb
verb           side | camp | cue lemma             those to the camp's sources
stance         side | stance                       every attribution of that stance
stance         side | camp | stance                those to the camp's sources
camp           side | camp                         every attribution to the camp's sources
type           side | source type                  every attribution to sources of the type
said           side id                             every attribution the narrator makes
official       side id                             those to sources that speak for a state
unnamed        side id                             those to sources without a name
headlines      side id                             those in a headline
chain          id of the inner attribution         it and the one it stands in
quote          side | direct, mixed, indirect or   the passages where that is the fullest quotation
               unattributed
term           term                                each occurrence marked
name           entity                              each mention in any spelling marked
variant        printed form                        each mention in that spelling marked
topic          topic id                            the topic's passages
side           side id                             the side's passages
document       document id                         the article's passages
passage        passage id                          the passage
=============  ==================================  =====================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from analysis.attribution.kinds import official_types
from analysis.concordance import occurrences
from analysis.reading import Selected
from analysis.topics import NO_TOPIC
from analysis.voiced import voice_of
from analysis.voices import fullest_quotes, linked

COLUMNS = [
    "passage",
    "document",
    "side",
    "outlet",
    "date",
    "title",
    "field",
    "paragraph",
    "start",
    "text",
    "marks",
    "things",
]


PLACE = ("document", "field", "start", "end")
"""Where a passage or a finding stands."""


@dataclass(frozen=True)
class Mark:
    """A stretch of a document's field to show, and why: match, number, source, cue or content.

    `thing` is the figure or attribution it belongs to, which may have several stretches; empty for a thing of its own.
    """

    document: str
    field: str
    start: int
    end: int
    role: str
    thing: str = ""


def evidence(selected: Selected, item: str) -> pd.DataFrame:
    """The passages of the selection behind an item, in corpus order.

    Columns: passage, document, side, outlet, date, title, field, paragraph, start (of the passage), text
    (the passage, verbatim), marks (tuple of (start, end, role), offsets into `text`), things (tuple of what is
    counted: figures, attributions or uses; one that runs over two passages stands in both).

    Raises:
        KeyError: the item's kind or key is unknown in this selection.
    """
    kind, _, key = item.partition(":")
    if kind in FINDERS:
        marks = list(FINDERS[kind](selected, key))
        if not marks:
            raise KeyError(item)
        return _marked(selected, marks)
    if kind not in CHOOSERS:
        raise KeyError(item)
    chosen = selected.passages[CHOOSERS[kind](selected, key)]
    if chosen.empty:
        raise KeyError(item)
    return _shown(selected, chosen, {})


def _figure(selected: Selected, key: str) -> Iterable[Mark]:
    return _figure_marks(selected, [key])


def _claim(selected: Selected, key: str) -> Iterable[Mark]:
    claims = selected.ledger.claims
    for sides in claims["figures"]:
        held = [figure for ids in sides.values() for figure in ids]
        if key in held:
            yield from _figure_marks(selected, held)


def _only(selected: Selected, key: str) -> Iterable[Mark]:
    claims = selected.ledger.claims
    held = [sides.get(key, []) for sides in claims.loc[claims["status"] == "one_side", "figures"]]
    return _figure_marks(selected, [figure for ids in held for figure in ids])


def _status(selected: Selected, key: str) -> Iterable[Mark]:
    claims = selected.ledger.claims
    own = claims[claims["status"] == key]
    claim_of = {
        figure: claim
        for claim, sides in zip(own["id"], own["figures"], strict=True)
        for ids in sides.values()
        for figure in ids
    }
    order = {claim: place for place, claim in enumerate(own["id"])}
    marks = [replace(mark, thing=claim_of[mark.thing]) for mark in _figure_marks(selected, list(claim_of))]
    return sorted(marks, key=lambda mark: order[mark.thing])


def _contrast(selected: Selected, key: str) -> Iterable[Mark]:
    contrasts = selected.ledger.contrasts
    for row in contrasts[contrasts["id"] == key].itertuples():
        yield from _figure_marks(selected, [row.a, row.b])


def _figure_marks(selected: Selected, ids: list[str]) -> Iterable[Mark]:
    figures = selected.figures
    for document, field, start, end, own in _rows(figures[figures["id"].isin(ids)], *PLACE, "id"):
        yield Mark(document, field, start, end, "number", own)


def _attribution(selected: Selected, key: str) -> Iterable[Mark]:
    said = selected.attributions
    return _attribution_marks(said[said["id"] == key])


def _voice(selected: Selected, key: str, level: int = 1) -> Iterable[Mark]:
    side, _, name = key.partition("|")
    said = selected.attributions
    own = said[(said["side"] == side) & (said["level"] == level)]
    return _attribution_marks(own[[voice == name for voice in voice_of(own)]])


def _nested(selected: Selected, key: str) -> Iterable[Mark]:
    return _voice(selected, key, level=2)


def _narrated(selected: Selected, side: str) -> pd.DataFrame:
    said = selected.attributions
    return said[(said["side"] == side) & (said["level"] == 1)]


def _by_column(column: str) -> Callable[[Selected, str], Iterable[Mark]]:
    def marks(selected: Selected, key: str) -> Iterable[Mark]:
        side, _, wanted = key.partition("|")
        camp, _, value = wanted.rpartition("|")
        own = _narrated(selected, side)
        own = own[own["camp"] == camp] if camp else own
        return _attribution_marks(own[own[column] == value])

    return marks


def _said(selected: Selected, key: str) -> Iterable[Mark]:
    return _attribution_marks(_narrated(selected, key))


def _official(selected: Selected, key: str) -> Iterable[Mark]:
    own = _narrated(selected, key)
    return _attribution_marks(own[own["source_type"].isin(official_types())])


def _unnamed(selected: Selected, key: str) -> Iterable[Mark]:
    own = _narrated(selected, key)
    return _attribution_marks(own[own["source_naming"] == "unnamed"])


def _headlines(selected: Selected, key: str) -> Iterable[Mark]:
    own = _narrated(selected, key)
    return _attribution_marks(own[own["field"] == "title"])


def _chain(selected: Selected, key: str) -> Iterable[Mark]:
    said = selected.attributions
    article = said[said["document"].isin(said.loc[said["id"] == key, "document"])]
    links = linked(article)
    links = links[links["attribution"] == key]
    return _attribution_marks(article[article["id"].isin({*links["attribution"], *links["outer_attribution"]})])


def _quoted(selected: Selected, key: str) -> pd.Series:
    side, _, quote = key.partition("|")
    return (selected.passages["side"] == side) & (fullest_quotes(selected) == quote)


def _attribution_marks(said: pd.DataFrame) -> Iterable[Mark]:
    roles = ("source", "cue", "content")
    for document, field, own, *stretches in _rows(said, "document", "field", "id", *roles):
        for role, spans in zip(roles, stretches, strict=True):
            for start, end in spans:
                yield Mark(document, field, start, end, role, own)


def _term(selected: Selected, key: str) -> Iterable[Mark]:
    found = occurrences(selected.reading.counts, key, selected.passages.index)
    for document, field, start, end in _rows(found, *PLACE):
        yield Mark(document, field, start, end, "match")


def _name(selected: Selected, key: str) -> Iterable[Mark]:
    return _name_marks(selected, "entity", key)


def _variant(selected: Selected, key: str) -> Iterable[Mark]:
    return _name_marks(selected, "name", key)


def _name_marks(selected: Selected, column: str, key: str) -> Iterable[Mark]:
    found = selected.mentions
    for document, field, start, end in _rows(found[found[column] == key], *PLACE):
        yield Mark(document, field, start, end, "match")


def _of_topic(selected: Selected, key: str) -> pd.Series:
    return selected.passages["topics"].map(lambda topics: key in (topics or (NO_TOPIC,)))


def _of_side(selected: Selected, key: str) -> pd.Series:
    return selected.passages["side"] == key


def _of_document(selected: Selected, key: str) -> pd.Series:
    return selected.passages["document"] == key


def _of_id(selected: Selected, key: str) -> pd.Series:
    return selected.passages["id"] == key


FINDERS: dict[str, Callable[[Selected, str], Iterable[Mark]]] = {
    "figure": _figure,
    "claim": _claim,
    "only": _only,
    "status": _status,
    "contrast": _contrast,
    "attribution": _attribution,
    "voice": _voice,
    "nested": _nested,
    "verb": _by_column("cue_lemma"),
    "stance": _by_column("stance"),
    "camp": _by_column("camp"),
    "type": _by_column("source_type"),
    "said": _said,
    "official": _official,
    "unnamed": _unnamed,
    "headlines": _headlines,
    "chain": _chain,
    "term": _term,
    "name": _name,
    "variant": _variant,
}
"""Kinds whose evidence is marked stretches of text."""

CHOOSERS: dict[str, Callable[[Selected, str], pd.Series]] = {
    "quote": _quoted,
    "topic": _of_topic,
    "side": _of_side,
    "document": _of_document,
    "passage": _of_id,
}
"""Kinds whose evidence is whole passages."""


def _marked(selected: Selected, marks: list[Mark]) -> pd.DataFrame:
    """The passages that hold any of the marks, cut where a mark runs over a passage's end."""
    by_field: dict[tuple[str, str], list[Mark]] = {}
    for mark in marks:
        by_field.setdefault((mark.document, mark.field), []).append(mark)
    inside: dict[str, list[tuple[int, int, Mark]]] = {}
    near = selected.passages[selected.passages["document"].isin({mark.document for mark in marks})]
    for document, field, first, last, passage in _rows(near, *PLACE, "id"):
        for mark in by_field.get((document, field), ()):
            start, end = max(mark.start, first), min(mark.end, last)
            if start < end:
                inside.setdefault(passage, []).append((start - first, end - first, mark))
    return _shown(selected, near[near["id"].isin(inside)], inside)


def _shown(selected: Selected, passages: pd.DataFrame, marks: dict[str, list[tuple[int, int, Mark]]]) -> pd.DataFrame:
    rows = []
    columns = (*PLACE, "id", "side", "outlet", "date", "paragraph")
    for name, field, start, end, passage, side, outlet, date, paragraph in _rows(passages, *columns):
        document = selected.corpus.document(name)
        own = marks.get(passage, ())
        shown = tuple(sorted({(start, end, mark.role) for start, end, mark in own}))
        things = tuple(dict.fromkeys(mark.thing or f"{mark.document}:{mark.field}:{mark.start}" for _, _, mark in own))
        text = getattr(document, field)[start:end]
        about = (passage, name, side, outlet, date, document.title)
        rows.append((*about, field, paragraph, start, text, shown, things))
    return pd.DataFrame(rows, columns=COLUMNS)


def _rows(table: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a few columns: reading whole rows of a wide table takes most of the time of a lookup."""
    return zip(*(table[name].tolist() for name in names), strict=True)
