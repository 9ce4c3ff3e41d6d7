"""The filter bar: sides, topics, outlets, dates and free text, the same on every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.corpus import Corpus
from analysis.selection import Selection
from analysis.topics import NO_TOPIC
from dashboard import cached, links, saved_views, view

QUANTITIES = 100
"""Quantities to choose from: a corpus of ten thousand articles has thousands, which nobody reads through."""


def bar(page: str) -> DeltaGenerator:
    """Draw the filters and return their row; their values live in the session state under the names links use."""
    corpus = cached.corpus()
    row = st.container(key="filters", horizontal=True, vertical_alignment="bottom", gap="small")
    with row:
        _topics(corpus)
        st.multiselect(
            "Sides",
            [side.id for side in corpus.sides],
            format_func=lambda side: corpus.side(side).label,
            placeholder="All sides",
            select_all=False,
            width=190,
            **_stored("side"),
        )
        st.text_input(
            "Words in the passage",
            placeholder="Any text",
            max_chars=view.LONGEST_TEXT,
            width=180,
            **_stored("text"),
        )
        with st.popover(_more_label(), icon=":material/tune:"):
            _more(corpus)
        st.button("Reset filters", icon=":material/restart_alt:", on_click=links.reset, type="tertiary")
        with st.popover("Copy link", icon=":material/link:", key="copy-link", on_change="rerun") as opened:
            if opened.open:
                st.text("This link shows exactly this view, on exactly this corpus.")
                st.code(links.address(page, corpus), language=None, wrap_lines=True)
                saved_views.form(page, corpus)
    return row


def selection() -> Selection:
    """What the reader chose."""
    state = st.session_state
    since, until = state.get("since"), state.get("until")
    return Selection(
        sides=tuple(state.get("side", ())),
        topics=tuple(state.get("topic", ())),
        outlets=tuple(state.get("outlet", ())),
        since=since,
        until=until,
        text=(state.get("text") or "").strip(),
    )


def pills(key: str) -> list[str]:
    """A page's option of which many may be chosen."""
    option = view.OPTIONS[key]
    return list(st.pills(option.label, list(option.choices), format_func=option.choices.__getitem__,
                         selection_mode="multi", **_stored(key)))  # fmt: skip


def choice(key: str) -> str:
    """A page's option of which one is chosen."""
    option = view.OPTIONS[key]
    return str(st.segmented_control(option.label, list(option.choices), format_func=option.choices.__getitem__,
                                    required=True, **_stored(key)))  # fmt: skip


def quantity(labels: Mapping[str, str]) -> str:
    """The quantity to follow over time: key -> label, the first unless another was chosen.

    The list holds the first QUANTITIES, and the one that the address asks for. That one stays chosen while articles are
    still being read: it may be in those to come.
    """
    first, wanted = next(iter(labels)), st.session_state.get("quantity", "")
    listed = dict(islice(labels.items(), QUANTITIES))
    to_come = wanted and wanted not in labels and cached.part()
    if to_come:
        listed = {wanted: "Not read so far", **listed}
        st.text(
            f"With {to_come} read so far the quantity asked for has no claims on several days; the first one is shown."
        )
    elif wanted in labels:
        listed[wanted] = labels[wanted]
    else:
        st.session_state["quantity"] = first
        if wanted:
            st.text("The quantity asked for has no claims on several days here; the first one is shown.")
    label = view.OPTIONS["quantity"].label
    chosen = st.selectbox(label, list(listed), format_func=listed.__getitem__, width=420, **_stored("quantity"))
    if len(labels) > QUANTITIES:
        st.html(
            f'<p class="note">The list holds the first {QUANTITIES} of {len(labels):,} quantities, those of several '
            "sides before those of one, the most frequent first. With topics or words in the passage it has others.</p>"
        )
    return first if to_come and chosen == wanted else str(chosen)


def search(key: str, label: str, placeholder: str) -> str:
    """A page's search box."""
    return str(
        st.text_input(label, placeholder=placeholder, max_chars=view.LONGEST_TEXT, width=200, **_stored(key)) or ""
    ).strip()


def documents() -> list[str]:
    """The articles to read, one a side, from what the selection leaves; a choice where a side has several.

    `document` in the session state holds what was chosen, the article first that the others are to go with.
    """
    state = st.session_state
    there = [links.passage().rpartition(":")[0]] if links.passage() else []
    shown = cached.pair(selection(), wanted=(*there, *state["document"]))
    leader = next((document for document in (*there, *state["document"]) if document in shown), shown[0])
    labels = cached.choices(selection(), leader=leader)
    sides = [cached.corpus().document(document).side for document in shown]
    for column, side, document in zip(st.columns(len(shown), gap="large"), sides, shown, strict=True):
        if len(labels[side]) > 1:
            with column:
                _article(side, labels[side], document, leader)
    return shown


