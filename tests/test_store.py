"""The store: what was read once is not read again, and a crash leaves the old state or the new."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.attribution import Attribution
from analysis.corpus import Corpus, CorpusError, Document, Side
from analysis.figures import Figure
from analysis.loading import import_corpus, load
from analysis.reading import Reading
from analysis.sentences import Article, read_articles
from analysis.store import articles as articles_room
from analysis.store import files, passages, sentence_tables, versions
from analysis.store.articles import ArticleStore
from analysis.store.corpus_files import is_built, read_corpus
from analysis.store.records import from_table, to_table
from analysis.store.tables import CorpusTables
from analysis.store.versions import reader_version
from tests.halting import halfway

ROOT = Path(__file__).parent.parent
SAID = "The minister said on Monday that 12 people died. “We lost five trucks,” she told reporters."


def corpus_of(*texts: str, language: str = "en") -> Corpus:
    documents = [Document(f"d{n}", "n", "Gazette", "", text, language=language) for n, text in enumerate(texts)]
    return Corpus("made", (Side("n", "N", "#000000"),), tuple(documents))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[list[Article]]:
    """The batches the sentence readers were given."""
    seen: list[list[Article]] = []

    def watched(batch: list[Article]) -> Iterator[Any]:
        seen.append(batch)
        return read_articles(batch)

    monkeypatch.setattr(articles_room, "read_articles", watched)
    return seen


def test_records_come_back_as_they_were(seeds: Corpus) -> None:
    found = list(read_articles([Article(document.title, document.text) for document in seeds.documents]))
    said = {str(n): list(sentences.attributions) for n, sentences in enumerate(found)}
    given = {str(n): list(sentences.figures) for n, sentences in enumerate(found)}
    assert from_table(Attribution, to_table(Attribution, said | {"none": []})) == said
    assert from_table(Figure, to_table(Figure, given | {"none": []})) == given
    assert sum(map(len, said.values()))
    assert sum(map(len, given.values()))


def test_a_reading_is_the_same_with_and_without_a_store(seeds: Corpus, reading: Reading, tmp_path: Path) -> None:
    for _ in range(2):
        stored = Reading(seeds, tmp_path)
        pd.testing.assert_frame_equal(stored.attributions, reading.attributions)
        pd.testing.assert_frame_equal(stored.figures, reading.figures)


def test_nothing_is_read_twice_and_only_new_articles_are_read(reads: list[list[Article]], tmp_path: Path) -> None:
    first = corpus_of(SAID, "Nothing here.")
    assert len(Reading(first, tmp_path).attributions) == 2
    assert len(Reading(first, tmp_path).attributions) == 2
    assert [len(batch) for batch in reads] == [2]
    renamed = replace(first, documents=tuple(replace(d, id=d.id + "x", side="s") for d in first.documents))
    more = replace(
        renamed, documents=(*renamed.documents, Document("new", "s", "Herald", "", "He said that it rains."))
    )
    assert set(Reading(more, tmp_path).attributions["document"]) == {"d0x", "new"}
    assert [[article.text for article in batch] for batch in reads[1:]] == [["He said that it rains."]]


def test_a_changed_reader_reads_again_alone(
    reads: list[list[Article]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = corpus_of(SAID)
    before = Reading(corpus, tmp_path)
    expected = before.attributions, before.figures
    versions = {"analysis.attribution": reader_version("analysis.attribution"), "analysis.sentences": "new"}
    for room in (articles_room, sentence_tables):
        monkeypatch.setattr(room, "reader_version", versions.__getitem__)
    monkeypatch.setattr(
        "analysis.attribution.reading.read_attributions", lambda *_: pytest.fail("attributions were kept")
    )
    after = Reading(corpus, tmp_path)
    pd.testing.assert_frame_equal(after.figures, expected[1])
    pd.testing.assert_frame_equal(after.attributions, expected[0])
    assert len(reads) == 2


def test_versions_follow_code_and_word_lists() -> None:
    assert reader_version("analysis.attribution") != reader_version("analysis.sentences")
    assert reader_version("analysis.passages") != reader_version("analysis.topics")


@pytest.fixture
def forget_versions() -> Iterator[Callable[[], None]]:
    """Forgets what this process knows of the code, as if it were another one."""

    def forget() -> None:
        for known in (versions.reader_version, versions._bytes_hash, versions._parsed):
            known.cache_clear()

    yield forget
    forget()


def test_code_is_parsed_once_for_all_processes_until_any_of_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forget_versions: Callable[[], None]
) -> None:
    data, code = tmp_path / "data", tmp_path / "analysis"
    shutil.copytree(ROOT / "analysis", code, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setenv("PARALLAX_DATA", str(data))
    monkeypatch.setattr(versions, "ROOT", code)
    monkeypatch.setattr(versions, "LEXICONS", code / "lexicons")

    def version(*, parses: bool) -> str:
        forget_versions()
        made = reader_version("analysis.passages")
        assert bool(versions._parsed.cache_info().misses) == parses
        return made

    first = version(parses=True)
    assert version(parses=False) == first
    (code / "voices.py").write_text("", "utf-8")
    assert version(parses=True) == first
    with (code / "passages.py").open("a", encoding="utf-8") as file:
        file.write("MORE = 1\n")
    changed = version(parses=True)
    assert changed != first
    (data / "reader_versions.json").write_text("{", "utf-8")
    assert version(parses=True) == changed
    shutil.rmtree(data)
    data.write_text("no folder can be here", "utf-8")
    assert version(parses=True) == version(parses=True) == changed


def test_what_is_stored_opens_without_the_parser(tmp_path: Path) -> None:
    """Importing spaCy and scikit-learn takes longer than all the rest of opening a small corpus."""
    open_it = (
        "import sys; from dashboard import cached; from analysis.loading import load; from pathlib import Path\n"
        f"reading = cached.Reading(load('seeds'), Path({str(tmp_path)!r}))\n"
        "reading.attributions, reading.figures, reading.counts\n"
        "print(*sorted({'spacy', 'sklearn', 'scipy.stats'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", open_it]
    loaded = [subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    assert "spacy" in loaded[0]
    assert loaded[1].strip() == ""


def test_other_languages_are_not_read(reads: list[list[Article]], tmp_path: Path) -> None:
    reading = Reading(corpus_of(SAID, language="fr"), tmp_path)
    assert reading.attributions.empty
    assert reading.figures.empty
    assert reading.progress == (1, 1)
    assert reads == []
    assert Reading(corpus_of(SAID, language="fr")).attributions.empty


def test_tables_hold_what_is_read_so_far_and_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles_room, "BATCH", 1)
    corpus = corpus_of(SAID, "He said that it rains.", "She said that it snows.")
    store = ArticleStore(tmp_path)
    steps = store.read(store.unread(corpus.documents))
    assert next(steps) == 1
    partly = Reading(corpus, tmp_path, read_all=False)
    assert partly.progress == (1, 3)
    assert set(partly.attributions["document"]) == {"d0"}
    assert len(store.unread(corpus.documents)) == 2
    assert list(steps) == [2, 3]
    assert Reading(corpus, tmp_path, read_all=False).progress == (3, 3)


def test_a_damaged_file_is_read_again(reads: list[list[Article]], tmp_path: Path) -> None:
    corpus = corpus_of(SAID)
    found = Reading(corpus, tmp_path).figures
    for file in tmp_path.rglob("*.parquet"):
        file.write_bytes(file.read_bytes()[:-30])
    pd.testing.assert_frame_equal(Reading(corpus, tmp_path).figures, found)
    assert len(reads) == 2


def test_a_place_that_cannot_be_written_to_is_done_without(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert len(Reading(corpus_of(SAID), blocked).attributions) == 2


def test_several_processes_read_alike(seeds: Corpus, tmp_path: Path) -> None:
    one, two = ArticleStore(tmp_path / "one"), ArticleStore(tmp_path / "two")
    texts = [f"{SAID} {n}" for n in range(articles_room.BATCH + 1)]
    documents = (*seeds.documents, *corpus_of(*texts).documents)
    assert list(one.read(documents))[-1] == list(two.read(documents, workers=2))[-1] == len(documents)
    assert one.get(documents).articles == two.get(documents).articles
    for name, kind in (("attributions", Attribution), ("figures", Figure)):
        first, second = (from_table(kind, getattr(store.get(documents), name)) for store in (one, two))
        assert first == second


def test_passages_are_kept_as_they_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seeds: Corpus) -> None:
    made = passages.stored_passages(seeds, CorpusTables(tmp_path, seeds))
    monkeypatch.setattr(passages, "made_passages", lambda _: pytest.fail("the passages were kept"))
    kept = passages.stored_passages(seeds, CorpusTables(tmp_path, seeds))
    pd.testing.assert_frame_equal(kept, made)
    assert [type(topics) for topics in kept["topics"]] == [tuple] * len(kept)


def test_a_file_is_whole_or_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.json"
    files.write_json(file, {"state": "old"})

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", crash)
    with pytest.raises(KeyboardInterrupt):
        files.write_json(file, {"state": "new"})
    assert json.loads(file.read_text()) == {"state": "old"}
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize("step", range(4))
def test_a_corpus_folder_is_the_old_one_or_the_new_whenever_writing_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    old, new, out = tmp_path / "old.csv", tmp_path / "new.csv", tmp_path / "out"
    old.write_text("side,text\nn,Old text.\n")
    new.write_text("side,text\nn,New text.\ns,Another.\n")
    import_corpus([old], out)
    written = 0
    real = files.write_bytes

    def stopping(path: Path, data: bytes) -> None:
        nonlocal written
        if written == step:
            raise KeyboardInterrupt
        written += 1
        real(path, data)

    monkeypatch.setattr(files, "write_bytes", stopping)
    with pytest.raises(KeyboardInterrupt):
        import_corpus([new], out)
    assert [document.text for document in load(out).documents] == ["Old text."]
    monkeypatch.setattr(files, "write_bytes", real)
    import_corpus([new], out)
    assert [document.text for document in load(out).documents] == ["New text.", "Another."]
    assert len(list(out.glob("*.parquet"))) == 2


def test_a_killed_reading_goes_on_where_it_was(tmp_path: Path) -> None:
    corpus = tmp_path / "a.jsonl"
    corpus.write_text("".join(json.dumps({"text": f"{SAID * 4} {n}"}) + "\n" for n in range(4 * articles_room.BATCH)))
    environment = os.environ | halfway(tmp_path / "halfway") | {"PARALLAX_DATA": str(tmp_path / "data")}
    process = subprocess.Popen(
        [sys.executable, "-m", "analysis", "read", str(corpus)], cwd=ROOT, env=environment, start_new_session=True
    )
    while not list((tmp_path / "data").rglob("figures/*/[0-9a-f]*.parquet")):
        assert process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    store = ArticleStore(tmp_path / "data")
    documents = load(corpus).documents
    unread = store.unread(documents)
    assert len(unread) == len(documents) - articles_room.BATCH
    kept = store.get(documents)
    assert len(kept.articles) == len(documents) - len(unread)
    assert set(from_table(Figure, kept.figures)) == kept.articles


@pytest.mark.parametrize("name", ["documents", "manifest"])
def test_a_damaged_corpus_folder_is_told(tmp_path: Path, name: str) -> None:
    source, out = tmp_path / "a.csv", tmp_path / "out"
    source.write_text("side,text\nn,One.\n")
    import_corpus([source], out)
    damaged = next(out.glob(f"{name}*"))
    damaged.write_bytes(damaged.read_bytes()[:20])
    assert is_built(out) is (name == "documents")
    with pytest.raises(CorpusError, match=r"documents-|manifest"):
        read_corpus(out)


def test_hashes_of_a_built_corpus_are_those_of_its_documents(tmp_path: Path) -> None:
    source, out = tmp_path / "a.csv", tmp_path / "out"
    source.write_text("side,topic,date,text\nn,Floods,2022-02-24,One.\ns,,,Two “three”.\n")
    import_corpus([source], out)
    for document in load(out).documents:
        assert replace(document).sha256 == document.sha256


def test_topics_are_found_once_and_then_kept(tmp_path: Path) -> None:
    themes = (["river", "dam", "flood"], ["bank", "loan", "interest"], ["goal", "match", "striker"])
    rows = [f"n,Report {n}: {' and '.join(themes[n % 3])} again were all the talk of the town." for n in range(60)]
    source, out = tmp_path / "a.csv", tmp_path / "out"
    source.write_text("side,text\n" + "\n".join(rows) + "\n")
    import_corpus([source], out, keep_copies=True)
    found = load(out).topics
    assert {frozenset(topic.terms) for topic in found} == {frozenset(theme) for theme in themes}
    source.write_text("side,text\n" + "\n".join(rows[:10] + [f"n,New theme {n} of war." for n in range(60)]) + "\n")
    import_corpus([source], out, keep_copies=True)
    assert load(out).topics == found


def test_topics_beside_a_built_corpus_are_its_topics(tmp_path: Path) -> None:
    source, out = tmp_path / "a.csv", tmp_path / "out"
    source.write_text("side,text\nn,One flood.\ns,Two.\n")
    import_corpus([source], out)
    (out / "topics.toml").write_text('[floods]\nlabel = "Floods"\nterms = ["flood*"]\n')
    assert [topic.id for topic in load(out).topics] == ["floods"]
    assert load(out).digest != read_corpus(out).digest
