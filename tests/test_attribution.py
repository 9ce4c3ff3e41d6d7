import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.attribution import Attribution, find_attributions, may_attribute, read_attributions
from analysis.attribution.lexicon import LEXICONS, cues
from analysis.language import parse

GOLD = Path(__file__).parent / "gold" / "attribution.jsonl"

STORY = """Minister opens the port

Transport Minister Lena Ortiz, 51, opened the port of Calla on Monday. "We are proud of this port," Ortiz said.

The minister added that two ferries would sail each day. She promised to come back in May.

Tomas Brandt, a spokesman for the port workers, said the cranes were old. He told reporters that three had failed.

Calla's coast guard said the pier was safe. It noted that divers had checked it.

Local officials warned that the road was too narrow. They said lorries would get stuck.
"""


def lexicon(name: str) -> dict:
    return tomllib.loads((LEXICONS / f"{name}.toml").read_text(encoding="utf-8"))


def source(phrase: str) -> Attribution:
    """The attribution of a sentence in which the phrase speaks."""
    return find_attributions(f"{phrase[0].upper()}{phrase[1:]} said that the road was closed.")[0]


def printed(text: str, attribution: Attribution, part: str) -> list[str]:
    return [text[start:end] for start, end in getattr(attribution, part)]


@pytest.mark.parametrize(
    ("text", "speaker"), [pair for words in lexicon("speech").values() for pair in words["examples"].items()]
)
def test_the_source_of_the_examples_of_each_list_of_speech(text: str, speaker: str):
    told = {name for found in find_attributions(text) for name in (found.source_text, found.source_name)}
    assert speaker in told if speaker else not told


@pytest.mark.parametrize("part", ["cues", "cue_nouns", "cue_adverbs", "cue_phrases"])
def test_every_cue_is_found_in_its_examples(part: str):
    missed = [
        (lemma, example)
        for lemma, cue in cues(part).items()
        for example in cue.examples
        if lemma not in {a.cue_lemma for a in find_attributions(example)}
    ]
    assert not missed


STANCES = {"neutral", "assertive", "distancing", "evaluative", "demand", "tentative", "doubt", "admission"}


def test_stances_are_the_closed_list():
    assert {
        cue.stance for part in ("cues", "cue_nouns", "cue_adverbs", "cue_phrases") for cue in cues(part).values()
    } == STANCES


@pytest.mark.parametrize("kind", lexicon("source_types"))
def test_source_types_of_the_examples(kind: str):
    examples = lexicon("source_types")[kind]["examples"]
    assert {example: source(example).source_type for example in examples} == dict.fromkeys(examples, kind)


@pytest.mark.parametrize("camp", lexicon("camps"))
def test_camps_of_the_examples(camp: str):
    examples = lexicon("camps")[camp]["examples"]
    assert {example: source(example).camp for example in examples} == dict.fromkeys(examples, camp)


@pytest.mark.parametrize("person", lexicon("office_holders"))
def test_office_holders_are_known_without_their_office(person: str):
    entry = lexicon("office_holders")[person]
    for example in entry["examples"]:
        found = source(example)
        assert (found.source_type, found.camp, found.source_naming) == (entry["type"], entry["camp"], "named_person")


def test_names_used_for_both_are_in_no_list():
    names = lexicon("given_names")
    assert not set(names["he"]["names"].split()) & set(names["she"]["names"].split())


def test_sources_lead_back_to_one_name():
    found = [(a.source_text, a.source_name) for a in find_attributions(STORY)]
    assert found == [
        ("Ortiz", "Lena Ortiz"),
        ("The minister", "Lena Ortiz"),
        ("She", "Lena Ortiz"),
        ("Tomas Brandt, a spokesman for the port workers", "Tomas Brandt"),
        ("He", "Tomas Brandt"),
        ("Calla's coast guard", "Calla's coast guard"),
        ("It", "Calla's coast guard"),
        ("Local officials", "Local officials"),
        ("They", "Local officials"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He said the road was closed.", None),
        ("It was reported that the road was closed.", None),
        ("Anna Weber met the mayor. He said the road was closed.", None),
    ],
)
def test_doubt_leaves_a_source_unnamed(text: str, name: str | None):
    assert [a.source_name for a in find_attributions(text)] == [name]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ('Ruiz said: "The road is closed now."', "direct"),
        ('Ruiz said the road was "closed for good" since May.', "mixed"),
        ("Ruiz said the road was closed.", "indirect"),
    ],
)
def test_direct_mixed_and_indirect(text: str, quote: str):
    assert [a.quote for a in find_attributions(text)] == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "The port wants a new crane and seems to need one.",
        "The island claimed by the north has two wells.",
        "The council plans to say more in May.",
        'The letter reached us. "He said that she said that they said so," it ended.',
        "Two boats were released on Monday.",
    ],
)
def test_what_is_no_report_of_speech(text: str):
    assert not [a for a in find_attributions(text) if a.source and a.form != "quotation"]


