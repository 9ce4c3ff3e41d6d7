"""The attribution reader on sentences of our own, one for each shape of a report: floors may rise, never sink."""

import json
import re
from pathlib import Path

import pytest

from analysis.attribution import Attribution, find_attributions

GOLD = [
    json.loads(line) for line in Path(__file__).with_name("attribution.jsonl").read_text(encoding="utf-8").splitlines()
]

WORD = re.compile(r"\w+")

FLOORS = {"cue": 0.98, "source": 0.96, "content": 0.96, "link": 0.94}
"""F1 each; a report is linked when source, cue and most of the content are right."""


def words(text: str, spans: list[list[int]]) -> frozenset[int]:
    """Where the words inside spans begin."""
    return frozenset(match.start() for start, end in spans for match in WORD.finditer(text, start, end))


def overlap(a: frozenset, b: frozenset) -> float:
    return len(a & b) / len(a | b) if a | b else 1.0


def meets(a, b) -> bool:
    return any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)


def spans(attribution: Attribution, part: str) -> list[list[int]]:
    return [list(span) for span in getattr(attribution, part)]


def f1(hits: int, expected: int, found: int) -> float:
    return 2 * hits / (expected + found)


@pytest.fixture(scope="module")
def scores() -> dict[str, float]:
    hits = dict.fromkeys(FLOORS, 0)
    expected = found = 0
    for sentence in GOLD:
        text = sentence["text"]
        got = find_attributions(text)
        expected += len(sentence["attributions"])
        found += len(got)
        for want in sentence["attributions"]:
            near = [a for a in got if meets(a.cue, want["cue"])]
            if not near:
                continue
            source = words(text, spans(near[0], "source")) == words(text, want["source"])
            content = overlap(words(text, spans(near[0], "content")), words(text, want["content"])) >= 0.8
            hits["cue"] += 1
            hits["source"] += source
            hits["content"] += content
            hits["link"] += source and content
    return {part: f1(count, expected, found) for part, count in hits.items()}


def test_gold_covers_the_shapes():
    shapes = {sentence["shape"] for sentence in GOLD}
    assert len(GOLD) >= 60
    assert shapes == {
        "clause", "quotation", "mixed", "according_to", "noun_phrase", "nested", "headline", "none",
    }  # fmt: skip


@pytest.mark.parametrize("part", FLOORS)
def test_floor(scores: dict[str, float], part: str):
    assert scores[part] >= FLOORS[part], scores
