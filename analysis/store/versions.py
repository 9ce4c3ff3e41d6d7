"""Versions of the readers: hashes of the code and word lists each one reaches, so that a change is never missed."""

from __future__ import annotations

import ast
import re
from functools import cache
from importlib import metadata, util
from pathlib import Path

from analysis.models import MODELS
from analysis.store.files import hash_of

ROOT = Path(__file__).parent.parent
LEXICONS = ROOT / "lexicons"


@cache
def reader_version(module: str) -> str:
    """Twelve hex digits that change with any file of ours the module imports, directly or not.

    Layout and comments of the code do not count. Word lists count if the code names them. Readers of parsed
    sentences also depend on spaCy and its model.
    """
    sources = {path: path.read_text(encoding="utf-8") for path in sorted(_reached(module))}
    parts = [_code(path) for path in sources]
    named = set(re.findall(r"[\"'{/]([a-z_]+)(?:\.toml|\.tsv)?[\"']", "\n".join(sources.values())))
    parts += [file.read_text("utf-8") for file in sorted(LEXICONS.iterdir()) if file.stem in named]
    if ROOT / "language.py" in sources:
        parts += [f"{name} {metadata.version(name)}" for name in _language_packages()]
    return hash_of(parts)


def _language_packages() -> list[str]:
    return ["spacy", *(name for name in MODELS if util.find_spec(name))][:2]


def _reached(module: str) -> set[Path]:
    """The files of ours that a module imports, and their imports."""
    waiting, found = [module], set[Path]()
    while waiting:
        name = waiting.pop()
        for path in _files(name):
            if path not in found:
                found.add(path)
                waiting += _imports(path)
    return found


def _files(name: str) -> list[Path]:
    """The file of a module and of the packages it lies in; nothing for a name inside a module."""
    parts = name.split(".")[1:]
    path = ROOT.joinpath(*parts)
    packages = [ROOT.joinpath(*parts[:depth], "__init__.py") for depth in range(1, len(parts) + 1)]
    return [file for file in (path.with_suffix(".py"), *packages) if parts and file.is_file()]


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _code(path: Path) -> str:
    return ast.dump(_tree(path))


@cache
def _imports(path: Path) -> list[str]:
    names = []
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("analysis"):
            names += [str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names if alias.name.startswith("analysis.")]
    return names
