"""A hostile corpus at the command line and over the websocket: no formula in an export, no widget value believed."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.served import ROOT, dashboard
from tests.hostile import ATTACKS, FORMULA, hostile_corpus
from tests.session import Run, Session

PAGES = ("", "figures", "sources", "words", "read", "method")
TABLES = ("documents", "topics", "terms", "names", "figures", "claims", "attributions", "voices", "coverage", "brief")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_corpus(tmp_path_factory.mktemp("hostile") / "corpus")


@pytest.fixture(scope="module")
def attacked(hostile: Path) -> Iterator[str]:
    with dashboard(str(hostile)) as served:
        yield served.url


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("table", TABLES)
def test_no_cell_of_an_export_is_a_formula(hostile: Path, table: str) -> None:
    command = [sys.executable, "-m", "analysis", table, str(hostile), "--format", "csv"]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=300).stdout.decode("utf-8-sig")
    csv.field_size_limit(1 << 24)
    rows = list(csv.reader(io.StringIO(told)))
    assert len(rows) > 1 or table == "names"
    assert [cell for row in rows for cell in row if cell.startswith(FORMULA) and not is_number(cell)] == []


def widgets(run: Run) -> Iterator[tuple[str, list[object]]]:
    """Each widget of a page and values that no browser would send for it."""
    for attack in (ATTACKS[0], ATTACKS[22], "", "9" * 400):
        for kind in ("multiselect", "button_group"):
            yield from ((each.id, [attack]) for each in run.elements(kind))
        for kind in ("selectbox", "text_input", "text_area"):
            yield from ((each.id, attack) for each in run.elements(kind))
        for kind in ("number_input", "slider"):
            yield from ((each.id, 1e308) for each in run.elements(kind))
        yield from ((each.id, ["not", "a", "date"]) for each in run.elements("date_input"))
        yield from ((each.id, '{"selection": "' + attack[:3] + '"}') for each in run.elements("plotly_chart"))
        yield from ((each.id, '{"selection":{"rows":[99999999,-1]}}') for each in run.elements("dataframe") if each.id)


@pytest.mark.parametrize("page", PAGES)
def test_no_widget_value_is_believed(attacked: str, page: str) -> None:
    with Session(attacked) as first:
        given = list(widgets(first.run(page)))
    assert given
    for widget, value in given:
        with Session(attacked) as session:
            session.run(page)
            session.set(widget, value)
            run = session.run(page)
            assert not run.failed, (widget, value)
            assert b"Traceback" not in run.sent
            for element in run.elements("html"):
                assert ATTACKS[0] not in element.body
