"""Delimited tables (CSV, TSV and their kin) and Parquet files as rows under their own column names."""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from analysis.corpus import CorpusError
from analysis.loading.columns import holds_text
from analysis.loading.decoding import decoded
from analysis.loading.headers import (
    DELIMITERS,
    column_names,
    is_data,
    known_names,
    lines_before_header,
    record,
    repeated_names,
    rows_before_header,
)
from analysis.loading.json_records import flat
from analysis.loading.report import ImportReport, listed
from analysis.loading.sources import Source, Table, refuse_bomb

ONE_COLUMN = "\x1f"
"""A delimiter that stands in no text, for a table of one column."""

SAMPLE_ROWS = 200
SAMPLE_CHARACTERS = 2_000_000

csv.field_size_limit(sys.maxsize)


@dataclass(frozen=True)
class Dialect:
    """How a delimited file separates and quotes its cells."""

    delimiter: str
    quoted: bool


@dataclass
class Cells:
    """The cells of a file's rows, the line each row begins on, and what stopped the reader early."""

    rows: list[list[str]]
    lines: list[int]
    stopped: str | None = None

    def fit(self) -> float:
        """Share of the rows that have as many cells as the first."""
        return Counter(map(len, self.rows))[len(self.rows[0])] / len(self.rows) if self.rows else 0.0


def read_delimited(source: Source, report: ImportReport) -> list[Table]:
    """Rows of a delimited file; delimiter, encoding and quoting are found.

    Raises:
        CorpusError: a quotation mark is opened and never closed, with the line it stands on.
    """
    file = decoded(source.data)
    before = lines_before_header(file.text)
    text = file.text.split("\n", before)[before]
    dialect, cells = _parsed(text, "\t" if source.kind in (".tsv", ".tab") else ",", before + 1)
    if cells.stopped:
        raise CorpusError(f"{source.name}, {cells.stopped}")
    if before:
        report.change("lines above the columns' names, passed over", f"{source.name}, lines 1 to {before}")
    count = max(len(cells.rows) - 1, 0) + bool(cells.rows and is_data(cells.rows[0]))
    named = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar", ONE_COLUMN: "one"}[dialect.delimiter]
    separated = " column" if dialect.delimiter == ONE_COLUMN else "-separated"
    quoting = "" if dialect.quoted else ", quotation marks taken as text"
    report.files.append(f"{source.name}: {named}{separated}, {file.encoding}{quoting}, {count} rows")
    return [_table(source, cells, report)]


def _parsed(text: str, usual: str, line: int) -> tuple[Dialect, Cells]:
    """The cells under the delimiter that explains most rows, the usual one first.

    Quotation marks are taken as text only where they do not pair at cell edges and every row fits without them.
    A mark after a backslash is one inside the cell where no other reading is left.
    """
    header = next((line for line in text.split("\n", SAMPLE_ROWS) if line.strip()), "")
    candidates = [usual, *(mark for mark in DELIMITERS if mark != usual)]
    sample = text[:SAMPLE_CHARACTERS]
    best = max(candidates, key=lambda mark: (_score(sample, mark, header), mark == usual))
    if known_names([header]) and not any(mark in header for mark in DELIMITERS):
        best = ONE_COLUMN
    quoted = _cells(text, Dialect(best, True), line)
    if quoted.stopped and '\\"' in text:
        escaped = _cells(text.replace('\\"', '""'), Dialect(best, True), line)
        quoted = quoted if escaped.stopped else escaped
    if '"' in text and (best in header or best == ONE_COLUMN) and _is_regular(text, best):
        bare = _cells(text, Dialect(best, False), line)
        whole = len(bare.rows) > 1
        if whole and (quoted.stopped or quoted.fit() < 1.0 or len(quoted.rows) < len(bare.rows)):
            return Dialect(best, False), bare
    return Dialect(best, True), quoted


def _is_regular(text: str, delimiter: str) -> bool:
    """Whether all rows have as many cells as the first if quotation marks mean nothing."""
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, quoting=csv.QUOTE_NONE)
    lengths = (len(row) for row in reader if any(cell.strip() for cell in row))
    first = next(lengths, 0)
    return all(length == first for length in lengths)


def _score(sample: str, delimiter: str, header: str) -> float:
    """How well a delimiter explains the first rows: those that fit, weighed by the columns there are."""
    if delimiter not in header:
        return 0.0
    scores = []
    for quoted in (True, False):
        cells = _cells(sample, Dialect(delimiter, quoted), 1, SAMPLE_ROWS)
        columns = len(cells.rows[0]) if cells.rows else 0
        scores.append(cells.fit() * min(columns, 12) if columns > 1 else 0.0)
    return max(scores)


