"""Finds a PostgreSQL server program, or gets one, or says what to install; and runs it for the tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.install import install_packages, settled

NAMED = "PARALLAX_POSTGRES"
PACKAGE = "postgresql"
DEBIAN = Path("/usr/lib/postgresql")
START_SECONDS = 180
USER = "postgres"
OPTIONS = "-c fsync=off -c max_connections=40 -c unix_socket_directories= -c listen_addresses=127.0.0.1"


class NoPostgresError(RuntimeError):
    """None was found and none could be installed; the message says what to do."""


def programs() -> Path:
    """The folder of `initdb` and `pg_ctl`: the one `PARALLAX_POSTGRES` names, the system's, or one installed now.

    Raises:
        NoPostgresError: there is none.
    """
    named = os.environ.get(NAMED)
    if named:
        return Path(named)
    settled()
    if not present():
        install_packages(PACKAGE)
    found = present()
    if not found:
        raise NoPostgresError(
            "The tests of the database need PostgreSQL's server, and none was found or could be installed. Install it "
            "with `apt-get install postgresql`, or let PARALLAX_POSTGRES name the folder of its `initdb`."
        )
    return found


def present() -> Path | None:
    """The folder of an installed server: the newest of Debian's, else where `initdb` is found."""
    newest = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]), reverse=True)
    found = next(map(str, newest), None) or shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@dataclass(frozen=True)
class Postgres:
    """A server on a free port of this machine, its data in a folder of its own."""

    bin: Path
    folder: Path
    port: int

    @property
    def url(self) -> str:
        """The address of its first database."""
        return f"postgresql://parallax@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.control("start", "-o", f"{OPTIONS} -p {self.port}", "-l", str(self.folder / "log"))

    def stop(self) -> None:
        """Stop it, cutting all connections."""
        self.control("stop", "-m", "immediate")

    def control(self, *arguments: str) -> None:
        """Call `pg_ctl`."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-w", *arguments)

    def run(self, program: str, *arguments: str) -> None:
        """Call a program as a user that the server accepts: it refuses to be run by root."""
        command = [str(self.bin / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", USER, "--", *command]
        subprocess.run(command, check=True, timeout=START_SECONDS, cwd=self.folder, stdout=subprocess.DEVNULL)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A running server, which is gone in the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="parallax-postgres-", ignore_cleanup_errors=True) as folder:
        server = Postgres(programs(), Path(folder), port)
        if os.geteuid() == 0:
            shutil.chown(folder, USER)
        server.run("initdb", "--no-sync", "-A", "trust", "-U", "parallax", "-E", "UTF8", "-D", f"{folder}/data")
        server.start()
        try:
            yield server
        finally:
            server.stop()
