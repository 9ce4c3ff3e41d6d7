"""The database: made once by several processes, the same on SQLite and PostgreSQL, honest when it is gone."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from dashboard.team import database as room
from dashboard.team import place
from dashboard.team.database import CorpusRow, DatabaseError, ViewRow
from tests.conftest import ROOT, new_database, with_database
from tests.postgres import NoPostgresError, Postgres, programs

SAVE = """
import sys
from dashboard.team.database import ViewRow, saving
for number in range(int(sys.argv[1])):
    with saving() as session:
        session.add(ViewRow(id=f"{sys.argv[2]}-{number}", title="t", page="words", query="", owner="o", digest="d"))
    print(number, flush=True)
"""


def view(name: str = "one") -> ViewRow:
    return ViewRow(id=name, title="Мир", note="a\nb", page="words", query="a=b", owner="ann", digest="d" * 64)


def keep(*rows: object) -> None:
    with room.saving() as session:
        session.add_all(rows)


def keep_and_fail(row: object) -> None:
    with room.saving() as session:
        session.add(row)
        session.flush()
        raise ValueError


def kept() -> list[str]:
    with room.session() as session:
        return sorted(session.scalars(select(ViewRow.id)))


def saver(count: int, name: str) -> subprocess.Popen[str]:
    """A process that saves views one by one and prints the number of each when it is saved."""
    command = [sys.executable, "-c", SAVE, str(count), name]
    return subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), stdout=subprocess.PIPE, text=True)


def test_what_is_saved_is_read_back(database: str) -> None:
    made = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    keep(view(), CorpusRow(id="c", title="T", owner="ann", state="ready", created=made, bytes=1 << 40))
    with room.session() as session:
        saved, corpus = session.get_one(ViewRow, "one"), session.get_one(CorpusRow, "c")
    assert (saved.title, saved.note) == ("Мир", "a\nb")
    assert (corpus.created, corpus.bytes, corpus.shared, corpus.expires) == (made, 1 << 40, False, None)
    assert saved.created.tzinfo is not None


def test_migrations_make_the_tables_that_the_code_uses(database: str) -> None:
    with room.engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, room.Base.metadata) == []
        assert context.get_current_revision() == room.REVISION
    config = Config()
    config.set_main_option("script_location", str(room.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == room.REVISION


def test_nothing_is_saved_of_a_change_that_fails(database: str) -> None:
    keep(view())
    with pytest.raises(DatabaseError, match="Nothing was saved"):
        keep(view("two"), view("one"))
    with pytest.raises(ValueError):
        keep_and_fail(view("three"))
    assert kept() == ["one"]


def test_several_processes_start_and_save_at_once(database: str) -> None:
    savers = [saver(5, name) for name in ("a", "b", "c")]
    assert [process.wait(120) for process in savers] == [0, 0, 0]
    assert len(kept()) == 15


def test_a_writer_that_reads_first_waits_for_another(database: str) -> None:
    keep(view("0"))

    def count_up() -> None:
        for _ in range(10):
            with room.saving() as session:
                number = session.scalar(select(func.count()).select_from(ViewRow))
                session.add(view(f"{threading.get_ident()}-{number}"))

    writers = [threading.Thread(target=count_up) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert len(kept()) == 31


def test_what_was_saved_outlives_a_kill(database: str) -> None:
    process = saver(10_000, "k")
    assert process.stdout
    told = [process.stdout.readline() for _ in range(5)]
    process.send_signal(signal.SIGKILL)
    told += process.stdout.readlines()
    process.wait()
    complete = [line for line in told if line.endswith("\n")]
    assert len(complete) >= 5
    assert len(kept()) in (len(complete), len(complete) + 1), "the last may be saved and not yet printed"
    keep(view("after"))


def test_a_newer_version_s_database_is_told(database: str) -> None:
    keep(view())
    with room.engine().begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '999'")
    room._engines.clear()
    with pytest.raises(DatabaseError, match="newer version"), room.session():
        pass


def test_a_database_gone_for_a_while_is_told_and_comes_back(
    on_postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(view())
    on_postgres.stop()
    try:
        with pytest.raises(DatabaseError, match="Nothing was saved: it does not answer"):
            keep(view("two"))
        with pytest.raises(DatabaseError, match="cannot be read"):
            kept()
        with monkeypatch.context() as patch:
            patch.setattr(room, "engine", lambda: pytest.fail("pages do not wait for it again"))
            with pytest.raises(DatabaseError, match="cannot be read"):
                kept()
    finally:
        on_postgres.start()
    keep(view("three"))
    assert kept() == ["one", "three"], "saving shows that it is back"


DONE = b"COMMIT\0"
"""What a PostgreSQL server answers to a COMMIT."""


@contextmanager
def broken_way(port: int, breaks: threading.Event) -> Iterator[int]:
    """Another port for a server; a connection breaks when the server has done a COMMIT and is about to say so."""

    def pass_on(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(1 << 16):
                if breaks.is_set() and DONE in data:
                    break
                target.sendall(data)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def serve() -> None:
        with suppress(OSError):
            while True:
                client, server = listening.accept()[0], socket.create_connection(("127.0.0.1", port))
                for way in ((client, server), (server, client)):
                    threading.Thread(target=pass_on, args=way, daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]


def test_what_may_have_been_saved_is_not_called_lost(
    postgres_server: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, breaks = new_database(postgres_server), threading.Event()
    with broken_way(postgres_server.port, breaks) as port:
        for _ in with_database(url.replace(str(postgres_server.port), str(port)), monkeypatch):
            keep(view())
            breaks.set()
            with pytest.raises(DatabaseError, match="It is not known whether this was saved"):
                keep(view("two"))
            breaks.clear()
            assert kept() == ["one", "two"]


def test_an_address_of_a_host_is_understood() -> None:
    made = room.connect(make_url("postgres://ann:secret@127.0.0.1:1/x?sslmode=require"))
    assert made.url.drivername == "postgresql+pg8000"
    assert "sslmode" not in made.url.query


def test_a_password_is_never_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in with_database("postgresql://ann:s3cr3t@127.0.0.1:9/x", monkeypatch):
        with pytest.raises(DatabaseError) as caught, room.session():
            pass
        assert "s3cr3t" not in str(caught.value)


@pytest.fixture
def sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    file = tmp_path / "kept" / "parallax.db"
    for _ in with_database(f"sqlite:///{file}", monkeypatch):
        yield file


def test_a_full_disk_is_told(sqlite: Path) -> None:
    keep(view())
    with room.engine().connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DatabaseError, match="the disk is full"):
        keep(*(view(f"v{number}" + "x" * 900) for number in range(100)))
    assert kept() == ["one"]


def test_a_damaged_file_is_told(sqlite: Path) -> None:
    sqlite.parent.mkdir()
    sqlite.write_bytes(b"no database" * 1000)
    with pytest.raises(DatabaseError, match="damaged"), room.session():
        pass


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    for _ in with_database(f"sqlite:///{tmp_path}/file/parallax.db", monkeypatch):
        with pytest.raises(DatabaseError, match="Nothing was saved: the data folder cannot"):
            keep(view())


READ_ONLY = """
import os
from dashboard.team import database as room
from dashboard.team.database import DatabaseError, ViewRow
room.engine().dispose()
os.seteuid(65534)  # root may write anywhere
try:
    with room.saving() as session:
        session.add(ViewRow(id="two", title="t", page="words", query="", owner="o", digest="d"))
except DatabaseError as error:
    print(error)
"""


def test_a_read_only_folder_is_told(sqlite: Path) -> None:
    keep(view())
    sqlite.chmod(0o444)
    sqlite.parent.chmod(0o555)
    script = READ_ONLY if os.geteuid() == 0 else READ_ONLY.replace("os.seteuid(65534)", "")
    shown = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    sqlite.parent.chmod(0o755)
    sqlite.chmod(0o644)
    assert shown.stdout.startswith("Nothing was saved: the data folder cannot be ")
    keep(view("three"))
    assert kept() == ["one", "three"]


def test_a_page_without_saved_things_loads_no_database_library(sqlite: Path) -> None:
    assert not place.anything_kept()
    keep(view())
    assert place.anything_kept()
    loaded = "import sys; import dashboard.team.place; print('sqlalchemy' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout == "False\n"


def test_without_a_server_program_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests import postgres

    monkeypatch.delenv("PARALLAX_POSTGRES", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgres, "DEBIAN", tmp_path)
    monkeypatch.setattr(postgres, "install_packages", lambda *names: None)
    with pytest.raises(NoPostgresError, match=r"apt-get install postgresql.*PARALLAX_POSTGRES"):
        programs()
