"""Parallax: how two or more sides report the same days. Run with `make run`."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from dashboard import cached, filters, frame, links, picks

PAGES = {
    "brief": "Brief",
    "figures": "Figures",
    "sources": "Sources",
    "words": "Words",
    "read": "Read",
    "method": "Method",
}
ROOM = Path(__file__).parent / "dashboard"


def main() -> None:
    """The frame around every page: corpus, pages, filters, notice, page, evidence."""
    st.set_page_config(page_title="Parallax", page_icon=str(ROOM / "icon.svg"), layout="wide")
    st.html(ROOM / "style.css")
    pages = {
        name: st.Page(ROOM / "pages" / f"{name}.py", title=title, url_path=name, default=name == "brief")
        for name, title in PAGES.items()
    }
    page = st.navigation(list(pages.values()), position="hidden")
    name = next(key for key, value in pages.items() if value.title == page.title)
    try:
        corpus = cached.corpus()
    except cached.CorpusError as error:
        frame.unreadable(error)
        st.stop()
    links.follow(corpus)
    with st.container(key="masthead", horizontal=True, vertical_alignment="bottom", gap="small"):
        st.html(f'<p class="brand">Parallax <span>{escape(corpus.title)}</span></p>', width="content")
        with st.container(key="pages", horizontal=True, gap=None, width="content"):
            for key, target in pages.items():
                st.page_link(target, query_params=links.to_page(key, corpus))
    filters.bar(name)
    frame.counts()
    frame.notice()
    page.run()
    picks.panel()
    links.record(name, corpus)


main()
