"""The names of days and months: each list is found by its examples, as words and as patterns."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from analysis.calendar import MONTH, WEEKDAY, calendar_words, day_names

ENTRIES = tomllib.loads((Path(__file__).parent.parent / "analysis/lexicons/calendar.toml").read_text("utf-8"))
PATTERNS = {"weekdays": WEEKDAY, "months": MONTH}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind in ENTRIES for text in ENTRIES[kind]["examples"]])
def test_each_list_is_found_in_its_examples(kind: str, text: str) -> None:
    names = {name.lower() for name in (*ENTRIES[kind]["names"], *ENTRIES[kind]["short"])}
    assert names & set(re.findall(r"\w+", text.lower()))
    assert names <= calendar_words()
    assert kind not in PATTERNS or re.search(rf"\b{PATTERNS[kind]}", text)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("on 4 Sept. in Lima", "Sept."),
        ("on Sep 4", "Sep"),
        ("in March.", "March"),
        ("Marta left", None),
        ("Dec", "Dec"),
    ],
)
def test_a_month_is_taken_with_the_stop_that_shortens_it(text: str, printed: str | None) -> None:
    found = re.search(MONTH, text)
    assert (found.group() if found else None) == printed


def test_days_in_full_are_no_words_of_another_kind() -> None:
    assert {"monday", "may", "december"} <= day_names()
    assert not {"sun", "mar", "easter", ""} & day_names()
