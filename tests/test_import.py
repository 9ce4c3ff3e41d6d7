"""Import: formats, columns, days, faults met in real exports; nothing is lost without a line in the report."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.__main__ import main
from analysis.corpus import SIDE_COLORS, CorpusError
from analysis.loading import import_corpus, load
from analysis.loading.cleaning import cleaned, text_of_markup
from analysis.loading.dates import Day, DayReader, day_in_path
from analysis.loading.decoding import decoded
from analysis.loading.documents import NOTHING
from analysis.loading.duplicates import find_copies
from analysis.loading.languages import detected_language, stated_language
from tests.imported import TODAY, Write, read, texts

LONG = "The committee met on Tuesday in the old town hall and heard six witnesses about the bridge before it rose. "

TABLE = "id;side;Überschrift;text\n1;Nord;Größe;Das Café – „schön“.\n2;Süd;Maß;Zweiter Text.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_found(write: Write, encoding: str) -> None:
    imported = read(write("a.csv", TABLE.encode(encoding)))
    assert texts(imported) == ["Das Café – „schön“.", "Zweiter Text."]
    assert [side.label for side in imported.corpus.sides] == ["Nord", "Süd"]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Военные сообщили о взрывах в городе и области, погибли пять человек."),
        ("koi8_r", "Военные сообщили о взрывах в городе и области, погибли пять человек."),
        ("gb18030", "中国外交部发言人在例行记者会上表示，双方应当保持克制。"),
        ("cp1252", "It’s the “naïve” café – £5 and €6 spent."),
        ("cp1252", "Id like a caf\u00e9"),
    ],
)
def test_texts_of_old_encodings_come_out_right(encoding: str, text: str) -> None:
    content = "\n".join([text] * 5)
    assert decoded(content.encode(encoding)).text == content


def test_one_stray_byte_does_not_spoil_a_file() -> None:
    data = "naïve “quotes” ".encode() * 50 + b"caf\xe9"
    assert decoded(data).text == "naïve “quotes” " * 50 + "café"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["csv", "tsv"])
def test_delimiters_are_found(write: Write, delimiter: str, ending: str) -> None:
    rows = [["id", "side", "text"], ["1", "n", '"One, two; three"'], ["2", "s", '"A ""b"" | c\nnext line"']]
    imported = read(write(f"a.{ending}", "\n".join(delimiter.join(row) for row in rows)))
    assert texts(imported) == ["One, two; three", 'A "b" | c\nnext line']


def test_quotation_marks_that_do_not_pair_are_text_and_no_row_is_lost(write: Write) -> None:
    rows = [f'{number}\tn\t"Stop" he said {number}' for number in range(300)]
    rows[7] = '7\ts\t"An open mark'
    imported = read(write("a.tsv", "id\tside\ttext\n" + "\n".join(rows)))
    assert len(imported.corpus.documents) == 300
    assert texts(imported)[7] == '"An open mark'
    assert "quotation marks taken as text" in imported.report.files[0]


def test_ragged_rows_are_mended_or_reported(write: Write) -> None:
    imported = read(write("a.csv", "side,text,url\nn,Short row\nn,One,,\nn,Too, many, cells, here\ns,Fine,\n"))
    assert texts(imported) == ["Short row", "One", "Fine"]
    assert imported.report.dropped["more cells than the 3 columns"].examples == ["a.csv, line 4"]
    assert sum("fewer cells" in what for what in imported.report.changed) == 1


def test_a_first_column_without_a_name_is_skipped(write: Write) -> None:
    imported = read(write("a.csv", 'doc_id,text\n"1","a","One."\n"2","b","Two."\n'))
    assert [document.id for document in imported.corpus.documents] == ["a", "b"]


def test_a_cell_of_two_megabytes(write: Write) -> None:
    text = "word and number 12 " * 100_000
    assert texts(read(write("a.csv", f'side,text\nn,"{text}"\n'))) == [text]


def test_formula_cells_stay_text(write: Write) -> None:
    imported = read(write("a.csv", 'side,title,text\nn,=1+1,"=HYPERLINK(""http://x"") said"\n'))
    assert texts(imported) == ['=HYPERLINK("http://x") said']


@pytest.mark.parametrize(
    "wrap",
    [
        lambda rows: {"articles": {"results": rows, "page": 1}},
        lambda rows: {"status": "ok", "articles": rows},
        lambda rows: {"hits": {"total": 2, "hits": [{"_id": "x", "_source": row} for row in rows]}},
        lambda rows: {"response": {"docs": rows}},
        lambda rows: {"anything": {"deeper": rows}},
        lambda rows: {"a1": rows[0], "a2": rows[1]},
        lambda rows: {name: {str(n): row[name] for n, row in enumerate(rows)} for name in rows[0]},
        lambda rows: rows,
    ],
)
def test_json_however_nested(write: Write, wrap: Callable[[list[dict[str, Any]]], Any]) -> None:
    rows = [
        {"uri": "77", "lang": "eng", "body": "One.", "source": {"uri": "g.example", "title": "Gazette"}},
        {"uri": "78", "lang": "eng", "body": "Two.", "source": {"uri": "h.example", "title": "Herald"}},
    ]
    imported = read(write("a.json", json.dumps(wrap(rows))), side_map={"Gazette": "North", "Herald": "South"})
    assert texts(imported) == ["One.", "Two."]
    assert [document.outlet for document in imported.corpus.documents] == ["Gazette", "Herald"]
    assert [side.label for side in imported.corpus.sides] == ["North", "South"]


def test_json_lines_under_the_name_of_json(write: Write) -> None:
    assert texts(read(write("a.json", '{"text": "One."}\n{"text": "Two."}\n'))) == ["One.", "Two."]


def test_one_article_alone(write: Write) -> None:
    imported = read(write("a.json", '{"maintext": "Body.", "text": null, "authors": [{"name": "A"}], "title": "T"}'))
    assert texts(imported) == ["Body."]


def test_spreadsheets_name_sides_by_sheet(tmp_path: Path) -> None:
    file = tmp_path / "news.xlsx"
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "North"
    book.active.append(["Headline", "Full Text", "Date"])
    book.active.append(["T", LONG, date(2022, 2, 24)])
    sheet = book.create_sheet("South")
    sheet.append(["Headline", "Full Text", "Date"])
    sheet.append(["U", "=1+1", "25/02/2022"])
    sheet.append(["V", LONG + "More.", "24/02/2022"])
    book.save(file)
    imported = read(file)
    assert [(d.side, d.date) for d in imported.corpus.documents] == [
        ("north", date(2022, 2, 24)),
        ("south", date(2022, 2, 24)),
    ]
    assert imported.report.dropped["empty text"].examples == ["news.xlsx, sheet South, row 2"]


FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Gazette</title><item><title>One</title><link>http://g.example/1</link><guid>g1</guid>
<pubDate>Thu, 24 Feb 2022 08:30:00 GMT</pubDate><description>Teaser only.</description>
<content:encoded><![CDATA[<p>First &amp; last.</p><p>Second.</p>]]></content:encoded></item>
<item><title>Two</title><description>Teaser.</description></item></channel></rss>"""


