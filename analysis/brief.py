"""The findings of a selection: at most six sentences, each with a number, a badge and its evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

import pandas as pd

from analysis.evidence import evidence
from analysis.reading import Selected
from analysis.spellings import spellings
from analysis.terms import keyness
from analysis.terms.keyness import FEW_ARTICLES
from analysis.terms.printed import printed_terms
from analysis.voices import FEW_CASES, named_sources

MOST = 6
"""Findings shown: what fits on a screen and in a head."""

BADGES = ("firm", "tentative", "too_few")
"""Certainty, the highest first. *firm*: at least FEW_ARTICLES articles a side and an interval clear of no
difference. *tentative*: exact for these texts, which are too few to stand for their sides. *too_few*: a share
of fewer than FEW_CASES cases."""


@dataclass(frozen=True)
class Finding:
    """A candidate. `strength` is 0 to 1 and only orders findings of one badge."""

    kind: str
    finding: str
    value: str
    badge: str
    strength: float
    page: str
    item: str


def findings(selected: Selected) -> pd.DataFrame:
    """The findings of a selection, ranked.

    The strongest of each kind come first, ordered by badge and strength; the second of each kind follow, and
    so on, until MOST are found.

    Columns: rank, finding, kind, value, badge, evidence (passage ids), link, page, item.
    """
    by_kind = [sorted(find(selected), key=_order) for find in FINDERS]
    rounds = [[one for one in round_ if one] for round_ in zip_longest(*by_kind)]
    chosen = [one for round_ in rounds for one in sorted(round_, key=_order)][:MOST]
    rows = []
    for rank, one in enumerate(chosen, 1):
        passages = evidence(selected, one.item)["passage"].tolist()
        link = selected.selection.link(one.page, one.item, selected.corpus)
        rows.append((rank, one.finding, one.kind, one.value, one.badge, passages, link, one.page, one.item))
    columns = ["rank", "finding", "kind", "value", "badge", "evidence", "link", "page", "item"]
    return pd.DataFrame(rows, columns=columns)


def _order(finding: Finding) -> tuple[int, float, str]:
    return BADGES.index(finding.badge), -finding.strength, finding.finding


def _figures(selected: Selected) -> Iterator[Finding]:
    """Conflicts first, else what only one side counts."""
    figures = selected.figures.set_index("id")
    claims = selected.ledger.claims
    for claim in claims[claims["status"] == "conflict"].itertuples():
        told = "; ".join(
            f"{selected.corpus.side(side).label}: {_and(figures.loc[ids, 'verbatim'])}"
            for side, ids in claim.figures.items()
        )
        ratio = max((pair["ratio"] or 1.0) for pair in claim.pairs)
        sentence = f"The sides give different figures for {_quantity(claim)}. {told}."
        value = f"{ratio:.2g} times"
        yield Finding("figures", sentence, value, "tentative", 1 - 0.5 / ratio, "figures", f"claim:{claim.id}")
    one_sided = claims[claims["status"] == "one_side"]
    for side in selected.sides:
        own = [claim for claim in one_sided.itertuples() if side.id in claim.figures]
        if own and len(selected.sides) > 1:
            sentence = f"{_count(len(own), 'quantity', 'quantities')} {_is(len(own))} given by {side.label} texts only."
            value = f"{len(own)} of {len(claims)}"
            strength = 0.5 * len(own) / len(claims)
            yield Finding("figures", sentence, value, "tentative", strength, "figures", f"only:{side.id}")


def _contrasts(selected: Selected) -> Iterator[Finding]:
    """Launched against shot down inside one side."""
    figures = selected.figures.set_index("id")
    contrasts = selected.ledger.contrasts
    for row in contrasts[contrasts["relation"] == "launched_vs_shot_down"].itertuples():
        launched, down = figures.loc[row.a], figures.loc[row.b]
        side = selected.corpus.side(row.side).label
        sentence = (
            f"{side} texts set {down['verbatim']} shot down beside {launched['verbatim']} launched "
            f"({launched['object_text'] or launched['object']}): {row.share}."
        )
        yield Finding("contrast", sentence, row.share, "tentative", 0.5, "figures", f"contrast:{row.id}")


def _terms(selected: Selected) -> Iterator[Finding]:
    """The strongest term of each side."""
    for side in selected.sides:
        if len(selected.sides) < 2:
            return
        table = keyness(selected.reading.counts, selected.passages.index, target=side.id, top=1)
        for row in table[table["score"] > 0].itertuples():
            few = min(selected.sizes.set_index("side").loc[[s.id for s in selected.sides], "documents"])
            firm = few >= FEW_ARTICLES and row.near > 0
            rest = "not at all" if not row.n_reference else f"{row.rate_reference:.0f} times"
            shown = printed_terms(selected.reading.counts, [row.term])[0]
            sentence = (
                f"“{shown}” marks {side.label} texts: {row.rate_target:.0f} times in 10,000 words, {rest} elsewhere."
            )
            value = f"{row.n_target} : {row.n_reference}"
            strength = float(row.share_target)
            yield Finding(
                "term",
                sentence,
                value,
                "firm" if firm else "tentative",
                strength,
                "words",
                f"term:{row.term}",
            )


def _voices(selected: Selected) -> Iterator[Finding]:
    """The most cited voice of each side."""
    said = named_sources(selected)
    said = said[said["level"] == 1]
    for side in selected.sides:
        counts = said.loc[said["side"] == side.id, "voice"].value_counts()
        counts = counts[counts == counts.max()] if len(counts) else counts
        total = int((said["side"] == side.id).sum())
        if len(counts) != 1:
            continue
        name, count = str(counts.index[0]), int(counts.iloc[0])
        sentence = f"{side.label} texts cite {name} most: {count} of {total} attributions."
        badge = "tentative" if total >= FEW_CASES else "too_few"
        value = f"{count} of {total}"
        yield Finding("voice", sentence, value, badge, count / total, "sources", f"voice:{side.id}|{name}")


def _quoting(selected: Selected) -> Iterator[Finding]:
    """How much of what each side reports stands in the speaker's own words."""
    said = selected.attributions
    said = said[said["level"] == 1]
    for side in selected.sides:
        own = said[said["side"] == side.id]
        direct = int((own["quote"] == "direct").sum())
        if not direct:
            continue
        sentence = f"{side.label} texts give {direct} of {len(own)} attributions wholly in the speaker's own words."
        badge = "tentative" if len(own) >= FEW_CASES else "too_few"
        value = f"{direct} of {len(own)}"
        yield Finding("quoting", sentence, value, badge, 0.5 * direct / len(own), "sources", f"quote:{side.id}|direct")


