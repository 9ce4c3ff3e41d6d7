"""Finds a Chromium, or gets one, or says what to install."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CACHES = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright", "~/AppData/Local/ms-playwright")
PROGRAMS = ("chrome", "chrome.exe", "Chromium", "Google Chrome for Testing")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
INSTALL_SECONDS = 600


class NoChromiumError(RuntimeError):
    """None was found and none could be installed; the message says what to do."""


def executable() -> str:
    """The browser to use: the one `PARALLAX_CHROMIUM` names, the system's, Playwright's, or one installed now.

    Raises:
        NoChromiumError: there is none.
    """
    named = os.environ.get("PARALLAX_CHROMIUM")
    if named:
        return named
    if not present():
        _install([sys.executable, "-m", "playwright", "install", "chromium"])
    if not present() and shutil.which("apt-get") and os.geteuid() == 0:
        _install(["apt-get", "update", "-q"])
        _install(["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"])
    found = present()
    if not found:
        raise NoChromiumError(
            "The browser tests need Chromium, and none was found or could be installed. Install it with "
            "`python -m playwright install chromium` or `apt-get install chromium`, or let PARALLAX_CHROMIUM "
            "name one."
        )
    return found


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


def _install(command: list[str]) -> None:
    """Try; whether it worked is seen by looking for the browser again."""
    try:
        subprocess.run(command, timeout=INSTALL_SECONDS, check=False, capture_output=True)
    except (OSError, subprocess.TimeoutExpired):
        return
