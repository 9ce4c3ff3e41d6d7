"""The dashboard in a browser: what only a browser can show."""

from __future__ import annotations

import csv
import io
import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from analysis.corpus import Corpus
from dashboard.picks import SENT
from tests.browser.conftest import patient
from tests.browser.stillness import settle, still, visit

PAGES = ("", "figures", "sources", "words", "read", "method")
BAR = ".js-plotly-plot .bars .point"
EVIDENCE = ".st-key-evidence .passage"


def choose_topic(page: Page, label: str) -> None:
    """Choose a topic by typing its name: a long list scrolls under the pointer in the midst of a click."""
    page.get_by_label("Topics").fill(label)
    page.get_by_role("option", name=label).click()
    page.keyboard.press("Escape")
    expect(page.locator(".counts")).to_contain_text(label)
    settle(page)


def click_mark(page: Page, mark: Locator) -> None:
    """Click where a mark is drawn; Plotly takes the click on a layer above it."""
    mark.scroll_into_view_if_needed()
    still(page)
    box = mark.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def view(page: Page) -> dict[str, object]:
    """What a reader sees: address, counts, chosen topics, drawn terms, evidence."""
    return {
        "path": page.evaluate("location.pathname"),
        "counts": page.locator(".counts").inner_text(),
        "topics": page.locator(".st-key-topic").inner_text(),
        "terms": page.locator(".js-plotly-plot .scatterlayer .textpoint").all_inner_texts(),
        "evidence": page.locator(EVIDENCE).all_inner_texts(),
    }


def test_a_copied_link_shows_the_same_view_in_a_fresh_browser(page: Page, browser: Browser) -> None:
    visit(page, "/words")
    choose_topic(page, "Territory and borders")
    page.get_by_role("radio", name="Log-odds").or_(page.get_by_role("button", name="Log-odds")).first.click()
    expect(page.locator(".g-xtitle").first).to_have_text("Log-odds")
    click_mark(page, page.locator(BAR).first)
    page.wait_for_selector(EVIDENCE)
    settle(page)
    shown = view(page)
    page.get_by_role("button", name="Copy link").click()
    link = page.locator("[data-testid=stPopoverBody] .stCode code").inner_text()
    assert len(link) < 2000
    assert re.search(r"corpus=[0-9a-f]{12}&v=1$", link)
    other = patient(browser).new_page()
    visit(other, link)
    other.wait_for_selector(EVIDENCE)
    other.wait_for_selector(BAR)
    expect(other.locator(".g-xtitle").first).to_have_text("Log-odds")
    settle(other)
    assert view(other) == shown
    assert other.locator(".notice").count() == 0
    other.context.close()


@pytest.mark.parametrize(
    ("address", "mark"),
    [("/words", BAR), ("/sources", BAR), ("/figures", ".js-plotly-plot .scatterlayer .trace:last-child .point")],
)
def test_a_click_on_a_chart_opens_its_evidence(page: Page, address: str, mark: str) -> None:
    visit(page, address)
    page.wait_for_selector(mark)
    click_mark(page, page.locator(mark).last)
    page.wait_for_selector(EVIDENCE)
    settle(page)
    page.wait_for_url("**item=**")
    rows = page.locator(".st-key-evidence [data-passages]").get_attribute("data-passages")
    assert page.locator(EVIDENCE).count() == int(rows)
    page.get_by_role("button", name="Close").click()
    expect(page.locator(EVIDENCE)).to_have_count(0)
    settle(page)
    page.wait_for_function("!location.search.includes('item=')")


def test_a_click_on_a_table_opens_the_row_s_evidence(page: Page) -> None:
    visit(page, "/words?view=names")
    table = page.locator("[data-testid=stDataFrame] canvas").first
    page.wait_for_selector("[data-testid=stDataFrame] table[role=grid] td", state="attached")
    still(page)
    box = table.bounding_box()
    page.mouse.click(box["x"] + 60, box["y"] + 35 + 15)
    page.wait_for_selector(EVIDENCE)
    page.wait_for_url("**item=name**")
    assert page.locator(f"{EVIDENCE} mark.match").count() >= page.locator(EVIDENCE).count()


