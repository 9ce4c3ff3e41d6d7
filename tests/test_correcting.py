"""Corrections and saved views on the server and on its pages: kept, seen by everybody, refused to those who may not."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.corrections import Correction, Finding, findings
from analysis.reading import Reading
from dashboard.correcting import ends
from dashboard.team import corrections, views
from dashboard.team.access import LOCAL, Visitor
from dashboard.team.corrections import RefusedError
from dashboard.team.place import DatabaseError
from tests.conftest import ROOT, with_database
from tests.postgres import Postgres
from tests.test_pages import html, notice, opened, words

READER = Visitor("r", "Rita", "reader")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    file = tmp_path / "parallax.db"
    for _ in with_database(f"sqlite:///{file}", monkeypatch):
        yield file


@pytest.fixture
def uavs(reading: Reading) -> Finding:
    """The figure of the drones shot down."""
    row = reading.figures[reading.figures["verbatim"] == "71"].iloc[0]
    return next(each for each in findings(reading, row["passage"]) if each.printed == "71")


def wrong(start: int = 0) -> Correction:
    return Correction("a" * 64, "text", start, start + 1, "figure")


def ledger(app: AppTest) -> str:
    return app.dataframe[0].value.to_string()


def test_what_is_corrected_is_read_back_with_author_and_time(database: str) -> None:
    values = (("bound", "exact"), ("high", "1.50"), ("low", "1.50"), ("object", "дрон 🛩"))
    corrections.save([replace(wrong(), values=values)], LOCAL)
    corrections.save([wrong(5)], LOCAL)
    first, second = corrections.latest().corrections
    assert {first.values, second.values} == {values, ()}
    assert first.author == LOCAL.name
    assert first.created.tzinfo is not None
    corrections.undo(first.id, LOCAL)
    corrections.undo(first.id, Visitor("b", "Bob", "analyst"))
    undone = next(each for each in corrections.latest().corrections if each.id == first.id)
    assert undone.undone_by == LOCAL.name, "who took it back first stays in the log"
    corrections.undo("no such id", LOCAL)


def test_what_was_saved_together_is_taken_back_together(database: str) -> None:
    corrections.save([wrong(), wrong(5)], LOCAL)
    corrections.save([wrong(10)], LOCAL)
    corrections.undo(corrections.latest().corrections[0].id, LOCAL)
    assert [bool(each.undone) for each in corrections.latest().corrections] == [True, True, False]


def test_the_log_is_read_again_only_when_it_has_changed(database: str) -> None:
    corrections.save([wrong()], LOCAL)
    log = corrections.latest()
    assert corrections.latest() is log
    corrections.undo(log.corrections[0].id, LOCAL)
    assert corrections.latest().version == (1, 1)


def test_without_a_database_nothing_is_opened(kept: Path) -> None:
    assert corrections.latest() == corrections.Log()
    assert views.of(LOCAL) == []
    assert views.find("x" * 16) is None
    assert not kept.exists()


FIRST_PAGE = """
import sys
from streamlit.testing.v1 import AppTest
app = AppTest.from_file(sys.argv[1], default_timeout=120).run()
assert not app.exception
print(sorted({"sqlalchemy", "alembic", "pg8000"} & set(sys.modules)))
"""


def test_the_first_page_waits_for_no_database_library(kept: Path) -> None:
    command = [sys.executable, "-c", FIRST_PAGE, str(ROOT / "streamlit_app.py")]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"
    assert not kept.exists()


@pytest.mark.parametrize("who", [READER, Visitor("", "", "none")])
def test_who_may_not_correct_is_refused(kept: Path, who: Visitor) -> None:
    with pytest.raises(RefusedError):
        corrections.save([wrong()], who)
    with pytest.raises(RefusedError):
        corrections.undo("x", who)
    assert corrections.latest().corrections == ()


def test_two_who_correct_at_once_are_both_kept(database: str) -> None:
    def save(start: int) -> None:
        for number in range(5):
            corrections.save([wrong(start + number)], LOCAL)

    writers = [threading.Thread(target=save, args=(start,)) for start in (0, 100, 200)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert len(corrections.latest().corrections) == 15


@pytest.mark.parametrize(
    ("bound", "typed", "low", "high"),
    [
        ("exact", ("7", None), "7", "7"),
        ("at_least", ("7", "9"), "7", None),
        ("less_than", ("7", None), None, "7"),
        ("range", ("7", "9"), "7", "9"),
        ("vague", ("7", None), "7", None),
    ],
)
def test_the_ends_of_what_was_typed(
    bound: str, typed: tuple[str, str | None], low: str | None, high: str | None
) -> None:
    assert ends(bound, *typed) == {"bound": bound, "low": low, "high": high}


def test_the_pages_follow_a_correction_and_the_switch(kept: Path, uavs: Finding) -> None:
    before = opened("figures")
    assert "by readers of this server" not in words(before)
    many = uavs.set({**uavs.values, "low": "90", "high": "90"})
    assert many
    corrections.save([many], LOCAL)
    after = opened("figures")
    assert "1 correction by readers of this server" in words(after)
    assert "“71 [corrected: value: 90]” UAVs" in ledger(after)
    assert "“71 [corrected: value: 90]” shot down stand beside" in words(opened("brief"))
    before.run()
    assert ledger(before) == ledger(after), "a session that was open before sees it too"
    machine = opened("figures", "numbers=machine")
    assert not notice(machine)
    assert "corrected" not in ledger(machine)
    corrections.undo(corrections.latest().corrections[0].id, LOCAL)
    assert ledger(opened("figures")) == ledger(machine)
    assert "[corrected: value: 90]" not in words(opened("brief"))


def test_the_log_is_on_the_method_page(kept: Path, uavs: Finding) -> None:
    assert any(element.value.startswith("None yet. Beside") for element in opened("method").text)
    corrections.save([uavs.wrong], replace(LOCAL, name="<b>Ann</b>"))
    shown = next(table.value for table in opened("method").dataframe if "Was" in table.value)
    assert list(shown[["Who", "Printed", "Is", "State"]].iloc[0]) == ["<b>Ann</b>", "71", "wrong", "in force"]


def test_a_form_for_those_who_may_correct(kept: Path, monkeypatch: pytest.MonkeyPatch, uavs: Finding) -> None:
    assert buttons(opened("figures", "item=only:russian")) == 4
    assert buttons(opened("figures", "item=only:russian&numbers=machine")) == 0
    monkeypatch.setattr("dashboard.correcting.visitor", lambda: READER)
    assert buttons(opened("figures", "item=only:russian")) == 0


def buttons(app: AppTest) -> int:
    popovers = [node for node in app.get("popover") if node.proto.popover.label == "Correct"]
    return len(popovers)


def test_a_view_that_is_gone_is_told_in_the_notice(kept: Path) -> None:
    for view_id in ("x" * 16, "gone", "<b>x</b>"):
        told = notice(opened("brief", f"view={view_id}"))
        assert len(told) == 1
        assert "is not on this server" in told[0]
        assert "<b>" not in told[0]
    assert notice(opened("words", "view=names")) == []


def test_a_database_that_does_not_answer_is_told_and_the_page_goes_on(kept: Path, uavs: Finding) -> None:
    corrections.save([uavs.wrong], LOCAL)
    app = opened("figures")
    without = ledger(app)
    kept.write_bytes(b"no database" * 1000)
    for ending in ("-wal", "-shm"):
        kept.with_name(kept.name + ending).unlink(missing_ok=True)
    from dashboard.team import database

    database._engines.clear()
    app.run()
    assert not app.exception
    assert ledger(app) == without, "the corrections it knew still count"
    assert "Corrections may be out of date. The database cannot be read: the database file is damaged" in words(app)
    assert "The database cannot be read" in notice(opened("brief", f"view={'x' * 16}"))[0]
    assert "The database cannot be read" in html(opened("method"))


def test_pages_go_on_while_postgresql_is_away_and_recover(on_postgres: Postgres, uavs: Finding) -> None:
    corrections.save([uavs.wrong], LOCAL)
    app = opened("figures")
    corrected = ledger(app)
    on_postgres.stop()
    try:
        app.run()
        assert ledger(app) == corrected
        assert "Corrections may be out of date. The database cannot be read: it does not answer." in words(app)
        with pytest.raises(DatabaseError, match="Nothing was saved"):
            corrections.save([replace(uavs.wrong, kind="name")], LOCAL)
    finally:
        on_postgres.start()
    corrections.save([replace(uavs.wrong, start=0, end=1)], LOCAL)
    app.run()
    assert "out of date" not in words(app)
