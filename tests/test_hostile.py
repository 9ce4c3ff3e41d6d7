"""A hostile corpus at the command line and over the websocket: no formula in an export, no widget value believed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

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


def values(run: Run, attack: str) -> dict[str, Any]:
    """Each widget of a page -> a value that no browser would send for it."""
    picked = {"selection": {"points": [{"customdata": [attack]}], "point_indices": [0], "box": [], "lasso": []}}
    given = {
        "multiselect": [attack], "button_group": [attack], "selectbox": attack, "text_input": attack,
        "text_area": attack, "number_input": 1e308, "slider": 1e308, "date_input": ["not", "a", "date"],
        "plotly_chart": json.dumps(picked), "dataframe": '{"selection":{"rows":[99999999,-1]}}',
    }  # fmt: skip
    return {each.id: value for kind, value in given.items() for each in run.elements(kind) if each.id}


def check_harmless(session: Session, page: str, given: dict[str, Any]) -> None:
    """A run with these values shows the page, and nothing of them as markup."""
    for widget, value in given.items():
        session.set(widget, value)
    run = session.run(page)
    session.widgets.clear()
    assert not run.failed, given
    assert b"Traceback" not in run.sent
    assert not any(ATTACKS[0] in element.body for element in run.elements("html"))


@pytest.mark.parametrize("page", PAGES)
def test_no_widget_value_is_believed(attacked: str, page: str) -> None:
    """Each widget alone with one of the attacks, and all together with each."""
    with Session(attacked) as session:
        first = session.run(page)
        together = [values(first, attack) for attack in (ATTACKS[0], ATTACKS[22], "9" * 400)]
        assert together[0]
        for number, widget in enumerate(together[0]):
            check_harmless(session, page, {widget: together[number % len(together)][widget]})
        for given in together:
            check_harmless(session, page, given)
