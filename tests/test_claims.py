"""The claim ledger on passages small enough to count by eye; swapping the sides mirrors it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

import pandas as pd
import pytest

from analysis.claims import FIGURE_COLUMNS, Ledger, ledger
from analysis.claims.counted import counted
from analysis.claims.facets import ENOUGH
from analysis.claims.facing import Facing
from analysis.claims.intervals import interval, ratio, verdict
from analysis.claims.likeness import OPEN, RIVALS, open_evidence, rival_evidence
from analysis.figures import Figure, find_figures

Text = tuple[str, str]


def figures(texts: Sequence[Text], dates: Sequence[date | None] = ()) -> pd.DataFrame:
    """One row a figure of (side, text) documents."""
    rows = []
    for number, (side, text) in enumerate(texts):
        about = {"document": f"d{number}", "side": side, "outlet": side, "date": (dates or [None] * len(texts))[number]}
        rows += [{"id": f"d{number}:{n}", **about, **asdict(figure)} for n, figure in enumerate(find_figures(text))]
    names = ["id", "document", "side", "outlet", "date", *Figure.__dataclass_fields__]
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in names})


def text_of(texts: Sequence[Text]) -> Callable[[str, str], str]:
    """The text of a document of these, by its id."""
    return lambda document, _: texts[int(document.removeprefix("d"))][1]


def made(texts: Sequence[Text], dates: Sequence[date | None] = ()) -> tuple[Ledger, dict[str, str]]:
    table = figures(texts, dates)
    return ledger(table, text_of(texts)), dict(zip(table["id"], table["verbatim"], strict=True))


def pairs(texts: Sequence[Text], dates: Sequence[date | None] = ()) -> dict[tuple[str, str], str]:
    """Verbatim figures of two sides that the ledger pairs, with its verdict."""
    found, printed = made(texts, dates)
    told = [pair for claim in found.claims["pairs"] for pair in claim]
    return {(printed[pair["a"]], printed[pair["b"]]): pair["verdict"] for pair in told}


PAIRED = [
    ("The Ardan air force said it shot down 71 drones.", "It downed 34 Ardan drones. The Ardan army denied it.", {}),
    ("At least 9 people died, raising an earlier toll of 6.", "The toll is 11.", {("At least 9", "11"): "compatible"}),
    ("Of the fever, 5,000 to 7,000 people fell ill.", "He said 64 cases were confirmed.", {}),
    ("Turnout in the run-off was 63%.", "In the first round, turnout was 49%.", {}),
    ("The fever made 60% of nurses fall ill.", "Sorel has a third of all infections.", {}),
    ("Ana Mell took 58% of the vote.", "Ana Mell won a term after winning 58% of the vote.", {("58%", "58%"): "agree"}),
    ("The deficit is 3% of gross domestic product.", "The deficit will be 4% of output.", {("3%", "4%"): "conflict"}),
    ("Rebels shot down 14 drones.", "The army said rebels downed four drones.", {("14", "four"): "conflict"}),
    ("At least 87 people died.", "Ninety-one bodies were found.", {("At least 87", "Ninety-one"): "compatible"}),
    ("Police said 27 miners were rescued.", "In all, 27 workers were saved.", {("27", "27"): "agree"}),
    ("Donors gave $61 billion.", "Donors gave $60.8 billion.", {("$61 billion", "$60.8 billion"): "agree"}),
    ("It retook 90 sq miles.", "They retook 120 sq km.", {("90 sq miles", "120 sq km"): "conflict"}),
    ("In Odesa, two people died.", "Three people died in Odessa.", {("two", "Three"): "conflict"}),
    ("Scores of people were hurt.", "The blast wounded 23 people.", {("Scores", "23"): "conflict"}),
    ("Half of the homes were damaged.", "One in four houses was damaged.", {("Half", "One in four"): "conflict"}),
    ("Turnout was 64 percent.", "They claimed turnout of 38%.", {("64 percent", "38%"): "conflict"}),
    ("All but two of the 181 passengers died.", "The crash killed 179 people.", {("two", "179"): "agree"}),
    ("Turnout was 71.3 percent.", "They put turnout at 71.34%.", {("71.3 percent", "71.34%"): "agree"}),
    ("Gunmen seized 210 pupils.", "They said 190 pupils had been abducted.", {("210", "190"): "conflict"}),
    ("Some 12,000 marchers filled the square.", "A crowd of 5,000 came.", {("Some 12,000", "5,000"): "conflict"}),
    ("The ferry was carrying 110 passengers.", "Some 140 people were on board.", {("110", "Some 140"): "conflict"}),
    ("Donors pledged $500 million.", "The conference approved $500 million.", {("$500 million",) * 2: "agree"}),
    ("The toll is 61. It had put the toll at 33 on Sunday.", "The quake killed 58.", {("61", "58"): "conflict"}),
    ("They voted 214 to 163 to adopt it.", "In all, 214 deputies backed it.", {("214", "214"): "agree"}),
    ("Police put the crowd at 15,000.", "Some 120,000 people marched.", {("15,000", "Some 120,000"): "conflict"}),
    ("It burned 4,900 hectares.", "It burned 12,000 acres.", {("4,900 hectares", "12,000 acres"): "compatible"}),
    ("Turnout was 38%.", "They put turnout at 37.8%.", {("38%", "37.8%"): "agree"}),
    ("India sanctioned 40 ships.", "Delhi blacklisted 44 vessels.", {("40", "44"): "conflict"}),
    ("They logged 87 cases, bringing the total to 3,400.", "In all, 3,900 fell ill.", {("3,400", "3,900"): "conflict"}),
    ("Jets left the Tula region. They downed 23 drones over the region.", "Over Tula region 20 drones were downed.",
     {("23", "20"): "conflict"}),
    ("Some 30 lorries entered the enclave.", "Some 42 trucks arrived.", {("Some 30", "Some 42"): "conflict"}),
    ("Cholera killed 172 people in Sudan.", "Nationwide 73 people died.", {("172", "73"): "conflict"}),
    ("A quake killed 61 people in Herat. In Farah 14 died.", "In Farah 16 people died. In Herat 63 died.",
     {("61", "63"): "conflict", ("14", "16"): "conflict"}),
    ("The court convicted 27 defendants.", "In all, 27 people were convicted.", {("27", "27"): "agree"}),
    ("They torched 13 vehicles, 10 of them police vehicles.", "A mob torched 10 police vehicles.",
     {("10", "10"): "agree"}),
    ("At least 140 people died. The quake killed 140 people, officials said.", "The quake killed 151 people.",
     {("At least 140", "151"): "compatible", ("140", "151"): "conflict"}),
    ("Clinics logged 3,417 cases since January.", "Clinics logged 3,420 cases this year.",
     {("3,417", "3,420"): "conflict"}),
    ("Wardens ringed 620 storks on the marsh.", "Guides on the marsh tagged 604 storks.", {("620", "604"): "conflict"}),
    ("A clinic in Tarsa dewormed 85 goats.", "In Tarsa 85 goats were dosed.", {("85", "85"): "agree"}),
    ("Wardens ringed 620 storks on the marsh.", "Six storks starved on the marsh.", {}),
    ("They brewed 3,000 litres of ale.", "The dairy poured away 3,000 litres of whey.", {}),
    ("A third of the looms hum.", "One in three monks is deaf.", {}),
    ("Inspectors listed 1,140 stoves.", "They counted some 1,150 stoves.", {("1,140", "some 1,150"): "compatible"}),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "expected"), PAIRED)
def test_paired(one: str, other: str, expected: dict[tuple[str, str], str]) -> None:
    assert pairs([("a", one), ("b", other)]) == expected


TRAPS = {
    "launched, shot down": ("Moscow launched 103 drones.", "The army shot down 103 drones."),
    "two sanctioning powers": ("Japan sanctioned 30 ships.", "Norway sanctioned 52 ships."),
    "two breakers of a truce": ("They accused Kenya of 27 breaches.", "Zambia violated the truce 64 times, they said."),
    "a plan, a count": ("Some 600 lorries should enter.", "Only 140 lorries entered."),
    "the year before": (
        "Exports fell to 5 million tonnes, up from 4 million a year earlier.",
        "Imports hit 9 million tonnes.",
    ),
    "capacity, people aboard": ("The boat was built to carry 90 people.", "The boat was carrying 120 people."),
    "a strike, its war": ("The strike killed 33 people.", "The war has killed 36,650 people."),
    "whose loss": ("The walkout cost the economy $500 million.", "It came at a cost of $62 million, airlines said."),
    "people and firms": ("It blacklisted 84 individuals and entities.", "It blacklisted 54 individuals."),
    "killed, injured": ("Five people were killed.", "Six people were injured."),
    "total, part": ("Nineteen people died, five of them medics.", "Two medics died."),
    "a strike, a war": ("The strike killed 30 soldiers.", "Some 31,000 soldiers have died."),
    "two givers": ("Japan gave $9 million.", "Norway gave $13 million."),
    "pledged, given": ("Donors pledged $9 million.", "Donors gave $7 million."),
    "whose dead": ("Zambia lost 410 soldiers.", "Some 1,150 Kenyan soldiers died."),
    "two officials' regions": (
        "Herat governor Ali said five people died.",
        "Farah governor Omar said two people died.",
    ),
    "two places": ("In Herat, 120 people died.", "In Farah, 22 people died."),
    "two days": ("On Monday, 12 soldiers were killed.", "Eight soldiers were killed on Tuesday."),
    "daily, cumulative": ("Some 412 people died in a day.", "More than 18,500 people have died since July."),
    "two parties' losses": ("The army destroyed 25 Russian tanks.", "The army destroyed 20 Ukrainian tanks."),
    "each, together": ("The sides exchanged 95 captives apiece.", "The sides freed 190 captives in all."),
    "two currencies": ("Donors pledged $2.5 billion.", "Donors pledged €2.1 billion."),
    "count, share": ("Some 34 missiles were intercepted.", "Some 85% of the missiles were intercepted."),
    "two kinds": ("Iran fired 30 cruise missiles.", "Iran fired 120 ballistic missiles."),
    "a kind, the class": ("Six Iskanders were shot down.", "Nine missiles were shot down."),
    "two parties' votes": ("The ruling party won 52% of the vote.", "The opposition won 49% of the vote."),
    "two answers": ("In a poll 52% want to fight on.", "In a poll 68% favour a ceasefire."),
    "more, in all": ("Another six people died.", "Nine people died."),
    "context": ("He was jailed for 12 years.", "He was jailed for nine years."),
    "denied": ("The general denied that 500 men had deserted.", "As many as 600 men deserted."),
    "subject": ("Unemployment rose to 6.2%.", "Wages rose 3.1%."),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_never_paired(trap: str) -> None:
    one, other = TRAPS[trap]
    found = pairs([("a", one), ("b", other)])
    assert not {pair for pair in found if trap != "total, part" or "Nineteen" in pair}


def test_rivals_inside_one_side_both_meet_the_other_side() -> None:
    one = "Police said 200 rebels were killed; the rebels put their losses at 12."
    other = "The rebels said a dozen of their fighters were killed."
    assert pairs([("a", one), ("b", other)]) == {("200", "a dozen"): "conflict", ("12", "a dozen"): "agree"}


def test_doubt_pairs_nothing() -> None:
    one = "The army killed 12 militants in a raid. It killed seven militants in a second raid."
    assert pairs([("a", one), ("b", "Nine militants were killed.")]) == {}


LONG = (
    "The mayor opened 12 schools. The bank lent $40 million. Some 300 trees were felled. Prices rose by 4%. "
    "The museum drew 9,000 visitors. Voters elected 61 deputies. Rain fell on 14 villages."
)


def test_values_apart_meet_in_short_articles_or_by_what_else_speaks_for_them() -> None:
    one, other = "Nine people were killed, police said.", "In the city 31 people were killed, the ministry said."
    assert pairs([("a", one), ("b", other)])
    assert ("Nine", "31") not in pairs([("a", f"{one} {LONG}"), ("b", f"{other} {LONG}")])
    one = f"Nine people were killed and 14 wounded, police said. {LONG}"
    other = f"In the city 31 people were killed and 60 wounded, the ministry said. {LONG}"
    assert ("Nine", "31") in pairs([("a", one), ("b", other)])


def test_a_superseded_count_is_kept_but_not_compared() -> None:
    one = "The shelling initially left three dead, but by Friday the death toll had risen to five."
    assert pairs([("a", one), ("b", "Four people were killed.")]) == {("five", "Four"): "conflict"}
    found, printed = made([("a", one)])
    assert [(printed[row.a], printed[row.b], row.relation) for row in found.contrasts.itertuples()] == [
        ("three", "five", "update")
    ]


CONTRASTS = [
    ("More than 120 drones were launched; 71 were shot down.", "launched_vs_shot_down", "at most 59 %"),
    ("The army fired 50 missiles, of which 40 were intercepted.", "launched_vs_shot_down", "80 %"),
    ("Police said 35,000 attended; organisers said 90,000 people attended.", "same_quantity", None),
    ("Some 60 people were hurt, 15 of them seriously.", "part_of", "23 % to 28 %"),
    ("The toll passed 3,400. The junta had reported 3,145 deaths on Thursday.", "update", None),
    ("The guild put the crowd at 90,000; police put it at 22,000.", "same_quantity", None),
    ("Rebels fired 90 drones. The army said it had shot down or jammed 70 drones.", "launched_vs_shot_down", "78 %"),
    ("At least 131 people died. Thirty-three children were killed.", "part_of", "at most 25 %"),
    ("At least 212 people were killed and 900 hurt, raising an earlier toll of 140.", "update", None),
    ("Five men were initially confirmed dead; rescuers have since found 11 bodies.", "update", None),
    ("Rebels fired 90 drones. Twelve drones were jammed.", "launched_vs_shot_down", "13 %"),
    ("Fever killed 310 people in Menta; nationwide it killed 1,240 people.", "part_of", "25 %"),
]


@pytest.mark.parametrize(("text", "relation", "share"), CONTRASTS)
def test_contrast_inside_a_side(text: str, relation: str, share: str | None) -> None:
    found, _ = made([("a", text)])
    assert list(found.contrasts[["relation", "share", "side"]].itertuples(index=False, name=None)) == [
        (relation, share, "a")
    ]


TEXTS = [
    ("a", "Officials said the strike killed seven people and injured 19. Some 103 drones came, 60 were shot down."),
    ("b", "Nine civilians were killed and about 20 wounded, media reported. The army downed 58 of 103 UAVs."),
    ("c", "Seven people died. The fire destroyed 30 homes."),
]


def told(found: Ledger) -> set[tuple[Any, ...]]:
    """What a ledger says, without ids and order."""
    return {
        (
            row.object,
            row.measure,
            row.kind,
            row.place,
            row.day,
            row.status,
            frozenset((side, frozenset(ids)) for side, ids in row.figures.items()),
            frozenset((frozenset((one["a"], one["b"])), one["verdict"], one["ratio"]) for one in row.pairs),
        )
        for row in found.claims.itertuples()
    }


NO_CONTRASTS = [
    "Eyewitnesses reported 16 explosions. The mayor reported fires, including one in a factory.",
    "Flooding killed 250 people in Sorrel. Nationwide, 121 children were killed.",
    "The ministry said 35,000 people marched. It rained. Some 40,000 people saw a concert on Sunday, the mayor said.",
    "At least 31 people drowned, the coastguard said. In neighbouring Ostmark 23 people drowned in May.",
    "The ferry sank with 31 dead, the coastguard said. In May a boat sank with 23 dead, the union said.",
]


@pytest.mark.parametrize("text", NO_CONTRASTS)
def test_no_contrast_inside_a_side(text: str) -> None:
    assert made([("a", text)])[0].contrasts.empty


def test_the_order_of_the_sides_changes_nothing() -> None:
    table = figures(TEXTS)
    turned = table.iloc[::-1].sort_values("document", ascending=False, kind="stable").reset_index(drop=True)
    assert told(ledger(turned, text_of(TEXTS))) == told(ledger(table, text_of(TEXTS)))
    assert len(told(ledger(table, text_of(TEXTS)))) > 4


def test_swapping_the_labels_mirrors_the_ledger() -> None:
    swap = {"a": "b", "b": "a", "c": "c"}
    table = figures(TEXTS)
    swapped = ledger(table.assign(side=table["side"].map(swap)), text_of(TEXTS))
    own = told(ledger(table, text_of(TEXTS)))
    mirrored = {(*row[:6], frozenset((swap[side], ids) for side, ids in row[6]), row[7]) for row in own}
    assert told(swapped) == mirrored


def test_three_sides_meet_pairwise() -> None:
    assert pairs(TEXTS)["seven", "Nine"] == "conflict"
    assert pairs(TEXTS)["seven", "Seven"] == "agree"


def test_of_many_documents_only_those_of_one_event_meet() -> None:
    quake = "A quake in Herat killed 120 people, officials in Afghanistan said."
    fire = "A fire in Manila killed nine people, the Philippines said."
    other = "Afghanistan: the Herat quake killed 98 people."
    texts = [("a", quake), ("a", fire), ("b", other)]
    assert pairs(texts) == {("120", "98"): "conflict"}


def test_documents_of_distant_days_never_meet() -> None:
    texts = [("a", "Twelve people were killed."), ("b", "Nine people were killed.")]
    assert pairs(texts, [date(2025, 2, 1), date(2025, 2, 9)]) == {}
    assert pairs(texts, [date(2025, 2, 1), date(2025, 2, 2)])


def test_records_have_the_shape_of_the_interface() -> None:
    found, printed = made(TEXTS)
    records = found.to_records()
    assert list(records) == ["figures", "claims", "contrasts"]
    assert list(records["figures"][0]) == FIGURE_COLUMNS
    for claim in records["claims"]:
        assert claim["status"] in ("agree", "compatible", "conflict", "one_side")
        assert (claim["status"] == "one_side") == (len(claim["figures"]) == 1) == (not claim["pairs"])
        assert {end for pair in claim["pairs"] for end in (pair["a"], pair["b"])} <= set(printed)


def test_ids_keep_their_meaning_in_a_smaller_selection() -> None:
    rivals = "Police said 35,000 attended; organisers said 90,000 people attended."
    texts = [("a", f"{TEXTS[0][1]} {rivals}"), *TEXTS[1:]]
    table, told_by = figures(texts), text_of(texts)
    whole, part = ledger(table, told_by), ledger(table[table["document"] != "d0"], told_by)
    held = {figure: set().union(*row.figures.values()) for row in whole.claims.itertuples()
            for ids in row.figures.values() for figure in ids}  # fmt: skip
    assert set(whole.claims["id"]) <= set(held)
    assert len(part.claims) > 3
    for row in part.claims.itertuples():
        assert set().union(*row.figures.values()) <= held[row.id]
    assert list(part.contrasts["id"]) == [f"{row.a}|{row.b}" for row in part.contrasts.itertuples()]
    assert set(part.contrasts["id"]) < set(whole.contrasts["id"])


DAYS = [date(2025, 3, 1), date(2025, 3, 2), date(2025, 3, 1), date(2025, 3, 2)]


def test_articles_of_the_nearest_day_meet_and_those_of_one_side_are_one_row() -> None:
    texts = [("a", "The quake in Herat killed 410 people."), ("a", "The Herat quake killed 440 people."),
             ("b", "The quake in Herat killed 300 people."), ("b", "The Herat quake killed 320 people.")]  # fmt: skip
    found, _ = made(texts, DAYS)
    assert pairs(texts, DAYS) == {("410", "300"): "conflict", ("440", "320"): "conflict"}
    assert [sorted(map(len, sides.values())) for sides in found.claims["figures"]] == [[2, 2]]


def test_what_a_claimant_counts_every_day_is_one_row() -> None:
    texts = [("a", f"The army said the enemy lost {n} soldiers in 24 hours.") for n in (120, 127, 134)]
    found, _ = made([*texts, ("b", "It rained.")], [date(2025, 3, day) for day in (1, 4, 9, 9)])
    assert [len(sides["a"]) for sides in found.claims["figures"]] == [3]


def test_small_counts_of_two_events_stay_two_rows() -> None:
    found, _ = made([("a", "A fire in Lima killed four people."), ("a", "A crash in Oslo killed four people.")])
    assert len(found.claims) == 2


def test_the_weights_name_all_evidence() -> None:
    texts = [("a", one) for one, _, _ in PAIRED] + [("b", other) for _, other, _ in PAIRED]
    rows = counted(figures(texts).to_dict("records"), text_of(texts))
    pairs = [Facing(one, other) for one, other in combinations(rows, 2)]
    assert {name for two in pairs for name, _ in open_evidence(two)} == OPEN.keys()
    assert {name for two in pairs for name, _ in rival_evidence(two, ENOUGH)} == RIVALS.keys()


def test_no_figures_give_an_empty_ledger() -> None:
    found, _ = made([("a", "Nothing was counted."), ("b", "")])
    assert found.to_records() == {"figures": [], "claims": [], "contrasts": []}


def row(bound: str, low: Any, high: Any, point: Any, unit: str | None = None, rounding: str = "0") -> dict[str, Any]:
    """The fields of a figure row that the verdict reads."""
    ends = zip(("low", "high", "point"), (low, high, point), strict=True)
    amounts = {name: None if value is None else Decimal(value) for name, value in ends}
    return {"bound": bound, "unit": unit, "rounding": Decimal(rounding), **amounts}


VERDICTS = [
    (row("exact", "5", "5", "5"), row("exact", "5", "5", "5"), "agree"),
    (row("exact", "5", "5", "5"), row("exact", "6", "6", "6"), "conflict"),
    (row("approx", "100", "100", "100"), row("exact", "108", "108", "108"), "compatible"),
    (row("approx", "100", "100", "100"), row("exact", "111", "111", "111"), "conflict"),
    (row("at_least", "87", None, "87"), row("exact", "91", "91", "91"), "compatible"),
    (row("more_than", "100", None, "100"), row("at_most", None, "35", "35"), "conflict"),
    (row("range", "20", "25", None), row("exact", "24", "24", "24"), "compatible"),
    (row("vague", "24", "99", None), row("vague", "24", "99", None), "agree"),
    (row("exact", "3", "3", "3", "hour"), row("exact", "180", "180", "180", "minute"), "agree"),
    (row("exact", "61", "61", "61", None, "0.5"), row("exact", "60.8", "60.8", "60.8", None, "0.05"), "agree"),
]


@pytest.mark.parametrize(("one", "other", "expected"), VERDICTS)
def test_verdict(one: dict[str, Any], other: dict[str, Any], expected: str) -> None:
    assert verdict(one, other) == verdict(other, one) == expected


def test_interval_and_ratio() -> None:
    assert interval(row("approx", "100", "100", "100")).high == pytest.approx(110)
    assert ratio(row("exact", "5", "5", "5"), row("exact", "4", "4", "4")) == 1.25
    assert ratio(row("vague", "24", "99", None), row("exact", "4", "4", "4")) is None
