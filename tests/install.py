"""Gets a program that tests need from the system's package manager, where that is allowed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from filelock import FileLock

INSTALL_SECONDS = 600
ONE_AT_A_TIME = FileLock(Path(tempfile.gettempdir()) / "parallax-install.lock", thread_local=False)
"""The package manager refuses a second call beside the first, and tests run in two processes."""


def settled() -> None:
    """Wait for whoever installs just now: a program that is half there cannot be run."""
    with ONE_AT_A_TIME:
        pass


def install(*command: str) -> None:
    """Try a command; whether it worked is seen by looking for the program again."""
    with ONE_AT_A_TIME:
        try:
            subprocess.run(command, timeout=INSTALL_SECONDS, check=False, capture_output=True)
        except (OSError, subprocess.TimeoutExpired):
            return


def install_packages(*names: str) -> None:
    """Install Debian packages, as root on a system that has them."""
    if names and shutil.which("apt-get") and os.geteuid() == 0:
        install("apt-get", "update", "-q")
        install("apt-get", "install", "-y", "-q", "--no-install-recommends", *names)
