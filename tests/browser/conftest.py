"""A running dashboard and a Chromium to look at it. Without a Chromium the tests fail; they never skip."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.browser.chromium import FLAGS, NoChromiumError, executable
from tests.browser.served import dashboard

PATIENCE = 90_000
"""Milliseconds to wait for something to appear: a busy machine is slow, not wrong."""

WINDOW = {"width": 1400, "height": 1000}

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    try:
        path = executable()
    except NoChromiumError as error:
        pytest.fail(str(error), pytrace=False)
    launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield launched
    launched.close()


def patient(browser: Browser, **options: Any) -> BrowserContext:
    """A browser that was never here, waiting as long as the tests do."""
    context = browser.new_context(**{"viewport": WINDOW, **options})
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a dashboard on the seed corpus."""
    with dashboard() as served:
        yield served.url


@pytest.fixture(scope="session")
def known(browser: Browser, server: str) -> Iterator[BrowserContext]:
    """A browser that was here before and keeps the dashboard's scripts; relative addresses lead to the dashboard."""
    context = patient(browser, base_url=server)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture
def page(known: BrowserContext) -> Iterator[Page]:
    """A new page of that browser."""
    opened = known.new_page()
    yield opened
    opened.close()
