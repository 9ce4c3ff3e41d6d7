"""How long the dashboard lets a reader wait, and what its server holds: `make bench`.

Prints launch to health, launch to the first chart in Chromium, the script's own time for a topic change
(AppTest, median of 10), a topic change in the browser (median of 10) and the server's memory after ten views.
"""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from streamlit.testing.v1 import AppTest

from tests.browser.chromium import FLAGS, executable
from tests.browser.served import ROOT, Dashboard, dashboard

TOPICS = ("strikes", "peace-talks", "territory", "nato-guarantees", "kursk")
VIEWS = ("", "figures", "sources", "words", "read", "method", "", "figures", "sources", "words")
ROUNDS = 10
DONE = "[data-testid=stApp][data-test-script-state=notRunning]"


def main() -> None:
    """Run and print."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        page = browser.new_page()
        page.set_default_timeout(60_000)
        began = time.perf_counter()
        with dashboard() as served:
            print(f"launch to health                 {served.seconds:6.2f} s")
            views(page, served, began)
        browser.close()
    print(f"topic change, server, median     {server_change() * 1000:6.0f} ms")


def views(page: Page, served: Dashboard, began: float) -> None:
    """What a reader waits for in the browser."""
    page.goto(f"{served.url}/words")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    print(f"launch to first chart (browser)  {time.perf_counter() - began:6.2f} s")
    changes = [topic_change(page) for _ in range(ROUNDS)]
    print(f"topic change, browser, median    {statistics.median(changes) * 1000:6.0f} ms")
    for name in VIEWS:
        page.goto(f"{served.url}/{name}")
        page.wait_for_selector(DONE)
    print(f"server memory after ten views    {resident_megabytes(served.process):6.0f} MB")


def topic_change(page: Page) -> float:
    """Seconds from choosing a topic in the filter bar to a still page; the choice is dropped afterwards."""
    page.get_by_label("Topics").first.click()
    option = page.get_by_role("option").first
    option.wait_for()
    began = time.perf_counter()
    option.click()
    page.wait_for_timeout(20)
    page.wait_for_selector(DONE)
    seconds = time.perf_counter() - began
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Reset filters").click()
    page.wait_for_timeout(500)
    page.wait_for_selector(DONE)
    return seconds


def server_change() -> float:
    """Median seconds of a script run after a topic change, caches of other topics cold."""
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60).run()
    seconds = []
    for number in range(ROUNDS):
        app.session_state["topic"] = [TOPICS[number % len(TOPICS)], *TOPICS[: number // len(TOPICS)]]
        started = time.perf_counter()
        app.run()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def resident_megabytes(process: int) -> float:
    """Resident memory of a process."""
    status = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()
    return int(status[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
