"""Odd requests by HTTP and websocket: nothing answers with a server error, nothing piles up, and the server goes on."""

from __future__ import annotations

import os
import random
import socket
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests.browser.served import Dashboard, dashboard
from tests.session import PATH, PATIENCE, Session

WAYS: dict[str, Any] = {"proxy": None, "open_timeout": PATIENCE}
REQUESTS = int(os.environ.get("REQUESTS", "1000"))
"""REQUESTS=10000 for the full run of the issue."""
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW")
PLACES = (
    "/", "/words", "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics", "/_stcore/agent/mcp", "/media/",
    "/_stcore/upload_file/", "/component/", "/static/js/", "/auth/login", "/auth/logout", "/oauth2callback",
    "/_stcore/script-health-check", "/_stcore/stream", "/_stcore/bidi-components/", "/app/static/",
)  # fmt: skip
PIECES = (
    "..",
    "%2e%2e/",
    "%00",
    "%ff",
    "\\",
    "//",
    "?a=%",
    "?topic=%F0%9F",
    "'",
    "<script>",
    ";",
    "%0d%0aSet-Cookie:x",
)
GROWTH = 40 << 20
"""Bytes of memory by which the server may grow between two halves: caches fill, nothing is kept per request."""


@pytest.fixture(scope="module")
def server() -> Iterator[Dashboard]:
    with dashboard() as served:
        yield served


def memory(process: int) -> int:
    """Bytes that a process holds."""
    status = Path(f"/proc/{process}/status").read_text()
    return 1024 * int(status.partition("VmRSS:")[2].split()[0])


def text(chance: random.Random, longest: int) -> str:
    letters = string.ascii_letters + string.digits + "-_.~%/"
    return "".join(chance.choices(letters, k=chance.randrange(longest)))


def word(chance: random.Random) -> str:
    return "x" + "".join(chance.choices(string.ascii_letters, k=chance.randrange(40)))


def ask(client: httpx.Client, chance: random.Random) -> int:
    """A random request; the status of the answer, 0 where the server would not hear it."""
    path = chance.choice(PLACES) + chance.choice(
        ("", text(chance, 40), chance.choice(PIECES), chance.choice(PIECES) * 9)
    )
    headers = {"x-xsrftoken": text(chance, 30), "cookie": f"_streamlit_xsrf={text(chance, 30)}", "range": "bytes=9-1"}
    body = chance.randbytes(chance.choice((0, 10, 5000)))
    given = dict(chance.sample(sorted(headers.items()), chance.randrange(4)))
    try:
        return client.request(chance.choice(METHODS), path, headers=given, content=body).status_code
    except (httpx.InvalidURL, httpx.RemoteProtocolError):
        return 0


def speak(url: str, chance: random.Random) -> None:
    """A websocket that says random things, some of them well-formed."""
    address = url.replace("http", "ws") + PATH
    names = chance.choice((["streamlit"], ["streamlit", word(chance), word(chance)], None))
    try:
        with connect(
            address, subprotocols=names, proxy=None, max_size=None, origin=url, open_timeout=PATIENCE
        ) as socket:
            for _ in range(chance.randrange(1, 5)):
                socket.send(said(chance))
    except (ConnectionClosed, InvalidStatus):
        return


def said(chance: random.Random) -> bytes | str:
    message = BackMsg()
    match chance.randrange(6):
        case 0:
            return chance.randbytes(chance.randrange(3000))
        case 1:
            return text(chance, 300)
        case 2:
            message.rerun_script.query_string = "&".join(f"{text(chance, 9)}={text(chance, 30)}" for _ in range(9))
            message.rerun_script.page_script_hash = text(chance, 40)
        case 3:
            for _ in range(20):
                message.rerun_script.widget_states.widgets.add(id=text(chance, 60), json_value=text(chance, 60))
        case 4:
            message.backend_operation_request.dataframe_chunk.SetInParent()
        case 5:
            message.file_urls_request.file_names.extend([text(chance, 20)] * 5)
    return message.SerializeToString()


def storm(url: str, chance: random.Random, requests: int) -> set[int]:
    with httpx.Client(base_url=url, timeout=PATIENCE) as client:
        statuses = set()
        for number in range(requests):
            if number % 10 == 0:
                speak(url, chance)
            else:
                statuses.add(ask(client, chance))
    return statuses


def test_random_requests_cause_no_server_error(server: Dashboard) -> None:
    chance = random.Random(8)
    statuses = storm(server.url, chance, REQUESTS // 2)
    before = memory(server.process)
    statuses |= storm(server.url, chance, REQUESTS // 2)
    grown = memory(server.process) - before
    print(f"statuses {sorted(statuses)}, memory {before >> 20} MB, grown {grown / (1 << 20):.1f} MB")
    assert [status for status in statuses if status >= 500] == []
    assert {200, 404, 405} <= statuses
    assert grown < GROWTH
    with Session(server.url) as session:
        assert not session.run("words").failed


@pytest.mark.parametrize(("name", "origin"), [("evil.example.org", None), ("evil.example.org", "itself")])
def test_a_foreign_name_or_origin_gets_no_session(server: Dashboard, name: str, origin: str | None) -> None:
    """A page elsewhere that has its name lead to this machine."""
    port = int(server.url.rpartition(":")[2])
    place = f"{name}:{port}"
    with (
        socket.create_connection(("localhost", port)) as reached,
        pytest.raises(InvalidStatus, match="403"),
        connect(f"ws://{place}{PATH}", sock=reached, origin=origin and f"http://{place}", **WAYS),
    ):
        pass


def test_another_site_gets_no_session(server: Dashboard) -> None:
    with (
        pytest.raises(InvalidStatus, match="403"),
        connect(server.url.replace("http", "ws") + PATH, origin="http://evil.example.org", **WAYS),
    ):
        pass
