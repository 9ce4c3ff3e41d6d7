"""Finds a Chromium, or gets one, or says what to install."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.install import install, install_packages, settled

NAMED = "PARALLAX_CHROMIUM"
PACKAGE = "chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CACHES = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright", "~/AppData/Local/ms-playwright")
PROGRAMS = ("chrome", "chrome.exe", "Chromium", "Google Chrome for Testing")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


class NoChromiumError(RuntimeError):
    """None was found and none could be installed; the message says what to do."""


def executable() -> str:
    """The browser to use: the one `PARALLAX_CHROMIUM` names, the system's, Playwright's, or one installed now.

    Raises:
        NoChromiumError: there is none.
    """
    named = os.environ.get(NAMED)
    if named:
        return named
    settled()
    install_playwrights()
    if not present():
        install_packages(PACKAGE)
    found = present()
    if not found:
        raise NoChromiumError(
            "The browser tests need Chromium, and none was found or could be installed. Install it with "
            "`python -m playwright install chromium` or `apt-get install chromium`, or let PARALLAX_CHROMIUM "
            "name one."
        )
    return found


def install_playwrights() -> None:
    """Get Playwright's, unless there is one."""
    if not present():
        install(sys.executable, "-m", "playwright", "install", "chromium")


def present() -> str | None:
    """A Chromium that is installed: the system's, else the newest of Playwright's."""
    system = next(filter(None, map(shutil.which, NAMES)), None)
    return system or next(_of_playwright(), None)


def _of_playwright() -> Iterator[str]:
    caches = [os.environ.get("PLAYWRIGHT_BROWSERS_PATH"), *CACHES]
    for cache in (Path(name).expanduser() for name in caches if name):
        for path in sorted(cache.glob("chromium-*/**/*"), reverse=True):
            if path.name in PROGRAMS and path.is_file():
                yield str(path)
