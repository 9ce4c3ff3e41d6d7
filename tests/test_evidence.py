"""Evidence: every item a table names opens its passages, marked where it says."""

from __future__ import annotations

import pytest

from analysis.brief import findings
from analysis.coverage import coverage
from analysis.evidence import evidence
from analysis.reading import Selected
from analysis.spellings import spellings
from analysis.terms import keyness
from analysis.voices import camps, chains, concentration, quoting, source_types, stances, verbs, voices


def marked(selected: Selected, item: str, role: str | None = None) -> list[str]:
    """The marked stretches of an item's evidence."""
    rows = evidence(selected, item).itertuples()
    return [row.text[start:end] for row in rows for start, end, kind in row.marks if role in (None, kind)]


def test_a_term_opens_as_many_marks_as_it_counts(selected: Selected) -> None:
    table = keyness(selected.reading.counts, selected.passages.index, target="western", top=40)
    for row in table.itertuples():
        assert len(marked(selected, f"term:{row.term}")) == row.n_target + row.n_reference, row.term


def test_a_voice_opens_as_many_attributions_as_it_counts(selected: Selected) -> None:
    for row in voices(selected).itertuples():
        if row.attributions:
            opened = evidence(selected, f"voice:{row.side}|{row.source_name}")
            assert set(opened["side"]) == {row.side}
            assert sum(role == "cue" for marks in opened["marks"] for *_, role in marks) >= row.attributions
        if row.nested:
            assert len(evidence(selected, f"nested:{row.side}|{row.source_name}"))


def cues(selected: Selected, item: str) -> int:
    """Number of cue marks in an item's evidence, in passages of one side only."""
    opened = evidence(selected, item)
    assert opened["side"].nunique() == 1
    return len(marked(selected, item, "cue"))


def test_every_cell_of_the_sources_opens_as_many_cues_as_it_counts(selected: Selected) -> None:
    tables = {
        "camp": camps(selected)[["side", "camp", "attributions"]],
        "type": source_types(selected)[["side", "source_type", "attributions"]],
        "stance": stances(selected)[["side", "camp", "stance", "attributions"]],
        "verb": verbs(selected)[["side", "camp", "cue_lemma", "attributions"]],
    }
    for kind, table in tables.items():
        for *key, count in table.itertuples(index=False, name=None):
            assert cues(selected, f"{kind}:{'|'.join(key)}") == count, (kind, key)


def test_the_counts_of_a_side_open_what_they_count(selected: Selected) -> None:
    for row in concentration(selected).itertuples():
        assert cues(selected, f"said:{row.side}") == row.attributions
        assert cues(selected, f"official:{row.side}") == row.official_count
        assert cues(selected, f"unnamed:{row.side}") == row.anonymous_count
        assert cues(selected, f"headlines:{row.side}") == row.headline_count


def test_a_verb_without_a_camp_opens_those_of_every_camp(selected: Selected) -> None:
    table = verbs(selected)
    for (side, lemma), count in table.groupby(["side", "cue_lemma"])["attributions"].sum().items():
        assert cues(selected, f"verb:{side}|{lemma}") == count


def test_a_chain_opens_both_of_its_reports(selected: Selected) -> None:
    said = selected.attributions.set_index("id")["source_text"]
    links = chains(selected)
    assert len(links)
    for row in links.itertuples():
        shown = marked(selected, f"chain:{row.attribution}", "source")
        assert set(shown) == {said[row.attribution], said[row.outer_attribution]}


def test_a_name_opens_every_mention(selected: Selected) -> None:
    counts = spellings(selected, every=True).groupby("entity")["count"].sum()
    for entity, count in counts.items():
        assert len(marked(selected, f"name:{entity}")) == count
    for row in spellings(selected).itertuples():
        assert set(marked(selected, f"variant:{row.variant}")) == {row.variant}


def test_quotation_kinds_open_their_passages(selected: Selected) -> None:
    for row in quoting(selected).itertuples():
        if row.passages:
            assert len(evidence(selected, f"quote:{row.side}|{row.quote}")) == row.passages


def test_figures_claims_and_contrasts_open_their_words(selected: Selected) -> None:
    book = selected.ledger
    verbatim = selected.figures.set_index("id")["verbatim"]
    for row in book.claims.itertuples():
        ids = [figure for ids in row.figures.values() for figure in ids]
        for key in ids:
            assert sorted(marked(selected, f"claim:{key}")) == sorted(verbatim[ids])
    for row in book.contrasts.itertuples():
        assert sorted(marked(selected, f"contrast:{row.id}")) == sorted(verbatim[[row.a, row.b]])
    assert marked(selected, f"figure:{verbatim.index[0]}") == [verbatim.iloc[0]]


def test_an_attribution_marks_source_cue_and_content_apart(selected: Selected) -> None:
    row = selected.attributions.iloc[1]
    assert marked(selected, f"attribution:{row['id']}", "source") == [row["source_text"]]
    assert {role for marks in evidence(selected, f"attribution:{row['id']}")["marks"] for *_, role in marks} == {
        "source",
        "cue",
        "content",
    }


def test_every_finding_and_every_presence_opens_something(selected: Selected) -> None:
    items = [*findings(selected)["item"], *coverage(selected)["item"]]
    assert all(len(evidence(selected, item)) for item in items)


def test_things_are_what_is_counted(selected: Selected) -> None:
    table = evidence(selected, "said:western")
    own = selected.attributions[(selected.attributions["side"] == "western") & (selected.attributions["level"] == 1)]
    assert {thing for things in table["things"] for thing in things} == set(own["id"])
    assert sum(map(len, evidence(selected, "term:peace")["things"])) == len(marked(selected, "term:peace"))


@pytest.mark.parametrize("kind", ["topic:strikes", "side:western", "passage:rt-d1ec52:3"])
def test_whole_passages(selected: Selected, kind: str) -> None:
    opened = evidence(selected, kind)
    assert len(opened)
    assert all(not marks for marks in opened["marks"])


@pytest.mark.parametrize(
    "item",
    ["", "term:zebra", "nonsense:x", "claim:", "voice:western|nobody", "side:x", "passage:x", "stance:x", "chain:x"],
)
def test_an_unknown_item_is_a_key_error(selected: Selected, item: str) -> None:
    with pytest.raises(KeyError):
        evidence(selected, item)
