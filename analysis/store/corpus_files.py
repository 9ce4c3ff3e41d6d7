"""A corpus as a folder of Parquet tables with a manifest, written by an import and opened at once.

The manifest is the last file put in place and names the others, whose names hold their content's hash; so a
folder is the old corpus or the new one at any moment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as arrow

from analysis.corpus import Corpus, CorpusError, Document, Side, Topic
from analysis.store.documents import StoredDocuments, documents_table, stored_array
from analysis.store.files import hash_of, read_json, read_table, sweep, write_json, write_table

if TYPE_CHECKING:
    from analysis.loading.importing import Imported

MANIFEST = "manifest.json"
FORMAT = "parallax-corpus-1"


def write_corpus(folder: Path, imported: Imported) -> None:
    """Write an imported corpus into a folder: documents, copies, report, manifest.

    A lone surrogate, which Parquet cannot hold, is written as the replacement character.

    Raises:
        CorpusError: the folder holds something else, or cannot be written to.
    """
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not is_built(folder))):
        raise CorpusError(f"{folder}: there is something else at this place. Name a new folder.")
    corpus = imported.corpus
    originals = [imported.originals.get(name) for name in corpus.column("id")]
    documents = _table(corpus.documents, "as_it_came", originals)
    copies = _table([copy.document for copy in imported.copies], "copy_of", [copy.of for copy in imported.copies])
    names = {
        "documents": f"documents-{corpus.short_digest}.parquet",
        "copies": f"copies-{hash_of(copy.document.sha256 + copy.of for copy in imported.copies)}.parquet",
    }
    write_table(folder / names["documents"], documents)
    write_table(folder / names["copies"], copies)
    write_json(folder / "report.json", imported.report.to_record())
    write_json(folder / MANIFEST, _manifest(corpus, imported, names))
    sweep(folder, names.values())


def is_built(folder: Path) -> bool:
    """Whether a folder is a corpus that an import wrote."""
    manifest = read_json(folder / MANIFEST)
    return manifest is not None and manifest.get("format") == FORMAT


def read_corpus(folder: Path) -> Corpus:
    """The corpus that `write_corpus` wrote.

    Raises:
        CorpusError: a file is missing or damaged.
    """
    manifest = read_json(folder / MANIFEST)
    if manifest is None or manifest.get("format") != FORMAT:
        raise CorpusError(f"{folder / MANIFEST}: not the manifest of a corpus.")
    documents = read_table(folder / manifest["files"]["documents"], without=("as_it_came",))
    return Corpus(
        title=manifest["title"],
        sides=tuple(Side(**side) for side in manifest["sides"]),
        documents=StoredDocuments(documents),
        topics=_topics(manifest),
        origin=manifest["origin"],
        notes=tuple(manifest["notes"]),
    )


def built_settings(folder: Path) -> dict[str, Any]:
    """Title, origin and sides of a built corpus, as a `corpus.toml` would give them."""
    manifest = read_json(folder / MANIFEST) or {}
    return {name: manifest[name] for name in ("title", "origin", "sides") if name in manifest}


def built_topics(folder: Path) -> tuple[Topic, ...]:
    """The topics with terms of a built corpus; nothing where there is none."""
    return tuple(topic for topic in _topics(read_json(folder / MANIFEST) or {}) if topic.terms)


def built_sources(folder: Path) -> list[Path]:
    """The files of a built corpus that another import reads: its documents and their copies."""
    manifest = read_json(folder / MANIFEST) or {}
    return [folder / name for name in manifest.get("files", {}).values()]


def _topics(manifest: Mapping[str, Any]) -> tuple[Topic, ...]:
    return tuple(Topic(topic["id"], topic["label"], tuple(topic["terms"])) for topic in manifest.get("topics", ()))


def _table(documents: Sequence[Document], name: str, values: Sequence[str | None]) -> arrow.Table:
    """Documents with one more column of texts."""
    return documents_table(documents).append_column(name, stored_array(values, arrow.large_string()))


def _manifest(corpus: Corpus, imported: Imported, names: dict[str, str]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "digest": corpus.digest,
        "title": corpus.title,
        "origin": corpus.origin,
        "notes": [*corpus.notes, *imported.report.notes],
        "sides": [vars(side) for side in corpus.sides],
        "topics": [{"id": topic.id, "label": topic.label, "terms": topic.terms} for topic in corpus.topics],
        "documents": len(corpus.documents),
        "copies": len(imported.copies),
        "files": names,
    }
