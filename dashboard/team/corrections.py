"""The corrections that people of this server made: one log, known to every session as soon as it is longer.

A correction names an article by its hash, so it counts in every corpus of the server that has the article.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import streamlit as st

from analysis.corpus import sha256_of
from analysis.corrections import Correction, read_values
from dashboard.team.access import Visitor
from dashboard.team.place import anything_kept
from dashboard.team.settings import settings

if TYPE_CHECKING:
    from dashboard.team.database import CorrectionRow


class RefusedError(PermissionError):
    """The visitor may not do this; the message is for the page."""


@dataclass(frozen=True)
class Log:
    """All corrections of this server, the undone too; and why they may be out of date."""

    corrections: tuple[Correction, ...] = ()
    problem: str = ""

    @property
    def version(self) -> tuple[int, int]:
        """Changes whenever the log does, for nothing is ever deleted from it: its length, and how many are undone."""
        return len(self.corrections), sum(1 for each in self.corrections if each.undone)

    @cached_property
    def name(self) -> str:
        """Names what the log holds, for caches."""
        return sha256_of([[each.id, bool(each.undone)] for each in self.corrections])


def refresh() -> None:
    """Look for new corrections; once a run, so that all numbers of a page are of one log."""
    st.session_state["corrections"] = latest()


def current() -> Log:
    """The log as this run found it."""
    log = st.session_state.get("corrections")
    return log if isinstance(log, Log) else Log()


def shown() -> Log:
    """The log whose corrections this session's numbers follow; an empty one while it shows the machine's."""
    return Log() if st.session_state.get("numbers") == "machine" else current()


_known: dict[str, Log] = {}
"""The log as this process saw it last, by database."""


def latest() -> Log:
    """The log as it stands; as it stood, with the problem, while the database does not answer."""
    if not anything_kept():
        return Log()
    from dashboard.team.database import DatabaseError

    url = settings().database_url
    known = _known.get(url, Log())
    try:
        _known[url] = _read(known)
    except DatabaseError as error:
        return replace(known, problem=str(error))
    return _known[url]


def _read(known: Log) -> Log:
    """The log, read again only when it has changed."""
    from sqlalchemy import func, select

    from dashboard.team.database import CorrectionRow, session

    with session() as opened:
        length, undone = opened.execute(select(func.count(), func.count(CorrectionRow.undone))).one()
        if (length, undone) == known.version:
            return known
        rows = opened.scalars(select(CorrectionRow).order_by(CorrectionRow.created, CorrectionRow.id))
        return Log(tuple(map(_correction, rows)))


def _correction(row: CorrectionRow) -> Correction:
    place = (row.sha256, row.field, row.start, row.end, row.kind)
    values = read_values(json.loads(row.value))
    return Correction(*place, values, row.author, row.created, row.id, row.undone, row.undone_by)


def save(corrections: Sequence[Correction], who: Visitor) -> None:
    """Add corrections to the log, all or none; author, time and id are given here.

    Raises:
        RefusedError: the visitor may not correct.
        DatabaseError: nothing was saved.
    """
    _may(who)
    from dashboard.team.database import CorrectionRow, now, saving

    made = now()
    with saving() as session:
        for each in corrections:
            value = json.dumps(dict(each.values) or None, ensure_ascii=False)
            session.add(
                CorrectionRow(
                    sha256=each.sha256,
                    field=each.field,
                    start=each.start,
                    end=each.end,
                    kind=each.kind,
                    value=value,
                    author=who.name,
                    created=made,
                )
            )


def undo(correction_id: str, who: Visitor) -> None:
    """Take back a correction and those saved with it; they stay in the log. What is undone already stays as it is.

    Raises:
        RefusedError: the visitor may not correct.
        DatabaseError: nothing was saved.
    """
    _may(who)
    from sqlalchemy import select

    from dashboard.team.database import CorrectionRow, now, saving

    with saving() as session:
        one = session.get(CorrectionRow, correction_id)
        if one is None:
            return
        together = (CorrectionRow.created == one.created) & (CorrectionRow.author == one.author)
        for row in session.scalars(select(CorrectionRow).where(together, CorrectionRow.undone.is_(None))):
            row.undone, row.undone_by = now(), who.name


def _may(who: Visitor) -> None:
    if not who.may("correct"):
        raise RefusedError("You may read here, not correct. Whoever runs this server can change that.")
