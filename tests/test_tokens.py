"""Words of a text and where they stand."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.tokens import fold, tokenize

CASES = [
    ("The deal, they said.", "The|deal|they|said"),
    ("He left the U.S. on Monday.", "He|left|the|U.S.|on|Monday"),
    ("the U.S.-led talks at 5 p.m. today", "the|U.S.-led|talks|at|5|p.m.|today"),
    ("It ended.Then more", "It|ended|Then|more"),
    ("J.Smith and J. Smith", "J|Smith|and|J|Smith"),
    ("Ana M. Ruiz met Bo H. W. Falk", "Ana|Ruiz|met|Bo|Falk"),
    ("on X. Then World War I. Then plan B. Next, Ana M. said", "on|X|Then|World|War|I|Then|plan|B|Next|Ana|M|said"),
    ("a full-scale war", "a|full-scale|war"),
    ("a full\u2010scale war - no", "a|full\u2010scale|war|no"),
    ("don't or don\u2019t", "don't|or|don\u2019t"),
    ("O'Hara's and O\u2019Hara\u2019s coats", "O'Hara|and|O\u2019Hara|coats"),
    ("the workers' 'quoted' rights", "the|workers|quoted|rights"),
    ("1,200.5 of 3, 4", "1,200.5|of|3|4"),
    ("na\u00efve nai\u0308ve", "na\u00efve|nai\u0308ve"),
    ("Переговоры в Женеве", "Переговоры|в|Женеве"),
    ("محادثات السلام", "محادثات|السلام"),
    ("हिन्दी में", "हिन्दी|में"),
    ("和平谈判", "和|平|谈|判"),
    ("\u2764\ufe0f fire \U0001f525 @name #tag", "fire|name|tag"),
    ("", ""),
    ("... \u2014 \u2014", ""),
    (f"before {'w' * 201} after", "before|after"),
    (f"before {'w' * 200} after", f"before|{'w' * 200}|after"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_words(text: str, expected: str) -> None:
    tokens = tokenize([text])
    assert "|".join(tokens.words[tokens.word]) == expected


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40), max_size=6))
def test_every_word_is_a_slice_of_its_text(texts: list[str]) -> None:
    tokens = tokenize(texts)
    assert len(tokens.bounds) == len(texts) + 1
    for number, text in enumerate(texts):
        for at in range(*tokens.bounds[number : number + 2]):
            word, start = tokens.words[tokens.word[at]], tokens.start[at]
            assert text[start : start + len(word)] == word
            assert any(map(str.isalnum, word)) or "_" in word


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_texts_do_not_touch_each_other(texts: list[str]) -> None:
    together, alone = tokenize(texts), [tokenize([text]) for text in texts]
    assert together.words[together.word].tolist() == [w for one in alone for w in one.words[one.word]]
    assert together.joined.tolist() == [flag for one in alone for flag in one.joined]


def test_long_texts_are_cut_nowhere() -> None:
    text = "alpha beta " * 200_000
    tokens = tokenize([text, "alpha"])
    assert tokens.words.tolist() == ["alpha", "beta"]
    assert np.diff(tokens.bounds).tolist() == [400_000, 1]


def test_neighbours_and_sentences() -> None:
    tokens = tokenize(["One two, three. Four's five: six"])
    words = tokens.words[tokens.word].tolist()
    assert [word for word, joined in zip(words, tokens.joined, strict=True) if joined] == ["two"]
    assert [word for word, opens in zip(words, tokens.opens, strict=True) if opens] == ["One", "Four", "six"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Strike", "STRIKE"), ("O\u2019Hara", "o'hara"), ("Straße", "STRASSE"), ("full\u2010scale", "full-scale"),
     ("\u00e9t\u00e9", unicodedata.normalize("NFD", "\u00c9T\u00c9")), ("soft\u00adhyphen", "softhyphen")],
)  # fmt: skip
def test_folding(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_the_us_is_not_us() -> None:
    assert fold("US") != fold("us") == fold("Us")
