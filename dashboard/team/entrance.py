"""The door of the dashboard: who may not read sees why, and nothing of a corpus."""

from __future__ import annotations

import logging
from html import escape

import streamlit as st

from dashboard.team.access import visitor
from dashboard.team.settings import SettingsError, settings

log = logging.getLogger(__name__)


def enter() -> None:
    """Go on if this session may read; otherwise show what to do and end the run."""
    try:
        who = visitor()
    except SettingsError as error:
        log.error("%s", error)
        _notice("This server is not set up", "Its log says which setting is wrong. Tell whoever runs it.")
        st.stop()
    if who.may("read"):
        return
    if who.id:
        _notice("No permission", f"You are signed in as {who.id}. Only verified addresses on its list may read here.")
        sign_out()
    elif settings().access == "oidc":
        _notice("Sign in", "What is shown here is for invited readers. Your link opens once you have signed in.")
        st.button("Sign in", on_click=st.login)
    else:
        _notice("Not signed in", "Open this page by the address that your organisation has given you.")
    st.stop()


def sign_out() -> None:
    """A button that signs out, where this server is what one has signed in to."""
    if settings().access == "oidc":
        st.button("Sign out", on_click=st.logout)


def _notice(title: str, text: str) -> None:
    st.html(f'<h1 class="page">{escape(title)}</h1><p>{escape(text)}</p>')
