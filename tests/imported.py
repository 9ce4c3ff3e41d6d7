"""What tests of the import share: a read that accounts for every row, and what came out of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from analysis.loading import Imported, read_sources

TODAY = date(2026, 1, 1)

Write = Callable[[str, bytes | str], Path]
"""The fixture `write`: name and content -> the file."""


def read(*paths: Path, **options: Any) -> Imported:
    """Read files as an import does; every row read is kept, dropped with a reason, or a copy."""
    imported = read_sources(paths, today=TODAY, **options)
    report = imported.report
    assert report.read == report.kept + report.lost + report.repeated
    return imported


def texts(imported: Imported) -> list[str]:
    """The articles' texts, in order."""
    return [document.text for document in imported.corpus.documents]
