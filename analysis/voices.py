"""Who is cited, how and with which verb, by side."""

from __future__ import annotations

import re

import pandas as pd
from scipy.stats import binomtest

from analysis.passages import count_words
from analysis.reading import Selected

FEW_CASES = 10
"""Below this many attributions a share is noise: pages say *few cases*."""

ATTRIBUTION_COLUMNS = [
    "id", "document", "side", "outlet", "field", "source", "cue", "content", "source_text", "source_name",
    "source_type", "source_naming", "camp", "cue_lemma", "form", "stance", "quote", "level",
]  # fmt: skip

OFFICIAL = frozenset(
    {
        "head_of_state",
        "minister",
        "spokesperson",
        "government",
        "military",
        "local_official",
        "unnamed_official",
        "state",
    }
)
"""Source types that speak for a state or one of its bodies."""

QUOTES = ("direct", "mixed", "indirect")
"""Ways of quoting, the fullest first."""

UNATTRIBUTED = "unattributed"

NO_SOURCE = "source not given"

QUOTED = re.compile(r"[\"“«‘'](?<!\w.)[^\"”»\n]*[\"”»’']?")
"""A quotation inside a content; an apostrophe within a word opens none."""


def voices(selected: Selected) -> pd.DataFrame:
    """One row a voice and side, the most cited first.

    Columns: side, source_name (resolved, else as printed), camp, source_type, attributions (by the narrator),
    direct, mixed, indirect (of those), words_quoted (words inside its direct and mixed contents), share (of
    the side's attributions), nested (times it speaks through another voice, not among `attributions`),
    resolved (whether the name was found), printed (the forms in the texts).
    """
    said = named_sources(selected)
    columns = ["side", "source_name", "camp", "source_type", "attributions", "direct", "mixed", "indirect",
               "words_quoted", "share", "nested", "resolved", "printed"]  # fmt: skip
    totals = said[said["level"] == 1].groupby("side").size()
    rows = []
    for (side, name), own in said.groupby(["side", "voice"], sort=False):
        narrated = own[own["level"] == 1]
        kinds = narrated["quote"].value_counts()
        share = len(narrated) / totals[side] if len(narrated) else 0.0
        counts = (len(narrated), *(int(kinds.get(kind, 0)) for kind in QUOTES))
        quoted = int(narrated["words_quoted"].sum())
        printed = list(dict.fromkeys(text for text in own["source_text"] if text))
        rows.append((side, name, _most(own["camp"]), _most(own["source_type"]), *counts, quoted, share,
                     len(own) - len(narrated), bool(own["source_name"].notna().any()), printed))  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    order = {side.id: number for number, side in enumerate(selected.corpus.sides)}
    return (
        table.assign(order=table["side"].map(order))
        .sort_values(["order", "attributions", "nested", "source_name"], ascending=[True, False, False, True])
        .drop(columns="order")
        .reset_index(drop=True)
    )


def named_sources(selected: Selected) -> pd.DataFrame:
    """The attributions with `voice` (the name to group by) and `words_quoted` (words in quotation marks)."""
    said = selected.attributions
    sources = zip(said["source_name"], said["source_text"], strict=True)
    rows = zip(said["document"], said["field"], said["content"], said["quote"], strict=True)
    words = [
        sum(_words_quoted(getattr(selected.corpus.document(document), field)[start:end], quote) for start, end in spans)
        for document, field, spans, quote in rows
    ]
    return said.assign(voice=[name or text or NO_SOURCE for name, text in sources], words_quoted=words)


def _words_quoted(content: str, quote: str) -> int:
    """Words of a content inside quotation marks; all of a direct one, whose marks may stand outside."""
    if quote != "mixed":
        return count_words(content) if quote == "direct" else 0
    return sum(count_words(match.group()) for match in QUOTED.finditer(content))


def quoting(selected: Selected) -> pd.DataFrame:
    """Passages by side and the fullest way anyone is quoted in them.

    Columns: side, quote (direct, mixed, indirect, unattributed), passages, words. A passage counts once.
    """
    shown = selected.passages.assign(quote=fullest_quotes(selected))
    sizes = shown.groupby(["side", "quote"])["words"].agg(["size", "sum"])
    rows = []
    for side in selected.corpus.sides:
        for quote in (*QUOTES, UNATTRIBUTED):
            size, words = sizes.loc[(side.id, quote)] if (side.id, quote) in sizes.index else (0, 0)
            rows.append((side.id, quote, int(size), int(words)))
    return pd.DataFrame(rows, columns=["side", "quote", "passages", "words"])


