"""A corpus brought in the browser: uploaded, looked at, kept, opened by a colleague, there after a restart."""

from __future__ import annotations

import json
import os
import re
import signal
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, Locator, Page, expect

from analysis.loading import load
from analysis.store import ahead
from tests.browser.complaints import watched
from tests.browser.conftest import patient
from tests.browser.served import dashboard, free_port
from tests.browser.stillness import settle, still, visit

HOSTILE = "<img src=http://x.test/a.png> ![i](http://x.test/b.png) [l](http://x.test)"
SCROLLED = 1000
"""Pixels scrolled down: a page that loses its place jumps back by so much; a notice that goes moves it by less."""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that outlasts a server."""
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def table(path: Path, articles: int, title: str = "Flood", column: str = "outlet") -> Path:
    """A table of articles by two outlets (or sides), which write of different things."""
    things = ("houses burned down near the harbour", "boats reached the island before dawn")
    rows = [
        {column: ("Northern", "Southern")[number % 2], "title": title,
         "text": f"The mayor of Oldtown said on day {number} that {number + 2} {things[number % 2]}."}
        for number in range(articles)
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, [*rows, {column: "Northern", "text": ""}])), encoding="utf-8")
    return path


def upload(page: Page, file: Path) -> None:
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("button", name="Import", exact=True)).to_be_enabled()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("button", name="Keep this corpus")).to_be_visible()
    settle(page)


def on_screen(thing: Locator) -> float:
    """How far below the window's upper edge something stands."""
    return float(thing.evaluate("each => each.getBoundingClientRect().top"))


def stand_still(page: Page) -> None:
    """Wait until the last chart has taken its room."""
    settle(page)
    before, now = -1, 0
    while now != before:
        still(page, 500)
        before, now = now, page.evaluate("document.querySelector('.stMain').scrollHeight")


def test_upload_report_link_and_restart(browser: Browser, data: Path, tmp_path: Path) -> None:
    file = table(tmp_path / "floods.jsonl", 8, title=HOSTILE)
    with dashboard() as served:
        page = patient(browser, base_url=served.url).new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        visit(page, "/method")
        upload(page, file)
        expect(page.get_by_text("9 rows read: 8 kept, 1 left out.")).to_be_visible()
        expect(page.get_by_text("All articles are on one side")).to_be_visible()
        page.get_by_text("Anyone with the link").click()
        page.get_by_label("Title of the corpus").fill("Floods of the spring")
        page.get_by_role("button", name="Keep this corpus").click()
        page.wait_for_url(re.compile("shared="))
        expect(page.locator(".brand")).to_contain_text("Floods of the spring")
        settle(page)
        link = f"/?shared={re.search('shared=([^&]+)', page.url)[1]}"
        shown = page.locator(".counts").inner_text()
        assert "8 articles" in shown
        assert [url for url in asked if "x.test" in url] == []
        page.context.close()
        colleague = patient(browser, base_url=served.url).new_page()
        visit(colleague, link)
        assert colleague.locator(".counts").inner_text() == shown
        colleague.context.close()
    with dashboard() as again:
        later = patient(browser, base_url=again.url).new_page()
        visit(later, link)
        assert later.locator(".counts").inner_text() == shown
        expect(later.locator(".notice")).to_have_count(0)
        later.goto("/?shared=AAAAAAAAAAAAAAAA")
        expect(later.get_by_text("There is no corpus at this link, or it is not shared with you.")).to_be_visible()
        later.context.close()


def test_a_large_file_is_taken_one_too_large_is_not_and_a_killed_server_loses_neither(
    browser: Browser, data: Path, tmp_path: Path
) -> None:
    """Under the policy, which refuses nothing that this needs."""
    large, larger = (tmp_path / f"{name}.jsonl" for name in ("large", "larger"))
    for file, megabytes in ((large, 49), (larger, 51)):
        with table(file, 60).open("a", encoding="utf-8") as rows:
            rows.write("\n" + json.dumps({"outlet": "Southern", "text": "", "raw": "x" * (megabytes * 10**6)}))
    port = free_port()
    context = patient(browser, base_url=f"http://localhost:{port}")
    page, complaints = watched(context, f"http://localhost:{port}")
    with dashboard(port=port) as served:
        visit(page, "/method")
        page.locator("input[type=file]").set_input_files(larger)
        expect(page.get_by_text("File must be 50.0MB or smaller.")).to_be_visible()
        expect(page.get_by_role("button", name="Import", exact=True)).to_be_disabled()
        page.locator("input[type=file]").set_input_files(large)
        page.get_by_role("button", name="Import", exact=True).click()
        while not list(data.glob("uploads/*/about.json")):
            page.wait_for_timeout(5)
        os.kill(served.process, signal.SIGKILL)
        assert complaints == []
    with dashboard(port=port):
        expect(page.get_by_text("The server stopped before “large” was kept.")).to_be_visible()
        complaints.clear()
        page.get_by_role("button", name="Go on with it").click()
        expect(page.get_by_text("62 rows read: 60 kept, 2 left out.")).to_be_visible()
        page.get_by_role("button", name="Discard").click()
        expect(page.locator("input[type=file]")).to_have_count(1)
        settle(page)
        assert list((data / "uploads").iterdir()) == []
        assert complaints == []
    context.close()


def test_numbers_follow_what_is_read_without_losing_the_place(browser: Browser, data: Path, tmp_path: Path) -> None:
    file = table(tmp_path / "many.jsonl", 60, column="side")
    others_read = ahead._file(data, load(file).digest).with_suffix(".lock")
    others_read.parent.mkdir(parents=True)
    with dashboard(str(file)) as served, FileLock(others_read) as nothing_is_read_yet:
        page = patient(browser, base_url=served.url).new_page()
        visit(page, "/figures?claims=all")
        expect(page.locator(".reading")).to_contain_text(re.compile(r"of 60 articles"))
        assert "attributions and figures of" in page.locator(".counts").inner_text()
        words = patient(browser, base_url=served.url).new_page()
        visit(words, "/words")
        expect(words.locator(".reading")).to_contain_text("The numbers on this page are complete")
        words.wait_for_selector(".js-plotly-plot .bars .point")
        stand_still(words)
        words.mouse.move(700, 600)
        words.mouse.wheel(0, SCROLLED)
        still(words)
        landmark = words.locator("h2.section").last
        words.wait_for_function(f"document.querySelector('.stMain').scrollTop >= {SCROLLED}")
        place = on_screen(landmark)
        nothing_is_read_yet.release()
        expect(page.locator(".reading")).to_have_count(0, timeout=180_000)
        expect(words.locator(".reading")).to_have_count(0, timeout=180_000)
        stand_still(words)
        settle(page)
        assert "attributions and figures of" not in page.locator(".counts").inner_text()
        assert abs(on_screen(landmark) - place) < SCROLLED / 2
        words.context.close()
        page.context.close()
