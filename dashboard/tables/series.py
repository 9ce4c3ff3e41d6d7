"""Figures of one quantity over days: which quantities there are, and what each claimant is reported to say of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from typing import Any

import numpy as np
import pandas as pd

from dashboard.kept import kept
from dashboard.tables.figures import axis, claimant, in_words, value
from dashboard.tables.wording import printed, records, words

SAME = ("object", "measure", "unit", "place", "scope", "owner")
"""What the figures of one quantity have in common."""

REPORTS = 60
"""Reports of a claimant that the chart over time draws, the latest: more are no steps that anyone tells apart."""

VALUES = ("point", "low", "high")
"""A figure without any of these stands nowhere on an axis."""


@kept
def series(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures that a chart over time can draw: those of quantities that are given on several days.

    One row a figure, quantities that several sides give before those of one side, each time the most frequent first,
    and each quantity by day: row (in `figures`), key and quantity (its name), both categories.
    """
    drawn = figures["comparable"].to_numpy(bool) & figures[["measure", "date"]].notna().all(axis=1).to_numpy()
    drawn &= figures[list(VALUES)].notna().any(axis=1).to_numpy()
    rows = np.flatnonzero(drawn)
    code, keys = _distinct((figures[name].iloc[rows] for name in SAME), _key)
    day = pd.factorize(figures["date"].to_numpy(object)[rows], sort=True)[0]
    side = pd.factorize(figures["side"].to_numpy(object)[rows])[0]
    several_days, several_sides = (_several(code, own, len(keys)) for own in (day, side))
    size, rank = np.bincount(code, minlength=len(keys)), np.argsort(np.argsort(keys, kind="stable"))
    order = np.lexsort((day, rank[code], -size[code], ~several_sides[code]))
    order = order[several_days[code[order]]]
    key = pd.Categorical.from_codes(code[order], keys)
    return pd.DataFrame({"row": rows[order], "key": key, "quantity": _names(figures.iloc[rows[order]])})


def _several(code: np.ndarray, own: np.ndarray, size: int) -> np.ndarray:
    """For each of `size` codes whether it stands beside more than one value of `own`, numbers from 0 on."""
    pairs = np.unique(code * (own.max(initial=0) + 1) + own)
    return np.bincount(pairs // (own.max(initial=0) + 1), minlength=size) > 1


@kept
def quantities(series: pd.DataFrame) -> dict[str, str]:
    """Key -> name of each quantity of a series, in its order."""
    own = series.drop_duplicates("key", keep="last")
    return dict(zip(own["key"].tolist(), own["quantity"].tolist(), strict=True))


@kept
def of_quantity(figures: pd.DataFrame, series: pd.DataFrame, key: str) -> pd.DataFrame:
    """The figures of one quantity of a series, as they were reported one after the other; none is added to another.

    One row a figure: side, claimant_kind, date (of the article), low, high, bound, verbatim, quantity (in words),
    value, who, item, axis.
    """
    own = series[series["key"] == key]
    told = records(figures.iloc[own["row"].to_numpy()])
    return pd.DataFrame(
        {name: figure[name] for name in ("side", "claimant_kind", "date", "low", "high", "bound")}
        | {"verbatim": printed(figure), "quantity": name, "value": value(figure), "who": claimant(figure)}
        | {"item": f"figure:{figure['id']}", "axis": axis(figure)}
        for figure, name in zip(told, own["quantity"].tolist(), strict=True)
    )


@kept
def most_frequent(series: pd.DataFrame, claimants: int) -> pd.DataFrame:
    """The rows of the claimants with most figures, so many of them; of each the latest REPORTS."""
    size = series.groupby(["side", "who"])["item"].transform("size")
    own = series.assign(size=size)[["side", "who", "size"]].drop_duplicates()
    kept = own.sort_values("size", ascending=False, kind="stable").head(claimants)
    wanted = pd.MultiIndex.from_frame(series[["side", "who"]]).isin(pd.MultiIndex.from_frame(kept[["side", "who"]]))
    return series[wanted].groupby(["side", "who"], sort=False).tail(REPORTS)


def _names(figures: pd.DataFrame) -> pd.Categorical:
    """The name of each figure's quantity."""
    counted = figures["object"].notna() | (figures["kind"] != "count")
    unnamed = figures["verbatim"].mask(counted, None)
    columns = (figures["kind"], unnamed, *(figures[name] for name in ("object", "measure", "place", "scope")))
    return pd.Categorical.from_codes(*_distinct(columns, _name))


def _key(parts: Sequence[Any]) -> str:
    return "|".join(map(words, parts))


def _name(parts: Sequence[Any]) -> str:
    """The name of a quantity: what is counted, and what is told of it."""
    kind, verbatim, counted, *about = parts
    return in_words({"object_text": None, "kind": kind, "verbatim": verbatim}, counted, *about)


def _distinct(columns: Iterable[pd.Series], told: Callable[[Sequence[Any]], str]) -> tuple[np.ndarray, np.ndarray]:
    """The distinct texts that are told of rows, from a value of each column: the place of each row's, and the texts."""
    coded = [pd.factorize(column.to_numpy(object)) for column in columns]
    code = reduce(_together, (own for own, _ in coded))
    first = np.unique(code, return_index=True)[1]
    values = (np.array([*known, None], object)[own[first]].tolist() for own, known in coded)  # -1: none
    place, texts = pd.factorize(np.array([told(parts) for parts in zip(*values, strict=True)], object))
    return place[code], texts


def _together(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """A number for each pair of two numbers from -1 on."""
    return pd.factorize(one * (other.max(initial=0) + 2) + other)[0]
