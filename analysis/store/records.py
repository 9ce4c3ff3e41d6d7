"""Records of the readers as Parquet tables and back, by the types of their fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import numpy as np
import pyarrow as arrow

from analysis.store.documents import shared_objects, storable

TYPES = {str: arrow.string(), int: arrow.int64(), bool: arrow.bool_(), float: arrow.float64(), Decimal: arrow.string()}
"""Decimals are kept as printed digits: no Parquet number type holds all of them exactly."""


def schema_of(kind: type[Any]) -> arrow.Schema:
    """The columns of a record type, after those that place a record: article key and number.

    Raises:
        TypeError: a field has a type that cannot be stored.
    """
    fields = [(name, _stored_type(hint)) for name, hint in get_type_hints(kind).items()]
    return arrow.schema([("key", arrow.string()), ("number", arrow.int32()), *fields])


def to_table(kind: type[Any], articles: Mapping[str, Sequence[Any]]) -> arrow.Table:
    """Records of several articles, by article key, as one table; all keys are kept in its metadata."""
    schema = schema_of(kind)
    rows = [(key, number, record) for key, records in articles.items() for number, record in enumerate(records)]
    columns: list[list[Any]] = [[key for key, _, _ in rows], [number for _, number, _ in rows]]
    for name, hint in get_type_hints(kind).items():
        values = [getattr(record, name) for _, _, record in rows]
        columns.append([value if value is None else storable(value) for value in values] if _is_odd(hint) else values)
    arrays = [arrow.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return arrow.Table.from_arrays(arrays, schema=schema.with_metadata({"articles": " ".join(articles)}))


def from_table(kind: type[Any], table: arrow.Table) -> dict[str, list[Any]]:
    """The records of each article that has any, by article key."""
    columns = [objects_of(table.column(name), hint).tolist() for name, hint in get_type_hints(kind).items()]
    articles: dict[str, list[Any]] = {}
    for key, *values in zip(table.column("key").to_pylist(), *columns, strict=True):
        articles.setdefault(key, []).append(kind(*values))
    return articles


def objects_of(column: arrow.ChunkedArray, hint: Any) -> np.ndarray:
    """A field's values as the record's type has them, equal texts and amounts the same object.

    Numbers and truth values that are never None are plain arrays.
    """
    kind = _plain_hint(hint)
    if kind in (int, bool) and kind is hint:
        return np.asarray(column.to_numpy())
    if get_origin(kind) is tuple:
        return _tuples(column.combine_chunks())
    values = shared_objects(column)
    if kind is Decimal:
        known = {value: value if value is None else Decimal(value) for value in set(values)}
        values = np.fromiter((known[value] for value in values), object, len(values))
    return values


def _tuples(column: arrow.ListArray) -> np.ndarray:
    """Lists as tuples, lists of pairs as tuples of pairs."""
    bounds, values = column.offsets.to_numpy(), column.values
    if arrow.types.is_list(values.type):
        flat = values.flatten().to_numpy().tolist()
        items = list(zip(flat[::2], flat[1::2], strict=True))
    else:
        items = shared_objects(arrow.chunked_array([values])).tolist()
    spans = (tuple(items[first:last]) for first, last in pairwise(bounds.tolist()))
    return np.fromiter(spans, object, len(column))


def covered(schema: arrow.Schema) -> list[str]:
    """Keys of the articles a table was read from."""
    return ((schema.metadata or {}).get(b"articles") or b"").decode().split()


def _plain_hint(hint: Any) -> Any:
    """A field's type without the `| None`."""
    if get_origin(hint) is UnionType:
        return next(part for part in get_args(hint) if part is not NoneType)
    return hint


def _stored_type(hint: Any) -> arrow.DataType:
    hint = _plain_hint(hint)
    if get_origin(hint) is tuple:
        return arrow.list_(_stored_type(get_args(hint)[0]))
    if hint not in TYPES:
        raise TypeError(f"a field of the type {hint} cannot be stored")
    return TYPES[hint]


def _is_odd(hint: Any) -> bool:
    return _plain_hint(hint) is Decimal or get_origin(_plain_hint(hint)) is tuple or _plain_hint(hint) is str
