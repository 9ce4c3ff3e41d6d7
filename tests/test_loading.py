"""Loading: the seed layout and plain tables, and what is said of files that cannot be read."""

from __future__ import annotations

import gzip
import json
import tomllib
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus import Corpus, CorpusError
from analysis.loading import load
from analysis.loading.columns import COLUMNS, column_aliases, normal
from analysis.loading.seed_layout import read_sections

SEED_LIKE = "NORTH PERSPECTIVE\nA headline\nOne.\n\nTwo.\nSOUTH PERSPECTIVE\nAnother\nThree.\nGazette/Herald\n"


def test_the_seed(seeds: Corpus) -> None:
    assert [(document.side, document.outlet) for document in seeds.documents] == [
        ("western", "Reuters"),
        ("russian", "RT"),
    ]
    assert [side.label for side in seeds.sides] == ["Western", "Russian"]
    assert {document.date for document in seeds.documents} == {date(2025, 2, 12)}
    assert all("PERSPECTIVE" not in document.text for document in seeds.documents)
    assert not seeds.documents[1].text.endswith("Reuters/RT")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_do_not_matter(tmp_path: Path, ending: str, mark: str) -> None:
    file = tmp_path / "corpus.txt"
    file.write_bytes((mark + SEED_LIKE.replace("\n", ending)).encode())
    corpus = load(file)
    assert [document.text for document in corpus.documents] == ["One.\n\nTwo.", "Three."]
    assert [document.title for document in corpus.documents] == ["A headline", "Another"]
    assert [document.outlet for document in corpus.documents] == ["Gazette", "Herald"]


def test_a_section_of_one_long_line_is_an_article_without_headline(tmp_path: Path) -> None:
    lone = "The ministry counted twelve boats on the river. " * 8
    (tmp_path / "a.txt").write_text(
        f"NORTH PERSPECTIVE\n\n{lone}\nSOUTH PERSPECTIVE\nAnother\nThree.\nGazette/Herald\n"
    )
    first = load(tmp_path / "a.txt").documents[0]
    assert (first.title, first.text) == ("", lone.strip())


def test_any_number_of_sections_and_no_credit() -> None:
    sections = "".join(f"{name} PERSPECTIVE\nHead {name}\nBody.\n" for name in ("EAST", "WEST", "EAST"))
    records = read_sections(sections, "x.txt")
    assert [record["side"] for record in records] == ["East", "West", "East"]
    assert [record["outlet"] for record in records] == [None, None, None]


def test_a_last_line_with_another_number_of_names_stays_text() -> None:
    records = read_sections("A PERSPECTIVE\nHead\nBody.\nRed/Green/Blue", "x.txt")
    assert records[0]["text"] == "Body.\nRed/Green/Blue"


ROWS = [
    {
        "doc_id": "a",
        "perspective": "North Side",
        "publisher": "Gazette",
        "headline": "T",
        "body": 'He said "no",\nthen left.',
        "publish_date": "2025-02-12T10:00:00Z",
    },
    {
        "doc_id": "b",
        "perspective": "South",
        "publisher": "Herald",
        "headline": "U",
        "body": "Text",
        "publish_date": "",
    },
]


@pytest.mark.parametrize("kind", ["csv", "tsv", "json", "jsonl", "parquet", "csv.gz"])
def test_tables_load_alike(tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"news.{kind}"
    table = pd.DataFrame(ROWS)
    content = {
        "csv": table.to_csv(index=False),
        "tsv": table.to_csv(index=False, sep="\t"),
        "json": json.dumps({"articles": ROWS}),
        "jsonl": "\n".join(json.dumps(row) for row in ROWS),
    }
    if kind == "parquet":
        table.to_parquet(file)
    elif kind == "csv.gz":
        file.write_bytes(gzip.compress(content["csv"].encode()))
    else:
        file.write_text(content[kind], encoding="utf-8")
    corpus = load(file)
    assert [document.text for document in corpus.documents] == [row["body"] for row in ROWS]
    assert [(document.id, document.side) for document in corpus.documents] == [
        ("a", "north-side"),
        ("b", "south"),
    ]
    assert [document.date for document in corpus.documents] == [date(2025, 2, 12), None]
    assert [side.label for side in corpus.sides] == ["North Side", "South"]


def test_a_file_without_a_side_is_one_side_named_after_it(tmp_path: Path) -> None:
    file = tmp_path / "gazette 2025.jsonl"
    file.write_text('{"text": "One."}\n{"text": "Two."}\n', encoding="utf-8")
    assert {document.side for document in load(file).documents} == {"gazette-2025"}


def test_a_folder_of_files_with_settings(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "One.", "outlet": "Gazette"}', encoding="utf-8")
    (tmp_path / "b.jsonl").write_text('{"text": "Two.", "outlet": "Herald"}', encoding="utf-8")
    settings = """
title = "T"
[[sides]]
id = "n"
label = "North"
color = "#123456"
[outlets]
Gazette = "n"
Herald = "s"
"""
    (tmp_path / "corpus.toml").write_text(settings, encoding="utf-8")
    corpus = load(tmp_path)
    assert [(side.id, side.label) for side in corpus.sides] == [("n", "North"), ("s", "s")]
    assert [document.side for document in corpus.documents] == ["n", "s"]


def test_documents_own_topics_become_topics(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"text": "One.", "side": "n", "topics": ["Big Floods", "Budget"]}', encoding="utf-8")
    assert [(topic.id, topic.label) for topic in load(file).topics] == [
        ("big-floods", "Big Floods"),
        ("budget", "Budget"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"no sections here", "PERSPECTIVE"),
        ("a.txt", b"WEST PERSPECTIVE\n\n", "no headline"),
        ("a.csv", b"side,url\nx,y\n", "line 2: no text"),
        ("a.jsonl", b'{"text": "ok", "side": "n"}\n{"text": ', "line 2"),
        ("a.json", b"{", "line 1"),
        ("a.csv", b'text,side\n"a, b",n\n"open, c,n\n', "line 3"),
        ("a.csv", b"text,side\n", "no article"),
        ("a.parquet", b"nonsense", "Parquet"),
        ("a.doc", b"", "not read"),
        ("a.jsonl", b"[1]", "line 1"),
    ],
)
def test_bad_files_say_what_is_wrong_and_where(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(CorpusError, match=says):
        load(file)


def test_a_missing_path_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such file"):
        load(tmp_path / "nothing")


@given(st.binary(max_size=300), st.sampled_from(["txt", "csv", "tsv", "json", "jsonl", "parquet", "csv.gz"]))
def test_any_bytes_are_a_corpus_or_a_clear_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, kind: str
) -> None:
    file = tmp_path_factory.mktemp("any") / f"file.{kind}"
    file.write_bytes(data)
    try:
        documents = load(file).documents
    except CorpusError:
        return
    assert documents


LEXICON = tomllib.loads(COLUMNS.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("field", "example"),
    [(field, example) for field, entry in LEXICON.items() for example in entry.get("examples", ())],
)
def test_each_column_example_is_found_by_its_entry(field: str, example: str) -> None:
    assert normal(example) in column_aliases(field)


@pytest.mark.parametrize("field", [field for field, entry in LEXICON.items() if "aliases" in entry])
def test_each_column_entry_is_written_as_names_are_compared(field: str) -> None:
    assert all(normal(alias) == alias for alias in column_aliases(field))
    assert set(LEXICON[field].get("checked", ())) <= set(column_aliases(field))
