"""A running dashboard on a free port of this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 90


@dataclass(frozen=True)
class Dashboard:
    """Its address, its process number, and how long it took to answer."""

    url: str
    process: int
    seconds: float


@contextmanager
def dashboard(corpus: str = "seeds", port: int = 0, **settings: str) -> Iterator[Dashboard]:
    """Start the dashboard on a corpus, with settings as environment variables, and stop it in the end.

    Without a port it takes a free one.

    Raises:
        RuntimeError: it did not start; the message holds its log.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/server.py", "--server.port", str(port)]
    options = ["--server.headless", "true", "--server.fileWatcherType", "none"]
    environment = {**os.environ, "PARALLAX_CORPUS": corpus, **settings}
    with tempfile.TemporaryFile() as log:
        began = time.perf_counter()
        process = subprocess.Popen([*command, *options], cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            if not _answers(f"http://localhost:{port}/_stcore/health", process):
                log.seek(0)
                raise RuntimeError(f"The dashboard did not start:\n{log.read().decode(errors='replace')}")
            yield Dashboard(f"http://localhost:{port}", process.pid, time.perf_counter() - began)
        finally:
            process.terminate()
            process.wait(START_SECONDS)


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _answers(url: str, process: subprocess.Popen[bytes]) -> bool:
    """Whether the server answers before it ends or the time is up."""
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=10):
                return True
        except OSError:
            time.sleep(0.05)
    return False
