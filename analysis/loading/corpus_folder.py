"""A corpus at a path: a folder an import built, a file, or a folder of files with `corpus.toml` and `topics.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from analysis.corpus import Corpus, CorpusError, Topic, slug
from analysis.loading.choices import read_columns, read_side_map
from analysis.loading.importing import Imported, compare_sides, read_sources
from analysis.loading.report import ImportReport, listed
from analysis.loading.sources import is_folder
from analysis.store.corpus_files import built_settings, built_topics, is_built, read_corpus, write_corpus


def load(path: str | Path) -> Corpus:
    """Open the corpus at `path` as it stands: titles and texts verbatim, copies kept.

    Raises:
        CorpusError: nothing is there, or a file cannot be read.
    """
    path = Path(path)
    topics = folder_topics(path)
    if is_built(path):
        corpus = read_corpus(path)
    else:
        imported = read_sources([path], settings=folder_settings(path), clean=False, keep_copies=True)
        corpus = imported.corpus
        corpus = replace(corpus, notes=(*corpus.notes, *imported.report.notes))
    return replace(corpus, topics=topics) if topics else corpus


def import_corpus(
    sources: Sequence[str | Path],
    folder: Path,
    *,
    side_map: Iterable[str] = (),
    columns: Iterable[str] = (),
    keep_copies: bool = False,
    most_rows: int | None = None,
    most_articles: int | None = None,
) -> ImportReport:
    """Read sources into a corpus folder, which `load` opens at once.

    Args:
        sources: files, folders and archives; a corpus folder built before is a source too.
        folder: where to write; a corpus built there before is replaced in one step.
        side_map: entries `OUTLET=SIDE`, or files of such pairs.
        columns: entries `FIELD=COLUMN`.
        keep_copies: count copies as articles of their own.
        most_rows: rows above which nothing is read.
        most_articles: articles above which they are no corpus.

    Raises:
        CorpusError: a source cannot be read, or the folder not written.
    """
    settings = folder_settings(Path(sources[0]))
    imported = read_sources(
        sources,
        side_map=read_side_map(side_map),
        columns=read_columns(columns),
        settings=settings,
        keep_copies=keep_copies,
        most_rows=most_rows,
        most_articles=most_articles,
    )
    compare_sides(imported.report, imported.corpus)
    imported = _with_topics(imported, folder)
    write_corpus(folder, imported)
    return imported.report


def _with_topics(imported: Imported, folder: Path) -> Imported:
    """Topics for documents that have none: those found for this folder before, so that links last, or new ones."""
    if imported.corpus.topics:
        return imported
    from analysis.topic_discovery import discover_topics

    topics = built_topics(folder) or discover_topics(imported.corpus)
    if topics:
        names = listed((topic.label for topic in topics), len(topics))
        imported.report.warn(
            f"The topics were found in the texts ({names}); a topics.toml in the corpus folder replaces them."
        )
    return replace(imported, corpus=replace(imported.corpus, topics=topics))


def folder_settings(path: Path) -> dict[str, Any]:
    """The settings of the folder's `corpus.toml`, over those of a built corpus; nothing where there is neither.

    Raises:
        CorpusError: it is no readable TOML, or a setting is of the wrong kind.
    """
    if not is_folder(path):
        return {}
    settings = _toml(path / "corpus.toml")
    sides, outlets, day = settings.get("sides", []), settings.get("outlets", {}), settings.get("date", date.min)
    if not isinstance(sides, list) or not all(isinstance(side, dict) and side.get("id") for side in sides):
        raise CorpusError("corpus.toml: each of its sides is a [[sides]] table with an id.")
    if not isinstance(settings.get("notes", []), list):
        raise CorpusError('corpus.toml: its notes are a list, ["...", "..."].')
    if not isinstance(outlets, dict):
        raise CorpusError("corpus.toml: its outlets are an [outlets] table, outlet = side.")
    if not isinstance(day, date):
        raise CorpusError("corpus.toml: its date is of the form 2025-02-12, without quotation marks.")
    if isinstance(day, datetime):
        settings["date"] = day.date()
    return {**built_settings(path), **settings}


def folder_topics(path: Path) -> tuple[Topic, ...]:
    """The topics of the folder's `topics.toml`; nothing where there is none.

    Raises:
        CorpusError: it is no readable TOML, or a topic has no terms.
    """
    topics = []
    for topic_id, entry in (_toml(path / "topics.toml") if is_folder(path) else {}).items():
        if not isinstance(entry, dict) or not isinstance(entry.get("terms"), list) or not entry["terms"]:
            raise CorpusError(f"topics.toml: the topic {topic_id!r} has no terms.")
        terms, examples = tuple(map(str, entry["terms"])), tuple(map(str, entry.get("examples", ())))
        topics.append(Topic(slug(topic_id), str(entry.get("label", topic_id)), terms, examples))
    return tuple(topics)


def _toml(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path.name}: {error}.") from None
