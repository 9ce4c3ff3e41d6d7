"""Parts of one piece of work done at the same time, in threads."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

THREADS = min(2, os.cpu_count() or 1)
"""Array operations leave the interpreter to others meanwhile; more than two threads would wait for memory."""

Part = TypeVar("Part")
Result = TypeVar("Result")


def in_threads(function: Callable[[Part], Result], parts: Iterable[Part]) -> list[Result]:
    """What a function gives for each part, in order; a single part needs no thread."""
    parts = list(parts)
    if len(parts) < 2:
        return [function(part) for part in parts]
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(function, parts))