def test_feeds(write: Write) -> None:
    imported = read(write("a.xml", FEED))
    first, second = imported.corpus.documents
    assert (first.id, first.title, first.outlet, first.date) == ("g1", "One", "Gazette", date(2022, 2, 24))
    assert (first.text, second.text) == ("First & last.\nSecond.", "Teaser.")
    assert imported.originals["g1"].startswith("<p>First")
    assert any("1 of 2 entries hold a teaser" in sentence for sentence in imported.report.warnings)


def test_a_web_page_gives_its_article(write: Write) -> None:
    body = "".join(f"<p>{LONG}{number} people were there.</p>" for number in range(6))
    page = (
        "<html><head><title>Bridge closed</title><meta property='og:site_name' content='Gazette'></head>"
        f"<body><nav>Home Sport</nav><article><h1>Bridge closed</h1>{body}</article>"
        "<footer>Imprint</footer></body></html>"
    )
    (document,) = read(write("north.html", page)).corpus.documents
    assert document.text.count("heard six witnesses") == 6
    assert "Imprint" not in document.text
    assert (document.side, document.outlet) == ("north", "Gazette")


NEXIS = [
    "Bridge closed after storm", "The Gazette (London)", "February 24, 2022 Thursday", "Copyright 2022 Gazette Ltd",
    "Section: NEWS; Pg. 4", "Length: 9 words", "Byline: A. Writer", "Body", "The bridge closed.", "Nobody was hurt.",
    "Load-Date: February 25, 2022", "End of Document",
    "Second story", "The Herald", "25 February 2022", "Length: 3 words", "Body", "It opened again.", "Classification",
    "Language: ENGLISH", "End of Document",
]  # fmt: skip


