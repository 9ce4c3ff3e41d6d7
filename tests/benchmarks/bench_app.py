"""How long the dashboard lets a reader wait, and what its server holds: `make bench`.

Prints launch to health, launch to the first chart in Chromium, for each page a topic change in the browser until
the whole page stands still (median and 95th percentile) and the script's own time for it (AppTest, caches warm; beside
the time on the clock that of the processor, which a busy machine does not lengthen), and the server's memory.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from streamlit.testing.v1 import AppTest

from tests.browser.chromium import FLAGS, executable
from tests.browser.served import ROOT, Dashboard, dashboard

PAGES = ("brief", "figures", "sources", "words", "read", "method")
TOPICS = ("strikes", "peace-talks", "territory", "nato-guarantees", "kursk")
VIEWS = ("", "figures", "sources", "words", "read", "method", "", "figures", "sources", "words")
ROUNDS = 10
STILL = """() => new Promise(done => {
    let last = performance.now()
    const watch = new MutationObserver(() => last = performance.now())
    watch.observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true})
    const look = () => {
        const ran = document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]")
        if (ran && performance.now() - last > 200) { watch.disconnect(); done(last) } else setTimeout(look, 20)
    }
    setTimeout(look, 20)
})"""
"""When the page last changed: it has stood still for a fifth of a second, and the script has run."""

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
    for name in PAGES:
        clock, processor = zip(*server_changes(name), strict=True)
        print(f"topic change, server, {name:10} {told(clock)}, processor {statistics.median(processor) * 1000:4.0f} ms")


def told(seconds: Sequence[float]) -> str:
    """Median and 95th percentile of some times."""
    high = statistics.quantiles(seconds, n=20, method="inclusive")[-1]
    return f"median {statistics.median(seconds) * 1000:5.0f} ms, p95 {high * 1000:5.0f} ms"


def views(page: Page, served: Dashboard, began: float) -> None:
    """What a reader waits for in the browser."""
    page.goto(f"{served.url}/words")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    print(f"launch to first chart (browser)  {time.perf_counter() - began:6.2f} s")
    every = []
    for name in PAGES:
        page.goto(f"{served.url}/{'' if name == 'brief' else name}")
        page.wait_for_selector(DONE)
        page.evaluate(STILL)
        topic_change(page)  # the first one fills the caches
        changes = [topic_change(page) for _ in range(ROUNDS)]
        every += changes
        print(f"topic change, browser, {name:9} {told(changes)}")
    print(f"topic change, browser, all pages {told(every)}")
    for name in VIEWS:
        page.goto(f"{served.url}/{name}")
        page.wait_for_selector(DONE)
    print(f"server memory after ten views    {resident_megabytes(served.process):6.0f} MB")


def topic_change(page: Page) -> float:
    """Seconds from choosing a topic in the filter bar to a still page; the choice is dropped afterwards."""
    page.get_by_label("Topics").first.click()
    option = page.get_by_role("option").first
    option.wait_for()
    began = page.evaluate("performance.now()")
    option.click()
    seconds = (page.evaluate(STILL) - began) / 1000
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Reset filters").click()
    page.evaluate(STILL)
    return seconds


def server_changes(name: str) -> list[tuple[float, float]]:
    """Seconds by the clock and of the processor of script runs after a topic change that was seen before."""
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60).run()
    if name != "brief":
        app.switch_page(f"dashboard/pages/{name}.py").run()
    seconds = []
    for number in range(len(TOPICS) + ROUNDS):
        app.session_state["topic"] = [TOPICS[number % len(TOPICS)]]
        clock, processor = time.perf_counter(), time.process_time()
        app.run()
        seconds.append((time.perf_counter() - clock, time.process_time() - processor))
    return seconds[len(TOPICS) :]


def resident_megabytes(process: int) -> float:
    """Resident memory of a process."""
    status = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()
    return int(status[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
