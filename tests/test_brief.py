"""The brief: at most six findings by a stated rule, each with its evidence."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from analysis.brief import BADGES, MOST, changes, findings
from analysis.brief.finding import Finding
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
    assert first["finding"].startswith("Different figures (person, killed, ")
    assert first["rank"] == 1
    assert first["value"] == "2.5 times"


def test_nothing_to_say_is_no_finding() -> None:
    assert findings(made(north="Hm.", south="Hm.")).empty


def test_many_articles_can_be_firm() -> None:
    north = [f"The red kite rose over field number {word}." for word in NUMBERS]
    south = [f"A grey gull sat on house number {word}." for word in NUMBERS]
    table = findings(made(north=north, south=south))
    assert "firm" in set(table["badge"])


def test_one_article_a_side_is_never_called_its_side(selected: Selected) -> None:
    assert not any(re.search(r"\b(Western|Russian) texts|\bsides\b", text) for text in findings(selected)["finding"])
    few = findings(made(north=["Red kites rose. Red kites fell."] * 2, south=["A gull sat on a roof."] * 2))
    assert "these 2 North texts" in " ".join(few["finding"])


def test_findings_hold_no_word_of_judgement(selected: Selected) -> None:
    barred = re.compile(
        r"\b(wrong|right|bias\w*|propaganda|false|true|fail\w*|refus\w*|hid\w*|omit\w*)\b", re.IGNORECASE
    )
    assert not any(barred.search(text) for text in findings(selected)["finding"])


def test_the_order_is_strength_times_certainty_one_of_a_kind_first() -> None:
    weights = [Finding("a", "x", "", badge, strength, "", "").order for badge, strength in
               (("firm", 0.4), ("tentative", 0.7), ("too_few", 1.0))]  # fmt: skip
    assert weights == sorted(weights)


def test_a_share_is_firm_only_by_article_and_where_intervals_part() -> None:
    told = [
        f"Minister Anna Holm said the bridge number {word} was closed. Anna Holm said it was late." for word in NUMBERS
    ]
    other = [f"Mayor Bernd Falk said the road number {word} was open. Bernd Falk said it was fine." for word in NUMBERS]
    parted = findings(made(north=told, south=other))
    assert parted.loc[parted["kind"] == "voice", "badge"].tolist() == ["firm", "firm"]
    shared = findings(made(north=told, south=[*told[:4], *other[:3]]))
    assert "firm" not in shared.loc[shared["kind"] == "voice", "badge"].tolist()


def test_a_name_that_all_spell_alike_in_the_same_mix_is_no_difference() -> None:
    mixed = ["Kyiv was calm. Kyiv was quiet. Kiev was cold."]
    told = findings(made(north=mixed, south=mixed))
    assert "name" not in told["kind"].tolist() or told.loc[told["kind"] == "name", "rank"].max() == len(told)


def test_with_three_sides_a_term_that_one_lacks_is_told() -> None:
    other = [f"It was late on day number {word} of the year." for word in NUMBERS] * 2
    told = [f"{text} The red kite rose." for text in other]
    table = findings(made(north=told, south=told, east=other))
    assert any("is rare in East texts: 0 times" in finding for finding in table["finding"])


def test_what_a_filter_changes(reading: Reading, selected: Selected) -> None:
    chosen = Selected(reading, Selection(topics=("strikes",)))
    table = changes(chosen, selected)
    assert set(table["change"]) == {"gained", "lost", "share"}
    here, before = findings(chosen), findings(selected)
    assert set(table.loc[table["change"] == "gained", "item"]) == set(here["item"]) - set(before["item"])
    assert set(table.loc[table["change"] == "lost", "what"]) == set(
        before.loc[~before["item"].isin(here["item"]), "finding"]
    )
    words = table[table["kind"] == "words"]
    assert words["everything"].tolist() == ["778 of 1,176 (66%)", "398 of 1,176 (34%)"]
    assert changes(selected, selected).empty


def test_one_side_alone_has_no_findings() -> None:
    assert findings(made(north="The red kite rose. The red kite fell. The red kite sat.")).empty


def test_what_an_outlet_calls_itself_is_no_finding() -> None:
    north = [f"The South Post told readers of the South Post of kite number {word}." for word in NUMBERS]
    south = [f"A grey gull sat on house number {word}, and a gull on another." for word in NUMBERS]
    table = findings(made(north=north, south=south))
    told = table.loc[table["kind"] == "term", "finding"].tolist()
    assert told
    assert not any("South Post" in one.partition(" in ")[0] for one in told)


def test_full_stops_in_a_name_are_no_finding_and_another_spelling_is() -> None:
    north = "Envoys of the U.N. came to Brusk. Envoys of the U.N. left Brusk at dawn, and guards of the U.N. slept."
    south = "Envoys of the UN came to Brusk. Envoys of the UN left Brusk at dawn, and guards of the UN slept."
    assert "name" not in set(findings(made(north=north, south=south))["kind"])
    table = findings(made(north=north.replace("Brusk", "Kyiv"), south=south.replace("Brusk", "Kiev")))
    assert ["Kyiv" in row.finding for row in table.itertuples() if row.kind == "name"] == [True]


def test_many_articles_without_a_term_that_is_used_often_have_no_finding_of_terms() -> None:
    north = ["Apples fell.", "Boats sank.", "Crowds sang.", "Dogs ran.", "Elms grew."]
    south = ["Foxes hid.", "Geese flew.", "Hens sat.", "Ink ran.", "Jars broke."]
    assert "term" not in set(findings(made(north=north, south=south))["kind"])