def nexis_docx(lines: list[str]) -> bytes:
    import docx

    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", nexis_docx(NEXIS)),
        ("a.rtf", "{\\rtf1\\ansi " + "".join(line + "\\par\n" for line in NEXIS) + "}"),
        ("a.html", "<html><body>" + "".join(f"<p>{line}</p>" for line in NEXIS) + "</body></html>"),
    ],
)
def test_downloads_of_a_news_archive(write: Write, name: str, content: bytes | str) -> None:
    first, second = read(write(name, content)).corpus.documents
    assert (first.title, first.outlet, first.date) == (NEXIS[0], NEXIS[1], date(2022, 2, 24))
    assert first.text == "The bridge closed.\nNobody was hurt."
    assert (second.outlet, second.date, second.text) == ("The Herald", date(2022, 2, 25), "It opened again.")


def test_coded_downloads(write: Write) -> None:
    lines = []
    for number, day in ((1, "24 February 2022"), (2, "25 February 2022")):
        lines += ["SE News", f"HD Story {number}", "BY A. Writer", "WC 40 words", f"PD {day}", "SN Gazette"]
        lines += ["LP", f"Lead {number}.", "TD", f"More {number}.", "And more.", f"AN Document G{number}"]
    first, second = read(
        write("a.rtf", "{\\rtf1 " + "".join(line + "\\par\n" for line in lines) + "}")
    ).corpus.documents
    assert (first.title, first.text) == ("Story 1", "Lead 1.\nMore 1.\nAnd more.")
    assert (second.date, second.outlet) == (date(2022, 2, 25), "Gazette")


