"""Fits the weights of `analysis/claims/likeness.py` and tells how well they carry over to texts of other annotators.

    OMP_NUM_THREADS=1 PYTHONPATH=. python tests/benchmarks/fit_likeness.py

Reads `tests/gold/comparisons.jsonl` and `claims*.jsonl` four times: with the whole lexicons, and three times with half
of their words left out, which leaves about what an unfamiliar text leaves. Every weight is tested on a set that it was
not fitted on; precision and recall are those of all pairs that the ledger would show. For open pairs "any" is lowered
until 92 % of them are right in the thinned readings. Takes a minute, or several on a busy machine.

`comparisons.jsonl` has a comparison a line: invented articles of two sides, written for this project by annotators who
did not know the rules, four sets by as many; for each figure the place of its number, bound, object, measure, claimant;
the pairs over sides that give one quantity (alignments; either answer is accepted for optional_alignments and derived),
pairs that must not be made (not_same), contrasts inside a side, figures of one side only. Rules were developed on them
since, so that they serve to fit weights and no longer to measure.
"""

from __future__ import annotations

import json
import multiprocessing
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from analysis.claims.alignment import SHOWN, aligned
from analysis.claims.counted import Counted, counted
from analysis.claims.events import Events
from analysis.claims.facets import CONTRARY, ENOUGH
from analysis.claims.facing import Facing
from analysis.claims.fit import fit
from analysis.claims.likeness import POINTS, is_apart, is_open, likeness, open_evidence, rival_evidence
from analysis.claims.quantities import quantities
from analysis.claims.tellings import Fit
from analysis.figures import find_figures
from analysis.figures.lexicon import lexicon

GOLD = Path(__file__).parents[1] / "gold"
SETS = ("mixed", "world", "war", "civil")
"""Sets of `comparisons.jsonl` that are left out in turn; our own passages are always learnt from."""

READINGS = 4
"""The first with the whole lexicons."""

STRENGTH = 0.3
"""Inverse of the L2 penalty (scikit-learn's C)."""

LEAST_PRECISION = 0.92
"""Of the pairs shown: a false conflict is worse than a missed one."""

ROLES = {"measures": ("verbs", "subjects", "states", "nouns", "people"), "objects": ("words", "roles", "kinds")}
RARE, GONE, LOST, KEPT = 12, 0.35, 0.5, 2
"""Of entries with up to so many words this share is forgotten; of the others' words this share, but for the first."""


@dataclass
class Pair:
    """Two figures of two sides; `right` is None where either answer is accepted."""

    one: SimpleNamespace
    other: SimpleNamespace
    kind: str
    points: int
    evidence: dict[str, float]
    right: bool | None


@dataclass
class Case:
    """A comparison in one reading."""

    set: str
    thinned: bool
    wanted: int
    pairs: list[Pair] = field(default_factory=list)


def main() -> None:
    """Fit, test on the sets left out, print."""
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        cases = [case for reading in pool.imap(read, range(READINGS), 1) for case in reading]
    odds = {kind: _left_out(cases, kind) for kind in ("open", "rival")}
    lowered = _lowered(cases, odds)
    for thinned in (False, True):
        print("half of the words left out:" if thinned else "whole lexicons:")
        for name in (*SETS, None):
            precision, recall = _score(cases, odds, lowered, [name] if name else SETS, thinned)
            print(f"  {name or 'all':6} precision {precision:.1%}, recall {recall:.1%}")
    for kind in odds:
        fitted, rows = _fitted(cases, kind)
        print(f"{kind}: {len(rows)} pairs, {sum(bool(pair.right) for pair in rows)} right")
        for name, weight in fitted.items():
            print(f'    "{name}": {weight - lowered * (kind == "open" and name == "any"):.2f},')
    print(f'"any" of open pairs is lowered by {lowered:.2f}')


def read(reading: int) -> list[Case]:
    """All comparisons, read by lexicons that lost words at random unless `reading` is 0."""
    if reading:
        _forget(random.Random(reading))
    return [_case(case, bool(reading)) for case in _gold()]


def _forget(chance: random.Random) -> None:
    """Take words out of the lexicons of this process."""
    for name, roles in ROLES.items():
        for entry in lexicon(name).values():
            words = {role: entry[role] for role in roles if isinstance(entry.get(role), list)}
            gone = sum(map(len, words.values())) <= RARE and chance.random() < GONE
            for role, listed in words.items():
                kept = [word for at, word in enumerate(listed) if at < KEPT or chance.random() > LOST]
                entry[role] = [] if gone else kept


