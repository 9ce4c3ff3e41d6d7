"""A hostile corpus in a browser: nothing asked of other servers, nothing run, everything literal, on every page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, Page

from analysis.__main__ import main
from analysis.loading import load
from analysis.reading import Reading, Selected
from analysis.selection import Selection
from tests.browser.complaints import watched
from tests.browser.conftest import patient
from tests.browser.stillness import settle, still
from tests.browser.test_dashboard import PAGES
from tests.hostile import ATTACKS, OUTSIDE

MADE = """outside => [...document.querySelectorAll('body *')].filter(element =>
    element.matches('iframe[src], object, embed, form[action], .katex, [autofocus]')
    || [...element.attributes].some(each =>
        (/^on/.test(each.name) && each.value)
        || (each.name === 'style' && each.value.includes(outside))
        || (/^(xlink:)?(href|src|srcset|data|action|poster)$/.test(each.name)
            && (/^\\s*javascript:/i.test(each.value) || new URL(each.value, location).host === outside))
    )
).map(element => element.outerHTML.slice(0, 200))"""
"""Elements that only a corpus taken for markup makes."""
LITERAL = [re.sub(r"\s+", " ", attack) for attack in (ATTACKS[0], ATTACKS[1])]


@pytest.fixture(scope="module")
def victim(browser: Browser, attacked: str) -> Iterator[BrowserContext]:
    """A browser that keeps the dashboard's scripts."""
    context = patient(browser, base_url=attacked, viewport={"width": 1400, "height": 3000})
    yield context
    context.close()


@pytest.fixture
def heard(victim: BrowserContext, attacked: str) -> Iterator[tuple[Page, list[str]]]:
    page, complaints = watched(victim, attacked)
    yield page, complaints
    page.close()


def harmless(page: Page, complaints: list[str]) -> str:
    """Check that nothing was run, fetched or made; the page's text."""
    still(page)
    assert complaints == []
    assert page.evaluate(MADE, OUTSIDE) == []
    return re.sub(r"\s+", " ", page.locator("body").inner_text())


@pytest.mark.parametrize("address", [*PAGES, "words?view=names"])
def test_no_page_runs_or_fetches_anything_and_all_of_it_stands_there_as_text(
    heard: tuple[Page, list[str]], address: str
) -> None:
    page, complaints = heard
    page.goto(f"/{address}")
    settle(page)
    shown = harmless(page, complaints)
    assert all(attack in shown for attack in LITERAL)
    assert page.locator(".stException").count() == 0


def test_no_evidence_does(heard: tuple[Page, list[str]], hostile: Path) -> None:
    page, complaints = heard
    chosen = Selected(Reading(load(hostile)), Selection())
    figure, attribution = chosen.figures["id"].iloc[-1], chosen.attributions["id"].iloc[0]
    passages = [f"passage:{each}" for each in chosen.passages["id"].iloc[5:80:25]]
    for item in (f"figure:{figure}", f"attribution:{attribution}", "term:kharkiv", "name:Kharkiv", *passages):
        page.goto(f"/method?item={quote(item)}")
        settle(page)
        page.wait_for_selector(".st-key-evidence .passage")
        harmless(page, complaints)


@pytest.mark.parametrize("attack", [ATTACKS[0], ATTACKS[4], ATTACKS[5], ATTACKS[8], ATTACKS[20]])
def test_no_link_does(heard: tuple[Page, list[str]], attack: str) -> None:
    page, complaints = heard
    names = ("topic", "side", "outlet", "since", "text", "item", "target", "measure", "find", "corpus", "v")
    page.goto("/words?" + urlencode({**dict.fromkeys(names, attack), "outlet": f"{attack} east Post"}))
    settle(page)
    harmless(page, complaints)
    page.goto("/words?" + urlencode({"shared": attack}))
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    harmless(page, complaints)


def test_the_evidence_pack_does_not(browser: Browser, hostile: Path, tmp_path: Path) -> None:
    pack = tmp_path / "pack.html"
    assert CliRunner().invoke(main, ["report", str(hostile), "-o", str(pack)]).exit_code == 0
    context = patient(browser)
    page, complaints = watched(context, pack.as_uri())
    page.goto(pack.as_uri())
    shown = harmless(page, [each for each in complaints if each != f"asked {pack.as_uri()}"])
    assert all(attack in shown for attack in LITERAL)
    context.close()
