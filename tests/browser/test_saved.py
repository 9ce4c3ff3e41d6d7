"""Corrections and saved views in a browser: numbers follow, can be switched and taken back, and outlive the server."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from analysis.__main__ import main
from tests.browser.conftest import patient
from tests.browser.served import ROOT, dashboard, free_port
from tests.browser.stillness import settle, visit

CONTRAST = "at most 47 %"
EVIDENCE = "/figures?item=only%3Arussian"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('kept')}/parallax.db"


@pytest.fixture
def own(browser: Browser, database: str) -> Iterator[Page]:
    """A page of a server with a database of its own."""
    with dashboard(DATABASE_URL=database) as served:
        context = patient(browser, base_url=served.url, viewport={"width": 1600, "height": 1000})
        yield context.new_page()
        context.close()


def correct(page: Page, figure: str, value: str) -> None:
    """Set the value of the figure in the second passage of the evidence."""
    page.locator(".st-key-evidence").get_by_role("button", name="Correct").nth(1).click()
    settle(page)
    page.get_by_label("Found here").click()
    page.get_by_role("option", name=f"Figure: {figure}").click()
    expect(page.get_by_label("Value", exact=True)).to_have_value(figure.rpartition(" ")[2])
    page.get_by_label("Value", exact=True).fill(value)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    settle(page)


def test_a_figure_is_corrected_seen_switched_exported_and_taken_back(own: Page, tmp_path: Path) -> None:
    visit(own, EVIDENCE)
    found = own.locator(".finding")
    before = found.all_inner_texts()
    assert "at most 59 %" in "".join(before)
    correct(own, "more than 120", "150")
    expect(found.filter(has_text=CONTRAST)).to_have_count(1)
    expect(own.locator(".st-key-numbers-row")).to_contain_text("1 correction by readers of this server")

    own.keyboard.press("Escape")
    own.get_by_role("radio", name="Machine").click()
    expect(found).to_have_text(before, use_inner_text=True)
    own.wait_for_url("**numbers=machine**")
    visit(own, own.url)
    expect(found).to_have_text(before, use_inner_text=True)  # the link keeps the switch
    expect(own.get_by_role("button", name="Correct")).to_have_count(0)
    own.get_by_role("radio", name="Corrected").click()
    expect(found.filter(has_text=CONTRAST)).to_have_count(1)

    visit(own, "/method")
    with own.expect_download() as saved:
        own.locator(".st-key-save-corrections").get_by_role("button", name="JSON").click()
    saved.value.save_as(tmp_path / "log.json")
    assert told(tmp_path / "log.json") == [150, None]

    visit(own, EVIDENCE)
    own.locator(".st-key-evidence").get_by_role("button", name="Correct").nth(1).click()
    own.get_by_role("button", name="Undo").click()
    expect(own.locator(".st-key-numbers-row")).to_have_count(0)
    expect(found).to_have_text(before, use_inner_text=True)


def told(log: Path) -> list[float | None]:
    """Ends of the corrected figure on the command line."""
    arguments = ["figures", str(ROOT / "seeds"), "--corrections", str(log), "--format", "json"]
    figures = json.loads(CliRunner().invoke(main, arguments).stdout)
    corrected = next(each for each in figures if each["verbatim"] == "more than 120")
    return [corrected["low"], corrected["high"]]


def test_what_cannot_be_a_value_is_told_and_not_saved(own: Page) -> None:
    visit(own, EVIDENCE)
    own.locator(".st-key-evidence").get_by_role("button", name="Correct").nth(1).click()
    settle(own)
    own.get_by_label("Value", exact=True).fill("<b>many</b>")
    own.get_by_role("button", name="Save", exact=True).click()
    expect(own.get_by_role("alert")).to_contain_text("'<b>many</b>' is not a number")
    expect(own.locator(".st-key-numbers-row")).to_have_count(0)


def test_a_saved_view_opens_in_another_browser_and_after_the_server_was_killed(browser: Browser, database: str) -> None:
    port = free_port()
    with dashboard(port=port, DATABASE_URL=database) as served:
        page = patient(browser, base_url=served.url).new_page()
        visit(page, "/words?topic=strikes&measure=log_odds&item=name%3AMoscow")
        page.get_by_role("button", name="Copy link").click()
        page.get_by_label("Save this view as").fill("Strikes in words")
        page.get_by_label("Note").fill("**Not bold** <i>x</i>\nsecond line")
        page.get_by_role("button", name="Save view").click()
        short = page.locator("code", has_text="?view=").inner_text()
        shown = page.locator(".what").inner_text()
        page.context.close()
        os.kill(served.process, signal.SIGKILL)
    with dashboard(port=port, DATABASE_URL=database):
        other = patient(browser).new_page()
        visit(other, short)
        expect(other.locator("h1.page")).to_have_text("Words")
        query = parse_qs(urlsplit(other.url).query)
        assert (query["topic"], query["measure"], query["item"]) == (["strikes"], ["log_odds"], ["name:Moscow"])
        expect(other.locator(".what")).to_have_text(shown)
        expect(other.locator(".notice")).to_have_count(0)
        visit(other, f"{short.split('/words')[0]}/method")
        expect(other.locator(".kept")).to_have_text("**Not bold** <i>x</i>\nsecond line")
        other.get_by_role("button", name="Rename or delete").click()
        other.get_by_role("button", name="Delete this view").click()
        expect(other.locator(".kept")).to_have_count(0)
        settle(other)
        visit(other, short)
        expect(other.locator(".notice")).to_contain_text("is not on this server; it may have been deleted")
        other.context.close()
