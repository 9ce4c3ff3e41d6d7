import pytest

from analysis.language import LONGEST, parse, plain_marks

SAID = 'The mayor said, "We will go home now." It\'s "fine", he didn\'t add.'


def only(text: str, **options):
    (parsed,) = parse([text], **options)
    return parsed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "One line.",
        "One.\nTwo.\n\nThree.",
        "  indented \r\nand returned\r\n",
        SAID,
        "He said: “We go.\nThey stay.",
        "x" * (3 * LONGEST),
        "word " * LONGEST,
        "— ‘…’ «ab» 😀 \x00",
    ],
)
def test_offsets_are_those_of_the_text(text: str):
    parsed = only(text)
    assert parsed.text == text
    for part in parsed.parts:
        assert text[part.start : part.start + len(part.doc.text)] == part.doc.text
        assert len(part.doc.text) <= LONGEST
    assert [part.start for part in parsed.parts] == sorted(part.start for part in parsed.parts)


def test_every_text_is_heard_of():
    assert [parsed.text for parsed in parse(["", "a b", "", "c"])] == ["", "a b", "", "c"]


def test_equal_texts_stay_apart():
    assert [len(parsed.parts) for parsed in parse(["Same line.", "Same line."])] == [1, 1]


def test_unwanted_paragraphs_are_left_out():
    parsed = only("Keep this.\nDrop that.", wanted=lambda line: "Keep" in line)
    assert [part.doc.text for part in parsed.parts] == ["Keep this."]


def test_quotations_of_sentences_stand_alone():
    assert [part.doc.text for part in only(SAID).parts] == [
        "The mayor said,",
        '"We will go home now."',
        "It's \"fine\", he didn't add.",
    ]


@pytest.mark.parametrize(
    ("opening", "closing", "apostrophe"), [("“", "”", "’"), ("''", "''", "'"), ("``", "''", "'"), ("“", "”", "'")]
)
def test_marks_of_any_style_give_one_parse(opening: str, closing: str, apostrophe: str):
    text = SAID.replace('"We', opening + "We").replace('."', "." + closing)
    text = text.replace('"fine"', f"{opening}fine{closing}").replace("'s ", f"{apostrophe}s ")
    text = text.replace("n't", f"n{apostrophe}t")
    plain, styled = only(SAID), only(text)
    for one, other in zip(plain.parts, styled.parts, strict=True):
        assert [plain_marks(t.text) for t in one.doc] == [plain_marks(t.text) for t in other.doc]
        for attribute in ("tag_", "dep_", "pos_", "lemma_"):
            assert [getattr(t, attribute) for t in one.doc] == [getattr(t, attribute) for t in other.doc]
        assert [t.head.i for t in one.doc] == [t.head.i for t in other.doc]


def test_words_carry_lemma_and_part_of_speech():
    doc = only("The mayors didn’t say it’s been building bridges.").parts[0].doc
    assert [t.lemma_ for t in doc] == ["the", "mayor", "do", "not", "say", "it", "be", "be", "build", "bridge", "."]
    assert [t.pos_ for t in doc][:5] == ["DET", "NOUN", "AUX", "PART", "VERB"]
