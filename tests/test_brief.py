"""The brief: at most six findings by a stated rule, each with its evidence."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from analysis.brief import BADGES, MOST, findings
from analysis.reading import Reading, Selected
from analysis.selection import Selection
from tests.conftest import made

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven")


def test_the_seed_has_findings_of_several_kinds(selected: Selected) -> None:
    table = findings(selected)
    assert len(table) == MOST
    assert table["rank"].tolist() == list(range(1, MOST + 1))
    assert table["kind"].is_unique
    assert (table["evidence"].map(len) > 0).all()


def test_one_article_a_side_is_never_firm(selected: Selected) -> None:
    assert set(findings(selected)["badge"]) <= {"tentative", "too_few"}
    assert set(findings(selected)["badge"]) <= set(BADGES)


def test_links_hold_the_selection_and_the_item(reading: Reading) -> None:
    selection = Selection(topics=("strikes",))
    for row in findings(Selected(reading, selection)).itertuples():
        query = parse_qs(urlsplit(row.link).query)
        assert Selection.from_query(query) == (selection, [])
        assert query["item"] == [row.item]
        assert query["corpus"] == [reading.corpus.short_digest]


def test_a_conflict_comes_before_silence() -> None:
    made_up = made(
        north="The explosion in Oldtown killed 12 people, police said.",
        south="The explosion in Oldtown killed 30 people, police said. The fire injured five people in Newtown.",
    )
    table = findings(made_up)
    first = table[table["kind"] == "figures"].iloc[0]
    assert "different figures" in first["finding"]
    assert first["value"] == "2.5 times"


def test_nothing_to_say_is_no_finding() -> None:
    assert findings(made(north="Hm.", south="Hm.")).empty


def test_many_articles_can_be_firm() -> None:
    north = [f"The red kite rose over field number {word}." for word in NUMBERS]
    south = [f"A grey gull sat on house number {word}." for word in NUMBERS]
    table = findings(made(north=north, south=south))
    assert "firm" in set(table["badge"])
