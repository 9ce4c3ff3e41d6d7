"""A corpus as the dashboard opens it: from the store, at once where it is small, in the background where it is not."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from filelock import FileLock

from analysis.loading import load
from analysis.reading import Reading
from analysis.store import ahead
from analysis.store import articles as articles_room
from analysis.store.ahead import BeingReadError, read_ahead
from analysis.store.articles import ArticleStore
from dashboard import opened
from dashboard.opened import Opened, Place
from dashboard.team.settings import settings
from tests.halting import halfway
from tests.test_pages import notice, words
from tests.test_pages import opened as page

ROOT = Path(__file__).parent.parent
MANY = 3 * articles_room.BATCH
"""Articles that several processes read: a batch may be done while others wait."""


def write_corpus(path: Path, articles: int) -> Path:
    """A table of articles in which somebody says something of a quantity."""
    rows = [
        {"side": "ns"[number % 2], "title": "", "text": f"The mayor said that {number + 2} houses burned down."}
        for number in range(articles)
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    settings.cache_clear()
    yield tmp_path / "data"
    settings.cache_clear()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The corpora whose reading is started in the background; none really is."""
    paths: list[Path] = []
    monkeypatch.setattr(opened, "start", lambda path, store: paths.append(path) or True)
    return paths


@pytest.fixture
def processes() -> Iterator[dict[Path, subprocess.Popen[bytes]]]:
    """The real processes in the background, ended with the test."""
    yield opened._processes
    for process in opened._processes.values():
        process.kill()
        process.wait()
    opened._processes.clear()


def wait_for(happened: Callable[[], object], seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)


def test_a_small_corpus_is_read_at_once(store: Path, tmp_path: Path, started: list[Path]) -> None:
    now = Opened(Place(write_corpus(tmp_path / "small.jsonl", opened.READ_AT_ONCE)))
    assert now.is_complete
    assert len(now.reading.figures) == opened.READ_AT_ONCE
    assert started == []


