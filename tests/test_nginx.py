"""The documented nginx in front of real processes: TLS, compression, sessions, stickiness, signing in."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from threading import Thread

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dashboard.team.access import PROXY_HEADER
from tests.browser.served import dashboard, free_port
from tests.nginx import configuration, program, running
from tests.session import PATIENCE, Session

SECRET = "of the proxy, at least 32 characters"
SIGN_IN = "# include /etc/nginx/parallax/sign-in.conf;"


get = partial(httpx.get, verify=False, timeout=PATIENCE)
"""Asks nginx, which shows the tests' own certificate."""


def ports(http: int, tls: int, *processes: int) -> dict[str, str]:
    first, second = processes if len(processes) == 2 else processes * 2
    return {
        "listen 80": f"listen 127.0.0.1:{http}",
        "listen 443": f"listen 127.0.0.1:{tls}",
        "parallax.example.org": "localhost",
        "127.0.0.1:8501": f"localhost:{first}",
        "    server 127.0.0.1:8502;\n": f"    server localhost:{second};\n" if second != first else "",
    }


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an nginx before two processes that share a data folder."""
    http, tls, first, second = (free_port() for _ in range(4))
    main = configuration(tmp_path_factory.mktemp("nginx"), **ports(http, tls, first, second))
    with dashboard(port=first), dashboard(port=second), running(main, tls):
        yield f"https://localhost:{tls}"


def test_the_documented_configuration_is_valid(tmp_path: Path) -> None:
    with_sign_in = {SIGN_IN: SIGN_IN.removeprefix("# ")}
    for changed in ({}, with_sign_in):
        main = configuration(tmp_path, **changed)
        told = subprocess.run([program(), "-t", "-c", str(main)], capture_output=True, text=True)
        assert "syntax is ok" in told.stderr, told.stderr
        assert told.returncode == 0 or "bind()" in told.stderr, told.stderr


def test_answers_come_over_tls_compressed_and_with_each_header_once(behind: str) -> None:
    page = get(f"{behind}/words?v=1")
    names = [name for name, _ in page.headers.multi_items()]
    for name in ("content-security-policy", "strict-transport-security", "x-content-type-options"):
        assert names.count(name) == 1
    script = page.text.partition('src="./')[2].partition('"')[0]
    sent = get(f"{behind}/{script}", headers={"accept-encoding": "gzip"})
    assert sent.headers["content-encoding"] == "gzip"
    assert int(sent.num_bytes_downloaded) < len(sent.content) / 2
    assert get(f"{behind}/_stcore/metrics").status_code == 404


def test_a_browser_stays_with_its_process(behind: str) -> None:
    with httpx.Client(verify=False, timeout=PATIENCE) as client:
        kept = client.get(behind).headers["set-cookie"]
        assert all(word in kept for word in ("parallax_seat=", "Secure", "HttpOnly"))
        assert "set-cookie" not in client.get(behind).headers


def test_sessions_run_through_it_whatever_their_seat(behind: str) -> None:
    with ExitStack() as open_sessions:
        for number in range(8):
            session = open_sessions.enter_context(Session(behind, {"Cookie": f"parallax_seat={number:032x}"}))
            run = session.run("words")
            assert not run.failed
            assert len(run.sent) > 10_000


async def _auth(request: Request) -> Response:
    """An oauth2-proxy's answer: who the cookie says."""
    email = request.cookies.get("signed_in")
    return Response(status_code=202, headers={"X-Auth-Request-Email": email}) if email else Response(status_code=401)


async def _start(request: Request) -> RedirectResponse:
    return RedirectResponse("https://id.example.org/?then=" + request.headers["x-auth-request-redirect"], 302)


@pytest.fixture(scope="module")
def signing_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an nginx that asks a sign-in proxy, before a dashboard that believes nginx alone."""
    http, tls, port, proxy = (free_port() for _ in range(4))
    changed = {SIGN_IN: SIGN_IN.removeprefix("# "), "change this to PARALLAX_PROXY_SECRET": SECRET}
    changed["127.0.0.1:4180"] = f"127.0.0.1:{proxy}"
    main = configuration(tmp_path_factory.mktemp("nginx"), **changed, **ports(http, tls, port))
    given = {"PARALLAX_ACCESS": "proxy", "PARALLAX_PROXY_SECRET": SECRET, "PARALLAX_READERS": "ann@example.org"}
    app = Starlette(routes=[Route("/oauth2/auth", _auth), Route("/oauth2/start", _start)])
    server = uvicorn.Server(uvicorn.Config(app, port=proxy, log_level="error"))
    Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.01)
    with dashboard(port=port, **given), running(main, tls):
        yield f"https://localhost:{tls}"
    server.should_exit = True


def test_who_has_not_signed_in_is_sent_to_and_comes_back_to_the_link(signing_in: str) -> None:
    link = "/words?topic=kursk&text=a%26b&v=1"
    sent = get(signing_in + link)
    assert sent.status_code == 302
    assert sent.headers["location"] == f"https://id.example.org/?then={link}"


def test_who_has_signed_in_reads(signing_in: str) -> None:
    with Session(signing_in, {"Cookie": "signed_in=ann@example.org"}) as session:
        assert "Words" in "".join(element.body for element in session.run("words").elements("html"))


@pytest.mark.parametrize("claimed", [{}, {"X-Forwarded-Email": "ann@example.org", PROXY_HEADER: SECRET}])
def test_what_a_browser_says_of_itself_is_not_passed_on(signing_in: str, claimed: dict[str, str]) -> None:
    with Session(signing_in, {"Cookie": "signed_in=eve@example.com", **claimed}) as session:
        shown = "".join(element.body for element in session.run("words").elements("html"))
    assert "No permission" in shown
    assert "eve@example.com" in shown
