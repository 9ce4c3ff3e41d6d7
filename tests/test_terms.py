"""Term contrasts against counts made by eye, plain-Python statistics and scikit-learn."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

from analysis.concordance import occurrences
from analysis.terms import MEASURES, TermCounts, count_terms, keyness, merge_names, printed_terms, shuffled_sides, sums
from analysis.terms import view as terms_view
from analysis.terms.counts import stopwords
from analysis.terms.matrix import passage_matrix, tfidf
from analysis.terms.measures import g2, log_odds
from analysis.terms.sums import Cells, Clustered
from analysis.terms.uncertainty import benjamini_hochberg, near_end, permutation_p
from analysis.terms.view import View
from analysis.tokens import STOPWORDS, capitals, fold
from tests.conftest import made


def corpus(*articles: tuple[str, str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables of articles given as (side, outlet, text); every line is a passage."""
    documents = pd.DataFrame(
        [(f"d{n}", side, outlet, None, "", text) for n, (side, outlet, text) in enumerate(articles)],
        columns=["id", "side", "outlet", "date", "title", "text"],
    )
    rows = []
    for document, text in zip(documents["id"], documents["text"], strict=True):
        start = 0
        for line in text.split("\n"):
            rows.append((f"p{len(rows)}", document, "text", start, start + len(line)))
            start += len(line) + 1
    return documents, pd.DataFrame(rows, columns=["id", "document", "field", "start", "end"])


SMALL = corpus(
    ("east", "Bell", "Rockets hit the port. Rockets again!\nThe port burned; ports burn."),
    ("west", "Star", "Peace talks began.\nTalks about the port, peace talks and rockets."),
    ("north", "Moon", "Peace, said the port."),
)


@pytest.fixture(scope="module")
def small() -> TermCounts:
    return count_terms(*SMALL)


def many(seed: int = 0, articles: int = 24, sides: Sequence[str] = ("a", "b")) -> TermCounts:
    """A made corpus in which side a writes `alpha` and side b `beta` more often."""
    rng = np.random.default_rng(seed)
    words = np.array([f"w{letter}" for letter in "bcdfghjklmnpqrstvxz"])
    made = []
    for number in range(articles):
        side = sides[number % len(sides)]
        lines = [" ".join(rng.choice(words, 12)) for _ in range(4)]
        lines.append(" ".join(["alpha" if side == sides[0] else "beta"] * int(rng.integers(2, 5))))
        made.append((side, f"{side}{number % 5}", "\n".join(lines)))
    return count_terms(*corpus(*made))


def row(table: pd.DataFrame, term: str) -> pd.Series:
    found = table[table["term"] == term]
    assert len(found) == 1, f"{term}: {len(found)} rows"
    return found.iloc[0]


@pytest.mark.parametrize(
    ("term", "n", "documents", "passages"),
    [
        ("rockets", (2, 1), (1, 1), (1, 1)),
        ("port", (2, 1), (1, 1), (2, 1)),
        ("talks", (0, 3), (0, 1), (0, 2)),
        ("peace talks", (0, 2), (0, 1), (0, 2)),
        ("ports burn", (1, 0), (1, 0), (1, 0)),
    ],
)
def test_counts(
    small: TermCounts, term: str, n: tuple[int, int], documents: tuple[int, int], passages: tuple[int, int]
) -> None:
    found = row(keyness(small, target="east", reference="west"), term)
    assert (found["n_target"], found["n_reference"]) == n
    assert (found["documents_target"], found["documents_reference"]) == documents
    assert (found["passages_target"], found["passages_reference"]) == passages


def test_phrases_stay_inside_their_sentence(small: TermCounts) -> None:
    listed = set(keyness(small, target="east", ngrams=(2, 3))["term"])
    assert {"peace talks", "rockets hit", "talks began", "peace talks began"} <= listed
    assert not {"port rockets", "port peace", "burned ports", "port burned ports"} & listed
    assert not [term for term in listed if term.split()[0] in stopwords() or term.split()[-1] in stopwords()]


