"""What the sentence readers found in a corpus, a table a reader: records placed in documents and passages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_type_hints

import numpy as np
import pandas as pd
import pyarrow as arrow
import pyarrow.compute as compute

from analysis.corpus import Corpus
from analysis.names.filing import file_under
from analysis.sentences import READ_LANGUAGE
from analysis.store.documents import shared_objects
from analysis.store.files import hash_of
from analysis.store.records import objects_of
from analysis.store.term_tables import counts_version
from analysis.store.versions import reader_version

PLACED = ("id", "document", "side", "outlet", "date", "passage")
"""Columns before those of the record."""

OFFSETS = ("start", "cue", "source", "content")
"""Where a record stands: the first of these that it has. An attribution is made where its cue is."""

FIELD_BITS = 33
"""Bits of an offset within a field, below those that tell document and field."""


def sentences_version() -> str:
    """What the placed records depend on."""
    return hash_of((reader_version("analysis.sentences"), counts_version()))


def placed(
    corpus: Corpus, passages: pd.DataFrame, records: arrow.Table, letter: str, filed: Mapping[str, str]
) -> arrow.Table:
    """The records of each document, in corpus order.

    Args:
        corpus: the corpus.
        passages: its passage table.
        records: as `store.records` keeps them, article by article; documents of one content share theirs.
        letter: begins the number in the records' ids.
        filed: folded name -> the one name under which sources and claimants are filed.

    Returns:
        The columns of PLACED (`passage` as a row of the passage table), then those of the record.
    """
    row, position, number = _of_documents(corpus, records)
    table = records.take(row)
    title = compute.equal(table.column("field"), "title").to_numpy(zero_copy_only=False)
    ids = corpus.column("id").to_numpy(object)[position]
    columns: dict[str, Any] = {
        "id": arrow.array(
            [f"{name}:{letter}{n}" for name, n in zip(ids, number.tolist(), strict=True)], arrow.string()
        ),
        "document": _repeated(corpus, "id", position),
    }
    columns |= {name: _repeated(corpus, name, position) for name in ("side", "outlet", "date")}
    columns["passage"] = _Beginnings(passages).rows(position, title, _offsets(table)).astype(np.int32)
    columns |= {name: table.column(name) for name in table.column_names if name not in ("key", "number")}
    for name in {"source_name", "claimant"} & columns.keys():
        columns[name] = _filed(columns[name], filed)
    return arrow.table(columns)


def frame_of(table: arrow.Table, kind: type[Any], passages: pd.DataFrame) -> pd.DataFrame:
    """The table that `placed` made as one of pandas, `passage` as its id."""
    columns: dict[str, Any] = {name: shared_objects(table.column(name)) for name in PLACED[:-1]}
    columns["passage"] = passages["id"].to_numpy(object)[table.column("passage").to_numpy()]
    columns |= {name: objects_of(table.column(name), hint) for name, hint in get_type_hints(kind).items()}
    return pd.DataFrame({name: pd.Series(values, dtype=values.dtype) for name, values in columns.items()})


def _of_documents(corpus: Corpus, records: arrow.Table) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For every record of every document its row in `records`, the document's position, and its number there."""
    keys = shared_objects(records.column("key"))
    first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else np.empty(0, np.int64)
    articles = pd.Series(np.arange(len(first)), index=keys[first])
    articles = articles[~articles.index.duplicated()]  # two runs may have read one article
    read = (corpus.column("language") == READ_LANGUAGE).to_numpy()
    article = corpus.column("article").map(articles).where(read).fillna(-1).to_numpy(np.int64)
    position = np.flatnonzero(article >= 0)
    sizes = np.diff(np.append(first, len(keys)))[article[position]]
    ends = np.cumsum(sizes)
    number = np.arange(int(sizes.sum())) - np.repeat(ends - sizes, sizes)
    return np.repeat(first[article[position]], sizes) + number, np.repeat(position, sizes), number + 1


class _Beginnings:
    """Where passages begin, to find the one that holds an offset."""

    def __init__(self, passages: pd.DataFrame) -> None:
        self._group = _group(passages["position"].to_numpy(), (passages["field"] == "title").to_numpy())
        self._keys = (self._group << FIELD_BITS) + passages["start"].to_numpy(np.int64)

    def rows(self, position: np.ndarray, title: np.ndarray, offset: np.ndarray) -> np.ndarray:
        """Row of the passage that holds each offset; the field's first passage for one before it."""
        group = _group(position, title)
        rows = np.searchsorted(self._keys, (group << FIELD_BITS) + offset, side="right") - 1
        return rows + (self._group[np.maximum(rows, 0)] != group)


def _group(position: np.ndarray, title: np.ndarray) -> np.ndarray:
    """A number for each document's title and text, in the passages' order."""
    return position.astype(np.int64) * 2 + ~title


def _offsets(table: arrow.Table) -> np.ndarray:
    """Where each record stands in its field."""
    found = np.full(table.num_rows, -1, np.int64)
    for name in OFFSETS:
        if name not in table.column_names:
            continue
        column = table.column(name).combine_chunks()
        found = np.where(found < 0, _first(column) if arrow.types.is_list(column.type) else column.to_numpy(), found)
    return found


def _first(spans: arrow.ListArray) -> np.ndarray:
    """The beginning of the first span of each list, -1 where there is none."""
    firsts = np.full(len(spans), -1, np.int64)
    bounds = spans.offsets.to_numpy()
    filled = np.flatnonzero(np.diff(bounds))
    firsts[filled] = spans.values.flatten().to_numpy()[2 * bounds[filled]] if len(filled) else -1
    return firsts


def _repeated(corpus: Corpus, name: str, position: np.ndarray) -> arrow.Array:
    """A field of the documents at some positions."""
    kind = arrow.date32() if name == "date" else arrow.string()
    values = arrow.array(corpus.column(name).tolist(), kind)
    return (values if name == "date" else values.dictionary_encode()).take(arrow.array(position))


def _filed(column: arrow.ChunkedArray, filed: Mapping[str, str]) -> arrow.Array:
    names = shared_objects(column)
    known: dict[str | None, str | None] = {name: name and file_under(name, filed) for name in set(names)}
    return arrow.array([known[name] for name in names], arrow.string())
