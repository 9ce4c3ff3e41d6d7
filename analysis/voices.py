"""Who is cited, how and with which verb, by side."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist
from typing import Any

import pandas as pd

from analysis.attribution.kinds import official_types
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
    said = named_sources(selected)
    narrated = said["level"] == 1
    counted = {"attributions": narrated, **{kind: narrated & (said["quote"] == kind) for kind in QUOTES}}
    counted |= {"words_quoted": said["words_quoted"].where(narrated, 0), "nested": ~narrated}
    counted |= {"headlines": narrated & (said["field"] == "title"), "resolved": said["source_name"].notna()}
    grouped = said.assign(**counted).groupby(["side", "voice"], sort=False)
    table = grouped[[name for name in counted if name != "resolved"]].sum().astype(int)
    table["resolved"] = grouped["resolved"].any()
    for column in ("camp", "source_type"):
        table[column] = _most(said, column)
    table["printed"] = _printed(said, table.index)
    table = table.reset_index().rename(columns={"voice": "source_name"})
    totals = table.groupby("side")["attributions"].transform("sum").astype(int)
    table = table.join(_intervals(table["attributions"], totals)).assign(few_cases=totals < FEW_CASES)
    return _in_order(table[VOICE_COLUMNS], selected, ["order", "attributions", "nested", "source_name"])


def _most(said: pd.DataFrame, column: str) -> pd.Series:
    """The most frequent value of each side and voice; the one that sorts first of several."""
    counts = said.groupby(["side", "voice", column]).size().sort_values(ascending=False, kind="stable").reset_index()
    return counts.drop_duplicates(["side", "voice"]).set_index(["side", "voice"])[column]


def _printed(said: pd.DataFrame, voices: pd.Index) -> pd.Series:
    """The forms of each side and voice in the texts, in their order."""
    forms: dict[tuple[str, str], list[str]] = {voice: [] for voice in voices}
    distinct = said.drop_duplicates(["side", "voice", "source_text"])
    for side, voice, text in zip(distinct["side"], distinct["voice"], distinct["source_text"], strict=True):
        forms[side, voice] += [text] if text else []
    return pd.Series(list(forms.values()), index=voices, dtype=object)


def named_sources(selected: Selected) -> pd.DataFrame:
    """The attributions with `voice` (the name to group by) and `words_quoted` (words in quotation marks)."""
    return selected.voiced


def quoting(selected: Selected) -> pd.DataFrame:
    """Passages by side and the fullest way anyone is quoted in them.

    Columns: side, quote (direct, mixed, indirect, unattributed), passages, words, share (of the side's
    passages), low, high (Wilson 95 %), few_cases (the side has too few passages). A passage counts once.
    """
    shown = selected.passages.assign(quote=fullest_quotes(selected))
    sizes = shown.groupby(["side", "quote"])["words"].agg(["size", "sum"])
    rows = []
    for side in selected.corpus.sides:
        total = int((shown["side"] == side.id).sum())
        for quote in (*QUOTES, UNATTRIBUTED):
            size, words = sizes.loc[(side.id, quote)] if (side.id, quote) in sizes.index else (0, 0)
            rows.append((side.id, quote, int(size), int(words), *wilson(int(size), total), total < FEW_CASES))
    columns = ["side", "quote", "passages", "words", "share", "low", "high", "few_cases"]
    return pd.DataFrame(rows, columns=columns)


def fullest_quotes(selected: Selected) -> pd.Series:
    """The fullest way anyone is quoted in each chosen passage, indexed like the passages."""
    said = selected.attributions.assign(rank=lambda table: table["quote"].map(QUOTES.index))
    fullest = said.sort_values("rank", kind="stable").drop_duplicates("passage").set_index("passage")["quote"]
    return selected.passages["id"].map(fullest).astype(object).fillna(UNATTRIBUTED)


def verbs(selected: Selected) -> pd.DataFrame:
    """How often each side uses a reporting verb for sources of a camp; narrator's attributions only.

    Columns: side, camp, stance, cue_lemma, and those of `_shares`, the total being the camp's on that side.
    """
    said = _narrated(selected)
    table = _shares(said[said["cue_lemma"].astype(bool)], ["side", "camp"], ["stance", "cue_lemma"])
    return _in_order(table, selected, ["attributions", "cue_lemma", "order", "camp"])


def stances(selected: Selected) -> pd.DataFrame:
    """How far each side goes along with the sources of a camp, by the stance of the reporting verb.

    Columns: side, camp, stance, those of `_shares`, the total being the camp's on that side, and verbs (the
    verbs with their counts, the most used first).
    """
    said = _narrated(selected)
    table = _shares(said, ["side", "camp"], ["stance"])
    used = verbs(selected).groupby(["side", "camp", "stance"])
    listed = {key: tuple(zip(own["cue_lemma"], own["attributions"].astype(int), strict=True)) for key, own in used}
    keys = zip(table["side"], table["camp"], table["stance"], strict=True)
    table = table.assign(verbs=pd.Series([listed.get(key, ()) for key in keys], index=table.index, dtype=object))
    return _in_order(table, selected, ["attributions", "stance", "order", "camp"])


def camps(selected: Selected) -> pd.DataFrame:
    """Whose side speaks: the narrator's attributions by camp of the source.

    Columns: side, camp, and those of `_shares`, the total being the side's.
    """
    return _in_order(_shares(_narrated(selected), ["side"], ["camp"]), selected, ["order", "attributions", "camp"])


def source_types(selected: Selected) -> pd.DataFrame:
    """What kind of source speaks: the narrator's attributions by type of the source.

    Columns: side, source_type, official (whether the type speaks for a state), and those of `_shares`, the
    total being the side's.
    """
    table = _shares(_narrated(selected), ["side"], ["source_type"])
    table.insert(2, "official", table["source_type"].isin(official_types()))
    return _in_order(table, selected, ["order", "attributions", "source_type"])


def _narrated(selected: Selected) -> pd.DataFrame:
    """The attributions the narrator makes, with the columns of `named_sources`."""
    said = named_sources(selected)
    return said[said["level"] == 1]


def _shares(said: pd.DataFrame, within: Sequence[str], by: Sequence[str]) -> pd.DataFrame:
    """Attributions by a value within a group.

    Columns: those of `within` and `by`, attributions, words_quoted, total (the group's attributions), share
    (of the total), low, high (Wilson 95 %), few_cases.
    """
    counts = (
        said.groupby([*within, *by])
        .agg(attributions=("id", "size"), words_quoted=("words_quoted", "sum"))
        .reset_index()
    )
    totals = counts.groupby(list(within))["attributions"].transform("sum").astype(int)
    shares = _intervals(counts["attributions"], totals)
    return counts.assign(total=totals).join(shares).assign(few_cases=totals < FEW_CASES)


def _intervals(counts: pd.Series, totals: pd.Series) -> pd.DataFrame:
    """Columns share, low, high (Wilson 95 %), indexed like the counts."""
    rows = [wilson(int(count), int(total)) for count, total in zip(counts, totals, strict=True)]
    return pd.DataFrame(rows, index=counts.index, columns=["share", "low", "high"])


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
    said = _narrated(selected)
    cited = said[said["field"] == "text"].groupby(["document", "voice"]).size().to_dict()
    top = said[said["field"] == "title"].rename(columns={"id": "attribution"}).reset_index(drop=True)
    keys = zip(top["document"], top["voice"], strict=True)
    columns = ["side", "outlet", "document", "title", "voice", "camp", "source_type", "cue_lemma", "stance",
               "quote", "attribution", "in_text"]  # fmt: skip
    places = [selected.corpus.places[document] for document in top["document"]]
    titles = selected.corpus.table["title"].iloc[places].tolist()
    return top.assign(title=titles, in_text=[cited.get(key, 0) for key in keys])[columns]


def chains(selected: Selected) -> pd.DataFrame:
    """Reports within reports, each counted once for the narrator's source: "A said that B had told ...".

    Columns: side, outer, inner (voices), attribution (id of the inner one), outer_attribution.
    """
    return linked(selected.attributions)


def linked(attributions: pd.DataFrame) -> pd.DataFrame:
    """The chains among some attributions that hold all of each article they are from: the rows of `chains`."""
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
    said = _narrated(selected)
    rows = []
    for side in selected.corpus.sides:
        own = table[(table["side"] == side.id) & (table["attributions"] > 0)]
        made = said[said["side"] == side.id]
        top = own.iloc[0] if len(own) else None
        counts = {
            "top": int(top["attributions"]) if top is not None else 0,
            "official": int(made["source_type"].isin(official_types()).sum()),
            "anonymous": int((made["source_naming"] == "unnamed").sum()),
            "headline": int((made["field"] == "title").sum()),
        }
        row = {"side": side.id, "attributions": len(made), "voices": len(own)}
        row |= {"top_voice": top["source_name"] if top is not None else None}
        for name, count in counts.items():
            row |= dict(zip((f"{name}_share", f"{name}_low", f"{name}_high"), wilson(count, len(made)), strict=True))
            row[f"{name}_count"] = count
        row |= {"words_quoted": int(made["words_quoted"].sum())}
        row |= {"herfindahl": float((own["share"] ** 2).sum()), "few_cases": len(made) < FEW_CASES}
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
