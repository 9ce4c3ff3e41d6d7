"""A running dashboard and a Chromium to look at it. Without a Chromium the tests fail; they never skip."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

ROOT = Path(__file__).parent.parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
START_SECONDS = 90
INSTALL_SECONDS = 600


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=chromium(playwright), args=FLAGS)
    yield launched
    launched.close()


def chromium(playwright: Playwright) -> str:
    """The browser to use: the one named, the system's, Playwright's, or one that can be installed."""
    named = os.environ.get("PARALLAX_CHROMIUM")
    if named:
        return named
    found = _present(playwright)
    if found:
        return found
    _install([sys.executable, "-m", "playwright", "install", "chromium"])
    if not _present(playwright) and shutil.which("apt-get") and os.geteuid() == 0:
        _install(["apt-get", "update", "-q"])
        _install(["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"])
    found = _present(playwright)
    if not found:
        pytest.fail(
            "The browser tests need Chromium, and none was found or could be installed. Install it with "
            "`python -m playwright install chromium` or `apt-get install chromium`, or point "
            "PARALLAX_CHROMIUM to one.",
            pytrace=False,
        )
    return found


def _present(playwright: Playwright) -> str | None:
    own = playwright.chromium.executable_path
    return next(filter(None, map(shutil.which, NAMES)), own if Path(own).exists() else None)


def _install(command: list[str]) -> None:
    """Try to install; whether it worked is seen by looking for the browser again."""
    try:
        subprocess.run(command, timeout=INSTALL_SECONDS, check=False, capture_output=True)
    except (OSError, subprocess.TimeoutExpired):
        return


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard on the seed corpus."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log.txt"
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.port", str(port),
               "--server.fileWatcherType", "none"]  # fmt: skip
    environment = {**os.environ, "PARALLAX_CORPUS": "seeds"}
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            _wait(f"http://localhost:{port}/_stcore/health", process, log)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.wait(20)


def _wait(url: str, process: subprocess.Popen, log: Path) -> None:
    for _ in range(START_SECONDS * 5):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The dashboard did not start:\n{log.read_text()}", pytrace=False)


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A page of a fresh browser context; relative addresses lead to the dashboard."""
    context = browser.new_context(base_url=server, viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()
