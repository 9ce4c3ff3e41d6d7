"""A hostile corpus at the command line and over the websocket: no formula in an export, no widget value believed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.__main__ import main
from tests.hostile import ATTACKS, FORMULA
from tests.session import Run, Session

PAGES = ("", "figures", "sources", "words", "read", "method")
TABLES = ("documents", "topics", "terms", "names", "figures", "claims", "attributions", "voices", "coverage", "brief")


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("table", TABLES)
def test_no_cell_of_an_export_is_a_formula(hostile: Path, table: str) -> None:
    told = CliRunner().invoke(main, [table, str(hostile), "--format", "csv"]).output.removeprefix("\ufeff")
    csv.field_size_limit(1 << 24)
    rows = list(csv.reader(io.StringIO(told)))
    assert len(rows) > 1 or table == "names"
    assert [cell for row in rows for cell in row if cell.startswith(FORMULA) and not is_number(cell)] == []


def widgets(run: Run) -> Iterator[tuple[str, list[object]]]:
    """Each widget of a page and values that no browser would send for it."""
    for attack in (ATTACKS[0], ATTACKS[22], "9" * 400):
        for kind in ("multiselect", "button_group"):
            yield from ((each.id, [attack]) for each in run.elements(kind))
        for kind in ("selectbox", "text_input", "text_area"):
            yield from ((each.id, attack) for each in run.elements(kind))
        for kind in ("number_input", "slider"):
            yield from ((each.id, 1e308) for each in run.elements(kind))
        yield from ((each.id, ["not", "a", "date"]) for each in run.elements("date_input"))
        picked = {"selection": {"points": [{"customdata": [attack]}], "point_indices": [0], "box": [], "lasso": []}}
        yield from ((each.id, json.dumps(picked)) for each in run.elements("plotly_chart"))
        yield from ((each.id, '{"selection":{"rows":[99999999,-1]}}') for each in run.elements("dataframe") if each.id)


@pytest.mark.parametrize("page", PAGES)
def test_no_widget_value_is_believed(attacked: str, page: str) -> None:
    with Session(attacked) as session:
        given = list(widgets(session.run(page)))
        assert given
        for widget, value in given:
            session.set(widget, value)
            run = session.run(page)
            del session.widgets[widget]
            assert not run.failed, (widget, value)
            assert b"Traceback" not in run.sent
            for element in run.elements("html"):
                assert ATTACKS[0] not in element.body
