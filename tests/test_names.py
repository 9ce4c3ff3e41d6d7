"""Names found by their capitals, their spellings paired and merged."""

from __future__ import annotations

import tomllib

import numpy as np
import pandas as pd
import pytest

from analysis.names import called, calls, find_names, name_variants, variant_mapping
from analysis.names.filing import file_under, filed_names
from analysis.names.lexicon import LEXICONS, aliases, known_kinds, name_key
from analysis.names.spelling import alternation_rows, explained, skeleton
from analysis.names.titles import name_titles
from analysis.spellings import spellings
from analysis.terms import TermCounts, count_terms
from tests.conftest import made
from tests.test_terms import corpus

ONE_NAME = [
    "Chernihiv/Chernigov", "Kharkiv/Kharkov", "Lviv/Lvov", "Kryvyi/Krivoy", "Odesa/Odessa", "Luhansk/Lugansk",
    "Qaeda/Qaida", "Gaddafi/Gadhafi", "Gaddafi/Qaddafi", "Suleimani/Soleimani", "Uighur/Uyghur", "Morsy/Morsi",
    "Hezbollah/Hizbullah", "Timoshenko/Tymoshenko", "Alexei/Aleksey", "Sergei/Serhii", "Houthi/Huthi",
]  # fmt: skip
TWO_NAMES = [
    "Sandy/Sunday", "Christie/Christ", "Iran/Iraq", "Austria/Australia", "Paris/Perez", "London/Linden",
    "Niger/Nigeria", "Romney/Rooney", "Bush/Bash", "Slovakia/Slovenia", "Marco/Mark", "Korea/Koran",
]  # fmt: skip


def joined(one: str, other: str) -> bool:
    steps = explained(one, other)
    return skeleton(one) == skeleton(other) and steps is not None and steps <= 2


@pytest.mark.parametrize("pair", ONE_NAME)
def test_spellings_of_one_name(pair: str) -> None:
    assert joined(*pair.split("/"))


@pytest.mark.parametrize("pair", TWO_NAMES)
def test_two_names(pair: str) -> None:
    assert not joined(*pair.split("/"))


@pytest.mark.parametrize("row", alternation_rows(), ids=lambda row: row[2])
def test_each_alternation_explains_its_example(row: tuple[str, str, str]) -> None:
    one, other = row[2].split("/")
    assert row[0] in one.lower() or row[1] in one.lower()
    assert explained(one, other) == explained(other, one)
    assert joined(one, other)


def test_each_alias_names_one_entity() -> None:
    table = tomllib.loads((LEXICONS / "name_aliases.toml").read_text("utf-8"))
    groups = [group for kind in ("place", "organisation", "person") for group in table[kind]]
    names = [name_key(name) for group in groups for name in group]
    assert len(names) == len(set(names)) == len(aliases())
    assert all(name_key(example) in aliases() for example in table["examples"])


def test_each_list_of_name_words_holds_its_examples() -> None:
    for kind, table in tomllib.loads((LEXICONS / "name_words.toml").read_text("utf-8")).items():
        words = set(" ".join(value for value in table.values() if isinstance(value, str)).split())
        assert {name_key(example) for example in table["examples"]} <= words, kind


def names_of(*texts: str) -> list[str]:
    documents, passages = corpus(*[(f"side{n}", f"Outlet {n}", text) for n, text in enumerate(texts)])
    return [str(name) for name in find_names(count_terms(documents, passages))["name"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoy met Ana Ruiz in Lima.", ["Ana Ruiz", "Lima"]),
        ("Talks in Lima failed. Lima was quiet.", ["Lima", "Lima"]),
        ("Officials in Lima spoke. The officials left.", ["Lima"]),
        ("They met Ludwig van der Berg in The Hague on Monday.", ["Ludwig van der Berg", "Hague"]),
        ("He saw Peru's Ana Ruiz.", ["Peru", "Ana Ruiz"]),
        ("He saw Lima, Cusco and Puno.", ["Lima", "Cusco", "Puno"]),
        ("they wrote nothing here", []),
        ("The ministers of Foreign Minister Ana Ruiz and of the foreign ministry", ["Ana Ruiz"]),
        ("He left the Justice Department for good.", ["Justice Department"]),
        ("She is Secretary of State Ana Ruiz now.", ["Ana Ruiz"]),
        (
            "Reporters later asked senators Ana Ruiz, D-Lima, and Bo Falk (R-N.Y.) why voters stayed away.",
            ["Ana Ruiz", "Bo Falk"],
        ),
        ("He saw the X-Rays of Lima; others saw, X-Rays too.", ["X-Rays", "Lima", "X-Rays"]),
        ("It was in Lima, Calif., and in Puno, N.Y., that they met.", ["Lima", "Puno"]),
        ("We saw that Ana Penn was there.", ["Ana Penn"]),
        ("", []),
    ],
)
def test_names_found(text: str, expected: list[str]) -> None:
    assert names_of(text) == expected


