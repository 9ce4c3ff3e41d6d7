"""Pages as a reader opens them: each opens, a link opens the same view, a bad link and an empty topic are told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import plotly.graph_objects as go
import pytest
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from analysis.__main__ import main
from analysis.corpus import Corpus
from dashboard import cached, filters

ROOT = Path(__file__).parent.parent
PAGES = ("brief", "figures", "sources", "words", "read", "method")
HOSTILE = "<img src=x> ![i](http://x.test/i.png) **b** $y$ :red[c] =1+1"
PLAIN_TEXT = {"html", "text", "code", "dataframe", "plotly_chart", "multiselect", "selectbox", "date_input"}
"""Elements that show a text as it is, or escaped by us; every other one may read it as Markdown."""


def opened(page: str, query: str = "") -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120)
    app.query_params.update(parse_qs(query, keep_blank_values=True))
    app.run()
    if page != "brief":
        app.switch_page(f"dashboard/pages/{page}.py").run()
    assert not app.exception, app.exception
    return app


def html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def address(app: AppTest) -> str:
    """The link that "Copy link" shows."""
    app.session_state["copy-link"] = True
    return str(app.run().code[0].value)


def words(app: AppTest) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html(app)))


def notice(app: AppTest) -> list[str]:
    return re.findall(r"<li>(.*?)</li>", html(app))


def elements(node: object) -> Iterator[object]:
    for child in getattr(node, "children", {}).values():
        yield child
        yield from elements(child)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_with_its_title_and_the_count_line(page: str) -> None:
    app = opened(page)
    assert f'<h1 class="page">{page.title()}</h1>' in html(app)
    assert re.search(r"Western: 1 article, \d+ words \| Russian: 1 article, \d+ words", words(app))
    assert not notice(app)


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_selection_explains_itself(page: str) -> None:
    app = opened(page, "text=xylophone")
    assert "No passage fits all the filters" in words(app)
    assert "Reset the filters" in words(app)


@pytest.mark.parametrize("page", PAGES)
def test_one_side_alone_opens(page: str) -> None:
    app = opened(page, "topic=kursk")
    assert "Western: 0 articles, 0 words" in words(app)
    if page in ("brief", "words"):
        assert "With these filters nothing is left of: Western" in words(app)


def test_a_link_opens_the_same_view() -> None:
    app = opened("words")
    app.multiselect(key="topic").set_value(["strikes", "europe"]).run()
    app.button_group(key="measure").set_value("log_odds").run()
    link = re.search(r"\?(\S+)", address(app)).group(1)
    again = opened("words", link)
    assert again.multiselect(key="topic").value == ["strikes", "europe"]
    assert again.button_group(key="measure").value == "log_odds"
    assert charts(again) == charts(app)
    assert not notice(again)


def charts(app: AppTest) -> list[dict]:
    return [json.loads(chart.proto.spec)["data"] for chart in app.get("plotly_chart")]


@pytest.mark.parametrize("view", ["figures", "sources", "sources?by=verb&count=words_quoted", "words?item=term:peace"])
def test_charts_hold_nothing_that_plotly_does_not_know(view: str) -> None:
    """They are made without its checks, which take thirty times as long as the rest."""
    drawn = opened(*view.split("?")).get("plotly_chart")
    assert drawn
    for chart in drawn:
        go.Figure(json.loads(chart.proto.spec))


def test_a_link_opens_its_evidence(seeds: Corpus) -> None:
    app = opened("words", f"item=term:peace&corpus={seeds.short_digest}&v=1")
    shown = [body for body in (element.proto.body for element in app.get("html")) if "data-passages" in body]
    assert len(shown) == 1
    assert html(app).count('class="passage"') == int(re.search(r'data-passages="(\d+)"', shown[0]).group(1))
    assert "<mark" in html(app)


def test_the_panel_shows_ten_passages_a_page_and_opens_at_the_one_of_the_link(seeds: Corpus) -> None:
    app = opened("words", "item=side:western")
    shown = int(re.search(r'data-passages="(\d+)"', html(app)).group(1))
    assert shown > 20
    assert html(app).count('class="passage"') == 10
    last = f"{seeds.documents[0].id}:{shown - 1}"
    again = opened("words", f"item=side:western&passage={last}")
    assert html(again).count('class="passage here"') == 1
    assert f"{shown} shown" in words(again)
    links = [code.value for code in again.code if "item=side" in code.value and "Parallax, corpus" in code.value]
    assert len(links) == html(again).count('class="passage')
    assert all(seeds.short_digest in link and "paragraph" in link for link in links)


def test_a_passage_that_is_not_there_is_told() -> None:
    app = opened("read", "passage=nowhere:3")
    assert notice(app) == ["passage &#x27;nowhere:3&#x27; is not in this corpus"]


def test_a_picked_term_shows_its_places_and_as_many_lines_as_its_count() -> None:
    app = opened("words", "item=term:peace&sort=left")
    total = sum(map(int, re.findall(r"(\d+) lines?", words(app).split("Its lines")[1].split("Every term")[0])))
    lines = next(element.proto.body for element in app.get("html") if 'class="lines"' in element.proto.body)
    assert lines.count('<mark class="match">') == total > 1
    assert len(charts(app)) == 3


def test_the_options_of_terms_stand_in_the_link_and_an_empty_one_says_what_to_change() -> None:
    app = opened("words", "class=framing&find=zebra&compare=inside_topics&measure=g2&top=40")
    assert app.text_input(key="find").value == "zebra"
    assert all(word in words(app) for word in ("“zebra”", "five articles a side", "Inside topics"))
    link = address(app)
    assert all(part in link for part in ("class=framing", "find=zebra", "compare=inside_topics", "measure=g2"))
    assert not notice(app)


def test_names_of_several_spellings_are_set_apart_from_the_terms() -> None:
    listed = opened("words", "top=40").dataframe[0].value["Term"]
    names = opened("words", "view=names").dataframe[0].value
    assert all("/" in name for name in names["Name"])
    assert len(listed) > 80
    assert set(listed).isdisjoint(names["Name"])
    assert names["Western: titles"].any()


def test_what_a_link_cannot_have_is_told_in_one_notice() -> None:
    app = opened("brief", "topic=strikes&topic=nonsense&corpus=000000000000&v=7&since=x&item=term:xylophone&z=1")
    assert html(app).count('class="notice"') == 1
    assert len(notice(app)) == 6
    assert app.multiselect(key="topic").value == ["strikes"]
    app.multiselect(key="topic").set_value([]).run()
    assert not notice(app), "told once, until the reader goes on"


def test_the_figures_page_says_what_one_side_gives_alone_and_where_it_was_looked_for() -> None:
    app = opened("figures", "claims=all&show=all")
    tables = [table.value for table in app.dataframe]
    assert list(tables[0].columns) == ["Quantity", "Status", "Western", "Russian"]
    assert set(tables[0]["Status"]) == {"One side only"}
    assert "at most 59 %" in words(app)
    silence = next(table for table in tables if "Searched for" in table.columns)
    assert all(re.match(r"1 (Western|Russian) article, \d+ passages$", proof) for proof in silence["Not in"])
    context = next(table for table in tables if "Why it is not compared" in table.columns)
    assert context["Why it is not compared"].str.len().gt(0).all()
    assert app.button_group(key="claims").value == "all"


def test_one_side_alone_is_said_to_be_so_by_the_filters() -> None:
    assert "The filters leave Western texts alone" in words(opened("figures", "side=western"))
    assert "The filters leave" not in words(opened("figures"))


def test_shares_of_a_table_are_whole_percent() -> None:
    app = opened("sources")
    shares = next(table.value["Share"] for table in app.dataframe if "Share" in table.value.columns)
    assert len(shares) > 3
    assert (shares.round(2) == shares).all()


def test_names_that_only_print_tells_apart_open_on_demand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {"north": "They told us that the F.B.I. went to Lvov.", "south": "They told us that the FBI went to Lviv."}
    rows = [{"side": side, "outlet": side, "title": "", "text": text} for side, text in texts.items()]
    path = tmp_path / "spelt.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    monkeypatch.setenv("PARALLAX_CORPUS", str(path))
    app = opened("words", "view=names")
    assert list(app.dataframe[0].value["Name"]) == ["Lvov/Lviv"]
    assert "names that differ in full stops, hyphens or accents only stand under “All”" in words(app)
    assert [each.label for each in app.expander] == ["All 2"]


@pytest.fixture
def two_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sides that give one toll on two days, and a second quantity that only one day has."""
    tolls = [("north", 1, 63), ("north", 2, 89), ("south", 1, 400), ("south", 2, 420)]
    rows = [
        {"side": side, "outlet": side, "title": "Flood", "date": f"2025-03-0{day}",
         "text": f"The flood in Oldtown killed {toll} people, police said. It destroyed {toll} homes in Oldtown."}
        for side, day, toll in tolls
    ]  # fmt: skip
    path = tmp_path / "tolls.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    monkeypatch.setenv("PARALLAX_CORPUS", str(path))


