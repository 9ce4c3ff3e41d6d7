"""A page of the pack while it is drawn: headings, tables and charts one below the other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Number
from typing import Any

import pandas as pd
import plotly.io as pio
from markupsafe import Markup

from analysis.report import Contents
from dashboard import charts
from dashboard.pack.cited import Cited, Entry
from dashboard.tables import Look

ROWS = 200
"""Rows of a table; more are for a spreadsheet, and the command beside the table prints them all."""

TALLEST = 860
"""Pixels of a chart that fits on a printed page, with its heading; a taller one is printed smaller."""

WIDE = 10
"""Columns from which a table is printed across."""

PERCENT = ("Share",)
"""Columns of shares, 0 to 1."""


LONG_WORD = 30
"""Letters of a word that may be broken anywhere, so that it widens no table beyond its page."""

FOLDED, UNFOLDED = 400, 160
"""Characters from which a cell opens on a click, as words searched for in vain do, and those that it shows before."""

LONG_TEXT = 60
"""Letters of a cell that is given room."""


@dataclass(frozen=True)
class Cell:
    """A cell's words, and the evidence they lead to."""

    text: str
    entry: Entry | None = None

    @property
    def style(self) -> str:
        """The classes of a cell that needs room, or whose words may have to be broken."""
        broken = len(self.text) > LONG_WORD and max(map(len, self.text.split()), default=0) > LONG_WORD
        return " ".join(["room"] * (len(self.text) > LONG_TEXT) + ["broken"] * broken)

    @property
    def parts(self) -> tuple[str, str]:
        """What is seen of the words at once, and the rest of a list that would fill the page."""
        if self.entry or len(self.text) <= FOLDED:
            return self.text, ""
        end = self.text.rfind(" ", 0, UNFOLDED) + 1 or UNFOLDED
        return self.text[:end], self.text[end:]


@dataclass(frozen=True)
class Table:
    """`columns` are (name, whether it holds numbers); `total` counts the rows before the table was cut."""

    anchor: str
    caption: str
    columns: Sequence[tuple[str, bool]]
    rows: Sequence[Sequence[Cell]]
    total: int
    command: str
    kind: str = "table"

    @property
    def wide(self) -> bool:
        """Whether the table needs a page turned on its side."""
        return len(self.columns) > WIDE


@dataclass(frozen=True)
class Chart:
    """A Plotly figure as JSON; `shrink` is the scale at which it fits on a printed page."""

    anchor: str
    caption: str
    spec: Mapping[str, Any]
    height: int
    kind: str = "chart"

    @property
    def shrink(self) -> float:
        """The scale at which the chart fits on a printed page."""
        return round(min(1.0, TALLEST / self.height), 3)


@dataclass(frozen=True)
class Heading:
    """A heading inside a page, with a line on how to read what follows."""

    title: str
    note: str
    kind: str = "heading"


@dataclass(frozen=True)
class Prose:
    """A text that is HTML already."""

    html: Markup
    kind: str = "prose"


@dataclass(frozen=True)
class Findings:
    """Rows of the findings table, each with its evidence."""

    rows: Sequence[tuple[Any, Entry | None]]
    kind: str = "findings"


@dataclass
class Sheet:
    """One page of the pack.

    Attributes:
        name: of the page, as in its address.
        title: as shown.
        contents: the tables of the analysis.
        look: label and colour of each side.
        state: the options of the view, see `view.OPTIONS`.
        cited: the pack's evidence.
        pages: names of all pages of the pack.
        blocks: what is drawn so far.
    """

    name: str
    title: str
    contents: Contents
    look: Look
    state: Mapping[str, Any]
    cited: Cited
    pages: Sequence[str]
    blocks: list[Any] = field(default_factory=list)

    def heading(self, title: str, note: str = "") -> None:
        """A heading, with a line on how to read what follows."""
        self.blocks.append(Heading(title, note))

    def prose(self, html: str) -> None:
        """A text that is HTML already, what is from a corpus in it escaped."""
        self.blocks.append(Prose(Markup(html)))

    def none(self, what: str) -> None:
        """Say that the selection leaves nothing of a kind."""
        self.heading(f"No {what} here", "The selection leaves none.")

    def findings(self, table: pd.DataFrame) -> None:
        """The findings, each leading to its evidence."""
        self.blocks.append(Findings([(row, self.cited(row.item, row.finding)) for row in table.itertuples()]))

    def table(
        self,
        shown: pd.DataFrame,
        caption: str,
        named: Sequence[str] = (),
        *,
        command: str = "",
        rows: int = ROWS,
        total: int = 0,
    ) -> None:
        """A table as the pages show it; column `item` holds what a row (or, as a mapping, each cell) leads to.

        Args:
            shown: the table.
            caption: what it is.
            named: the columns that name a row's evidence.
            command: the command that prints all rows, where the table is cut.
            rows: the most rows shown.
            total: the rows there are, where `shown` is a part of them.
        """
        items = list(shown["item"]) if "item" in shown else [None] * len(shown)
        body = shown.drop(columns="item", errors="ignore")
        columns = [(str(name), pd.api.types.is_numeric_dtype(body[name])) for name in body]
        columns += [("Evidence", True)] if items and isinstance(items[0], str) else []
        cells = []
        for item, row in zip(items[:rows], body.head(rows).to_dict("records"), strict=True):
            label = " · ".join(filter(None, (as_text(name, row.get(name)) for name in named))) or caption
            cells.append(self._row(row, item, label))
        anchor = f"{self.name}-{len(self.blocks) + 1}"
        self.blocks.append(Table(anchor, caption, columns, cells, total or len(body), command))

    def _row(self, row: Mapping[Any, Any], item: Any, label: str) -> list[Cell]:
        """The cells of a row whose item is one for all, one a cell, or none."""
        if isinstance(item, Mapping):
            own = {name: self.cited(item.get(name, ""), f"{label} · {name}") for name in row}
            return [Cell(as_text(name, value), own[name]) for name, value in row.items()]
        cells = [Cell(as_text(name, value)) for name, value in row.items()]
        if item is None:
            return cells
        entry = self.cited(item, label)
        return [*cells, Cell(entry.count if entry else "", entry)]

    def chart(self, drawn: charts.Chart, caption: str) -> None:
        """A chart; its table stands beside it."""
        spec = json.loads(pio.to_json(drawn.to_dict(), engine="json", remove_uids=True))
        spec["layout"].pop("template", None)
        for trace in spec["data"]:
            # WebGL needs a compiler that the pack's security policy forbids; the dots are few enough without it.
            trace["type"] = trace["type"].removesuffix("gl")
        anchor = f"{self.name}-{len(self.blocks) + 1}"
        self.blocks.append(Chart(anchor, caption, spec, int(drawn.layout["height"])))


def as_text(name: Any, value: Any) -> str:
    """A value as a cell shows it."""
    if value is None or value is pd.NaT or value != value:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return _number(name, value) if isinstance(value, Number) and not isinstance(value, bool) else str(value)


def _number(name: Any, value: Any) -> str:
    if name in PERCENT:
        return f"{100 * float(value):.2f}".rstrip("0").rstrip(".") + "%"
    return f"{int(value):,}" if value == int(value) else f"{float(value):,.6g}"
