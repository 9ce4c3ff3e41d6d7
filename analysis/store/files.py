"""Files that are whole or not there: written beside their place, forced to disk, then renamed."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as arrow
import pyarrow.parquet as parquet

from analysis.corpus import CorpusError

UNFINISHED = ".unfinished-"
"""Beginning of the names of files that were never completed; a later writer removes them."""


def write_bytes(path: Path, data: bytes) -> None:
    """Put a file in place at once: a crash leaves the old file or the new one.

    Raises:
        CorpusError: the folder cannot be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, 0o644)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
    except OSError as error:
        raise CorpusError(f"{path}: cannot be written ({error.strerror}).") from None


def write_json(path: Path, value: Any) -> None:
    """Put a JSON file in place at once."""
    write_bytes(path, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass"))


def read_json(path: Path) -> dict[str, Any] | None:
    """A JSON object, or None where there is no readable one."""
    try:
        value = json.loads(path.read_text(encoding="utf-8", errors="surrogatepass"))
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) else None


def write_table(path: Path, table: arrow.Table) -> None:
    """Put a Parquet file in place at once."""
    sink = arrow.BufferOutputStream()
    parquet.write_table(table, sink, compression="zstd")
    write_bytes(path, memoryview(sink.getvalue()))  # type: ignore[arg-type]


def read_table(path: Path, columns: list[str] | None = None) -> arrow.Table:
    """A Parquet file's table.

    Raises:
        CorpusError: it is missing or damaged.
    """
    try:
        return parquet.read_table(path, columns=columns)
    except (arrow.ArrowException, OSError, ValueError) as error:
        raise CorpusError(f"{path}: cannot be read ({str(error).splitlines()[0]}). Import the corpus again.") from None


def hash_of(parts: Iterable[str]) -> str:
    """Twelve hex digits of the SHA-256 of all parts."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()[:12]


def sweep(folder: Path, kept: Iterable[str]) -> None:
    """Remove the Parquet files of a folder that its manifest no longer names, and unfinished ones."""
    names = set(kept)
    for file in folder.iterdir():
        if file.name.startswith(UNFINISHED) or (file.suffix == ".parquet" and file.name not in names):
            file.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Force the rename itself to disk, where the system lets a folder be opened."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
