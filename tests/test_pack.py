"""The evidence pack as a document: complete, whole without scripts, closed to outside, literal with any text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html

from analysis.__main__ import main
from analysis.corpus import Corpus, Document, Side
from analysis.loading import load
from analysis.reading import Reading, Selected
from analysis.selection import Selection
from dashboard import pack
from dashboard.pack import cited
from dashboard.pack.document import in_script
from dashboard.pack.sheet import Cell, as_text

ROOT = Path(__file__).parent.parent

HOSTILE = [
    "<img src=http://evil.example/a.png onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "![picture](http://evil.example/b.png)",
    "<b>bold</b><a href='javascript:alert(3)'>x</a>",
    "{{ 7 * 7 }} {% raw %}",
    "\u202egnp.exe\u202c \u2028 next \u2029",
    '=HYPERLINK("http://evil.example")',
]


@cache
def whole() -> Selected:
    return Selected(Reading(load(ROOT / "seeds")), Selection())


@cache
def page() -> html.HtmlElement:
    return html.document_fromstring(pack.make(whole()))


def hostile() -> Selected:
    """Every text a corpus can hold, hostile: titles, outlets, labels, names, bodies."""
    sides = (Side("a", HOSTILE[0], "#0072B2"), Side("b", HOSTILE[3], "red;background:url(http://evil.example/c)"))
    said = '"We lost 12 tanks," said <i>General</i> Smith of the Defence Ministry. '
    documents = tuple(
        Document(f"{side.id}{number}", side.id, HOSTILE[1] + side.id, bad, f"{said}{bad} {bad}\n\n{bad} 40 tanks.",
                 date(2025, 2, 12))
        for side in sides
        for number, bad in enumerate(HOSTILE)
    )  # fmt: skip
    return Selected(Reading(Corpus("<script>alert(4)</script>", sides, documents)), Selection())


def records(command: str) -> list[dict[str, object]]:
    found = CliRunner().invoke(main, [command, str(ROOT / "seeds"), "--format", "json"])
    return json.loads(found.output)


def table(caption: str) -> list[dict[str, str]]:
    found = next(one for one in page().iter("table") if text(one.find("caption")).startswith(caption))
    names = [text(cell) for cell in found.iter("th")]
    return [dict(zip(names, map(text, row), strict=True)) for row in found.find("tbody")]


def text(element: html.HtmlElement) -> str:
    return element.text_content().strip()


def test_every_anchor_leads_somewhere_and_every_id_is_unique() -> None:
    ids = page().xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {address.removeprefix("#") for address in page().xpath("//a/@href")}
    assert targets <= set(ids)
    assert len(targets) > 100


def test_headings_landmarks_and_captions() -> None:
    levels = [int(one.tag[1]) for one in page().iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page().get("lang") == "en"
    assert all(len(page().findall(f".//{name}")) == 1 for name in ("main", "nav", "footer"))
    assert all(text(one.find("caption")) for one in page().xpath("//table[not(ancestor::*[@class='prose'])]"))
    assert all(text(one.find("figcaption")) for one in page().iter("figure"))
    assert not page().xpath("//th[not(@scope)][not(ancestor::*[@class='prose'])]")


def test_a_chart_has_its_table_and_shows_nothing_without_a_script() -> None:
    charts = json.loads(text(page().get_element_by_id("charts")))
    assert len(charts) >= 9
    for anchor, spec in charts.items():
        place = page().get_element_by_id(anchor)
        assert place.get("hidden") is not None
        assert place.getparent().xpath("following-sibling::*[.//table]"), anchor
        assert spec["data"]
        assert "template" not in spec["layout"]
        assert all(trace["type"] in ("bar", "scatter") for trace in spec["data"]), "WebGL needs eval"


def test_each_item_shows_as_many_passages_as_its_link_says() -> None:
    links = page().xpath("//a[starts-with(@href, '#e') and contains(., 'passage')]")
    assert len(links) > 80
    for link in links:
        count = int(re.search(r"([\d,]+) passage", text(link))[1].replace(",", ""))
        assert len(page().get_element_by_id(link.get("href")[1:]).findall("article")) == count, text(link)


def test_passages_stand_at_their_offsets() -> None:
    corpus = whole().corpus
    by_outlet = {document.outlet: document for document in corpus.documents}
    for article in page().iter("article"):
        head, body = (text(part) for part in article)
        field, start, end = re.search(r"(title|text) (\d+)–(\d+)", head).groups()
        outlet = re.search(r"(\S+) · \d{4}-\d\d-\d\d · (headline|paragraph \d+)", head)[1]
        document = by_outlet[next(name for name in by_outlet if outlet.endswith(name))]
        whole_text = getattr(document, field)
        assert whole_text[int(start) : int(end)].strip() == body
        marks = re.search(r"marked (.*)$", head)
        spans = re.findall(r"(\d+)–(\d+)", marks[1]) if marks else []
        printed = "".join(mark.text_content() for mark in article.iter("mark"))
        assert all(whole_text[int(a) : int(b)] in body for a, b in spans)
        assert bool(spans) == bool(printed)


def test_numbers_are_those_of_the_command_line() -> None:
    findings = [(text(one.find("b")), text(one.find("p"))) for one in page().xpath("//ol[@class='findings']/li")]
    assert findings == [(row["value"], row["finding"]) for row in records("brief")]
    voices = records("voices")
    assert [int(row["Cited"]) for row in table("All voices")] == [row["attributions"] for row in voices]
    assert [row["Voice"] for row in table("All voices")] == [row["source_name"] for row in voices]
    ledger = CliRunner().invoke(main, ["claims", str(ROOT / "seeds"), "--format", "json"])
    claims = [claim for claim in json.loads(ledger.output)["claims"] if claim["status"] in ("conflict", "one_side")]
    assert len(table("Figures by quantity and side")) == len(claims)
    articles = {row["Id"]: row for row in table("Articles")}
    for row in records("documents"):
        assert articles[row["id"]]["Words"] == f"{row['words']:,}"
        assert row["sha256"].startswith(articles[row["id"]]["SHA-256"])


def test_only_its_own_scripts_may_run() -> None:
    policy = page().xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    allowed = re.findall(r"'sha256-([^']+)'", policy)
    run = [one.text for one in page().iter("script") if not one.get("type")]
    assert len(run) == 1
    assert base64.b64encode(hashlib.sha256(run[0].encode()).digest()).decode() == allowed[0]
    script_rule = next(rule for rule in policy.split(";") if "script-src" in rule)
    assert "unsafe" not in script_rule
    assert policy.startswith("default-src 'none'")
    assert not page().xpath("//@src | //link | //iframe | //object | //embed | //img")
    assert not [one for one in page().xpath("//@href") if not one.startswith("#")]


def test_hostile_texts_stay_literal() -> None:
    made = pack.make(hostile(), "/words?show=all&claims=all")
    shown = html.document_fromstring(made)
    assert not shown.xpath("//img | //b[contains(., 'bold')] | //i[contains(., 'General')] | //@onerror")
    assert [one for one in shown.xpath("//a/@href") if not one.startswith("#")] == []
    assert len([one for one in shown.iter("script") if not one.get("type")]) == 1
    assert shown.find(".//title").text == "Evidence pack: <script>alert(4)</script>"
    assert not [style for style in shown.xpath("//@style") if "url" in style or "red" in style]
    printed = shown.find(".//main").text_content()
    for bad in HOSTILE:
        assert bad in printed, bad
    charts = json.dumps(json.loads(shown.get_element_by_id("charts").text))
    assert "<img" not in charts
    assert "<a href" not in charts
    assert "&lt;img" in charts


@pytest.mark.parametrize("bad", ["</script>", "<!--<script>", "]]>", "a\u2028b\u2029c", "&lt;", "\ud800", '"\\'])
def test_json_in_a_script_is_read_back_and_ends_nothing(bad: str) -> None:
    written = in_script({bad: [bad]})
    assert json.loads(written) == {bad: [bad]}
    assert not set("<>&\u2028\u2029") & set(written)


def test_what_does_not_fit_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cited, "ROOM", 60_000)
    shown = html.document_fromstring(pack.make(whole(), pages=["brief"]))
    left = shown.xpath("//section[@class='entry']/p[contains(., 'left out')]")
    assert left
    for note in left:
        total, first, rest = re.search(r"(\d+) passages?, the first (\d+) shown; (\d+) left out", text(note)).groups()
        assert int(total) == int(first) + int(rest)
        assert len(note.getparent().findall("article")) == int(first)


def test_a_view_s_options_and_filters_are_followed_and_named() -> None:
    link = "http://127.0.0.1:8501/words?topic=strikes&measure=log_odds&top=20&find=drone"
    selected = Selected(whole().reading, Selection(topics=("strikes",)))
    shown = html.document_fromstring(pack.make(selected, link, ["words"]))
    assert "Log-odds" in text(shown.get_element_by_id("words"))
    assert not shown.xpath("//section[@id='sources']")
    again = text(shown.get_element_by_id("reproduce"))
    assert "measure=log_odds" in again
    assert "--page words" in again
    assert selected.corpus.digest in again
    terms = next(one for one in shown.iter("table") if text(one.find("caption")).startswith("Terms"))
    assert all("drone" in text(row[0]).casefold() for row in terms.find("tbody"))


def test_the_articles_read_side_by_side_stand_whole() -> None:
    made = pack.make(whole(), "/read?layer=figures&layer=only", ["read"])
    shown = html.document_fromstring(made).get_element_by_id("read")
    printed = [" ".join(text(one).split()) for one in shown.find_class("article")]
    for document, own in zip(whole().corpus.documents, printed, strict=True):
        assert " ".join(document.title.split()) in own
        assert all(paragraph.strip()[:60] in own for paragraph in document.text.split("\n\n"))
    assert shown.xpath(".//mark[@class='number']")
    assert shown.find_class("alone")


def test_a_long_list_in_a_cell_opens_on_a_click_and_loses_nothing() -> None:
    words = " ".join(f"word{number}," for number in range(90))
    begin, rest = Cell(words).parts
    assert begin + rest == words
    assert len(begin) <= 160 < len(rest)
    assert begin.endswith(" ")
    assert Cell("short").parts == ("short", "")
    assert Cell("x" * 500).parts == ("x" * 160, "x" * 340)


def test_an_empty_selection_says_so() -> None:
    shown = html.document_fromstring(pack.make(Selected(whole().reading, Selection(text="no such words"))))
    assert "No passage here" in text(shown.get_element_by_id("brief"))
    assert not shown.xpath("//article")


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("Share", 0.3571, "35.71%"),
        ("Share", 1.0, "100%"),
        ("Cited", 12000, "12,000"),
        ("Score", 0.0312, "0.0312"),
        ("Score", None, ""),
        ("Score", float("nan"), ""),
        ("Topics", ("a", "b"), "a, b"),
        ("Date", date(2025, 2, 12), "2025-02-12"),
    ],
)
def test_values_in_cells(name: str, value: object, shown: str) -> None:
    assert as_text(name, value) == shown
