"""Web pages and feeds: the article of an HTML page, the entries of an RSS or Atom feed."""

from __future__ import annotations

import io
import re
from typing import Any

from analysis.corpus import CorpusError
from analysis.loading.cleaning import text_of_markup
from analysis.loading.clippings import articles_of, is_clipping
from analysis.loading.decoding import decoded
from analysis.loading.report import ImportReport
from analysis.loading.sources import Source, Table

FEEDS = ("rss", "feed", "RDF")
"""Outermost elements of RSS 0.9 to 2.0 and Atom."""

CHARSET = re.compile(rb"<meta[^>]{1,200}charset=[\"']?([\w-]{3,20})", re.IGNORECASE)
HEAD = 4096
"""Bytes of a page that may state its encoding."""

PROLOG = re.compile(r"\s*(?:(?:<\?[^>]*\?>|<!--.*?-->|<![A-Za-z][^>\[]*(?:\[[^\]]*\])?\s*>)\s*)*", re.DOTALL)
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
ELEMENT = re.compile(r"<(?:[\w.-]{1,50}:)?(?P<name>[A-Za-z][\w.-]{0,50})")


def read_page(source: Source, report: ImportReport) -> list[Table]:
    """The article of a web page by trafilatura, or the articles of a Nexis or Factiva download.

    A page without an article gives a row without text, so that it is counted.
    """
    stated = CHARSET.search(source.data[:HEAD])
    file = decoded(source.data, stated[1].decode() if stated else "")
    lines = text_of_markup(file.text).split("\n")
    if is_clipping(lines):
        rows = articles_of(lines)
        report.files.append(f"{source.name}: HTML of a news archive, {len(rows)} articles")
        return [Table(source.name, source.stem, rows, [f"article {number}" for number in range(1, len(rows) + 1)])]
    report.files.append(f"{source.name}: HTML page, {file.encoding}")
    return [Table(source.name, source.stem, [_article(file.text)], ["page"])]


def _article(markup: str) -> dict[str, Any]:
    import trafilatura
    from trafilatura.settings import use_config

    settings = use_config()
    settings.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")  # its alarm signal works in the main thread only
    try:
        found = trafilatura.bare_extraction(
            markup.replace("\0", ""), with_metadata=True, include_comments=False, include_tables=False, config=settings
        )
    except (ValueError, TypeError, AttributeError, RecursionError, AssertionError):
        found = None
    if found is None:
        return {"text": ""}
    names = {"title": "title", "text": "text", "date": "date", "url": "url", "sitename": "outlet"}
    return {ours: getattr(found, theirs) or "" for theirs, ours in names.items()}


def read_feed(source: Source, report: ImportReport) -> list[Table]:
    """Entries of an RSS or Atom feed: the full text where the feed has it, else the teaser.

    Of other XML a web page is read as one; any other file is passed over inside a folder or archive.

    Raises:
        CorpusError: the user named this file and it is no feed.
    """
    file = decoded(source.data)
    root = _root(file.text)
    if root == "html":
        return read_page(source, report)
    if root not in FEEDS:
        if source.given:
            raise CorpusError(
                f"{source.name}: its XML is a <{root}>, not a feed (<rss>, <feed> or <RDF>). "
                "Export the articles as CSV or JSON."
            )
        report.change("XML files that are no feed, passed over", source.name)
        return []
    if "<!ENTITY" in file.text:
        raise CorpusError(f"{source.name}: it declares entities of its own, which no feed needs; it looks like a bomb.")
    import feedparser

    # The parser reads a declared encoding, but no two bytes a letter.
    data = DECLARATION.sub("", file.text, count=1).encode() if file.encoding.startswith("utf-16") else source.data
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries and not feed.get("version"):
        reason = str(feed.get("bozo_exception", "it has no entries")).splitlines()[0]
        raise CorpusError(f"{source.name}: not a readable RSS or Atom feed ({reason}).")
    outlet = feed.feed.get("title", "")
    rows = [_entry(entry, outlet) for entry in feed.entries]
    teasers = sum(not entry.get("content") for entry in feed.entries)
    if teasers:
        report.warn(f"{source.name}: {teasers} of {len(rows)} entries hold a teaser only, not the article.")
    report.files.append(f"{source.name}: feed, {len(rows)} entries")
    return [Table(source.name, source.stem, rows, [f"entry {number}" for number in range(1, len(rows) + 1)])]


def _root(text: str) -> str:
    """The name of an XML text's outermost element, without its prefix; "text" for no XML."""
    start = PROLOG.match(text)
    found = ELEMENT.match(text, start.end() if start else 0)
    return found["name"] if found else "text"


def _entry(entry: Any, outlet: str) -> dict[str, Any]:
    bodies = [part.get("value", "") for part in entry.get("content", ())]
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    day = f"{moment.tm_year:04}-{moment.tm_mon:02}-{moment.tm_mday:02}" if moment else entry.get("published", "")
    return {
        "id": entry.get("id", ""),
        "title": entry.get("title", ""),
        "text": max([*bodies, entry.get("summary", "")], key=len),
        "date": day,
        "url": entry.get("link", ""),
        "outlet": (entry.get("source") or {}).get("title", "") or outlet,
        "topic": [tag.get("term", "") for tag in entry.get("tags", ()) if tag.get("term")],
    }
