"""Fixtures shared by the rooms' tests."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import hypothesis
import pytest
from click.testing import CliRunner

from analysis.__main__ import main
from analysis.corpus import SIDE_COLORS, Corpus, Document, Side
from analysis.loading import load
from analysis.reading import Reading, Selected
from analysis.selection import Selection
from dashboard.team.settings import settings
from tests.browser.served import dashboard
from tests.hostile import hostile_corpus
from tests.imported import Write
from tests.postgres import NoPostgresError, Postgres, postgres

ROOT = Path(__file__).parent.parent
hypothesis.settings.register_profile(
    "patient", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)  # a busy machine is slow, not wrong; and what fails once fails always
hypothesis.settings.load_profile("patient")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs programs that may have to be installed first ends the two halves that two processes begin with."""
    browser = [item for item in items if "browser" in item.path.parts]
    programs = [item for item in items if item not in browser and _needs_program(item)]
    others = [item for item in items if item not in browser and item not in programs]
    half = max(len(items) // 2 - len(browser), 0)
    items[:] = [*others[:half], *browser, *others[half:], *programs]


def _needs_program(item: pytest.Item) -> bool:
    asked = {*getattr(item, "fixturenames", ()), item.path.stem}
    return bool(asked & {"database", "on_postgres", "postgres_server", "test_nginx"})


@pytest.fixture(autouse=True, scope="session")
def _own_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What tests read is kept in a folder of theirs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATA", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(autouse=True)
def _own_main() -> Iterator[None]:
    """Puts the program back where AppTest put a page's script, which worker processes would run."""
    program = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = program


@pytest.fixture(autouse=True)
def _own_settings() -> Iterator[None]:
    """Forgets the settings that a test made of its environment."""
    yield
    settings.cache_clear()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """A PostgreSQL server; where none can be had the test fails, it never skips."""
    try:
        with postgres() as server:
            yield server
    except NoPostgresError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty database, which the settings name; each test runs on both kinds."""
    url = f"sqlite:///{tmp_path}/kept/parallax.db"
    if request.param == "postgresql":
        url = new_database(request.getfixturevalue("postgres_server"))
    yield from with_database(url, monkeypatch)


@pytest.fixture
def on_postgres(postgres_server: Postgres, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postgres]:
    """A PostgreSQL server whose new database the settings name; a test may stop and start it."""
    for _ in with_database(new_database(postgres_server), monkeypatch):
        yield postgres_server


def with_database(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Let the settings name a database for a while."""
    from dashboard.team import database

    monkeypatch.setenv("DATABASE_URL", url)
    settings.cache_clear()
    yield url
    settings.cache_clear()
    for engine in database._engines.values():
        engine.dispose()
    database._engines.clear()
    database._rest.refused = ""


def new_database(server: Postgres) -> str:
    """The address of an empty database on a server."""
    import pg8000.dbapi

    name = f"test_{uuid4().hex}"
    connection = pg8000.dbapi.connect("parallax", "127.0.0.1", "postgres", server.port)
    connection.autocommit = True
    connection.cursor().execute(f"CREATE DATABASE {name}")
    connection.close()
    return server.url.removesuffix("postgres") + name


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of a name and content below the test's folder."""

    def make(name: str, content: bytes | str) -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    return make


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus whose every field attacks, already read."""
    made = hostile_corpus(tmp_path_factory.mktemp("hostile") / "corpus")
    assert CliRunner().invoke(main, ["read", str(made)]).exit_code == 0
    return made


@pytest.fixture(scope="module")
def attacked(hostile: Path) -> Iterator[str]:
    """The address of a dashboard on it."""
    with dashboard(str(hostile)) as served:
        yield served.url


@pytest.fixture(scope="session")
def seeds() -> Corpus:
    return load(ROOT / "seeds")


@pytest.fixture(scope="session")
def reading(seeds: Corpus) -> Reading:
    return Reading(seeds)


@pytest.fixture(scope="session")
def selected(reading: Reading) -> Selected:
    """All of the seed."""
    return Selected(reading, Selection())


def made(**texts: str | list[str]) -> Selected:
    """A corpus of the given sides, each with one text or several, all of it selected."""
    sides = tuple(Side(name, name.title(), color) for name, color in zip(texts, SIDE_COLORS, strict=False))
    documents = tuple(
        Document(f"{side}{number}", side, f"{side.title()} Post", "", text)
        for side, given in texts.items()
        for number, text in enumerate([given] if isinstance(given, str) else given)
    )
    return Selected(Reading(Corpus("made", sides, documents)), Selection())
