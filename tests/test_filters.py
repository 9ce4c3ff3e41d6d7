"""The filter bar: what the reader chooses is what every table is asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.selection import Selection

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("query", "selection"),
    [
        ({}, Selection()),
        ({"topic": ["strikes", "europe"]}, Selection(topics=("strikes", "europe"))),
        ({"side": ["russian"]}, Selection(sides=("russian",))),
        ({"outlet": ["rt"]}, Selection(outlets=("rt",))),
        (
            {"since": ["2025-02-12"], "until": ["2025-02-13"]},
            Selection(since=date(2025, 2, 12), until=date(2025, 2, 13)),
        ),
        ({"since": ["1999-01-01"]}, Selection(since=date(1999, 1, 1))),
        ({"text": ["  peace "]}, Selection(text="peace")),
        ({"since": ["2025-02-14"], "until": ["2025-02-12"]}, Selection()),
    ],
)
def test_the_bar_reads_as_a_selection(query: dict[str, list[str]], selection: Selection) -> None:
    app = AppTest.from_function(_bar, default_timeout=120)
    app.query_params.update(query)
    app.run()
    assert not app.exception
    assert app.session_state["read"] == selection


def _bar() -> None:
    import streamlit as st

    from dashboard import cached, filters, links

    links.follow(cached.corpus())
    filters.bar("brief")
    st.session_state["read"] = filters.selection()


def test_topics_are_chosen_by_label_and_kept_by_id() -> None:
    app = AppTest.from_function(_bar, default_timeout=120).run()
    topics = app.multiselect(key="topic")
    assert "Strikes and drones" in topics.options
    topics.set_value(["strikes"]).run()
    assert app.session_state["read"].topics == ("strikes",)
