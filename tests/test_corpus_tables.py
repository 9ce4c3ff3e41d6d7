"""The tables of a corpus on disk: the same with and without them, whole or not there whenever a process ends."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as parquet
import pytest

from analysis.concordance import concordance
from analysis.corpus import Corpus, CorpusError
from analysis.coverage.neighbours import neighbours
from analysis.loading import import_corpus, load
from analysis.reading import Reading, Selected
from analysis.selection import Selection
from analysis.spellings import spellings, titles
from analysis.store import files, term_tables
from analysis.store.corpus_files import read_corpus
from analysis.terms import count_terms, keyness

ROOT = Path(__file__).parent.parent
TABLES = {"documents", "passages", "names", "counts", "words", "vocabulary", "set_aside", "attributions", "figures"}

TEXTS = [
    "Président Dupont a visité Paris. « Le pont de Kiev est fermé », a dit Dupont.",
    "La ministre Anna Lund a parlé à Lyon. Le pont est ouvert depuis Kyiv.",
    "",
]


@pytest.fixture
def french(tmp_path: Path) -> Path:
    return write_french(tmp_path)


def write_french(folder: Path) -> Path:
    """A corpus that needs no parser, as a table."""
    file = folder / "french.jsonl"
    rows = [
        {"side": "ns"[n % 2], "text": f"{TEXTS[n % 2]} Numéro {n} « é\u0301 ».", "language": "fr", "title": "Un titre"}
        for n in range(12)
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def everything(reading: Reading) -> list[pd.DataFrame]:
    """What pages ask of a reading."""
    every = Selected(reading, Selection())
    part = Selected(reading, Selection(text="KIEV"))
    first, second = (side.id for side in reading.corpus.sides)
    counts = reading.counts
    terms = [keyness(counts, each.passages.index, target=first, reference=second) for each in (every, part)]
    lines = [concordance(counts, term, every.passages.index) for term in ("pont", "de", "pont est", "kiev")]
    names = [spellings(every, every=True), spellings(part, every=True), titles(every), reading.mentions]
    sizes = [every.sizes, part.sizes, every.documents, part.documents, part.passages]
    return [*terms, *lines, *names, *sizes, reading.attributions, reading.figures, counts.set_aside, part.mentions]


def assert_same(found: list[pd.DataFrame], expected: list[pd.DataFrame]) -> None:
    for one, other in zip(found, expected, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_tables_give_what_counting_gives(seeds: Corpus, reading: Reading, tmp_path: Path) -> None:
    expected = everything(reading)
    assert_same(everything(Reading(seeds, tmp_path)), expected)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(term_tables, "count_terms", lambda *_: pytest.fail("the counts were kept"))
        assert_same(everything(Reading(seeds, tmp_path)), expected)
    assert len(expected[-1])


def test_what_is_compared_once_is_the_same_from_the_tables(seeds: Corpus, reading: Reading, tmp_path: Path) -> None:
    def compared(one: Reading) -> tuple[pd.DataFrame, ...]:
        near = one.once(neighbours)
        alike = [pd.DataFrame({"own": found.own, **{name: [*values] for name, values in vars(found.found).items()}})
                 for found in near.values()]  # fmt: skip
        return (one.ledger.claims, one.ledger.contrasts, *alike)

    expected = compared(reading)
    for _ in ("made and kept", "found"):
        for table, same in zip(compared(Reading(seeds, tmp_path)), expected, strict=True):
            pd.testing.assert_frame_equal(table, same)
    kept = {file.parent.name.partition("-")[0] for file in tmp_path.glob("tables/*/*/*.npy")}
    assert kept == {"counts", "neighbours"}


def test_any_parquet_tool_reads_them(seeds: Corpus, reading: Reading, tmp_path: Path) -> None:
    everything(Reading(seeds, tmp_path))
    (folder,) = (tmp_path / "tables").iterdir()
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["digest"] == seeds.digest
    assert set(manifest["tables"]) == TABLES
    tables = {name: pd.read_parquet(folder / about["file"]) for name, about in manifest["tables"].items()}
    assert {name: len(table) for name, table in tables.items()} == {
        name: about["rows"] for name, about in manifest["tables"].items()
    }
    assert tables["documents"]["text"].tolist() == [document.text for document in seeds.documents]
    counts, passages = tables["counts"], tables["passages"]
    of_war = counts[counts["term"] == "war"]
    found = concordance(reading.counts, "war").groupby("passage").size()
    assert dict(zip(of_war["passage"], of_war["count"], strict=True)) == found.to_dict()
    assert passages["id"][of_war["passage"]].tolist() == reading.passages["id"][found.index].tolist()
    assert len(tables["figures"]) == len(reading.figures)


def test_stored_documents_are_those_imported(french: Path, tmp_path: Path) -> None:
    import_corpus([french], tmp_path / "out", keep_copies=True)
    stored, read = read_corpus(tmp_path / "out"), load(french)
    assert stored.documents == read.documents
    assert [document.sha256 for document in stored.documents] == [document.sha256 for document in read.documents]
    assert stored.documents[-1] == read.documents[-1]
    assert stored.documents[2:4] == tuple(read.documents[2:4])
    assert stored.document(read.documents[3].id) == read.documents[3]
    pd.testing.assert_frame_equal(stored.table.astype(object), read.table)
    assert stored.digest == replace(read, topics=stored.topics).digest
    with pytest.raises(IndexError):
        stored.documents[len(read.documents)]


KILLED = """
import os, signal, sys
from pathlib import Path
from analysis import terms  # with what counting loads, once for all
from analysis.loading import load
from analysis.reading import Reading
def stopping(real):
    def put(*names):
        global left
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return real(*names)
    return put