def _cells(text: str, dialect: Dialect, line: int, limit: int | None = None) -> Cells:
    """The cells of a text whose first line has this number in its file."""
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if dialect.quoted else csv.QUOTE_NONE
    reader = csv.reader(
        io.StringIO(text, newline="\n"), delimiter=dialect.delimiter, quoting=quoting, strict=dialect.quoted
    )
    cells = Cells([], [])
    first = line
    try:
        for row in reader:
            if any(cell.strip() for cell in row) or (len(row) > 1 and cells.rows):
                cells.rows.append(row)
                cells.lines.append(line)
            line = first + reader.line_num
            if limit and len(cells.rows) >= limit:
                break
    except csv.Error as error:
        cells.stopped = f"line {line}: {error}. A quotation mark that opens here is not closed as it should be."
    return cells


def _table(source: Source, cells: Cells, report: ImportReport) -> Table:
    """Cells as rows under the header's names; rows of another length are mended or reported."""
    if not cells.rows:
        return Table(source.name, source.stem, [], [])
    start = 0 if is_data(cells.rows[0]) else 1
    body = cells.rows[start:]
    names = _names(source.name, cells.rows[0], report)
    if start and body and all(len(row) == len(names) + 1 for row in body) and any(row[-1].strip() for row in body):
        names = ["", *names]  # R writes row names in a first column without a name
    rows, places = [], []
    for row, line in zip(body, cells.lines[start:], strict=True):
        where = f"{source.name}, line {line}"
        if any(cell.strip() for cell in row[len(names) :]):
            report.read += 1
            report.drop(f"more cells than the {len(names)} columns", where)
            continue
        if len(row) < len(names):
            report.change(f"fewer cells than the {len(names)} columns, the missing ones taken as empty", where)
        rows.append(record(names, row))
        places.append(f"line {line}")
    return Table(source.name, source.stem, rows, places)


def _names(where: str, header: Sequence[Any], report: ImportReport) -> list[str]:
    """The columns' names of a table whose first row this is; told where they are missing or repeat."""
    if is_data(header):
        report.warn(f"{where}: no row names the columns; they are called column 1 to column {len(header)}.")
        return column_names([""] * len(header))
    names = column_names(header)
    if repeated := repeated_names(names):
        report.warn(f"{where}: several columns are called {listed(repeated)}; the first filled cell counts.")
    return names


def read_parquet(source: Source, report: ImportReport) -> list[Table]:
    """Rows of a Parquet file.

    Raises:
        CorpusError: it is no Parquet file.
    """
    import pyarrow as arrow
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.ParquetFile(arrow.BufferReader(source.data)).read()
        names = _names(source.name, table.column_names, report)
        columns = [column.to_pylist() for column in table.columns]
        rows = [record(names, cells) for cells in zip(*columns, strict=True)]
    except (arrow.ArrowException, OSError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise CorpusError(f"{source.name}: not a readable Parquet file ({reason}).") from None
    report.files.append(f"{source.name}: Parquet, {len(rows)} rows")
    return [
        Table(
            source.name,
            source.stem,
            [flat(row) for row in rows],
            [f"row {number}" for number in range(1, len(rows) + 1)],
        )
    ]


def read_workbook(source: Source, report: ImportReport) -> list[Table]:
    """Rows of each sheet of a spreadsheet; the first row that is not empty names the columns.

    Cells hold what the spreadsheet shows: of a formula its stored result, never its code.

    Raises:
        CorpusError: it is no spreadsheet.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        if zipfile.is_zipfile(io.BytesIO(source.data)):
            with zipfile.ZipFile(io.BytesIO(source.data)) as package:
                refuse_bomb(source, package.infolist())
        book = CalamineWorkbook.from_filelike(io.BytesIO(source.data))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise CorpusError(f"{source.name}: not a readable spreadsheet ({error}).") from None
    tables = [_sheet(source, name, rows, report) for name, rows in sheets]
    filled = [table for table in tables if table.rows]
    if len(filled) == 1:
        filled[0].side = source.stem
    return _with_texts(filled, report)


def _sheet(source: Source, name: str, rows: Sequence[Sequence[Any]], report: ImportReport) -> Table:
    """The rows of a sheet that hold anything, under the names of the row that names the columns."""
    where = f"{source.name}, sheet {name}"
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(cell != "" for cell in row)]
    before = rows_before_header([row for _, row in filled])
    if before:
        report.change("lines above the columns' names, passed over", f"{where}, rows 1 to {filled[before - 1][0]}")
    names = _names(where, filled[before][1], report) if filled else []
    start = before if filled and is_data(filled[before][1]) else before + 1
    kept = filled[start:]
    report.files.append(f"{where}: {len(kept)} rows")
    records = [record(names, [None if cell == "" else cell for cell in row]) for _, row in kept]
    return Table(where, name, records, [f"row {number}" for number, _ in kept])


def _with_texts(sheets: Sequence[Table], report: ImportReport) -> list[Table]:
    """The sheets that hold texts; the rows of a legend beside them are told as dropped. Without any text, all."""
    holding = [sheet for sheet in sheets if len(sheets) > 1 and holds_text(sheet)] or list(sheets)
    for sheet in sheets:
        if sheet not in holding:
            report.read += len(sheet.rows)
            for number in range(len(sheet.rows)):
                report.drop("a sheet without texts beside others", sheet.where(number))
    return holding
