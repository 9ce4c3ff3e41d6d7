"""Takes the README's pictures from the real app: `make pictures`."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import FLAGS, executable
from tests.browser.served import dashboard
from tests.browser.stillness import still, visit

FOLDER = Path(__file__).parent.parent.parent / "docs" / "pictures"
PICTURES = {"brief": "", "figures": "figures", "sources": "sources", "words": "words", "read": "read"}
LAST_CHART = 3000
"""Milliseconds in which the next chart would have been drawn."""
SIZE = {"width": 1360, "height": 940}


def main() -> None:
    """Take a picture of each page as it opens."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with dashboard() as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        page = browser.new_page(viewport=SIZE)
        page.set_default_timeout(60_000)
        for name, address in PICTURES.items():
            visit(page, f"{served.url}/{address}")
            still(page, LAST_CHART)
            page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
