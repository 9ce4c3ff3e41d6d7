"""Which requests are answered at all: what the dashboard needs, and not more at once than it can hold."""

from __future__ import annotations

import streamlit.runtime
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

READING = {"GET", "HEAD", "OPTIONS"}
UPLOADS = "/_stcore/upload_file/"
CLOSED = ("/_stcore/metrics", "/_stcore/agent")
"""Streamlit's counts of itself, and its way for programs to drive the app: neither is a reader's."""
SESSIONS = 400
"""Open at once: at 0.3 MB each far less than a corpus, and eight times what one process answers in time."""
HELD = 4
"""Largest uploads that the server holds at once; importing an upload frees it."""


_admitted: set[str] = set()
"""Sessions to which the form for uploads was shown."""


def admit(session: str) -> None:
    """Take the files of a session from now on: who uses it may upload."""
    is_open = streamlit.runtime.get_instance().is_active_session
    _admitted.intersection_update([each for each in _admitted if is_open(each)])
    _admitted.add(session)


class Gate:
    """Refuses other methods and addresses, uploads of who may not or beyond what is held, sessions beyond SESSIONS."""

    def __init__(self, app: ASGIApp, upload_megabytes: int) -> None:
        self.app = app
        self.largest = upload_megabytes << 20
        self.sessions = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or refuse."""
        if scope["type"] == "websocket":
            await self._session(scope, receive, send)
        elif scope["type"] == "http" and (refusal := self._refusal(scope)):
            await refusal(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _session(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.sessions >= SESSIONS:
            await send({"type": "websocket.close", "code": 1013})
            return
        self.sessions += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.sessions -= 1

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        path, method = scope["path"], scope["method"]
        if any(closed in path for closed in CLOSED):
            return PlainTextResponse("Not Found", 404)
        if method in READING:
            return None
        if UPLOADS not in path or method not in ("PUT", "DELETE"):
            return PlainTextResponse("Method Not Allowed", 405)
        if path.partition(UPLOADS)[2].partition("/")[0] not in _admitted:
            return PlainTextResponse("Forbidden", 403)
        if method == "PUT" and self._held() + _length(scope) > HELD * self.largest:
            return PlainTextResponse("Too many uploads at once; try again in a minute.", 503, {"Retry-After": "60"})
        return None

    def _held(self) -> int:
        """Bytes of the uploads that all sessions hold."""
        files = streamlit.runtime.get_instance().uploaded_file_mgr.file_storage  # type: ignore[attr-defined]
        return sum(len(file.data) for held in list(files.values()) for file in list(held.values()))


def _length(scope: Scope) -> int:
    """How long a request says its body is; 0 where it does not say (Streamlit counts as it arrives)."""
    given = dict(scope["headers"]).get(b"content-length", b"0")
    return int(given) if given.isdigit() else 0
