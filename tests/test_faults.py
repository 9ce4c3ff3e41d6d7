"""The server when its folder fails: every page still shows the corpus, which needs nothing to be kept."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.served import dashboard
from tests.session import Session

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