def _article(side: str, labels: dict[str, str], shown: str, leader: str) -> None:
    """The choice of a side's article: the leading side's takes its best partners along, another's stays beside it."""
    key = f"article-{side}"
    st.session_state[key] = shown
    leads = shown == leader

    def choose() -> None:
        links.go("")
        others = [document for document in st.session_state["document"] if document not in labels and not leads]
        chosen = [st.session_state[key]] if leads else [leader, *others, st.session_state[key]]
        st.session_state["document"] = list(dict.fromkeys(chosen))

    def lead() -> None:
        links.go("")
        st.session_state["document"] = [shown]

    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        told = "Article, the others go with it" if leads else "Article, the best match first"
        options = list(dict.fromkeys([*labels, shown]))
        st.selectbox(told, options, format_func=lambda document: labels.get(document, document), key=key,
                     on_change=choose)  # fmt: skip
        if not leads:
            st.button("Match others to it", key=f"lead-{side}", on_click=lead, type="tertiary")


def target() -> tuple[str, str | None]:
    """The side looked at, and the one it is compared with (None: all others), for a contrast of terms."""
    corpus = cached.corpus()
    held = cached.sizes(selection())
    present = list(held.loc[held["passages"] > 0, "side"])
    if len(present) <= 2:
        return present[0] if present else "", present[1] if len(present) == 2 else None
    wanted = st.session_state.get("target")
    if wanted not in present:
        st.session_state["target"] = present[0]
    st.selectbox(
        "Side looked at", present, format_func=lambda side: corpus.side(side).label, width=200, **_stored("target")
    )
    return str(st.session_state["target"]), None


@dataclass(frozen=True)
class Contrast:
    """A contrast of terms as the reader asks for it; `measure` is its id, `named` its name."""

    target: str
    reference: str | None
    measure: str
    named: str
    lengths: tuple[int, ...]
    top: int
    kind: str
    compare: str
    find: str


def contrast() -> Contrast:
    """The options of a contrast of terms."""
    with st.container(horizontal=True):
        measure, ngrams = choice("measure"), choice("ngrams")
        top, kind, compare = choice("top"), choice("class"), choice("compare")
        find = search("find", "Terms with", "Any word")
        lengths = tuple(range(int(ngrams[0]), int(ngrams[2]) + 1))
        named = view.OPTIONS["measure"].choices[measure]
        return Contrast(*target(), measure, named, lengths, int(top), kind, compare, find)


def terms(asked: Contrast) -> pd.DataFrame:
    """The terms of a contrast; no rows where only one side is left."""
    held = cached.sizes(selection())
    if (held["passages"] > 0).sum() < 2:
        return pd.DataFrame()
    return cached.keyness(
        selection(), target=asked.target, reference=asked.reference, measure=asked.measure, ngrams=asked.lengths,
        inside_topics=asked.compare == "inside_topics", kind=asked.kind, find=asked.find,
    )  # fmt: skip


def describe() -> str:
    """The selection in words."""
    part = cached.part()
    return selection().describe(cached.corpus()) + (f"; attributions and figures of {part}" if part else "")


def _topics(corpus: Corpus) -> None:
    labels = {topic.id: topic.label for topic in corpus.topics} | {NO_TOPIC: "No topic"}
    st.multiselect(
        "Topics",
        list(labels),
        format_func=lambda topic: labels[topic],
        placeholder="All topics",
        select_all=False,
        width=300,
        **_stored("topic"),
    )


def _more(corpus: Corpus) -> None:
    """Outlets and dates, which a reader needs less often."""
    st.multiselect(
        "Outlets",
        list(corpus.outlets),
        format_func=lambda outlet: corpus.outlets[outlet],
        placeholder="All outlets",
        select_all=False,
        **_stored("outlet"),
    )
    if not corpus.days:
        st.text("The articles carry no dates.")
        return
    # A link may ask for days outside the corpus, and a date field refuses a value outside its range.
    days = [*corpus.days, *(day for day in (st.session_state["since"], st.session_state["until"]) if day)]
    first, last = min(days), max(days)
    st.date_input("From", None, first, last, format="YYYY-MM-DD", **_stored("since"))
    st.date_input("To", None, first, last, format="YYYY-MM-DD", **_stored("until"))


def _more_label() -> str:
    state = st.session_state
    used = sum(bool(state.get(key)) for key in ("outlet", "since", "until"))
    return f"Outlets, dates ({used} set)" if used else "Outlets, dates"


def _stored(key: str) -> dict[str, Any]:
    """Keep the widget's value in the session over page changes, under the link's name for it."""
    return {"key": key, "persist_state": "session"}