def test_a_headline_in_capitals_proves_nothing() -> None:
    assert names_of("Market Falls After Vote Fails In Lima\nThe market in Lima falls after a vote fails.") == [
        "Lima",
        "Lima",
    ]


def test_offsets_are_those_of_the_document() -> None:
    text = "First line.\nThen President Ana Ruiz spoke about new rules to ANA RUIZ."
    documents, passages = corpus(("a", "A", text))
    found = find_names(count_terms(documents, passages))
    assert [text[row.start : row.end] for row in found.itertuples()] == ["Ana Ruiz", "ANA RUIZ"]
    assert [text[row.title_start : row.end] for row in found.itertuples()] == ["President Ana Ruiz", "ANA RUIZ"]


def variants(*articles: tuple[str, str]) -> pd.DataFrame:
    documents, passages = corpus(*[(side, f"Outlet {side}", text) for side, text in articles])
    return name_variants(find_names(count_terms(documents, passages)))


def entities(*articles: tuple[str, str]) -> list[str]:
    return list(dict.fromkeys(variants(*articles)["entity"]))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("He went to Lvov.", "He went to Lviv.", ["Lvov/Lviv"]),
        ("He left Krivoy Rog.", "He left Kryvyi Rih.", ["Krivoy Rog/Kryvyi Rih"]),
        ("He left Rangoon.", "He left Yangon.", ["Rangoon/Yangon"]),
        ("He left Lvov.", "He left Lvov.", []),
        ("He left Lvov and Lviv.", "He left Lviv and Lvov.", []),
        ("The Odesa Region and Odesa burn.", "The Odessa Region burns.", ["Odesa/Odessa"]),
        ("It was Harry Reid who met Reid.", "It was Jack Reed who met Reed.", []),
        ("They told us that the U.S. agreed.", "They told us that the US agreed.", ["U.S./US"]),
        ("Then Eric Lund and Eric Holm met Eric.", "Then Erik Berg and Erik Dahl met Erik.", []),
        ("It was Harry Allen and Paul Allen, not Allen.", "It was Jim Allan and Tom Allan, not Allan.", []),
        ("He saw Ana B. Ruiz III; then Mr. Ruiz left.", "He saw Ana Ruiz; then Ruiz left.", []),
        ("He saw Ana Morsy; then Morsy left.", "He saw Ana Morsi; then Morsi left.", ["Morsy/Morsi"]),
    ],
)
def test_spellings_by_side(one: str, other: str, expected: list[str]) -> None:
    assert entities(("a", one), ("b", other)) == expected


def test_variants_are_counted_with_first_names() -> None:
    table = variants(
        ("a", "President Olena Morsy left. Later Morsy said that Morsy would."),
        ("b", "The leader Elena Morsi left. Later Morsi said so."),
    )
    assert table.to_dict("records") == [
        {"entity": "Morsy/Morsi", "kind": "person", "side": "a", "variant": "Morsy", "count": 2},
        {"entity": "Morsy/Morsi", "kind": "person", "side": "a", "variant": "Olena Morsy", "count": 1},
        {"entity": "Morsy/Morsi", "kind": "person", "side": "b", "variant": "Elena Morsi", "count": 1},
        {"entity": "Morsy/Morsi", "kind": "person", "side": "b", "variant": "Morsi", "count": 1},
    ]
    assert variant_mapping(table)["elena morsi"] == "Morsy/Morsi"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("He left the U.S. for Ohio.", "U.S.", "place"),
        ("He left the U.S. for Ohio.", "Ohio", "place"),
        ("People from the United States later learned that other States were asked.", "United States", "place"),
        ("The allies saw that NATO met in Kyiv.", "NATO", "organisation"),
        ("The allies saw that NATO met in Kyiv.", "Kyiv", "place"),
        ("He saw Ana Jordan; later we saw that Jordan left.", "Jordan", "person"),
        ("He saw Ana Ruiz Jr. there; then Ruiz Jr. left.", "Ana Ruiz Jr", "person"),
        ("A former minister of Lima came. " + "He saw Lima. " * 99 + "The former minister Lima spoke.", "Lima", "name"),
        ("The former minister Falk spoke.", "Falk", "person"),
    ],
)
def test_what_a_name_is_a_name_of(text: str, name: str, kind: str) -> None:
    table = name_variants(find_names(count_terms(*corpus(("a", "A", text)))), only_contrasts=False)
    assert set(table.loc[table["variant"] == name, "kind"]) == {kind}


