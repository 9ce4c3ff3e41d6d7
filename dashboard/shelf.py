"""The corpora that the visitor has uploaded: open, copy the link, share, rename, delete."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from analysis.corpus import CorpusError
from dashboard import frame, tables
from dashboard.team.access import visitor
from dashboard.team.place import anything_kept

if TYPE_CHECKING:
    from dashboard.team.database import CorpusRow

WHO = {False: "Only me, until I share it", True: "Anyone with the link"}
LONGEST_TITLE = 120


def own() -> None:
    """The visitor's corpora; nothing where there are none."""
    if not (visitor().may("upload") and anything_kept()):
        return
    from dashboard.team import corpora  # with the database's library

    try:
        rows = corpora.listed(visitor())
    except corpora.DatabaseError as error:
        st.html(f'<p class="note">{escape(str(error))}</p>')
        return
    if rows or st.session_state.get("shelf_problem"):
        frame.section("Uploaded corpora", "Whoever has the link of a shared corpus can open all of it.")
    if problem := st.session_state.pop("shelf_problem", ""):
        st.html(f'<div class="notice" role="alert"><b>That did not work.</b> {escape(problem)}</div>')
    for row in rows:
        _card(row)


def _card(row: CorpusRow) -> None:
    """One corpus and what can be done with it."""
    until = f", kept until {row.expires:%Y-%m-%d} unless somebody opens it" if row.expires else ""
    whose = "" if row.owner == visitor().id else f", uploaded by {row.owner}"
    with st.container(border=True):
        st.html(
            f"<b>{escape(row.title)}</b>"
            f'<p class="note">{tables.several(row.articles, "article")}, uploaded {row.created:%Y-%m-%d}'
            f"{escape(whose + until)}. Who may see it: {WHO[row.shared]}.</p>"
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link("dashboard/pages/brief.py", label="Open", query_params={"shared": row.id})
            with st.popover("Link", icon=":material/link:"):
                st.code(_address(row), language=None, wrap_lines=True)
                st.radio("Who may see it", list(WHO), int(row.shared), format_func=WHO.__getitem__, key=f"who-{row.id}",
                         on_change=_act, args=(_share, row.id))  # fmt: skip
            with st.popover("Rename", icon=":material/edit:"):
                st.text_input("Title", row.title, max_chars=LONGEST_TITLE, key=f"title-{row.id}",
                              on_change=_act, args=(_rename, row.id))  # fmt: skip
            with st.popover("Delete", icon=":material/delete:"):
                st.text("The corpus and its link are gone for everyone. This cannot be undone.")
                st.button("Delete for good", key=f"delete-{row.id}", on_click=_act, args=(_delete, row.id))


def _address(row: CorpusRow) -> str:
    """The link that opens a corpus."""
    return f"{(st.context.url or '').partition('?')[0].rpartition('/')[0]}/?shared={row.id}"


def _share(corpora: Any, row_id: str) -> None:
    corpora.change(row_id, visitor(), shared=bool(st.session_state[f"who-{row_id}"]))


def _rename(corpora: Any, row_id: str) -> None:
    corpora.change(row_id, visitor(), title=st.session_state[f"title-{row_id}"])


def _delete(corpora: Any, row_id: str) -> None:
    corpora.delete(row_id, visitor())


def _act(act: Callable[[Any, str], None], row_id: str) -> None:
    """Do it, or keep what prevented it for the page."""
    from dashboard.team import corpora

    try:
        act(corpora, row_id)
    except (CorpusError, corpora.DatabaseError) as error:
        st.session_state["shelf_problem"] = str(error)
