"""Shares of the sides: what is called firm, and what only describes these texts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.brief.shares import shares
from analysis.reading import Selected
from tests.conftest import made

ARTICLES = 20
CASES = 12


@pytest.fixture(scope="module")
def many() -> Selected:
    return made(north=["A gull sat."] * ARTICLES, south=["A kite rose."] * ARTICLES)


def cases(*articles: tuple[str, list[str | None]]) -> pd.DataFrame:
    """The things of each article: its side and they."""
    rows = [(thing, side, f"{side}{number}") for number, (side, things) in enumerate(articles) for thing in things]
    return pd.DataFrame(rows, columns=["thing", "side", "document"])


def test_a_thing_of_one_side_alone_is_firm(many: Selected) -> None:
    told = list(shares(many, cases(*[("north", ["a", "b"])] * ARTICLES, *[("south", ["c", "b"])] * ARTICLES)))
    assert {(each.thing, each.first.id, each.badge) for each in told} == {
        ("a", "north", "firm"),
        ("c", "south", "firm"),
    }
    assert all(0.5 < each.strength < 1 for each in told)
    assert told[0].counts == {"north": ARTICLES, "south": 0}
    assert told[0].totals == {"north": 2 * ARTICLES, "south": 2 * ARTICLES}


def test_cases_of_one_article_are_no_many_cases(many: Selected) -> None:
    others = [(side, ["b", "c"]) for side in ("north", "south") for _ in range(ARTICLES)]
    spread = [("north", ["a", "b"])] * ARTICLES + [("south", ["b", "c"])] * ARTICLES
    assert "a" in [each.thing for each in shares(many, cases(*spread))]
    assert "a" not in [each.thing for each in shares(many, cases(("north", ["a"] * ARTICLES), *others))]


def test_few_articles_tell_of_these_texts_alone() -> None:
    few = made(north=["A gull sat."], south=["A kite rose."])
    (one,) = shares(few, cases(("north", ["a"] * 6 + [None] * 6), ("south", [None] * 12)))
    assert (one.badge, one.strength) == ("tentative", 0.5)
    (too_few,) = shares(few, cases(("north", ["a"] * 2), ("south", [None] * 12)))
    assert too_few.badge == "too_few"


def test_sides_dealt_at_random_are_hardly_ever_apart(many: Selected) -> None:
    """Articles that cite one voice most: where the sides do not differ, at most one run in twenty says so."""
    random, runs, wrong = np.random.default_rng(1), 100, 0
    voices = [f"voice {number}" for number in range(12)]
    for _ in range(runs):
        dealt = []
        for side in ("north", "south") * ARTICLES:
            main = random.choice(voices)
            dealt.append((side, [main if random.random() < 0.6 else str(random.choice(voices)) for _ in range(CASES)]))
        wrong += any(each.badge == "firm" for each in shares(many, cases(*dealt)))
    assert wrong / runs <= 0.05
