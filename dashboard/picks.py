"""Charts, tables and buttons that open the evidence of what is picked on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pyarrow as arrow
import streamlit as st

from dashboard import cached, charts, correcting, downloads, evidence, filters, frame, links, tables
from dashboard.kept import kept

CHART_CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "modeBarButtonsToRemove": [
        "select2d",
        "lasso2d",
        "zoom2d",
        "pan2d",
        "zoomIn2d",
        "zoomOut2d",
        "autoScale2d",
        "resetScale2d",
    ],
    "displayModeBar": True,
}
ROW_HEIGHT = 35
TALL_ROW = 68
"""Pixels of a row of several lines: from 64 (4 rem) on Streamlit breaks a cell's text."""

SENT = 250
"""Rows of a table that are sent to the browser: a page stays small whatever the corpus. The saved files hold all."""

MOST_DIGITS = 5
"""Digits after the point of a column that is rounded to them."""

UNROUNDED = 4
"""Digits after the point that a number of any other column is shown with; the saved table has all."""

WIDTHS = {"What": 250, "Not in": 190, "Searched for": 190, "Nearest miss": 300}
"""Column of absences -> pixels: as wide as their words, the first would push the others off the page."""

TALLEST_TABLE = 14
"""Rows a table shows before it scrolls."""


def chart(drawn: charts.Chart, name: str, alt: str) -> None:
    """A chart; a click on a mark opens the item its customdata holds."""
    key, shown = _key(name), charts.picture(drawn, alt, st.session_state["caption"])
    saving = charts.saving(shown, downloads.file_name(name), downloads.picture())

    def picked() -> None:
        points = st.session_state[key].selection.points
        links.pick(_item_of(points[0]) if points else "")

    st.plotly_chart(
        shown,
        key=key,
        on_select=picked,
        selection_mode="points",
        alt=alt,
        config={**CHART_CONFIG, "toImageButtonOptions": saving},
    )


def _item_of(point: Any) -> str:
    data = point.get("customdata", "")
    return str(data[0] if isinstance(data, list) else data)


def table(
    shown: pd.DataFrame,
    name: str,
    items: Sequence[Any] = (),
    *,
    alt: str,
    columns: dict[str, Any] | None = None,
    tall: bool = False,
    saved: Callable[[], pd.DataFrame] | None = None,
) -> None:
    """A table that sorts and downloads; a click on a cell opens the item of its row.

    The items stand in column `item`, which is not shown, or in `items`: one a row, or a mapping of column to item,
    where cells lead to different evidence. `tall` rows hold a cell's text in several lines; `saved` makes what
    downloads hold instead of what is shown.
    """
    key = _key(name)

    def picked() -> None:
        cells = st.session_state[key].selection.cells
        links.pick(_item_at(items or list(shown["item"]), *cells[0]) if cells else "")

    row_height = ROW_HEIGHT if not tall else TALL_ROW
    height = row_height * min(len(shown), TALLEST_TABLE) + ROW_HEIGHT + 3
    st.dataframe(
        _sent(shown),
        key=key,
        hide_index=True,
        on_select=picked,
        selection_mode="single-cell",
        column_config=_widths(shown) | _aligned(shown) | (columns or {}),
        placeholder="—",
        row_height=row_height,
        height=height,
        alt=alt,
    )
    downloads.table(saved or (lambda: shown), name)


def lines(term: str) -> None:
    """Where a picked term stands in the articles, and its lines."""
    selection = filters.selection()
    found = cached.concordance(selection, term=term, order=st.session_state["sort"])
    if found.empty:
        return
    frame.section(f"Where “{tables.as_printed(found)}” stands", "A line is an article, a tick one use of the term.")
    places = cached.dispersion(selection, term=term)
    chart(charts.dispersion(places, look()), "dispersion", f"Where {term} stands in each article")
    frame.section("Its lines", tables.lines_of(found, look()))
    filters.choice("sort")
    st.html(evidence.lines(found, look()))
    downloads.table(partial(tables.lines, found, look()), "lines")


@kept
def _sent(shown: pd.DataFrame) -> arrow.Table:
    """What of a table goes to the browser, in the form in which it goes; shares in whole percent, as intervals are."""
    first = shown.drop(columns="item", errors="ignore").head(SENT)
    for name in first.columns.intersection(["Share"]).intersection(first.select_dtypes("number").columns):
        first[name] = first[name].round(2)
    return arrow.Table.from_pandas(first)


def _widths(shown: pd.DataFrame) -> dict[str, Any]:
    """Column settings of a table of absences."""
    if "Not in" not in shown:
        return {}
    return {name: st.column_config.TextColumn(width=width) for name, width in WIDTHS.items()}


def _aligned(shown: pd.DataFrame) -> dict[str, Any]:
    """Column settings that give the numbers of a column the same digits after the point, and mark off thousands."""
    formats = {name: f"%.{digits}f" if digits else "localized" for name, digits in _digits(shown).items()}
    return {name: st.column_config.NumberColumn(format=told) for name, told in formats.items()}


@kept
def _digits(shown: pd.DataFrame) -> dict[str, int]:
    """The digits after the point of each column of numbers."""
    made: dict[str, int] = {}
    for name in shown.select_dtypes("number"):
        own, most = shown[name].dropna(), range(MOST_DIGITS + 1)
        made[name] = next((digits for digits in most if (own.round(digits) == own).all()), UNROUNDED)
    return made


