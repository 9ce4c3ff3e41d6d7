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

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from analysis.reading import Selected
from analysis.report import Contents, Contrast, readers
from dashboard import evidence, tables, view
from dashboard.pack.cited import Cited, Entry
from dashboard.pack.pages import PAGES
from dashboard.pack.sheet import Chart, Sheet
from dashboard.tables import Look

ROOM = Path(__file__).parent
METHOD = ROOM.parent / "method.md"
DOCUMENTS = 2000
"""Articles listed with their hashes."""

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
        pages: names of the pages to show, see PAGES; none for all.
        watch: told how far the work is.
    """
    tell = watch or (lambda share, what: None)
    state = _state(selected, link)
    contents, look = Contents(selected, _contrast(state)), tables.look(selected.corpus.sides)
    cited = Cited(contents.evidence)
    sheets = []
    shown = [page for page in PAGES if page in pages or not pages]
    for number, page in enumerate(shown):
        title, draw = PAGES[page]
        tell(number / (len(shown) + 1), title)
        sheets.append(Sheet(page, title, contents, look, state, cited))
        draw(sheets[-1])
    about = _about(contents, state, look, cited)
    tell(len(shown) / (len(shown) + 1), "Evidence")
    address = _address(selected, state, link)
    html = _template().render(
        corpus=selected.corpus,
        described=selected.selection.describe(selected.corpus),
        sizes=[(look[row.side], row) for row in selected.sizes.itertuples()],
        comparability=contents.comparability["sentence"],
        sheets=sheets,
        about=about,
        entries=[(entry, list(_passages(entry, look))) for entry in cited.entries()],
        command=_command(address, pages),
        link=address,
        several=tables.several,
        badges=tables.BADGES,
        key=Markup(evidence.key(evidence.ROLES)),
        method=Markup(_method()),
        **_scripts([*sheets, about], cited),
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
    """The link with everything explicit: filters, the page's options, and other pages' where they were changed."""
    given = urlsplit(link)
    page = given.path.strip("/").rpartition("/")[2]
    query = view.write(state, page, selected.corpus)
    changed = {key: state[key] for key, option in view.OPTIONS.items() if state[key] != option.initial}
    query = {key: view.written(value) for key, value in changed.items()} | query
    return given._replace(path=given.path or "/", query=urlencode(query, doseq=True), fragment="").geturl()


def _command(address: str, pages: Sequence[str]) -> str:
    """The command that makes this file again."""
    chosen = "".join(f" --page {page}" for page in pages)
    return f"python -m analysis report CORPUS --link {shlex.quote(address)}{chosen} -o pack.html"


def _about(contents: Contents, state: Mapping[str, Any], look: Look, cited: Cited) -> Sheet:
    """What the pack was made of: selection, options, articles, topics, readers and word lists."""
    selected = contents.selected
    sheet = Sheet("about", "How this was made", contents, look, state, cited)
    chosen = [(key.capitalize(), ", ".join(view.written(state[key])) or "all") for key in view.FILTERS]
    for option, value in ((option, state[key]) for key, option in view.OPTIONS.items()):
        told = [option.choices.get(name, name) for name in view.written(value)]
        chosen.append((f"{option.label} ({option.page})", ", ".join(told) or "—"))
    sheet.heading("Settings", "The filters, and the options of the pages.")
    sheet.table(pd.DataFrame(chosen, columns=["Setting", "Value"]), "Settings")
    documents = selected.documents
    hashes = [selected.corpus.document(name).sha256[:12] for name in documents["id"]]
    columns = ["id", "side", "outlet", "date", "title", "passages", "words", "language"]
    listed = documents[columns].assign(sha256=hashes)
    sheet.heading("Articles", "The articles of the selection, with the first digits of each one's hash.")
    sheet.table(listed, "Articles", command="documents", rows=DOCUMENTS)
    terms = {topic.id: topic.terms for topic in selected.corpus.topics}
    topics = tables.topics(contents.topic_words, look, terms)
    sheet.heading("Topics", "A passage bears a topic when it holds one of the words the topic is found by.")
    sheet.table(topics.drop(columns="item"), "Passages and words by topic and side", command="topics")
    sheet.heading("Readers and word lists", "Versions are the first digits of a hash of the code or file.")
    sheet.table(readers().rename(columns=str.capitalize), "Readers and word lists")
    return sheet


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
def _method() -> str:
    """The text of the Method page as HTML, its headings one level down."""
    text = METHOD.read_text(encoding="utf-8").replace("\n## ", "\n### ").replace("## ", "### ", 1)
    return MarkdownIt("commonmark", {"html": False}).enable("table").render(text)


@cache
def _template() -> Any:
    environment = Environment(
        loader=FileSystemLoader(ROOM), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("pack.html")