os.replace, Path.rename = stopping(os.replace), stopping(Path.rename)
for left in map(int, sys.argv[3:]):
    child = os.fork()
    if not child:
        reading = Reading(load(sys.argv[1]), Path(sys.argv[2], str(left)))
        reading.counts, reading.mentions, reading.figures, reading.attributions
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
STEPS = (0, 2, 4, 5, 8, 12, 15)


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A corpus, and a folder of stores, each by the number of the write at which its process was killed."""
    folder = tmp_path_factory.mktemp("killed")
    command = [sys.executable, "-c", KILLED, str(write_french(folder)), str(folder / "data"), *map(str, STEPS)]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=300).stdout
    assert told.split() == [str(-signal.SIGKILL)] * len(STEPS)
    return folder / "french.jsonl", folder / "data"


@pytest.mark.parametrize("step", STEPS)
def test_a_process_killed_at_any_write_leaves_nothing_by_half(killed: tuple[Path, Path], step: int) -> None:
    french, data = killed[0], killed[1] / str(step)
    for file in data.rglob("[!.]*.parquet"):
        parquet.read_table(file)
    expected = everything(Reading(load(french)))
    for _ in range(2):
        assert_same(everything(Reading(load(french), data)), expected)


def test_what_killed_writers_left_is_removed_in_time(tmp_path: Path) -> None:
    for name, age in (("old", files.ABANDONED + 60), ("new", 0)):
        left = tmp_path / f"{files.UNFINISHED}{name}"
        left.mkdir()
        (left / "a.npy").write_bytes(b"x")
        then = left.stat().st_mtime - age
        os.utime(left, (then, then))
    files.remove_unfinished(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [f"{files.UNFINISHED}new"]


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_full_or_read_only_disk_is_done_without(
    french: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    expected = everything(Reading(load(french)))

    def refused(*_: object) -> Iterator[None]:
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(os, "fsync", refused)
    assert_same(everything(Reading(load(french), tmp_path / "data")), expected)
    assert not [file for file in (tmp_path / "data").rglob("*") if file.is_file()]
    with pytest.raises(CorpusError, match=os.strerror(fault)):
        import_corpus([french], tmp_path / "out")


@pytest.mark.parametrize("suffix", [".parquet", ".npy"])
def test_damaged_tables_are_made_again(french: Path, tmp_path: Path, suffix: str) -> None:
    corpus = load(french)
    expected = everything(Reading(corpus))
    everything(Reading(corpus, tmp_path / "data"))
    for file in (tmp_path / "data" / "tables").rglob(f"*{suffix}"):
        file.write_bytes(file.read_bytes()[:40])
    assert_same(everything(Reading(corpus, tmp_path / "data")), expected)


def test_a_changed_reader_replaces_its_tables_alone(
    french: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = load(french)
    everything(Reading(corpus, tmp_path))
    (folder,) = (tmp_path / "tables").iterdir()
    before = {file.name.rpartition("-")[0]: file.name for file in folder.glob("*.parquet")}
    monkeypatch.setattr(term_tables, "counts_version", lambda: "changed")
    counted = []

    def counting(*tables: pd.DataFrame) -> object:
        counted.append(1)
        return count_terms(*tables)

    monkeypatch.setattr(term_tables, "count_terms", counting)
    everything(Reading(corpus, tmp_path))
    after = {file.name.rpartition("-")[0]: file.name for file in folder.glob("*.parquet")}
    assert counted == [1]
    assert {name for name in before if before[name] != after[name]} >= {"counts", "names", "words", "vocabulary"}
    assert {name for name in before if before[name] == after[name]} >= {"documents", "passages"}


def test_a_filter_set_and_unset_gives_the_same(reading: Reading) -> None:
    before = everything(reading)
    for selection in (Selection(text="war"), Selection(topics=("no-topic",)), Selection(outlets=("rt",))):
        part = Selected(reading, selection)
        assert [part.passages, part.documents, part.mentions, part.attributions, part.figures]
    assert_same(everything(reading), before)


def test_arrays_of_nothing_are_kept(tmp_path: Path) -> None:
    files.write_arrays(tmp_path / "a", {"none": np.zeros(0, np.int32), "some": np.arange(3)})
    assert len(np.load(tmp_path / "a" / "none.npy")) == 0
