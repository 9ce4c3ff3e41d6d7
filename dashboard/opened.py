"""A corpus as this server has it open: words at once, attributions and figures as they are read in the background."""

from __future__ import annotations

import atexit
import gc
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from analysis import loading
from analysis.reading import Reading
from analysis.store.ahead import Progress, is_being_read, progress
from analysis.store.articles import ArticleStore
from analysis.store.history import remember
from dashboard.team.settings import settings

ROOT = Path(__file__).parent.parent

READ_AT_ONCE = 25
"""Articles that are read while the first page waits: about three seconds, and nothing on the page moves later."""

STEPS = 10
"""Times the numbers of a corpus are renewed while it is read: every tenth part of it."""

REST = 5
"""Seconds between two renewals, and how many times its own duration each one waits."""

MOST_STARTS = 3
"""Processes started that read nothing more, before the page says that reading has stopped."""


@dataclass(frozen=True)
class Place:
    """Where a corpus lies, and the title it goes by where that is not its own."""

    path: Path
    title: str = ""


class Opened:
    """A corpus with what is read of it so far; one object serves all sessions.

    Attributes:
        reading: its tables as they stand.
        version: another one whenever the tables are; results are kept under it.
        is_small: whether reading all of it takes no longer than a page may.
    """

    def __init__(self, place: Place) -> None:
        corpus = loading.load(place.path)
        if place.title:
            corpus = replace(corpus, title=place.title)
        unread = len(ArticleStore(settings().data).unread(corpus.documents))
        at_once = unread <= READ_AT_ONCE
        self._path = place.path
        self._store = settings().data if at_once or is_writable(settings().data) else temporary_store()
        self._unread = 0 if at_once else unread
        self.is_small = len(corpus.documents) <= READ_AT_ONCE
        self._lock = threading.Lock()
        self._digest = corpus.digest
        self._told, self._starts, self._renewals, self._rested = -1, 0, 0, 0.0
        self._settled = frozenset[str]()
        self.reading = Reading(corpus, self._store, read_all=at_once)
        remember(corpus, self._store, keep=not place.path.is_relative_to(settings().data))
        self.keep_up()

    @property
    def version(self) -> str:
        """Changes with the corpus and with what is read of it."""
        return f"{self._digest}:{self._renewals}"

    @property
    def is_complete(self) -> bool:
        """Whether attributions and figures of every article are in the tables."""
        return not self._unread

    @property
    def is_kept(self) -> bool:
        """Whether what is read outlasts the server."""
        return self._store == settings().data

    def progress(self) -> Progress:
        """How far the process in the background has come; its problem only once it is given up."""
        total = len(self.reading.corpus.documents)
        told = progress(self._store, self._digest) or Progress(total - self._unread, total)
        return told if self._starts >= MOST_STARTS else replace(told, problem="")

    def keep_up(self) -> None:
        """Take over what was read since, now and then, and see that somebody reads on."""
        if self.is_complete or not self._lock.acquire(blocking=False):
            return
        try:
            told = self.progress()
            if told.done != self._told:
                self._told, self._starts = told.done, 0
            newly = told.done - (told.total - self._unread)
            enough = newly >= max(told.total // STEPS, 1) or told.done == told.total
            if enough and time.monotonic() > self._rested:
                self._renew()
            if self._unread and self._starts < MOST_STARTS and not is_being_read(self._store, self._digest):
                self._starts += start(self._path, self._store)
        finally:
            self._lock.release()

    def settle(self) -> None:
        """Keep the collector from walking what was made of the corpus since: millions of objects at every look.

        Of a small corpus that is done once. A large one that is new first lets go of those that were closed.
        """
        made, is_new = self.reading.made, not self._settled
        if made == self._settled or (self.is_small and not is_new):
            return
        self._settled = made
        if is_new and not self.is_small:
            gc.unfreeze()
        gc.collect()
        gc.freeze()

    def _renew(self) -> None:
        began = time.monotonic()
        unread = self._count_unread()
        again = self.reading.renewed()
        again.figures  # noqa: B018 - read now, not while a page waits for it
        self.reading, self._unread = again, unread
        self._renewals += 1
        self._rested = time.monotonic() + max(REST, REST * (time.monotonic() - began))

    def _count_unread(self) -> int:
        return len(ArticleStore(self._store).unread(self.reading.corpus.documents))


_processes: dict[Path, subprocess.Popen[bytes]] = {}
"""The process that reads each corpus, or did so last. They outlive sessions and end with the server."""


def start(path: Path, store: Path) -> bool:
    """Read a corpus in the background, unless this server does so already; whether a process was started."""
    running = _processes.get(path)
    if running and running.poll() is None:
        return False
    _processes[path] = subprocess.Popen(
        [sys.executable, "-m", "analysis", "read", str(path)],
        cwd=ROOT,
        env={**os.environ, "PARALLAX_DATA": str(store)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return True


@atexit.register
def _stop() -> None:
    for process in _processes.values():
        process.terminate()


def is_writable(folder: Path) -> bool:
    """Whether files can be put into a folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


@cache
def temporary_store() -> Path:
    """A store for a server that cannot write into its data folder; gone when the server ends."""
    folder = tempfile.TemporaryDirectory(prefix="parallax-")
    atexit.register(folder.cleanup)
    return Path(folder.name)
