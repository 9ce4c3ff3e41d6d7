"""Voices as a reader sees them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.tables.wording import Look, rows, words


def verbs(table: pd.DataFrame) -> pd.DataFrame:
    """One row a side and verb: cue_lemma, stance, label, attributions, voices (camps of the sources)."""
    named = table.assign(voices=[f"{words(row.camp)} ({row.attributions})" for row in rows(table)])
    merged = (
        named.groupby(["side", "cue_lemma"], sort=False)
        .agg(stance=("stance", "first"), attributions=("attributions", "sum"), voices=("voices", ", ".join))
        .reset_index()
    )
    totals = merged.groupby("cue_lemma")["attributions"].transform("sum")
    merged["label"] = [f"{row.cue_lemma} ({words(row.stance)})" for row in rows(merged)]
    return merged.assign(total=totals).sort_values(
        ["stance", "total", "cue_lemma"], ascending=[True, False, True], ignore_index=True
    )


def quoting(table: pd.DataFrame, look: Look, meanings: Mapping[str, str]) -> pd.DataFrame:
    """Passages of each side by way of quoting: item, Side, Quoting, Passages, Words."""
    return pd.DataFrame(
        {
            "item": [f"quote:{row.side}|{row.quote}" for row in rows(table)],
            "Side": table["side"].map(lambda side: look[side][0]),
            "Speakers are given": table["quote"].map(meanings),
            "Passages": table["passages"],
            "Words": table["words"],
        }
    )


def concentration(table: pd.DataFrame, look: Look) -> pd.DataFrame:
    """A row a measure, a column a side: attributions, voices, most cited, official and unnamed shares."""
    made: dict[str, dict[str, str]] = {}
    for row in rows(table):
        label = look[row.side][0]
        shown = {
            "Attributions": f"{row.attributions:,}",
            "Different voices": f"{row.voices:,}",
            "Most cited voice": words(row.top_voice) or "—",
            "Most cited voice, share": _share(row.top_share, row.top_low, row.top_high),
            "Official sources": _share(row.official_share, row.official_low, row.official_high),
            "Unnamed sources": _share(row.anonymous_share, row.anonymous_low, row.anonymous_high),
            "Concentration, 0 to 1": f"{row.herfindahl:.2f}",
            "Enough cases": "few cases" if row.few_cases else "yes",
        }
        for name, text in shown.items():
            made.setdefault(name, {"Measure": name})[label] = text
    return pd.DataFrame(list(made.values()), columns=["Measure", *(label for label, _ in look.values())])


def _share(share: float, low: float, high: float) -> str:
    """A share with its 95 % interval."""
    return f"{share:.0%} ({low:.0%} to {high:.0%})"


def voices(table: pd.DataFrame, look: Look) -> pd.DataFrame:
    """Every voice with how it is quoted."""
    return pd.DataFrame(
        {
            "item": [f"voice:{row.side}|{row.source_name}" for row in rows(table)],
            "Side": table["side"].map(lambda side: look[side][0]),
            "Voice": table["source_name"],
            "Kind": table["source_type"].map(words),
            "Camp": table["camp"].map(words),
            "Cited": table["attributions"],
            "Own words": table["direct"],
            "Partly": table["mixed"],
            "Paraphrased": table["indirect"],
            "Words quoted": table["words_quoted"],
            "Share": table["share"],
        }
    )
