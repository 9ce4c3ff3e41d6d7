"""Voices: who is cited on which side, how, and what is left unattributed."""

from __future__ import annotations

import pytest
from scipy.stats import norm

from analysis.reading import Selected
from analysis.voices import camps, chains, concentration, quoting, verbs, voices, wilson
from tests.conftest import made

NORTH = (
    'The mayor, Ann Brook, said the bridge was safe. "We tested every bolt," Brook said.\n'
    "Engineers denied that the tests were rushed.\n"
    "The bridge is open."
)
SOUTH = "Ann Brook claimed the bridge was safe."


@pytest.fixture(scope="module")
def bridge() -> Selected:
    return made(north=NORTH, south=SOUTH)


def test_one_row_a_voice_and_side(bridge: Selected) -> None:
    table = voices(bridge).set_index(["side", "source_name"])
    brook = table.loc[("north", "Ann Brook")]
    assert (brook["attributions"], brook["direct"], brook["indirect"]) == (2, 1, 1)
    assert brook["words_quoted"] == 4
    assert brook["share"] == pytest.approx(2 / 3)
    assert table.loc[("south", "Ann Brook"), "attributions"] == 1
    assert voices(bridge)["attributions"].sum() == (bridge.attributions["level"] == 1).sum()


def test_passages_by_the_fullest_quotation(bridge: Selected) -> None:
    table = quoting(bridge).set_index(["side", "quote"])["passages"]
    assert table["north"].to_dict() == {"direct": 1, "mixed": 0, "indirect": 1, "unattributed": 1}
    assert table["south"].to_dict() == {"direct": 0, "mixed": 0, "indirect": 1, "unattributed": 0}


def test_verbs_by_side(bridge: Selected) -> None:
    table = verbs(bridge)
    south = table[table["side"] == "south"]
    assert south["cue_lemma"].tolist() == ["claim"]
    assert south["stance"].tolist() == ["distancing"]
    assert table["attributions"].sum() == (bridge.attributions["level"] == 1).sum()


def test_concentration(bridge: Selected) -> None:
    north = concentration(bridge).set_index("side").loc["north"]
    assert north["top_voice"] == "Ann Brook"
    assert north["top_share"] == pytest.approx(2 / 3)
    assert north["herfindahl"] == pytest.approx((2 / 3) ** 2 + (1 / 3) ** 2)
    assert north["few_cases"]


@pytest.mark.parametrize(("count", "total"), [(0, 7), (3, 10), (50, 80)])
def test_wilson_interval(count: int, total: int) -> None:
    z = norm.ppf(0.975)
    share = count / total
    center = (share + z**2 / (2 * total)) / (1 + z**2 / total)
    half = z / (1 + z**2 / total) * (share * (1 - share) / total + z**2 / (4 * total**2)) ** 0.5
    assert wilson(count, total) == pytest.approx((share, center - half, center + half), abs=1e-9)


def test_no_cases_say_nothing() -> None:
    assert wilson(0, 0) == (0.0, 0.0, 1.0)


def test_an_empty_selection_has_no_voices() -> None:
    silent = made(north="Nothing here.", south="Nor here.")
    assert voices(silent).empty
    assert concentration(silent)["attributions"].tolist() == [0, 0]


def test_camps_share_out_the_attributions(selected: Selected) -> None:
    table = camps(selected)
    assert table.groupby("side")["share"].sum().tolist() == pytest.approx([1, 1])
    assert table["attributions"].sum() == (selected.attributions["level"] == 1).sum()
    assert ((table["low"] <= table["share"]) & (table["share"] <= table["high"])).all()


def test_a_report_within_a_report_is_a_chain() -> None:
    nested = made(north='The agency said that residents had claimed the road was closed. "It was loud," one man said.')
    table = chains(nested)
    assert [(row.outer.split()[-1], row.inner) for row in table.itertuples()] == [("agency", "residents")]
    assert voices(nested).set_index("source_name").loc["residents", "attributions"] == 0
