"""Reading a corpus ahead of those who look at it: by one process at a time, its progress on disk for all to see."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.corpus import Corpus, CorpusError
from analysis.store.articles import ArticleStore, Watch
from analysis.store.files import read_json, write_json

PATIENT = 10
"""Niceness of a process that reads ahead: whoever waits for a page comes first."""


@dataclass(frozen=True)
class Progress:
    """How far the reading of a corpus has come.

    Attributes:
        done: articles read.
        total: articles of the corpus.
        seconds_left: as the speed so far makes likely; None before the first articles are done.
        problem: why the last process stopped early; empty while all is well.
    """

    done: int
    total: int
    seconds_left: float | None = None
    problem: str = ""


class BeingReadError(CorpusError):
    """Another process is reading the corpus just now."""


def read_ahead(corpus: Corpus, folder: Path, watch: Watch) -> int:
    """Read what the store does not hold of a corpus; the number of articles read.

    Stopped at any moment, even killed, it goes on where it was when called again: what is read is kept batch by
    batch, and the system frees the lock of a process that is gone.

    Args:
        corpus: the corpus.
        folder: the store.
        watch: given the reading, as `ArticleStore.complete` gives it.

    Raises:
        BeingReadError: another process does it.
        CorpusError: the folder cannot be written to.
    """
    file = _file(folder, corpus.digest)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(file.with_suffix(".lock"), blocking=False):
            return ArticleStore(folder).complete(
                corpus.documents, lambda steps, count: watch(_told(steps, count, corpus, file), count)
            )
    except Timeout:
        raise BeingReadError("Another process is reading this corpus.") from None
    except OSError as error:
        raise CorpusError(f"{folder}: cannot be written ({error.strerror}).") from None


def is_being_read(folder: Path, digest: str) -> bool:
    """Whether some process reads the corpus just now."""
    try:
        with FileLock(_file(folder, digest).with_suffix(".lock"), blocking=False):
            return False
    except Timeout:
        return True
    except OSError:
        return False


def progress(folder: Path, digest: str) -> Progress | None:
    """What was last told of the reading of a corpus; None if it never began."""
    told = read_json(_file(folder, digest))
    return Progress(**told) if told else None


def give_way() -> None:
    """Let other processes come first, where the system knows niceness."""
    if hasattr(os, "nice"):
        os.nice(PATIENT)


def _told(steps: Iterator[int], count: int, corpus: Corpus, file: Path) -> Iterator[int]:
    """The steps of a reading, each written down."""
    total = len(corpus.documents)
    known, began, done = total - count, time.monotonic(), 0
    write_json(file, asdict(Progress(known, total)))
    try:
        for done in steps:
            left = (time.monotonic() - began) / done * (count - done)
            write_json(file, asdict(Progress(known + done, total, left)))
            yield done
    except Exception as error:
        write_json(file, asdict(Progress(known + done, total, problem=f"{type(error).__name__}: {error}"[:200])))
        raise


def _file(folder: Path, digest: str) -> Path:
    return folder / "progress" / f"{digest[:24]}.json"
