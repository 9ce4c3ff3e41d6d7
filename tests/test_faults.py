"""The server when its folder fails: every page still shows the corpus, which needs nothing to be kept."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard.team import corrections
from tests.browser.served import dashboard
from tests.postgres import Postgres
from tests.session import Run, Session

PAGES = ("", "figures", "words", "method")
SMALL = 4096
"""Bytes that a file may take on the full disk."""


@contextmanager
def full_disk() -> Iterator[None]:
    """Processes started meanwhile cannot write files beyond SMALL, as on a full disk, which only root could mount."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def check_pages(url: str) -> None:
    with Session(url) as session:
        for page in PAGES:
            run = session.run(page)
            assert not run.failed, page
            assert b"12 February 2025" in run.sent, "the seeds are shown"


def test_a_data_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with dashboard(PARALLAX_DATA=str(tmp_path / "file" / "data")) as served:
        check_pages(served.url)


def test_a_full_disk(tmp_path: Path) -> None:
    with full_disk(), dashboard(PARALLAX_DATA=str(tmp_path / "data")) as served:
        check_pages(served.url)
    left = [path for path in (tmp_path / "data").rglob("*") if path.is_file() and path.stat().st_size > SMALL]
    assert left == [], "the limit held"


def test_a_server_killed_while_it_opens_and_reads_starts_again(tmp_path: Path) -> None:
    for _ in range(2):
        with dashboard(PARALLAX_DATA=str(tmp_path)) as served:
            os.kill(served.process, signal.SIGKILL)
    with dashboard(PARALLAX_DATA=str(tmp_path)) as served:
        check_pages(served.url)


def elements_labelled(run: Run, label: str) -> list[str]:
    """The ids of a run's popovers and buttons of a label."""
    popovers = [message.delta.add_block.popover for message in run.messages]
    return [each.id for each in (*popovers, *run.elements("button")) if each.label == label]


def test_a_correction_is_saved_once_the_database_is_back_and_not_before(on_postgres: Postgres, tmp_path: Path) -> None:
    evidence = "item=only%3Arussian"
    with dashboard(PARALLAX_DATA=str(tmp_path)) as served, Session(served.url) as session:
        (popover, *_) = elements_labelled(session.run("figures", evidence), "Correct")
        session.set(popover, True)
        (wrong,) = elements_labelled(session.run("figures", evidence), "Not a figure")
        on_postgres.stop()
        try:
            away = session.run("figures", evidence, pressed=wrong)
        finally:
            on_postgres.start()
        assert not away.failed
        assert b"Nothing was saved: it does not answer." in away.sent
        assert b"Corrections may be out of date." in away.sent
        assert b"correction by readers" not in away.sent
        (again,) = elements_labelled(away, "Not a figure")
        session.run("figures", evidence, pressed=again)
        back = session.run("figures", evidence)
        assert b"1 correction by readers of this server" in back.sent
        assert b"out of date" not in back.sent
        assert len(corrections.latest().corrections) == 1
