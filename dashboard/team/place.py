"""Whether anything was ever kept: known without loading the database's library, for the first chart waits for this."""

from __future__ import annotations

from pathlib import Path

from dashboard.team.settings import settings


class DatabaseError(RuntimeError):
    """The database could not do what it was asked; the message is for the page."""


SQLITE = "sqlite:///"


def sqlite_file() -> Path | None:
    """The file of an SQLite database; None where the database is a server."""
    url = settings().database_url
    return Path(url.removeprefix(SQLITE)) if url.startswith(SQLITE) else None


def anything_kept() -> bool:
    """Whether the database may hold something: False as long as its file was never made."""
    file = sqlite_file()
    return file is None or file.exists()
