"""What a reader can do to a server: read. Every other way, by HTTP, the websocket or a link, leads nowhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from dashboard.team import corpora, views
from dashboard.team.access import PROXY_HEADER, Visitor
from dashboard.team.settings import settings
from tests.browser.served import dashboard
from tests.conftest import with_database
from tests.session import Run, Session
from tests.test_shared_corpora import staged

SECRET = "of the proxy, at least 32 characters"
ANN = Visitor("ann@example.org", "Ann", "analyst")
PEOPLE = {"PARALLAX_READERS": "rae@example.org", "PARALLAX_ANALYSTS": ANN.id}
EVIDENCE = "item=only%3Arussian"
ADDRESSES = (("figures", EVIDENCE), ("method", ""))
"""Pages on which an analyst can correct, upload, and change views and corpora."""


@dataclass(frozen=True)
class Server:
    """A shared server: its address, its database, and a corpus and a view that Ann keeps for herself."""

    url: str
    file: Path
    corpus: str
    view: str

    def session(self, person: str) -> Session:
        """A session of who the proxy names."""
        return Session(self.url, {PROXY_HEADER: SECRET, "X-Forwarded-Email": f"{person}@example.org"})

    def kept(self) -> list[tuple[object, ...]]:
        """All that people keep, but for when a corpus expires."""
        with closing(sqlite3.connect(self.file)) as opened:
            tables = (
                "id, title, note, owner FROM views",
                "id, title, owner, shared FROM corpora",
                "* FROM corrections",
            )
            return [row for table in tables for row in opened.execute(f"SELECT {table} ORDER BY id")]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    file = folder / "parallax.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATA", str(folder))
        for url in with_database(f"sqlite:///{file}", patch):
            row = corpora.keep(staged(), "Secret floods", ANN, shared=False)
            view = views.save("Losses", "of Ann", "words", {"topic": ["strikes"]}, "d" * 64, ANN)
            given = {"PARALLAX_ACCESS": "proxy", "PARALLAX_PROXY_SECRET": SECRET, "DATABASE_URL": url, **PEOPLE}
            with dashboard(PARALLAX_DATA=str(folder), **given) as served:
                yield Server(served.url, file, row.id, view.id)
    settings.cache_clear()


def put(server: Server, session: Session) -> int:
    """The status of a file sent for a session."""
    with httpx.Client(base_url=server.url) as client:
        client.get("/_stcore/health")
        token = {"X-Xsrftoken": client.cookies.get("_streamlit_xsrf", "")}
        path = f"/_stcore/upload_file/{session.id}/file-1"
        return client.put(path, files={"file": ("a.txt", b"x" * 1000)}, headers=token).status_code


def test_files_are_taken_of_analysts_alone(server: Server) -> None:
    with server.session("rae") as reader, server.session("ann") as analyst, server.session("eve") as stranger:
        for session in (reader, analyst, stranger):
            session.run("method")
        assert [put(server, each) for each in (reader, stranger, analyst)] == [403, 403, 204]
    assert put(server, analyst) in (400, 403), "a session that has ended"


def controls(run: Run) -> set[str]:
    """The ids of everything that can be pressed, opened, chosen or filled in."""
    kinds = ("button", "file_uploader", "selectbox", "text_input", "text_area", "radio", "checkbox", "button_group")
    blocks = (message.delta.add_block.popover.id for message in run.messages)
    return {each.id for kind in kinds for each in run.elements(kind)} | {each for each in blocks if each}


def of_an_analyst(server: Server, page: str, query: str) -> set[str]:
    """What an analyst can use on a page, the forms of the popovers too."""
    with server.session("ann") as analyst:
        found = controls(analyst.run(page, query))
        for popover in found:
            analyst.set(popover, True)
        return found | controls(analyst.run(page, query))


@pytest.mark.parametrize(("page", "query"), ADDRESSES)
def test_what_only_an_analyst_is_shown_does_nothing_for_a_reader(server: Server, page: str, query: str) -> None:
    before = server.kept()
    with server.session("rae") as reader:
        foreign = of_an_analyst(server, page, query) - controls(reader.run(page, query))
        assert foreign, "an analyst can do more"
        for control in sorted(foreign):
            assert not reader.run(page, query, pressed=control).failed
        for control in foreign:
            reader.set(control, "forged")
        assert not reader.run(page, query).failed
    assert server.kept() == before


def test_a_link_to_what_is_another_s_alone_shows_nothing_of_it(server: Server) -> None:
    with server.session("rae") as reader, server.session("ann") as analyst:
        assert b"Secret floods" in analyst.run("", f"shared={server.corpus}").sent
        refused = reader.run("", f"shared={server.corpus}")
        assert b"not shared with you" in refused.sent
        for address in ("", "method", "words"):
            for query in (f"shared={server.corpus}", f"shared={server.corpus}&shared=x", "shared=..%2Fcorpora", ""):
                sent = reader.run(address, query).sent
                assert b"Secret floods" not in sent
                assert b"Oldtown" not in sent
                assert b"of Ann" not in sent, "one's list of views is one's own"


@pytest.mark.parametrize("person", ["eve", "", "rae@example.org, ann"])
def test_who_is_on_no_list_gets_no_word_of_the_corpus(server: Server, person: str) -> None:
    with server.session(person) as stranger:
        for page, query in (*ADDRESSES, ("", f"shared={server.corpus}"), ("words", f"view={server.view}")):
            sent = stranger.run(page, query).sent
            assert b"Zelensk" not in sent
            assert b"Western" not in sent
