"""The candidates of each kind of finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from analysis.brief.finding import Finding, badge, many_articles, texts
from analysis.corpus import Side
from analysis.corrections import printed
from analysis.reading import Selected
from analysis.spellings import spellings
from analysis.terms import keyness
from analysis.terms.keyness import SIGNIFICANT
from analysis.terms.printed import printed_terms
from analysis.voices import named_sources

LEAST_GIVEN = 2
"""Articles of each side that must give a figure before its conflict says something of the sides."""

LEAST_USES = 3
"""Uses of a term below which it marks nothing."""

MIDDLE = 0.5
"""Strength of a contrast inside one side, which no other side can be measured against."""

USUAL = 100
"""Mentions of a name at which a difference in its spelling weighs half."""


def quantities(selected: Selected) -> Iterator[Finding]:
    """Figures of one thing that cannot all be true as printed."""
    figures = selected.figures.set_index("id")
    claims = selected.ledger.claims
    for claim in claims[claims["status"] == "conflict"].itertuples():
        told = "; ".join(
            f"{_in(selected, selected.corpus.side(side))} {_and(printed(figures.loc[id_]) for id_ in ids)}"
            for side, ids in claim.figures.items()
        )
        given = min(figures.loc[ids, "document"].nunique() for ids in claim.figures.values())
        firm = many_articles(selected) and given >= LEAST_GIVEN
        ratio = max((pair["ratio"] or 1.0) for pair in claim.pairs)
        sentence = f"Different figures ({_quantity(claim)}): {told}."
        certainty = "firm" if firm else "tentative"
        yield Finding(
            "figures", sentence, f"{ratio:.2g} times", certainty, 1 - 0.5 / ratio, "figures", f"claim:{claim.id}"
        )


def silences(selected: Selected) -> Iterator[Finding]:
    """How many quantities only one side gives."""
    claims = selected.ledger.claims
    one_sided = claims[claims["status"] == "one_side"]
    for side in selected.sides:
        own = sum(side.id in given for given in one_sided["figures"])
        if own:
            counted = "1 quantity is" if own == 1 else f"{own:,} quantities are"
            sentence = f"{counted} given only {_in(selected, side)}, of {len(claims):,} in all."
            value = f"{own:,} of {len(claims):,}"
            yield Finding("silence", sentence, value, "tentative", own / len(claims), "figures", f"only:{side.id}")


def contrasts(selected: Selected) -> Iterator[Finding]:
    """Launched against shot down inside one side."""
    figures = selected.figures.set_index("id")
    table = selected.ledger.contrasts
    for row in table[table["relation"] == "launched_vs_shot_down"].itertuples():
        launched, down = figures.loc[row.a], figures.loc[row.b]
        where = _opening(selected, selected.corpus.side(row.side))
        sentence = (
            f"{where}, “{printed(down)}” shot down stand beside “{printed(launched)}” launched "
            f"({launched['object_text'] or launched['object']}): {row.share}."
        )
        yield Finding("contrast", sentence, row.share, "tentative", MIDDLE, "figures", f"contrast:{row.id}")


def terms(selected: Selected) -> Iterator[Finding]:
    """The strongest term of each side."""
    for side in selected.sides:
        table = keyness(selected.reading.counts, selected.passages.index, target=side.id, top=1)
        for row in table[(table["score"] > 0) & (table["n_target"] >= LEAST_USES)].itertuples():
            rest = "not at all" if not row.n_reference else f"{row.rate_reference:.0f} times"
            shown = printed_terms(selected.reading.counts, [row.term])[0]
            where = texts(selected, side)
            sentence = f"“{shown}” marks {where}: {row.rate_target:.0f} times in 10,000 words, {rest} elsewhere."
            clear = row.near > 0 and row.p_adjusted <= SIGNIFICANT
            certainty = "firm" if many_articles(selected) and clear else "tentative"
            value = f"{row.n_target:,} : {row.n_reference:,}"
            yield Finding("term", sentence, value, certainty, float(row.share_target), "words", f"term:{row.term}")


def voices(selected: Selected) -> Iterator[Finding]:
    """The most cited voice of each side."""
    said = named_sources(selected)
    said = said[said["level"] == 1]
    for side in selected.sides:
        counts = said.loc[said["side"] == side.id, "voice"].value_counts()
        first = counts[counts == counts.max()] if len(counts) else counts
        if len(first) != 1:
            continue
        name, count, total = str(first.index[0]), int(first.iloc[0]), int(counts.sum())
        sentence = f"{_opening(selected, side)}, {name} is cited most: {count:,} of {total:,} attributions."
        certainty = badge(selected, side, set(said.loc[said["voice"] == name, "document"]), total)
        value = f"{count:,} of {total:,}"
        yield Finding("voice", sentence, value, certainty, count / total, "sources", f"voice:{side.id}|{name}")


def camps(selected: Selected) -> Iterator[Finding]:
    """The camp whose sources the sides cite most unevenly."""
    said = selected.attributions
    said = said[(said["level"] == 1) & (said["camp"] != "unknown")]
    totals = selected.attributions[selected.attributions["level"] == 1]["side"].value_counts()
    for camp, own in said.groupby("camp", sort=True):
        counts = own["side"].value_counts()
        shares = {side.id: counts.get(side.id, 0) / max(totals.get(side.id, 0), 1) for side in selected.sides}
        side = max(selected.sides, key=lambda each: (shares[each.id], counts.get(each.id, 0)))
        told = "; ".join(
            f"{_in(selected, each)} {counts.get(each.id, 0):,} of {totals.get(each.id, 0):,}" for each in selected.sides
        )
        sentence = f"Attributions to sources of the camp “{str(camp).replace('_', ' ').title()}”: {told}."
        strength = shares[side.id] - min(shares.values())
        fewest = min(int(totals.get(each.id, 0)) for each in selected.sides)
        certainty = badge(selected, side, set(own["document"]), fewest)
        value = f"{counts.get(side.id, 0):,} of {totals.get(side.id, 0):,}"
        yield Finding("camp", sentence, value, certainty, strength, "sources", f"camp:{side.id}|{camp}")


def quoting(selected: Selected) -> Iterator[Finding]:
    """How much of what each side reports stands in the speaker's own words."""
    said = selected.attributions
    said = said[said["level"] == 1]
    direct = said[said["quote"] == "direct"]
    for side in selected.sides:
        total, own = int((said["side"] == side.id).sum()), int((direct["side"] == side.id).sum())
        if own:
            where = _opening(selected, side)
            sentence = f"{where}, {own:,} of {total:,} attributions are wholly in the speaker's own words."
            certainty = badge(selected, side, set(direct["document"]), total)
            value, item = f"{own:,} of {total:,}", f"quote:{side.id}|direct"
            yield Finding("quoting", sentence, value, certainty, MIDDLE * own / total, "sources", item)


def names(selected: Selected) -> Iterator[Finding]:
    """One name spelt differently by the sides."""
    for entity, own in spellings(selected).groupby("entity", sort=False):
        told = [
            f"{_in(selected, selected.corpus.side(side))} {_and(rows['variant'])} ({rows['count'].sum():,})"
            for side, rows in own.groupby("side", sort=False)
        ]
        if len(told) > 1:
            uses = int(own["count"].sum())
            sentence = f"One name, spelt differently: {'; '.join(told)}."
            yield Finding(
                "name", sentence, f"{uses:,} mentions", "tentative", uses / (uses + USUAL), "words", f"name:{entity}"
            )


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
