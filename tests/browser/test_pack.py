"""The evidence pack in a browser: drawn offline, its links followed, a hostile corpus shut in, printed without cuts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard import pack
from tests.browser.conftest import patient
from tests.test_pack import hostile, whole

PAPER = (703, 1031)
"""Pixels of a page of A4 within the margins of the print style."""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("pack") / "pack.html"
    path.write_bytes(pack.make(whole(), "/?claims=all&show=all"))
    return path.as_uri()


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def offline(browser: Browser, asked: list[str]) -> Iterator[Page]:
    """A page that notes every request and every error."""
    context = patient(browser)
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: asked.append(f"error: {error}"))
    page.on("console", lambda line: asked.append(f"error: {line.text}") if line.type == "error" else None)
    yield page
    context.close()


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("html[data-charts=drawn]")


def test_it_opens_from_a_file_with_every_chart_and_no_request(offline: Page, asked: list[str], file: str) -> None:
    opened(offline, file)
    charts = offline.locator("figure.chart")
    assert charts.count() >= 9
    assert charts.filter(has=offline.locator(".main-svg .trace")).count() == charts.count()
    assert asked == [file]


def test_a_mark_and_a_number_lead_to_their_evidence(offline: Page, file: str) -> None:
    opened(offline, file)
    bar = offline.locator("#words .barlayer .point path").first
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    offline.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(offline.locator(".entry:target")).to_have_count(1)
    expect(offline.locator(".entry:target mark.match").first).to_be_visible()
    offline.locator("#sources table a").first.click()
    expect(offline.locator(".entry:target article").first).to_be_in_viewport()


def test_a_hostile_corpus_asks_for_nothing_and_runs_nothing(offline: Page, asked: list[str], tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_bytes(pack.make(hostile(), "/?claims=all&show=all&by=verb"))
    told: list[str] = []
    offline.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    opened(offline, path.as_uri())
    for mark in offline.locator(".chart .points path, .chart .point path").all()[:20]:
        mark.hover(force=True)
    assert told == []
    assert asked == [path.as_uri()]
    assert offline.locator("img, .chart a, .chart image[href^=http]").count() == 0


def test_without_scripts_tables_and_texts_stand(browser: Browser, file: str) -> None:
    context = patient(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto(file)
    assert page.locator("table:visible").count() >= 12
    assert page.locator("article:visible").count() > 100
    assert page.locator("figure.chart > div:visible").count() == 0
    context.close()


@pytest.mark.parametrize("width", [390, 1000, 1600])
def test_it_fits_every_window(offline: Page, file: str, width: int) -> None:
    offline.set_viewport_size({"width": width, "height": 900})
    opened(offline, file)
    for scheme in ("light", "dark"):
        offline.emulate_media(color_scheme=scheme)
        assert offline.evaluate("document.documentElement.scrollWidth") <= width
        charts = offline.locator("figure.chart .main-svg:first-child").all()
        assert all(chart.bounding_box()["width"] <= width for chart in charts)


def test_no_chart_is_cut_in_print(offline: Page, file: str) -> None:
    opened(offline, file)
    offline.emulate_media(media="print")
    offline.set_viewport_size({"width": PAPER[0], "height": PAPER[1]})
    for figure in offline.locator("figure.chart").all():
        box, drawn = figure.bounding_box(), figure.locator(".main-svg").first.bounding_box()
        assert drawn["x"] >= 0
        assert drawn["x"] + drawn["width"] <= PAPER[0] + 1
        assert box["height"] <= PAPER[1]
        assert figure.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
    for table in offline.locator(".scroll:not(.wide) table").all():
        assert table.bounding_box()["width"] <= PAPER[0] + 1
    assert offline.pdf(prefer_css_page_size=True, format="A4").startswith(b"%PDF")
