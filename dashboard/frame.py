"""What every page has around its content: heading, count line, notice of a broken link, empty states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, Literal, TypeVar

import streamlit as st

from analysis.selection import Selection
from dashboard import cached, charts, drift, evidence, filters, links, tables

Thing = TypeVar("Thing")
Gap = Literal["small", "large"]

LOOK_AGAIN = 3.0
"""Seconds after which the progress of reading is looked at again: about a batch of articles."""

COLUMNS = 2
"""Things that stand beside each other: in a third column tables and charts are cut."""

WORDS_ALONE = ("words", "method")
"""Pages whose numbers need no attributions and figures."""


def heading(title: str, lead: str) -> None:
    """A page's title and the question it answers."""
    st.html(f'<h1 class="page">{escape(title)}</h1><p class="lead">{escape(lead)}</p>')


def section(title: str, note: str = "") -> None:
    """A heading inside a page, with a line on how to read what follows."""
    below = f'<p class="note">{escape(note)}</p>' if note else ""
    st.html(f'<h2 class="section">{escape(title)}</h2>{below}')


def counts(page: str) -> None:
    """The line that says what every number on the page is made of; the same is kept for pictures of charts."""
    corpus, chosen = cached.corpus(), filters.describe()
    parts = tables.sizes(cached.sizes(filters.selection()))
    addresses = links.to_items(page, corpus, [f"side:{side}" for side, _, _ in parts])
    line = " <i>|</i> ".join(
        f'<span class="side" style="--side:{escape(corpus.side(side).color)}">{escape(label)}</span>: '
        f'<a href="{escape(address)}" target="_self">{size}</a>'
        for (side, label, size), address in zip(parts, addresses, strict=True)
    )
    st.html(f'<p class="counts" role="status">{line} <em>{escape(chosen)}</em></p>')
    sizes = "; ".join(f"{label}: {size}" for _, label, size in parts)
    st.session_state["caption"] = f"{chosen}. {sizes}. {corpus.title}, corpus {corpus.short_digest}. Parallax"


def progress(page: str) -> None:
    """While attributions and figures are being read: how far, and that the page's numbers are of a part."""
    shown = cached.opened().version
    if cached.part():
        _progress(page, shown)


@st.fragment(run_every=LOOK_AGAIN)
def _progress(page: str, shown: str) -> None:
    """The bar, which looks again by itself, and shows the page again once there is more to see on it."""
    if cached.keep_up() != shown and (page not in WORDS_ALONE or cached.opened().is_complete):
        st.rerun()
    told = cached.opened().progress()
    whole = "The numbers on this page are complete; they need words only."
    of = whole if page in WORDS_ALONE else f"The numbers on this page are of {cached.part()}."
    goes_on = (
        f"Reading has stopped ({told.problem})." if told.problem else f"Reading goes on{_left(told.seconds_left)}."
    )
    where = "" if cached.opened().is_kept else " The data folder cannot be written to: what is read is lost at the end."
    st.html(
        f'<p class="reading"><b>Attributions and figures are read of {told.done:,} of {told.total:,} articles.</b> '
        f"{escape(of + ' ' + goes_on + where)}</p>"
    )
    st.progress(told.done / told.total)


def _left(seconds: float | None) -> str:
    if seconds is None:
        return ""
    minutes = round(seconds / 60)
    return f", about {_number(minutes, 'minute')} left" if minutes else ", less than a minute left"


def notice() -> None:
    """Tell what of the link could not be honoured, all of it in one place."""
    if links.just_opened():
        _refuse_what_is_not_here()
    lines = "".join(f"<li>{escape(line)}</li>" for line in links.problems())
    if lines:
        st.html(
            '<div class="notice" role="alert"><b>Part of this link could not be followed.</b> '
            f"The rest is shown.<ul>{lines}</ul>{drift.told(cached.corpus())}</div>"
        )


def _refuse_what_is_not_here() -> None:
    """Drop the picked item and passage of an address that the selection does not have."""
    item, passage, selection = links.item(), links.passage(), filters.selection()
    to_come = cached.part() and not evidence.is_of_words(item)
    if item and not to_come and cached.evidence(selection, item=item) is None:
        links.refuse("item", f"item {item[:60]!r} is not in this selection")
    if passage and not cached.has_passage(passage):
        links.refuse("passage", f"passage {passage[:60]!r} is not in this corpus")


def empty(what: str) -> None:
    """Say that a selection leaves nothing to show, and what to change."""
    sizes = cached.sizes(filters.selection())
    without = [row.label for row in sizes.itertuples() if not row.passages]
    if len(without) == len(sizes):
        why = "No passage fits all the filters."
    elif without:
        why = f"With these filters nothing is left of: {', '.join(without)}."
    elif part := cached.part():
        why = f"So far they are read of {part}."
    else:
        why = "The passages chosen hold none."
    st.html(
        f'<div class="empty"><b>No {escape(what)} here.</b> {escape(why)} '
        f"You chose: {escape(filters.describe())}. {escape(_wider())}</div>"
    )


