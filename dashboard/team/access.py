"""Who is looking, and what they may do.

With access "open" (a server for oneself) everyone may do everything. Otherwise who somebody is comes from signing in
(`oidc`) or from a header that a proxy sets (`proxy`), and the role from the lists of the settings.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.runtime.context import StreamlitHeaders

from dashboard.team.settings import Settings, settings

PROXY_HEADER = "X-Parallax-Proxy"
"""Holds the secret that only the proxy knows; without it the header that names the user is not believed."""
MAY = {
    "none": (),
    "reader": ("read",),
    "analyst": ("read", "upload", "correct"),
    "operator": ("read", "upload", "correct", "operate"),
}


@dataclass(frozen=True)
class Visitor:
    """Somebody looking: a stable id (the e-mail address), a name to show, and a role."""

    id: str
    name: str
    role: str

    def may(self, act: str) -> bool:
        """Whether the role allows "read", "upload", "correct" or "operate"."""
        return act in MAY[self.role]


LOCAL = Visitor("local", "local user", "operator")
STRANGER = Visitor("", "", "none")


def visitor() -> Visitor:
    """Who looks in this session; with role "none" where nobody has signed in or the person is on no list."""
    given = settings()
    if given.access == "open":
        return LOCAL
    who = signed_in(st.user.to_dict()) if given.access == "oidc" else named_by_proxy(st.context.headers, given)
    if who is None:
        return STRANGER
    address, name, verified = who
    return Visitor(address.casefold(), name or address, role(address, given) if verified else "none")


def role(address: str, given: Settings) -> str:
    """The highest role that the lists give an e-mail address."""
    for name in ("operator", "analyst", "reader"):
        if _listed(address.casefold(), getattr(given, f"{name}s")):
            return name
    return "none"


def _listed(address: str, people: Sequence[str]) -> bool:
    domain = "@" + address.rpartition("@")[2]
    return bool({"*", address, domain} & set(people))


def signed_in(user: Mapping[str, Any]) -> tuple[str, str, bool] | None:
    """E-mail address and name of who signed in, and that the provider does not call the address unverified."""
    address = user.get("email")
    if not user.get("is_logged_in") or not isinstance(address, str):
        return None
    return address, str(user.get("name") or ""), user.get("email_verified") in (True, None)


def named_by_proxy(headers: StreamlitHeaders, given: Settings) -> tuple[str, str, bool] | None:
    """E-mail address that the proxy names, believed only with its secret and only if it names one."""
    secrets, named = headers.get_all(PROXY_HEADER), headers.get_all(given.user_header)
    if len(secrets) != 1 or len(named) != 1 or not named[0].strip():
        return None
    if not hmac.compare_digest(secrets[0].encode(), given.proxy_secret.encode()):
        return None
    return named[0].strip(), "", True