def test_a_csv_holds_what_the_table_shows(page: Page) -> None:
    visit(page, "/words")
    page.wait_for_selector("[data-testid=stDataFrame] table[role=grid] td", state="attached")
    shown = page.locator("[data-testid=stDataFrame] table[role=grid] tr").all()
    cells = [[cell.text_content() for cell in row.locator("th, td").all()] for row in shown]
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    raw = download.value.path().read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf"), "a spreadsheet needs the byte-order mark"
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows[0] == cells[0]
    grid = page.locator("[data-testid=stDataFrame] table[role=grid]").first
    assert int(grid.get_attribute("aria-rowcount")) == SENT + 1 < len(rows), "the file holds every term"
    for drawn, saved in zip(cells[1:], rows[1:], strict=False):
        assert [_number(value) for value in drawn] == [_number(value) for value in saved]
    assert len(cells) > 10


def _number(text: str) -> str | float:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return text


def test_back_and_forward_walk_through_what_was_seen(page: Page) -> None:
    visit(page, "/")
    whole = page.locator(".counts").inner_text()
    choose_topic(page, "Kursk")
    page.get_by_role("link", name="Sources").click()
    expect(page.locator("h1.page")).to_have_text("Sources")
    expect(page.locator(".counts")).to_contain_text("Kursk")
    settle(page)
    page.go_back()
    expect(page.locator("h1.page")).to_have_text("Brief")
    expect(page.locator(".counts")).to_contain_text("Kursk")
    settle(page)
    page.go_back()
    expect(page.locator(".counts")).to_have_text(whole)
    settle(page)
    page.go_forward()
    expect(page.locator(".counts")).to_contain_text("Kursk")
    settle(page)
    page.go_forward()
    expect(page.locator("h1.page")).to_have_text("Sources")


def test_a_bad_link_is_told_once(page: Page) -> None:
    visit(page, "/figures?topic=nonsense&corpus=000000000000&v=9&since=2025-13-45&item=figure:none")
    expect(page.locator(".notice")).to_have_count(1)
    expect(page.locator(".notice li")).to_have_count(5)
    choose_topic(page, "Kursk")
    expect(page.locator(".notice")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_a_phone_without_error_or_outside_help(page: Page, server: str, scheme: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme=scheme)
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    for address in PAGES:
        visit(page, f"/{address}")
        wide = page.evaluate(
            "[document.documentElement, document.querySelector('.stMain')].map(e => e.scrollWidth - e.clientWidth)"
        )
        assert wide == [0, 0], address
        assert page.locator(".stException").count() == 0, address
    visit(page, "/words?item=term:peace")
    panel = page.locator(".st-key-evidence").bounding_box()
    assert (panel["x"], panel["width"]) == (0, 390)
    host = re.escape(server.removeprefix("http://"))
    assert [url for url in asked if not re.match(rf"(?:https?|wss?)://{host}/|data:|blob:", url)] == []
    assert errors == []


def test_a_chart_is_saved_with_title_selection_and_corpus_hash_in_the_picture(page: Page, seeds: Corpus) -> None:
    visit(page, "/words?text=peace")
    page.get_by_role("button", name="Export").click()
    page.get_by_role("radio", name="SVG").or_(page.get_by_role("button", name="SVG")).first.click()
    settle(page)
    page.keyboard.press("Escape")
    page.wait_for_selector(BAR)
    expect(page.locator(".g-gtitle").first).to_be_hidden()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download plot", exact=True).first.click()
    assert download.value.suggested_filename == f"parallax-terms-{seeds.short_digest}.svg"
    picture = download.value.path().read_text(encoding="utf-8")
    for told in (
        "What marks Western and Russian texts",
        "Passages with “peace”",
        "Western: 1 article",
        seeds.short_digest,
    ):
        assert told in picture, told


def test_a_citation_is_copied_with_one_click(page: Page, seeds: Corpus) -> None:
    visit(page, "/words?item=term:peace")
    page.evaluate("navigator.clipboard.writeText('')")
    page.locator(".st-key-evidence .st-key-passage-1 .stCode button").click()
    page.wait_for_function("async () => await navigator.clipboard.readText()")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.match(r"Reuters, “Trump says .*”, 2025-02-12, paragraph 1\. http://localhost:\d+/words\?.*item=", copied)
    assert copied.endswith(f"(Parallax, corpus {seeds.short_digest})")
