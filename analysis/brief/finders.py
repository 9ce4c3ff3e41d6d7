"""The candidates of each kind of finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, groupby
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from analysis.brief.finding import Finding, many_articles, texts
from analysis.brief.shares import Share, shares
from analysis.corpus import Side
from analysis.corrections import printed
from analysis.names.spelling import is_house_style
from analysis.reading import Selected
from analysis.spellings import spellings
from analysis.terms import keyness
from analysis.terms.keyness import SIGNIFICANT, SUNK
from analysis.terms.printed import printed_terms
from analysis.tokens import fold
from analysis.voices import fullest_quotes, narrated

LEAST_GIVEN = 2
"""Articles of each side that must give a figure before its conflict says something of the sides."""

LEAST_USES = 3
"""Uses of a term below which it marks nothing."""

TRIED = 40
"""Terms of a side, the strongest, of which the one with the clearest ratio is told."""

WHOLE = 10
"""Rates from here on are told without a fraction."""

MIDDLE = 0.5
"""Strength of a contrast inside one side, which no other side can be measured against."""

USUAL = 100
"""Mentions of a name at which a difference in its spelling weighs half."""


def quantities(selected: Selected) -> Iterator[Finding]:
    """Figures of one thing that cannot all be true as printed."""
    claims = selected.ledger.claims
    claims = claims[claims["status"] == "conflict"]
    figures = _rows_of(selected, {name for sides in claims["figures"] for ids in sides.values() for name in ids})
    where = {side.id: _in(selected, side) for side in selected.sides}
    many = many_articles(selected)
    for claim in claims.itertuples():
        told = "; ".join(
            f"{where[side]} {_and(printed(figures[name]) for name in ids)}" for side, ids in claim.figures.items()
        )
        given = min(len({figures[name]["document"] for name in ids}) for ids in claim.figures.values())
        firm = many and given >= LEAST_GIVEN
        ratio = max((pair["ratio"] or 1.0) for pair in claim.pairs)
        sentence = f"Different figures ({_quantity(claim)}): {told}."
        certainty = "firm" if firm else "tentative"
        yield Finding(
            "figures", sentence, f"{ratio:.2g} times", certainty, 1 - 0.5 / ratio, "figures", f"claim:{claim.id}"
        )


def silences(selected: Selected) -> Iterator[Finding]:
    """How many quantities only one side gives."""
    claims = selected.ledger.claims
    one_sided = claims.loc[claims["status"] == "one_side", "figures"]
    own = {side: sum(side.id in given for given in one_sided) for side in selected.sides}
    if count := sum(own.values()):
        told = "; ".join(f"{number:,} {_in(selected, side)}" for side, number in own.items())
        value = f"{count:,} of {len(claims):,}"
        of = f"All {count:,}" if count == len(claims) else f"{count:,} of {len(claims):,}"
        sentence = f"{of} quantities are given on one side only: {told}."
        strength = MIDDLE * count / len(claims)
        yield Finding("silence", sentence, value, "tentative", strength, "figures", "status:one_side")


def contrasts(selected: Selected) -> Iterator[Finding]:
    """Launched against shot down inside one side."""
    table = selected.ledger.contrasts
    table = table[table["relation"] == "launched_vs_shot_down"]
    figures = _rows_of(selected, {*table["a"], *table["b"]})
    for row in table.itertuples():
        launched, down = figures[row.a], figures[row.b]
        where = _opening(selected, selected.corpus.side(row.side))
        sentence = (
            f"{where}, “{printed(down)}” shot down stand beside “{printed(launched)}” launched "
            f"({launched['object_text'] or launched['object']}): {row.share}."
        )
        yield Finding("contrast", sentence, row.share, "tentative", MIDDLE, "figures", f"contrast:{row.id}")


def terms(selected: Selected) -> Iterator[Finding]:
    """The term that each side uses most unlike the others: of those that survive the test, else of all.

    What an outlet calls itself is none.
    """
    many, more = many_articles(selected), len(selected.sides) > len(("target", "reference"))
    for side, table in _contrasted(selected, TRIED if many else 1):
        table = table[(table["score"] > 0) | more & many]
        table = table[table["n_target"] + table["n_reference"] >= LEAST_USES]
        table = table[np.array([not _names_an_outlet(term, selected) for term in table["term"]], bool)]
        if many:
            clear = (table["p_adjusted"] <= SIGNIFICANT) & (table["near"] != 0) & ~table["class"].isin(SUNK)
            near = np.fmax(table["ratio_low"], -table["ratio_high"])
            table = table.assign(near_ratio=near)[clear].nlargest(1, "near_ratio")
        for row in table.itertuples():
            strength = 1 - 2**-row.near_ratio if many else row.share_target
            certainty = "firm" if many else "tentative"
            value = f"{row.n_target:,} against {row.n_reference:,}"
            sentence = _marking(selected, side, row)
            yield Finding("term", sentence, value, certainty, float(strength), "words", f"term:{row.term}")


def _names_an_outlet(term: str, selected: Selected) -> bool:
    return any(f" {fold(outlet)} " in f" {fold(term)} " for outlet in selected.corpus.outlets.values())


def _contrasted(selected: Selected, top: int) -> Iterator[tuple[Side, pd.DataFrame]]:
    """Each side with its contrast to all others; of two sides one contrast, seen from either end."""
    first, *others = selected.sides
    counts, chosen = selected.reading.counts, selected.rows
    table = keyness(counts, chosen, target=first.id, top=top)
    yield first, table
    if len(others) == 1:
        yield others[0], _mirrored(table)
    else:
        yield from ((side, keyness(counts, chosen, target=side.id, top=top)) for side in others)


def _mirrored(table: pd.DataFrame) -> pd.DataFrame:
    """What is told of the terms of a contrast, with target and reference in each other's place."""
    names = ("n", "rate", "share")
    ends = {f"{name}_target": f"{name}_reference" for name in names}
    renamed = table.rename(columns=ends | {other: one for one, other in ends.items()})
    low, high = -table["ratio_high"], -table["ratio_low"]
    return renamed.assign(score=-table["score"], ratio_low=low, ratio_high=high)


