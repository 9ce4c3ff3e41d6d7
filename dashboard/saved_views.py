"""Saved views on the page: following a short link, saving what is on the screen, one's list."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import streamlit as st

from analysis.corpus import Corpus
from dashboard import cached, links, view
from dashboard.team import views
from dashboard.team.access import visitor
from dashboard.team.views import LONGEST_NOTE, LONGEST_TITLE, DatabaseError, View, ViewError


def follow(pages: Mapping[str, Any]) -> list[str]:
    """Go to the view whose short link was opened; one line where it cannot be shown."""
    wanted = views.asked(links.given(), own=tuple(view.OPTIONS["view"].choices))
    if not wanted:
        return []
    try:
        found = views.find(wanted)
    except DatabaseError as error:
        return [f"the saved view {wanted[:60]!r} cannot be looked up now. {error}"]
    if found is None or found.page not in pages:
        return [f"the saved view {wanted[:60]!r} is not on this server; it may have been deleted"]
    st.switch_page(pages[found.page], query_params=list(found.query))


def form(page: str, corpus: Corpus) -> None:
    """Save the view on the screen under a title; afterwards its short link."""
    with st.form("save-view", border=False):
        st.text_input("Save this view as", placeholder="Title", max_chars=LONGEST_TITLE, key="view-title",
                      persist_state="session")  # fmt: skip
        st.text_area("Note", placeholder="Plain text, optional", max_chars=LONGEST_NOTE, height=80, key="view-note",
                     persist_state="session")  # fmt: skip
        link = links.address(page, corpus)
        st.form_submit_button("Save view", icon=":material/bookmark:", on_click=_save, args=(page, link, corpus.digest))
    _tell()
    if saved := st.session_state.get("view-saved"):
        st.text("Short link to the view saved last:")
        st.code(short_link(saved), language=None, wrap_lines=True)


def _save(page: str, link: str, digest: str) -> None:
    query = parse_qs(urlsplit(link).query, keep_blank_values=True)
    try:
        saved = views.save(
            st.session_state["view-title"], st.session_state["view-note"], page, query, digest, visitor()
        )
    except (ViewError, DatabaseError) as error:
        st.session_state["view-told"] = str(error)
        return
    st.session_state["view-saved"] = saved.id
    st.session_state["view-title"] = st.session_state["view-note"] = ""


def short_link(view_id: str) -> str:
    """The link to a saved view."""
    return f"{(st.context.url or '').split('?')[0]}?{views.PARAMETER}={view_id}"


def listing() -> None:
    """One's saved views, each with its link, to rename and to delete."""
    try:
        own = {each.id: each for each in views.of(visitor())}
    except DatabaseError as error:
        _notice(str(error))
        return
    _tell()
    if not own:
        st.text("None yet. “Copy link” saves the view on the screen.")
        return
    labels = {each.id: f"{each.title} · {each.created:%Y-%m-%d %H:%M}" for each in own.values()}
    if st.session_state.get("view-chosen") not in own:
        st.session_state["view-chosen"] = next(iter(own))
    st.selectbox("Saved view", list(own), format_func=labels.__getitem__, width=520, key="view-chosen")
    _details(own[st.session_state["view-chosen"]])


def _details(chosen: View) -> None:
    elsewhere = "" if chosen.digest == cached.corpus().digest else " · on another corpus than this one"
    st.html(f'<p class="note">{escape(chosen.page.title())}{elsewhere}</p><p class="kept">{escape(chosen.note)}</p>')
    st.code(short_link(chosen.id), language=None, width=520)
    with st.popover("Rename or delete", icon=":material/edit:"), st.form(f"change-{chosen.id}", border=False):
        st.text_input("Title", chosen.title, max_chars=LONGEST_TITLE, key=f"title-{chosen.id}")
        st.text_area("Note", chosen.note, max_chars=LONGEST_NOTE, key=f"note-{chosen.id}")
        st.form_submit_button("Save", on_click=_change, args=(chosen.id,))
        st.form_submit_button("Delete this view", icon=":material/delete:", on_click=_delete, args=(chosen.id,))


def _change(view_id: str) -> None:
    title, note = (str(st.session_state[f"{name}-{view_id}"]) for name in ("title", "note"))
    try:
        views.change(view_id, title, note, visitor())
    except (ViewError, DatabaseError) as error:
        st.session_state["view-told"] = str(error)


def _delete(view_id: str) -> None:
    try:
        views.delete(view_id, visitor())
    except (ViewError, DatabaseError) as error:
        st.session_state["view-told"] = str(error)
        return
    if st.session_state.get("view-saved") == view_id:
        del st.session_state["view-saved"]


def _tell() -> None:
    """Say once why something was not done."""
    if told := st.session_state.pop("view-told", ""):
        _notice(told)


def _notice(text: str) -> None:
    st.html(f'<div class="notice" role="alert">{escape(text)}</div>')
