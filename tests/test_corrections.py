"""Corrections: an overlay that numbers follow, that can be taken back, and that never changes what was read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import permutations
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from analysis import export
from analysis.brief import findings
from analysis.corpus import CorpusError, Document
from analysis.corrections import SETTABLE, TABLES, Correction, corrected, from_json, log
from analysis.corrections.overlay import spans_of
from analysis.coverage import coverage
from analysis.reading import Reading, Selected
from analysis.selection import Selection
from analysis.spellings import spellings
from analysis.voices import voices
from tests.conftest import made

EXACT = (("bound", "exact"), ("high", "50"), ("low", "50"))


@pytest.fixture(scope="module")
def own() -> Reading:
    """Two sides that count the same drones and differ."""
    return made(
        north="Air defences shot down 40 drones on Monday, Mayor Ana Ruiz said. Two people were injured.",
        south="Air defences shot down 60 drones on Monday, Colonel Max Weber said. Ana Ruiz denied it.",
    ).reading


def at(reading: Reading, kind: str, number: int = 0, **options: Any) -> Correction:
    """A correction of a row of a table."""
    table = getattr(reading, TABLES[kind])
    row = table.iloc[number]
    start, end = list(spans_of(table))[number]
    return Correction(reading.corpus.document(row["document"]).sha256, row["field"], start, end, kind, **options)


def tables(reading: Reading) -> list[pd.DataFrame]:
    """Every table that corrections can move."""
    chosen = Selected(reading, Selection())
    ledger = chosen.ledger
    made_of = [voices(chosen), spellings(chosen, every=True), coverage(chosen), findings(chosen)]
    return [reading.figures, reading.attributions, reading.mentions, ledger.claims, ledger.contrasts, *made_of]


def same(one: Reading, other: Reading) -> bool:
    return all(a.equals(b) for a, b in zip(tables(one), tables(other), strict=True))


def statuses(reading: Reading) -> list[str]:
    return sorted(Selected(reading, Selection()).ledger.claims["status"])


def test_the_ledger_follows_a_value_set(own: Reading) -> None:
    assert "conflict" in statuses(own)
    sixty = at(own, "figure", values=(("bound", "exact"), ("high", "60"), ("low", "60")))
    after = own.with_corrections([sixty])
    assert after.figures.iloc[0]["point"] == Decimal(60)
    assert list(after.figures["corrected"]) == ["value: 60", *[None] * (len(after.figures) - 1)]
    assert after.figures.iloc[0]["verbatim"] == own.figures.iloc[0]["verbatim"], "what is printed stays"
    assert "agree" in statuses(after)
    assert "conflict" not in statuses(after)


@pytest.mark.parametrize("kind", list(TABLES))
def test_a_wrong_finding_leaves_all_numbers(own: Reading, kind: str) -> None:
    before, after = (getattr(each, TABLES[kind]) for each in (own, own.with_corrections([at(own, kind)])))
    assert after.drop(columns="corrected").equals(before.drop(index=0).reset_index(drop=True))


def test_voices_follow_a_source_set(own: Reading) -> None:
    max_ = at(own, "attribution", values=(("source_name", "Max Weber"),))
    assert own.attributions.iloc[0]["source_name"] == "Ana Ruiz"
    after = own.with_corrections([max_]).attributions.iloc[0]
    known = own.attributions[own.attributions["source_name"] == "Max Weber"].iloc[0]
    assert (after["source_name"], after["source_type"], after["camp"]) == (
        "Max Weber",
        known["source_type"],
        known["camp"],
    )
    named = voices(Selected(own.with_corrections([max_]), Selection()))
    assert {"Max Weber"} == set(named.loc[named["side"] == "north", "source_name"])


def test_the_tables_of_names_follow_a_name_set(own: Reading) -> None:
    number = next(row for row, name in enumerate(own.mentions["name"]) if name == "Max Weber")
    after = own.with_corrections([at(own, "name", number, values=(("entity", "Ana Ruiz"),))])
    counts = [spellings(Selected(each, Selection()), every=True).set_index("variant") for each in (own, after)]
    assert [table.at["Max Weber", "entity"] for table in counts] == ["Weber", "Ruiz"], "Ruiz is who is printed Ana Ruiz"
    assert [table["count"].sum() for table in counts] == [len(own.mentions)] * 2


def test_a_name_corrected_after_a_corpus_grew_joins_the_wider_entity(own: Reading) -> None:
    entity = own.mentions["entity"].iloc[0]
    wide = own.mentions.assign(entity=own.mentions["entity"].replace({entity: f"{entity}/Else"}))
    other = next(row for row, name in enumerate(own.mentions["entity"]) if name != entity)
    done = corrected(wide, "name", [at(own, "name", other, values=(("entity", entity),))], own.corpus)
    assert done.at[other, "entity"] == f"{entity}/Else"


def test_without_corrections_nothing_changes(own: Reading) -> None:
    assert Reading(own.corpus, corrections=()).figures.equals(own.figures)
    made = {name: getattr(own, name) for name in TABLES.values()}
    again = own.with_corrections(())
    assert all(getattr(again, name) is table for name, table in made.items())
    assert "corrected" not in again.figures
    undone = at(own, "figure", undone=datetime(2026, 1, 1, tzinfo=UTC))
    stranger = replace(at(own, "figure"), sha256="0" * 64)
    assert same(own.with_corrections([undone, stranger]), own)
    assert own.with_corrections([undone, stranger]).numbers == own.corpus.digest


def test_applied_and_taken_back_is_as_before(own: Reading) -> None:
    before = [table.copy(deep=True) for table in tables(own)]
    every = [at(own, kind, number) for kind in TABLES for number in range(len(getattr(own, TABLES[kind])))]
    bare = own.with_corrections(every)
    assert [len(getattr(bare, name)) for name in TABLES.values()] == [0, 0, 0]
    tables(bare)
    assert same(bare.with_corrections(()), own)
    assert all(a.equals(b) for a, b in zip(before, tables(own), strict=True)), "what was read never changes"


def test_the_order_in_which_independent_corrections_are_given_does_not_matter(own: Reading) -> None:
    several = [
        at(own, "figure", values=EXACT),
        at(own, "figure", 1),
        at(own, "attribution", values=(("source_name", "Jo Smith"),)),
        at(own, "name"),
    ]
    first = own.with_corrections(several)
    assert all(same(own.with_corrections(order), first) for order in list(permutations(several))[::5])


def test_of_one_finding_the_later_correction_counts(own: Reading) -> None:
    early, late = (datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2))
    wrong = at(own, "figure", created=early)
    right = at(own, "figure", created=late, values=EXACT)
    assert own.with_corrections([right, wrong]).figures.iloc[0]["point"] == 50
    wrong, right = replace(wrong, created=late), replace(right, created=early)
    assert len(own.with_corrections([right, wrong]).figures) == len(own.figures) - 1


def test_it_holds_when_the_corpus_grows_and_a_reader_sees_a_word_less(own: Reading) -> None:
    more = Document("new", "south", "South Post", "", "Thirty drones were shot down on Monday.")
    grown = Reading(replace(own.corpus, documents=(more, *own.corpus.documents)))
    correction = at(own, "figure", values=EXACT)
    near = replace(correction, end=correction.end + 3)
    for each in (correction, near):
        after = grown.with_corrections([each]).figures.set_index("id")
        assert after.at[own.figures.iloc[0]["id"], "point"] == 50
        assert (after["point"] == 50).sum() == 1


def test_one_that_fits_nothing_is_told_and_kept(own: Reading) -> None:
    lost = replace(at(own, "figure", values=EXACT), start=0, end=3)
    assert same(own.with_corrections([lost]), own)
    assert log(own, [lost]).iloc[0]["state"] == "fits nothing"


def test_the_log_says_who_when_what_was_and_what_is(own: Reading) -> None:
    days = [datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2, 3)]
    made_ = [
        at(own, "figure", values=EXACT, author="ann", created=days[0], id="a"),
        at(own, "figure", author="bob", created=days[1], id="b"),
        at(own, "attribution", values=(("source_name", "Jo"),), id="c", created=days[2], undone=days[2]),
    ]
    table = log(own.with_corrections(made_), made_).set_index("id")
    assert list(table.index) == ["c", "b", "a"]
    assert tuple(table.loc["a", ["author", "printed", "was", "is", "state"]]) == (
        "ann", "40", "value: 40", "value: 50", "in force",
    )  # fmt: skip
    assert table.at["b", "was"].startswith("value: 50; ")
    assert table.at["b", "is"] == "wrong"
    assert (table.at["c", "state"], table.at["c", "was"]) == ("undone", "source name: Ana Ruiz")


def test_the_exported_log_gives_the_same_numbers(own: Reading) -> None:
    made_ = [
        at(own, "figure", values=EXACT, id="a", created=datetime(2026, 1, 1, tzinfo=UTC)),
        at(own, "attribution", id="b"),
        at(own, "name", values=(("entity", "Somebody"),), id="c", undone=datetime(2026, 1, 1, tzinfo=UTC)),
    ]
    again = from_json(export.to_json(log(own, made_)))
    assert sorted(again, key=lambda each: each.id) == made_
    assert same(own.with_corrections(again), own.with_corrections(made_))
    assert own.with_corrections(again).numbers == own.with_corrections(made_).numbers != own.corpus.digest


def test_who_gives_a_figure_follows_its_attribution(own: Reading) -> None:
    jo = at(own, "attribution", values=(("source_name", "Jo Smith"),))
    assert list(own.figures["claimant"]) == ["Ana Ruiz", "Ana Ruiz", "Max Weber"], "the second is a report carried on"
    after = own.with_corrections([jo]).figures
    assert list(after["claimant"]) == ["Jo Smith", "Jo Smith", "Max Weber"]
    assert list(after["corrected"]) == ["claimant: Jo Smith", "claimant: Jo Smith", None]
    assert after.iloc[0]["claimant_kind"] == own.with_corrections([jo]).attributions.iloc[0]["source_type"]
    wrong = own.with_corrections([at(own, "attribution")]).figures.iloc[0]
    assert (wrong["claimant"], wrong["claimant_kind"]) == (None, None)
    both = [jo, at(own, "figure", values=(("claimant", "Max Weber"),))]
    assert list(own.with_corrections(both).figures["claimant"]) == ["Max Weber", "Jo Smith", "Max Weber"]
    assert own.with_corrections(both).figures.iloc[0]["corrected"] == "claimant: Max Weber"


def test_a_claimant_s_kind_follows(own: Reading) -> None:
    of = [(None, None), ("Max Weber", "military"), ("the health ministry", "government"), ("Zed", "other")]
    for claimant, kind in of:
        after = own.with_corrections([at(own, "figure", values=(("claimant", claimant),))]).figures.iloc[0]
        assert (after["claimant"], after["claimant_kind"]) == (claimant, kind)


def record(**changed: Any) -> dict[str, Any]:
    return {"sha256": "a" * 64, "field": "text", "start": 1, "end": 2, "kind": "figure", "values": None} | changed


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"kind": "term"}, "not of 'term'"),
        ({"field": "url"}, "place in a title or text"),
        ({"start": 3}, "place in a title or text"),
        ({"start": "x"}, "one is bad"),
        ({"values": {"verbatim": "x"}}, "not 'verbatim'"),
        ({"values": {"object": "x" * 201}}, "one line of text"),
        ({"values": {"object": "a\nb"}}, "one line of text"),
        ({"values": {"object": "a\u202eb"}}, "one line of text"),
        ({"values": {"object": ["a"]}}, "one line of text"),
        ({"values": {"low": "1"}}, "bound, low and high"),
        ({"values": {"bound": "about", "low": "1", "high": "1"}}, "bound is one of"),
        ({"values": {"bound": "exact", "low": "1", "high": "2"}}, "low and high are the same"),
        ({"values": {"bound": "range", "low": "3", "high": "2"}}, "not above"),
        ({"values": {"bound": "at_least", "low": None, "high": None}}, "needs low"),
        ({"values": {"bound": "at_least", "low": "many", "high": None}}, "not a number"),
        ({"values": {"bound": "at_least", "low": "NaN", "high": None}}, "can be compared"),
        ({"values": {"bound": "at_least", "low": "1e99", "high": None}}, "can be compared"),
        ({"kind": "name", "values": {"entity": None}}, "cannot be empty"),
        ({"created": "yesterday"}, "one is bad"),
    ],
)
def test_a_bad_record_is_named(changed: dict[str, Any], told: str) -> None:
    with pytest.raises(CorpusError, match=told) as caught:
        from_json(json.dumps([record(), record(**changed)]))
    assert str(caught.value).startswith("Correction 2")


@pytest.mark.parametrize("content", ["", "{", "{}", "1", "[1]", "[[]]", "[{}]", "[" * 100_000])
def test_what_is_no_log_is_told(content: str) -> None:
    with pytest.raises(CorpusError):
        from_json(content)


VALUES = {
    "figure": st.sampled_from([(), EXACT, (("object", "drone"),), (("measure", None),), (("claimant", "Jo Smith"),)]),
    "attribution": st.sampled_from([(), (("source_name", "Jo Smith"),), (("source_name", None),)]),
    "name": st.sampled_from([(), (("entity", "Ruiz"),), (("entity", "Nobody"),)]),
}


@st.composite
def anything(draw: st.DrawFn, reading: Reading) -> list[Correction]:
    found = []
    for number in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(list(TABLES)))
        row = draw(st.integers(0, len(getattr(reading, TABLES[kind])) - 1))
        found.append(at(reading, kind, row, values=draw(VALUES[kind]), id=str(number)))
    return found


@given(data=st.data())
@examples(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_corrected_every_table_can_be_made(own: Reading, data: st.DataObject) -> None:
    chosen = data.draw(anything(own))
    shuffled = data.draw(st.permutations(chosen))
    after = own.with_corrections(chosen)
    assert same(after, own.with_corrections(shuffled))
    assert set(log(own, chosen)["state"]) <= {"in force"}
    assert same(after.with_corrections(()), own)


def test_every_settable_column_is_in_its_table(own: Reading) -> None:
    for kind, names in SETTABLE.items():
        assert set(names) <= set(getattr(own, TABLES[kind]).columns)