def _marking(selected: Selected, side: Side, row: Any) -> str:
    """How often a term stands in a side's texts, and elsewhere."""
    how = "marks" if row.score > 0 else "is rare in"
    shown = printed_terms(selected.reading.counts, [row.term])[0]
    here, elsewhere = _rate(row.rate_target), _rate(row.rate_reference)
    return f"“{shown}” {how} {texts(selected, side)}: {here} times in 10,000 words there, {elsewhere} times elsewhere."


def voices(selected: Selected) -> Iterator[Finding]:
    """The voices that the sides cite most unevenly."""
    for share in shares(selected, _cases(selected, "voice")):
        yield _uneven(selected, share, "voice", f"Attributions to {share.thing}", "sources")


def camps(selected: Selected) -> Iterator[Finding]:
    """The camps whose sources the sides cite most unevenly."""
    for share in shares(selected, _cases(selected, "camp", without="unknown")):
        camp = share.thing.replace("_", " ").title()
        yield _uneven(selected, share, "camp", f"Attributions to sources of the camp “{camp}”", "sources")


def quoting(selected: Selected) -> Iterator[Finding]:
    """How often someone speaks wholly in the own words."""
    direct = np.where(fullest_quotes(selected) == "direct", 0, -1)
    for share in shares(selected, _told(selected, selected.rows, direct, ["direct"])):
        yield _uneven(selected, share, "quote", "Passages with someone wholly in the speaker's own words", "sources")


def _cases(selected: Selected, column: str, without: str = "") -> pd.DataFrame:
    """The narrator's attributions by a column, as the cases of `shares`; one of its values counts in totals alone."""
    said = selected.once(narrated)
    thing = said.column(column)
    code = np.where(thing.among([without]), -1, thing.code)
    return _told(selected, selected.reading.rows("voiced")[said.rows], code, thing.names.tolist())


