"""Passages: offsets that reproduce the text, paragraphs, long paragraphs, sentences."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus import Corpus, Document, Side
from analysis.passages import LONGEST_PASSAGE, count_words, cut, passage_table, sentence_spans, split_passages
from analysis.reading import Reading

LEXICONS = Path(__file__).parent.parent / "analysis" / "lexicons"


def passages_of(text: str) -> list[str]:
    return [text[start:end] for start, end in split_passages(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\nTwo.", ["One.", "Two."]),
        ("One.\n\n  Two. \n", ["One.", "Two."]),
        ("", []),
        (" \n\n ", []),
        ("Одна.\nДве.", ["Одна.", "Две."]),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert passages_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("Mr. Smith left. Dr. Who stayed.", ["Mr. Smith left.", "Dr. Who stayed."]),
        ("U.S. troops left.", ["U.S. troops left."]),
        ("“We won.” They cheered!", ["“We won.”", "They cheered!"]),
        ("It cost 3.5 million. Nobody paid", ["It cost 3.5 million.", "Nobody paid"]),
        ("In Jan. 2024 it rained. J. Doe said so.", ["In Jan. 2024 it rained.", "J. Doe said so."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == expected


ABBREVIATIONS = tomllib.loads((LEXICONS / "abbreviations.toml").read_text("utf-8"))


@pytest.mark.parametrize("text", [text for entry in ABBREVIATIONS.values() for text in entry["examples"]])
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert len(list(sentence_spans(text))) == 1


@pytest.mark.parametrize("kind", ABBREVIATIONS)
def test_each_kind_of_abbreviation_has_an_example_of_its_own(kind: str) -> None:
    words = {word.strip(".,") for text in ABBREVIATIONS[kind]["examples"] for word in text.split()}
    assert words & set(ABBREVIATIONS[kind]["short"])


def test_a_long_text_without_breaks_is_cut_at_sentence_ends() -> None:
    text = " ".join(f"Sentence number {number} has exactly eight plain words." for number in range(60))
    pieces = passages_of(text)
    assert len(pieces) > 1
    assert all(count_words(piece) <= LONGEST_PASSAGE and piece.endswith(".") for piece in pieces)
    assert " ".join(pieces) == text


def test_pieces_of_one_paragraph_share_its_number() -> None:
    long = " ".join("This is a sentence of seven words." for _ in range(40))
    document = Document("d", "s", "o", " Title ", f"{long}\nShort.")
    table = passage_table(Corpus("", (Side("s", "S", "#000"),), (document,)))
    columns = ["field", "start", "end", "paragraph", "words"]
    assert table.loc[0, columns].tolist() == ["title", 1, 6, 0, 1]
    assert table["paragraph"].tolist()[1:] == [1] * (len(table) - 2) + [2]


@given(st.text(alphabet=st.sampled_from("ab .!?\n\"“”'АБ\u00a0\u2028,") | st.characters(), max_size=400))
def test_passages_lose_no_word_and_never_overlap(text: str) -> None:
    spans = split_passages(text)
    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())


@given(
    st.lists(
        st.text(alphabet=st.sampled_from("ab1_ .-'’&\n\t\x1c\u3000é😀") | st.characters(), max_size=60), max_size=6
    )
)
def test_passages_of_many_texts_are_those_of_each(texts: list[str]) -> None:
    """The lines, edges, paragraphs and words that plain string methods and the pattern of a word give."""
    expected = []
    for number, text in enumerate(texts):
        lines = [line for line in re.finditer(r"[^\n]+", text) if line[0].strip()]
        for paragraph, line in enumerate(lines, 1):
            start = line.start() + len(line[0]) - len(line[0].lstrip())
            bare = line[0].strip()
            expected.append((number, start, start + len(bare), paragraph, count_words(bare)))
    found = cut(texts)
    columns = (found.text, found.start, found.end, found.paragraph, found.words)
    assert list(zip(*(column.tolist() for column in columns), strict=True)) == expected


def test_the_passage_table_of_the_seed(seeds: Corpus, reading: Reading) -> None:
    passages = reading.passages
    assert passages.groupby("side")["words"].sum().to_dict() == {"western": 778, "russian": 398}
    assert passages["id"].is_unique
    assert (passages[passages["field"] == "title"]["paragraph"] == 0).all()