def packed(members: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_archives_name_sides_by_folder_and_skip_the_rest(write: Write) -> None:
    members = {"north/2022-02-24_a.txt": "A\n\nOne.", "south/b.txt": "Two.", "readme.pdf": "", "__MACOSX/x.txt": ""}
    imported = read(write("a.zip", packed(members)))
    assert [(d.side, d.title, d.text, d.date) for d in imported.corpus.documents] == [
        ("north", "A", "One.", date(2022, 2, 24)),
        ("south", "", "Two.", None),
    ]
    assert imported.report.changed["files of another kind, passed over"].examples == ["readme.pdf"]


def test_paths_that_leave_the_archive_are_refused(write: Write) -> None:
    imported = read(write("a.zip", packed({"../../evil.txt": "x", "/etc/evil.txt": "y", "ok/a.txt": "One."})))
    assert texts(imported) == ["One."]
    assert imported.report.dropped["archive members with an unsafe path"].count == 2


@pytest.mark.parametrize("name", ["a.zip", "a.csv.gz", "a.xlsx"])
def test_bombs_are_refused(write: Write, name: str) -> None:
    zeros = "0" * (70 << 20)
    content = gzip.compress(zeros.encode()) if name.endswith(".gz") else packed({"xl/a.csv": zeros})
    with pytest.raises(CorpusError, match="bomb"):
        read(write(name, content))


@pytest.mark.parametrize(
    ("names", "sides"),
    [
        (["north/a.txt", "south/b.txt"], ["north", "south"]),
        (["export/north/a.txt", "export/south/b.txt"], ["north", "south"]),
        (["gazette_2022-02-24_1.txt", "herald-2022-02-24-2.txt"], ["gazette", "herald"]),
        (["2022/north/a.csv", "2023/north/b.csv", "2023/south/c.csv"], ["north", "north", "south"]),
        (["north.csv", "south.csv"], ["north", "south"]),
    ],
)
def test_sides_of_folders_and_file_names(write: Write, tmp_path: Path, names: list[str], sides: list[str]) -> None:
    for number, name in enumerate(names):
        content = f"Text {number}."
        write(name, content if name.endswith("txt") else f"text\n{content}\n")
    assert [document.side for document in read(tmp_path).corpus.documents] == sides


def test_a_folder_named_like_a_file(write: Write, tmp_path: Path) -> None:
    write("corpus.csv/a.csv", "side,text\nn,One.\n")
    assert texts(read(tmp_path / "corpus.csv")) == ["One."]


def test_outlets_are_mapped_to_sides_and_the_others_are_reported(write: Write) -> None:
    imported = read(
        write("a.csv", "source,text\nGazette,One.\nHerald,Two.\nOther,Three.\n"),
        side_map={"gazette": "N", "HERALD": "S"},
    )
    assert [document.side for document in imported.corpus.documents] == ["n", "s"]
    assert imported.report.dropped["no side given for the outlet Other"].count == 1


def test_an_outlet_written_in_two_ways_is_one_outlet(write: Write) -> None:
    rows = "".join(f"{outlet},A,Some text number {number}.\n" for number, outlet in enumerate(("Echo", "ECHO", "Echo")))
    made = read(write("echo.csv", f"outlet,side,text\n{rows}"))
    assert {document.outlet for document in made.corpus.documents} == {"Echo"}
    assert made.report.changed["outlet spelt as in most rows (Echo)"].count == 1


def test_a_row_that_leaves_its_side_open_is_not_given_one(write: Write) -> None:
    imported = read(write("a.csv", "side,text\nn,One.\n,Two.\ns,Three.\n"))
    assert imported.report.dropped["no side"].examples == ["a.csv, line 3"]


@pytest.mark.parametrize(
    ("header", "cells", "field", "expected"),
    [
        ("source", ["http://g.example/a", "http://h.example/b"], "url", "http://g.example/a"),
        ("source", ["Gazette", "Herald"], "outlet", "Gazette"),
        ("label", ["0", "1"], "side", "0"),
        ("country", ["Freedonia", "Sylvania"], "side", "freedonia"),
        ("Unnamed: 0", ["0", "1"], "outlet", "a"),
        ("section", ["Politics", "Sport"], "topics", ("Politics",)),
        ("url", ["https://www.g.example/a", "https://h.example/b"], "outlet", "g.example"),
    ],
)
def test_values_tell_what_an_ambiguous_column_is(
    write: Write, header: str, cells: list[str], field: str, expected: object
) -> None:
    imported = read(write("a.csv", f"{header},text\n{cells[0]},One.\n{cells[1]},Two.\n"))
    assert getattr(imported.corpus.documents[0], field) == expected


def test_the_longest_column_is_the_text_where_no_name_tells(write: Write) -> None:
    imported = read(write("a.csv", f"side,korpus,note\nn,{LONG}1,a b\ns,{LONG}2,c d\n"))
    assert texts(imported)[0].startswith("The committee")
    assert any("'korpus'" in sentence for sentence in imported.report.warnings)


def test_metadata_without_text_offers_the_title(write: Write) -> None:
    file = write(
        "a.csv", "stories_id,title,url,media_name\n1,Bridge closed after the storm,http://g.example/1,Gazette\n"
    )
    with pytest.raises(CorpusError, match=r"no text found.*--column text=title"):
        read(file)
    assert texts(read(file, columns={"text": "title"})) == ["Bridge closed after the storm"]


def test_the_text_as_printed_is_taken_not_the_tokenised_one(write: Write) -> None:
    printed, split = (
        "“One, two,” he said. It was, he added, late.",
        "`` One , two , '' he said . It was , he added , late .",
    )
    assert texts(read(write("a.json", json.dumps([{"text": split, "content_original": printed}])))) == [printed]


def test_an_empty_body_is_dropped_not_filled_with_the_teaser(write: Write) -> None:
    imported = read(write("a.csv", "side,body,description\nn,One.,Teaser\nn,,Teaser two\ns,<p> </p><br>,T\n"))
    assert texts(imported) == ["One."]
    assert {reason: tally.count for reason, tally in imported.report.dropped.items()} == {
        "empty text": 1,
        "no text left without its HTML": 1,
    }


@pytest.mark.parametrize(
    ("values", "days"),
    [
        (["2022-02-24T08:30:00Z", "20220224T083000Z", "2022/2/24"], ["2022-02-24"] * 3),
        (["Thu, 24 Feb 2022 08:30:00 GMT", "February 24, 2022 Thursday", "24 Feb 2022"], ["2022-02-24"] * 3),
        (["1645691400", "1645691400000", 1645691400], ["2022-02-24"] * 3),
        (["24/02/2022", "03/02/2022"], ["2022-02-24", "2022-02-03"]),
        (["02/24/2022", "02/03/2022"], ["2022-02-24", "2022-02-03"]),
        (["24.2.22", "3.2.2022"], ["2022-02-24", "2022-02-03"]),
        (["24 février 2022", "24 февраля 2022", "2022年2月24日"], ["2022-02-24"] * 3),
        (["12 hours ago", "Yesterday", "n/a", "", "February 2022", "2022", "19Dec207", None], [None] * 8),
        (["0001-01-01", "2050-01-01", "1970-01-01"], [None] * 3),
        (["2022-02-30", "31/02/2022"], [None] * 2),
    ],
)
def test_days(values: list[Any], days: list[str | None]) -> None:
    reader = DayReader.of(values, TODAY)
    assert [day and day.isoformat() for day in (reader(value).value for value in values)] == days


def test_a_day_that_no_value_decides_is_told() -> None:
    reader = DayReader.of(["03/04/2022"], TODAY)
    assert reader("03/04/2022") == Day(date(2022, 4, 3), "day before month is a guess: no value of the column decides")


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("https://g.example/2022/02/24/bridge", date(2022, 2, 24)),
        ("n/20220224_a.txt", date(2022, 2, 24)),
        ("a/2022/bridge-11", None),
    ],
)
def test_days_in_paths(path: str, day: date | None) -> None:
    assert day_in_path(path, TODAY) == day


