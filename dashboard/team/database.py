"""What people keep on the server: shared corpora, saved views, corrections.

An SQLite file in the data folder, or PostgreSQL where `DATABASE_URL` names one; the driver is pg8000, whose licence
(BSD) is permissive. The tables are made and changed by the migrations in `migrations/`, when a database is first used.
Whoever imports this room loads SQLAlchemy: do it where something is kept, not when a page opens (`place.anything_kept`
says whether there is anything to look for).
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, DateTime, Engine, String, Text, create_engine, event, inspect, text
from sqlalchemy.engine import URL, Connection, Dialect, make_url
from sqlalchemy.exc import InterfaceError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator

from dashboard.team.place import DatabaseError as DatabaseError
from dashboard.team.settings import settings

REVISION = "1"
"""The migration these tables are of, the last in `migrations/versions`."""
MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATING = 7_270_117
"""Number of PostgreSQL's advisory lock under which one process at a time migrates; any number that is ours alone."""
PATIENCE = 5
"""Seconds to wait for a lock, a free connection or an answer; a reader at a page waits no longer."""
REST = 5
"""Seconds in which a database that did not answer is not asked again by pages, so that they go on at once."""
ID_BYTES = 12
"""Random bytes of an id, 16 characters of a link: 2^96 cannot be guessed."""

UNKNOWN = "It is not known whether this was saved: the database was lost while it answered. Look before you try again."
NO_FOLDER = "the data folder cannot be opened or written to"
REASONS = {
    "full": "the disk is full",
    "no space left": "the disk is full",
    "disk i/o error": "the disk is full or fails",
    "readonly": "the data folder cannot be written to",
    "read-only": "the database cannot be written to",
    "unable to open": NO_FOLDER,
    "not a directory": NO_FOLDER,
    "file exists": NO_FOLDER,
    "permission denied": NO_FOLDER,
    "malformed": "the database file is damaged; restore it from a backup",
    "not a database": "the database file is damaged; restore it from a backup",
    "locked": "others are saving just now; try again",
    "locate revision": "it was written by a newer version of Parallax",
}
"""What the database's message holds -> what it means for who reads it."""


class Moment(TypeDecorator[datetime]):
    """A time in UTC, which SQLite would give back without saying so."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """As UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """With its zone."""
        return value and (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)


def new_id() -> str:
    """An id that nobody can guess, fit for a link."""
    return secrets.token_urlsafe(ID_BYTES)


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Base(DeclarativeBase):
    """The tables."""


class CorpusRow(Base):
    """A corpus that somebody uploaded; `digest` is its content's, empty until it is read."""

    __tablename__ = "corpora"
    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    digest: Mapped[str] = mapped_column(String(64), default="", index=True)
    title: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(Text, index=True)
    shared: Mapped[bool] = mapped_column(default=False)
    created: Mapped[datetime] = mapped_column(Moment, default=now)
    expires: Mapped[datetime | None] = mapped_column(Moment, default=None)
    bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    articles: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(16))
    message: Mapped[str] = mapped_column(Text, default="")


class ViewRow(Base):
    """A view that somebody saved: the page and query of its link, on the corpus of that digest."""

    __tablename__ = "views"
    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    title: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, default="")
    page: Mapped[str] = mapped_column(String(32))
    query: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(Text, index=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    created: Mapped[datetime] = mapped_column(Moment, default=now)


class CorrectionRow(Base):
    """A correction of one finding in one article; never deleted, only `undone`. `value` is JSON."""

    __tablename__ = "corrections"
    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    field: Mapped[str] = mapped_column(String(8))
    start: Mapped[int]
    end: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    value: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(Moment, default=now)
    undone: Mapped[datetime | None] = mapped_column(Moment, default=None, index=True)
    undone_by: Mapped[str] = mapped_column(Text, default="")


@contextmanager
def session() -> Iterator[Session]:
    """A session to read with.

    Raises:
        DatabaseError: the database does not answer; it is left alone for `REST` seconds then.
    """
    if _rest.refused and time.monotonic() < _rest.until:
        raise DatabaseError(_rest.refused)
    try:
        with Session(engine(), expire_on_commit=False) as opened:
            yield opened
        _rest.refused = ""
    except (SQLAlchemyError, OSError) as error:
        _rest.until, _rest.refused = time.monotonic() + REST, f"The database cannot be read: {_reason(error)}."
        raise DatabaseError(_rest.refused) from error


@contextmanager
def saving() -> Iterator[Session]:
    """A session whose changes are saved in the end, all or none.

    Raises:
        DatabaseError: nothing was saved; or, as it says, a server was lost while it was to confirm that all was.
    """
    told_to_save = False
    try:
        bound = engine().execution_options(begin="BEGIN IMMEDIATE")
        with Session(bound, expire_on_commit=False) as opened:
            yield opened
            opened.flush()
            told_to_save = True
            opened.commit()
    except (SQLAlchemyError, OSError) as error:
        if told_to_save and isinstance(error, (InterfaceError, OSError)):
            raise DatabaseError(UNKNOWN) from error
        raise DatabaseError(f"Nothing was saved: {_reason(error)}.") from error
    _rest.refused = ""


class _Rest:
    """When a database that did not answer may be asked again, and what was told."""

    until = 0.0
    refused = ""


_rest = _Rest()
_engines: dict[str, Engine] = {}
_making = threading.Lock()


def engine() -> Engine:
    """The engine of the settings' database, its tables up to date; one a process."""
    url = settings().database_url
    with _making:
        if url not in _engines:
            made = connect(make_url(url))
            migrate(made)
            _engines[url] = made
        return _engines[url]


def connect(url: URL) -> Engine:
    """An engine that notices lost connections and never waits for long."""
    options: dict[str, Any] = {"pool_pre_ping": True, "pool_timeout": PATIENCE}
    if url.get_backend_name() == "sqlite":
        Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
        made = create_engine(url, connect_args={"timeout": PATIENCE}, **options)
        event.listen(made, "connect", _prepare)
        event.listen(made, "begin", _begin)
        return made
    secured = url.query.get("sslmode") in ("require", "verify-ca", "verify-full")
    arguments = {"timeout": PATIENCE} | ({"ssl_context": True} if secured else {})
    plain = url.set(drivername="postgresql+pg8000").difference_update_query(["sslmode"])
    return create_engine(plain, connect_args=arguments, **options)


def _prepare(connection: Any, _: Any) -> None:
    """Set up a new SQLite connection; transactions are begun by `_begin`, not by Python's module."""
    connection.isolation_level = None
    for pragma in ("journal_mode = wal", "foreign_keys = on"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """A writer takes SQLite's lock at once: one that first reads could not wait for another writer later."""
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def migrate(made: Engine) -> None:
    """Bring the tables up to date; several processes may do so at once, one waits for the other."""
    with made.connect() as connection:
        if _revision(connection) == REVISION:
            return
    with made.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
        if made.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATING})"))
        if _revision(connection) != REVISION:
            _upgrade(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, REVISION)
    except CommandError as error:
        raise SQLAlchemyError(str(error)) from error


def _reason(error: Exception) -> str:
    """What an error of the database means, without addresses or passwords."""
    told = str(error).casefold()
    return next((meaning for part, meaning in REASONS.items() if part in told), "it does not answer")
