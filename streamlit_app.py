"""Parallax: how two or more sides report the same days. Run with `make run`."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from dashboard import cached, correcting, downloads, filters, frame, links, picks, saved_views
from dashboard.team import corrections, entrance

PAGES = {
    "brief": "Brief",
    "figures": "Figures",
    "sources": "Sources",
    "words": "Words",
    "read": "Read",
    "method": "Method",
}
HOME = "brief"
ROOM = Path(__file__).parent / "dashboard"


def main() -> None:
    """The frame around every page: corpus, pages, filters, notice, page, evidence."""
    st.set_page_config(page_title="Parallax", page_icon=str(ROOM / "icon.svg"), layout="wide")
    st.html(ROOM / "style.css")
    rooms = {name: ROOM / "pages" / f"{name}.py" for name in PAGES}
    pages = {name: st.Page(rooms[name], title=title) for name, title in PAGES.items()}
    # The home page's address is `/`; who types its name finds it too.
    by_name, pages[HOME] = pages[HOME], st.Page(rooms[HOME], title=PAGES[HOME], default=True, url_path="home")
    page = st.navigation([*pages.values(), by_name], position="hidden")
    name = next(key for key, title in PAGES.items() if title == page.title)
    entrance.enter()
    lost = saved_views.follow(pages)
    try:
        cached.choose(links.shared())
        corpus = cached.corpus()
    except cached.CorpusError as error:
        frame.unreadable(error)
        st.stop()
    corrections.refresh()
    links.follow(corpus, lost)
    with st.container(key="masthead", horizontal=True, vertical_alignment="bottom", gap="small"):
        st.html(f'<p class="brand">Parallax <span>{escape(corpus.title)}</span></p>', width="content")
        with st.container(key="pages", horizontal=True, gap=None, width="content"):
            for key, query in links.to_pages(pages, corpus).items():
                st.page_link(pages[key], query_params=query)
        entrance.sign_out()
    with filters.bar(name):
        downloads.export(name)
    frame.counts(name)
    correcting.switch()
    frame.progress(name)
    frame.notice()
    page.run()
    picks.panel(name)
    links.record(name, corpus)
    cached.settle()


# A worker process of the readers loads this file too, under another name.
if __name__ == "__main__":
    main()
