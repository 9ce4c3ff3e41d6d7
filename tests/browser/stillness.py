"""Waiting for a page: until what was asked for is there and nothing moves any more, never for a fixed time."""

from __future__ import annotations

from playwright.sync_api import Page

QUIET = 150
"""Milliseconds without a change after which a page stands still."""
STILL = """quiet => new Promise((done, failed) => {
    const end = (told, value) => { watch.disconnect(); clearTimeout(late); told(value); };
    const late = setTimeout(() => end(failed, 'the page never stands still'), 90000);
    const rest = () => setTimeout(() => end(done), quiet);
    const watch = new MutationObserver(() => { clearTimeout(timer); timer = rest(); });
    let timer = rest();
    watch.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
})"""


def still(page: Page, quiet: int = QUIET) -> None:
    """Wait until nothing of the page has changed for some milliseconds."""
    page.evaluate(STILL, quiet)


def settle(page: Page) -> None:
    """Wait until the script has run and the page stands still."""
    page.wait_for_selector("h1.page")
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    still(page)


def visit(page: Page, address: str) -> None:
    """Open an address and wait for it."""
    page.goto(address)
    settle(page)