def test_days_out_of_range_are_counted(write: Write) -> None:
    imported = read(write("a.csv", "side,date,text\nn,0001-01-01,One.\ns,2022-02-24,Two.\n"))
    assert any("1 days out of range" in sentence for sentence in imported.report.warnings)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two <b>bold</b> &amp; three</p>", "One\nTwo bold & three"),
        ("a<br>b<script>x()</script> c<style>p{}</style>", "a\nb c"),
        ("<div><div>deep" * 300 + "</div>", "\n".join(["deep"] * 300)),
        ("<p>open <b>never", "open never"),
    ],
)
def test_markup_becomes_text(markup: str, text: str) -> None:
    assert text_of_markup(markup) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Tom &amp; Ann &#8217;s", "Tom & Ann ’s"),
        ("co\u00adop\ufeff", "coop"),
        ("a\x00b\x1fc\td", "a b c\td"),
        ("R&D; x", "R&D; x"),
        ("\ud800", "?"),
    ],
)
def test_traces_of_transport_are_taken_out(raw: str, text: str) -> None:
    assert cleaned(raw) == text


def test_opening_a_file_keeps_its_texts_verbatim_and_importing_keeps_the_original(write: Write, tmp_path: Path) -> None:
    file = write("a.jsonl", json.dumps({"id": "a", "text": "co\u00adop 5 < 6 &amp; 7 > 6"}))
    assert load(file).documents[0].text == "co\u00adop 5 < 6 &amp; 7 > 6"
    imported = read(file)
    assert texts(imported) == ["coop 5 < 6 & 7 > 6"]
    assert imported.originals == {"a": "co\u00adop 5 < 6 &amp; 7 > 6"}


PLACES = ["Ada", "Bell", "Cora", "Dale", "Elm", "Ford", "Gale", "Hill"]
THINGS = ["river", "price", "debt", "traffic", "rent", "noise", "heat", "cost"]
WIRE = " ".join(
    f"In {place} the {thing} rose by {number} after the old {thing} office of {place} was closed, officials said."
    for number, (place, thing) in enumerate(zip(PLACES, THINGS, strict=True), start=3)
)


