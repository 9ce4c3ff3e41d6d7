"""What a reader can save: every table as CSV, Parquet or JSON, every chart as PNG or SVG."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cached, charts, filters, links

MIMES = {"CSV": "text/csv", "Parquet": "application/vnd.apache.parquet", "JSON": "application/json"}


def file_name(name: str) -> str:
    """A saved file's name without its ending: what it holds, and of which corpus."""
    return f"parallax-{name}-{cached.corpus().short_digest}"


def table(made: Callable[[], pd.DataFrame], name: str) -> None:
    """Buttons that save the table on the screen as it stands there, all of it."""
    _buttons(lambda: made().drop(columns="item", errors="ignore"), name, "Save this table as")


def export(page: str) -> None:
    """The tables behind every page, for the selection as it stands, the format of saved charts, the evidence pack."""
    with st.popover("Export", icon=":material/download:", key="export", on_change="rerun") as opened:
        if opened.open:
            st.text(filters.describe())
            _everything()
            st.segmented_control(
                "Charts: the camera of each saves it as", charts.FORMATS, format_func=str.upper, required=True,
                default=charts.FORMATS[0] if "picture" not in st.session_state else None,
                key="picture", persist_state="session",
            )  # fmt: skip
            _pack(page)


def picture() -> str:
    """The format in which charts are saved."""
    return str(st.session_state.get("picture", charts.FORMATS[0]))


def _everything() -> None:
    """Buttons that save all tables of the selection."""
    chosen = filters.selection()
    for made in (cached.documents, cached.passages, cached.figures, cached.attributions):
        name = made.__name__
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.text(name.capitalize())
            _buttons(partial(made, chosen), f"all-{name}", f"Save all {name} of the selection as")


def _pack(page: str) -> None:
    """The evidence pack of this page or of all, made when asked for and offered until the view changes."""
    st.html("<b>Evidence pack</b>")
    st.text("One file with findings, charts, tables and the passages behind every number. It opens offline and prints.")
    state, link = st.session_state, links.whole_address(page, cached.corpus())
    shown = (link, cached.version())
    scopes = {"All pages": [], "This page": [page]}
    with st.container(horizontal=True, gap="small"):
        asked = [scope for scope in scopes if st.button(scope, key=f"pack-{scope}", icon=":material/inventory_2:")]
    for scope in asked:
        bar = st.progress(0.0, "Making the pack …")
        made = cached.pack(filters.selection(), link, scopes[scope], partial(_tell, bar))
        state["pack"] = (shown, scope, made)
        bar.empty()
    kept = state.get("pack")
    if kept and kept[0] == shown:
        st.download_button(
            f"Save {kept[1].lower()} ({len(kept[2]) / 1e6:.1f} MB)",
            data=kept[2],
            file_name=f"{file_name('pack')}.html",
            mime="text/html",
            on_click="ignore",
            icon=":material/download:",
        )


def _tell(bar: Any, share: float, what: str) -> None:
    bar.progress(min(share, 1.0), f"Making the pack: {what} …" if what else "Made.")


def _buttons(made: Callable[[], pd.DataFrame], name: str, told: str) -> None:
    """A button a format; the table is made when one is clicked."""
    with st.container(key=f"save-{name}", horizontal=True, gap="small"):
        for label, mime in MIMES.items():
            ending = label.lower()
            st.download_button(
                label,
                data=partial(_bytes, made, ending),
                file_name=f"{file_name(name)}.{ending}",
                mime=mime,
                on_click="ignore",
                icon=":material/download:" if ending == "csv" else None,
                type="tertiary",
                key=f"{ending}-{name}",
                help=f"{told} {label}",
            )


def _bytes(made: Callable[[], pd.DataFrame], ending: str) -> bytes:
    return cached.saved(made(), ending)
