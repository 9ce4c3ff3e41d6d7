"""Attributions and figures of single articles, kept by the articles' content: read once for all corpora.

Each batch of articles makes two Parquet files, one a reader, below a folder named by the reader's version. So an
interrupted run goes on where it was, a new article alone is read, and a changed reader reads again alone.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Any

import pyarrow as arrow
import pyarrow.parquet as parquet

from analysis.attribution import Attribution
from analysis.corpus import CorpusError, Document, sha256_of
from analysis.figures import Figure
from analysis.sentences import NOTHING, Article, Sentences, is_read, read_articles
from analysis.store.files import hash_of, read_table, write_table
from analysis.store.records import covered, from_table, to_table
from analysis.store.versions import reader_version

BATCH = 64
"""Articles of one file: about four seconds of reading, which is what an interruption can cost."""


WORKERS = 2
"""Processes that read many articles, each about 0.5 GB."""

Watch = Callable[[Iterator[int], int], object]


def article_key(document: Document) -> str:
    """What an article's readings are kept under: a hash of its title and text."""
    return sha256_of([document.title, document.text])[:24]


class ArticleStore:
    """The readings kept below a folder."""

    def __init__(self, folder: Path) -> None:
        self._attributions = folder / "attributions" / reader_version("analysis.attribution")
        self._figures = folder / "figures" / reader_version("analysis.sentences")

    def known(self) -> set[str]:
        """Keys of the articles both readers have read."""
        return _keys(self._attributions) & _keys(self._figures)

    def get(self, documents: Iterable[Document]) -> dict[str, Sentences]:
        """What is kept of the documents, by document id; nothing is needed of other languages."""
        keys = {document.id: article_key(document) for document in documents if is_read(document)}
        wanted = set(keys.values())
        said, given = _records(self._attributions, Attribution, wanted), _records(self._figures, Figure, wanted)
        found = {name: Sentences(said[key], given[key]) for name, key in keys.items() if key in said and key in given}
        return found | {document.id: NOTHING for document in documents if not is_read(document)}

    def unread(self, documents: Iterable[Document]) -> list[Document]:
        """The documents whose readings are not kept, one for each content."""
        known = self.known()
        missing = {article_key(document): document for document in documents if is_read(document)}
        return [document for key, document in missing.items() if key not in known]

    def complete(self, documents: Iterable[Document], watch: Watch | None = None) -> int:
        """Read what is not kept yet; the number of articles read.

        Args:
            documents: all documents of a corpus.
            watch: called with the reading, an iterator of the number of articles done, and their number; it has
                to exhaust the iterator. Without one, all is read in this process.
        """
        unread = self.unread(documents)
        workers = WORKERS if watch and len(unread) > BATCH else 1
        (watch or _exhaust)(self.read(unread, workers), len(unread))
        return len(unread)

    def read(self, documents: Sequence[Document], workers: int = 1) -> Iterator[int]:
        """Read documents and keep what is found; yields the number read after each batch.

        Args:
            documents: as `unread` gives them.
            workers: processes; one reads in this process.
        """
        said = _records(self._attributions, Attribution, {article_key(document) for document in documents})
        batches = [self._batch(documents[start : start + BATCH], said) for start in range(0, len(documents), BATCH)]
        done = 0
        for batch in map(_read_batch, batches) if workers < 2 else _in_processes(batches, workers):
            self._put(batch)
            done += len(batch)
            yield done

    def _batch(self, documents: Sequence[Document], said: Mapping[str, list[Attribution]]) -> dict[str, Article]:
        keys = {article_key(document): document for document in documents}
        return {key: Article(document.title, document.text, said.get(key)) for key, document in keys.items()}

    def _put(self, batch: Mapping[str, Sentences]) -> None:
        name = f"{hash_of(batch)}.parquet"
        said = {key: sentences.attributions for key, sentences in batch.items()}
        given = {key: sentences.figures for key, sentences in batch.items()}
        write_table(self._attributions / name, to_table(Attribution, said))
        write_table(self._figures / name, to_table(Figure, given))


def _exhaust(reading: Iterator[int], total: int) -> None:
    for _ in reading:
        pass


def _read_batch(batch: Mapping[str, Article]) -> dict[str, Sentences]:
    return dict(zip(batch, read_articles(list(batch.values())), strict=True))


def _in_processes(batches: Sequence[Mapping[str, Article]], workers: int) -> Iterator[dict[str, Sentences]]:
    """The batches read by several processes, as they are done; each keeps to one core."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_serve_parent)
    try:
        for done in as_completed([pool.submit(_read_batch, batch) for batch in batches]):
            yield done.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _serve_parent() -> None:
    """Leave an interrupt from the keyboard to the parent, which ends the pool, and never outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A killed parent closes no queue: without this its workers would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _keys(folder: Path) -> set[str]:
    return {key for file in _files(folder) for key in _covered(file)}


def _records(folder: Path, kind: type, wanted: set[str]) -> dict[str, list[Any]]:
    """The records of the wanted articles; a damaged file is removed and counts as not read."""
    found: dict[str, list[Any]] = {}
    for file in _files(folder):
        if wanted.isdisjoint(_covered(file)):
            continue
        try:
            articles = from_table(kind, read_table(file))
        except CorpusError:
            file.unlink(missing_ok=True)
            continue
        found |= {key: records for key, records in articles.items() if key in wanted}
    return found


def _covered(file: Path) -> list[str]:
    try:
        return covered(parquet.read_schema(file))
    except (arrow.ArrowException, OSError):
        file.unlink(missing_ok=True)
        return []


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("[0-9a-f]*.parquet"))
