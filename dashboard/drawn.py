"""Charts as they were drawn: a view that is asked for again is not drawn again."""

from __future__ import annotations

from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

from dashboard import cached, charts, links

KEPT_CHARTS = 256
"""Charts held in memory, the latest: of some fifty views."""


def chart(draw: Callable[[], go.Figure], name: str, alt: str) -> go.Figure:
    """The chart of that name in the view on the screen, ready to leave the page; not to be changed.

    `draw` may rest on nothing but the corpus with its corrections and what the reader chose.
    """
    corpus = cached.corpus()
    return _chart(cached.version(), repr(corpus.sides), links.chosen(), name, alt, st.session_state["caption"], draw)


@st.cache_resource(max_entries=KEPT_CHARTS, show_spinner=False)
def _chart(
    version: str, sides: str, chosen: str, name: str, alt: str, caption: str, _draw: Callable[[], go.Figure]
) -> go.Figure:
    return charts.picture(_draw(), alt, caption)