@pytest.mark.parametrize("measure", MEASURES)
def test_as_many_occurrences_as_the_count_says(measure: str) -> None:
    counts = many()
    table = keyness(counts, target="a", measure=measure, ngrams=(1, 2, 3), top=30)
    for found in table.itertuples():
        assert len(occurrences(counts, found.term)) == found.n_target + found.n_reference


def test_the_rest_is_all_other_sides(small: TermCounts) -> None:
    assert row(keyness(small, target="east"), "peace")["n_reference"] == 3
    assert row(keyness(small, target="east", reference="north"), "peace")["n_reference"] == 1


def test_a_selection_counts_its_passages_only(small: TermCounts) -> None:
    table = keyness(small, np.array([0, 2, 3]), target="east", reference="west")
    assert row(table, "port")["n_target"] == 1
    assert "burned" not in set(table["term"])
    mask = np.array([True, False, True, True, False])
    pd.testing.assert_frame_equal(table, keyness(small, mask, target="east", reference="west"))


def test_tfidf_equals_scikit_learn() -> None:
    counts = many()
    tables = [counts.ngrams(n) for n in (1, 2)]
    shape = len(counts.passages)
    matrix = sparse.vstack(
        [sparse.csr_matrix((t.count, t.cells.unit, t.cells.bounds), (len(t.names), shape)) for t in tables]
    ).T
    expected = TfidfTransformer().fit_transform(matrix).toarray()
    names = np.concatenate([t.names for t in tables])
    side = counts.layout.side[counts.layout.document]
    means = pd.DataFrame({"target": expected[side == 0].mean(0), "reference": expected[side == 1].mean(0)}, names)
    found = keyness(counts, target="a").set_index("term")
    assert len(found) > 100
    np.testing.assert_allclose(found["tfidf_target"], means.loc[found.index, "target"], atol=1e-12)
    np.testing.assert_allclose(found["tfidf"], -means.loc[found.index].diff(axis=1)["reference"], atol=1e-12)


def test_the_weights_of_words_equal_scikit_learn(small: TermCounts) -> None:
    matrix, words = passage_matrix(small, small.passages.index)
    assert len(words) == matrix.shape[1] > 5
    with_an_empty_row = sparse.csr_array(sparse.vstack([matrix, sparse.csr_array((1, len(words)))]))
    expected = TfidfTransformer().fit_transform(with_an_empty_row).toarray()
    np.testing.assert_allclose(tfidf(with_an_empty_row).toarray(), expected, atol=1e-12)
    assert tfidf(sparse.csr_array((0, 3))).shape == (0, 3)


def test_g2_of_rayson_and_garside() -> None:
    """Two cells: 2 (a ln(a / E1) + b ln(b / E2)), by hand."""
    a, b, c, d = 40, 10, 10_000, 20_000
    e1, e2 = c * (a + b) / (c + d), d * (a + b) / (c + d)
    by_hand = 2 * (a * math.log(a / e1) + b * math.log(b / e2))
    found = g2(np.array([[a, b], [b, a], [0, 7], [0, 0]], float), np.array([c, d], float))
    assert found[0] == pytest.approx(by_hand, abs=1e-9)
    assert found[2] == pytest.approx(-2 * 7 * math.log(7 / (d * 7 / (c + d))), abs=1e-9)
    assert found[3] == 0


def test_log_odds_of_monroe() -> None:
    """Equations 15, 20 and 21 in plain Python."""
    y, n, alpha, alpha0 = (30, 12), (5000, 4000), 0.75, 600.0
    odds = [math.log((count + alpha) / (size + alpha0 - count - alpha)) for count, size in zip(y, n, strict=True)]
    delta = odds[0] - odds[1]
    z = delta / math.sqrt(1 / (y[0] + alpha) + 1 / (y[1] + alpha))
    found = log_odds(np.array([y], float), np.array(n, float), np.array([alpha]), alpha0)
    assert (found[0][0], found[1][0]) == (pytest.approx(delta, abs=1e-9), pytest.approx(z, abs=1e-9))