@pytest.mark.parametrize(
    ("first", "second", "copied"),
    [
        (WIRE, WIRE.upper(), True),
        (WIRE, WIRE[: len(WIRE) * 2 // 3], True),
        (WIRE, "By our staff. " + WIRE + " Sign up for news.", True),
        (WIRE, LONG * 5 + WIRE[:200], False),
        ("Short text.", "Short text!", True),
        ("Short text.", "Another text.", False),
        ("", "", False),
    ],
)
def test_copies(first: str, second: str, copied: bool) -> None:
    found = find_copies([first, second], ["n", "n"])
    assert (found != [None, None]) is copied
    assert find_copies([first, second], ["n", "s"]) == [None, None]


def test_copies_are_counted_once_on_their_side_and_told(write: Write) -> None:
    rows = [
        {"id": "a", "side": "n", "text": WIRE},
        {"id": "b", "side": "n", "text": WIRE, "title": "Again"},
        {"id": "c", "side": "n", "text": WIRE[:500]},
        {"id": "d", "side": "s", "text": WIRE},
        {"id": "d", "side": "s", "text": WIRE},
    ]
    file = write("a.json", json.dumps(rows))
    imported = read(file)
    assert [document.id for document in imported.corpus.documents] == ["a", "d"]
    assert [(copy.document.id, copy.of) for copy in imported.copies] == [("b", "a"), ("c", "a")]
    assert {kind: tally.count for kind, tally in imported.report.copies.items()} == {
        "the same row again": 1,
        "the same words": 1,
        "nearly the same words": 1,
    }
    assert any("stand on more than one side" in sentence for sentence in imported.report.warnings)
    assert len(read(file, keep_copies=True).corpus.documents) == 4


def test_one_body_under_many_titles_is_told(write: Write) -> None:
    rows = [{"side": "n", "title": f"Title {number}", "text": LONG * 2} for number in range(4)]
    assert any("under 4 titles" in sentence for sentence in read(write("a.json", json.dumps(rows))).report.warnings)


def test_ids_that_repeat_are_made_distinct(write: Write) -> None:
    imported = read(write("a.csv", "id,side,text\n1,n,One.\n1,n,Two.\n1,s,Three.\n"))
    assert [document.id for document in imported.corpus.documents] == ["1", "1~2", "1~3"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Five people died.", "en"),
        ("Kyiv: 120 drones", "en"),
        (LONG, "en"),
        ("Военные сообщили о взрывах в городе.", "ru"),
        ("Президент заявив, що країна готова до переговорів і захисту своїх громадян.", "uk"),
        (
            "Le président a déclaré mardi que les négociations allaient reprendre la semaine prochaine.",
            "fr",
        ),
        (
            "Der Präsident erklärte am Dienstag, die Verhandlungen würden in der kommenden Woche wieder aufgenommen.",
            "de",
        ),
        ("😀 12 !!", "en"),
        ("", "en"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert detected_language(text) == language


def test_a_language_stated_wrongly_is_told(write: Write) -> None:
    imported = read(write("a.csv", f"side,language,text\nn,ru,{LONG.replace(',', '')}\ns,eng,Two.\n"))
    assert [document.language for document in imported.corpus.documents] == ["en", "en"]
    assert "language stated as ru, read as en" in imported.report.changed
    assert stated_language("en_GB") == "en"


def test_the_command_writes_a_corpus_that_opens_alike(write: Write, tmp_path: Path) -> None:
    file = write("a.csv", "outlet,date,title,text\nGazette,2022-02-24,T,Ärger & co\nHerald,,U,Two.\nHerald,,V,\n")
    out = tmp_path / "out"
    arguments = [
        "import",
        str(file),
        "-o",
        str(out),
        "--side-map",
        "Gazette=North",
        "--side-map",
        "Herald=South",
        "--format",
        "json",
    ]
    done = CliRunner().invoke(main, arguments)
    report = json.loads(done.output)
    assert report["rows"] == {"read": 3, "kept": 2, "dropped": 1, "copies": 0}
    assert report["dropped"]["empty text"]["examples"] == ["a.csv, line 4"]
    corpus = load(out)
    assert corpus.digest == read(file, side_map={"Gazette": "North", "Herald": "South"}).corpus.digest
    assert pd.read_parquet(next(out.glob("documents-*"))).shape[0] == 2
    again = CliRunner().invoke(main, ["import", str(out), "-o", str(tmp_path / "more")])
    assert again.exit_code == 0
    assert load(tmp_path / "more").digest == corpus.digest


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nothing.csv", "-o", "out"], "no such file"),
        (["a.csv", "-o", "."], "something else"),
        (["a.csv", "-o", "out", "--side-map", "nonsense"], "OUTLET=SIDE"),
        (["a.csv", "-o", "out", "--column", "text=missing"], "no column 'missing'"),
        (["a.csv", "-o", "out", "--column", "sied=x"], "FIELD=COLUMN"),
        (["a.pdf", "-o", "out"], "this kind of file"),
    ],
)
def test_bad_orders_are_told_in_one_line(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    write("a.csv", "side,text\nn,One.\n")
    write("a.pdf", "x")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["import", *arguments])
    assert done.exit_code == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


KINDS = [
    ".txt",
    ".csv",
    ".tsv",
    ".json",
    ".jsonl",
    ".parquet",
    ".xlsx",
    ".rss",
    ".html",
    ".docx",
    ".rtf",
    ".zip",
    ".csv.gz",
]
PIECES = ["text", "side", ",", ";", "\t", '"', "\n", "x y", "{", "}", "[", "]", ":", "<p>", "</p>", "\u00ad", "é"]
MIXED = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(st.sampled_from(PIECES)).map("".join).map(str.encode),
)


@settings(deadline=None, max_examples=150)
@given(MIXED, st.sampled_from(KINDS))
def test_whatever_bytes_a_corpus_or_a_clear_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, kind: str
) -> None:
    file = tmp_path_factory.mktemp("any") / f"file{kind}"
    file.write_bytes(data)
    try:
        imported = read(file)
    except CorpusError:
        return
    assert imported.corpus.documents
    assert all(document.text.strip() for document in imported.corpus.documents)


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