def test_the_names_of_the_word_lists_are_of_one_kind() -> None:
    lists = tomllib.loads((LEXICONS / "name_words.toml").read_text("utf-8"))
    for kind in ("place", "organisation"):
        assert {known_kinds()[name_key(name)] for name in lists[kind]["names"]} == {kind}
    assert known_kinds()["kyiv"] == known_kinds()["u.s."] == "place"
    assert known_kinds()["kremlin"] == known_kinds()["nato"] == "organisation"


def test_titles_by_side() -> None:
    documents, passages = corpus(
        ("a", "A", "He met President Ana Ruiz. Then President Ruiz left Peru."),
        ("b", "B", "He met Peruvian leader Ana Ruiz. Then Ruiz left Peru."),
    )
    counts = count_terms(documents, passages)
    table = name_titles(counts, find_names(counts))
    assert table.to_dict("records") == [
        {"entity": "Ruiz", "side": "a", "title": "President", "count": 2},
        {"entity": "Ruiz", "side": "b", "title": "Peruvian leader", "count": 1},
    ]


def test_a_crowd_of_names_is_no_square() -> None:
    text = " ".join(f"He met N{a}{b}{c}n." for a in "aeiou" for b in "aeiou" for c in "aeiou")
    assert variants(("a", text), ("b", text.swapcase())).empty


def renamed(articles: int) -> TermCounts:
    """Articles on 20 themes with words of their own; the sides name each theme's subject differently."""
    rng = np.random.default_rng(0)
    made = []
    for number in range(articles):
        theme = "abcdefghijklmnopqrst"[int(rng.integers(20))]
        words = [f"near{theme}{'abcdefghijklmnopqrst'[at]}" for at in rng.integers(0, 20, 60)]
        for line in range(4):
            words[15 * line + 7] = f"{'left' if number % 2 else 'right'}{theme}"
        side = "b" if number % 2 else "a"
        made.append((side, side, "\n".join(" ".join(words[at : at + 15]) for at in range(0, 60, 15))))
    return count_terms(*corpus(*made))


def test_what_the_sides_call_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "ENOUGH_ARTICLES", 600)
    found = called(renamed(600), target="a")
    pairs = list(zip(found["target_term"], found["reference_term"], strict=True))
    right = [(f"right{theme}", f"left{theme}") for theme in "abcdefghijklmnopqrst"]
    assert len(set(right) & set(pairs)) >= 18
    assert pairs[0] in right


def test_few_articles_name_no_renamings() -> None:
    assert called(renamed(60), target="a").empty


def test_second_names_initials_and_numerals_make_no_second_person() -> None:
    filed = filed_names(
        pd.DataFrame(
            [("Ruiz", "Ana Ruiz", 9), ("Ruiz", "Ruiz", 30), ("Ruiz", "Ana Maria Ruiz", 1), ("Post", "Night Post", 2)],
            columns=["entity", "variant", "count"],
        )
    )
    one = ("Ruiz", "Ana Ruiz", "Ana M. Ruiz", "Ana M Ruiz", "Ana Maria Ruiz", "Ana Ruiz II", "Ana M. Ruiz III")
    assert {file_under(name, filed) for name in one} == {"Ana Ruiz"}
    others = ("Ana Ruiz Jr", "Berta M. Ruiz", "Night and Day Post", "Ruiz Foundation")
    assert [file_under(name, filed) for name in others] == list(others)


def test_full_stops_in_a_name_come_after_other_spellings() -> None:
    west = "They told us that the F.B.I. saw the F.B.I. building and Lvov."
    chosen = made(west=west, east="They told us that the FBI saw another FBI building and Lviv.")
    assert list(spellings(chosen)["entity"].unique()) == ["Lvov/Lviv", "F.B.I./FBI"]
    assert list(spellings(chosen, house_style=False)["entity"].unique()) == ["Lvov/Lviv"]


@pytest.mark.parametrize(("office", "expected"), [("President", 1), ("Old", 2)])
def test_somebody_known_by_the_office_needs_no_introduction(office: str, expected: int) -> None:
    bare = [("north", f"When {office} Falk spoke, we saw that Falk was tired.")] * 9
    texts = [("north", "Later on we saw that President Bernd Falk spoke, and that Falk left."), *bare]
    counts = count_terms(*corpus(*[(side, "Outlet", text) for side, text in texts]))
    found = name_variants(find_names(counts), only_contrasts=False)
    assert found.loc[found["variant"].isin(["Falk", "Bernd Falk"]), "entity"].nunique() == expected
