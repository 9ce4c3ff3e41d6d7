"""Downloads of news archives (Nexis, Factiva): many articles in one DOCX, RTF or HTML file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from analysis.corpus import CorpusError
from analysis.loading.dates import looks_like_a_day
from analysis.loading.report import ImportReport
from analysis.loading.sources import Source, Table, refuse_bomb

END = re.compile(r"^\W*End of Document\W*$", re.IGNORECASE)
BODY = re.compile(r"^Body\W*$")
AFTER_BODY = re.compile(r"^(?:Classification|Notes|Graphic|Load-Date:.*)\W*$|^Load-Date:")
MARKED = re.compile(
    r"^(?P<name>Length|Byline|Section|Dateline|Load-Date|Highlight|Headline|Publication-Type|Language):\s*(?P<value>.*)$"
)
CODES = "HD|CR|BY|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|CO|IN|NS|RE|IPC|IPD|PUB|AN|SE|ART|RF|CT|VOL|CLM"
CODED = re.compile(rf"^(?P<code>{CODES})(?:\s+(?P<value>.*))?$")
FEWEST_CODES = 4
"""Distinct codes that tell a Factiva file from a text with capitals at a line's start."""

READ = {"HD", "PD", "SN", "LP", "TD", "AN", "LA", "NS"}
"""Codes of the fields that are kept; the column lexicon knows them."""

Row = dict[str, Any]


def read_clippings(source: Source, report: ImportReport) -> list[Table]:
    """Articles of a DOCX or RTF file; a file that is no archive's download is one article.

    Raises:
        CorpusError: the file cannot be opened.
    """
    lines = _docx(source) if source.kind == ".docx" else _rtf(source)
    known = is_clipping(lines)
    rows = articles_of(lines) if known else [_plain(lines)]
    what = "news archive" if known else "one article"
    report.files.append(f"{source.name}: {source.kind[1:].upper()}, {what}, {len(rows)} articles")
    return [Table(source.name, source.stem, rows, [f"article {number}" for number in range(1, len(rows) + 1)])]


def is_clipping(lines: Sequence[str]) -> bool:
    """Whether lines are of an archive's download: its end marks, or its two-letter codes."""
    if any(END.match(line) for line in lines):
        return True
    codes = {match["code"] for line in lines if (match := CODED.match(line.strip()))}
    return len(codes) >= FEWEST_CODES and {"HD", "PD"} <= codes


def articles_of(lines: Sequence[str]) -> list[Row]:
    """The articles of a download."""
    if any(END.match(line) for line in lines):
        return [_nexis(part) for part in _parts(lines)]
    return list(_factiva(lines))


def _docx(source: Source) -> list[str]:
    import zipfile

    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as package:
            refuse_bomb(source, package.infolist())
        document = docx.Document(io.BytesIO(source.data))
        return [line for paragraph in document.paragraphs for line in paragraph.text.split("\n")]
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        raise CorpusError(f"{source.name}: not a readable .docx file ({error}).") from None


def _rtf(source: Source) -> list[str]:
    from striprtf.striprtf import rtf_to_text

    if not source.data.lstrip().startswith(b"{\\rtf"):
        raise CorpusError(f"{source.name}: not a readable .rtf file (it does not begin with {{\\rtf).")
    try:
        return rtf_to_text(source.data.decode("latin-1"), errors="replace").split("\n")
    except (ValueError, LookupError, IndexError, TypeError, UnicodeError) as error:
        raise CorpusError(f"{source.name}: not a readable .rtf file ({error}).") from None


def _plain(lines: Sequence[str]) -> Row:
    filled = [line.strip() for line in lines if line.strip()]
    return {"title": filled[0], "text": "\n".join(filled[1:])} if len(filled) > 1 else {"text": "".join(filled)}


def _parts(lines: Iterable[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for line in lines:
        if END.match(line):
            yield part
            part = []
        elif line.strip():
            part.append(line.strip())


def _nexis(lines: list[str]) -> Row:
    """One article: headline, publication, day, marked lines, `Body`, the text, what follows it."""
    body = next((number for number, line in enumerate(lines) if BODY.match(line)), None)
    length = next((number for number, line in enumerate(lines) if line.startswith("Length:")), -1)
    start = body if body is not None else length
    head, rest = lines[: max(start, 0)], lines[start + 1 :]
    end = next((number for number, line in enumerate(rest) if AFTER_BODY.match(line)), len(rest))
    marked = {match["name"]: match["value"] for line in lines if (match := MARKED.match(line))}
    day = next(
        (number for number, line in enumerate(head) if number and looks_like_a_day(line) and len(line) < 60), None
    )
    row: Row = {"title": head[0] if head else "", "text": "\n".join(rest[:end]), "language": marked.get("Language", "")}
    if day is not None:
        row |= {"date": head[day], "outlet": head[day - 1] if day > 1 else ""}
    return row


def _factiva(lines: Sequence[str]) -> Iterator[Row]:
    """Articles of coded lines; a line without a code goes on with the field before it."""
    row: Row = {}
    code = ""
    for line in map(str.strip, lines):
        match = CODED.match(line)
        if match and match["code"] in ("HD", "SE") and "HD" in row:
            yield row
            row = {}
        if match:
            code = match["code"]
            line = match["value"] or ""
        if code in READ and line:
            row[code] = f"{row[code]}\n{line}" if row.get(code) else line
    if row:
        yield row
