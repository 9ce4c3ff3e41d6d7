"""A corpus at a path: a built folder, a file, or a folder of files with `corpus.toml` and `topics.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.corpus import Corpus, CorpusError, Topic, slug
from analysis.loading.importing import read_sources


def load(path: str | Path) -> Corpus:
    """Open the corpus at `path` as it stands: titles and texts verbatim, copies kept.

    Raises:
        CorpusError: nothing is there, or a file cannot be read.
    """
    path = Path(path)
    if not path.exists():
        raise CorpusError(f"{path}: no such file or folder.")
    settings = folder_settings(path)
    imported = read_sources([path], settings=settings, clean=False, keep_copies=True)
    corpus, topics = imported.corpus, folder_topics(path)
    notes = (*corpus.notes, *imported.report.notes)
    return replace(corpus, topics=topics or corpus.topics, notes=notes)


def folder_settings(path: Path) -> dict[str, Any]:
    """The settings of the folder's `corpus.toml`; nothing where there is none.

    Raises:
        CorpusError: it is no readable TOML.
    """
    return _toml(path / "corpus.toml") if path.is_dir() else {}


def folder_topics(path: Path) -> tuple[Topic, ...]:
    """The topics of the folder's `topics.toml`; nothing where there is none.

    Raises:
        CorpusError: it is no readable TOML, or a topic has no terms.
    """
    topics = []
    for topic_id, entry in (_toml(path / "topics.toml") if path.is_dir() else {}).items():
        if not isinstance(entry, dict) or not entry.get("terms"):
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
