"""Voices: who is cited on which side, how, and what is left unattributed."""

from __future__ import annotations

import pytest
from scipy.stats import norm

from analysis.corpus import SIDE_COLORS, Corpus, Document, Side
from analysis.reading import Reading, Selected
from analysis.selection import Selection
from analysis.voices import (
    camps,
    chains,
    concentration,
    headlines,
    quoting,
    source_types,
    stances,
    verbs,
    voices,
    wilson,
)
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


def test_a_voice_s_share_has_an_interval_and_says_when_cases_are_few(bridge: Selected) -> None:
    row = voices(bridge).set_index(["side", "source_name"]).loc[("north", "Ann Brook")]
    assert (row["share"], row["low"], row["high"]) == pytest.approx(wilson(2, 3))
    assert row["few_cases"]
    many = made(north=" ".join(f"Ann Brook said the {thing} was safe." for thing in "abcdefghij"), south="Rain.")
    assert not voices(many)["few_cases"].any()


def test_a_resolved_name_keeps_how_it_was_printed(bridge: Selected) -> None:
    row = voices(bridge).set_index(["side", "source_name"]).loc[("north", "Ann Brook")]
    assert row["resolved"]
    assert row["printed"] == ["The mayor, Ann Brook", "Brook"]


def test_passages_by_the_fullest_quotation(bridge: Selected) -> None:
    table = quoting(bridge).set_index(["side", "quote"])["passages"]
    assert table["north"].to_dict() == {"direct": 1, "mixed": 0, "indirect": 1, "unattributed": 1}
    assert table["south"].to_dict() == {"direct": 0, "mixed": 0, "indirect": 1, "unattributed": 0}
    row = quoting(bridge).set_index(["side", "quote"]).loc[("north", "direct")]
    assert (row["share"], row["low"], row["high"]) == pytest.approx(wilson(1, 3))
    assert row["few_cases"]


def test_verbs_by_side(bridge: Selected) -> None:
    table = verbs(bridge)
    south = table[table["side"] == "south"]
    assert south["cue_lemma"].tolist() == ["claim"]
    assert south["stance"].tolist() == ["distancing"]
    assert table["attributions"].sum() == (bridge.attributions["level"] == 1).sum()


def test_stances_are_shared_out_within_a_side_and_camp(selected: Selected) -> None:
    table = stances(selected)
    assert table.groupby(["side", "camp"])["share"].sum().tolist() == pytest.approx([1] * len(camps(selected)))
    for row in table.itertuples():
        assert sum(count for _, count in row.verbs) == row.attributions
        assert row.few_cases == (row.total < 10)
    by_verb = verbs(selected).groupby(["side", "camp", "stance"])["attributions"].sum()
    assert by_verb.to_dict() == table.set_index(["side", "camp", "stance"])["attributions"].to_dict()


def test_one_camp_may_confirm_while_the_other_claims() -> None:
    told = made(
        north="Norwegian officials confirmed the bridge was safe. Danish officials claimed it was not.",
        south="Danish officials confirmed it was not safe.",
    )
    shown = {(row.side, row.camp, row.stance): row.verbs for row in stances(told).itertuples()}
    assert shown == {
        ("north", "norway", "assertive"): (("confirm", 1),),
        ("north", "denmark", "distancing"): (("claim", 1),),
        ("south", "denmark", "assertive"): (("confirm", 1),),
    }


def test_official_sources_are_those_the_lexicon_says() -> None:
    told = made(north="Police said it was late. The governor said so too. Residents said it was loud.", south="Rain.")
    official = source_types(told).set_index("source_type")["official"].to_dict()
    assert official == {"justice": True, "local_official": True, "public": False}
    assert concentration(told).set_index("side").loc["north", "official_count"] == 2


def test_words_quoted_add_up_however_they_are_shared_out(selected: Selected) -> None:
    said = selected.reading.voiced
    whole = said.loc[said["level"] == 1, "words_quoted"].sum()
    assert whole > 0
    for table in (voices, camps, source_types, stances, verbs, concentration):
        assert table(selected)["words_quoted"].sum() == whole, table.__name__


def test_a_headline_says_whether_the_text_cites_the_voice_too() -> None:
    corpus = Corpus(
        "made",
        (Side("north", "North", SIDE_COLORS[0]),),
        (
            Document("a", "north", "Post", "Brook says bridge is safe", "The mayor, Ann Brook, said it was safe."),
            Document("b", "north", "Post", "Oslo confirms delay", "Residents said it was late."),
        ),
    )
    told = Selected(Reading(corpus), Selection())
    shown = [(row.document, row.voice, row.cue_lemma, row.in_text) for row in headlines(told).itertuples()]
    assert shown == [("a", "Ann Brook", "say", 1), ("b", "Oslo", "confirm", 0)]
    assert voices(told)["headlines"].sum() == 2
    assert concentration(told)["headline_count"].tolist() == [2]


def test_concentration(bridge: Selected) -> None:
    north = concentration(bridge).set_index("side").loc["north"]
    assert north["top_voice"] == "Ann Brook"
    assert north["top_share"] == pytest.approx(2 / 3)
    assert north["herfindahl"] == pytest.approx((2 / 3) ** 2 + (1 / 3) ** 2)
    assert north["few_cases"]


@pytest.mark.parametrize(("count", "total"), [(0, 7), (3, 10), (50, 80), (6, 6)])
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
    for table in (voices, camps, source_types, stances, verbs, headlines, chains):
        assert table(silent).empty, table.__name__
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
