"""The figure reader: one-line cases, spans as printed, every lexicon entry found by its examples, odd input."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.attribution import find_attributions
from analysis.figures import Figure, find_figures, may_hold_figure, read_figures
from analysis.figures.lexicon import FOLDER
from analysis.figures.numbers import find_numbers
from analysis.figures.objects import classes, meaning_of, singular
from analysis.figures.quantities import find_quantities
from analysis.language import parse

SEED = Path(__file__).parent.parent / "seeds" / "000_0881abacc9ad58af.txt"


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def only(text: str) -> Figure:
    (figure,) = [figure for figure in find_figures(text) if figure.comparable]
    return figure


VALUES = [
    ("Twenty to 25 gunmen came.", "Twenty to 25", 20, 25, "range"),
    ("Between 30 and 40 vehicles burned.", "30 and 40", 30, 40, "range"),
    ("Some 10-12 million voters stayed away.", "Some 10-12 million", 10_000_000, 12_000_000, "range"),
    ("Three or four houses burned.", "Three or four", 3, 4, "range"),
    ("No fewer than 12 people died.", "No fewer than 12", 12, None, "at_least"),
    ("As many as 2,000 men deserted.", "As many as 2,000", None, 2000, "at_most"),
    ("Fewer than 500 people came.", "Fewer than 500", None, 500, "less_than"),
    ("Nearly 9,000 people fled.", "Nearly 9,000", 9000, 9000, "approx"),
    ("At least some 200 people died.", "At least some 200", 200, None, "at_least"),
    ("12 000 soldiers were sent.", "12 000", 12000, 12000, "exact"),
    ("Some 1,00,000 men were sent.", "Some 1,00,000", 100000, 100000, "approx"),
    ("A dozen people died.", "A dozen", 12, 12, "exact"),
    ("Dozens of people died.", "Dozens", 24, 99, "vague"),
    ("A few thousand people came.", "A few thousand", 2000, 9000, "vague"),
    ("One in four homes was damaged.", "One in four", Decimal("0.25"), Decimal("0.25"), "exact"),
    ("85 per cent of the homes were damaged.", "85 per cent", Decimal("0.85"), Decimal("0.85"), "exact"),
    ("Half of the homes were damaged.", "Half", Decimal("0.5"), Decimal("0.5"), "exact"),
    ("The firm paid €3.5m.", "€3.5m", 3_500_000, 3_500_000, "exact"),
    ("It cost US$2 billion.", "US$2 billion", 2_000_000_000, 2_000_000_000, "exact"),
    ("The fund gave 50 billion euros.", "50 billion euros", 50_000_000_000, 50_000_000_000, "exact"),
    ("All but three of the 96 passengers died.", "three", 93, 93, "exact"),
    ("Over six hundred troops took part.", "Over six hundred", 600, None, "more_than"),
    ("About 2½ million people fled.", "About 2½ million", 2_500_000, 2_500_000, "approx"),
    ("It’s said that “12 people” died.", "12", 12, 12, "exact"),
]


@pytest.mark.parametrize(("text", "verbatim", "low", "high", "bound"), VALUES)
def test_value_and_bound(text: str, verbatim: str, low: Any, high: Any, bound: str) -> None:
    figure = next(figure for figure in find_figures(text) if figure.comparable)
    assert (figure.verbatim, figure.low, figure.high, figure.bound) == (verbatim, low, high, bound)


MEANINGS = [
    ("Air defences shot down six Iskanders and 71 UAVs.", [("iskander", "shot_down"), ("uav", "shot_down")]),
    ("The blast killed five and wounded 12.", [("person", "killed"), ("person", "injured")]),
    ("They sent 103 drones, of which 60 were shot down.", [("uav", "launched"), ("uav", "shot_down")]),
    ("It downed 58 of 103 unmanned aerial vehicles.", [("uav", "shot_down"), ("uav", "launched")]),
    ("The shelling left three dead.", [("person", "killed")]),
    ("The number of fatalities rose to five.", [("person", "killed")]),
    ("The strikes resulted in one death and four injuries.", [("person", "killed"), ("person", "injured")]),
    ("Nineteen people died, five of them medics.", [("person", "killed"), ("medic", "killed")]),
    ("Gunmen attacked farmers, killing nine of them.", [("farmer", "killed")]),
    (
        "Police said that one man was killed in a blast in which one woman was hurt.",
        [("person", "killed"), ("woman", "injured")],
    ),
    ("More than 300 drones and missiles were fired.", [("projectile", "launched")]),
    ("Police arrested 76 planners.", [("planner", "detained")]),
    ("A 600-strong force crossed the river.", [("soldier", "deployed")]),
    ("The talks lasted about an hour.", [(None, "lasted")]),
    ("Forty-two percent back a ceasefire.", [("respondent", "support")]),
    ("The bank approved a $5 million facility.", [("money", "aid_total")]),
    ("The fire burned 300 hectares.", [("territory", "burned")]),
    ("A barge carrying 64 nuns overturned.", [("nun", "aboard")]),
    ("The hall can hold 900 people.", [("person", "capacity")]),
    ("They pardoned 31 men convicted of theft.", [("person", "released")]),
    ("Clinics treated 31 men wounded in the raid.", [("person", "injured")]),
    ("All 62 people on board were killed.", [("person", "killed")]),
    ("Rescuers pulled out 26 trapped miners.", [("miner", "rescued")]),
    ("Two houses burned, and over 30 people were moved to tents.", [("house", "destroyed"), ("person", "evacuated")]),
    ("They hit eight bridges with at least 20 drones.", [("bridge", "struck"), ("uav", "launched")]),
    ("The bill was backed by 245 deputies.", [("deputy", "voted_for")]),
    ("The bill passed by 88 votes to 71.", [("vote", "voted_for"), ("vote", "voted_against")]),
    ("Turnout was 61 percent, down from 68 percent.", [("voter", "turnout"), ("voter", "turnout")]),
    ("The bill passed 88 to 71.", [("lawmaker", "voted_for"), ("lawmaker", "voted_against")]),
    (
        "They downed four jets: three Falcons, one Kite.",
        [("warplane", "shot_down"), ("falcon", "shot_down"), ("kite", "shot_down")],
    ),
    ("Lima got back the bodies of 12 sailors.", [("body", "returned")]),
    (
        "Some 30 rebels held three classrooms; nine of them died.",
        [("rebel", "held"), ("classroom", "held"), ("fighter", "killed")],
    ),
    ("The order froze assets worth €9 million.", [("money", "frozen")]),
    ("Army fires 60 drones at the port.", [("uav", "launched")]),
    ("The troops killed or wounded 900 rebels.", [("rebel", "killed_or_injured")]),
    ("The rebels broke the truce 17 times.", [("violation", "reported")]),
    ("They freed 12 prisoners of war.", [("prisoner_of_war", "released")]),
    ("Rescuers reported nine dead.", [("person", "killed")]),
    ("Police closed nine kiosks. The number of deaths stands at 173.", [("kiosk", "closed"), ("person", "killed")]),
    ("The deficit would be at least 4% of output.", [(None, "deficit")]),
    ("His challenger, Lee Moss, was backed by 36% at the election.", [(None, "vote_share")]),
    ("A blast killed 12 people. Another 40 were hurt.", [("person", "killed"), ("person", "injured")]),
]


@pytest.mark.parametrize(("text", "expected"), MEANINGS)
def test_object_and_measure(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert [(figure.object, figure.measure) for figure in find_figures(text) if figure.comparable] == expected


CLAIMANTS = [
    ("Twelve people died, police said.", "police"),
    ("The ministry logged 412 cases in a day.", "The ministry"),
    ("Yerevan reported knocking out 15 armoured vehicles.", "Yerevan"),
    ("Intelligence put the death toll at 300.", "Intelligence"),
    ("Over 70 drones were launched overnight, officials said, and then it was quiet.", "officials"),
    ("Of the 55 missiles fired overnight, the air force said 47 had been destroyed.", "air force"),
    ("After talking for more than an hour, the minister said peace was near.", None),
    ("Twelve people died in the fire.", None),
    ("Some 90 people died, the guild said; police put the toll at 12.", "guild"),
    ("Nine were confirmed dead by Friday evening.", None),
    ("The flood claimed the lives of two nuns.", None),
    ("Some 40 nuns fell ill, officials said on Friday, an increase of nine.", "officials"),
]


def test_a_subject_that_counts_has_the_kind_of_its_words() -> None:
    text = "Officials in the valley reported a fire, resulting in three deaths. Hospitals counted 40 wounded."
    kinds = [figure.claimant_kind for figure in find_figures(text) if figure.claimant]
    assert kinds[0] == "unnamed_official"


@pytest.mark.parametrize(("text", "claimant"), CLAIMANTS)
def test_claimant(text: str, claimant: str | None) -> None:
    found = next(figure for figure in find_figures(text) if figure.comparable).claimant
    assert (found is None) == (claimant is None)
    assert claimant is None or set(claimant.casefold().split()) & set(str(found).casefold().split())


def test_who_puts_a_number_beside_a_report_gives_it() -> None:
    found = find_figures("Some 40 people died, police said, while rebels put the toll at 90.")
    assert [figure.claimant for figure in found] == ["police", "rebels"]


CONTEXTS = [
    ("Children under five died of hunger.", "age"),
    ("Doctors told patients over 65 to stay at home.", "age"),
    ("It rejected as baseless the rebels’ claim that 90 men had died.", "denied"),
    ("His son, 56, left.", "age"),
    ("The oldest is a 61-year-old veteran.", "age"),
    ("He was jailed for 12 years.", "sentence"),
    ("They met a 12-member delegation.", "setting"),
    ("The town lies 20 km from the border.", "setting"),
    ("A channel with 120,000 subscribers wrote so.", "source"),
    ("The course took place over four years.", "duration"),
    ("If 10,000 more troops came, all would change.", "hypothetical"),
    ("The spokesman denied that 2,000 soldiers had deserted.", "denied"),
    ("Two officials said so.", "source"),
    ("Some 600 lorries should enter daily.", "hypothetical"),
    ("It was three times the official count.", "setting"),
]


@pytest.mark.parametrize(("text", "reason"), CONTEXTS)
def test_context_is_shown_but_not_comparable(text: str, reason: str) -> None:
    (figure,) = find_figures(text)
    assert (figure.comparable, figure.context) == (False, reason)


@pytest.mark.parametrize("text", table("contexts")["ages"]["examples"])
def test_ages(text: str) -> None:
    assert find_figures(text)[0].context == "age"


@pytest.mark.parametrize("text", table("contexts")["examples"]["texts"])
def test_no_figure_at_all(text: str) -> None:
    assert find_figures(text) == []


SCOPES = [
    ("In Kherson, three residents were killed on Thursday.", "place", "Kherson"),
    ("In Kherson, three residents were killed on Thursday.", "day", "Thursday"),
    ("In Lipka, three residents were killed on 12 Jun.", "day", "12 Jun."),
    ("The army destroyed 22 Armenian vehicles.", "owner", "Armenia"),
    ("Kyiv says Moscow has lost 600 soldiers.", "owner", "Russia"),
    ("The European Union sanctioned 52 ships.", "owner", "European Union"),
    ("Yerevan acknowledged two deaths.", "owner", "Armenia"),
    ("They accused Kenyan troops of 27 breaches.", "owner", "Kenya"),
    ("Officials in Mexico, where 126 infections were recorded, resigned.", "place", "Mexico"),
    ("The war has killed 36,650 people.", "scope", "war"),
    ("The flood has killed 173 people since 2 August.", "day", None),
    ("It downed 34 Ardan drones. The Ardan army denied it.", "owner", "Ardan"),
    ("A block fell in the Lipka district. Nine people died there.", "place", "Lipka"),
    ("His challenger, Lee Moss, was backed by 36% at the election.", "topic", "moss"),
    ("Ministers adopted a 12 billion euro budget.", "topic", None),
    ("The toll from last week’s quake is 12.", "scope", None),
    *((text, "place", place) for text, place in table("scopes")["places"]["examples"].items()),
    *((text, "scope", scope) for scope, texts in table("scopes")["examples"].items() for text in texts),
]


@pytest.mark.parametrize(("text", "field", "expected"), SCOPES)
def test_surroundings(text: str, field: str, expected: str) -> None:
    assert getattr(next(figure for figure in find_figures(text) if figure.comparable), field) == expected


def test_the_later_count_supersedes_the_earlier() -> None:
    first, second = find_figures("The shelling initially left three dead, but by Friday the toll had risen to five.")
    assert first.superseded_by == second.number_start
    assert second.superseded_by is None


def test_a_part_points_to_its_total() -> None:
    total, part = find_figures("The army fired 250 projectiles, including at least 30 drones.")
    assert part.part_of == total.number_start


@pytest.mark.parametrize(("text", "value"), table("numbers")["examples"].items())
def test_number_words(text: str, value: str) -> None:
    assert find_numbers(text)[0].low == Decimal(value)


@pytest.mark.parametrize(("text", "ends"), table("vague")["examples"].items())
def test_vague_words(text: str, ends: list[int]) -> None:
    number = find_numbers(text)[0]
    assert [number.low, number.high] == ends


BOUNDS = [(text, bound) for bound, texts in table("bounds")["examples"].items() for text in texts]


@pytest.mark.parametrize(("text", "bound"), BOUNDS)
def test_bound_words(text: str, bound: str) -> None:
    assert find_quantities(text)[0].bound == bound


UNITS = [(word, unit, entry["dimension"]) for unit, entry in table("units").items() for word in entry["words"]]


@pytest.mark.parametrize(("word", "unit", "dimension"), UNITS)
def test_units(word: str, unit: str, dimension: str) -> None:
    quantity = find_quantities(f"It was 12{word}" if len(word) == 1 else f"It was 12 {word}")[0]
    assert (quantity.unit, quantity.kind) == (unit, dimension)


MONEY = [(f"{word}5bn", code) for code, entry in table("currencies").items() for word in entry["before"]]
MONEY += [(f"5 billion {word}", code) for code, entry in table("currencies").items() for word in entry["after"]]


@pytest.mark.parametrize(("text", "code"), MONEY)
def test_currencies(text: str, code: str) -> None:
    quantity = find_quantities(text)[0]
    assert (quantity.kind, quantity.unit, quantity.number.low) == ("money", code, 5_000_000_000)


OBJECTS = [(text, name) for name, entry in table("objects").items() for text in entry["examples"]]


@pytest.mark.parametrize(("text", "name"), OBJECTS)
def test_objects(text: str, name: str) -> None:
    words = tuple(singular(word) for word in text.split())
    meaning = meaning_of(words)
    assert meaning is not None
    assert name in classes(meaning.id)


MEASURES = [(text, entry.get("means", name)) for name, entry in table("measures").items() for text in entry["examples"]]


@pytest.mark.parametrize(("text", "name"), MEASURES)
def test_measures(text: str, name: str) -> None:
    assert name in {figure.measure for figure in find_figures(text)}


NOUNS_AND_VERBS = [
    (text, told)
    for name in ("nouns", "verbs")
    for entry in table(name).values()
    for text, told in dict(entry.get("examples") or {}).items()
]


@pytest.mark.parametrize(("text", "told"), NOUNS_AND_VERBS)
def test_nouns_and_verbs(text: str, told: dict[str, Any]) -> None:
    """What a figure of each example is read as; "" stands for what it has not."""
    read = [{field: getattr(figure, field) for field in told} for figure in find_figures(text)]
    assert {field: value if value != "" else None for field, value in told.items()} in read


CLAIMING = [
    text for name, entry in table("claiming").items() if name != "denying" for text in entry.get("examples", [])
]


@pytest.mark.parametrize("text", CLAIMING)
def test_claiming(text: str) -> None:
    assert find_figures(text)[0].claimant


def test_seed_truths() -> None:
    figures = [figure for figure in find_figures(SEED.read_text(encoding="utf-8")) if figure.comparable]
    told = {
        (figure.verbatim, figure.object, figure.measure): figure.claimant and figure.claimant.replace("’", "'")
        for figure in figures
    }
    force = "Ukraine's air force"
    assert told["more than 120", "uav", "launched"] == force
    assert told["six", "iskander", "shot_down"] == force
    assert told["71", "uav", "shot_down"] == force
    assert "Zelensky" in str(told["one", "person", "killed"])
    assert "Zelensky" in str(told["four", "person", "injured"])
    assert "Chernigov" in str(told["two", "person", "injured"])
    assert told["16", "explosion", "reported"] == "eyewitnesses"
    assert "office" in str(told["about an hour", None, "lasted"])
    assert told["more than an hour", None, "lasted"] is None
    assert told["around a fifth", "ukraine", "held"] is None
    assert {"billions of dollars"} <= {figure.verbatim for figure in figures}


def test_title_and_text_have_their_own_offsets() -> None:
    title, text = parse(["Strike kills 12", "Twelve people died, police said."])
    figures = read_figures(title, text, find_attributions(text.text))
    assert [(figure.field, figure.verbatim) for figure in figures] == [("title", "12"), ("text", "Twelve")]


ODD = ["", " ", "\n\n", "“", "12", "1" * 5000, "one " * 3000, "12-", "£", "$$ 5 %%", "\x00 5 \x07", "5 – – 6"]
ODD += ["٣٤ 人 １２ 😀", "1-" * 2000, "1," * 2000, "hundred thousand " * 500, "two and " * 500]


@pytest.mark.parametrize("text", ODD)
def test_odd_input_is_read(text: str) -> None:
    for figure in find_figures(text):
        assert text[figure.start : figure.end] == figure.verbatim


@given(st.text(alphabet=st.sampled_from("12 5.,-–%$€£½ab’“\n and of the million dozen one in four"), max_size=120))
@settings(max_examples=60, deadline=None)
def test_spans_hold_on_any_text(text: str) -> None:
    for figure in find_figures(text):
        assert text[figure.start : figure.end] == figure.verbatim
        assert figure.start <= figure.number_start < figure.number_end <= figure.end
    assert may_hold_figure(text) or not find_figures(text)


PEOPLE = [text for entry in table("people").values() for text in entry["examples"]]
NO_PEOPLE = table("people")["things"]["examples"]


@pytest.mark.parametrize("text", PEOPLE)
def test_nouns_of_people(text: str) -> None:
    """A noun that no lexicon lists is a person's by its ending, unless it is listed as a thing."""
    words = tuple(singular(word) for word in text.split())
    meaning = meaning_of(words)
    assert (meaning is not None and meaning.compared_as == "person") == (text not in NO_PEOPLE)
