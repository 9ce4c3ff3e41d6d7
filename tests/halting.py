"""Python programs that read a corpus only halfway: whenever one is killed, it is in the midst of its work."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).parent.parent
SITE = """
import signal
from analysis.store.articles import ArticleStore

keep, first = ArticleStore._put, iter([True])

def keep_the_first(self, batch):
    while not next(first, False):
        signal.pause()
    keep(self, batch)

ArticleStore._put = keep_the_first
"""
"""Keeps one batch of articles and waits for ever before the second."""


def halfway(folder: Path) -> dict[str, str]:
    """The environment of such programs; `folder` gets the module that they load at their start."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(SITE, encoding="utf-8")
    return {"PYTHONPATH": os.pathsep.join(map(str, (folder, ROOT)))}
