"""Voices as a reader sees them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.kept import kept
from dashboard.tables.wording import Look, rows, several, words

STANCES = {
    "assertive": "assertive (confirmed)",
    "admission": "admission (admitted)",
    "neutral": "neutral (said)",
    "tentative": "tentative (suggested)",
    "distancing": "distancing (claimed)",
    "doubt": "doubt (denied)",
    "evaluative": "evaluative (mocked)",
    "demand": "demand (called for)",
}
"""Stance of a reporting verb -> its name with an example; the writer goes along most at the top."""

UNKNOWN = "unknown"

MOST_CAMPS = 6
"""Camps a grid shows: more do not fit on a phone."""

MOST_ROWS = 20
"""Verbs, camps or types a chart shows; the table below it has all."""

LEAST_SHARE = 0.01
"""Share of some side's attributions from which a camp or type has a place in a chart; the table below has all."""


@kept
def quoting(table: pd.DataFrame, look: Look, meanings: Mapping[str, str]) -> pd.DataFrame:
    """Passages of each side by way of quoting, with share and interval."""
    return pd.DataFrame(
        {
            "item": [f"quote:{row.side}|{row.quote}" for row in rows(table)],
            "Side": table["side"].map(lambda side: look[side][0]),
            "Speakers are given": table["quote"].map(meanings),
            "Passages": table["passages"],
            **_share_columns(table),
            "Words": table["words"],
        }
    )


@kept
def cited(table: pd.DataFrame, side: str, count: str, top: int) -> pd.DataFrame:
    """The voices of one side that are cited or quoted most."""
    own = table[(table["side"] == side) & (table[count] > 0)]
    return own.sort_values([count, "attributions", "source_name"], ascending=[False, False, True]).head(top)


@kept
def grid(table: pd.DataFrame) -> pd.DataFrame:
    """The cells of the grid of stances (or verbs, where the table has them) by camp, the strongest rows first.

    Columns: those of the table, item, row and camp_label (as shown), place (of the camp among the columns),
    detail (the verbs of a stance).
    """
    by_verb = "cue_lemma" in table
    value = "cue_lemma" if by_verb else "stance"
    named = table.assign(
        item=[f"{'verb' if by_verb else 'stance'}:{row.side}|{row.camp}|{getattr(row, value)}" for row in rows(table)],
        row=[
            f"{row.cue_lemma} · {row.stance}" if by_verb else STANCES.get(row.stance, row.stance) for row in rows(table)
        ],
        camp_label=table["camp"].map(camp),
        rank=[list(STANCES).index(stance) if stance in STANCES else len(STANCES) for stance in table["stance"]],
        detail=["" if by_verb else ", ".join(f"{lemma} {count}" for lemma, count in row.verbs) for row in rows(table)],
    )
    camps = _camps(named)[:MOST_CAMPS]
    shown = named[named["camp"].isin(camps)]
    used = shown.groupby("row")["attributions"].sum()
    most = sorted(used.index, key=lambda name: (-used[name], name))[:MOST_ROWS]
    shown = shown[shown["row"].isin(most)]
    shown = shown.assign(place=shown["camp"].map(camps.index), used=shown["row"].map(used))
    return shown.sort_values(["rank", "used", "row"], ascending=[True, False, True], kind="stable", ignore_index=True)


def _camps(named: pd.DataFrame) -> list[str]:
    """The camps of LEAST_SHARE of some side's attributions, those cited most first, the unknown last."""
    counts = named.groupby(["camp", "side"])["attributions"].sum().unstack(fill_value=0)
    totals = counts[(counts / counts.sum()).max(axis=1) >= LEAST_SHARE].sum(axis=1)
    return sorted(totals.index, key=lambda name: (name == UNKNOWN, -totals[name], name))


@kept
def reporting(table: pd.DataFrame, look: Look) -> pd.DataFrame:
    """Every verb (or stance) a side uses for the sources of a camp."""
    by_verb = "cue_lemma" in table
    shown = {
        "item": [
            f"verb:{row.side}|{row.camp}|{row.cue_lemma}" if by_verb else f"stance:{row.side}|{row.camp}|{row.stance}"
            for row in rows(table)
        ],
        "Side": table["side"].map(lambda side: look[side][0]),
        "Camp of the source": table["camp"].map(camp),
        "Stance": table["stance"],
        "Verb" if by_verb else "Verbs": table["cue_lemma"]
        if by_verb
        else [", ".join(f"{lemma} {count}" for lemma, count in used) for used in table["verbs"]],
        "Cited": table["attributions"],
        "Of the camp's": table["total"],
        **_share_columns(table),
    }
    return pd.DataFrame(shown)


@kept
def shares(table: pd.DataFrame) -> pd.DataFrame:
    """Camps (or source types) for their chart: those of LEAST_SHARE on some side, the table as in `_labelled`."""
    labelled = _labelled(table)
    best = labelled.groupby("label", sort=False)["share"].max()
    most = list(best.index[best >= LEAST_SHARE][:MOST_ROWS])
    shown = labelled[labelled["label"].isin(most)]
    return shown.assign(place=shown["label"].map(most.index)).reset_index(drop=True)


def _labelled(table: pd.DataFrame) -> pd.DataFrame:
    """Camps (or source types) with item and label, those cited most first, the unknown camp last."""
    by_type = "source_type" in table
    value = "source_type" if by_type else "camp"
    kind = "type" if by_type else "camp"
    named = table.assign(
        item=[f"{kind}:{row.side}|{getattr(row, value)}" for row in rows(table)],
        label=[_type(row) if by_type else camp(row.camp) for row in rows(table)],
    )
    best = named.groupby("label")["share"].max()
    order = sorted(best.index, key=lambda name: (name == camp(UNKNOWN), -best[name], name))
    places = named["label"].map({name: place for place, name in enumerate(order)})
    return named.iloc[places.argsort(kind="stable")].reset_index(drop=True)


