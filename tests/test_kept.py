"""What is kept: nothing is made twice, nothing is of another view, and what sessions share is never changed."""

from __future__ import annotations

import gc
import json
import pickle
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from urllib.parse import parse_qs

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis.selection import Selection
from dashboard import charts, chosen, kept

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def empty() -> Iterator[None]:
    kept.forget()
    yield
    kept.forget()


def counted() -> tuple[Any, list[Any]]:
    """A kept function that doubles a table or a number, and what it was asked for."""
    asked = list[Any]()

    @kept.kept
    def double(value: Any, times: int = 2) -> Any:
        asked.append(value)
        return value * times

    return double, asked


def test_equal_values_and_the_same_object_are_asked_for_once() -> None:
    double, asked = counted()
    table = pd.DataFrame({"n": [1, 2]})
    assert double(4) == double(4) == 8
    assert double([1, 2]) == double([1, 2])
    assert double(table) is double(table)
    assert len(asked) == 3


def test_other_arguments_and_equal_tables_are_made_anew() -> None:
    double, asked = counted()
    table = pd.DataFrame({"n": [1, 2]})
    assert double(4, times=3) == 12
    assert double(4) == 8
    assert double(table) is not double(table.copy())
    assert len(asked) == 4


def test_a_table_that_is_gone_is_not_taken_for_the_next_one_in_its_place() -> None:
    double, asked = counted()
    for number in range(200):
        table = pd.DataFrame({"n": [number]})
        assert double(table)["n"].tolist() == [2 * number]
        del table
        gc.collect(0)
    assert len(asked) == 200


def test_what_is_asked_for_at_once_is_made_once() -> None:
    ready, asked = Barrier(4), list[int]()

    @kept.kept
    def slow(value: int) -> int:
        asked.append(value)
        return sum(range(10_000)) + value

    def ask() -> None:
        ready.wait()
        slow(1)

    people = [Thread(target=ask) for _ in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert asked == [1]


def test_a_failure_is_not_kept() -> None:
    failures = iter([True, False])

    @kept.kept
    def moody(value: int) -> int:
        if next(failures):
            raise ValueError
        return value

    with pytest.raises(ValueError):
        moody(1)
    assert moody(1) == 1


def test_the_oldest_results_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MEGABYTES", 1)
    double, asked = counted()
    for letter in "abcde":
        double(letter, times=300_000)
    double("e", times=300_000)
    assert len(asked) == 5
    double("a", times=300_000)
    assert len(asked) == 6


def test_selections_of_many_passages_make_room_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen.let_go()
    everything = chosen.chosen(Selection())
    monkeypatch.setattr(chosen, "PASSAGES", len(everything.rows))
    territory = chosen.chosen(Selection(topics=("territory",)))
    assert chosen.chosen(Selection(topics=("territory",))) is territory
    assert chosen.chosen(Selection()) is not everything
    assert list(chosen._known.values()) == [chosen.chosen(Selection())]


@pytest.fixture
def quotings(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The tables that the first chart of Sources is drawn from, one each time it is drawn."""
    draw, seen = charts.sources.quoting.__wrapped__, list[Any]()

    def noted(table: Any, look: Any) -> Any:
        seen.append(table)
        return draw(table, look)

    monkeypatch.setattr(charts, "quoting", kept.kept(noted))
    return seen


def opened(page: str, query: str = "") -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120)
    app.query_params.update(parse_qs(query))
    app.run()
    if page != "brief":
        app.switch_page(f"dashboard/pages/{page}.py").run()
    assert not app.exception
    return app


def sources(query: str = "") -> dict[str, Any]:
    """The first chart of Sources in a new session, as the browser gets it."""
    return dict(json.loads(opened("sources", query).get("plotly_chart")[0].proto.spec))


def test_a_view_is_drawn_once_for_all_sessions(quotings: list[Any]) -> None:
    assert sources() == sources()
    assert len(quotings) == 1


def test_another_view_is_drawn_anew_and_the_first_is_as_it_was(quotings: list[Any]) -> None:
    before = sources()
    assert sources("topic=territory") != before
    assert sources() == before
    assert len(quotings) == 2


def test_another_corpus_is_drawn_anew(quotings: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sources()
    shutil.copytree(ROOT / "seeds", tmp_path / "other")
    text = next((tmp_path / "other").glob("*.txt"))
    text.write_text(f"{text.read_text(encoding='utf-8').rstrip()} One more sentence.\n", encoding="utf-8")
    monkeypatch.setenv("PARALLAX_CORPUS", str(tmp_path / "other"))
    assert sources() != before
    assert len(quotings) == 2


OTHERS = {"brief": "topic=territory", "figures": "claims=all&show=all", "sources": "by=verb", "words": "view=names",
          "read": "item=side:western", "method": ""}  # fmt: skip


def test_no_page_changes_what_is_kept() -> None:
    """Views are opened, then others that share their tables: what was kept at first is as it was."""
    for page in OTHERS:
        opened(page)
    before = {key: (entry.result, pickle.dumps(entry.result)) for key, entry in kept._entries.items()}
    for page, query in OTHERS.items():
        opened(page, query)
    assert len(before) > 30
    for key, (result, saved) in before.items():
        assert pickle.dumps(result) == saved, key[0]
