"""The parity law: page, link, download, command line and pack give the same numbers of the same selection."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pytest
from click.testing import CliRunner
from lxml import html as markup
from streamlit.testing.v1 import AppTest

from analysis import export
from analysis.__main__ import main
from analysis.corpus import Corpus
from analysis.loading import load
from analysis.reading import Reading, Selected
from analysis.report import Contents
from analysis.selection import LINK_VERSION, Selection
from analysis.store.place import data_folder
from analysis.topics import NO_TOPIC
from dashboard import pack, tables
from dashboard.picks import SENT
from tests.test_pages import html, opened, words

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "gold" / "alignment.jsonl"
SELECTIONS = 10
"""Random selections of each of the two corpora."""

WORDS = ("said", "Wednesday", "the", "Kiev", "peace", "court", "killed")


@pytest.fixture(scope="module")
def made_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seventy-eight articles of thirteen stories: three outlets a side that each print some of the paragraphs."""
    draw = random.Random(7)
    rows: list[dict[str, str]] = []
    for number, line in enumerate(GOLD.read_text(encoding="utf-8").splitlines()):
        story = json.loads(line)
        for side in ("north", "south"):
            for outlet in range(3):
                kept = sorted(draw.sample(range(len(story[side])), 4))
                day = date(2025, 3, 1) + timedelta(days=number % 5)
                rows.append({"side": side, "outlet": f"{side} {outlet}", "date": str(day), "topic": story["topic"],
                             "title": f"{story['topic'].title()}, as told in {outlet}",
                             "text": "\n".join(story[side][at] for at in kept)})  # fmt: skip
    path = tmp_path_factory.mktemp("parity") / "stories.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


@pytest.fixture(params=["seeds", "stories"], scope="module")
def path(request: pytest.FixtureRequest) -> Path:
    return ROOT / "seeds" if request.param == "seeds" else request.getfixturevalue("made_corpus")


@cache
def read(path: Path) -> Reading:
    """The corpus as read; what is read of its articles is kept, so that no command reads them again."""
    return Reading(load(path), data_folder())


def selections(corpus: Corpus) -> Iterator[Selection]:
    """Random choices of everything a filter bar has."""
    draw = random.Random(11)
    topics = [topic.id for topic in corpus.topics] + [NO_TOPIC]
    days = sorted({document.date for document in corpus.documents if document.date})
    for _ in range(SELECTIONS):
        sides = tuple(side.id for side in corpus.sides if draw.random() < 0.9)
        since = draw.choice([None, None, *days])
        yield Selection(
            sides=sides if len(sides) < len(corpus.sides) else (),
            topics=tuple(draw.sample(topics, draw.choice([0, 0, 1, 3]))),
            outlets=tuple(draw.sample(list(corpus.outlets), draw.choice([0, 0, 0, 1]))),
            since=since,
            until=draw.choice([None, *(day for day in days if not since or day >= since)]),
            text=draw.choice(["", "", draw.choice(WORDS)]),
        )


def query(selection: Selection, corpus: Corpus) -> str:
    return urlencode(selection.to_query() | {"corpus": [corpus.short_digest], "v": [LINK_VERSION]}, doseq=True)


def printed(path: Path, command: str, *arguments: str, output: str = "json") -> Any:
    result = CliRunner().invoke(main, [command, str(path), *arguments, "--format", output])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout) if output == "json" else list(csv.DictReader(io.StringIO(result.stdout)))


def options(selection: Selection) -> list[str]:
    given = [(key, value) for key, values in selection.to_query().items() for value in values]
    return [part for key, value in given for part in (f"--{key}", value)]


def count_line(documents: list[dict[str, Any]], corpus: Corpus) -> list[str]:
    lines = []
    for side in corpus.sides:
        own = [document for document in documents if document["side"] == side.id]
        size, length = len(own), sum(document["words"] for document in own)
        articles, counted = ("article" if size == 1 else "articles"), ("word" if length == 1 else "words")
        lines.append(f"{side.label}: {size:,} {articles}, {length:,} {counted}")
    return lines


