"""Sheets, evidence, settings and method put together as one HTML document."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from analysis.reading import Selected
from analysis.report import Contents, Contrast
from dashboard import evidence, tables, view
from dashboard.pack.cited import Cited, Entry
from dashboard.pack.pages import PAGES
from dashboard.pack.sheet import Chart, Sheet
from dashboard.tables import Look

ROOM = Path(__file__).parent
LAST = "method"
"""The page that no pack is without."""

SCRIPT_ENDS = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
"""What could end or open a script inside JSON, as JSON writes it otherwise."""

Watch = Callable[[float, str], None]
"""Given the share of the work that is done, 0 to 1, and what is done next."""


def make(selected: Selected, link: str = "", pages: Sequence[str] = (), watch: Watch | None = None) -> bytes:
    """The evidence pack of a selection, UTF-8.

    Args:
        selected: the selection of a reading.
        link: a link of the dashboard, or its query: the options of the pages are taken from it, the filters are
            those of `selected`.
        pages: names of the pages to show, see PAGES; none for all. The Method page is always there.
        watch: told how far the work is.
    """
    tell = watch or (lambda share, what: None)
    state = _state(selected, link)
    contents, look = Contents(selected, _contrast(state)), tables.look(selected.corpus.sides)
    cited = Cited(contents.evidence)
    picked = cited(state["item"], evidence.heading(state["item"], look))
    sheets = []
    shown = [page for page in PAGES if page in pages or not pages or page == LAST]
    for number, page in enumerate(shown):
        title, draw = PAGES[page]
        tell(number / (len(shown) + 1), title)
        sheets.append(Sheet(page, title, contents, look, state, cited, shown))
        draw(sheets[-1])
    tell(len(shown) / (len(shown) + 1), "Evidence")
    address = _address(selected, state, link)
    html = _template().render(
        corpus=selected.corpus,
        described=selected.selection.describe(selected.corpus),
        sizes=[(look[row.side], row) for row in selected.sizes.itertuples()],
        comparability=contents.comparability["sentence"],
        picked=picked,
        progress=selected.reading.progress,
        sheets=sheets,
        entries=[(entry, list(_passages(entry, look))) for entry in cited.entries()],
        command=_command(address, pages, bool(selected.reading.corrections)),
        link=address,
        several=tables.several,
        badges=tables.BADGES,
        key=Markup(evidence.key(evidence.ROLES)),
        **_scripts(sheets, cited),
    )
    tell(1.0, "")
    return html.encode("utf-8", "replace")


def _state(selected: Selected, link: str) -> dict[str, Any]:
    """The options of all pages, and the filters as the selection has them."""
    query = parse_qs(urlsplit(link).query, keep_blank_values=True)
    asked, _ = view.read(query, selected.corpus)
    chosen = selected.selection
    filters = {"side": chosen.sides, "topic": chosen.topics, "outlet": chosen.outlets, "text": chosen.text}
    days = {"since": chosen.since, "until": chosen.until}
    initial = {key: option.initial for key, option in view.OPTIONS.items()}
    return {**initial, **asked, **filters, **days}


def _contrast(state: Mapping[str, Any]) -> Contrast:
    first, last = map(int, state["ngrams"].split("-"))
    return Contrast(
        target=state["target"],
        measure=state["measure"],
        ngrams=tuple(range(first, last + 1)),
        inside_topics=state["compare"] == "inside_topics",
        kind=state["class"],
        find=state["find"],
    )


def _address(selected: Selected, state: Mapping[str, Any], link: str) -> str:
    """The link with everything explicit."""
    given = urlsplit(link)
    page = given.path.strip("/").rpartition("/")[2]
    query = urlencode(view.write_all(state, page, selected.corpus), doseq=True)
    return given._replace(path=given.path or "/", query=query, fragment="").geturl()


def _command(address: str, pages: Sequence[str], corrected: bool) -> str:
    """The command that makes this file again."""
    chosen = "".join(f" --page {page}" for page in pages) + (" --corrections LOG.json" if corrected else "")
    return f"python -m analysis report CORPUS --link {shlex.quote(address)}{chosen} -o pack.html"


def _passages(entry: Entry, look: Look) -> Iterator[dict[str, Any]]:
    """The passages of an entry as the template shows them; the article's title where it changes."""
    before = None
    for row in entry.passages.itertuples():
        label, color = look[row.side]
        marks = ", ".join(f"{row.start + start}–{row.start + end}" for start, end, _ in row.marks)
        yield {
            "label": label,
            "color": color,
            "title": row.title if row.document != before else "",
            "about": f"{row.outlet} · {row.date or 'no date'} · {evidence.place(row.field, row.paragraph)}",
            "offsets": f"{row.field} {row.start}–{row.start + len(row.text)}" + (f", marked {marks}" if marks else ""),
            "text": Markup(evidence.marked(row.text, row.marks)),
        }
        before = row.document


def _scripts(sheets: Sequence[Sheet], cited: Cited) -> dict[str, Any]:
    """Styles, scripts, the charts they draw, and the policy that lets only these scripts run."""
    charts = {block.anchor: block.spec for sheet in sheets for block in sheet.blocks if isinstance(block, Chart)}
    script = (ROOM / "pack.js").read_text(encoding="utf-8")
    allowed = " ".join(f"'sha256-{_hash(text)}'" for text in (script, get_plotlyjs()))
    return {
        "policy": f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'",
        "style": Markup((ROOM / "pack.css").read_text(encoding="utf-8")),
        "script": Markup(script),
        "plotly": Markup(_packed_plotly()),
        "charts": in_script(charts),
        "anchors": in_script(cited.anchors),
    }


def in_script(value: Any) -> Markup:
    """JSON that can stand inside a script element whatever texts it holds."""
    return Markup(json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(SCRIPT_ENDS))


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _packed_plotly() -> str:
    """plotly.js, compressed to a third; its licence stands in the pack's last lines."""
    return base64.b64encode(gzip.compress(get_plotlyjs().encode(), 9, mtime=0)).decode()


@cache
def _template() -> Any:
    environment = Environment(
        loader=FileSystemLoader(ROOM), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("pack.html")
