"""Any view as a link shows the same view again, and any bad link is told: 200 random views, 500 bad links."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from analysis.corpus import Corpus
from dashboard import view
from tests.states import PAGES, query, random_bad_query, random_state
from tests.test_pages import address, html, notice

ROOT = Path(__file__).parent.parent
PURE = range(160)
OPENED = range(160, 180)
"""The last twenty of the two hundred are opened in a browser: tests/browser/test_round_trips.py."""


def opened(page: str, asked: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120)
    app.query_params.update(parse_qs(asked, keep_blank_values=True))
    app.run()
    if page != "brief":
        app.switch_page(f"dashboard/pages/{page}.py").run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize("number", PURE)
def test_a_random_view_reads_back_as_it_was_written(seeds: Corpus, number: int) -> None:
    page, state = random_state(number, seeds)
    asked = query(page, state, seeds)
    wanted, problems = view.read(parse_qs(asked, keep_blank_values=True), seeds)
    assert problems == []
    assert {key: wanted[key] for key in state} == state
    assert len(f"https://parallax.example.org/{page}?{asked}") < 2000


@pytest.mark.parametrize("number", OPENED)
def test_a_random_view_opens_and_its_copied_link_is_the_same(seeds: Corpus, number: int) -> None:
    page, state = random_state(number, seeds)
    # What the selection may not have (an item, an article beside the filters) is another test's.
    state |= {"item": "", "passage": "", "find": "", "quantity": "", "document": []}
    asked = query(page, state, seeds)
    app = opened(page, asked)
    copied = address(app).partition("?")[2]
    wanted = parse_qs(asked, keep_blank_values=True)
    shown = parse_qs(copied, keep_blank_values=True)
    # A side to look at and a quantity are chosen for a view that names none.
    chosen = {key for key in ("target", "quantity") if not wanted.get(key, [""])[0]}
    assert {key: value for key, value in shown.items() if key not in chosen} == {
        key: value for key, value in wanted.items() if key not in chosen
    }
    assert notice(app) == []


@pytest.mark.parametrize("number", range(500))
def test_a_bad_link_raises_nothing_and_is_told(seeds: Corpus, number: int) -> None:
    asked, told = random_bad_query(number)
    wanted, problems = view.read(parse_qs(asked, keep_blank_values=True), seeds)
    assert any(told in problem for problem in problems), problems
    assert view.read(view.write(wanted, PAGES[number % len(PAGES)], seeds), seeds)[1] == []


@pytest.mark.parametrize("number", range(0, 500, 25))
def test_a_bad_link_opens_with_one_notice(number: int) -> None:
    asked, _ = random_bad_query(number)
    app = opened(PAGES[number // 25 % len(PAGES)], f"{asked}&item=term:no%20such&passage=lost:1")
    assert html(app).count('class="notice"') == 1
    assert len(notice(app)) >= 3


def test_ten_topics_of_long_names_stay_under_two_thousand_characters(seeds: Corpus) -> None:
    state = {key: option.initial for key, option in view.OPTIONS.items()}
    state |= {"topic": [f"a-topic-with-a-rather-long-name-{number}" for number in range(10)], "text": "мир" * 8,
              "item": "voice:western|Volodymyr Zelenskiy", "passage": "reuters-c520d7:12"}  # fmt: skip
    for page in PAGES:
        assert len(f"https://parallax.example.org/{page}?{query(page, state, seeds)}") < 2000
