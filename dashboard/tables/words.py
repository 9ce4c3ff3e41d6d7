"""Terms and names as a reader sees them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.kept import kept
from dashboard.tables.wording import OTHERS, Look, rows, several, words

DIGITS = 4
"""Digits after the point of scores and the ends of their intervals."""

ROUND_FROM = 10
"""Mean number of terms from which parts of a term say nothing."""

UNSURE = ("95 % interval", "At least × as often", "Adjusted p", "Class", "Part of")
"""Columns that hold nothing where articles are too few."""

IMPERSONAL = ("place", "organisation")
"""Kinds of names that hold no office: a title before them is somebody else's."""


@kept
def terms(table: pd.DataFrame, left: str, right: str, sizes: pd.DataFrame) -> pd.DataFrame:
    """The terms of a contrast with their counts, intervals and class; columns that hold nothing are left out."""
    chosen = sizes["side"] == table["target"].iloc[0]
    other = sizes["side"].isin(set(table["reference"].dropna()) or set(sizes.loc[~chosen, "side"]))
    articles = {label: int(sizes.loc[rows, "documents"].sum()) for label, rows in ((left, chosen), (right, other))}
    outlets = {label: int(sizes.loc[rows, "outlets"].sum()) for label, rows in ((left, chosen), (right, other))}
    shown = pd.DataFrame(
        {
            "item": "term:" + table["term"],
            "Term": table["printed"],
            "Marks": [left if score > 0 else right for score in table["score"]],
            "Score": table["score"].abs().round(DIGITS),
            "95 % interval": [_interval(row) for row in rows(table)],
            "At least × as often": [_times(row) for row in rows(table)],
            "Adjusted p": table["p_adjusted"],
            f"{left}: times": table["n_target"],
            f"{right}: times": table["n_reference"],
            f"{left}: articles of {articles[left]:,}": table["documents_target"],
            f"{right}: articles of {articles[right]:,}": table["documents_reference"],
            f"{left}: outlets of {outlets[left]:,}": table["outlets_target"],
            f"{right}: outlets of {outlets[right]:,}": table["outlets_reference"],
            f"{left}: in 10,000 words": table["rate_target"].round(1),
            f"{right}: in 10,000 words": table["rate_reference"].round(1),
            f"{left}: largest outlet": table["largest_outlet_target"].round(2),
            f"{right}: largest outlet": table["largest_outlet_reference"].round(2),
            "Class": table["class"].map(words),
            "What limits it": table["reason"].map(words),
            "Part of": table["folded_into"].map(words),
        }
    )
    empty = [name for name in UNSURE if not shown[name].replace("", None).notna().any()]
    lone = [name for name in shown if max(outlets.values()) <= 1 and "outlet" in name]
    same = ["What limits it"] if shown["What limits it"].nunique() == 1 else []
    return shown.drop(columns=[*empty, *lone, *same])


@kept
def strongest(table: pd.DataFrame, count: int) -> pd.DataFrame:
    """The first terms of each side."""
    return table.groupby(table["score"] > 0, sort=False).head(count)


def at_least(row: Any) -> str:
    """How many times more often a term stands on its side, by the near end of the interval; empty without one."""
    if row.ratio_low != row.ratio_low:
        return ""
    times = _times(row)
    return "no difference sure" if times is None else f"{times:,.1f} times"


def _times(row: Any) -> float | None:
    """The near end of the interval of the rate ratio, as a factor; None where it holds no difference."""
    near = row.ratio_low if row.ratio_low > 0 else -row.ratio_high if row.ratio_high < 0 else 0.0
    return round(float(2**near), 2) if near else None


def _interval(row: Any) -> str:
    """The interval of a score, its ends in the order of the score shown without sign."""
    if row.low != row.low:
        return ""
    ends = (row.low, row.high) if row.score > 0 else (-row.high, -row.low)
    return f"{ends[0]:.{DIGITS}f} to {ends[1]:.{DIGITS}f}"


def marked(left: str, right: str) -> str:
    """The heading of a contrast of terms."""
    return (
        f"What marks {left} texts, against all others" if right == OTHERS[0] else f"What marks {left} and {right} texts"
    )


@kept
def trust(table: pd.DataFrame, measure: str) -> str:
    """How far a contrast of terms can be trusted, and how its chart is read."""
    counted = "Beside a term, how often each side uses it, left : right. Click a term for its lines."
    if table["ratio_low"].isna().all():
        return (
            f"Too few articles for intervals ({words(table['reason'].iloc[0])}): the counts are exact for these texts "
            f"and say nothing sure about the sides. The terms shown have the largest difference in their share of "
            f"passages. {counted}"
        )
    whiskers = (
        f"{measure} has no interval of its own; terms are ranked by that of the rate ratio, by article."
        if table["low"].isna().all()
        else "Whiskers are 95 % intervals, by article; terms are ranked by the end nearest to no difference."
    )
    return f"{whiskers} Pale bars may show no real difference. {counted}"


def no_terms(kind: str, find: str, compare: str) -> str:
    """Which of the page's own options may leave no term, and what to change."""
    why = []
    if find:
        why.append(f"No term holds “{find}”, or the other options leave none that does.")
    if kind != "all":
        why.append("A class is told from five articles a side on; with fewer, or with none of this class, choose All.")
    if compare == "inside_topics":
        why.append("Inside topics only topics with passages of both sides count; choose All passages.")
    return " ".join(why)


