"""Saved views: kept as they were, found by their short link, changed by their owner alone."""

from __future__ import annotations

import pytest

from dashboard.team import views
from dashboard.team.access import Visitor
from dashboard.team.views import LONGEST_NOTE, MOST, ViewError

ANN = Visitor("ann@example.org", "Ann", "reader")
BOB = Visitor("bob@example.org", "Bob", "operator")
QUERY = {"topic": ["a", "б"], "text": ["50% + #1 & /"], "side": [""], "corpus": ["0" * 12], "v": ["1"]}
PAIRS = (("topic", "a"), ("topic", "б"), ("text", "50% + #1 & /"), ("side", ""), ("corpus", "0" * 12), ("v", "1"))


def keep(title: str = "Losses", note: str = "", who: Visitor = ANN) -> views.View:
    return views.save(title, note, "words", QUERY, "d" * 64, who)


def test_a_view_is_found_as_it_was_saved(database: str) -> None:
    saved = keep("  Losses \n by side ", "First <b>line</b>\r\n\r\n$x$ ![](http://a.b/c)  ")
    found = views.find(saved.id)
    assert found == saved
    assert (saved.title, saved.note) == ("Losses by side", "First <b>line</b>\n\n$x$ ![](http://a.b/c)")
    assert (saved.page, saved.query, saved.owner) == ("words", PAIRS, ANN.id)


def test_the_list_is_one_s_own_and_the_latest_first(database: str) -> None:
    first, second = keep("one"), keep("two")
    keep("three", who=BOB)
    assert [view.id for view in views.of(ANN)] == [second.id, first.id]


def test_only_the_owner_changes_and_deletes(database: str) -> None:
    saved = keep()
    for act in (lambda: views.change(saved.id, "x", "", BOB), lambda: views.delete(saved.id, BOB)):
        with pytest.raises(ViewError, match="no such view of yours"):
            act()
    views.change(saved.id, "Gains", "n", ANN)
    assert [(view.title, view.note) for view in views.of(ANN)] == [("Gains", "n")]
    views.delete(saved.id, ANN)
    assert views.find(saved.id) is None
    with pytest.raises(ViewError):
        views.delete(saved.id, ANN)


@pytest.mark.parametrize("view_id", ["", "terms", "x" * 16, "x" * 17, "../../../../etc", "ж" * 16, "a'; DROP TABLE-"])
def test_a_bad_id_finds_nothing(database: str, view_id: str) -> None:
    keep()
    assert views.find(view_id) is None


BAD = [("", ""), ("\n \t", ""), ("x" * 121, ""), ("a\x00b", ""), ("a\u202eb", ""), ("x", "y" * (LONGEST_NOTE + 1)),
       ("x", "\x00"), ("x", "\ud800")]  # fmt: skip


@pytest.mark.parametrize(("title", "note"), BAD)
def test_what_cannot_be_a_title_or_note_is_told(database: str, title: str, note: str) -> None:
    with pytest.raises(ViewError):
        keep(title, note)


def test_one_owner_cannot_fill_the_disk(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST >= 100
    monkeypatch.setattr(views, "MOST", 2)
    keep()
    keep()
    with pytest.raises(ViewError, match="delete one first"):
        keep()
    keep(who=BOB)
    with pytest.raises(ViewError):
        keep(who=Visitor("", "", "none"))
    with pytest.raises(ViewError):
        views.save("t", "", "words", {"text": ["x" * 9000]}, "d", BOB)


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ({"view": ["abcdefghijklmnop"]}, "abcdefghijklmnop"),
        ({"view": ["gone"]}, "gone"),
        ({"view": ["names"]}, ""),
        ({"view": ["abcdefghijklmnop"], "v": ["1"]}, ""),
        ({"view": [""]}, ""),
        ({"view": ["a", "b"]}, ""),
        ({}, ""),
    ],
)
def test_a_short_link_has_its_id_alone(query: dict[str, list[str]], asked: str) -> None:
    assert views.asked(query, own=("terms", "names")) == asked
