"""Headers by which a browser lets the dashboard do only what it needs: no outside request, no foreign script."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import streamlit
from starlette.types import ASGIApp, Message, Receive, Scope, Send

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
HSTS = b"max-age=31536000"
"""A year; subdomains are not this server's to speak for."""


def policy(index: str) -> str:
    """The content security policy for a start page: its inline scripts are let in by their hashes.

    Styles must be free, as Streamlit writes them while it draws; they can fetch nothing from elsewhere. Its message
    format counts with WebAssembly, which like every script must come from this server.
    """
    scripts = " ".join(f"'sha256-{_hash(text)}'" for text in INLINE_SCRIPT.findall(index.replace("\r\n", "\n")))
    return (
        f"default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
        "media-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


class Headers:
    """Adds the headers to every answer; over TLS also that the address is always to be asked by TLS."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = [
            (b"content-security-policy", policy(INDEX.read_text(encoding="utf-8")).encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"x-frame-options", b"DENY"),
            # The way back after signing in is read from the referrer, which goes nowhere else.
            (b"referrer-policy", b"same-origin"),
            (b"cross-origin-opener-policy", b"same-origin"),
            (b"cross-origin-resource-policy", b"same-origin"),
            (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        tls = scope["scheme"] == "https"

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self.headers]
                if tls:
                    message["headers"].append((b"strict-transport-security", HSTS))
            await send(message)

        await self.app(scope, receive, with_headers)
