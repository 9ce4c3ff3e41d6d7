"""An upload on its way to a corpus: its files, what was decided about them, and the same import as the command line's.

A stage is a folder of its own in the data folder. Nothing outside it changes until its corpus is kept; a stage that
nobody finished is swept away.
"""

from __future__ import annotations

import io
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from filelock import FileLock, Timeout

from analysis.corpus import CorpusError, slug
from analysis.store.files import read_json, write_bytes, write_json
from dashboard.team.settings import settings

ROOT = Path(__file__).parent.parent.parent
ABANDONED = 24 * 3600
"""Seconds after which a stage that was not kept is taken for forgotten."""

MOST_FILES = 2000
LONGEST_NAME = 120
FREE = 64 << 20
"""Bytes an archive may always unpack to: beginnings of small archives pack very densely."""

PIECE = 1 << 20
ABOUT = "about.json"
"""The file of a stage that says whose it is, written when all of the upload is there."""

UNSAFE = re.compile(r"[^\w.,()+ -]+|^[. ]+")
"""What a file's name loses: path separators, control characters, leading dots."""


@dataclass(frozen=True)
class Decisions:
    """What a person decided about an upload.

    Attributes:
        title: of the corpus.
        outlets: outlet as printed -> its side, for rows whose side no column tells.
        files: file -> its side.
        columns: our field -> the tables' column.
        looks: side id -> its name and colour.
        keep_copies: whether copies of one text count as articles of their own.
    """

    title: str
    outlets: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    looks: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    keep_copies: bool = False


@dataclass(frozen=True)
class Stage:
    """The folder of one upload."""

    folder: Path

    @property
    def given(self) -> Path:
        """The files as they came."""
        return self.folder / "given"

    @property
    def corpus(self) -> Path:
        """The corpus made of them."""
        return self.folder / "corpus"

    @property
    def files(self) -> list[str]:
        """Their names."""
        return sorted(file.name for file in self.given.iterdir())

    def report(self) -> dict[str, Any] | None:
        """What the import read, mapped, dropped and why; None as long as none went well."""
        return read_json(self.corpus / "report.json")

    def sides(self) -> list[dict[str, str]]:
        """Id, label and color of each side."""
        return list((read_json(self.corpus / "manifest.json") or {})["sides"])

    def outlets(self) -> pd.DataFrame:
        """Each outlet and its articles, copies of others among them: on sides of their own they are none."""
        manifest = read_json(self.corpus / "manifest.json") or {}
        files = manifest["files"].values()
        printed = pd.concat([pd.read_parquet(self.corpus / file, columns=["outlet"]) for file in files])
        return printed.groupby("outlet", sort=False).size().reset_index(name="articles")

    @property
    def title(self) -> str:
        """The title it was brought under."""
        return str((read_json(self.folder / ABOUT) or {}).get("title", ""))

    def hold(self) -> None:
        """Keep it from being taken for left, as long as this process lives.

        Raises:
            CorpusError: somebody else has it, or it is gone.
        """
        lock = self._lock()
        try:
            lock.acquire()
        except (Timeout, OSError):
            raise CorpusError("This upload is gone, or another window goes on with it.") from None
        _held[self.folder] = lock

    def is_held(self) -> bool:
        """Whether a process that lives has it: a session there goes on with it, or may."""
        try:
            with self._lock():
                return False
        except (Timeout, OSError):
            return True

    def _lock(self) -> FileLock:
        return FileLock(self.folder / "held", timeout=0, thread_local=False)

    def remove(self) -> None:
        """Forget the upload."""
        if lock := _held.pop(self.folder, None):
            lock.release(force=True)
        shutil.rmtree(self.folder, ignore_errors=True)


_held: dict[Path, FileLock] = {}
"""The stages of this process's sessions; the system frees them when it is killed."""


def left(owner: str) -> list[Stage]:
    """Stages of somebody, all files received, that a server held when it ended."""
    folder = settings().data / "uploads"
    stages = map(Stage, sorted(folder.iterdir()) if folder.is_dir() else ())
    own = [stage for stage in stages if (read_json(stage.folder / ABOUT) or {}).get("owner") == owner]
    return [stage for stage in own if not stage.is_held()]


def receive(files: Iterable[tuple[str, bytes]], title: str = "", owner: str = "") -> Stage:
    """Put uploaded files, given as name and content, on a stage of their owner.

    Raises:
        CorpusError: one is too large or looks like a bomb, or the data folder cannot be written to.
    """
    given = settings()
    stage = Stage(given.data / "uploads" / secrets.token_hex(8))
    try:
        for number, (name, data) in enumerate(files, 1):
            name = _safe(name)
            if number > MOST_FILES:
                raise CorpusError(f"There are more than {MOST_FILES:,} files. Put them into one archive.")
            if len(data) > given.upload_megabytes << 20:
                raise CorpusError(f"{name}: it is larger than {given.upload_megabytes} MB, the most this server takes.")
            refuse_bomb(name, data, given.zip_ratio)
            write_bytes(stage.given / _distinct(stage.given, name), data)
        stage.hold()
        write_json(stage.folder / ABOUT, {"title": title, "owner": owner})
    except CorpusError as error:
        stage.remove()
        raise CorpusError(_from_inside(str(error), stage)) from None
    return stage


