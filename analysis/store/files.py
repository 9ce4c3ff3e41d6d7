"""Files that are whole or not there: written beside their place, forced to disk, then renamed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as arrow
import pyarrow.parquet as parquet

from analysis.corpus import CorpusError

UNFINISHED = ".unfinished-"
"""Beginning of the names of files that were never completed; a later writer removes them."""

ABANDONED = 3600
"""Seconds after which an unfinished file has no writer any more."""


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


def read_table(path: Path, without: Collection[str] = ()) -> arrow.Table:
    """A Parquet file's table, some columns left out.

    Raises:
        CorpusError: it is missing or damaged.
    """
    try:
        with parquet.ParquetFile(path) as file:
            return file.read([name for name in file.schema_arrow.names if name not in without])
    except (arrow.ArrowException, OSError, ValueError) as error:
        raise CorpusError(f"{path}: cannot be read ({str(error).splitlines()[0]}). Import the corpus again.") from None


def write_arrays(folder: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Put a folder of arrays, a `.npy` file each, in place at once; one that is there stays.

    Raises:
        CorpusError: the folder cannot be written to.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=folder.parent))
        try:
            for name, array in arrays.items():
                with open(made / f"{name}.npy", "wb") as file:
                    np.save(file, array)
                    file.flush()
                    os.fsync(file.fileno())
            made.chmod(0o755)
            if not folder.exists():
                made.rename(folder)
        finally:
            shutil.rmtree(made, ignore_errors=True)
        _sync_folder(folder.parent)
    except OSError as error:
        raise CorpusError(f"{folder}: cannot be written ({error.strerror}).") from None


def hash_of(parts: Iterable[str]) -> str:
    """Twelve hex digits of the SHA-256 of all parts."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()[:12]


def sweep(folder: Path, kept: Iterable[str]) -> None:
    """Remove the Parquet files of a folder that its manifest no longer names, and what was never finished."""
    names = set(kept)
    for file in folder.iterdir():
        if file.suffix == ".parquet" and file.name not in names:
            file.unlink(missing_ok=True)
    remove_unfinished(folder)


def remove_unfinished(folder: Path) -> None:
    """Remove what writers that were killed left in a folder; younger than ABANDONED another may be writing it."""
    for file in folder.glob(f"{UNFINISHED}*"):
        try:
            if time.time() - file.stat().st_mtime > ABANDONED:
                shutil.rmtree(file) if file.is_dir() else file.unlink()
        except OSError:
            continue


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
