"""What a user decides about an import, as typed on the command line or kept in a file."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from analysis.corpus import CorpusError
from analysis.loading.columns import FIELDS
from analysis.loading.decoding import decoded


def read_side_map(entries: Iterable[str]) -> dict[str, str]:
    """Outlet -> side from entries `OUTLET=SIDE` and files (CSV of two columns, or TOML with `[outlets]`).

    Raises:
        CorpusError: an entry is neither.
    """
    sides: dict[str, str] = {}
    for entry in entries:
        outlet, mark, side = entry.partition("=")
        if mark and outlet.strip() and side.strip():
            sides[outlet.strip()] = side.strip()
        elif Path(entry).is_file():
            sides |= _side_file(Path(entry))
        else:
            raise CorpusError(f"--side-map {entry!r}: write OUTLET=SIDE, or name a file of such pairs.")
    return sides


def read_columns(entries: Iterable[str]) -> dict[str, str]:
    """Our field -> the table's column from entries `FIELD=COLUMN`.

    Raises:
        CorpusError: an entry is no such pair, or there is no such field.
    """
    columns: dict[str, str] = {}
    for entry in entries:
        field, _, column = entry.partition("=")
        if field.strip() not in FIELDS or not column.strip():
            raise CorpusError(f"--column {entry!r}: write FIELD=COLUMN with one of {', '.join(FIELDS)}.")
        columns[field.strip()] = column.strip()
    return columns


def _side_file(path: Path) -> dict[str, str]:
    text = decoded(path.read_bytes()).text
    if path.suffix.lower() == ".toml":
        try:
            content = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise CorpusError(f"{path.name}: {error}.") from None
        pairs = content.get("outlets", content)
        if not isinstance(pairs, Mapping):
            raise CorpusError(f'{path.name}: [outlets] must hold lines such as Gazette = "North".')
        return {str(outlet): str(side) for outlet, side in pairs.items()}
    delimiter = next((mark for mark in ("\t", ";", ",") if mark in text.partition("\n")[0]), ",")
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row)]
    except csv.Error as error:
        raise CorpusError(f"{path.name}: {error}.") from None
    if any(len(row) != 2 for row in rows):
        raise CorpusError(f"{path.name}: each line must hold an outlet and its side.")
    return {outlet.strip(): side.strip() for outlet, side in rows if outlet.strip().casefold() != "outlet"}
