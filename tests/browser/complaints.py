"""What a page complains about: requests of other servers, refusals of the policy, errors, dialogs, anything run."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page

PROBE = re.compile(r"/_stcore/(health|host-config)$")
"""Streamlit's page looks for its server below its own address first; that it is not there is no complaint."""
TRAPS = """
document.addEventListener('securitypolicyviolation', event => console.error('refused ' + event.blockedURI));
window.ran = name => console.error('ran ' + name);
"""
"""A corpus that calls `ran(1)` is heard."""


def watched(context: BrowserContext, server: str) -> tuple[Page, list[str]]:
    """A new page of the context, and the list that its complaints will come into."""
    page, complaints = context.new_page(), list[str]()
    page.add_init_script(TRAPS)
    own = re.compile(rf"(?:https?|wss?)://{re.escape(server.removeprefix('http://'))}(/|$)|data:|blob:")

    def console(message: ConsoleMessage) -> None:
        if message.type == "error" and not PROBE.search(message.location.get("url", "")):
            complaints.append(message.text)

    def dialog(shown: Dialog) -> None:
        complaints.append(f"dialog {shown.message}")
        shown.dismiss()

    page.on("console", console)
    page.on("dialog", dialog)
    page.on("pageerror", lambda error: complaints.append(f"error {error}"))
    page.on("request", lambda asked: None if own.match(asked.url) else complaints.append(f"asked {asked.url}"))
    page.on("websocket", lambda asked: None if own.match(asked.url) else complaints.append(f"asked {asked.url}"))
    return page, complaints
