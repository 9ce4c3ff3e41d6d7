"""Earlier versions of corpora: which articles each one had, and of the latest few the articles themselves."""

from __future__ import annotations

import contextlib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pyarrow as arrow

from analysis.corpus import Corpus, CorpusError
from analysis.loading.importing import Imported
from analysis.loading.report import ImportReport
from analysis.store.corpus_files import is_built, write_corpus
from analysis.store.files import read_table, write_table

VERSIONS = 5
"""Earlier versions kept with their articles, the latest ones."""

LARGEST = 50_000_000
"""Characters of a corpus above which its articles are not kept a second time."""

HASH_DIGITS = 16
"""Digits of an article's hash that tell its versions apart."""

PINNED = re.compile(r"[0-9a-f]{12}")
"""The beginning of a corpus's hash, as links hold it."""


@dataclass(frozen=True)
class Changes:
    """Articles that a corpus has more, has no longer, and has with other words than an earlier version of it."""

    added: int
    removed: int
    altered: int


def remember(corpus: Corpus, folder: Path, *, keep: bool) -> None:
    """Note which articles a corpus has, and keep them too if wanted; nothing where the folder cannot be written to."""
    roster = _roster(folder, corpus.short_digest)
    with contextlib.suppress(CorpusError, OSError):
        if not roster.exists():
            ids = [document.id.encode("utf-8", "replace").decode() for document in corpus.documents]
            hashes = [document.sha256[:HASH_DIGITS] for document in corpus.documents]
            write_table(roster, arrow.table({"id": ids, "hash": hashes}))
        if keep and sum(len(document.text) for document in corpus.documents) <= LARGEST:
            _keep(corpus, folder / "versions")


def changes(corpus: Corpus, pinned: str, folder: Path) -> Changes | None:
    """What changed from the version whose hash begins so; None if that version was never opened here."""
    if not PINNED.fullmatch(pinned) or not _roster(folder, pinned).exists():
        return None
    try:
        table = read_table(_roster(folder, pinned))
    except CorpusError:
        return None
    before = dict(zip(table.column("id").to_pylist(), table.column("hash").to_pylist(), strict=True))
    now = {document.id: document.sha256[:HASH_DIGITS] for document in corpus.documents}
    altered = sum(before[each] != now[each] for each in before.keys() & now.keys())
    return Changes(len(now.keys() - before.keys()), len(before.keys() - now.keys()), altered)


def version(pinned: str, folder: Path) -> Path | None:
    """The folder of an earlier version, if its articles are kept."""
    place = folder / "versions" / pinned
    return place if PINNED.fullmatch(pinned) and is_built(place) else None


def _keep(corpus: Corpus, versions: Path) -> None:
    place = versions / corpus.short_digest
    if not is_built(place):
        write_corpus(place, Imported(corpus, ImportReport(), (), {}))
    place.touch()
    others = sorted(versions.iterdir(), key=lambda each: each.stat().st_mtime)
    for outdated in others[:-VERSIONS]:
        shutil.rmtree(outdated, ignore_errors=True)


def _roster(folder: Path, pinned: str) -> Path:
    return folder / "rosters" / f"{pinned}.parquet"