@kept
def speakers(table: pd.DataFrame, look: Look) -> pd.DataFrame:
    """Camps (or source types) of each side as a table."""
    by_type = "source_type" in table
    marked = _labelled(table)
    shown = {
        "item": marked["item"],
        "Side": marked["side"].map(lambda side: look[side][0]),
        "Kind" if by_type else "Camp": marked["source_type"].map(words) if by_type else marked["label"],
        **({"Official": marked["official"].map({True: "yes", False: "no"})} if by_type else {}),
        "Cited": marked["attributions"],
        "Of": marked["total"],
        **_share_columns(marked),
        "Words quoted": marked["words_quoted"],
    }
    return pd.DataFrame(shown)


@kept
def concentration(table: pd.DataFrame, look: Look) -> tuple[pd.DataFrame, list[dict[str, str]]]:
    """A row a measure, a column a side, and for each row what its cells open."""
    made: dict[str, dict[str, str]] = {}
    items: dict[str, dict[str, str]] = {}
    for row in rows(table):
        label = look[row.side][0]
        for name, (text, kind) in _measures(row).items():
            made.setdefault(name, {"Measure": name})[label] = text
            items.setdefault(name, {})[label] = kind
    shown = pd.DataFrame(list(made.values()), columns=["Measure", *(label for label, _ in look.values())])
    return shown, list(items.values())


def _measures(row: Any) -> dict[str, tuple[str, str]]:
    """A side's measures: name -> (as shown, item)."""
    said, top = f"said:{row.side}", f"voice:{row.side}|{row.top_voice}"
    return {
        "Attributions": (f"{row.attributions:,}{', few cases' if row.few_cases else ''}", said),
        "Different voices": (f"{row.voices:,}", said),
        "Most cited voice": (words(row.top_voice) or "—", top),
        "Most cited voice, share": (_counted(row, "top"), top),
        "Concentration (Herfindahl, 0 to 1)": (f"{row.herfindahl:.2f}" if row.attributions else "—", said),
        "Official sources": (_counted(row, "official"), f"official:{row.side}"),
        "Unnamed sources": (_counted(row, "anonymous"), f"unnamed:{row.side}"),
        "In a headline": (_counted(row, "headline"), f"headlines:{row.side}"),
        "Words in quotation marks": (f"{row.words_quoted:,}", said),
    }


def _counted(row: Any, name: str) -> str:
    """A count of a side's attributions with its share and 95 % interval; a dash where there are none to count."""
    if not row.attributions:
        return "—"
    share, low, high = (getattr(row, f"{name}_{part}") for part in ("share", "low", "high"))
    return f"{getattr(row, f'{name}_count'):,} of {row.attributions:,}: {share:.0%} ({low:.0%} to {high:.0%})"


@kept
def headlines(table: pd.DataFrame, look: Look) -> pd.DataFrame:
    """Who speaks in the headlines, and whether the text below cites the same voice."""
    return pd.DataFrame(
        {
            "item": [f"attribution:{attribution}" for attribution in table["attribution"]],
            "Side": table["side"].map(lambda side: look[side][0]),
            "Voice": table["voice"],
            "Camp": table["camp"].map(camp),
            "Verb": [f"{row.cue_lemma} · {row.stance}" for row in rows(table)],
            "Same voice in the text": [several(count, "time") if count else "not cited" for count in table["in_text"]],
            "Headline": table["title"],
            "Outlet": table["outlet"],
        }
    )


@kept
def chains(table: pd.DataFrame, look: Look) -> pd.DataFrame:
    """Voices that speak through another voice, as chains."""
    return pd.DataFrame(
        {
            "item": [f"chain:{attribution}" for attribution in table["attribution"]],
            "Side": table["side"].map(lambda side: look[side][0]),
            "Chain": [f"{row.outer} → {row.inner}" for row in rows(table)],
            "Counted once, for": table["outer"],
        }
    )


@kept
def voices(table: pd.DataFrame, look: Look) -> pd.DataFrame:
    """Every voice with how it is quoted and how it was printed."""
    return pd.DataFrame(
        {
            "item": [
                f"{'voice' if row.attributions else 'nested'}:{row.side}|{row.source_name}" for row in rows(table)
            ],
            "Side": table["side"].map(lambda side: look[side][0]),
            "Voice": table["source_name"],
            "Printed as": [
                " · ".join(row.printed) if row.resolved else "as it stands: no fuller name found" for row in rows(table)
            ],
            "Kind": table["source_type"].map(words),
            "Camp": table["camp"].map(camp),
            "Cited": table["attributions"],
            **_share_columns(table),
            "Own words": table["direct"],
            "Partly": table["mixed"],
            "Paraphrased": table["indirect"],
            "Words quoted": table["words_quoted"],
            "In headlines": table["headlines"],
            "Through another voice": table["nested"],
        }
    )


def camp(name: str) -> str:
    """A camp's id as a name."""
    return words(name).title()


def _type(row: Any) -> str:
    return f"{words(row.source_type)}{' ●' if row.official else ''}"


def _share_columns(table: pd.DataFrame) -> dict[str, Any]:
    return {
        "Share": table["share"],
        "95 % interval": [_interval(row) for row in rows(table)],
        "Cases": ["few cases" if few else "" for few in table["few_cases"]],
    }


def _interval(row: Any) -> str:
    return f"{row.low:.0%} to {row.high:.0%}"
