"""What a page sends stays small, whatever the corpus: 300 KB a page, 5,000 points a chart, 250 rows a table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.loading import load
from analysis.store.articles import ArticleStore
from analysis.store.place import data_folder
from dashboard import picks
from tests.benchmarks.made_news import made_news
from tests.test_pages import PAGES, elements, opened

MOST_BYTES = 300_000
MOST_POINTS = 5_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus with thousands of terms and more of everything than a page lists."""
    documents, _ = made_news(400, words=60)
    tolls = [f" Police said {10 + number} people were killed in Town{number}." for number in range(len(documents))]
    documents["text"] += tolls
    path = tmp_path_factory.mktemp("large") / "large.jsonl"
    rows = documents.drop(columns=["date"]).to_dict("records")
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    ArticleStore(data_folder()).complete(load(path).documents)
    return path


@pytest.mark.parametrize("view", [*PAGES, "words?view=names", "words?item=term:the", "figures?claims=all&show=all"])
def test_a_page_on_a_large_corpus_is_small(large: Path, view: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_CORPUS", str(large))
    page, _, query = view.partition("?")
    app = opened(page, query)
    assert sent(app) < MOST_BYTES
    for chart in app.get("plotly_chart"):
        traces = json.loads(chart.proto.spec)["data"]
        assert sum(len(trace.get("customdata", [])) for trace in traces) <= MOST_POINTS
    assert all(len(table.value) <= picks.SENT for table in app.dataframe)
    if page == "figures":
        assert app.get("plotly_chart"), "the figures of all articles are read"
    if view == "words":
        assert max(len(table.value) for table in app.dataframe) == picks.SENT, "large enough to be cut"


def sent(app: AppTest) -> int:
    """Bytes of everything a page sends to the browser."""
    return sum(element.proto.ByteSize() for element in elements(app.main) if hasattr(element, "proto"))
