"""Web pages and feeds: the article of an HTML page, the entries of an RSS or Atom feed."""

from __future__ import annotations

import io
from typing import Any

from analysis.corpus import CorpusError
from analysis.loading.cleaning import text_of_markup
from analysis.loading.clippings import articles_of, is_clipping
from analysis.loading.decoding import decoded
from analysis.loading.report import ImportReport
from analysis.loading.sources import Source, Table


def read_page(source: Source, report: ImportReport) -> list[Table]:
    """The article of a web page by trafilatura, or the articles of a Nexis or Factiva download.

    A page without an article gives a row without text, so that it is counted.
    """
    file = decoded(source.data)
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

    Raises:
        CorpusError: it is no feed.
    """
    import feedparser

    feed = feedparser.parse(io.BytesIO(source.data), sanitize_html=False, resolve_relative_uris=False)
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
