"""Bad input: each fault gives the right load or one clear error, and no row is lost without a line in the report."""

from __future__ import annotations

import io
import json
import os
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as arrow
import pyarrow.parquet
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.__main__ import main
from analysis.corpus import CorpusError
from analysis.loading import load
from analysis.loading.dates import DayReader, day_in_path
from analysis.loading.decoding import decoded
from analysis.loading.headers import lines_before_header
from tests.imported import TODAY, Write, read, texts

A = "The council said on Monday that the old bridge would stay closed until the floods end."
B = "Residents of the harbour complained that nobody had told them about the ferry line."
C = "Farmers in the valley expect a poor harvest after weeks without rain, the union announced."

MARKED = "Größe – “naïve” café’s façade."


def test_a_mac_encoding_is_found() -> None:
    assert decoded((f"{A} {MARKED}\r" * 3).encode("mac_roman")).text == f"{A} {MARKED}\n" * 3


@pytest.mark.parametrize("which", [{0}, {1, 2}, {0, 1, 2, 3, 4, 5, 6}])
def test_lines_of_two_encodings_come_out_right(which: set[int]) -> None:
    lines = [f"{number} {MARKED}" for number in range(8)]
    data = b"\n".join(line.encode("cp1252" if number in which else "utf-8") for number, line in enumerate(lines))
    assert decoded(data).text == "\n".join(lines)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_chinese_in_two_bytes_without_a_mark(encoding: str) -> None:
    content = "id,text\n1,一名发言人在例行记者会上表示。\n2,一座桥梁关闭。\n"
    assert decoded(content.encode(encoding)).text == content


def test_a_page_states_its_encoding(write: Write) -> None:
    words = "<p>Zażółć gęślą jaźń, ponieważ wójt chciał się dowiedzieć więcej o święcie.</p>" * 5
    page = f"<html><head><meta charset='iso-8859-2'></head><body><article>{words}</article></body></html>"
    assert "gęślą jaźń" in texts(read(write("a.html", page.encode("iso-8859-2"))))[0]


@pytest.mark.parametrize(
    "content",
    [
        f"sep=;\nside;text\nn;{A}\ns;{B}\n",
        f"Report of 1 March\nQuery: bridge, ferry\n\nside,text\nn,{A}\ns,{B}\n",
        f"side,text\nn,{A},\ns,{B},\n",
        f"side,text,text\nn,{A},\ns,,{B}\n",
        f"side,TEXT,Text \nn,{A},x\ns,{B},y\n",
        f"side,\nn,{A}\ns,{B}\n",
        f"n,{A}\ns,{B}\n",
    ],
)
def test_headers_as_exports_write_them(write: Write, content: str) -> None:
    assert texts(read(write("a.csv", content))) == [A, B]


def test_a_table_of_one_column_and_marks_after_a_backslash(write: Write) -> None:
    assert texts(read(write("a.csv", f"text\n{A}\n{C}\n"))) == [A, C]
    said = r'"He said \"no, never\" and left."'
    assert texts(read(write("b.csv", f"side,text\nn,{said}\ns,{said}\n"))) == ['He said "no, never" and left.'] * 2


def test_lines_are_told_as_they_stand_in_the_file(write: Write) -> None:
    imported = read(write("a.csv", f"Report\n\nside,text\nn,{A}\n,\ns,\ns,{B}\n"))
    assert imported.report.dropped["empty text"].examples == ["a.csv, line 5", "a.csv, line 6"]
    assert "lines above the columns' names, passed over" in imported.report.changed
    assert lines_before_header("side,text\nurl,title\n") == 0


@pytest.mark.parametrize("nothing", ["NULL", "NaN", "n/a", "<script>x()</script>"])
def test_what_stands_for_no_text_is_no_text(write: Write, nothing: str) -> None:
    assert read(write("a.csv", f"side,text\nn,{A}\ns,{nothing}\n")).report.lost == 1


def test_no_list_of_a_json_file_is_left_out(write: Write) -> None:
    named = {"North": [{"text": A}, {"text": B}], "South": [{"text": C}], "total": [3]}
    imported = read(write("a.json", json.dumps(named)))
    assert [(side, articles) for side, articles, *_ in imported.report.sides] == [("North", 2), ("South", 1)]
    keyed = {"a": {"text": None}, "b": {"text": A, "side": "n"}, "c": {"text": B, "side": "s"}}
    assert texts(read(write("b.json", json.dumps(keyed)))) == [A, B]


def test_a_row_of_names_below_an_unknown_header_is_data(write: Write) -> None:
    file = write("a.csv", f"Côté;Titre;Texte\nn;t;{A}\ns;t;{B}\n")
    assert texts(read(file, columns={"side": "Côté"})) == [A, B]