def test_permutation_p_against_all_deals() -> None:
    """The closed form's variance is that of every deal of 8 articles, 4 a side."""
    from itertools import combinations

    x, m = np.array([3.0, 1, 2, 0, 0, 1, 0, 0]), np.array([90.0, 110, 80, 120, 100, 100, 95, 105])
    residual = x - x.sum() / m.sum() * m
    deals = [sum(residual[list(deal)]) for deal in combinations(range(8), 4)]
    z = residual[:4].sum() / np.std(deals)
    cells = Cells(np.array([0, 8], np.int32), np.arange(8, dtype=np.int32))
    p = permutation_p(Clustered.of(cells, x, m, np.repeat([0, 1], 4)), np.array([4.0]))[0]
    least = 2 / math.comb(8, 4)
    assert p == pytest.approx(max(math.erfc(abs(z) / math.sqrt(2)), least), abs=1e-9)


@pytest.mark.parametrize("block", [1 << 20, 7, 2])
def test_sums_through_outlets_are_those_by_article(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sums, "BLOCK", block)
    view = View.of(many(articles=40), None, "a")
    table, sizes = view.ngrams(1), view.document_words
    unit, x = table.documents.cells.unit, table.document_count / 3
    plain = Clustered.of(table.documents.cells, x, sizes, view.group)
    quick = Clustered.through(table.outlets, unit, x, sizes, view.group, view.outlet_group)
    for name in Clustered.__dataclass_fields__:
        np.testing.assert_allclose(getattr(quick, name), getattr(plain, name), rtol=1e-12, err_msg=name)


