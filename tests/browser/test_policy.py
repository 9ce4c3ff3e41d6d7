"""The dashboard works under its content security policy: nothing is refused, nothing asked of other servers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.complaints import watched
from tests.browser.stillness import settle, still, visit
from tests.browser.test_dashboard import PAGES


@pytest.fixture
def heard(known: BrowserContext, server: str) -> Iterator[tuple[Page, list[str]]]:
    page, complaints = watched(known, server)
    yield page, complaints
    page.close()


@pytest.mark.parametrize("address", PAGES)
def test_no_page_is_refused_anything(heard: tuple[Page, list[str]], address: str) -> None:
    page, complaints = heard
    visit(page, f"/{address}")
    still(page)
    assert complaints == []


def test_charts_tables_downloads_and_copying_work_under_the_policy(heard: tuple[Page, list[str]]) -> None:
    page, complaints = heard
    visit(page, "/words")
    page.wait_for_selector(".js-plotly-plot .bars .point")
    page.wait_for_selector(".js-plotly-plot .scatterlayer .point")
    page.wait_for_selector("[data-testid=stDataFrame] canvas")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").first.click()
    assert download.value.path().stat().st_size > 1000
    page.get_by_role("button", name="Copy link").click()
    link = page.locator(".stCode code").inner_text()
    page.locator(".stCode").hover()
    page.get_by_role("button", name="Copy to clipboard").first.click()
    settle(page)
    assert page.evaluate("navigator.clipboard.readText()") == link
    assert complaints == []


def test_what_the_policy_forbids_is_refused(heard: tuple[Page, list[str]]) -> None:
    """The trap works: what a corpus must not do would be heard."""
    page, complaints = heard
    visit(page, "/")
    page.evaluate("""() => {
        document.body.insertAdjacentHTML('beforeend', '<img src="https://outside.invalid/x.png"><p class="added">');
        const script = document.createElement('script');
        script.textContent = 'ran(1)';
        document.body.append(script);
    }""")
    expect(page.locator("p.added")).to_have_count(1)
    still(page)
    assert "refused inline" in complaints
    assert "refused https://outside.invalid/x.png" in complaints
    assert "ran 1" not in complaints
