"""The tables of one corpus, kept below the data folder under its content: read and counted once.

    tables/<hash of the corpus>-<hash of its order>/
        manifest.json                      what the corpus is, and which table was made by which version of its reader
        documents-<version>.parquet        and passages, terms, counts, names, attributions, figures
        counts-<version>/*.npy             arrays that the system maps into memory: counts, and passages alike

A table's file is whole or not there and its name holds its version, so nothing depends on the manifest: it tells
people and other programs what they see. The arrays can be removed at any time; they are made again.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from threading import Lock

import numpy as np
import pyarrow as arrow

from analysis.corpus import Corpus, CorpusError
from analysis.store.files import (
    hash_of,
    read_json,
    read_table,
    remove_unfinished,
    write_arrays,
    write_json,
    write_table,
)

FORMAT = "parallax-tables-1"


NAMED = 12
"""Digits of a corpus's hash in the name of its folder: those that links carry."""


def table_folders(data: Path, digest: str) -> list[Path]:
    """The folders with tables of a corpus of this hash: one for each order its articles were read in."""
    return sorted((data / "tables").glob(f"{digest[:NAMED]}-*"))


class CorpusTables:
    """The tables of a corpus below a data folder; without one, or where it cannot be written to, nothing is kept."""

    def __init__(self, data: Path | None, corpus: Corpus) -> None:
        self._data = data
        self._corpus = corpus
        self._noting = Lock()

    @cached_property
    def folder(self) -> Path | None:
        """Where the corpus's tables lie."""
        order = hash_of(self._corpus.column("id")) if self._data else ""
        return self._data / "tables" / f"{self._corpus.digest[:NAMED]}-{order}" if self._data else None

    def get(self, name: str, version: str) -> arrow.Table | None:
        """A table, None where it was not made yet by this version; a damaged one is removed."""
        if not self.has(name, version):
            return None
        file = self._file(name, version)
        try:
            return read_table(file)
        except CorpusError:
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)
            return None

    def put(self, name: str, version: str, table: arrow.Table) -> None:
        """Keep a table; those of other versions are removed."""
        if not self.folder:
            return
        with contextlib.suppress(CorpusError):
            write_table(self._file(name, version), table)
            with self._noting:
                self._note(name, version, table)

    def has(self, name: str, version: str) -> bool:
        """Whether a table was made by this version."""
        return bool(self.folder) and self._file(name, version).exists()

    def arrays(self, name: str, version: str) -> dict[str, np.ndarray] | None:
        """Arrays mapped into memory, None where they were not made yet or are damaged."""
        if not self.folder:
            return None
        folder = self.folder / f"{name}-{version}"
        try:
            return {file.stem: np.asarray(np.load(file, mmap_mode="r")) for file in folder.glob("*.npy")} or None
        except (OSError, ValueError):
            shutil.rmtree(folder, ignore_errors=True)
            return None

    def put_arrays(self, name: str, version: str, arrays: Mapping[str, np.ndarray]) -> None:
        """Keep arrays in a folder that is whole or not there; those of other versions are removed."""
        if not self.folder:
            return
        with contextlib.suppress(CorpusError):
            write_arrays(self.folder / f"{name}-{version}", arrays)
            self._remove_others(name, version)

    def _file(self, name: str, version: str) -> Path:
        assert self.folder
        return self.folder / f"{name}-{version}.parquet"

    def _note(self, name: str, version: str, table: arrow.Table) -> None:
        """Note a table in the manifest, and remove what older versions of its reader made."""
        assert self.folder
        corpus, path = self._corpus, self.folder / "manifest.json"
        known = (read_json(path) or {}).get("tables", {})
        entry = {"file": self._file(name, version).name, "reader": version, "rows": table.num_rows}
        tables = {table: about for table, about in known.items() if (self.folder / about["file"]).exists()}
        manifest = {
            "format": FORMAT,
            "digest": corpus.digest,
            "documents": len(corpus.documents),
            "title": corpus.title,
            "origin": corpus.origin,
            "sides": [vars(side) for side in corpus.sides],
            "topics": [{"id": topic.id, "label": topic.label, "terms": topic.terms} for topic in corpus.topics],
            "tables": dict(sorted((tables | {name: entry}).items())),
        }
        write_json(path, manifest)
        remove_unfinished(self.folder)
        self._remove_others(name, version)

    def _remove_others(self, name: str, version: str) -> None:
        assert self.folder
        for old in self.folder.glob(f"{name}-*"):
            if old.stem != f"{name}-{version}":
                shutil.rmtree(old, ignore_errors=True) if old.is_dir() else old.unlink(missing_ok=True)
