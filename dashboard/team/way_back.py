"""Signing in leads back to the link that was opened; Streamlit alone would end at the first page.

The page that asks for signing in is the referrer of `/auth/login`. Its path and query wait in a signed cookie until the
provider sends the browser to `/oauth2callback`.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOGIN = "/auth/login"
CALLBACK = "/oauth2callback"
COOKIE = "parallax_way_back"
SECONDS = 900
"""Time for signing in, a second factor included."""
LONGEST = 3000
"""Characters of an address: a browser keeps cookies of 4096 bytes. Links are shorter than 2000."""


class WayBack:
    """Keeps the wanted address over the sign-in of `st.login`."""

    def __init__(self, app: ASGIApp, secret: str) -> None:
        self.app = app
        self.signer = URLSafeTimedSerializer(secret, salt=COOKIE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; on the way out remember the address, on the way back go to it."""
        path = scope.get("path", "") if scope["type"] == "http" else ""
        if path.endswith(LOGIN):
            change = self._remember(scope)
        elif path.endswith(CALLBACK):
            change = self._go_back(scope)
        else:
            await self.app(scope, receive, send)
            return

        async def changed(message: Message) -> None:
            if message["type"] == "http.response.start":
                change_headers(message, change)
            await send(message)

        await self.app(scope, receive, changed)

    def _remember(self, scope: Scope) -> dict[str, str]:
        address = wanted(Headers(scope=scope))
        if not address:
            return {}
        kept, secure = Response(), scope["scheme"] == "https"
        kept.set_cookie(COOKIE, self.signer.dumps(address), SECONDS, httponly=True, samesite="lax", secure=secure)
        return {"set-cookie": kept.headers["set-cookie"]}

    def _go_back(self, scope: Scope) -> dict[str, str]:
        try:
            address = self.signer.loads(Request(scope).cookies.get(COOKIE, ""), max_age=SECONDS)
        except BadSignature:
            return {}
        forgotten = Response()
        forgotten.delete_cookie(COOKIE)
        return {"location": address, "set-cookie": forgotten.headers["set-cookie"]}


def change_headers(message: Message, change: dict[str, str]) -> None:
    """Give an answer that leads elsewhere another place to lead to, or a cookie; leave others as they are."""
    headers = MutableHeaders(scope=message)
    if "location" not in headers:
        return
    for name, value in change.items():
        if name == "location":
            headers[name] = value
        else:
            headers.append(name, value)


def wanted(headers: Headers) -> str:
    """Path and query of the page that sent the browser here; empty if it is not a page of this server."""
    page = urlsplit(headers.get("referer", ""))
    address = page.path + (f"?{page.query}" if page.query else "")
    here = page.netloc == headers.get("host")
    leads_outside = address.startswith("//") or "\\" in address
    return address if here and address.startswith("/") and not leads_outside and len(address) <= LONGEST else ""