def _item_at(items: Sequence[Any], row: int, column: str) -> str:
    chosen = items[row]
    return str(chosen.get(column) or next(iter(chosen.values()))) if isinstance(chosen, dict) else str(chosen)


def listing(shown: pd.DataFrame, short: pd.DataFrame, name: str, alt: str) -> None:
    """A short table, and the whole of it on demand; column `item` holds what a row opens."""
    beginning(short, len(shown), lambda: shown, name, alt)


def beginning(short: pd.DataFrame, total: int, made: Callable[[], pd.DataFrame], name: str, alt: str) -> None:
    """The first rows of a table of `total` rows, and the whole of it made on demand."""
    if len(short):
        table(short, name, alt=alt)
    if len(short) < total:
        with st.expander(f"All {total:,}", key=f"all-{name}", on_change="rerun") as rest:
            if rest.open:
                table(made(), f"{name}-all", alt=f"{alt}, all of them")


def method(measured: str) -> None:
    """How well what a page shows was read, with the way to the Method page."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p class="note">{escape(measured)}</p>')
        query = links.to_page("method", cached.corpus())
        st.page_link("dashboard/pages/method.py", label="How each number is made", query_params=query)


def folded(made: Callable[[], pd.DataFrame], name: str, alt: str) -> None:
    """The table behind a chart, made on demand; column `item` holds what a row opens."""
    with st.expander("The same as a table", key=f"fold-{name}", on_change="rerun") as rest:
        if rest.open:
            table(made(), name, alt=alt, columns=frame.percent("Share"))


def button(chosen: str, name: str, label: str = "Evidence") -> None:
    """A button that opens an item's evidence."""
    icon = ":material/search:"
    st.button(label, key=f"pick-{name}", on_click=links.pick, args=(chosen,), type="tertiary", icon=icon)


def statuses(counts: Mapping[str, int], shown: int) -> None:
    """How many quantities have which status, each with its evidence, and how many of them the ledger shows."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for status, count in counts.items():
            button(f"status:{status}", f"status-{status}", f"{tables.STATUS[status]}: {count:,}")
    if left := sum(counts.values()) - shown:
        st.html(f'<p class="note">{left:,} of them not shown, because they agree or can both be true.</p>')


def page(name: str, item: str) -> None:
    """A link to a page with the filters and an item's evidence open."""
    query = [*links.to_page(name, cached.corpus()), ("item", item)]
    st.page_link(f"dashboard/pages/{name}.py", label=f"Open in {name.title()}", query_params=query)


def pair(row: Any) -> None:
    """A contrast of two figures inside one side; as bars, where one is part of the other."""
    label, color = look()[row.side]
    with st.container(border=True, height="stretch"):
        frame.contrast(row, label, color)
        if row.bars:
            chart(charts.strip(row.bars, color, row.item), f"pair-{row.Index}", f"{row.Relation}: {row.Share}")
        button(row.item, f"contrast-{row.Index}")


def panel(page: str) -> None:
    """The evidence of the picked item, where one is picked."""
    item = links.item()
    if not item:
        return
    with st.container(key="evidence"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.html("<h2>Evidence</h2>")
            st.button("Close", key="close", icon=":material/close:", on_click=links.drop, type="tertiary")
        passages = cached.evidence(filters.selection(), item=item)
        if passages is None:
            st.html(f'<p class="note">{escape(_why_none(item))}</p>')
        else:
            _passages(passages, item, page)


def _why_none(item: str) -> str:
    """Why an item has no passages: its article may not be read yet."""
    part = cached.part()
    if part and not evidence.is_of_words(item):
        return f"Not read yet: figures and attributions are of {part} so far. It is shown here as soon as it is read."
    return "Nothing of this is left with the filters and corrections as they are now."


def _passages(passages: pd.DataFrame, item: str, page: str) -> None:
    """A page of an item's passages, each to cite and to read in its article."""
    pages = -(-len(passages) // evidence.SHOWN)
    here = links.passage()
    first = evidence.page_of(passages, here)
    number = st.pagination(pages, default=first, key=f"pages-{item}-{here}") if pages > 1 else 1
    shown = passages.iloc[(number - 1) * evidence.SHOWN : number * evidence.SHOWN]
    st.html(evidence.summary(passages, shown, item, look()))
    for place, (row, first_of_article) in enumerate(
        zip(tables.rows(shown), ~shown["document"].duplicated(), strict=True)
    ):
        with st.container(key=f"passage-{place}", gap=None):
            st.html(evidence.card(row, look(), first_of_article, row.passage == here))
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                link = links.address(page, cached.corpus(), passage=row.passage)
                st.code(evidence.citation(row, link, cached.corpus().short_digest), language=None, width=150)
                query = links.to_read(row.passage, cached.corpus())
                st.page_link("dashboard/pages/read.py", label="Open in Read", query_params=query)
                correcting.offer(row)


def away(passage: str) -> str:
    """The address, from any page, of a passage in its article."""
    return f"read?{urlencode(links.to_read(passage, cached.corpus()))}"


def look() -> tables.Look:
    """Side id -> (label, colour) of the corpus."""
    return tables.look(cached.corpus().sides)


def _key(name: str) -> str:
    """A new key after the panel was closed, so that the same mark can be picked again."""
    return f"{name}-{st.session_state.get('picks', 0)}"
