"""What a person reads in the seed's two articles, and the tables must say."""

from __future__ import annotations

import re

import pytest

from analysis.reading import Selected
from analysis.spellings import spellings
from analysis.terms import keyness
from analysis.voices import voices

FIGURES = [
    ("russian", "more than 120", 120, "more_than", "launched", "air force"),
    ("russian", "six", 6, "exact", "shot_down", "air force"),
    ("russian", "71", 71, "exact", "shot_down", "air force"),
    ("russian", "one", 1, "exact", "killed", "Zelensk"),
    ("russian", "four", 4, "exact", "injured", "Zelensk"),
    ("russian", "two", 2, "exact", "injured", "Chernigov"),
    ("russian", "16", 16, "exact", None, "eyewitnesses"),
    ("western", "around a fifth", 0.2, "approx", "held", None),
    ("western", "more than an hour", 1, "more_than", None, None),
    ("western", "about an hour", 1, "approx", None, "Zelensk"),
    ("western", "billions of dollars", None, "vague", None, None),
]


@pytest.mark.parametrize(("side", "verbatim", "point", "bound", "measure", "claimant"), FIGURES)
def test_figures(
    selected: Selected,
    side: str,
    verbatim: str,
    point: float | None,
    bound: str,
    measure: str | None,
    claimant: str | None,
) -> None:
    table = selected.figures
    rows = table[(table["side"] == side) & (table["verbatim"] == verbatim) & table["comparable"].astype(bool)]
    if measure:
        rows = rows[rows["measure"] == measure]
    assert len(rows) == 1
    row = rows.iloc[0]
    assert (row["point"] is None) if point is None else (float(row["point"]) == point)
    assert row["bound"] == bound
    if claimant:
        assert claimant in row["claimant"]


@pytest.mark.parametrize(
    "words",
    ["2014", "2022", "14-year", "third", "one of the hardest-hit", "two countries", "a meter wide, two long"],
)
def test_not_comparable(selected: Selected, words: str) -> None:
    found = 0
    for document in selected.corpus.documents:
        for match in re.finditer(re.escape(words), document.text):
            found += 1
            inside = selected.figures.query("document == @document.id and field == 'text' and comparable == True")
            overlap = (inside["start"] < match.end()) & (inside["end"] > match.start())
            assert not overlap.any()
    assert found


def test_no_conflict_between_the_sides(selected: Selected) -> None:
    claims = selected.ledger.claims
    assert set(claims["status"]) == {"one_side"}


def test_launched_against_shot_down_inside_one_side(selected: Selected) -> None:
    book = selected.ledger
    rows = book.contrasts[book.contrasts["relation"] == "launched_vs_shot_down"]
    verbatim = selected.figures.set_index("id")["verbatim"]
    assert [(verbatim[row.a], verbatim[row.b], row.share) for row in rows.itertuples()] == [
        ("more than 120", "71", "at most 59 %")
    ]


def test_the_most_cited_voice_of_each_side(selected: Selected) -> None:
    first = voices(selected).groupby("side")["source_name"].first()
    assert first["western"] == "Donald Trump"
    camps = set(voices(selected).query("side == 'russian'")["camp"])
    assert camps <= {"russia", "ukraine", "unknown"}
    assert {"russia", "ukraine"} <= camps


def test_both_styles_of_quotation_are_read(selected: Selected) -> None:
    direct = selected.attributions.query("quote == 'direct'").groupby("side").size()
    assert direct["western"] >= 3
    assert direct["russian"] >= 2


def test_terms(selected: Selected) -> None:
    table = keyness(selected.reading.counts, selected.passages.index, target="western", top=20)
    western = set(table.loc[table["score"] > 0, "term"])
    russian = set(table.loc[table["score"] < 0, "term"])
    assert {"trump", "talks", "peace", "nato"} <= western
    assert {"strike", "drone"} & russian
    assert any(term.startswith("missile") for term in russian)
    spelt = {"kyiv", "kiev", "zelenskiy", "zelensky"}
    assert not spelt & (western | russian)


def test_names(selected: Selected) -> None:
    table = spellings(selected)
    assert set(table["entity"]) == {"Kyiv/Kiev", "Zelenskiy/Zelensky"}
    sides = table.groupby("side")["variant"].apply(set)
    assert "Kyiv" in sides["western"]
    assert "Kiev" in sides["russian"]
