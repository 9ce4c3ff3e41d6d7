"""Coverage: what one side lacks, and that the search behind it is told."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pytest

from analysis.corpus import Corpus, Document, Side
from analysis.coverage import absences, aligned, alignment, comparability, coverage, listed
from analysis.reading import Reading, Selected
from analysis.selection import Selection
from tests.conftest import made

NORTH = (
    "The flood killed 12 people in Oldtown, police said. Rescuers reached Oldtown on Monday with boats and tents.\n"
    "The dam broke at dawn after three days of rain in the hills, and the boats came late."
)
SOUTH = (
    "The dam broke at dawn after three days of rain in the hills, officials said.\n"
    "Parliament met in Newtown. The budget vote in Newtown was put off again because of a quarrel over taxes."
)


@pytest.fixture(scope="module")
def flood() -> Selected:
    return made(north=NORTH, south=SOUTH)


def test_a_figure_of_one_side(flood: Selected) -> None:
    table = coverage(flood)
    row = table[(table["kind"] == "figure") & (table["side"] == "north")].iloc[0]
    assert row["what"].startswith("12")
    assert row["absent_from"] == "south"
    assert "people" in row["searched_for"]
    assert (row["searched_documents"], row["searched_passages"]) == (1, 2)


def test_names_of_one_side(flood: Selected) -> None:
    table = coverage(flood)
    names = table[table["kind"] == "name"]
    assert set(zip(names["what"], names["side"], strict=True)) == {("Oldtown", "north"), ("Newtown", "south")}


def test_a_name_that_may_stand_there_in_another_form_is_not_called_absent() -> None:
    north = "Mayor Josef A. Varga Jr. opened the bridge. Then Josef A. Varga Jr. thanked the builders. Anna Varga sang."
    south = "Mayor Joe Varga opened the bridge. Then Joe Varga bowed. Later Emil Kantor sang; all praised Emil Kantor."
    table = coverage(made(north=north, south=south), kinds=("name",))
    assert table["what"].tolist() == ["Emil Kantor"]


def test_a_voice_that_may_be_cited_there_under_another_form_is_not_called_absent() -> None:
    north = "It will rain, David Brand said. It will pour, David Brand said. We shall see, Emil Kantor said."
    south = "It will snow, Dave Brand said. It will hail, Emil Kantor said. It is cold, Emil Kantor said."
    table = coverage(made(north=north, south=f"{south} It is late, Ada Moll said. It is dark, Ada Moll said."))
    assert table.loc[table["kind"] == "voice", "what"].tolist() == ["Ada Moll"]


@pytest.mark.parametrize(
    ("north", "south", "said"),
    [
        (["2024-05-01"], ["2024-05-01"], "Same day"),
        (["2024-05-01", "2024-05-02"], ["2024-05-02", "2024-05-01"], "Same days"),
        (["2024-05-01", "2024-05-02"], ["2024-05-02", "2024-05-03"], "1 of 3 days shared"),
        (["2024-05-01"], ["2024-05-02"], "No day shared"),
        ([None], ["2024-05-02"], "Days unknown"),
    ],
)
def test_comparability_says_how_many_days_are_shared(
    north: list[str | None], south: list[str | None], said: str
) -> None:
    dated = {"north": north, "south": south}
    documents = [
        Document(
            f"{side}-{number}", side, side, "Rain", "It rained on Oldtown.", date.fromisoformat(day) if day else None
        )
        for side, days in dated.items()
        for number, day in enumerate(days)
    ]
    corpus = Corpus("days", tuple(Side(side, side.title(), "#000000") for side in dated), tuple(documents))
    assert comparability(Selected(Reading(corpus), Selection()))["sentence"].startswith(f"{said}, ")


def test_figures_that_say_what_is_measured_come_first() -> None:
    north = "He was half right. The flood killed 12 people, police said."
    south = "The dam broke at dawn after three days of rain."
    table = coverage(made(north=north, south=south), kinds=("figure",))
    assert table.loc[table["side"] == "north", "what"].iloc[0].startswith("12")


def test_passages_without_counterpart(flood: Selected) -> None:
    table = coverage(flood)
    alone = table[table["kind"] == "passage"]["what"].tolist()
    assert any(text.startswith("Parliament met") for text in alone)
    assert not any("dam broke" in text for text in alone)


def test_the_search_for_an_absent_name_finds_nothing(selected: Selected) -> None:
    table = coverage(selected)
    for row in table[table["kind"].isin(["name", "term"])].itertuples():
        there = selected.passages[selected.passages["side"] == row.absent_from]
        for passage in there.itertuples():
            text = getattr(selected.corpus.document(passage.document), passage.field)[passage.start : passage.end]
            assert not re.search(rf"(?<!\w){re.escape(row.what)}(?!\w)", text, re.IGNORECASE), row.what


def test_evidence_stands_on_the_side_that_has_it(selected: Selected) -> None:
    side = selected.passages.set_index("id")["side"]
    for row in coverage(selected).itertuples():
        assert {side[passage] for passage in row.evidence} <= {row.side}
        assert row.nearest is None or side[row.nearest] == row.absent_from
        assert bool(row.miss) == (row.nearest is not None) or not row.near
        assert row.searched_for


def test_comparability_counts_shared_words(flood: Selected) -> None:
    facts = comparability(made(north="Red apples fall.", south="Green apples fall slowly."))
    assert (facts["content_words"], facts["shared_words"], facts["shared_figures"]) == (5, 2, 0)
    assert "2 of 5 content words and no figure shared" in facts["sentence"]


def test_comparability_of_the_seed(selected: Selected) -> None:
    facts = comparability(selected)
    assert facts["same_days"]
    assert facts["shared_figures"] == 0
    assert facts["event"] == "different"
    assert facts["sentence"].startswith("Same day, different events: ")


def test_one_side_alone_has_nothing_to_compare() -> None:
    assert "Only one side" in comparability(made(north=NORTH))["sentence"]
    assert coverage(made(north=NORTH)).empty


def test_aligned_passages_and_what_they_share(flood: Selected) -> None:
    table = aligned(flood).set_index("passage")
    dam, vote = table.loc["north0:1"], table.loc["south0:1"]
    assert (dam["state"], dam["other"]) == ("matched", "south0:0")
    assert {"dam", "dawn", "rain"} <= set(dam["words"])
    assert (vote["state"], vote["words"]) == ("unmatched", ())


def test_alignment_is_the_same_from_both_ends_and_for_single_documents(flood: Selected) -> None:
    table = aligned(flood)
    matched = table[table["state"] == "matched"]
    assert set(zip(matched["passage"], matched["other"], strict=True)) == set(
        zip(matched["other"], matched["passage"], strict=True)
    )
    own = aligned(flood, ["north0"])
    pd.testing.assert_frame_equal(own, table[table["side"] == "north"].reset_index(drop=True))


def test_an_aligned_quantity_and_a_short_line() -> None:
    pair = made(
        north="The blast at the Oldtown mill killed 12 people, the police said on Friday.\nHe left.",
        south="The explosion in Oldtown killed 12 people on Friday, officials of the province said.",
    )
    table = aligned(pair).set_index("passage")
    assert table.loc["north0:0", "figures"] == ("12 people",)
    assert table.loc["north0:1", "state"] == "too_short"


def test_the_near_misses_of_a_quantity_are_figures_of_the_same_things_or_its_words() -> None:
    pair = made(
        north="The army shot down 71 drones near Oldtown on Friday, the ministry said.",
        south="Rebels launched 40 drones on Friday.\nThe drone factory closed.\nThe choir sang in the town hall.",
    )
    row = coverage(pair).set_index("what").loc["71 drones, shot down"]
    assert {"drones", "UAV", "71"} <= {word if word != "uav" else "UAV" for word in row["searched_for"]}
    assert (row["near"], row["nearest"], row["miss"]) == (2, "south0:0", "40 drones, launched")
    assert (row["searched_documents"], row["searched_passages"]) == (1, 3)


def test_words_are_searched_for_in_every_form_and_names_as_they_are() -> None:
    north = "The guarantees matter. She guaranteed it. A guarantee is firm. Pole met Pole and a Pole in Warsaw."
    pair = made(north=north.replace(". ", ".\n"), south="Nobody guarantees anything here.\nThe pole fell on the road.")
    table = coverage(pair)
    assert not (table["what"].str.startswith("guarant") & (table["kind"] == "term")).any()
    terms = coverage(made(north=north.replace(". ", ".\n"), south="Rain fell all day long on the road."))
    row = terms[terms["kind"] == "term"].iloc[0]
    assert row["searched_for"] == ["guarantee", "guaranteed", "guarantees"]
    assert len(row["evidence"]) == 3


def test_voices_of_one_side_who_are_only_named_on_the_other() -> None:
    pair = made(
        north="Anna Holm said the bridge was closed. Anna Holm said the road was open.",
        south="The mayor thanked Anna Holm for her work. Bernd Falk said it was late.",
    )
    table = coverage(pair)
    voice = table[(table["kind"] == "voice") & (table["side"] == "north")].iloc[0]
    assert (voice["what"], voice["near"], voice["nearest"]) == ("Anna Holm", 1, "south0:0")
    assert not (table["kind"] == "name").any()


def test_passages_of_a_story_both_sides_tell_come_first_and_the_rest_is_counted(
    flood: Selected, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(absences, "MOST_LISTED", 1)
    table = coverage(flood)
    assert (table.groupby(["kind", "side"]).size() == 1).all()
    assert table.loc[table["kind"] == "passage", "of"].tolist() == [1, 1]


def test_a_short_list_holds_the_first_of_each_kind_with_every_side_that_lacks_it() -> None:
    three = made(north=NORTH, south=SOUTH, east="A choir from Oldtown sang in the old town hall on Friday night.")
    whole, short = coverage(three), coverage(three, kinds=("name", "passage"), most=1)
    things = whole.drop_duplicates(["kind", "side", "item"])
    first = things[things["kind"].isin(["name", "passage"])].groupby(["kind", "side"], sort=False).head(1)["item"]
    expected = whole[whole["item"].isin(first)].drop(columns="id").reset_index(drop=True)
    pd.testing.assert_frame_equal(short.drop(columns="id"), expected)
    sizes = things.groupby(["kind", "side"]).size()
    assert {(row.kind, row.side): row.things for row in listed(three).itertuples() if row.things} == dict(sizes)


def test_a_filter_looks_among_the_neighbours_in_the_corpus(selected: Selected, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = aligned(selected), coverage(selected), comparability(selected)
    monkeypatch.setattr(alignment, "FEW_PASSAGES", 0)
    again = Selected(selected.reading, selected.selection)
    pd.testing.assert_frame_equal(aligned(again), expected[0])
    pd.testing.assert_frame_equal(coverage(again), expected[1])
    assert comparability(again) == expected[2]


def test_a_wire_copy_is_told() -> None:
    story = "The dam broke at dawn after three days of rain in the hills.\nBoats came late to the flooded valley below."
    facts = comparability(
        made(north=story, south=[story.replace("late", "too late"), "A choir sang in the old town hall."])
    )
    assert facts["copies"] == {"north": 1, "south": 1}
    assert facts["event"] == "same"
    assert facts["sentence"].endswith("2 articles stand nearly word for word on another side too.")
    assert comparability(made(north="A b.", south="C d."))["event"] == "unknown"


def test_too_many_passages_are_not_compared_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "MOST_PASSAGES", 1)
    pair = made(north=NORTH, south=SOUTH)
    assert aligned(pair).empty
    assert "passage" not in set(coverage(pair)["kind"])
    assert "events not compared" in comparability(pair)["sentence"]
    assert len(aligned(pair, ["north0"])) == 2


def test_no_absence_goes_without_a_search() -> None:
    pair = made(
        north="The price of bread rose by half on Friday, traders said.", south="The choir sang in the town hall."
    )
    table = coverage(pair)
    assert (table["kind"] == "figure").any()
    assert table["searched_for"].map(len).gt(0).all()