def _told(selected: Selected, passages: np.ndarray, thing: np.ndarray, things: Sequence[str]) -> pd.DataFrame:
    """Cases of things in passages."""
    reading = selected.reading
    sides = [side.id for side in selected.corpus.sides]
    side = pd.Categorical.from_codes(reading.passage_side[passages], sides)
    cases = {"thing": pd.Categorical.from_codes(thing, things), "side": side}
    return pd.DataFrame(cases | {"document": reading.index.position[passages]})


def _uneven(selected: Selected, share: Share, kind: str, what: str, page: str) -> Finding:
    counted = {side: f"{share.counts[side.id]:,} of {share.totals[side.id]:,}" for side in selected.sides}
    told = "; ".join(f"{count} {_in(selected, side)}" for side, count in counted.items())
    item = f"{kind}:{share.first.id}|{share.thing}"
    return Finding(kind, f"{what}: {told}.", counted[share.first], share.badge, share.strength, page, item)


def names(selected: Selected) -> Iterator[Finding]:
    """One name spelt differently by the sides; full stops, hyphens and accents alone are house style."""
    table = spellings(selected)
    rows = zip(*(table[name].tolist() for name in ("entity", "side", "variant", "count")), strict=True)
    for entity, told in groupby(rows, key=itemgetter(0)):
        by_side = {side: list(own) for side, own in groupby(told, key=itemgetter(1))}
        if len(by_side) < 2 or is_house_style(entity.split("/")):
            continue
        uses = {side: sum(count for *_, count in own) for side, own in by_side.items()}
        spelt = [
            f"{_in(selected, selected.corpus.side(side))} {_and(name for _, _, name, _ in own)} ({uses[side]:,})"
            for side, own in by_side.items()
        ]
        every = sum(uses.values())
        strength = _apart([_counts((name, count) for _, _, name, count in own) for own in by_side.values()])
        sentence, value = f"One name, spelt differently: {'; '.join(spelt)}.", f"{every:,} mentions"
        weight = strength * every / (every + USUAL)
        yield Finding("name", sentence, value, "tentative", weight, "words", f"name:{entity}")


def _counts(variants: Iterable[tuple[str, int]]) -> dict[str, float]:
    """How often each variant stands; the mean where it names several kinds of things."""
    counts: dict[str, list[int]] = defaultdict(list)
    for name, count in variants:
        counts[name].append(count)
    return {name: sum(own) / len(own) for name, own in counts.items()}


def _apart(sides: Sequence[Mapping[str, float]]) -> float:
    """The part of mentions that the two sides furthest apart do not spell alike, 0 to 1 (total variation)."""
    names = sorted({name for side in sides for name in side})
    counts = np.array([[side.get(name, 0.0) for name in names] for side in sides])
    shares = counts / counts.sum(axis=1, keepdims=True)
    return max(float(np.abs(one - other).sum() / 2) for one, other in combinations(shares, 2))


def _rate(rate: float) -> str:
    """A rate as it is read: whole where it is large."""
    return f"{rate:.0f}" if rate >= WHOLE or not rate else f"{rate:.1f}"


def _rows_of(selected: Selected, ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """The rows of some figures by their id: what is told of them."""
    table = selected.figures
    names = [name for name in ("id", "document", "verbatim", "object", "object_text", "corrected") if name in table]
    table = table.loc[table["id"].isin(ids), names]
    rows = zip(*(table[name].tolist() for name in names), strict=True)
    return {row[0]: dict(zip(names, row, strict=True)) for row in rows}


def _in(selected: Selected, side: Side) -> str:
    return f"in {texts(selected, side)}"


def _opening(selected: Selected, side: Side) -> str:
    return f"In {texts(selected, side)}"


def _quantity(claim: Any) -> str:
    """What a claim counts, in words."""
    parts = [getattr(claim, name) for name in ("object", "measure", "place", "day")]
    return ", ".join(str(part).replace("_", " ") for part in parts if isinstance(part, str))


def _and(words: Iterable[str]) -> str:
    return " and ".join(f"“{word}”" for word in dict.fromkeys(words))


FINDERS: tuple[Callable[[Selected], Iterator[Finding]], ...] = (
    quantities,
    silences,
    contrasts,
    terms,
    voices,
    camps,
    quoting,
    names,
)
"""One a kind."""
