"""Uploaded corpora: stored once, opened by their link by whom it is meant for, renamed, shared, deleted, expired."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.corpus import CorpusError
from analysis.loading import import_corpus, load
from analysis.reading import Reading
from dashboard import shown
from dashboard.team import access, corpora
from dashboard.team.access import LOCAL, Visitor
from dashboard.team.corpora import change, delete, find, keep, listed, place, sweep
from dashboard.team.database import CorpusRow, DatabaseError, now, saving
from dashboard.team.settings import settings
from dashboard.team.staging import Stage, receive
from tests.test_pages import address, html, opened, words
from tests.test_uploads import rows

ANN, BOB = Visitor("ann@example.org", "Ann", "analyst"), Visitor("bob@example.org", "Bob", "analyst")
READER, OPERATOR = Visitor("rae@example.org", "Rae", "reader"), Visitor("ops@example.org", "Ops", "operator")
STRANGER = Visitor("", "", "none")
ON_ONE_DATABASE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For pages: they know nothing of the database's kind."""


@pytest.fixture
def data(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder and an empty database of the test's own."""
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    settings.cache_clear()
    yield tmp_path / "data"
    shown._opened.clear()


def staged(count: int = 4) -> Stage:
    """An upload that was imported, without the time a process of its own takes."""
    stage = receive([("news.jsonl", rows(count, side="{}orth"))])
    import_corpus([stage.given / "news.jsonl"], stage.corpus)
    return stage


def kept(owner: Visitor = ANN, *, shared: bool = False, title: str = "Flood", count: int = 4) -> CorpusRow:
    return keep(staged(count), title, owner, shared=shared)


def folders(data: Path) -> list[str]:
    return sorted(folder.name for folder in (data / "corpora").iterdir())


def test_a_kept_corpus_is_its_content_and_a_link(data: Path) -> None:
    row = kept()
    corpus = load(place(row.digest))
    assert (row.digest, row.articles, row.title) == (corpus.digest, 4, "Flood")
    assert len(row.id) >= 16
    assert row.bytes == sum(file.stat().st_size for file in place(row.digest).iterdir()) > 0
    assert list((data / "uploads").iterdir()) == [], "the stage is gone"


def test_the_same_articles_are_stored_once_and_go_with_their_last_owner(data: Path) -> None:
    first, second, other = kept(), kept(BOB), kept(count=2)
    assert first.digest == second.digest != other.digest
    assert first.id != second.id
    assert folders(data) == sorted({first.digest, other.digest})
    delete(first.id, ANN)
    assert place(first.digest).exists()
    delete(second.id, BOB)
    assert folders(data) == [other.digest]


@pytest.mark.parametrize("shared", [False, True])
def test_who_may_see_it(data: Path, shared: bool) -> None:
    row = kept(shared=shared)
    assert find(row.id, ANN) is not None
    for who in (BOB, READER):
        assert (find(row.id, who) is not None) == shared
    assert find(row.id, STRANGER) is None
    assert find("nonsense", ANN) is None
    change(row.id, ANN, shared=not shared)
    assert (find(row.id, READER) is not None) != shared


def test_only_the_owner_and_the_operator_list_change_and_delete_it(data: Path) -> None:
    row = kept(shared=True)
    assert [each.id for each in listed(ANN)] == [each.id for each in listed(OPERATOR)] == [row.id]
    assert listed(BOB) == []
    for who in (BOB, READER, STRANGER):
        with pytest.raises(CorpusError, match="no such corpus of yours"):
            change(row.id, who, title="Mine")
        with pytest.raises(CorpusError, match="no such corpus of yours"):
            delete(row.id, who)
    change(row.id, ANN, title="  New \n title " + "x" * 500)
    assert listed(ANN)[0].title == ("New title " + "x" * 500)[: corpora.LONGEST_TITLE]
    delete(row.id, OPERATOR)
    assert listed(ANN) == []


def test_readers_may_not_keep_one(data: Path) -> None:
    stage = staged(2)
    with pytest.raises(CorpusError, match="may not upload"):
        keep(stage, "Flood", READER, shared=False)


def test_there_is_a_quota_and_deleting_makes_room(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = kept()
    monkeypatch.setattr(corpora, "used", lambda saved: (settings().quota_megabytes << 20) - 10)
    with pytest.raises(CorpusError, match="no room for it"):
        kept(count=2)
    assert folders(data) == [row.digest]
    assert kept(BOB).digest == row.digest, "what is stored already takes no room"
    monkeypatch.undo()


def test_what_is_used_counts_articles_once(data: Path) -> None:
    first, _, other = kept(), kept(BOB), kept(count=2)
    with saving() as saved:
        assert corpora.used(saved) == first.bytes + other.bytes


def test_the_tables_of_a_corpus_count_and_go_with_it(data: Path) -> None:
    row, other = kept(), kept(count=2)
    reading = Reading(load(place(row.digest)), data, read_all=False)
    reading.counts  # noqa: B018
    made = sum(file.stat().st_size for file in (data / "tables").rglob("*") if file.is_file())
    with saving() as saved:
        assert made
        assert corpora.used(saved) == row.bytes + other.bytes + made
    delete(row.id, ANN)
    with saving() as saved:
        assert corpora.used(saved) == other.bytes
    assert not any((data / "tables").iterdir())


def test_a_corpus_expires_unless_somebody_opens_it(data: Path) -> None:
    row, opened_later = kept(), kept(count=2)
    with saving() as saved:
        for each in (row, opened_later):
            saved.get(CorpusRow, each.id).expires = now() + timedelta(days=3)
    assert find(opened_later.id, ANN) is not None
    days = (listed(ANN)[0].expires - now()) / timedelta(days=1)
    assert days == pytest.approx(settings().keep_days, abs=0.1)
    with saving() as saved:
        saved.get(CorpusRow, row.id).expires = now() - timedelta(seconds=1)
    assert find(row.id, ANN) is None
    assert [each.id for each in listed(ANN)] == [opened_later.id]
    sweep()
    assert folders(data) == [opened_later.digest]


def test_a_crash_between_storing_and_saving_leaves_nothing_half(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    stage = staged()
    with monkeypatch.context() as patch:
        patch.setattr(corpora, "_title", die)
        with pytest.raises(Killed):
            keep(stage, "Flood", ANN, shared=False)
    assert len(folders(data)) == 1, "the articles, which nobody keeps yet"
    assert listed(ANN) == []
    sweep()
    assert folders(data) == []
    assert len(listed(ANN)) == 0
    assert kept().articles == 4


@pytest.fixture
def visiting(monkeypatch: pytest.MonkeyPatch) -> dict[str, Visitor]:
    """Who looks; a test may put somebody else in."""
    seen = {"who": LOCAL}
    for room in ("dashboard.shown", "dashboard.shelf", "dashboard.uploads", "dashboard.team.entrance"):
        monkeypatch.setattr(f"{room}.visitor", lambda: seen["who"])
    return seen


@ON_ONE_DATABASE
def test_a_link_opens_the_corpus_for_a_colleague(data: Path, visiting: dict[str, Visitor]) -> None:
    row = kept(shared=True, title="Floods <b>& ![x](http://x.test/i.png)")
    visiting["who"] = BOB
    app = opened("words", f"shared={row.id}")
    assert "Floods &lt;b&gt;&amp; ![x](http://x.test/i.png)" in html(app)
    assert re.search(r"North: 2 articles, \d+ words \| Sorth: 2 articles", words(app))
    link = address(app)
    assert f"shared={row.id}" in link
    assert f"corpus={row.digest[:12]}" in link
    again = opened("words", link.partition("?")[2])
    assert "Sorth: 2 articles" in words(again)
    assert "could not be followed" not in words(again)


@ON_ONE_DATABASE
@pytest.mark.parametrize("who", [BOB, READER])
def test_without_permission_the_page_says_so_and_holds_nothing_of_it(
    data: Path, visiting: dict[str, Visitor], who: Visitor
) -> None:
    row = kept(title="Secret floods")
    visiting["who"] = who
    app = opened("brief", f"shared={row.id}")
    assert "no corpus at this link, or it is not shared with you" in words(app)
    assert "Secret" not in str(app)
    assert "Oldtown" not in str(app)


@ON_ONE_DATABASE
def test_a_database_that_is_gone_is_told_and_the_server_s_own_corpus_still_opens(
    data: Path, visiting: dict[str, Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = kept(shared=True)

    def gone(*_: object) -> None:
        raise DatabaseError("The database cannot be read: it does not answer.")

    monkeypatch.setattr(corpora, "find", gone)
    monkeypatch.setattr(corpora, "listed", gone)
    assert "it does not answer" in words(opened("method"))
    app = opened("brief", f"shared={row.id}")
    assert "The corpus cannot be opened. The database cannot be read" in words(app)


@ON_ONE_DATABASE
def test_the_whole_way_on_the_page(data: Path, visiting: dict[str, Visitor]) -> None:
    visiting["who"] = ANN
    app = opened("method")
    app.file_uploader[0].upload("flood.jsonl", rows(6, outlet="{}orth Post")).run()
    press(app, "Import")
    assert "6 rows read: 6 kept, 0 left out." in words(app)
    assert "All articles are on one side" in words(app)
    next(field for field in app.text_input if field.label == "Title of the corpus").set_value("My floods")
    app.radio[0].set_value(True)
    press(app, "Keep this corpus")
    row = listed(ANN)[0]
    assert (row.title, row.shared, row.articles) == ("My floods", True, 6)
    assert app.query_params["shared"] == row.id
    assert "My floods" in words(app)
    app.text_input(key=f"title-{row.id}").set_value("Renamed").run()
    assert "Renamed" in words(app)
    app.radio(key=f"who-{row.id}").set_value(False).run()
    assert not listed(ANN)[0].shared
    app.button(key=f"delete-{row.id}").click().run()
    assert listed(ANN) == []
    assert "no corpus at this link" in words(app)


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception, app.exception


@ON_ONE_DATABASE
def test_readers_see_no_form(data: Path, visiting: dict[str, Visitor]) -> None:
    visiting["who"] = READER
    app = opened("method")
    assert not app.file_uploader
    assert "Analysts of this server can upload" in words(app)
    assert access.MAY["reader"] == ("read",)
