"""Delimited tables (CSV, TSV and their kin) and Parquet files as rows under their own column names."""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from analysis.corpus import CorpusError
from analysis.loading.decoding import decoded
from analysis.loading.json_records import flat
from analysis.loading.report import ImportReport
from analysis.loading.sources import Source, Table, refuse_bomb

DELIMITERS = (",", "\t", ";", "|")
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
    dialect, cells = _parsed(file.text, "\t" if source.kind in (".tsv", ".tab") else ",")
    if cells.stopped:
        raise CorpusError(f"{source.name}, {cells.stopped}")
    named = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}[dialect.delimiter]
    quoting = "" if dialect.quoted else ", quotation marks taken as text"
    report.files.append(
        f"{source.name}: {named}-separated, {file.encoding}{quoting}, {max(len(cells.rows) - 1, 0)} rows"
    )
    return [_table(source, cells, report)]


def _parsed(text: str, usual: str) -> tuple[Dialect, Cells]:
    """The cells under the delimiter that explains most rows, the usual one first.

    Quotation marks are taken as text only where they do not pair at cell edges and every row fits without them.
    """
    header = next((line for line in text.split("\n", SAMPLE_ROWS) if line.strip()), "")
    candidates = [usual, *(mark for mark in DELIMITERS if mark != usual)]
    sample = text[:SAMPLE_CHARACTERS]
    best = max(candidates, key=lambda mark: (_score(sample, mark, header), mark == usual))
    quoted = _cells(text, Dialect(best, True))
    if '"' in text and best in header and _is_regular(text, best):
        bare = _cells(text, Dialect(best, False))
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
        cells = _cells(sample, Dialect(delimiter, quoted), SAMPLE_ROWS)
        columns = len(cells.rows[0]) if cells.rows else 0
        scores.append(cells.fit() * min(columns, 12) if columns > 1 else 0.0)
    return max(scores)


def _cells(text: str, dialect: Dialect, limit: int | None = None) -> Cells:
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if dialect.quoted else csv.QUOTE_NONE
    reader = csv.reader(
        io.StringIO(text, newline="\n"), delimiter=dialect.delimiter, quoting=quoting, strict=dialect.quoted
    )
    cells = Cells([], [])
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                cells.rows.append(row)
                cells.lines.append(line)
            line = reader.line_num + 1
            if limit and len(cells.rows) >= limit:
                break
    except csv.Error as error:
        cells.stopped = f"line {line}: {error}. A quotation mark that opens here is not closed as it should be."
    return cells


def _table(source: Source, cells: Cells, report: ImportReport) -> Table:
    """Cells as rows under the header's names; rows of another length are mended or reported."""
    if not cells.rows:
        return Table(source.name, source.stem, [], [])
    header, body = cells.rows[0], cells.rows[1:]
    names = [name.strip().strip("\ufeff") for name in header]
    if body and len(names) > 0 and all(len(row) == len(names) + 1 for row in body):
        names = ["", *names]  # R writes row names in a first column without a name
    rows, places = [], []
    for row, line in zip(body, cells.lines[1:], strict=True):
        where = f"{source.name}, line {line}"
        if any(cell.strip() for cell in row[len(names) :]):
            report.read += 1
            report.drop(f"more cells than the {len(names)} columns", where)
            continue
        if len(row) < len(names):
            report.change(f"fewer cells than the {len(names)} columns, the missing ones taken as empty", where)
        rows.append({name: cell for name, cell in zip(names, row, strict=False) if name})
        places.append(f"line {line}")
    return Table(source.name, source.stem, rows, places)


def read_parquet(source: Source, report: ImportReport) -> list[Table]:
    """Rows of a Parquet file.

    Raises:
        CorpusError: it is no Parquet file.
    """
    import pyarrow as arrow
    import pyarrow.parquet

    try:
        rows = pyarrow.parquet.read_table(arrow.BufferReader(source.data)).to_pylist()
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
    filled = [(name, rows) for name, rows in sheets if sum(any(cell != "" for cell in row) for row in rows) > 1]
    tables = []
    for name, rows in filled:
        head = next(number for number, row in enumerate(rows) if any(cell != "" for cell in row))
        names = [str(cell).strip() for cell in rows[head]]
        kept = [(number, row) for number, row in enumerate(rows[head + 1 :], head + 2) if any(c != "" for c in row)]
        records = [{n: None if c == "" else c for n, c in zip(names, row, strict=False) if n} for _, row in kept]
        report.files.append(f"{source.name}, sheet {name}: {len(kept)} rows")
        places = [f"row {number}" for number, _ in kept]
        tables.append(Table(f"{source.name}, sheet {name}", name if len(filled) > 1 else source.stem, records, places))
    return tables
