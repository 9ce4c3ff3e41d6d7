"""Documents of a stored table, made when they are asked for: 100,000 texts need not live as Python strings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, overload

import numpy as np
import pandas as pd
import pyarrow as arrow

from analysis.corpus import Document, column

FIELDS = tuple(Document.__dataclass_fields__)
CACHED = ("sha256", "article")
"""Hashes kept with a document: making them anew takes as long as all the rest."""

SCHEMA = arrow.schema(
    [(name, arrow.string()) for name in ("id", "side", "outlet")]
    + [("date", arrow.date32())]
    + [(name, arrow.large_string()) for name in ("title", "text")]
    + [(name, arrow.string()) for name in ("language", "url")]
    + [("topics", arrow.list_(arrow.string()))]
    + [(name, arrow.string()) for name in CACHED]
)

BLOCK = 1024
"""Documents made at once when all are asked for in turn."""


class StoredDocuments(Sequence[Document]):
    """The documents of a table with the fields of `Document` as columns; equal rows make equal documents."""

    def __init__(self, table: arrow.Table) -> None:
        self.table = table.combine_chunks()

    def take(self, places: Sequence[int]) -> StoredDocuments:
        """The documents at some places."""
        return StoredDocuments(self.table.take(arrow.array(places, arrow.int64())))

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @overload
    def __getitem__(self, place: int) -> Document: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Document, ...]: ...

    def __getitem__(self, place: int | slice) -> Document | tuple[Document, ...]:
        if isinstance(place, slice):
            rows = range(*place.indices(len(self)))
            return tuple(self[row] for row in rows)
        row = range(len(self))[place]
        return next(_made(self.table.slice(row, 1)))

    def __iter__(self) -> Iterator[Document]:
        for start in range(0, len(self), BLOCK):
            yield from _made(self.table.slice(start, BLOCK))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self.column("sha256")))

    def column(self, name: str) -> pd.Series:
        """A field of every document; titles and texts stay in the table's memory, all else are plain objects."""
        if name not in self.table.column_names:
            return pd.Series([getattr(document, name) for document in self], dtype=object)
        stored = self.table.column(name)
        if arrow.types.is_large_string(stored.type):
            return pd.Series(pd.array(stored, dtype="str"))
        if name == "topics":
            return pd.Series(shared_tuples(stored.to_pylist()), dtype=object)
        return pd.Series(shared_objects(stored), dtype=object)


def documents_table(documents: Sequence[Document]) -> arrow.Table:
    """Documents as a table of SCHEMA; a lone surrogate, which Parquet cannot hold, is replaced."""
    if isinstance(documents, StoredDocuments) and documents.table.schema.names == SCHEMA.names:
        return documents.table
    arrays = [stored_array(column(documents, field.name).tolist(), field.type) for field in SCHEMA]
    return arrow.Table.from_arrays(arrays, schema=SCHEMA)


def stored_array(values: Sequence[Any], kind: arrow.DataType) -> arrow.Array:
    """Values as a column of a table, see `storable`; most can be stored as they are."""
    try:
        return arrow.array(values, kind)
    except UnicodeEncodeError:
        return arrow.array([storable(value) for value in values], kind)


def chosen(documents: Sequence[Document], places: Sequence[int]) -> Sequence[Document]:
    """The documents at some places, stored ones still stored."""
    if isinstance(documents, StoredDocuments):
        return documents.take(places)
    return [documents[place] for place in places]


def shared_objects(column: arrow.ChunkedArray) -> np.ndarray:
    """A column as objects of Python, equal values the same object, nulls None."""
    encoded = column.combine_chunks().dictionary_encode()
    values = np.fromiter((*encoded.dictionary.to_pylist(), None), object, len(encoded.dictionary) + 1)
    return values[encoded.indices.fill_null(len(values) - 1).to_numpy(zero_copy_only=False)]


def storable(value: Any) -> Any:
    """A value as Parquet can hold it: a lone surrogate is replaced, an amount is its digits."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    return [storable(item) for item in value] if isinstance(value, tuple) else value


def shared_tuples(lists: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The lists as tuples, equal ones the same object."""
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    return [known.setdefault(key, key) for key in map(tuple, lists)]


def _made(table: arrow.Table) -> Iterator[Document]:
    columns = [table.column(name).to_pylist() for name in FIELDS]
    columns[FIELDS.index("topics")] = shared_tuples(columns[FIELDS.index("topics")])
    kept = [(name, table.column(name).to_pylist()) for name in CACHED if name in table.column_names]
    for row, values in enumerate(zip(*columns, strict=True)):
        document = Document(*values)
        vars(document).update((name, column[row]) for name, column in kept)
        yield document