def workbook(**sheets: list[list[Any]]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_legend_and_a_title_above_the_header_of_a_sheet(write: Write) -> None:
    rows: list[list[Any]] = [["Coverage in March"], [None], ["Side", "Full Text"], ["n", A], ["s", B]]
    imported = read(write("a.xlsx", workbook(Articles=rows, Legend=[["code", "is"], ["n", "north"]], Empty=[])))
    assert texts(imported) == [A, B]
    assert [document.side for document in imported.corpus.documents] == ["n", "s"]
    assert imported.report.dropped["a sheet without texts beside others"].count == 1


def test_bytes_and_doubled_columns_in_parquet(write: Write) -> None:
    columns = [arrow.array([b"n", b"s"]), arrow.array([A.encode(), "é".encode()]), arrow.array(["x", "y"])]
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(arrow.Table.from_arrays(columns, names=["side", "text", "text"]), buffer)
    imported = read(write("a.parquet", buffer.getvalue()))
    assert texts(imported) == [A, "é"]
    assert [side.label for side in imported.corpus.sides] == ["n", "s"]


@pytest.mark.parametrize(
    "value",
    [
        "24-Feb-22",
        "Feb 24 '22",
        "24 Feb 22 8:30",
        "Published: 24 February 2022",
        "Feb. 24, 2022, 8:30 a.m. ET",
        "20220224083000",
        "1645691400000000",
        "1645691400000000000",
    ],
)
def test_more_ways_to_write_a_day(value: str, recwarn: pytest.WarningsRecorder) -> None:
    assert DayReader.of([value], TODAY)(value).value == date(2022, 2, 24)
    assert not recwarn.list


def test_a_day_with_dots_in_a_path() -> None:
    assert day_in_path("south/d 24.02.2022.txt", TODAY) == date(2022, 2, 24)


def test_an_archive_page_of_cells(write: Write) -> None:
    fields = {"HD": "Story", "PD": "24 February 2022", "SN": "Gazette", "WC": "9 words", "LP": A, "TD": f"<p>{B}</p>"}
    rows = "".join(f"<tr><td><b>{code}</b></td><td>{value}</td></tr>" for code, value in fields.items())
    (document,) = read(write("a.html", f"<html><body><table>{rows}</table></body></html>")).corpus.documents
    assert (document.title, document.outlet, document.text) == ("Story", "Gazette", f"{A}\n{B}")


def test_half_of_a_character_pair_anywhere(write: Write, tmp_path: Path) -> None:
    names = ("id", "side", "outlet", "title", "topic", "url", "text", "other")
    file = write("a.jsonl", json.dumps(dict.fromkeys(names, f"{A} \ud800") | {"we\udfffird": 1}))
    assert load(file).documents[0].text == f"{A} ?"
    done = CliRunner().invoke(main, ["import", str(file), "-o", str(tmp_path / "out"), "--format", "json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout)["rows"]["kept"] == 1


def test_file_names_in_no_encoding(write: Write, tmp_path: Path) -> None:
    write("folder/north.txt", A).rename(os.fsdecode(os.fsencode(tmp_path / "folder") + b"/north\xff.txt"))
    assert load(tmp_path / "folder").documents[0].id == "north?"


PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20


def test_what_is_no_text_inside_a_folder_is_passed_over_and_told(write: Write, tmp_path: Path) -> None:
    write("in/n/a.txt", A)
    write("in/s/b.txt", PICTURE)
    imported = read(tmp_path / "in")
    assert texts(imported) == [A]
    assert imported.report.changed["files whose content is not text, passed over"].examples == ["s/b.txt"]


def packed(name: str, content: bytes | str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


BOMB = (
    '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel><title>&b;</title></channel></rss>'
)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", PICTURE, "not text"),
        ("a.json", packed("a", "b"), "not text"),
        ("a.rss", BOMB, "entities"),
        ("a.zip", packed("b.zip", packed("a.csv", "side,text\nn,One.\n")), "archives inside an archive"),
    ],
)
def test_clear_errors(write: Write, name: str, content: bytes | str, says: str) -> None:
    with pytest.raises(CorpusError, match=says):
        read(write(name, content))


def test_pipes_devices_and_impossible_names_do_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path / "pipe.csv", Path("/dev/zero"), Path("x" * 300)):
        with pytest.raises(CorpusError):
            load(path)
        assert CliRunner().invoke(main, ["import", str(path), "-o", str(tmp_path / "out")]).exit_code == 2


def test_lines_that_belong_to_no_section_are_told(write: Write) -> None:
    imported = read(write("a.txt", f"Collected in March.\nN PERSPECTIVE\nT\n{A}\nSouthern Perspective\nU\n{B}"))
    assert any("1 lines before the first section" in warning for warning in imported.report.warnings)
    assert any("'Southern Perspective'" in warning for warning in imported.report.warnings)


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=20)
DELIMITED = st.sampled_from([",", ";", "\t", "|"])
ENCODING = st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6), DELIMITED, ENCODING)
def test_every_row_of_a_table_is_kept_verbatim_or_reported(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], delimiter: str, encoding: str
) -> None:
    file = tmp_path_factory.mktemp("rows") / "a.csv"
    lines = [delimiter.join(map(quoted, row)) for row in (("side", "text"), *rows)]
    file.write_bytes("\n".join(lines).encode(encoding))
    try:
        imported = read(file, clean=False, keep_copies=True)
    except CorpusError:
        assert not any(side.strip() and text.strip() for side, text in rows)
        return
    assert imported.report.read == len(rows)
    assert set(texts(imported)) <= {text for _, text in rows}


@settings(deadline=None, max_examples=25)
@given(st.binary(max_size=120), st.sampled_from([".csv", ".jsonl", ".json", ".txt", ".html", ".zip", ".rss", ".gz"]))
def test_the_command_fails_in_one_line_or_not_at_all(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, kind: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / f"file{kind}").write_bytes(data)
    done = CliRunner().invoke(main, ["import", str(folder / f"file{kind}"), "-o", str(folder / "out")])
    assert (done.exit_code, done.stderr.count("\n")) in ((0, 0), (2, 1))
