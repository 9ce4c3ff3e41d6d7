"""The claim ledger on pairs of passages written for this project; floors rise, and sink only by an explicit edit."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.claims import ledger
from analysis.figures import Figure, find_figures

GOLD = Path(__file__).parent / "claims.jsonl"

FLOORS = {"precision": 0.97, "recall": 0.97, "verdict": 0.98}
"""Of pairs over the sides: how many of those shown are right, how many are found, how many verdicts are right."""


@cache
def scores() -> dict[str, float]:
    counts: Counter[str] = Counter()
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        want = {(one, other): verdict for one, other, verdict in case["pairs"]}
        found = _pairs({"one": case["one"], "other": case["other"]})
        both = found.keys() & want.keys()
        counts.update(found=len(found), wanted=len(want), right=len(both))
        counts["verdict"] += sum(found[pair] == want[pair] for pair in both)
    return {
        "precision": counts["right"] / counts["found"],
        "recall": counts["right"] / counts["wanted"],
        "verdict": counts["verdict"] / counts["right"],
    }


def _pairs(texts: dict[str, str]) -> dict[tuple[str, str], str]:
    """The numbers, as printed, that the ledger pairs, with its verdict."""
    rows: list[dict[str, Any]] = []
    for side, text in texts.items():
        for number, figure in enumerate(find_figures(text)):
            about = {"document": side, "side": side, "outlet": side, "date": None}
            rows.append({"id": f"{side}{number}", **about, **asdict(figure)})
    names = ["id", "document", "side", "outlet", "date", *Figure.__dataclass_fields__]
    table = pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in names})
    printed = {row["id"]: texts[row["side"]][row["number_start"] : row["number_end"]] for row in rows}
    told = [pair for pairs in ledger(table, lambda document, _: texts[document]).claims["pairs"] for pair in pairs]
    return {(printed[pair["a"]], printed[pair["b"]]): pair["verdict"] for pair in told}


@pytest.mark.parametrize("name", FLOORS)
def test_floor(name: str) -> None:
    assert scores()[name] >= FLOORS[name]
