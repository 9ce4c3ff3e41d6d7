"""A small OpenID provider on this machine: whoever is asked for is signed in at once."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route

from tests.browser.served import free_port

METADATA = "/.well-known/openid-configuration"


class Provider:
    """Its address, whom it signs in (changed by tests), and what it was asked."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.user: dict[str, object] = {}
        self.key = RSAKey.generate_key(2048, {"kid": "test", "use": "sig", "alg": "RS256"})
        self.asked: dict[str, dict[str, str]] = {}
        self.app = Starlette(
            routes=[
                Route(METADATA, self.metadata),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
                Route("/keys", self.keys),
            ]
        )

    async def metadata(self, _: Request) -> JSONResponse:
        ways = {"response_types_supported": ["code"], "subject_types_supported": ["public"]}
        signed = {"id_token_signing_alg_values_supported": ["RS256"], "code_challenge_methods_supported": ["S256"]}
        places = {
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
        }
        return JSONResponse({"issuer": self.url, **places, **ways, **signed})

    async def authorize(self, request: Request) -> RedirectResponse:
        asked, code = dict(request.query_params), secrets.token_urlsafe()
        self.asked[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?code={code}&state={asked['state']}", 302)

    async def token(self, request: Request) -> JSONResponse:
        asked = self.asked.pop(str((await request.form())["code"]))
        now = int(time.time())
        claims = {"iss": self.url, "aud": asked["client_id"], "sub": "1", "iat": now, "exp": now + 600}
        claims |= {"nonce": asked["nonce"], **self.user}
        signed = jwt.encode({"alg": "RS256", "kid": "test"}, claims, self.key)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "expires_in": 600, "id_token": signed})

    async def keys(self, _: Request) -> JSONResponse:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})


@contextmanager
def provider() -> Iterator[Provider]:
    """Start it on a free port and stop it in the end."""
    port = free_port()
    made = Provider(f"http://127.0.0.1:{port}")
    server = uvicorn.Server(uvicorn.Config(made.app, port=port, log_level="error"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield made
    server.should_exit = True
    thread.join(10)
