"""The dashboard as a web server with the guards of a shared one: `python -m streamlit run dashboard/server.py`.

`streamlit run streamlit_app.py` shows the same dashboard without them, for services that bring their own server.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware
from streamlit import config

from dashboard.team.gate import Gate
from dashboard.team.headers import Headers
from dashboard.team.preload import Preload
from dashboard.team.settings import Settings, SettingsError, settings
from dashboard.team.way_back import CALLBACK, WayBack

log = logging.getLogger(__name__)
SCRIPT = Path(__file__).parent.parent / "streamlit_app.py"
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")


def checked() -> Settings:
    """The settings; a wrong one ends the server with one line."""
    try:
        return settings()
    except SettingsError as error:
        sys.exit(f"parallax: {error}")


def configure(given: Settings) -> None:
    """Tell Streamlit what our settings say."""
    config.set_option("server.maxUploadSize", given.upload_megabytes)
    if given.cookie_secret:
        config.set_option("server.cookieSecret", given.cookie_secret)
    address = config.get_option("server.address")
    if given.public_url:
        config.set_option("server.allowedHosts", [urlsplit(given.public_url).hostname, *LOCAL_HOSTS])
    elif address in LOCAL_HOSTS:
        config.set_option("server.allowedHosts", list(LOCAL_HOSTS))
    if given.access == "open" and address not in LOCAL_HOSTS:
        log.warning("PARALLAX_ACCESS is open: whoever reaches this server may read, upload and correct.")


def secrets(given: Settings) -> dict[str, Any]:
    """What `st.login` needs."""
    if given.access != "oidc":
        return {}
    return {
        "auth": {
            "redirect_uri": given.public_url.rstrip("/") + CALLBACK,
            "cookie_secret": given.cookie_secret,
            "client_id": given.oidc_client_id,
            "client_secret": given.oidc_client_secret,
            "server_metadata_url": given.oidc_metadata_url,
        }
    }


def guards(given: Settings) -> list[Middleware]:
    """What every request passes, the first first."""
    passed = [Middleware(Headers), Middleware(Preload), Middleware(Gate, upload_megabytes=given.upload_megabytes)]
    return [*passed, Middleware(WayBack, secret=given.cookie_secret)] if given.access == "oidc" else passed


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Read the corpus while the first browser is still loading; the server answers meanwhile."""
    Thread(target=_read_ahead, daemon=True).start()
    yield {}


def _read_ahead() -> None:
    from streamlit_app import cached  # with every room of the dashboard: a second of imports, meanwhile it answers

    # Streamlit warns that no browser sees the spinner; none is meant to.
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    try:
        cached.warm()
    except cached.CorpusError as error:
        log.error("%s", error)


given = checked()
configure(given)
app = st.App(SCRIPT, middleware=guards(given), secrets=secrets(given), lifespan=lifespan)
