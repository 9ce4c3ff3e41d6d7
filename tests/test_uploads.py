"""Uploading: files to a stage, the import with its report, what a person decides, and what is refused."""

from __future__ import annotations

import errno
import gzip
import io
import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.__main__ import main
from analysis.corpus import CorpusError
from analysis.loading import import_corpus, load
from dashboard.team import staging
from dashboard.team.settings import settings
from dashboard.team.staging import Decisions, Stage, receive, run_import

TEXT = "The mayor of Oldtown said on Monday that {} houses burned down near the harbour and nobody was hurt."


def rows(count: int = 4, **columns: str) -> bytes:
    """A table of articles; `columns` are patterns, the number of the row its value."""
    made = [
        {"text": TEXT.format(number), **{name: pattern.format("NS"[number % 2]) for name, pattern in columns.items()}}
        for number in range(count)
    ]
    return "\n".join(map(json.dumps, made)).encode()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of the test's own."""
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    settings.cache_clear()
    yield tmp_path / "data"
    settings.cache_clear()


@pytest.fixture
def here(data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder; imports are run in this process, by the same command: one of its own takes a second to start."""

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        done = CliRunner().invoke(main, command[3:])
        return subprocess.CompletedProcess(command, done.exit_code, done.stdout_bytes, done.stderr_bytes)

    monkeypatch.setattr(staging.subprocess, "run", run)
    return data


def limited(monkeypatch: pytest.MonkeyPatch, **limits: int) -> None:
    for name, value in limits.items():
        monkeypatch.setenv(f"PARALLAX_{name.upper()}", str(value))
    settings.cache_clear()


def imported(files: dict[str, bytes], **decided: object) -> Stage:
    stage = receive(files.items())
    run_import(stage, Decisions(**{"title": "Flood", **decided}))
    return stage


def sides(stage: Stage) -> dict[str, int]:
    return {side["side"]: side["articles"] for side in stage.report()["sides"]}


def test_an_upload_is_imported_as_the_command_line_does(data: Path, tmp_path: Path) -> None:
    table = rows(6, side="{}orth", outlet="{} Post") + b'\n{"text": "", "side": "North"}\n'
    stage = imported({"news.jsonl": table})
    (tmp_path / "news.jsonl").write_bytes(table)
    report = import_corpus([tmp_path / "news.jsonl"], tmp_path / "corpus")
    assert stage.report() == report.to_record()
    assert stage.report()["rows"] == {"read": 7, "kept": 6, "dropped": 1, "copies": 0}
    assert load(stage.corpus).digest == load(tmp_path / "corpus").digest


def test_sides_that_no_column_tells_are_what_the_visitor_says_of_outlets(here: Path) -> None:
    stage = imported({"news.jsonl": rows(4, outlet="{} Post")})
    assert len(sides(stage)) == 1
    assert list(stage.outlets()["outlet"]) == ["N Post", "S Post"]
    run_import(stage, Decisions("Flood", outlets={"N Post": "Nördlich & Co", "S Post": "South"}))
    assert sides(stage) == {"Nördlich & Co": 2, "South": 2}
    run_import(stage, Decisions("Flood", outlets={"N Post": "North"}))
    assert sides(stage) == {"North": 2}
    assert "no side given for the outlet S Post" in stage.report()["dropped"]


def test_or_what_the_visitor_says_of_files(here: Path) -> None:
    files = {
        "a.jsonl": rows(2),
        "b.jsonl": rows(3).replace(b"houses", b"boats"),
        "c.jsonl": rows(1).replace(b"houses", b"cars"),
    }
    stage = imported(files)
    assert set(sides(stage)) == {"a", "b", "c"}
    run_import(stage, Decisions("Flood", files={"a.jsonl": "North", "b.jsonl": "South", "c.jsonl": "North"}))
    assert sides(stage) == {"North": 3, "South": 3}


def test_names_and_colours_of_sides_are_the_visitor_s(here: Path) -> None:
    looks = {"n": ('Up "north" \\ [x]', "#112233"), "s": ("Süd\n= 1", "#445566")}
    stage = imported({"news.jsonl": rows(4, side="{}")}, looks=looks, title="A 'title' \"quoted\" \x7f")
    corpus = load(stage.corpus)
    assert [(side.id, side.color) for side in corpus.sides] == [("n", "#112233"), ("s", "#445566")]
    assert corpus.sides[0].label == 'Up "north" \\ [x]'
    assert corpus.title == "A 'title' \"quoted\" "


def test_columns_are_what_the_visitor_says(here: Path) -> None:
    table = b'{"side": "n", "snippet": "short", "alpha": "%s"}\n{"side": "s", "snippet": "short too", "alpha": "%s"}'
    body = TEXT.encode()
    stage = imported({"t.jsonl": table % (body, body)}, columns={"text": "snippet"})
    assert {document.text for document in load(stage.corpus).documents} == {"short", "short too"}
    with pytest.raises(CorpusError, match=r"t\.jsonl: there is no column 'beta' \(it has side, snippet, alpha\)"):
        run_import(stage, Decisions("Flood", columns={"text": "beta"}))


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a.exe": b"MZ"}, "no article"),
        ({"a.json": b'{"articles": [{"text": "x"},'}, "a.json"),
        ({"a.csv": b"side,number\nn,1\n"}, r"a\.csv.*no text found"),
        ({"a.zip": b"PK\x03\x04 broken"}, r"a\.zip: not a readable"),
        ({"a.xlsx": b"not a workbook"}, r"a\.xlsx"),
    ],
)
def test_what_cannot_be_read_says_which_file_and_why(here: Path, files: dict[str, bytes], message: str) -> None:
    with pytest.raises(CorpusError, match=message) as told:
        imported(files)
    assert str(here) not in str(told.value), "no path of the server"


def zipped(size: int) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.txt", b"0" * size)
    return held.getvalue()


@pytest.mark.parametrize("make", [zipped, lambda size: gzip.compress(b"0" * size)], ids=["zip", "gzip"])
def test_a_bomb_is_refused_before_it_is_unpacked(data: Path, monkeypatch: pytest.MonkeyPatch, make: object) -> None:
    monkeypatch.setattr(staging, "FREE", 1 << 20)
    with pytest.raises(CorpusError, match=r"b\.zip: it unpacks to more than"):
        receive([("a.txt", b"fine"), ("b.zip", make(50 << 20))])
    assert list((data / "uploads").iterdir()) == [], "nothing is left of it"
    receive([("b.zip", make(1 << 19))])


def test_the_caps_of_the_settings_hold(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limited(monkeypatch, upload_rows=3, upload_articles=2, upload_megabytes=1)
    with pytest.raises(CorpusError, match="4 rows, and at most 3"):
        imported({"a.jsonl": rows(4, side="{}")})
    with pytest.raises(CorpusError, match="3 articles, and at most 2"):
        imported({"a.jsonl": rows(3, side="{}")})
    with pytest.raises(CorpusError, match=r"a\.txt: it is larger than 1 MB"):
        receive([("a.txt", b"0" * ((1 << 20) + 1))])


def test_an_import_that_takes_too_long_is_ended(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never_ends(*args: object, timeout: float, **_: object) -> None:
        raise subprocess.TimeoutExpired("import", timeout)

    stage = receive([("a.jsonl", rows(2, side="{}"))])
    monkeypatch.setattr(staging.subprocess, "run", never_ends)
    with pytest.raises(CorpusError, match="longer than 900 seconds"):
        run_import(stage, Decisions("Flood"))
    assert stage.report() is None


def test_an_import_that_is_killed_leaves_the_upload_to_be_tried_again(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = receive([("a.jsonl", rows(2, side="{}"))])
    with monkeypatch.context() as patch:
        killed = subprocess.CompletedProcess([], -9, b"", b"")
        patch.setattr(staging.subprocess, "run", lambda *_, **__: killed)
        with pytest.raises(CorpusError, match="stopped unexpectedly"):
            run_import(stage, Decisions("Flood"))
    assert stage.report() is None
    run_import(stage, Decisions("Flood"))
    assert stage.report()["rows"]["kept"] == 2


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "..\\..\\x.txt", "/abs.txt", ".hidden.txt", "a\x00b.txt",
                                  "x" * 500 + ".txt", "corpus.toml", "ü–ß.txt", "con:aux.txt"])  # fmt: skip
def test_a_file_s_name_leads_nowhere(data: Path, name: str) -> None:
    stage = receive([(name, b"x"), (name, b"y")])
    held = list(stage.given.iterdir())
    assert len(held) == 2
    assert {file.read_bytes() for file in held} == {b"x", b"y"}
    assert all(file.resolve().parent == stage.given.resolve() and len(file.name) <= 130 for file in held)


def test_stages_that_were_left_are_swept_away(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left, fresh = receive([("a.txt", b"x")]), receive([("a.txt", b"x")])
    import os

    os.utime(left.folder, (0, 0))
    staging.sweep()
    assert (left.folder.exists(), fresh.folder.exists()) == (False, True)


RECEIVED = """
import os, signal, sys
from dashboard.team import staging
staging.receive([("a.jsonl", sys.argv[1].encode())], "Flood", "ann")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_server_had_received_is_left_for_who_brought_it(data: Path) -> None:
    killed = [sys.executable, "-c", RECEIVED, rows(2, side="{}").decode()]
    assert subprocess.run(killed, cwd=staging.ROOT, check=False).returncode == -signal.SIGKILL
    going_on = receive([("b.jsonl", rows(2, side="{}"))], "Going on", "ann")
    assert staging.left("bob") == []
    (stage,) = staging.left("ann")
    assert (stage.title, stage.files) == ("Flood", ["a.jsonl"])
    stage.hold()
    assert staging.left("ann") == []
    with pytest.raises(CorpusError, match="another window"):
        Stage(stage.folder).hold()
    run_import(stage, Decisions("Flood"))
    assert sides(stage) == {"N": 1, "S": 1}
    for each in (stage, going_on):
        each.remove()
    assert list((data / "uploads").iterdir()) == []


def test_no_message_tells_where_the_data_lies(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CorpusError) as told:
        receive([("a.txt", b"x")])
    assert str(told.value) == "given/a.txt: cannot be written (No space left on device)."


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