@pytest.mark.usefixtures("two_days")
def test_claims_over_time_follow_the_quantity_of_the_link() -> None:
    app = opened("figures")
    first, other = app.selectbox(key="quantity").options
    drawn = charts(app)[-1]
    again = opened("figures", address(app).partition("?")[2])
    assert charts(again)[-1] == drawn
    again.selectbox(key="quantity").select_index(1).run()
    assert charts(again)[-1] != drawn
    assert "the first one is shown" in opened("figures", "quantity=nonsense").text[-1].value
    assert {first, other} == {"person, killed, Oldtown", "home, destroyed, Oldtown"}


@pytest.mark.usefixtures("two_days")
def test_a_long_list_of_quantities_is_cut_but_holds_the_one_of_the_link(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = opened("figures")
    every = whole.selectbox(key="quantity").options
    last = whole.selectbox(key="quantity").select_index(1).run().selectbox(key="quantity").value
    monkeypatch.setattr(filters, "QUANTITIES", 1)
    cut = opened("figures")
    assert cut.selectbox(key="quantity").options == every[:1]
    assert "the first 1 of 2 quantities" in words(cut)
    linked = opened("figures", urlencode({"quantity": last}))
    assert linked.selectbox(key="quantity").options == every
    assert linked.selectbox(key="quantity").value == last
    assert charts(linked)[-1] == charts(whole)[-1] != charts(cut)[-1]


@pytest.mark.usefixtures("two_days")
def test_a_quantity_asked_for_is_waited_for_while_articles_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = address(opened("figures")).partition("?")[2]
    monkeypatch.setattr(cached, "part", lambda: "2 of 4 articles")
    app = opened("figures", "quantity=bridge|destroyed|||||")
    assert app.selectbox(key="quantity").value == "bridge|destroyed|||||"
    assert any("2 of 4 articles" in text.value for text in app.text)
    assert charts(app)[-1] == charts(opened("figures", wanted))[-1]
    app.selectbox(key="quantity").select_index(2).run()
    assert len(app.selectbox(key="quantity").options) == 2


def test_vague_words_stand_on_the_method_page() -> None:
    table = next(table.value for table in opened("method").dataframe if "Word" in table.value.columns)
    assert {"Word": "dozens", "From": "24", "To": "99"} in table.to_dict("records")


def test_filters_persist_over_pages_and_reset() -> None:
    app = opened("figures")
    app.multiselect(key="topic").set_value(["kursk"]).run()
    app.text_input(key="text").set_value("Region").run()
    app.switch_page("dashboard/pages/sources.py").run()
    assert "Topics: Kursk; passages with “Region”" in words(app)
    next(button for button in app.button if button.label == "Reset filters").click().run()
    assert "Everything in the corpus" in words(app)


def test_options_of_a_page_persist_over_other_pages() -> None:
    app = opened("words")
    app.button_group(key="top").set_value("20").run()
    app.switch_page("dashboard/pages/brief.py").run()
    app.switch_page("dashboard/pages/words.py").run()
    assert app.button_group(key="top").value == "20"


def test_sources_say_the_reader_s_error_and_a_link_keeps_their_rows_and_counts() -> None:
    app = opened("sources")
    assert re.search(r"annotated by others.*\d+ %", words(app))
    assert any('"stance:western|' in chart.proto.spec for chart in app.get("plotly_chart"))
    app.button_group(key="by").set_value("verb").run()
    app.button_group(key="count").set_value("words_quoted").run()
    again = opened("sources", re.search(r"\?(\S+)", address(app)).group(1))
    assert any('"verb:western|' in chart.proto.spec for chart in again.get("plotly_chart"))
    assert charts(again) == charts(app)
    assert not notice(again)


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three sides whose every string is markup, one without dates, one in another alphabet."""
    sentence = f'{HOSTILE} said "at least 12 people died" in {HOSTILE}. Officials confirmed 30 drones were shot down.'
    texts = {"2025-01-01": sentence, None: sentence * 3, "2025-01-03": "Они сказали: 5."}
    rows = [
        {"side": f"{HOSTILE} {day}", "outlet": f"{HOSTILE} {day}", "title": f"{HOSTILE} says 5 killed",
         "text": text, "topic": HOSTILE, "date": day}
        for day, text in texts.items()
    ]  # fmt: skip
    path = tmp_path / "hostile.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    monkeypatch.setenv("PARALLAX_CORPUS", str(path))


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize(("page", "query"), [*((page, "") for page in PAGES), ("words", "item=term:drones"),
                                             ("words", "view=names")])  # fmt: skip
def test_no_text_of_a_corpus_is_read_as_markup(page: str, query: str) -> None:
    app = opened(page, query)
    assert "<img" not in html(app)
    for element in elements(app.main):
        if getattr(element, "type", "") not in PLAIN_TEXT:
            assert "x.test" not in str(getattr(element, "proto", "")), element
    for chart in app.get("plotly_chart"):
        spec = json.loads(chart.proto.spec)
        for trace in spec["data"]:
            trace.pop("customdata", None)  # the item a click opens: never drawn
        assert "<img" not in json.dumps(spec)


def test_an_unreadable_corpus_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_CORPUS", str(tmp_path / "missing"))
    app = opened("brief")
    assert "The corpus cannot be opened" in words(app)


def test_the_evidence_pack_of_a_view_is_that_of_the_command_line(tmp_path: Path) -> None:
    app = opened("words", "topic=strikes&measure=log_odds&top=20")
    app.session_state["export"] = True
    app.run().button(key="pack-This page").click().run()
    (link, _), scope, made = app.session_state["pack"]
    assert scope == "This page"
    assert len(made) < 4_000_000
    assert any("Save this page" in button.label for button in app.get("download_button"))
    file = tmp_path / "pack.html"
    arguments = ["report", str(ROOT / "seeds"), "--link", link, "--page", "words", "-o", str(file)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert file.read_bytes() == made
