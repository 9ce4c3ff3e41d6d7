"""Who is cited, how and with which verb, by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import sqrt
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

from analysis.attribution.kinds import official_types
from analysis.coded import Coded, Groups
from analysis.reading import Selected
from analysis.voiced import voice_of

FEW_CASES = 10
"""Below this many attributions a share is noise: pages say *few cases*."""

ATTRIBUTION_COLUMNS = [
    "id", "document", "side", "outlet", "field", "source", "cue", "content", "source_text", "source_name",
    "source_type", "source_naming", "camp", "cue_lemma", "form", "stance", "quote", "level",
]  # fmt: skip

Z = NormalDist().inv_cdf(0.975)
"""Standard normal quantile of a 95 % interval."""

VOICE_COLUMNS = [
    "side", "source_name", "camp", "source_type", "attributions", "direct", "mixed", "indirect", "words_quoted",
    "share", "low", "high", "few_cases", "nested", "headlines", "resolved", "printed",
]  # fmt: skip

KEY = ("side", "camp", "stance")
"""What verbs are listed by."""

LINKING = [
    "id", "side", "document", "field", "cue", "content", "sentence_start", "sentence_end", "level", "source_name",
    "source_text",
]  # fmt: skip
"""Columns of attributions that tell which of them stands within which."""

QUOTES = ("direct", "mixed", "indirect")
"""Ways of quoting, the fullest first."""

UNATTRIBUTED = "unattributed"


def voices(selected: Selected) -> pd.DataFrame:
    """One row a voice and side, the most cited first.

    Columns: side, source_name (resolved, else as printed), camp, source_type, attributions (by the narrator),
    direct, mixed, indirect (of those), words_quoted (words inside its direct and mixed contents), share (of
    the side's attributions) with low and high (Wilson 95 %), few_cases (the side has too few), nested (times
    it speaks through another voice, not among `attributions`), headlines (of the attributions, those in a
    headline), resolved (whether the name was found), printed (the forms in the texts).
    """
    said = selected.once(_said)
    voice = Groups(said.column("side"), said.column("voice"))
    narrated = said.numbers("level") == 1
    counted = {"attributions": narrated, **{kind: narrated & said.column("quote").among([kind]) for kind in QUOTES}}
    counted |= {"words_quoted": np.where(narrated, said.numbers("words_quoted"), 0), "nested": ~narrated}
    counted |= {"headlines": narrated & said.column("field").among(["title"])}
    table = said.texts(voice, {"side": "side", "source_name": "voice"}).assign(
        **{name: voice.sums(values) for name, values in counted.items()},
        resolved=voice.sums(said.column("source_name").code >= 0) > 0,
        **{name: voice.commonest(said.column(name)) for name in ("camp", "source_type")},
        printed=pd.Series(_printed(voice, said.column("source_text")), dtype=object),
    )
    totals = table.groupby("side")["attributions"].transform("sum").astype(int)
    table = table.join(_intervals(table["attributions"], totals)).assign(few_cases=totals < FEW_CASES)
    return _in_order(table[VOICE_COLUMNS], selected, ["order", "attributions", "nested", "source_name"])


def _printed(voice: Groups, text: Coded) -> list[list[str]]:
    """The forms of each voice in the texts, in their order."""
    forms: list[list[str]] = [[] for _ in range(len(voice))]
    first = np.sort(Groups(Coded(voice.of, np.arange(len(voice))), text).first)
    for place, form in zip(voice.of[first].tolist(), text.at(first).texts().tolist(), strict=True):
        forms[place] += [form] if form else []
    return forms


class Said:
    """Some attributions as numbers: what of them is counted."""

    def __init__(self, selected: Selected, rows: np.ndarray) -> None:
        self.rows = rows
        self._reading = selected.reading

    def column(self, name: str) -> Coded:
        """A column of texts."""
        return self._reading.coded("voiced", name).at(self.rows)

    def numbers(self, name: str) -> np.ndarray:
        """A column of numbers."""
        return self._reading.voiced[name].to_numpy()[self.rows]

    def texts(self, groups: Groups, names: Mapping[str, str]) -> pd.DataFrame:
        """Columns of texts of groups: name -> the column it is."""
        shown = {name: self.column(column).at(groups.first).texts() for name, column in names.items()}
        return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in shown.items()})


def _said(selected: Selected) -> Said:
    """All chosen attributions."""
    return Said(selected, selected.chosen("voiced"))


def narrated(selected: Selected) -> Said:
    """The chosen attributions that the narrator makes."""
    said = selected.once(_said)
    return Said(selected, said.rows[said.numbers("level") == 1])


def quoting(selected: Selected) -> pd.DataFrame:
    """Passages by side and the fullest way anyone is quoted in them.

    Columns: side, quote (direct, mixed, indirect, unattributed), passages, words, share (of the side's
    passages), low, high (Wilson 95 %), few_cases (the side has too few passages). A passage counts once.
    """
    reading = selected.reading
    kinds, words = _fullest(selected), reading.passages["words"].to_numpy()[selected.rows]
    cell = reading.passage_side[selected.rows] * (len(QUOTES) + 1) + kinds
    shape = len(selected.corpus.sides), len(QUOTES) + 1
    sizes, sums = (np.bincount(cell, by, shape[0] * shape[1]).astype(int).reshape(shape) for by in (None, words))
    rows = []
    for side, own, said in zip(selected.corpus.sides, sizes.tolist(), sums.tolist(), strict=True):
        total = sum(own)
        for quote, size, length in zip((*QUOTES, UNATTRIBUTED), own, said, strict=True):
            rows.append((side.id, quote, size, length, *wilson(size, total), total < FEW_CASES))
    columns = ["side", "quote", "passages", "words", "share", "low", "high", "few_cases"]
    return pd.DataFrame(rows, columns=columns)


def fullest_quotes(selected: Selected) -> pd.Series:
    """The fullest way anyone is quoted in each chosen passage, indexed like the passages."""
    kinds = np.array([*QUOTES, UNATTRIBUTED], object)[_fullest(selected)]
    return pd.Series(kinds, index=selected.passages.index, dtype=object)


def _fullest(selected: Selected) -> np.ndarray:
    """The place in QUOTES of the fullest way anyone is quoted in each chosen passage, behind them for no one."""
    quote, rows = selected.reading.coded("attributions", "quote"), selected.chosen("attributions")
    place = np.array([QUOTES.index(name) for name in quote.names], np.int8)
    fullest = np.full(len(selected.is_chosen), len(QUOTES), np.int8)
    np.minimum.at(fullest, selected.reading.rows("attributions")[rows], place[quote.code[rows]])
    return fullest[selected.rows]


def verbs(selected: Selected) -> pd.DataFrame:
    """How often each side uses a reporting verb for sources of a camp; narrator's attributions only.

    Columns: side, camp, stance, cue_lemma, and those of `_shares`, the total being the camp's on that side.
    """
    said = selected.once(narrated)
    with_verb = ~said.column("cue_lemma").among([""]) & (said.column("cue_lemma").code >= 0)
    table = _shares(Said(selected, said.rows[with_verb]), ["side", "camp"], ["stance", "cue_lemma"])
    return _in_order(table, selected, ["attributions", "cue_lemma", "order", "camp"])


def stances(selected: Selected) -> pd.DataFrame:
    """How far each side goes along with the sources of a camp, by the stance of the reporting verb.

    Columns: side, camp, stance, those of `_shares`, the total being the camp's on that side, and verbs (the
    verbs with their counts, the most used first).
    """
    table = _shares(selected.once(narrated), ["side", "camp"], ["stance"])
    used, listed = verbs(selected), defaultdict[tuple[str, ...], list[tuple[str, int]]](list)
    for *key, lemma, count in zip(*(used[name].tolist() for name in (*KEY, "cue_lemma", "attributions")), strict=True):
        listed[tuple(key)].append((lemma, count))
    keys = zip(*(table[name].tolist() for name in KEY), strict=True)
    table = table.assign(verbs=pd.Series([tuple(listed.get(key, ())) for key in keys], table.index, dtype=object))
    return _in_order(table, selected, ["attributions", "stance", "order", "camp"])


def camps(selected: Selected) -> pd.DataFrame:
    """Whose side speaks: the narrator's attributions by camp of the source.

    Columns: side, camp, and those of `_shares`, the total being the side's.
    """
    return _in_order(_shares(selected.once(narrated), ["side"], ["camp"]), selected, ["order", "attributions", "camp"])


def source_types(selected: Selected) -> pd.DataFrame:
    """What kind of source speaks: the narrator's attributions by type of the source.

    Columns: side, source_type, official (whether the type speaks for a state), and those of `_shares`, the
    total being the side's.
    """
    table = _shares(selected.once(narrated), ["side"], ["source_type"])
    table.insert(2, "official", table["source_type"].isin(official_types()))
    return _in_order(table, selected, ["order", "attributions", "source_type"])


def _shares(said: Said, within: Sequence[str], by: Sequence[str]) -> pd.DataFrame:
    """Attributions by a value within a group.

    Columns: those of `within` and `by`, attributions, words_quoted, total (the group's attributions), share
    (of the total), low, high (Wilson 95 %), few_cases.
    """
    names = [*within, *by]
    known = np.all([said.column(name).code >= 0 for name in names], axis=0)
    groups = Groups(*(said.column(name).at(known) for name in names))
    counted = {"attributions": groups.sums(), "words_quoted": groups.sums(said.numbers("words_quoted")[known])}
    counts = said.texts(groups, dict(zip(names, names, strict=True))).assign(**counted)
    totals = counts.groupby(list(within))["attributions"].transform("sum").astype(int)
    shares = _intervals(counts["attributions"], totals)
    return counts.assign(total=totals).join(shares).assign(few_cases=totals < FEW_CASES)


def _intervals(counts: pd.Series, totals: pd.Series) -> pd.DataFrame:
    """Columns share, low, high (Wilson 95 %), indexed like the counts."""
    pairs = list(zip(counts.tolist(), totals.tolist(), strict=True))
    known = {pair: wilson(*pair) for pair in set(pairs)}  # most voices are cited once
    rows = np.array([known[pair] for pair in pairs], float).reshape(-1, 3)
    return pd.DataFrame(rows, counts.index, ["share", "low", "high"])


def _in_order(table: pd.DataFrame, selected: Selected, columns: Sequence[str]) -> pd.DataFrame:
    """Sorted by the columns, `order` being the side's place in the corpus; the largest counts first."""
    order = {side.id: number for number, side in enumerate(selected.corpus.sides)}
    return (
        table.assign(order=table["side"].map(order))
        .sort_values(
            list(columns), ascending=[column not in ("attributions", "nested") for column in columns], ignore_index=True
        )
        .drop(columns="order")
    )


def headlines(selected: Selected) -> pd.DataFrame:
    """Who speaks in the headlines, in the order of the corpus.

    Columns: side, outlet, document, title, voice, camp, source_type, cue_lemma, stance, quote, attribution (id),
    in_text (times the narrator cites the same voice in what is chosen of the article's text).
    """
    said = selected.once(narrated)
    title, text = (said.column("field").among([field]) for field in ("title", "text"))
    voice = Groups(said.column("document"), said.column("voice"))
    in_text = voice.sums(text)[voice.of[title]]
    columns = ["side", "outlet", "document", "voice", "camp", "source_type", "cue_lemma", "stance", "quote", "id"]
    top = selected.reading.voiced[columns].iloc[said.rows[title]].reset_index(drop=True)
    places = [selected.corpus.places[document] for document in top["document"]]
    top = top.rename(columns={"id": "attribution"}).assign(in_text=in_text)
    top.insert(columns.index("voice"), "title", selected.corpus.table["title"].iloc[places].tolist())
    return top


def chains(selected: Selected) -> pd.DataFrame:
    """Reports within reports, each counted once for the narrator's source: "A said that B had told ...".

    Columns: side, outer, inner (voices), attribution (id of the inner one), outer_attribution.
    """
    said, reading = selected.once(_said), selected.reading
    article = reading.index.position[reading.rows("voiced")[said.rows]]
    chained = np.isin(article, article[said.numbers("level") > 1])
    table, rows = reading.attributions, said.rows[chained]
    return linked(pd.DataFrame({name: table[name].iloc[rows] for name in LINKING}))


def linked(attributions: pd.DataFrame) -> pd.DataFrame:
    """The chains among some attributions that hold all of each article they are from: the rows of `chains`.

    Args:
        attributions: at least the columns LINKING.
    """
    said = attributions.assign(voice=voice_of(attributions))
    nested = said.loc[said["level"] > 1, ["id", "side", "document", "field", "cue", "content", "voice"]]
    needed = ["id", "document", "field", "content", "sentence_start", "sentence_end", "voice"]
    by_field: dict[tuple[str, str], list[Any]] = {}
    for told in said.loc[(said["level"] == 1) & said["document"].isin(nested["document"]), needed].itertuples():
        by_field.setdefault((told.document, told.field), []).append(told)
    rows = []
    for inner in nested.itertuples():
        offset = inner.cue[0][0] if inner.cue else inner.content[0][0]
        holding = [
            outer
            for outer in by_field.get((inner.document, inner.field), ())
            if any(start <= offset < end for start, end in (*outer.content, (outer.sentence_start, outer.sentence_end)))
        ]
        around = min(holding, key=lambda outer: _distance(outer.content, offset), default=None)
        if around is not None and around.voice != inner.voice:
            rows.append((inner.side, around.voice, inner.voice, inner.id, around.id))
    return pd.DataFrame(rows, columns=["side", "outer", "inner", "attribution", "outer_attribution"])


def _distance(content: tuple[tuple[int, int], ...], offset: int) -> int:
    """0 inside the content, else how far away its nearest end is."""
    return min(
        (max(start - offset, offset - end + 1, 0) for start, end in content),
        default=0,
    )


def concentration(selected: Selected) -> pd.DataFrame:
    """How few voices hold a side's attributions, one row a side.

    Columns: side, attributions, voices, top_voice, top_share, herfindahl (sum of squared shares, 1 = one
    voice), official_share, anonymous_share, headline_share, each share with `_low` and `_high` (Wilson 95 %) and
    `_count`, words_quoted, few_cases.
    """
    table = selected.once(voices)
    said = selected.once(narrated)
    told = {
        "official": said.column("source_type").among(official_types()),
        "anonymous": said.column("source_naming").among(["unnamed"]),
        "headline": said.column("field").among(["title"]),
    }
    rows = []
    for side in selected.corpus.sides:
        own = table[(table["side"] == side.id) & (table["attributions"] > 0)]
        made = said.column("side").among([side.id])
        top, total = own.iloc[0] if len(own) else None, int(made.sum())
        counts = {"top": int(top["attributions"]) if top is not None else 0}
        counts |= {name: int((held & made).sum()) for name, held in told.items()}
        row = {"side": side.id, "attributions": total, "voices": len(own)}
        row |= {"top_voice": top["source_name"] if top is not None else None}
        for name, count in counts.items():
            row |= dict(zip((f"{name}_share", f"{name}_low", f"{name}_high"), wilson(count, total), strict=True))
            row[f"{name}_count"] = count
        row |= {"words_quoted": int(said.numbers("words_quoted")[made].sum())}
        row |= {"herfindahl": float((own["share"] ** 2).sum()), "few_cases": total < FEW_CASES}
        rows.append(row)
    return pd.DataFrame(rows)


def wilson(count: float, total: float, z: float = Z) -> tuple[float, float, float]:
    """A share with its interval (Wilson 1927), 95 % unless told; all of 0 to 1 where there are no cases."""
    if not total:
        return 0.0, 0.0, 1.0
    share, spread = count / total, z**2 / total
    middle = (share + spread / 2) / (1 + spread)
    half = sqrt(share * (1 - share) * spread + spread**2 / 4) / (1 + spread)
    # At the ends rounding could leave 0 and 1 by a hair.
    return share, max(middle - half, 0.0) if count else 0.0, min(middle + half, 1.0) if count < total else 1.0
