"""Charts that were drawn before: not drawn again, and never those of another view, log of corrections or corpus."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import charts, drawn

ROOT = Path(__file__).parent.parent


@pytest.fixture
def quotings(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The tables that the first chart of Sources is drawn from, one each time it is drawn."""
    draw, seen = charts.quoting, list[Any]()

    def counted(table: Any, look: Any) -> Any:
        seen.append(table)
        return draw(table, look)

    monkeypatch.setattr(charts, "quoting", counted)
    drawn._chart.clear()
    return seen


def sources(query: str = "") -> dict[str, Any]:
    """The first chart of Sources in a new session, as the browser gets it."""
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.query_params.update(parse_qs(query))
    app.run().switch_page("dashboard/pages/sources.py").run()
    assert not app.exception
    return dict(json.loads(app.get("plotly_chart")[0].proto.spec))


def test_a_view_is_drawn_once_for_all_sessions(quotings: list[Any]) -> None:
    assert sources() == sources()
    assert len(quotings) == 1


def test_another_view_is_drawn_anew_and_the_first_is_as_it_was(quotings: list[Any]) -> None:
    before = sources()
    assert sources("topic=territory") != before
    assert sources() == before
    assert len(quotings) == 2


def test_another_corpus_is_drawn_anew(quotings: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sources()
    shutil.copytree(ROOT / "seeds", tmp_path / "other")
    text = next((tmp_path / "other").glob("*.txt"))
    text.write_text(f"{text.read_text(encoding='utf-8').rstrip()} One more sentence.\n", encoding="utf-8")
    monkeypatch.setenv("PARALLAX_CORPUS", str(tmp_path / "other"))
    assert sources() != before
    assert len(quotings) == 2
