"""Where an import looks: files, folders and archives, each file as bytes with the path it was found under."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from analysis.corpus import CorpusError
from analysis.loading.decoding import DENSEST, FREE, LARGEST, unpacked
from analysis.loading.report import ImportReport
from analysis.store.corpus_files import built_sources, is_built

SETTINGS = ("corpus.toml", "topics.toml")
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
        if path.is_dir():
            for file in _files(path):
                name = file.relative_to(path.parent if len(paths) > 1 else path).as_posix()
                yield from _opened(name, _bytes(file), False, readable, report)
        elif path.exists():
            yield from _opened(path.name, _bytes(path), True, readable, report)
        else:
            raise CorpusError(f"{path}: no such file or folder.")


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
    source = Source(name, data, given)
    if source.kind == ".zip":
        yield from _members(source, readable, report)
    elif source.kind in readable:
        yield source
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
