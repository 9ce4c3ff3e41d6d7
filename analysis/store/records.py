"""Records of the readers as Parquet tables and back, by the types of their fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pyarrow as arrow

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
        columns.append([value if value is None else _storable(value) for value in values] if _is_odd(hint) else values)
    arrays = [arrow.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return arrow.Table.from_arrays(arrays, schema=schema.with_metadata({"articles": " ".join(articles)}))


def from_table(kind: type[Any], table: arrow.Table) -> dict[str, list[Any]]:
    """The records of each article a table covers; an article without any has an empty list."""
    articles: dict[str, list[Any]] = {key: [] for key in covered(table.schema)}
    columns = [table.column("key").to_pylist()]
    for name, hint in get_type_hints(kind).items():
        values = table.column(name).to_pylist()
        restore = _restored(hint)
        columns.append([value if value is None else restore(value) for value in values] if restore else values)
    for key, *values in zip(*columns, strict=True):
        articles[key].append(kind(*values))
    return articles


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


def _storable(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    return [_storable(item) for item in value] if isinstance(value, tuple) else value


def _restored(hint: Any) -> Callable[[Any], Any] | None:
    hint = _plain_hint(hint)
    if hint is Decimal:
        return Decimal
    return _tuples if get_origin(hint) is tuple else None


def _tuples(value: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(_tuples(item) if isinstance(item, list) else item for item in value)