def _names(selected: Selected) -> Iterator[Finding]:
    """One name spelt differently by the sides."""
    table = spellings(selected)
    for entity, own in table.groupby("entity", sort=False):
        told = [
            f"{selected.corpus.side(side).label} texts: {_and(rows['variant'])} ({rows['count'].sum()})"
            for side, rows in own.groupby("side", sort=False)
        ]
        if len(told) > 1:
            sentence = f"The sides spell one name differently. {'; '.join(told)}."
            uses = int(own["count"].sum())
            strength = uses / (uses + 100)
            yield Finding("name", sentence, f"{uses} mentions", "tentative", strength, "words", f"name:{entity}")


def _quantity(claim: object) -> str:
    parts = [getattr(claim, name) for name in ("object", "measure", "place", "day")]
    return " ".join(str(part).replace("_", " ") for part in parts if isinstance(part, str))


def _and(words: pd.Series) -> str:
    return " and ".join(f"“{word}”" for word in dict.fromkeys(words))


def _count(number: int, one: str, many: str) -> str:
    return f"1 {one}" if number == 1 else f"{number} {many}"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


FINDERS: tuple[Callable[[Selected], Iterator[Finding]], ...] = (
    _figures,
    _contrasts,
    _terms,
    _voices,
    _quoting,
    _names,
)