def _from_inside(told: str, stage: Stage) -> str:
    """A message without the place of the data folder, which is nobody's business."""
    return told.replace(f"{stage.folder}/", "")


def run_import(stage: Stage, decided: Decisions) -> None:
    """Make the stage's corpus, in a process of its own that is ended when it takes too long.

    Raises:
        CorpusError: as the command line would say it: which file, where, and why.
    """
    given = settings()
    source = _laid_out(stage, decided)
    command = [sys.executable, "-m", "analysis", "import", str(source), "-o", str(stage.corpus)]
    command += ["--most-rows", str(given.upload_rows), "--most-articles", str(given.upload_articles)]
    command += [part for key, name in decided.columns.items() for part in ("--column", f"{key}={name}")]
    command += ["--keep-copies"] if decided.keep_copies else []
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, stdin=subprocess.DEVNULL, timeout=given.upload_seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise CorpusError(
            f"Importing took longer than {given.upload_seconds} seconds. Import fewer articles."
        ) from None
    if done.returncode == 2:
        raise CorpusError(_from_inside(done.stderr.decode(errors="replace").strip().removeprefix("parallax: "), stage))
    if done.returncode:
        raise CorpusError("The import stopped unexpectedly. Nothing was changed; try fewer files at once.")


def sweep() -> None:
    """Remove stages that were left long ago."""
    folder = settings().data / "uploads"
    for stage in folder.iterdir() if folder.is_dir() else ():
        if time.time() - stage.stat().st_mtime > ABANDONED:
            Stage(stage).remove()


def refuse_bomb(name: str, data: bytes, ratio: int) -> None:
    """Stop an archive before the import unpacks it.

    Raises:
        CorpusError: it unpacks to more than FREE and more than `ratio` times its size.
    """
    most = max(FREE, ratio * len(data))
    try:
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                size = sum(member.file_size for member in archive.infolist())
        else:
            size = _unpacked_size(data, most) if data.startswith(b"\x1f\x8b") else 0
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError):
        return  # the import says what is wrong with it
    if size > most:
        raise CorpusError(f"{name}: it unpacks to more than {most >> 20} MB, {ratio} times its size at most.")


def _unpacked_size(data: bytes, most: int) -> int:
    """Bytes that gzip data unpacks to; counting stops above `most`."""
    stream, size = zlib.decompressobj(wbits=31), 0
    while data and size <= most:
        size += len(stream.decompress(data, PIECE))
        data = stream.unconsumed_tail
    return size


def _safe(name: str) -> str:
    """A file's name without anything a path could be made of."""
    bare = UNSAFE.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip() or "file"
    stem, dot, ending = bare.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending)]}{dot}{ending}" if dot and len(ending) < 16 else bare[:LONGEST_NAME]


def _distinct(folder: Path, name: str) -> str:
    """The name, with a number before its endings if there is such a file already."""
    stem, dot, endings = name.partition(".")
    number, tried = 1, name
    while (folder / tried).exists():
        number += 1
        tried = f"{stem} {number}{dot}{endings}"
    return tried


def _laid_out(stage: Stage, decided: Decisions) -> Path:
    """The files as the importer tells sides from: a folder each, beside a corpus.toml with what was decided."""
    work = stage.folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    source = work / slug(decided.title)
    for name in stage.files:
        side = decided.files.get(name, "").strip()
        folder = source / slug(side) if side else source
        folder.mkdir(parents=True, exist_ok=True)
        _link(stage.given / name, folder / name)
    write_bytes(source / "corpus.toml", _settings(decided).encode())
    return source


def _link(file: Path, place: Path) -> None:
    try:
        os.link(file, place)
    except OSError:  # a system without links
        shutil.copyfile(file, place)


def _settings(decided: Decisions) -> str:
    """A corpus.toml."""
    lines = [f"title = {_quoted(decided.title)}"]
    named = {**{slug(side): side for side in (*decided.files.values(), *decided.outlets.values()) if side.strip()}}
    for side in {**named, **decided.looks}:
        label, color = decided.looks.get(side, (named.get(side, ""), ""))
        lines += ["[[sides]]", f"id = {_quoted(side)}"]
        lines += [f"{key} = {_quoted(value)}" for key, value in (("label", label), ("color", color)) if value.strip()]
    sides = {outlet: side for outlet, side in decided.outlets.items() if side.strip()}
    lines += ["[outlets]", *(f"{_quoted(outlet)} = {_quoted(side)}" for outlet, side in sides.items())]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML string: JSON's, but for the one character that only TOML wants escaped."""
    plain = text.strip().encode("utf-8", "replace").decode()
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "")