def _gold() -> Iterator[dict[str, Any]]:
    yield from map(json.loads, (GOLD / "comparisons.jsonl").read_text(encoding="utf-8").splitlines())
    for path in sorted(GOLD.glob("claims*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            articles = [{"id": side, "side": side, "text": case[side]} for side in ("one", "other")]
            yield {"set": path.stem, "articles": articles, "pairs": case["pairs"]}


def _case(gold: dict[str, Any], thinned: bool) -> Case:
    texts = {article["id"]: article["text"] for article in gold["articles"]}
    rows = [row for row in counted(_figures(gold), lambda document, _: texts[document]) if _is_current(row)]
    leader, events = quantities(rows), Events(rows)
    ends = {row.id: _end(row, leader[row.id]) for row in rows}
    named = _names(gold, rows, texts)
    right, either = _labels(gold)
    case = Case(gold["set"], thinned, len(right))
    for one, other in combinations(rows, 2):
        if one.side != other.side and events.meet(one, other):
            label = frozenset((named.get(one.id), named.get(other.id)))
            answer = None if label in either else label in right
            case.pairs.append(Pair(ends[one.id], ends[other.id], *_judged(one, other), answer))
    return case


def _figures(gold: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"id": f"{article['id']}:{number}", "document": article["id"], "side": article["side"], "date": None}
        | vars(figure)
        for article in gold["articles"]
        for number, figure in enumerate(find_figures(article["text"]))
    ]


def _is_current(row: Counted) -> bool:
    return row.figure["superseded_by"] is None


def _end(row: Counted, leader: str) -> SimpleNamespace:
    return SimpleNamespace(id=row.id, document=row.document, side=row.side, date=None, leader=leader)


def _names(gold: dict[str, Any], rows: Iterable[Counted], texts: Mapping[str, str]) -> dict[str, Any]:
    """Figure read -> its name in the gold: its id, or its number as printed."""
    spans = {row.id: (row.document, row.figure["number_start"], row.figure["number_end"]) for row in rows}
    if "pairs" in gold:
        return {name: (document, texts[document][start:end]) for name, (document, start, end) in spans.items()}
    found = {}
    for figure in gold["figures"]:
        for name, (document, start, end) in spans.items():
            if document == figure["article"] and start < figure["num_end"] and figure["num_start"] < end:
                found[name] = figure["id"]
    return found


def _labels(gold: dict[str, Any]) -> tuple[set[frozenset[Any]], set[frozenset[Any]]]:
    """The pairs of names that give one quantity, and those of which either answer is accepted."""
    if "pairs" in gold:
        return {frozenset((("one", one), ("other", other))) for one, other, _ in gold["pairs"]}, set()
    open_to = [*gold["optional_alignments"], *gold["derived"]]
    return _both(gold["alignments"]), _both(open_to)


def _both(pairs: Iterable[dict[str, str]]) -> set[frozenset[Any]]:
    return {frozenset((pair["a"], pair["b"])) for pair in pairs}


def _judged(one: Counted, other: Counted) -> tuple[str, int, dict[str, float]]:
    """What decides on two figures (fitted: open, rival; else the facets), their points, the evidence."""
    two, points = Facing(one, other), fit(one, other)
    if is_open(two):
        can_be = one.kind == other.kind and one.dimension == other.dimension and one.per == other.per
        can_be = can_be and likeness(two) > CONTRARY
        return ("open", 0, dict(open_evidence(two))) if can_be else ("told", CONTRARY, {})
    if points >= ENOUGH and is_apart(two):
        return "rival", points, dict(rival_evidence(two, points))
    return "told", points, {}


def _left_out(cases: Iterable[Case], kind: str) -> dict[int, float]:
    """Pair, by its identity -> log-odds by weights that were fitted without its set."""
    found: dict[int, float] = {}
    for name in SETS:
        made, model, _ = _model([case for case in cases if case.set != name], kind)
        pairs = [pair for case in cases if case.set == name for pair in case.pairs if pair.kind == kind]
        odds = model.decision_function(made.transform([_counted(pair) for pair in pairs]))
        found |= {id(pair): float(value) for pair, value in zip(pairs, odds, strict=True)}
    return found


def _model(cases: Iterable[Case], kind: str) -> tuple[DictVectorizer, LogisticRegression, list[Pair]]:
    pairs = [pair for case in cases for pair in case.pairs if pair.kind == kind and pair.right is not None]
    made = DictVectorizer()
    table = made.fit_transform([_counted(pair) for pair in pairs])
    return made, LogisticRegression(C=STRENGTH, max_iter=5000).fit(table, [pair.right for pair in pairs]), pairs


def _counted(pair: Pair) -> dict[str, float]:
    """Its evidence without "any", which is the intercept."""
    return {name: float(amount) for name, amount in pair.evidence.items() if name != "any"}


def _fitted(cases: Iterable[Case], kind: str) -> tuple[dict[str, float], list[Pair]]:
    made, model, pairs = _model(cases, kind)
    weights = zip(made.get_feature_names_out(), model.coef_[0], strict=True)
    return {"any": float(model.intercept_[0])} | dict(weights), pairs


def _lowered(cases: Iterable[Case], odds: Mapping[str, Mapping[int, float]]) -> float:
    """The least by which "any" is to be lowered for the precision wanted."""
    steps = np.arange(0, 2, 0.05)
    return float(next(step for step in steps if _score(cases, odds, step, SETS, True)[0] >= LEAST_PRECISION))


def _score(
    cases: Iterable[Case], odds: Mapping[str, Mapping[int, float]], lowered: float, sets: Iterable[str], thinned: bool
) -> tuple[float, float]:
    """Precision and recall of the pairs that the ledger would show."""
    counts: Counter[str] = Counter()
    for case in cases:
        if case.set in sets and case.thinned == thinned:
            shown = [_fit(pair, odds, lowered) for pair in case.pairs]
            found = [pair.verdict.right for pair in aligned([pair for pair in shown if pair.points >= SHOWN])]
            counts.update(right=found.count(True), false=found.count(False), wanted=case.wanted)
    return counts["right"] / (counts["right"] + counts["false"]), counts["right"] / counts["wanted"]


def _fit(pair: Pair, odds: Mapping[str, Mapping[int, float]], lowered: float) -> Fit:
    points = pair.points
    if pair.kind == "open":
        points = max(CONTRARY, ENOUGH + round(POINTS * (odds["open"][id(pair)] - lowered)))
    elif pair.kind == "rival" and odds["rival"][id(pair)] < 0:
        points = CONTRARY
    return Fit(pair.one, pair.other, points, pair, None)


if __name__ == "__main__":
    main()
