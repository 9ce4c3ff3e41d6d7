"""Mentions of names, one row a mention: as a table on disk and as the table of a reading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as arrow

from analysis.passages import PassageTexts
from analysis.store.documents import storable

NAMED = ("entity", "kind", "name", "title")
PLACES = ("passage", "start", "end", "title_start")


def names_table(
    mentions: pd.DataFrame, variants: pd.DataFrame, documents: pd.DataFrame, passages: pd.DataFrame
) -> arrow.Table:
    """The mentions that `find_names` returns with the entities of `name_variants`.

    Columns: entity, kind, name, title (the words of office as printed, "" if there are none), passage (row of the
    passage table), start, end, title_start.
    """
    names, codes = mentions["name"].cat.categories, mentions["name"].cat.codes.to_numpy()
    known = variants.drop_duplicates("variant").set_index("variant").reindex(names)
    columns: dict[str, Any] = {"entity": _coded(known["entity"], codes), "kind": _coded(known["kind"], codes)}
    columns["name"] = _coded(names, codes)
    titles, printed = pd.factorize(np.array(_titles(mentions, documents, passages), object))
    columns["title"] = _coded(printed, titles)
    return arrow.table(columns | {name: mentions[name].to_numpy(np.int32) for name in PLACES})


def _coded(values: Iterable[str], codes: np.ndarray) -> arrow.DictionaryArray:
    """For each code its value, equal ones once."""
    places, distinct = pd.factorize(np.array([*map(storable, values), ""], object))
    return arrow.DictionaryArray.from_arrays(places.astype(np.int32)[codes], arrow.array(distinct, arrow.string()))


def _titles(mentions: pd.DataFrame, documents: pd.DataFrame, passages: pd.DataFrame) -> list[str]:
    """The words of office before each name, one blank between words."""
    titled = np.flatnonzero(mentions["title_start"].to_numpy() < mentions["start"].to_numpy())
    rows = mentions["passage"].to_numpy()[titled]
    texts = PassageTexts(documents, passages.iloc[rows])
    origin = passages["start"].to_numpy()[rows]
    spans = (mentions[name].to_numpy()[titled] - origin for name in ("title_start", "start"))
    found = [""] * len(mentions)
    for place, text, first, last in zip(titled.tolist(), texts, *(span.tolist() for span in spans), strict=True):
        found[place] = " ".join(text[first:last].split())
    return found


def frame_of(table: arrow.Table, passages: pd.DataFrame) -> pd.DataFrame:
    """The mentions with what is known of their passages.

    Columns: entity, kind, name, title, passage, document (by their ids), side, field, start, end, title_start.
    """
    row = table.column("passage").to_numpy()
    columns: dict[str, Any] = {name: _values(table, name)[codes_of(table, name)] for name in NAMED}
    columns["passage"] = passages["id"].to_numpy(object)[row]
    columns |= {name: passages[name].to_numpy(object)[row] for name in ("document", "side", "field")}
    frame = pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns.items()})
    return frame.assign(**{name: table.column(name).to_numpy() for name in PLACES[1:]})


def namings(table: arrow.Table, passages: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
    """For each mention its place among the distinct ways to name; those ways: entity, kind, side, name, title."""
    side, sides = pd.factorize(passages["side"].to_numpy(object))
    size = len(_values(table, "title"))
    code = codes_of(table, "name").astype(np.int64) * size + codes_of(table, "title")
    code = code * max(len(sides), 1) + side[table.column("passage").to_numpy()]
    place, distinct = pd.factorize(code)
    first = np.full(len(distinct), -1)
    first[place[::-1]] = np.arange(len(place) - 1, -1, -1)
    ways = {name: pd.Series(_values(table, name)[codes_of(table, name)[first]], dtype=object) for name in NAMED}
    return place, pd.DataFrame(ways | {"side": pd.Series(sides[distinct % max(len(sides), 1)], dtype=object)})


def uses(table: arrow.Table) -> pd.DataFrame:
    """How often each name is used: entity, variant, count; what `filed_names` files by."""
    names = codes_of(table, "name")
    count = np.bincount(names, minlength=len(_values(table, "name")))
    entity = np.zeros(len(count), np.int64)
    entity[names] = codes_of(table, "entity")
    columns = {"entity": _values(table, "entity")[entity], "variant": _values(table, "name"), "count": count}
    return pd.DataFrame(columns)[count > 0]


def codes_of(table: arrow.Table, name: str) -> np.ndarray:
    """A column's places in its distinct values."""
    return np.asarray(table.column(name).combine_chunks().indices.to_numpy())


def _values(table: arrow.Table, name: str) -> np.ndarray:
    values = table.column(name).combine_chunks().dictionary.to_pylist()
    return np.fromiter(values, object, len(values))