@pytest.mark.parametrize("number", range(SELECTIONS))
def test_page_link_download_command_line_and_pack_agree(
    number: int, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARALLAX_CORPUS", str(path))
    reading = read(path)
    selection = list(selections(reading.corpus))[number]
    selected = Selected(reading, selection)
    link = f"http://127.0.0.1/brief?{query(selection, reading.corpus)}"
    brief, coverage, claims, documents, voices, terms = (
        printed(path, command, "--link", link)
        for command in ("brief", "coverage", "claims", "documents", "voices", "terms")
    )
    assert printed(path, "brief", *options(selection)) == brief
    assert [row["value"] for row in printed(path, "brief", "--link", link, output="csv")] == [
        row["value"] for row in brief
    ]
    app = _page_agrees(query(selection, reading.corpus), reading.corpus, brief, coverage, claims, documents)
    _voices_agree(app, reading.corpus, voices)
    _terms_agree(app, reading.corpus, terms, sides=int((selected.sizes["passages"] > 0).sum()))
    contents = Contents(selected)
    assert contents.findings["finding"].tolist() == [row["finding"] for row in brief]
    assert len(contents.coverage) == len(coverage)
    if len(selected.passages):
        text = " ".join(markup.document_fromstring(pack.make(selected)).text_content().split())
        assert contents.comparability["sentence"] in text
        assert all(row["finding"] in text and row["value"] in text for row in brief)


def _page_agrees(
    asked: str, corpus: Corpus, brief: list[Any], coverage: list[Any], claims: dict[str, Any], documents: list[Any]
) -> AppTest:
    app = opened("brief", asked)
    shown = words(app)
    for line in count_line(documents, corpus):
        assert line in shown
    for row in brief:
        assert row["finding"] in shown
        assert row["value"] in shown
    listed = [table.value for table in app.dataframe if "Nearest miss" in table.value.columns]
    told = {row["what"] for row in coverage}
    for table in listed:
        assert set(table["What"]) <= told
        saved = list(csv.DictReader(io.StringIO(export.to_csv(table))))
        assert [row["What"].removeprefix("'") for row in saved] == table["What"].tolist()
    assert bool(listed) == bool(coverage)
    app.switch_page("dashboard/pages/figures.py").run()
    assert not app.exception
    counted = Counter(claim["status"] for claim in claims["claims"])
    statuses = {tables.STATUS[status]: f"{count:,}" for status, count in counted.items()}
    labels = [button.label.split(": ") for button in app.button if button.label.partition(": ")[0] in statuses]
    assert dict(labels) == statuses
    return app


def _table_of(app: AppTest, page: str, column: str) -> pd.DataFrame:
    """The table of a page that has a column; an empty one where the page says that there is nothing."""
    app.switch_page(f"dashboard/pages/{page}.py").run()
    assert not app.exception
    found = [table.value for table in app.dataframe if column in table.value]
    assert bool(found) != ('class="empty"' in html(app))
    return found[0] if found else pd.DataFrame()


def _rows(table: pd.DataFrame, *columns: str) -> Counter[tuple[Any, ...]]:
    return Counter(table[list(columns)].itertuples(index=False, name=None)) if len(table) else Counter()


def _voices_agree(app: AppTest, corpus: Corpus, voices: list[dict[str, Any]]) -> None:
    """Sources shows the voices of the command; the first rows, where there are more than a page sends."""
    shown = _table_of(app, "sources", "Through another voice")
    assert len(shown) == min(len(voices), SENT)
    counted = ("attributions", "direct", "mixed", "indirect", "words_quoted")
    told = Counter((corpus.side(row["side"]).label, row["source_name"], *map(row.get, counted)) for row in voices)
    assert _rows(shown, "Side", "Voice", "Cited", "Own words", "Partly", "Paraphrased", "Words quoted") <= told


def _terms_agree(app: AppTest, corpus: Corpus, terms: list[dict[str, Any]], sides: int) -> None:
    """Words shows terms of the command with its scores and counts; names stand apart there."""
    shown = _table_of(app, "words", "Marks")
    assert bool(len(shown)) == (sides == 2)
    one, other = (side.label for side in corpus.sides)
    told = Counter(
        (one if row["score"] > 0 else other, round(abs(row["score"]), 4), row["n_target"], row["n_reference"])
        for row in terms
    )
    assert _rows(shown, "Marks", "Score", f"{one}: times", f"{other}: times") <= told
