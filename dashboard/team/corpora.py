"""Corpora that people uploaded: kept once by their content, opened by a link nobody can guess.

The articles lie in the data folder under the digest of their content, whoever brought them and however often; a row of
the database says who brought them, under which title, who may see them and until when.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.corpus import CorpusError
from analysis.store.files import read_json
from analysis.store.tables import table_folders
from dashboard.team import staging
from dashboard.team.access import Visitor
from dashboard.team.database import PATIENCE, CorpusRow, now, saving, session
from dashboard.team.database import DatabaseError as DatabaseError
from dashboard.team.settings import settings
from dashboard.team.staging import Stage

READY = "ready"
LONGEST_TITLE = 120


def place(digest: str) -> Path:
    """The folder of a corpus's articles."""
    return settings().data / "corpora" / digest


def keep(stage: Stage, title: str, owner: Visitor, *, shared: bool) -> CorpusRow:
    """Keep a stage's corpus; articles that are there already are not stored again.

    The order makes a crash harmless: a folder without a row is swept away, and there is never a row without a folder.

    Raises:
        CorpusError: the visitor may not upload, or there is no room.
        DatabaseError: the database did not answer; the stage is still there.
    """
    if not owner.may("upload"):
        raise CorpusError("You may not upload corpora here.")
    manifest = read_json(stage.corpus / "manifest.json") or {}
    digest, size = str(manifest["digest"]), _size(stage.corpus)
    sweep()
    with _alone(), saving() as saved:
        if not place(digest).exists():
            _refuse_more(saved, size)
            _move(stage.corpus, place(digest))
        row = CorpusRow(
            digest=digest,
            title=_title(title),
            owner=owner.id,
            shared=shared,
            expires=now() + timedelta(days=settings().keep_days),
            bytes=size,
            articles=int(manifest["documents"]),
            state=READY,
        )
        saved.add(row)
    stage.remove()
    return row


def find(row_id: str, who: Visitor) -> CorpusRow | None:
    """The corpus of a link, if the visitor may see it; opening it puts its expiry off.

    Raises:
        DatabaseError: the database does not answer.
    """
    with session() as opened:
        row = opened.get(CorpusRow, row_id)
    if row is None or _is_over(row) or not (who.may("read") and (row.shared or row.owner == who.id)):
        return None
    later = now() + timedelta(days=settings().keep_days)
    if row.expires and later - row.expires > timedelta(days=1):
        with saving() as saved:
            saved.merge(row).expires = later
    return row


def listed(who: Visitor) -> Sequence[CorpusRow]:
    """The visitor's own corpora, the newest first; an operator's list has everybody's.

    Raises:
        DatabaseError: the database does not answer.
    """
    rows = select(CorpusRow).order_by(CorpusRow.created.desc())
    with session() as opened:
        found = opened.scalars(rows if who.may("operate") else rows.where(CorpusRow.owner == who.id)).all()
    return [row for row in found if not _is_over(row)]


def change(row_id: str, who: Visitor, *, title: str | None = None, shared: bool | None = None) -> None:
    """Rename a corpus, share it or stop sharing it.

    Raises:
        CorpusError: it is not the visitor's.
        DatabaseError: nothing was changed.
    """
    with saving() as saved:
        row = _own(saved, row_id, who)
        row.title = row.title if title is None else _title(title)
        row.shared = row.shared if shared is None else shared


def delete(row_id: str, who: Visitor) -> None:
    """Delete a corpus; its articles too, if nobody else keeps the same.

    Raises:
        CorpusError: it is not the visitor's.
        DatabaseError: nothing was deleted.
    """
    with _alone(), saving() as saved:
        row = _own(saved, row_id, who)
        saved.delete(row)
        saved.flush()
        _drop_unused(saved, row.digest)


def sweep() -> None:
    """Remove what has expired, folders that no row names, and stages that were left.

    Raises:
        DatabaseError: the database does not answer.
    """
    staging.sweep()
    with _alone(), saving() as saved:
        for row in saved.scalars(select(CorpusRow).where(CorpusRow.expires < now())).all():
            saved.delete(row)
        saved.flush()
        kept = settings().data / "corpora"
        for folder in kept.iterdir() if kept.is_dir() else ():
            _drop_unused(saved, folder.name)


@contextmanager
def _alone() -> Iterator[None]:
    """Nobody else puts articles into the data folder or takes them away meanwhile.

    Raises:
        CorpusError: the folder cannot be written to, or somebody else is at it for too long.
    """
    try:
        settings().data.mkdir(parents=True, exist_ok=True)
        with FileLock(settings().data / "corpora.lock", timeout=PATIENCE):
            yield
    except Timeout:
        raise CorpusError("Others are storing corpora just now. Try again.") from None
    except OSError as error:
        raise CorpusError(f"The data folder cannot be written to ({error.strerror}).") from None


def used(opened: Session) -> int:
    """Bytes of all articles kept, and of the tables that were made of them since."""
    once = select(CorpusRow.digest, func.max(CorpusRow.bytes)).group_by(CorpusRow.digest)
    rows = opened.execute(once).all()
    return sum(size + sum(map(_size, table_folders(settings().data, digest))) for digest, size in rows)


def _refuse_more(saved: Session, size: int) -> None:
    left = (settings().quota_megabytes << 20) - used(saved)
    if size > left:
        raise CorpusError(
            f"There is no room for it: it takes {_megabytes(size)} MB and {_megabytes(max(left, 0))} MB are left. "
            "Delete a corpus first."
        )


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):,.1f}"


def _own(saved: Session, row_id: str, who: Visitor) -> CorpusRow:
    row = saved.get(CorpusRow, row_id)
    if row is None or not (who.may("operate") or (who.may("upload") and row.owner == who.id)):
        raise CorpusError("There is no such corpus of yours.")
    return row


def _is_over(row: CorpusRow) -> bool:
    return bool(row.expires and row.expires < now())


def _drop_unused(saved: Session, digest: str) -> None:
    if not saved.scalar(select(func.count()).where(CorpusRow.digest == digest)):
        for folder in (place(digest), *table_folders(settings().data, digest)):
            shutil.rmtree(folder, ignore_errors=True)


def _move(folder: Path, target: Path) -> None:
    """Both lie in the data folder, so that the folder is at its place whole or not at all."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(folder, target)
    except OSError as error:
        raise CorpusError(f"The corpus cannot be stored ({error.strerror}).") from None


def _size(folder: Path) -> int:
    return sum(_bytes(file) for file in folder.rglob("*"))


def _bytes(file: Path) -> int:
    try:
        return file.stat().st_size if file.is_file() else 0
    except OSError:  # another process has put it at its place or taken it away meanwhile
        return 0


def _title(text: str) -> str:
    return " ".join(text.split())[:LONGEST_TITLE] or "Untitled"
