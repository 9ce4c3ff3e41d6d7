"""Tables as readers see them: printed words with bound and claimant, absences with their search."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.voices import concentration, voices
from dashboard import tables
from tests.conftest import made

LOOK = {"west": ("West", "#0072B2"), "east": ("East", "#D55E00")}


@pytest.mark.parametrize(
    ("bound", "verbatim", "noun", "claimant", "shown"),
    [
        ("exact", "71", "UAVs", "the air force", "“71” UAVs · the air force"),
        ("more_than", "more than 120 drones", "drones", None, "> “more than 120 drones” · the outlet itself"),
        ("approx", "about an hour", None, "the office", "≈ “about an hour” · the office"),
    ],
)
def test_a_cell_prints_the_words_the_bound_and_the_claimant(
    bound: str, verbatim: str, noun: str | None, claimant: str | None, shown: str
) -> None:
    figure = {"bound": bound, "verbatim": verbatim, "object_text": noun, "claimant": claimant}
    assert tables.cell(figure) == shown


LVIV = {
    "west": "On Monday 12 civilians were killed in Lviv. Police detained 40 protesters in Lviv.",
    "east": "On Monday 30 civilians were killed in Lviv. Police detained 40 protesters in Lviv.",
}


def shown_ledger(texts: dict[str, str], every: bool = True) -> pd.DataFrame:
    selected = made(**texts)
    return tables.ledger(tables.ranked(selected.ledger.claims, every), selected.figures, LOOK)


def test_the_ledger_has_a_column_a_side_and_conflicts_first() -> None:
    shown = shown_ledger({**LVIV, "west": LVIV["west"] + " Five homes burned down."})
    assert list(shown.columns) == ["item", "Quantity", "Status", "West", "East", "Ratio", "Gap"]
    assert list(shown["Status"]) == ["Conflict", "One side only", "Agree"]
    assert list(shown["Ratio"]) == ["2.5 times", "—", "1 times"]
    assert list(shown["Gap"]) == ["18", "—", "0"]
    assert "“12” civilians" in shown["West"][0]
    assert "“30” civilians" in shown["East"][0]
    assert shown["East"][1] == "—"


def test_the_ledger_leaves_out_what_agrees_unless_all_is_asked_for() -> None:
    assert list(shown_ledger(LVIV, every=False)["Status"]) == ["Conflict"]


def test_wider_conflicts_stand_higher() -> None:
    selected = made(
        west="On Monday 12 civilians were killed in Lviv. Police detained 40 protesters in Lviv.",
        east="On Monday 30 civilians were killed in Lviv. Police detained 900 protesters in Lviv.",
    )
    shown = tables.ledger(tables.ranked(selected.ledger.claims), selected.figures, LOOK)
    assert list(shown["Ratio"]) == ["22.5 times", "2.5 times"]


def test_marks_of_the_range_chart_keep_every_figure_of_the_quantities_asked_for() -> None:
    selected = made(west="They shot down 71 drones. It lasted two hours.", east="They shot down 60 drones.")
    aligned = selected.ledger
    items = list(tables.ledger(aligned.claims, selected.figures, LOOK)["item"])
    marks = tables.claim_marks(aligned.claims, selected.figures, items)
    listed = [figure for sides in aligned.claims["figures"] for ids in sides.values() for figure in ids]
    assert sorted(marks["item"]) == sorted(f"figure:{figure}" for figure in listed)
    assert marks["axis"].iloc[0] == "Counts"
    first = tables.claim_marks(aligned.claims, selected.figures, items[:1])
    assert {f"claim:{claim}" for claim in first["claim"]} == set(items[:1])


def test_figures_of_a_claimant_in_several_articles_are_one_line_and_one_mark() -> None:
    texts = ["The army said it shot down 71 drones."] * 3 + [
        f"The army said it shot down {n} drones." for n in (60, 62, 64)
    ]
    selected = made(west=texts, east="It rained.")
    claim = {"id": "c", "object": "uav", "measure": "shot_down", "place": None, "day": None, "status": "one_side"}
    claims = pd.DataFrame([{**claim, "figures": {"west": list(selected.figures["id"])}, "pairs": []}])
    cell = tables.ledger(claims, selected.figures, LOOK)["West"].iloc[0]
    assert cell == "“64” drones · army (last of 6 reports in 6 articles, 60 to 71)"
    marks = tables.claim_marks(claims, selected.figures, ["claim:c"])
    assert list(marks["item"]) == ["claim:c"]
    assert list(marks["verbatim"]) == ["64"]


def test_of_several_claimants_each_has_its_latest_figure_with_its_reports() -> None:
    figures = dated(
        ("west", "2025-03-02", "The army said it shot down 60 drones."),
        ("west", "2025-03-01", "The army said it shot down 71 drones."),
        ("west", "2025-03-03", "Police said 40 drones were shot down."),
    ).assign(document=["d1", "d0", "d2"])
    claim = {"id": "c", "object": "uav", "measure": "shot_down", "place": None, "day": None, "status": "one_side"}
    claims = pd.DataFrame([{**claim, "figures": {"west": list(figures["id"])}, "pairs": []}])
    cell = tables.ledger(claims, figures, LOOK)["West"].iloc[0]
    assert cell == "“40” drones · Police; “60” drones · army (latest of 2 reports in 2 articles, 60 to 71)"
    assert list(tables.claim_marks(claims, figures, ["claim:c"])["verbatim"]) == ["40", "60"]


def test_of_many_claimants_of_a_side_those_heard_last_are_drawn() -> None:
    days = [f"2025-03-{day:02}" for day in range(1, tables.DRAWN + 4)]
    told = dated(*(("west", day, f"The army said it shot down {60 + n} drones.") for n, day in enumerate(days)))
    figures = told.assign(
        document=[f"d{n}" for n in range(len(told))], claimant=[f"voice {n}" for n in range(len(told))]
    )
    claim = {"id": "c", "object": "uav", "measure": "shot_down", "place": None, "day": None, "status": "one_side"}
    claims = pd.DataFrame([{**claim, "figures": {"west": list(figures["id"])}, "pairs": []}])
    drawn = tables.claim_marks(claims, figures, ["claim:c"])["date"]
    assert list(drawn) == days[::-1][: tables.DRAWN]


def test_of_many_reports_of_a_claimant_the_latest_are_drawn() -> None:
    count = tables.REPORTS + 5
    told = pd.DataFrame({"side": "west", "who": ["army"] * count + ["police"], "item": "i", "value": range(count + 1)})
    assert list(tables.most_frequent(told, 2)["value"]) == list(range(5, count + 1))


def test_a_strip_goes_from_launched_to_shot_down_to_hit() -> None:
    text = "More than 120 drones were launched; 71 drones were shot down. Six drones hit the port."
    selected = made(west=text, east="It rained.")
    row = tables.contrasts(selected.ledger.contrasts, selected.figures, LOOK).iloc[0]
    assert row["Share"] == "at most 59 %"
    assert [(value, fill) for _, value, fill in row["bars"]] == [(120, "indirect"), (71, "direct"), (6, "mixed")]
    assert "more than 120" in row["bars"][0][0].casefold()


def dated(*given: tuple[str, str | None, str]) -> pd.DataFrame:
    """The figures of texts of (side, day, text)."""
    tables_ = []
    for number, (side, day, text) in enumerate(given):
        own = made(**{side: text}).figures
        tables_.append(own.assign(date=day, id=own["id"] + f"/{number}"))
    return pd.concat(tables_, ignore_index=True)


def test_a_series_holds_one_quantity_over_days_and_adds_nothing_up() -> None:
    figures = dated(
        ("west", "2025-03-01", "The flood killed 63 people, police said. It destroyed 30 homes."),
        ("west", "2025-03-02", "The flood killed 89 people, police said."),
        ("east", "2025-03-02", "The flood killed 400 people, medics said."),
        ("east", None, "The flood killed 500 people, medics said."),
    )
    series = tables.series(figures)
    (key, name), *others = tables.quantities(series).items()
    assert (name, others) == ("person, killed", [])
    told = tables.of_quantity(figures, series, key)
    assert list(told["value"]) == [63, 89, 400]
    assert list(tables.most_frequent(told, 1)["value"]) == [63, 89]
    assert tables.series(figures[figures["date"] == "2025-03-01"]).empty


def test_quantities_of_several_sides_come_before_more_frequent_ones_of_one() -> None:
    figures = dated(
        ("west", "2025-03-01", "The flood destroyed 30 homes. The flood killed 63 people, police said."),
        ("west", "2025-03-02", "The flood destroyed 31 homes."),
        ("west", "2025-03-03", "The flood destroyed 32 homes."),
        ("east", "2025-03-02", "The flood killed 400 people, medics said."),
    )
    assert list(tables.quantities(tables.series(figures)).values()) == ["person, killed", "home, destroyed"]


def test_context_figures_come_with_their_reason() -> None:
    selected = made(west="The minister, 45, spoke. They shot down 71 drones.", east="It rained.")
    shown = tables.context(selected.figures, LOOK)
    assert not any("71" in printed for printed in shown["As printed"])
    assert shown["Why it is not compared"].all()
    assert len(shown) == (~selected.figures["comparable"].astype(bool)).sum() > 0


def coverage_row(**changes: object) -> dict[str, object]:
    row = {"kind": "figure", "what": "71 UAVs, shot down", "side": "east", "absent_from": "west", "near": 0,
           "searched_for": ["UAV", "drone"], "searched_documents": 1, "searched_passages": 9, "miss": "",
           "item": "claim:1"}  # fmt: skip
    return {**row, **changes}


def test_an_absence_names_every_side_without_it_and_what_was_searched() -> None:
    look = {**LOOK, "south": ("South", "#009E73")}
    coverage = pd.DataFrame(
        [coverage_row(), coverage_row(absent_from="south", searched_documents=12, near=1, miss="a " * 200),
         coverage_row(what="six UAVs", item="claim:2")]
    )  # fmt: skip
    shown = tables.absences(coverage, look)
    assert len(shown) == 2
    row = shown.iloc[0]
    assert row["Reported by"] == "East"
    assert row["Not in"] == "1 West article, 9 passages; 12 South articles, 9 passages"
    assert len(row["Nearest miss"]) <= 162
    assert row["Searched for"] == "UAV, drone"
    assert list(shown["One of the words stands in"]) == ["1 passage", "none"]


def test_a_grid_shows_the_most_used_camps_and_keeps_the_unknown_last() -> None:
    names = ["unknown", *(f"camp_{number}" for number in range(9))]
    cells = [
        {"side": "west", "camp": name, "stance": "neutral", "cue_lemma": "say", "attributions": 20 - at, "total": 30}
        for at, name in enumerate(names)
    ]
    table = tables.grid(pd.DataFrame(cells))
    assert table.sort_values("place")["camp_label"].tolist() == [f"Camp {number}" for number in range(6)]
    few = tables.grid(pd.DataFrame(cells[:3]))
    assert few.sort_values("place")["camp_label"].tolist() == ["Camp 0", "Camp 1", "Unknown"]
    assert few["item"].iloc[0] == "verb:west|unknown|say"


def test_voices_show_how_a_name_was_printed_and_which_were_not_found() -> None:
    table = voices(
        made(west='The mayor, Ann Brook, said it was "safe". Brook denied it was late.', east="One man said so.")
    )
    shown = tables.voices(table, LOOK).set_index("Side")
    assert shown.loc["West", "Printed as"] == "The mayor, Ann Brook · Brook"
    assert shown.loc["West", "Words quoted"] == 1
    assert shown.loc["East", "Cases"] == "few cases"


def test_each_measure_of_concentration_opens_what_it_counts() -> None:
    selected = made(west="Police said it was late. One man said it was loud.", east="It rained.")
    shown, items = tables.concentration(concentration(selected), LOOK)
    at = shown["Measure"].tolist().index("Official sources")
    assert shown.loc[at, "West"] == "1 of 2: 50% (9% to 91%)"
    assert items[at] == {"West": "official:west", "East": "official:east"}
    assert shown["East"].iloc[0] == "0, few cases"
    assert shown.loc[at, "East"] == "—", "no share of nothing"


def test_a_headline_says_whether_its_voice_is_cited_below() -> None:
    table = pd.DataFrame(
        [("west", "Post", "d", "Oslo confirms", "Oslo", "norway", "state", "confirm", "assertive", "indirect",
          "d:a1", 0)],
        columns=["side", "outlet", "document", "title", "voice", "camp", "source_type", "cue_lemma", "stance", "quote",
                 "attribution", "in_text"],
    )  # fmt: skip
    row = tables.headlines(table, LOOK).iloc[0]
    assert (row["item"], row["Verb"], row["Same voice in the text"]) == (
        "attribution:d:a1",
        "confirm · assertive",
        "not cited",
    )


def test_a_chain_names_both_voices_and_whom_it_counts_for() -> None:
    table = pd.DataFrame(
        [("west", "The agency", "residents", "d:a2", "d:a1")],
        columns=["side", "outer", "inner", "attribution", "outer_attribution"],
    )
    row = tables.chains(table, LOOK).iloc[0]
    assert (row["item"], row["Chain"], row["Counted once, for"]) == (
        "chain:d:a2",
        "The agency → residents",
        "The agency",
    )