@kept
def by_chance(shuffled: pd.DataFrame) -> str:
    """What the page would list if nothing told the sides apart."""
    dealt = shuffled[shuffled["draw"] > 0]
    listed = int(shuffled.loc[shuffled["draw"] == 0, "listed"].iloc[0])
    return (
        f"With the articles dealt to the sides at random, {_mean(dealt['listed'])} would pass this page's test by "
        f"article (mean of {several(len(dealt), 'deal')}); with the sides as they are, {several(listed, 'term')} "
        f"{'passes' if listed == 1 else 'pass'}. The usual log-likelihood test would pass {_mean(dealt['listed_g2'])} "
        "at random."
    )


def _mean(counts: pd.Series) -> str:
    mean = float(counts.mean())
    return f"{mean:,.1f} terms" if 0 < mean < ROUND_FROM and mean % 1 else several(round(mean), "term")


@kept
def set_apart(variants: pd.DataFrame) -> str:
    """Which names stay out of the ranking because sides spell them differently; empty where there are none."""
    names = list(dict.fromkeys(variants["entity"]))
    more = f" and {len(names) - 5:,} more" if len(names) > 5 else ""
    return f"Not ranked, because spelt differently by side (see Names): {', '.join(names[:5])}{more}." if names else ""


@kept
def variants(table: pd.DataFrame, titles: pd.DataFrame, look: Look) -> pd.DataFrame:
    """One row an entity: item, Name, Kind, and for each side its forms and its titles with their counts."""
    spelt, styled = _by_side(table, "variant"), _by_side(titles, "title")
    made = []
    for row in rows(table.drop_duplicates("entity")):
        made.append({"item": f"name:{row.entity}", "Name": row.entity, "Kind": words(row.kind)})
        for side, (label, _) in look.items():
            made[-1][label] = spelt.get((row.entity, side), "—")
            titled = row.kind not in IMPERSONAL
            made[-1][f"{label}: titles"] = styled.get((row.entity, side), "") if titled else ""
    labels = [label for label, _ in look.values()]
    columns = ["item", "Name", "Kind", *labels, *(f"{label}: titles" for label in labels)]
    return pd.DataFrame(made, columns=columns)


def spellings_note(chosen: int, every: int) -> str:
    """How to read the names with several spellings, and where those are that only print tells apart."""
    styled = "; names that differ in full stops, hyphens or accents only stand under “All”" if chosen < every else ""
    return f"Counted as one name everywhere else. In brackets: mentions{styled}."


def _by_side(table: pd.DataFrame, column: str) -> Mapping[tuple[str, str], str]:
    """(entity, side) -> its forms with their counts."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows(table):
        found.setdefault((row.entity, row.side), []).append(f"{getattr(row, column)} ({row.count})")
    return {key: ", ".join(forms) for key, forms in found.items()}


@kept
def called(table: pd.DataFrame, left: str, right: str) -> pd.DataFrame:
    """What one side calls X and the other Y; item holds a term a column."""
    pairs = zip(table["target_term"], table["reference_term"], strict=True)
    return pd.DataFrame(
        {
            "item": [{left: f"term:{one}", right: f"term:{other}"} for one, other in pairs],
            left: table["target_term"],
            right: table["reference_term"],
            "Likeness of use": table["similarity"].astype(float).round(2),
            f"{left}: times": table["n_target"],
            f"{right}: times": table["n_reference"],
        }
    )


def called_note(pairs: pd.DataFrame, left: str, right: str) -> str:
    """How to read the pairs, or why there are none."""
    if pairs.empty:
        return (
            "Needs 10,000 articles or more: with fewer, the words around a term say too little to tell which terms "
            "take its place on the other side, and most pairs would be wrong."
        )
    return f"Terms that stand among the same words in {left} and in {right} texts, the most alike first; look at both."


@kept
def lines(table: pd.DataFrame, look: Look) -> pd.DataFrame:
    """The lines of a term: Side, Outlet, Date, Before, Term, After."""
    return pd.DataFrame(
        {
            "Side": table["side"].map(lambda side: look[side][0]),
            "Before": table["left"].map(_one_line),
            "Term": table["match"].map(_one_line),
            "After": table["right"].map(_one_line),
            "Outlet": table["outlet"],
            "Date": table["date"].map(words),
        }
    )


def as_printed(table: pd.DataFrame) -> str:
    """The form a term has most often in its lines."""
    return _one_line(str(table["match"].mode().iloc[0]))


def lines_of(table: pd.DataFrame, look: Look) -> str:
    """How many lines each side has and how many of them are shown."""
    parts = []
    for side, (label, _) in look.items():
        own = table[table["side"] == side]
        total = int(own["of"].iloc[0]) if len(own) else 0
        cut = f", {len(own):,} shown" if len(own) < total else ""
        parts.append(f"{label}: {several(total, 'line')}{cut}")
    return " · ".join(parts)


def _one_line(text: str) -> str:
    return " ".join(text.split())


@kept
def set_aside(table: pd.DataFrame) -> pd.DataFrame:
    """What is not counted, and why."""
    names = {"kind": "Kind", "outlet": "Outlet", "text": "Text", "articles": "Articles", "words": "Words", "why": "Why"}
    return table[list(names)].rename(columns=names)
