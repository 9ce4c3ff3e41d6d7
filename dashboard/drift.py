"""What to say of a link that was made on another version of the corpus: what changed, and where that version is."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from analysis.corpus import Corpus
from analysis.store.history import Changes, changes, version
from dashboard import links
from dashboard.tables import several
from dashboard.team.settings import settings


def told(corpus: Corpus) -> str:
    """A sentence on what changed since, and a way to the view on that version, as HTML; empty without drift."""
    pinned = links.pinned()
    if not links.problems() or pinned in ("", corpus.short_digest):
        return ""
    since = _changed(changes(corpus, pinned, settings().data))
    if version(pinned, settings().data) is None:
        return f"<p>{escape(since)} The view is shown on this version; that one is not kept here.</p>"
    there = escape("?" + urlencode(links.given() | {"shared": [pinned]}, doseq=True))
    return f'<p>{escape(since)} The view is shown on this version; <a href="{there}">see it on that version</a>.</p>'


def _changed(since: Changes | None) -> str:
    if since is None:
        return "What changed since is not known: that version was never opened here."
    parts = [("added", since.added), ("removed", since.removed), ("altered", since.altered)]
    told = [f"{several(count, 'article')} {word}" for word, count in parts if count]
    return f"Since then: {', '.join(told)}." if told else "The articles are the same; sides or topics have changed."
