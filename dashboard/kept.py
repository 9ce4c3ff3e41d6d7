"""What was made is kept: a view that anybody has seen is neither computed nor drawn again.

Only functions that rest on nothing but their arguments may be kept. What they return is shared by all sessions, so
nobody may change it.
"""

from __future__ import annotations

import pickle
import weakref
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

MEGABYTES = 60
"""All that is kept, as it would be saved; in memory it is two or three times as much. What nobody asked for the longest
goes first. A view of the seed takes 50 KB."""

Arguments = ParamSpec("Arguments")
Made = TypeVar("Made")


class _Same:
    """Stands in a key for a table, a chart or a selection: equal to that very object, as long as there is one."""

    __slots__ = ("_id", "_it")

    def __init__(self, it: object) -> None:
        self._id, self._it = id(it), weakref.ref(it)

    def __hash__(self) -> int:
        return self._id

    def __eq__(self, other: object) -> bool:
        it = self._it()
        return it is not None and isinstance(other, _Same) and it is other._it()


class _Entry:
    """A result, once it is made; who asks meanwhile waits at the lock."""

    __slots__ = ("lock", "made", "result", "size")

    def __init__(self) -> None:
        self.lock, self.made, self.size = Lock(), False, 0
        self.result: Any = None


class _Entries(OrderedDict[Any, _Entry]):
    """All results, the one asked for last at the end; `held` is how large they are together."""

    held = 0


_entries = _Entries()
_lock = Lock()


def kept(function: Callable[Arguments, Made]) -> Callable[Arguments, Made]:
    """The function, computed once for the same arguments: the same object, or else equal values."""

    @wraps(function)
    def ask(*args: Arguments.args, **options: Arguments.kwargs) -> Made:
        key = (function, *map(_named, args), *((name, _named(options[name])) for name in sorted(options)))
        with _lock:
            entry = _entries.setdefault(key, _Entry())
            _entries.move_to_end(key)
        if not entry.made:
            with entry.lock:
                if not entry.made:
                    entry.result = function(*args, **options)
                    entry.made = True
                    _make_room(key, entry)
        return entry.result

    return ask


def forget() -> None:
    """Keep nothing of what was made so far."""
    with _lock:
        _entries.clear()
        _entries.held = 0


def _named(value: Any) -> Any:
    """What stands for an argument in a key."""
    if isinstance(value, dict):
        return tuple((key, _named(own)) for key, own in value.items())
    if isinstance(value, list):
        return tuple(map(_named, value))
    is_itself = type(value).__hash__ in (None, object.__hash__) and value is not None
    return _Same(value) if is_itself else value


def _make_room(key: Any, newest: _Entry) -> None:
    """Let the oldest results go until there is room for a new one."""
    size = len(pickle.dumps(newest.result, pickle.HIGHEST_PROTOCOL))
    with _lock:
        if _entries.get(key) is newest:
            newest.size = size
            _entries.held += size
        while _entries.held > MEGABYTES << 20:
            _entries.held -= _entries.popitem(last=False)[1].size