def is_stated(cell: str) -> bool:
    return cell.strip().casefold() not in {"", *NOTHING}


@settings(deadline=None)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=8))
@example(rows=[("0", "NONE")])
def test_every_row_is_kept_verbatim_or_reported(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    file = tmp_path_factory.mktemp("rows") / "a.jsonl"
    file.write_text("\n".join(json.dumps({"side": side, "text": text}) for side, text in rows), encoding="utf-8")
    try:
        imported = read(file, clean=False, keep_copies=True)
    except CorpusError:
        assert not any(is_stated(side) and is_stated(text) for side, text in rows)
        return
    assert imported.report.read == len(rows)
    given_texts = {text.replace("\r\n", "\n").replace("\r", "\n") for _, text in rows}
    assert set(texts(imported)) <= given_texts


def test_an_import_writes_its_report(write: Write, tmp_path: Path) -> None:
    report = import_corpus([write("a.csv", "side,text\nn,One.\n")], tmp_path / "out")
    assert json.loads((tmp_path / "out" / "report.json").read_text()) == report.to_record()


ONE_ENTRY = (
    '<?xml version="1.0"?><!-- from a reader --><rss version="2.0"><channel><title>Gazette</title>'
    "<item><title>One</title><description>The bridge was closed.</description></item></channel></rss>"
)


@pytest.mark.parametrize(
    "content",
    [
        "<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body><p>One.</p></body></text></TEI>",
        "<?xml version='1.0'?><root><item><title>One</title><description>Text.</description></item></root>",
        "<!DOCTYPE urlset [<!ENTITY a 'b'>]><urlset><url><loc>https://a.example</loc></url></urlset>",
        "no markup at all",
        "<" * 50_000,
        "<!--" * 50_000,
    ],
)
def test_xml_that_is_no_feed_is_told(write: Write, content: str) -> None:
    file = write("some.xml", content)
    with pytest.raises(CorpusError, match=r"some\.xml: .*feed"):
        read(file)
    write("other.csv", "side,text\nn,One.\n")
    passed_over = read(file.parent)
    assert texts(passed_over) == ["One."]
    assert "XML files that are no feed, passed over" in passed_over.report.changed


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_feed_is_told_by_its_outermost_element(write: Write, encoding: str) -> None:
    assert texts(read(write("some.xml", ONE_ENTRY.encode(encoding)))) == ["The bridge was closed."]


def test_a_color_that_is_none_is_replaced_and_told(write: Write) -> None:
    file = write("folder/a.csv", "side,text\nn,One.\ns,Two.\n")
    sides = '[[sides]]\nid = "n"\ncolor = "red;}</style>"\n[[sides]]\nid = "s"\ncolor = "#123456"\n'
    write("folder/corpus.toml", sides)
    corpus = load(file.parent)
    assert [side.color for side in corpus.sides] == [SIDE_COLORS[0], "#123456"]
    assert any("color" in note for note in corpus.notes)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("corpus.toml", 'sides = "n"'),
        ("corpus.toml", '[[sides]]\nlabel = "North"'),
        ("corpus.toml", 'outlets = ["Gazette"]'),
        ("corpus.toml", 'date = "12 February"'),
        ("corpus.toml", 'notes = "one"'),
        ("topics.toml", '[floods]\nterms = "flood"'),
    ],
)
def test_settings_of_the_wrong_kind_are_told(write: Write, name: str, content: str) -> None:
    file = write("folder/a.csv", "side,text\nn,One.\n")
    write(f"folder/{name}", content)
    with pytest.raises(CorpusError, match=name):
        load(file.parent)