def test_quotations_over_paragraphs_have_one_speaker():
    text = "“We waited for days,” Ruiz said.\n\n“Nobody came.\n\n“Then the boat arrived.”"
    (found,) = find_attributions(text)
    assert printed(text, found, "content") == ["“We waited for days,”", "“Nobody came.", "“Then the boat arrived.”"]


def test_a_colon_at_the_end_of_a_paragraph_leads_on():
    text = 'Ruiz wrote this on her page:\n"The road is closed until further notice."'
    (found,) = find_attributions(text)
    assert printed(text, found, "content") == ['"The road is closed until further notice."']


def test_turns_of_a_transcript():
    text = "RUIZ: The road is closed.\nHOST: Until when?\nRUIZ: Until the mayor says it is safe."
    assert [a.source_text for a in find_attributions(text)] == ["RUIZ", "HOST", "RUIZ"]


def test_a_report_within_a_report_is_the_second_level():
    text = "The captain claimed that the owner had said the ship was insured."
    assert [(a.source_text, a.level) for a in find_attributions(text)] == [("The captain", 1), ("the owner", 2)]


def test_title_and_text_have_their_own_offsets():
    title, text = "Mayor says road is closed", "Lena Ortiz, the mayor, said the road was closed."
    found = read_attributions(*parse([title, text]))
    assert [(a.field, printed(title if a.field == "title" else text, a, "cue")) for a in found] == [
        ("title", ["says"]),
        ("text", ["said"]),
    ]


STYLES = {
    "straight": ('"', '"', "'", "\n"),
    "curly": ("“", "”", "’", "\n"),
    "doubled": ("''", "''", "'", "\n"),
    "returns": ('"', '"', "'", "\r\n"),
}


def styled(text: str, style: str) -> str:
    opening, closing, apostrophe, line_end = STYLES[style]
    out = text.replace("{", opening).replace("}", closing)
    return out.replace("`", apostrophe).replace("\n", line_end)


def shapes(text: str) -> list[tuple]:
    """What was read, with the words instead of offsets and the marks taken out."""
    plain = str.maketrans({"“": None, "”": None, '"': None, "'": None, "’": None, "\r": None})
    return [
        (
            [[s.translate(plain) for s in printed(text, a, part)] for part in ("source", "cue", "content")],
            (a.cue_lemma, a.form, a.quote, a.level, a.source_type, a.source_naming, a.camp),
        )
        for a in find_attributions(text)
    ]


STYLED = """{The mayor`s plan is a gift to thieves,} said Anna Weber, the port`s lawyer. {It must go.}
Weber didn`t call it {a mistake}; she said it was {a crime and a shame} that nobody`d punish.
According to the port`s lawyers, the mayor called {the whole thing} {a joke}."""


@pytest.mark.parametrize("style", STYLES)
def test_quotation_style_changes_nothing(style: str):
    assert shapes(styled(STYLED, style)) == shapes(styled(STYLED, "straight"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n",
        "said",
        'He said, "',
        '"""""',
        "“““ said ”””",
        "((((( said (((((",
        "'a 'b 'c said 'd",
        "Он сказал: «Мы победим». 总统说：“我们会赢。” قال",
        "😀 said “😀”",
        "\x00\x01 said that \x02",
        "According to",
        "According to according to, said.",
        ": : :",
        "A: b",
        "The " * 3000 + "said.",
        "said " * 3000,
        'Ann Smith said "We go home now." ' * 300,
    ],
)
def test_nothing_raises_and_spans_lie_in_the_text(text: str):
    for found in find_attributions(text):
        for start, end in (*found.source, *found.cue, *found.content):
            assert 0 <= start < end <= len(text)


PIECES = st.sampled_from(
    ["He", "said", "that", "“", "”", '"', "''", "‘", "’", "'", ",", ".", ":", "\n", "\r\n", "Ann Ruiz", "the mayor",
     "according to", "it", "was", "closed", "claimed", "(", ")", "—", "who", "and", "told", "X", "\t", "é", "她"]
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_any_jumble_of_words_and_marks_is_read(text: str):
    for found in find_attributions(text):
        assert all(0 <= start < end <= len(text) for start, end in (*found.source, *found.cue, *found.content))


def test_the_first_look_drops_no_attribution():
    texts = [json.loads(line)["text"] for line in GOLD.read_text(encoding="utf-8").splitlines()]
    assert [t for t in texts if find_attributions(t) and not may_attribute(t)] == []
    assert not may_attribute("The port lies at the mouth of the river.")
