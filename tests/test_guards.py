"""The guards of the web server, before an app that answers everything."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from dashboard.team import gate
from dashboard.team.gate import Gate
from dashboard.team.headers import INDEX, Headers, policy
from dashboard.team.preload import Preload
from dashboard.team.way_back import COOKIE, WayBack

SECRET = "s" * 32


async def answer(scope, receive, send) -> None:
    await PlainTextResponse("answered")(scope, receive, send)


async def away(request) -> RedirectResponse:
    return RedirectResponse("https://id.example.org/authorize", 302)


async def home(request) -> RedirectResponse:
    return RedirectResponse("/", 302)


async def stream(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.receive()


def client(*guards: Middleware, base_url: str = "http://testserver") -> TestClient:
    routes = [
        Route("/auth/login", away),
        Route("/oauth2callback", home),
        WebSocketRoute("/_stcore/stream", stream),
        Mount("/", answer),
    ]
    return TestClient(Starlette(routes=routes, middleware=list(guards)), base_url=base_url, follow_redirects=False)


def test_the_policy_lets_in_the_inline_script_of_the_installed_streamlit_alone() -> None:
    given = policy(INDEX.read_text(encoding="utf-8"))
    assert len(re.findall(r"'sha256-[^']+'", given)) == 1
    assert "unsafe-eval'" not in given.replace("'wasm-unsafe-eval'", "")
    assert re.search(r"script-src[^;]*'unsafe-inline'", given) is None


def test_an_inline_script_has_the_hash_of_its_text() -> None:
    text = "\n  let a = 1\n"
    expected = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    given = policy(f'<script src="x.js"></script><script>{text}</script>'.replace("\n", "\r\n"))
    assert f"'sha256-{expected}'" in given
    assert given.count("sha256") == 1


def test_every_answer_has_the_headers_and_over_tls_asks_for_tls() -> None:
    plain, tls = (
        client(Middleware(Headers)).get("/"),
        client(Middleware(Headers), base_url="https://testserver").get("/"),
    )
    for name in ("content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy"):
        assert plain.headers[name] == tls.headers[name]
    assert "strict-transport-security" not in plain.headers
    assert "max-age=" in tls.headers["strict-transport-security"]


def test_pages_name_the_chart_library_and_nothing_else_does() -> None:
    page, other = TestClient(Preload(HTMLResponse("<p>"))).get("/words"), TestClient(Preload(answer)).get("/")
    address, _, how = page.headers["link"].partition(">; ")
    assert how == "rel=prefetch"
    assert (INDEX.parent / address.removeprefix("<./")).is_file()
    assert "link" not in other.headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/words?topic=x", 200),
        ("HEAD", "/", 200),
        ("GET", "/_stcore/metrics", 404),
        ("GET", "/team/_stcore/metrics", 404),
        ("GET", "/_stcore/agent/openapi.json", 404),
        ("POST", "/_stcore/agent/mcp", 404),
        ("POST", "/", 405),
        ("PATCH", "/_stcore/upload_file/a/b", 405),
        ("PUT", "/words", 405),
        ("PUT", "/_stcore/upload_file/a/b", 200),
        ("PUT", "/team/_stcore/upload_file/a/b", 200),
        ("DELETE", "/_stcore/upload_file/a/b", 200),
        ("PUT", "/_stcore/upload_file/other/b", 403),
        ("DELETE", "/_stcore/upload_file/other/b", 403),
        ("PUT", "/_stcore/upload_file/", 403),
    ],
)
def test_only_what_the_dashboard_needs_is_answered(
    monkeypatch: pytest.MonkeyPatch, method: str, path: str, status: int
) -> None:
    monkeypatch.setattr(Gate, "_held", lambda self: 0)
    monkeypatch.setattr(gate, "_admitted", {"a"})
    assert client(Middleware(Gate, upload_megabytes=1)).request(method, path).status_code == status


def test_uploads_beyond_what_the_server_holds_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = client(Middleware(Gate, upload_megabytes=1))
    monkeypatch.setattr(Gate, "_held", lambda self: gate.HELD << 20)
    monkeypatch.setattr(gate, "_admitted", {"a"})
    refused = asked.put("/_stcore/upload_file/a/b", content=b"x")
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "60")


def test_sessions_beyond_the_most_are_refused_until_one_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "SESSIONS", 1)
    asked = client(Middleware(Gate, upload_megabytes=1))
    with (
        asked.websocket_connect("/_stcore/stream"),
        pytest.raises(WebSocketDisconnect),
        asked.websocket_connect("/_stcore/stream"),
    ):
        pass
    with asked.websocket_connect("/_stcore/stream"):
        pass


def signing_in(referrer: str) -> str | None:
    """Where a sign-in that began on a page ends."""
    asked = client(Middleware(WayBack, secret=SECRET))
    asked.get("/auth/login", headers={"referer": referrer})
    return asked.get("/oauth2callback").headers["location"]


@pytest.mark.parametrize(
    ("referrer", "ends"),
    [
        ("http://testserver/words?topic=a&topic=%D0%B1&v=1", "/words?topic=a&topic=%D0%B1&v=1"),
        ("http://testserver/", "/"),
        ("http://evil.example.org/words", "/"),
        ("http://testserver//evil.example.org/", "/"),
        ("http://testserver/\\evil.example.org", "/"),
        ("http://testserver/?text=" + "x" * 4000, "/"),
        ("", "/"),
    ],
)
def test_signing_in_ends_at_the_link_and_never_at_another_server(referrer: str, ends: str) -> None:
    assert signing_in(referrer) == ends


def test_a_forged_way_back_is_not_taken() -> None:
    asked = client(Middleware(WayBack, secret=SECRET))
    asked.cookies.set(COOKIE, "Ii93b3JkcyI.forged.forged")
    assert asked.get("/oauth2callback").headers["location"] == "/"


def test_the_way_back_is_kept_from_scripts_and_forgotten_after_use() -> None:
    asked = client(Middleware(WayBack, secret=SECRET), base_url="https://testserver")
    kept = asked.get("/auth/login", headers={"referer": "https://testserver/words"}).headers["set-cookie"]
    assert all(word in kept for word in ("HttpOnly", "Secure", "SameSite=lax"))
    asked.get("/oauth2callback")
    assert COOKIE not in asked.cookies
