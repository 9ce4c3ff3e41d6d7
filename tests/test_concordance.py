"""A term back to its lines."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.concordance import ORDERS, concordance, occurrences
from analysis.terms import count_terms
from tests.test_terms import corpus

DOCUMENTS, PASSAGES = corpus(
    ("a", "Bell", "Old walls fell.\nThe old Walls’ end; walls again."),
    ("b", "Star", "New walls rose, walls of stone."),
)
COUNTS = count_terms(DOCUMENTS, PASSAGES)


def test_lines_join_to_the_text() -> None:
    lines = concordance(COUNTS, "walls", width=200)
    assert len(lines) == 5
    texts = DOCUMENTS.set_index("id")["text"]
    for line in lines.itertuples():
        assert line.left + line.match + line.right in texts[line.document]
        assert texts[line.document][line.start : line.end] == line.match


def test_phrases_and_any_case() -> None:
    assert concordance(COUNTS, "OLD walls")["match"].tolist() == ["Old walls", "old Walls"]
    assert occurrences(COUNTS, "fell the").empty
    assert occurrences(COUNTS, "nothing at all").empty
    assert occurrences(COUNTS, "").empty


def test_a_selection_and_its_context() -> None:
    lines = concordance(COUNTS, "walls", np.array([1]), width=4)
    assert lines[["left", "match", "right"]].values.tolist() == [["old ", "Walls", "’ en"], ["nd; ", "walls", " aga"]]
    assert lines["passage"].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("order", "first"),
    [("position", "Old "), ("left", ""), ("match", "Old "), ("right", "The old Walls’ end; "), ("side", "Old ")],
)
def test_orders(order: str, first: str) -> None:
    lines = concordance(COUNTS, "walls", order=order)
    assert len(lines) == 5
    if order != "left":
        assert lines["left"].iloc[0] == first
    else:
        assert [left.split()[-1] for left in lines["left"]] == ["end;", "New", "Old", "old", "rose,"]


def test_an_unknown_order_is_told() -> None:
    with pytest.raises(ValueError, match=ORDERS[0]):
        concordance(COUNTS, "walls", order="size")
