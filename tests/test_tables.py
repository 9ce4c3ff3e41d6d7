"""Tables as readers see them: printed words with bound and claimant, absences with their search."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.claims import ledger
from dashboard import tables
from tests.conftest import made

LOOK = {"west": ("West", "#0072B2"), "east": ("East", "#D55E00")}


@pytest.mark.parametrize(
    ("bound", "verbatim", "noun", "claimant", "shown"),
    [
        ("exact", "71", "UAVs", "the air force", "“71 UAVs” · the air force"),
        ("more_than", "more than 120 drones", "drones", None, "> “more than 120 drones” · the outlet itself"),
        ("approx", "about an hour", None, "the office", "≈ “about an hour” · the office"),
    ],
)
def test_a_cell_prints_the_words_the_bound_and_the_claimant(
    bound: str, verbatim: str, noun: str | None, claimant: str | None, shown: str
) -> None:
    figure = {"bound": bound, "verbatim": verbatim, "object_text": noun, "claimant": claimant}
    assert tables.cell(figure) == shown


def test_the_ledger_has_a_column_a_side_and_conflicts_first() -> None:
    selected = made(
        west="On Monday 12 civilians were killed in Lviv. Police detained 40 protesters in Lviv.",
        east="On Monday 30 civilians were killed in Lviv.",
    )
    aligned = ledger(selected.figures)
    shown = tables.ledger(aligned.claims, selected.figures, LOOK)
    assert list(shown.columns[2:5]) == ["Quantity", "West", "East"]
    assert set(shown["item"]) == {f"claim:{claim}" for claim in aligned.claims["id"]}
    statuses = [list(tables.STATUS.values()).index(status) for status in shown["Status"]]
    assert statuses == sorted(statuses)
    printed = " ".join(shown["West"]) + " ".join(shown["East"])
    for verbatim in selected.figures["verbatim"]:
        assert verbatim in printed


def test_marks_of_the_range_chart_keep_every_figure_of_the_ledger() -> None:
    selected = made(west="They shot down 71 drones. It lasted two hours.", east="They shot down 60 drones.")
    aligned = ledger(selected.figures)
    marks = tables.claim_marks(aligned.claims, selected.figures)
    listed = [figure for sides in aligned.claims["figures"] for ids in sides.values() for figure in ids]
    assert sorted(marks["item"]) == sorted(f"figure:{figure}" for figure in listed)
    assert marks["axis"].iloc[0] == "Counts"


def test_repeated_figures_are_counted_in_a_cell_and_one_mark_in_the_chart() -> None:
    texts = ["The army said it shot down 71 drones."] * 3 + [
        f"The army said it shot down {n} drones." for n in (60, 62, 64)
    ]
    selected = made(west=texts, east="It rained.")
    claim = {"id": "c", "object": "uav", "measure": "shot_down", "place": None, "day": None, "status": "one_side"}
    claims = pd.DataFrame([{**claim, "figures": {"west": list(selected.figures["id"])}, "pairs": []}])
    cell = tables.ledger(claims, selected.figures, LOOK)["West"].iloc[0]
    assert "71 drones” · army (×3)" in cell
    assert cell.endswith("and 1 more")
    marks = tables.claim_marks(claims, selected.figures)
    assert marks["item"].iloc[0] == "claim:c"
    assert [item.split(":")[0] for item in marks["item"]] == ["claim", "figure", "figure", "figure"]


def test_an_absence_says_what_was_searched_and_where() -> None:
    coverage = pd.DataFrame(
        [("figure", "71 UAVs", "east", "west", ["UAV", "drone"], 1, 25, "claim:1")],
        columns=[
            "kind",
            "what",
            "side",
            "absent_from",
            "searched_for",
            "searched_documents",
            "searched_passages",
            "item",
        ],
    )
    row = tables.absences(coverage, LOOK).iloc[0]
    assert row["Reported by"] == "East"
    assert row["Not in"] == "West: 1 article, 25 passages"
    assert row["Searched for"] == "UAV, drone"


def test_spellings_stand_side_by_side() -> None:
    table = pd.DataFrame(
        [("Kyiv/Kiev", "place", "west", "Kyiv", 5), ("Kyiv/Kiev", "place", "east", "Kiev", 6)],
        columns=["entity", "kind", "side", "variant", "count"],
    )
    row = tables.variants(table, LOOK).iloc[0]
    assert (row["item"], row["West"], row["East"]) == ("name:Kyiv/Kiev", "Kyiv (5)", "Kiev (6)")
