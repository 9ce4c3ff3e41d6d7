"""Every page for everyone: axe finds nothing serious, and the keyboard reaches everything."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.stillness import visit

SERIOUS = ("serious", "critical")
VIEWS = ("", "figures", "sources", "words", "words?view=names", "words?item=term:peace", "read", "method")


@pytest.fixture(params=["light", "dark"])
def themed(page: Page, request: pytest.FixtureRequest) -> Page:
    page.emulate_media(color_scheme=request.param)
    return page


@pytest.mark.parametrize("address", VIEWS)
def test_axe_finds_nothing_serious(themed: Page, address: str) -> None:
    visit(themed, f"/{address}")
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
    missing = {"Brief", "Figures", "Sources", "Words", "Read", "Method", "Reset filters", *_wanted(address)}
    told = """(() => { const e = document.activeElement;
        return (e.getAttribute('aria-label') || e.innerText || '').trim().slice(0, 40) })()"""
    for _ in range(250):
        page.keyboard.press("Tab")
        reached = page.evaluate(told)
        missing = {wanted for wanted in missing if wanted not in reached}
        if not missing:
            return
    pytest.fail(f"the keyboard does not reach {missing}")


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
    expect(page.locator(".article .here")).to_be_in_viewport(ratio=1)  # the page and the article have gone to it