def test_a_larger_one_shows_words_first_and_then_what_is_read(
    store: Path, tmp_path: Path, started: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(articles_room, "BATCH", 10)
    monkeypatch.setattr(opened, "REST", 0)
    path = write_corpus(tmp_path / "larger.jsonl", 30)
    now = Opened(Place(path))
    assert started == [path]
    assert now.reading.counts.passages.shape[0] == 30
    assert now.reading.figures.empty
    assert not now.is_complete
    versions = [now.version]
    seen = []

    def watch(steps: Iterator[int], count: int) -> None:
        for _ in steps:
            now.keep_up()
            seen.append((now.reading.progress, len(now.reading.figures), now.progress().done))
            versions.append(now.version)

    read_ahead(load(path), store, watch)
    assert seen == [((number, 30), number, number) for number in (10, 20, 30)]
    assert len(set(versions)) == 4
    assert now.is_complete
    whole = Reading(load(path))
    pd.testing.assert_frame_equal(now.reading.figures, whole.figures)
    pd.testing.assert_frame_equal(now.reading.attributions, whole.attributions)


def test_reading_that_stands_still_is_given_up_and_said_why(store: Path, tmp_path: Path, started: list[Path]) -> None:
    path = write_corpus(tmp_path / "stuck.jsonl", 30)
    now = Opened(Place(path))
    total = len(now.reading.corpus.documents)
    ahead.write_json(ahead._file(store, now.reading.corpus.digest), {"done": 0, "total": total, "problem": "why"})
    assert now.progress().problem == ""
    for _ in range(5):
        now.keep_up()
    assert len(started) == opened.MOST_STARTS
    assert now.progress().problem == "why"


def test_nobody_is_started_while_another_process_reads(store: Path, tmp_path: Path, started: list[Path]) -> None:
    path = write_corpus(tmp_path / "others.jsonl", 30)
    lock = ahead._file(store, load(path).digest).with_suffix(".lock")
    lock.parent.mkdir(parents=True)
    with FileLock(lock):
        now = Opened(Place(path))
        now.keep_up()
        assert started == []
    now.keep_up()
    assert started == [path]


def test_a_folder_that_cannot_be_written_to_is_done_without(store: Path, tmp_path: Path, started: list[Path]) -> None:
    store.write_text("a file where the folder should be")
    small = Opened(Place(write_corpus(tmp_path / "small.jsonl", 3)))
    assert len(small.reading.figures) == 3
    larger = Opened(Place(write_corpus(tmp_path / "larger.jsonl", 30)))
    assert not larger.is_kept
    read_ahead(larger.reading.corpus, opened.temporary_store(), lambda steps, count: list(steps))
    larger.keep_up()
    assert len(larger.reading.figures) == 30


def test_one_process_at_a_time_reads_a_corpus(store: Path, tmp_path: Path) -> None:
    corpus = load(write_corpus(tmp_path / "c.jsonl", 2))
    lock = ahead._file(store, corpus.digest).with_suffix(".lock")
    lock.parent.mkdir(parents=True)
    with FileLock(lock), pytest.raises(BeingReadError):
        read_ahead(corpus, store, lambda steps, count: list(steps))
    assert read_ahead(corpus, store, lambda steps, count: list(steps)) == 2


def test_a_failure_is_told_with_what_was_read_before_it(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(articles_room, "BATCH", 1)
    corpus = load(write_corpus(tmp_path / "c.jsonl", 3))
    keep = ArticleStore._put

    def fails_later(self: ArticleStore, batch: dict) -> None:
        if self.known():
            raise ValueError("no more")
        keep(self, batch)

    monkeypatch.setattr(ArticleStore, "_put", fails_later)
    with pytest.raises(ValueError, match="no more"):
        read_ahead(corpus, store, lambda steps, count: list(steps))
    told = ahead.progress(store, corpus.digest)
    assert told is not None
    assert (told.done, told.total, told.problem) == (1, 3, "ValueError: no more")


def test_a_killed_process_leaves_no_worker_and_another_one_goes_on(
    store: Path, tmp_path: Path, processes: dict[Path, subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_corpus(tmp_path / "many.jsonl", MANY)
    with monkeypatch.context() as patch:
        for name, value in halfway(tmp_path / "halfway").items():
            patch.setenv(name, value)
        now = Opened(Place(path))
    process = processes[path]
    wait_for(lambda: children(process.pid) and now.progress().done > 0)
    workers = children(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    wait_for(lambda: not any(map(is_alive, workers)))
    assert len(ArticleStore(store).known()) == articles_room.BATCH
    wait_for(lambda: now.keep_up() or now.is_complete)
    assert processes[path] is not process
    assert len(now.reading.figures) == MANY


def children(pid: int) -> list[int]:
    """Processes whose parent is `pid`."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return list(map(int, listed.stdout.split()))


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that nobody has buried yet does not."""
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return told.stdout.strip()[:1] not in ("", "Z")


def test_the_command_says_who_reads(store: Path, tmp_path: Path) -> None:
    path = write_corpus(tmp_path / "c.jsonl", 2)
    command = [sys.executable, "-m", "analysis", "read", str(path)]
    first = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert first.stdout.startswith("2 articles read")
    lock = ahead._file(store, load(path).digest).with_suffix(".lock")
    with FileLock(lock):
        again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (again.returncode, again.stderr) == (2, "parallax: Another process is reading this corpus.\n")


def test_an_item_that_is_not_read_yet_is_said_to_come_and_comes(
    store: Path, tmp_path: Path, started: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "REST", 0)
    path = write_corpus(tmp_path / "larger.jsonl", 30)
    monkeypatch.setenv("PARALLAX_CORPUS", str(path))
    corpus = load(path)
    item = f"figure:{Reading(corpus).figures['id'].iloc[-1]}"
    app = page("method", f"item={item}")
    assert notice(app) == []
    assert "Not read yet: figures and attributions are of 0 of 30 articles so far." in words(app)
    assert len(notice(page("method", "item=term:nowhere"))) == 1, "words are complete"
    read_ahead(corpus, store, lambda steps, count: list(steps))
    app.run()
    assert "1 figure in 1 passage" in words(app)