def fullest_quotes(selected: Selected) -> pd.Series:
    """The fullest way anyone is quoted in each chosen passage, indexed like the passages."""
    said = selected.attributions.assign(rank=lambda table: table["quote"].map(QUOTES.index))
    fullest = said.sort_values("rank", kind="stable").drop_duplicates("passage").set_index("passage")["quote"]
    return selected.passages["id"].map(fullest).fillna(UNATTRIBUTED)


def verbs(selected: Selected) -> pd.DataFrame:
    """How often each side uses a reporting verb for sources of a camp.

    Columns: side, camp, stance, cue_lemma, attributions; narrator's attributions only.
    """
    said = selected.attributions
    said = said[(said["level"] == 1) & said["cue_lemma"].astype(bool)]
    counts = said.groupby(["side", "camp", "stance", "cue_lemma"]).size().rename("attributions").reset_index()
    order = {side.id: number for number, side in enumerate(selected.corpus.sides)}
    return (
        counts.assign(order=counts["side"].map(order))
        .sort_values(["attributions", "cue_lemma", "order", "camp"], ascending=[False, True, True, True])
        .drop(columns="order")
        .reset_index(drop=True)
    )


def camps(selected: Selected) -> pd.DataFrame:
    """Whose side speaks: the narrator's attributions by camp of the source.

    Columns: side, camp, attributions, share (of the side's), low, high (Wilson 95 %).
    """
    said = selected.attributions
    said = said[said["level"] == 1]
    totals = said.groupby("side").size()
    counts = said.groupby(["side", "camp"]).size()
    rows = []
    for side in selected.corpus.sides:
        own = counts[side.id] if side.id in totals.index else pd.Series(dtype=int)
        for camp, count in sorted(own.items(), key=lambda item: (-item[1], item[0])):
            rows.append((side.id, camp, int(count), *wilson(int(count), int(totals[side.id]))))
    return pd.DataFrame(rows, columns=["side", "camp", "attributions", "share", "low", "high"])


def chains(selected: Selected) -> pd.DataFrame:
    """Reports within reports, each counted once for the narrator's source: "A said that B had told ...".

    Columns: side, outer, inner (voices), attribution (id of the inner one), outer_attribution.
    """
    said = named_sources(selected)
    rows = []
    for inner in said[said["level"] > 1].itertuples():
        offset = inner.cue[0][0] if inner.cue else inner.content[0][0]
        own = said[(said["level"] == 1) & (said["document"] == inner.document) & (said["field"] == inner.field)]
        holding = [
            outer
            for outer in own.itertuples()
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
    voice), official_share, anonymous_share, each share with `_low` and `_high` (Wilson 95 %), few_cases.
    """
    table = voices(selected)
    said = selected.attributions
    rows = []
    for side in selected.corpus.sides:
        own = table[(table["side"] == side.id) & (table["attributions"] > 0)]
        made = said[(said["side"] == side.id) & (said["level"] == 1)]
        top = own.iloc[0] if len(own) else None
        counts = {
            "top": int(top["attributions"]) if top is not None else 0,
            "official": int(made["source_type"].isin(OFFICIAL).sum()),
            "anonymous": int((made["source_naming"] == "unnamed").sum()),
        }
        row = {"side": side.id, "attributions": len(made), "voices": len(own)}
        row |= {"top_voice": top["source_name"] if top is not None else None}
        for name, count in counts.items():
            row |= dict(zip((f"{name}_share", f"{name}_low", f"{name}_high"), wilson(count, len(made)), strict=True))
        row |= {"herfindahl": float((own["share"] ** 2).sum()), "few_cases": len(made) < FEW_CASES}
        rows.append(row)
    return pd.DataFrame(rows)


def wilson(count: int, total: int) -> tuple[float, float, float]:
    """A share with its Wilson 95 % interval; all of 0 to 1 where there are no cases."""
    if not total:
        return 0.0, 0.0, 1.0
    interval = binomtest(count, total).proportion_ci(method="wilson")
    return count / total, float(interval.low), float(interval.high)


def _most(values: pd.Series) -> str:
    """The most frequent value; the one that sorts first of several."""
    counts = values.value_counts()
    return str(min(counts[counts == counts.max()].index))
