"""Saved views: a link with a title and a note, short enough to be typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from dashboard.team.access import Visitor
from dashboard.team.place import DatabaseError as DatabaseError
from dashboard.team.place import anything_kept

if TYPE_CHECKING:
    from dashboard.team.database import ViewRow

LONGEST_TITLE = 120
LONGEST_NOTE = 4000
LONGEST_QUERY = 8000
"""Characters; what proxies take as an address."""
MOST = 500
"""Views of one owner."""
ID = re.compile(r"[\w-]{16}", re.ASCII)
PARAMETER = "view"


class ViewError(ValueError):
    """A view that cannot be saved, renamed or deleted; the message is for the page."""


@dataclass(frozen=True)
class View:
    """A saved view: what its link shows, and what its owner wrote about it. Title and note are plain text."""

    id: str
    title: str
    note: str
    page: str
    query: tuple[tuple[str, str], ...]
    owner: str
    digest: str
    created: datetime


def asked(query: Mapping[str, Sequence[str]], own: Sequence[str] = ()) -> str:
    """The id that a short link asks for, empty where the query is of another kind.

    Args:
        query: parameters of an address. A short link has `view` alone.
        own: values of `view` that are an option of a page.
    """
    values = list(query.get(PARAMETER, ())) if set(query) == {PARAMETER} else []
    return values[0] if len(values) == 1 and values[0] and values[0] not in own else ""


def save(title: str, note: str, page: str, query: Mapping[str, Sequence[str]], digest: str, who: Visitor) -> View:
    """Keep a view of the corpus of that digest.

    Raises:
        ViewError: the title or note cannot be, or the visitor has too many.
        DatabaseError: it could not be saved.
    """
    from sqlalchemy import func, select

    from dashboard.team.database import ViewRow, saving

    named, noted = _title(title), _note(note)
    address = urlencode(query, doseq=True)
    if len(address) > LONGEST_QUERY or not who.may("read"):
        raise ViewError("This view cannot be saved.")
    with saving() as session:
        own = select(func.count()).select_from(ViewRow).where(ViewRow.owner == who.id)
        if (session.scalar(own) or 0) >= MOST:
            raise ViewError(f"You have {MOST} saved views; delete one first.")
        row = ViewRow(title=named, note=noted, page=page, query=address, owner=who.id, digest=digest)
        session.add(row)
        session.flush()
        return _view(row)


def find(view_id: str) -> View | None:
    """The view of that id.

    Raises:
        DatabaseError: the database does not answer.
    """
    if not ID.fullmatch(view_id) or not anything_kept():
        return None
    from dashboard.team.database import ViewRow, session

    with session() as opened:
        row = opened.get(ViewRow, view_id)
        return _view(row) if row else None


def of(who: Visitor) -> list[View]:
    """The visitor's views, the latest first.

    Raises:
        DatabaseError: the database does not answer.
    """
    if not anything_kept():
        return []
    from sqlalchemy import select

    from dashboard.team.database import ViewRow, session

    with session() as opened:
        own = select(ViewRow).where(ViewRow.owner == who.id).order_by(ViewRow.created.desc(), ViewRow.id)
        return [_view(row) for row in opened.scalars(own)]


def change(view_id: str, title: str, note: str, who: Visitor) -> None:
    """Give one's view another title and note.

    Raises:
        ViewError: it is not the visitor's, or the title or note cannot be.
        DatabaseError: it could not be saved.
    """
    from dashboard.team.database import ViewRow, saving

    named, noted = _title(title), _note(note)
    with saving() as session:
        row = _own(session.get(ViewRow, view_id), who)
        row.title, row.note = named, noted


def delete(view_id: str, who: Visitor) -> None:
    """Delete one's view; its link leads nowhere then.

    Raises:
        ViewError: it is not the visitor's.
        DatabaseError: it could not be deleted.
    """
    from dashboard.team.database import ViewRow, saving

    with saving() as session:
        session.delete(_own(session.get(ViewRow, view_id), who))


def _own(row: ViewRow | None, who: Visitor) -> ViewRow:
    if row is None or row.owner != who.id:
        raise ViewError("There is no such view of yours; it may have been deleted in another window.")
    return row


def _view(row: ViewRow) -> View:
    query = tuple(parse_qsl(row.query, keep_blank_values=True))
    return View(row.id, row.title, row.note, row.page, query, row.owner, row.digest, row.created)


def _title(text: str) -> str:
    title = " ".join(text.split())
    if not title or len(title) > LONGEST_TITLE or not title.isprintable():
        raise ViewError(f"A view needs a title of 1 to {LONGEST_TITLE} characters.")
    return title


def _note(text: str) -> str:
    note = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if len(note) > LONGEST_NOTE or not note.replace("\n", "").replace("\t", "").isprintable():
        raise ViewError(f"A note is plain text of up to {LONGEST_NOTE} characters.")
    return note
