"""Gets a program that tests need from the system's package manager, where that is allowed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from filelock import FileLock

INSTALL_SECONDS = 600
ONE_AT_A_TIME = Path(tempfile.gettempdir()) / "parallax-install.lock"
"""The package manager refuses a second call beside the first, and tests run in two processes."""


def install(*command: str) -> None:
    """Try a command; whether it worked is seen by looking for the program again."""
    with FileLock(ONE_AT_A_TIME):
        try:
            subprocess.run(command, timeout=INSTALL_SECONDS, check=False, capture_output=True)
        except (OSError, subprocess.TimeoutExpired):
            return


def install_package(name: str) -> None:
    """Install a Debian package, as root on a system that has them."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        install("apt-get", "update", "-q")
        install("apt-get", "install", "-y", "-q", "--no-install-recommends", name)
