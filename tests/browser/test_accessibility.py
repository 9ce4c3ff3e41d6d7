"""Every page for everyone: axe finds nothing serious, and the keyboard reaches everything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.test_dashboard import settle, visit

SERIOUS = ("serious", "critical")
VIEWS = ("", "figures", "sources", "words", "words?view=names", "words?item=term:peace", "read", "method")


@pytest.fixture(params=["light", "dark"])
def themed(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(base_url=server, viewport={"width": 1400, "height": 1000}, color_scheme=request.param)
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", VIEWS)
def test_axe_finds_nothing_serious(themed: Page, address: str) -> None:
    visit(themed, f"/{address}")
    themed.wait_for_timeout(800)
    found = Axe().run(themed).response["violations"]
    ours = [
        f"{each['id']}: {node['target']} {node['html'][:160]}"
        for each in found
        if each["impact"] in SERIOUS
        for node in each["nodes"]
    ]
    assert ours == []


@pytest.mark.parametrize("address", ["", "figures", "words?item=term:peace", "read"])
def test_the_keyboard_reaches_everything(page: Page, address: str) -> None:
    visit(page, f"/{address}")
    page.wait_for_timeout(500)
    reached: set[str] = set()
    told = """(() => { const e = document.activeElement;
        return (e.getAttribute('aria-label') || e.innerText || '').trim().slice(0, 40) })()"""
    for _ in range(250):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(told))
    for wanted in ("Brief", "Figures", "Sources", "Words", "Read", "Method", "Reset filters", *_wanted(address)):
        assert any(wanted in name for name in reached), (wanted, sorted(reached))


def _wanted(address: str) -> list[str]:
    """What a page holds for the hand beside the frame of every page."""
    if address == "read":
        return ["headline", "Figures", "Western: Reuters"]
    if "item=" in address:
        return ["Close", "Copy to clipboard", "Open in Read", "Download plot as a PNG", "CSV"]
    return ["Evidence", "CSV", "Parquet", "JSON"] + (["Download plot as a PNG"] if address == "figures" else [])


def test_a_skip_from_evidence_to_read_works_by_keyboard(page: Page) -> None:
    visit(page, "/words?item=term:peace")
    page.locator(".st-key-evidence").get_by_role("link", name="Open in Read").nth(7).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".article .here")
    settle(page)
    page.wait_for_timeout(1500)
    box = page.locator(".article .here").bounding_box()
    assert box["y"] > 0
    assert box["y"] + box["height"] < 1000, "the page and the article have gone to the passage"
