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
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as arrow
import pyarrow.compute as compute
import pyarrow.parquet as parquet

from analysis.attribution import Attribution
from analysis.corpus import CorpusError, Document, column
from analysis.figures import Figure
from analysis.sentences import READ_LANGUAGE, Article, Sentences, read_articles
from analysis.store.documents import chosen
from analysis.store.files import hash_of, read_table, remove_unfinished, write_table
from analysis.store.records import covered, from_table, to_table
from analysis.store.versions import reader_version

BATCH = 64
"""Articles of one file: about four seconds of reading, which is what an interruption can cost."""

WORKERS = 2
"""Processes that read many articles, each about 0.5 GB."""

WAITING = 3
"""Batches handed out for each process: one is read, the others keep it from waiting."""

Watch = Callable[[Iterator[int], int], object]


@dataclass(frozen=True)
class Kept:
    """Both readers' records, as `records.to_table` makes them, and the keys of the articles both have read."""

    attributions: arrow.Table
    figures: arrow.Table
    articles: set[str]

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Kept:
        """Documents read here and now."""
        articles = {document.article: document for document in documents if document.language == READ_LANGUAGE}
        batch = _batch(list(articles.values()), to_table(Attribution, {}), set())
        return cls(*_tables(_read_batch(batch)), set(articles))


class ArticleStore:
    """The readings kept below a folder."""

    def __init__(self, folder: Path) -> None:
        self._attributions = folder / "attributions" / reader_version("analysis.attribution")
        self._figures = folder / "figures" / reader_version("analysis.sentences")

    def known(self) -> set[str]:
        """Keys of the articles both readers have read."""
        return _keys(self._attributions) & _keys(self._figures)

    def get(self, documents: Sequence[Document]) -> Kept:
        """What is kept of the documents' articles."""
        wanted = self.known() & set(column(documents, "article"))
        said, given = _records(self._attributions, Attribution, wanted), _records(self._figures, Figure, wanted)
        return Kept(said[0], given[0], said[1] & given[1])

    def unread(self, documents: Sequence[Document]) -> Sequence[Document]:
        """The documents whose readings are not kept, one for each content."""
        known, missing = self.known(), []
        articles = zip(column(documents, "article"), column(documents, "language"), strict=True)
        for place, (key, language) in enumerate(articles):
            if language == READ_LANGUAGE and key not in known:
                known.add(key)
                missing.append(place)
        return chosen(documents, missing)

    def complete(self, documents: Sequence[Document], watch: Watch | None = None) -> int:
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
        said = _records(self._attributions, Attribution, set(column(documents, "article")))
        batches = (_batch(documents[start : start + BATCH], *said) for start in range(0, len(documents), BATCH))
        done = 0
        for batch in map(_read_batch, batches) if workers < 2 else _in_processes(batches, workers):
            self._put(batch)
            done += len(batch)
            yield done

    def _put(self, batch: Mapping[str, Sentences]) -> None:
        for folder, table in zip((self._attributions, self._figures), _tables(batch), strict=True):
            remove_unfinished(folder)
            write_table(folder / f"{hash_of(batch)}.parquet", table)


def _tables(batch: Mapping[str, Sentences]) -> tuple[arrow.Table, arrow.Table]:
    """Attributions and figures of articles."""
    said = {key: sentences.attributions for key, sentences in batch.items()}
    given = {key: sentences.figures for key, sentences in batch.items()}
    return to_table(Attribution, said), to_table(Figure, given)


def _batch(documents: Sequence[Document], said: arrow.Table, known: set[str]) -> dict[str, Article]:
    """Articles by key, with their attributions where those are known from before."""
    keys = [document.article for document in documents]
    records = from_table(Attribution, said.filter(compute.is_in(said.column("key"), arrow.array(keys, arrow.string()))))
    return {
        key: Article(document.title, document.text, records.get(key, []) if key in known else None)
        for key, document in zip(keys, documents, strict=True)
    }


def _exhaust(reading: Iterator[int], total: int) -> None:
    for _ in reading:
        pass


def _read_batch(batch: Mapping[str, Article]) -> dict[str, Sentences]:
    return dict(zip(batch, read_articles(list(batch.values())), strict=True))


def _in_processes(batches: Iterator[Mapping[str, Article]], workers: int) -> Iterator[dict[str, Sentences]]:
    """The batches read by several processes, as they are done; each keeps to one core.

    Only a few are handed out at a time, so that waiting articles do not fill the memory.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_serve_parent)
    try:
        waiting = {pool.submit(_read_batch, batch) for batch in islice(batches, WAITING * workers)}
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            waiting |= {pool.submit(_read_batch, batch) for batch in islice(batches, len(done))}
            yield from (each.result() for each in done)
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


def _records(folder: Path, kind: type, wanted: set[str]) -> tuple[arrow.Table, set[str]]:
    """The records of the wanted articles and which of them are kept; a damaged file is removed, as if unread."""
    parts, found = [to_table(kind, {}).replace_schema_metadata()], set[str]()
    for file in _files(folder):
        new = wanted.intersection(_covered(file)) - found
        if not new:
            continue
        try:
            table = read_table(file)
        except CorpusError:
            file.unlink(missing_ok=True)
            continue
        fits = compute.is_in(table.column("key"), arrow.array(sorted(new), arrow.string()))
        parts.append(table.filter(fits).replace_schema_metadata())
        found |= new
    return arrow.concat_tables(parts).combine_chunks(), found


def _covered(file: Path) -> list[str]:
    try:
        return covered(parquet.read_schema(file))
    except (arrow.ArrowException, OSError):
        file.unlink(missing_ok=True)
        return []


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("[0-9a-f]*.parquet"))
