"""Where an import looks: files, folders and archives, each file as bytes with the path it was found under."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from stat import S_ISDIR, S_ISREG
from typing import Any

from analysis.corpus import CorpusError
from analysis.loading.decoding import DENSEST, FREE, LARGEST, is_binary, printable, unpacked
from analysis.loading.report import ImportReport
from analysis.store.corpus_files import built_sources, is_built

SETTINGS = ("corpus.toml", "topics.toml")
TEXTS = frozenset(
    [".txt", ".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson", ".rss", ".atom", ".xml", ".html", ".htm"]
)
"""Endings of files that hold nothing but characters."""

MOST_MEMBERS = 200_000
"""Files of one archive: a corpus of this size comes as tables."""


@dataclass(frozen=True)
class Source:
    """A file's content under the name it is reported by.

    Attributes:
        name: path below what the user named, with `/`.
        data: its bytes, unpacked.
        given: whether the user named this very file, rather than a folder or archive it lies in.
    """

    name: str
    data: bytes
    given: bool

    @property
    def kind(self) -> str:
        """The ending that tells the format, in lower case."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        """The name without folders and ending."""
        return PurePosixPath(self.name).stem

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders between what the user named and the file."""
        return PurePosixPath(self.name).parts[:-1]


@dataclass
class Table:
    """Rows of one file or sheet under the columns' own names, each with the place it was read at.

    Attributes:
        name: file, and sheet, for messages.
        side: what names the side where no column does: the sheet, folder or file.
        rows: column -> value of each row.
        places: where each row stands (`line 3`, `sheet North, row 2`).
    """

    name: str
    side: str
    rows: list[dict[str, Any]]
    places: list[str]

    def where(self, number: int) -> str:
        """File and place of a row."""
        return f"{self.name}, {self.places[number]}"


def open_sources(paths: Iterable[Path], readable: tuple[str, ...], report: ImportReport) -> Iterator[Source]:
    """The files at the paths, folders searched and archives opened.

    Files of other kinds inside a folder or an archive are reported and passed over.

    Raises:
        CorpusError: a path is missing or cannot be read, or a file named by itself is of another kind.
    """
    paths = list(paths)
    for path in paths:
        if is_folder(path):
            for file in _files(path):
                name = file.relative_to(path.parent if len(paths) > 1 else path).as_posix()
                yield from _opened(name, _bytes(file), False, readable, report)
        else:
            yield from _opened(path.name, _bytes(path), True, readable, report)


def is_folder(path: Path) -> bool:
    """Whether a path is a folder rather than a file.

    Raises:
        CorpusError: nothing is there, or it is a pipe or a device, which may never end.
    """
    try:
        kind = path.stat().st_mode
    except (OSError, ValueError):
        raise CorpusError(f"{printable(str(path))}: no such file or folder.") from None
    if not S_ISDIR(kind) and not S_ISREG(kind):
        raise CorpusError(f"{path}: it is neither a file nor a folder.")
    return S_ISDIR(kind)


def _files(folder: Path) -> list[Path]:
    """All files below a folder, hidden ones and settings left out; links to folders are not followed."""
    if is_built(folder):
        return built_sources(folder)
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith((".", "__MACOSX"))]
        found += [Path(parent, name) for name in names if not name.startswith(".") and name not in SETTINGS]
    return sorted(file for file in found if file.is_file())


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CorpusError(f"{file.name}: cannot be read ({error.strerror}).") from None


def _opened(name: str, data: bytes, given: bool, readable: tuple[str, ...], report: ImportReport) -> Iterator[Source]:
    if name.lower().endswith(".gz"):
        name, data = name[:-3], unpacked(data, name)
    source = Source(printable(name), data, given)
    if source.kind == ".zip":
        yield from _members(source, readable, report)
    elif source.kind in readable and not (source.kind in TEXTS and is_binary(data)):
        yield source
    elif source.kind in readable and given:
        raise CorpusError(f"{name}: its content is not text, as that of a {source.kind} file is.")
    elif source.kind in readable:
        report.change("files whose content is not text, passed over", source.name)
    elif given:
        raise CorpusError(f"{name}: this kind of file is not read. Use {', '.join((*readable, '.zip'))}.")
    else:
        report.change("files of another kind, passed over", name)


def _members(archive: Source, readable: tuple[str, ...], report: ImportReport) -> Iterator[Source]:
    """The readable files of a zip archive. Nothing is ever written to disk under a member's name."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive.data)) as content:
            members = [member for member in content.infolist() if not member.is_dir()]
            refuse_bomb(archive, members)
            for member in members:
                yield from _member(archive, content, member, readable, report)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, EOFError) as error:
        raise CorpusError(f"{archive.name}: not a readable .zip file ({error}).") from None


def _is_hidden(parts: tuple[str, ...]) -> bool:
    hidden = any(part == "__MACOSX" or (part.startswith(".") and part != "..") for part in parts)
    return hidden or parts[-1] in SETTINGS


def refuse_bomb(archive: Source, members: list[zipfile.ZipInfo]) -> None:
    """Stop before a zip package is unpacked that says it is far larger than any text.

    Raises:
        CorpusError: it has too many or too large members.
    """
    size = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or size > min(LARGEST, max(FREE, DENSEST * len(archive.data))):
        raise CorpusError(f"{archive.name}: unpacks to {size >> 20} MB in {len(members)} files; it looks like a bomb.")


def _member(
    archive: Source, content: zipfile.ZipFile, member: zipfile.ZipInfo, readable: tuple[str, ...], report: ImportReport
) -> Iterator[Source]:
    name = member.filename.replace("\\", "/")
    parts = PurePosixPath(name).parts
    if not parts or _is_hidden(parts):
        return
    where = f"{archive.name}/{name}"
    if name.startswith("/") or ".." in parts or ":" in parts[0]:
        report.drop("archive members with an unsafe path", where)
        report.read += 1
    elif member.flag_bits & 1:
        raise CorpusError(f"{where}: it is encrypted. Unpack the archive with its password first.")
    elif name.lower().endswith(".zip"):
        report.change("archives inside an archive, passed over", where)
    else:
        try:
            with content.open(member) as file:
                data = file.read(member.file_size + 1)
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise CorpusError(f"{where}: cannot be unpacked ({error}).") from None
        if len(data) > member.file_size:
            raise CorpusError(f"{where}: unpacks to more than the archive says; it looks like a bomb.")
        yield from _opened(name, data, False, readable, report)
