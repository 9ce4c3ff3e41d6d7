"""Links in a browser: the last twenty of two hundred random views (the others: tests/test_round_trips.py)."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page

from analysis.corpus import Corpus
from tests.browser.stillness import visit
from tests.states import query, random_state


@pytest.mark.parametrize("number", range(180, 200))
def test_a_random_view_opens_and_its_copied_link_is_the_same(page: Page, seeds: Corpus, number: int) -> None:
    name, state = random_state(number, seeds)
    state |= {"item": "", "passage": "", "find": "", "quantity": "", "document": []}
    asked = query(name, state, seeds)
    visit(page, f"/{'' if name == 'brief' else name}?{asked}")
    assert page.locator(".notice").count() == 0
    page.get_by_role("button", name="Copy link").click()
    copied = page.locator("[data-testid=stPopoverBody] .stCode code").inner_text()
    wanted, shown = (parse_qs(link.partition("?")[2], keep_blank_values=True) for link in (f"?{asked}", copied))
    # A side to look at and a quantity are chosen for a view that names none.
    chosen = {key for key in ("target", "quantity") if not wanted.get(key, [""])[0]}
    assert {k: v for k, v in shown.items() if k not in chosen} == {k: v for k, v in wanted.items() if k not in chosen}