def alone() -> None:
    """Say, where a selection leaves one side, that its being alone says nothing of the others."""
    sizes = cached.sizes(filters.selection())
    held = [row.label for row in sizes.itertuples() if row.passages]
    if len(held) == 1 and len(sizes) > 1:
        st.html(
            f'<p class="note">The filters leave {escape(held[0])} texts alone: '
            "what the others report is not in view.</p>"
        )


def _wider() -> str:
    """What to try where filters leave too little."""
    if filters.selection() == Selection():
        return ""
    if len(filters.selection().sides) == 1:
        return "Choose another side too, or reset the filters."
    table = cached.topic_words(Selection())
    named = table[table["topic"].isin([topic.id for topic in cached.corpus().topics])]
    topics = ", ".join(named.groupby("label", sort=False)["passages"].sum().nlargest(3).index)
    return f"Reset the filters, or try a wider topic: {topics}." if topics else "Reset the filters."


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def corpus_card() -> None:
    """What the corpus is: title, origin, hash, notes."""
    corpus = cached.corpus()
    rows = {
        "Title": corpus.title,
        "Origin": corpus.origin or "not stated",
        "Articles": f"{len(corpus.documents):,} of {len(corpus.outlets):,} outlets",
        "Hash": corpus.digest,
    }
    body = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in rows.items())
    body += "".join(f"<dt>Note</dt><dd>{escape(note)}</dd>" for note in corpus.notes)
    st.html(f'<dl class="card">{body}</dl>')


def comparability(sentence: str) -> None:
    """The line that says first whether the sides can be compared at all."""
    st.html(f'<p class="comparable"><b>Comparable?</b> {escape(sentence)}</p>')


def finding(row: Any) -> None:
    """One finding: its number, sentence and badge."""
    mark, meaning = tables.BADGES[row.badge]
    st.html(
        f'<div class="finding"><span class="value">{escape(row.value)}</span>'
        f'<span class="badge {escape(row.badge)}">{mark} {meaning}</span><p>{escape(row.finding)}</p></div>'
    )


def in_columns(things: Iterable[Thing], gap: Gap = "small") -> Iterator[tuple[Any, Thing]]:
    """Each thing with the column of the page it stands in, COLUMNS to a line; alone it has all of it."""
    left = list(things)
    for first in range(0, len(left), COLUMNS):
        columns = st.columns(min(COLUMNS, len(left)), gap=gap)
        yield from zip(columns, left[first : first + COLUMNS], strict=False)


def side(label: str, color: str) -> None:
    """A side's name in its colour."""
    st.html(f'<span class="side" style="--side:{escape(color)}">{escape(label)}</span>')


CHIPS = ("yellow", "gray", "violet", "green")
"""Colours of a status; none is a side's."""


def chips(column: str, values: list[str]) -> dict[str, Any]:
    """Column settings that show one of a few words as a chip."""
    return {column: st.column_config.MultiselectColumn(column, options=values, color=CHIPS[: len(values)], width=110)}


def claimant_key(shown: int, total: int) -> None:
    """What the shapes of the range chart mean, and how many of the quantities it shows."""
    cut = f" · the first {shown} of {total:,} quantities, the ledger has all" if shown < total else ""
    st.html(f'<p class="note">{charts.CLAIMANT_KEY}{cut}</p>')


def wide(*names: str) -> dict[str, Any]:
    """Column settings that give printed words the room they need."""
    return {name: st.column_config.TextColumn(name, width="large") for name in names}


def percent(*names: str) -> dict[str, Any]:
    """Column settings that show shares as percentages."""
    return {name: st.column_config.NumberColumn(name, format="percent") for name in names}


def only(label: str, color: str) -> None:
    """The head of a list of what only one side has."""
    st.html(f'<b>Only in <span class="side" style="--side:{escape(color)}">{escape(label)}</span> texts</b>')


def contrast(row: Any, label: str, color: str) -> None:
    """Two figures of one side and what follows from them."""
    st.html(
        f'<div class="finding"><span class="side" style="--side:{escape(color)}">{escape(label)}</span>'
        f'<span class="note">{escape(row.Relation)}</span>'
        f"<p>{escape(row.First)}<br>{escape(row.Second)}</p><b>{escape(row.Share)}</b></div>"
    )


def unreadable(error: Exception) -> None:
    """Say that the corpus cannot be read, and why."""
    st.html(
        f'<div class="notice" role="alert"><b>The corpus cannot be opened.</b> {escape(str(error))} '
        '<a href="?" target="_self">Open this server’s own corpus</a></div>'
    )