SELECTIONS = {
    "articles": lambda passages: passages["document"].isin([f"d{number}" for number in range(5, 27)]),
    "passages": lambda passages: np.arange(len(passages)) % 3 > 0,
}


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("chosen", SELECTIONS)
def test_counts_taken_out_or_passed_over_give_the_same_contrast(
    chosen: str, measure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = many(articles=40)
    rows = np.flatnonzero(SELECTIONS[chosen](counts.passages))
    topics = np.array(["one", "two", None], object)[np.arange(len(counts.passages)) % 3]
    tables = []
    for share in (0.0, 1.1):
        monkeypatch.setattr(terms_view, "NARROW", share)
        tables.append(keyness(counts, rows, target="a", measure=measure, topics=topics).sort_values("term"))
    passed, taken = (table.reset_index(drop=True) for table in tables)
    pd.testing.assert_frame_equal(passed, taken, rtol=1e-9, atol=1e-12)
    assert passed["n_target"].sum() > 0


def test_benjamini_hochberg() -> None:
    p = np.array([0.01, np.nan, 0.04, 0.03, 0.005])
    np.testing.assert_allclose(benjamini_hochberg(p), [0.02, np.nan, 0.04, 0.04, 0.02])


def test_near_end() -> None:
    ends = near_end(np.array([1.0, -3, -1]), np.array([2.0, -1, 1]))
    assert ends.tolist() == [1, -1, 0]


@pytest.mark.parametrize("measure", MEASURES)
def test_swapping_mirrors_every_number(measure: str) -> None:
    counts = many()
    one = keyness(counts, target="a", reference="b", measure=measure).set_index("term").sort_index()
    other = keyness(counts, target="b", reference="a", measure=measure).set_index("term").sort_index()
    for name in ("score", "near", "ratio", "tfidf", "log_odds", "log_odds_z", "log_ratio", "share", "g2"):
        assert (one[name].fillna(9) == -other[name].fillna(-9)).all(), name
    assert (one["low"].fillna(9) == -other["high"].fillna(-9)).all()
    for name in ("p", "p_adjusted"):
        pd.testing.assert_series_equal(one[name], other[name], check_exact=True)
    for name in ("n", "documents", "passages", "outlets", "rate", "share", "tfidf", "largest_outlet"):
        assert (one[f"{name}_target"] == other[f"{name}_reference"]).all(), name
    assert (one["class"].fillna("") == other["class"].fillna("")).all()


@pytest.mark.parametrize("measure", MEASURES)
def test_a_real_contrast_comes_first(measure: str) -> None:
    table = keyness(many(), target="a", measure=measure, top=1)
    assert table["term"].tolist()[0].startswith("alpha")
    assert table["term"].tolist()[1].startswith("beta")
    assert table["p_adjusted"].max() < 0.05
    if measure != "g2":
        assert (table["low"] <= table["score"]).all()
        assert (table["score"] <= table["high"]).all()


def test_order_is_fixed_and_ties_are_broken_by_the_term() -> None:
    counts = count_terms(*corpus(("a", "A", "zebra apple mango"), ("b", "B", "kiwi")))
    assert keyness(counts, target="a", ngrams=(1,))["term"].tolist() == ["apple", "mango", "zebra", "kiwi"]
    assert keyness(counts, target="a", ngrams=(1,), top=2)["term"].tolist() == ["apple", "mango", "kiwi"]


def test_few_articles_make_no_claim(small: TermCounts) -> None:
    table = keyness(small, target="east")
    assert table[["low", "high", "near", "p", "p_adjusted"]].isna().all(axis=None)
    assert table["reason"].str.startswith("these texts only: 1 article against 2").all()
    assert table["class"].isna().all()
    target = table[table["score"] > 0]
    shares = (target["share_target"] - target["share_reference"])[target["folded_into"].isna()]
    assert shares.is_monotonic_decreasing


def test_comparing_inside_topics_removes_story_selection() -> None:
    """Side a writes four times as much about the storm; about each topic both write alike."""
    storm, vote = "storm flood rain coast", "vote ballot party seat"
    made = [(side, f"{side}{n % 3}", "\n".join(f"{storm if n % 5 < share else vote} x{n}y{line}" for line in range(3)))
            for side, share in (("a", 4), ("b", 1)) for n in range(60)]  # fmt: skip
    counts = count_terms(*corpus(*made))
    topics = ["storm" if storm in text else "vote" for _, _, lines in made for text in lines.split("\n")]
    raw = row(keyness(counts, target="a", topics=topics), "flood")
    assert raw["near"] > 0
    assert raw["class"] == "story"
    inside = row(keyness(counts, target="a", topics=topics, inside_topics=True), "flood")
    assert abs(inside["ratio"]) < 1e-9
    assert inside["n_target"] == raw["n_target"]


def test_house_style_is_told_and_listed_last() -> None:
    made = []
    for number in range(24):
        side, outlet = "ab"[number % 2], f"{'ab'[number % 2]}{number % 6 // 2}"
        text = (
            f"bread {'market ' * 20}{'photo caption' if outlet == 'a0' else 'river'} {'rifle' if side == 'a' else ''}"
        )
        made.append((side, outlet, f"{text} number{number}"))
    table = keyness(count_terms(*corpus(*made)), target="a", ngrams=(1,))
    assert row(table, "photo")["class"] == "house_style"
    assert row(table, "rifle")["class"] == "framing"
    assert row(table, "market")["class"] == "shared"
    order = table["term"].tolist()
    assert order.index("rifle") < order.index("photo")


def test_a_phrase_takes_its_words_along() -> None:
    own, other = "bell tower rang twice", "bell and tower"
    made = [("a", "A", f"{own} case{n}") if n % 2 else ("b", "B", f"{other} case{n}") for n in range(6)]
    table = keyness(count_terms(*corpus(*made)), target="a")
    assert row(table, "twice")["folded_into"] == "rang twice"
    assert row(table, "rang twice")["folded_into"] is None
    assert row(table, "case1")["folded_into"] == "twice case1"
    order = table["term"].tolist()
    assert order.index("rang twice") < order.index("twice")


def test_names_are_merged_before_anything_is_counted() -> None:
    documents, passages = corpus(
        ("a", "A", "Old Harbor fell. Harbor men in Old Harbor."), ("b", "B", "Port Vell fell.")
    )
    entity = "Old Harbor/Port Vell"
    counts = merge_names(count_terms(documents, passages), {"old harbor": entity, "port vell": entity})
    table = keyness(counts, target="a")
    found = row(table, "Old Harbor/Port Vell")
    assert (found["n_target"], found["n_reference"], found["class"]) == (2, 1, "name_variant")
    assert row(table, "harbor")["n_target"] == 1
    assert row(table, "Old Harbor/Port Vell fell")["n_reference"] == 1
    spans = occurrences(counts, entity)
    texts = documents.set_index("id")["text"].loc[spans["document"]]
    cut = [text[start:end] for text, start, end in zip(texts, spans["start"], spans["end"], strict=True)]
    assert cut == ["Old Harbor", "Old Harbor", "Port Vell"]


def test_boilerplate_is_set_aside_and_listed() -> None:
    made = [
        ("a", "Daily Bell", f"GENEVA (Agency) - Story{n} of Bell and Daily Bell.\nSign up for our letters now.")
        for n in range(6)
    ]
    made += [("b", "Star", f"By Ann Lee\nOther story{n} about the Daily Bell.") for n in range(6)]
    counts = count_terms(*corpus(*made))
    listed = set(keyness(counts, target="a", ngrams=(1,))["term"])
    assert not {"sign", "letters", "geneva", "agency", "ann", "lee"} & listed
    assert occurrences(counts, "daily bell")["side"].tolist() == ["b"] * 6
    kinds = counts.set_aside.set_index("text")["kind"].to_dict()
    assert kinds["Sign up for our letters now"] == "repeated line"
    assert kinds["By Ann Lee"] in ("repeated line", "byline")
    assert kinds["Daily Bell"] == "outlet name"
    assert counts.set_aside["words"].sum() == 6 * (6 + 2 + 2 + 3)


def test_quotations_of_several_outlets_are_no_boilerplate() -> None:
    made = [("ab"[n % 2], f"outlet{n}", f"We will never yield to any threat.\nStory{n}") for n in range(12)]
    assert count_terms(*corpus(*made)).set_aside.empty


def test_each_language_holds_its_examples() -> None:
    languages = tomllib.loads(STOPWORDS.read_text("utf-8"))["language"]
    for language in languages:
        words = language["words"].split()
        assert set(language["examples"]) <= set(words), language["code"]
        assert all(fold(word) == word for word in words), language["code"]
    assert {"US", "WHO"} <= capitals()
    assert {word.lower() for word in capitals()} <= stopwords()
    assert not {"war", "no", "not", "deal", "peace"} & stopwords()


def test_shuffled_sides_list_nothing() -> None:
    table = shuffled_sides(many(articles=40), target="a", draws=5)
    assert table["listed"].iloc[0] >= 2
    assert table["listed"].iloc[1:].max() == 0
    pd.testing.assert_frame_equal(table, shuffled_sides(many(articles=40), target="a", draws=5))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ({"target": "nowhere"}, "no side 'nowhere'"),
        ({"target": "east", "reference": "east"}, "compared with itself"),
        ({"target": "east", "measure": "magic"}, "no measure 'magic'"),
        ({"target": "east", "ngrams": (4,)}, "terms have 1 to 3 words"),
    ],
)
def test_what_cannot_be_asked(small: TermCounts, call: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        keyness(small, **call)


def test_nothing_selected_is_an_empty_table(small: TermCounts) -> None:
    assert keyness(small, np.zeros(5, bool), target="east").empty


def test_terms_are_printed_as_the_texts_print_them_most_often() -> None:
    counts = count_terms(*corpus(("a", "Bell", "Nato met.\nThe NATO summit. NATO's Paris summit."), ("b", "Bee", "")))
    assert printed_terms(counts, ["nato", "paris summit", "unknown", "Kyiv/Kiev"]) == [
        "NATO", "Paris summit", "unknown", "Kyiv/Kiev",
    ]  # fmt: skip
    assert printed_terms(count_terms(*corpus(("a", "Bell", ""))), ["x"]) == ["x"]


@pytest.mark.parametrize("measure", MEASURES)
def test_a_term_in_too_few_articles_to_be_tested_never_leads(measure: str) -> None:
    """A word used once has an interval under some measures that leaves out no difference."""
    north = [f"The kite {'met a mast' if n % 3 else 'fell'} and the rare{n} came." for n in range(12)]
    south = [f"The gull {'fell' if n % 3 else 'met a mast'} and the odd{n} came." for n in range(12)]
    table = keyness(made(north=north, south=south).reading.counts, target="north", measure=measure, ngrams=(1,))
    for sign in (1, -1):
        tested = table.loc[np.sign(table["score"]) == sign, "p"].notna().tolist()
        assert tested[0]
        assert tested == sorted(tested, reverse=True)
