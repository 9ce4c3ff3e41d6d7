"""Versions of the readers: hashes of the code and word lists each one reaches, so that a change is never missed."""

from __future__ import annotations

import ast
import contextlib
import hashlib
import platform
import re
from functools import cache
from importlib import metadata, util
from pathlib import Path

from analysis.corpus import CorpusError
from analysis.models import MODELS
from analysis.store.files import hash_of, read_json, write_json
from analysis.store.place import data_folder

ROOT = Path(__file__).parent.parent
LEXICONS = ROOT / "lexicons"


@cache
def reader_version(module: str) -> str:
    """Twelve hex digits that change with any file of ours the module imports, directly or not.

    Layout and comments of the code do not count. Word lists count if the code names them. Readers of parsed
    sentences also depend on spaCy and its model.

    Parsing the code takes as long as opening a small corpus, so the versions are noted in the data folder beside a
    hash of every byte they are made of.
    """
    note, made_of = data_folder() / "reader_versions.json", _bytes_hash()
    noted = read_json(note) or {}
    versions = noted.get("versions", {}) if noted.get("made_of") == made_of else {}
    if module not in versions:
        versions[module] = _version(module)
        with contextlib.suppress(CorpusError):
            write_json(note, {"made_of": made_of, "versions": versions})
    return str(versions[module])


@cache
def _bytes_hash() -> str:
    """A hash of all our code and word lists, byte by byte, and of the packages below them."""
    digest = hashlib.sha256()
    for file in sorted((*ROOT.rglob("*.py"), *LEXICONS.iterdir())):
        data = file.read_bytes()
        digest.update(f"{file.relative_to(ROOT)} {len(data)}\n".encode() + data)
    return hash_of((digest.hexdigest(), platform.python_version(), *_package_versions()))


def _version(module: str) -> str:
    sources = {path: path.read_text(encoding="utf-8") for path in sorted(_reached(module))}
    parts = [_parsed(path)[0] for path in sources]
    named = set(re.findall(r"[\"'{/]([a-z_]+)(?:\.toml|\.tsv)?[\"']", "\n".join(sources.values())))
    parts += [file.read_text("utf-8") for file in sorted(LEXICONS.iterdir()) if file.stem in named]
    if ROOT / "language.py" in sources:
        parts += _package_versions()
    return hash_of(parts)


@cache
def _package_versions() -> list[str]:
    """spaCy and its model."""
    names = ["spacy", *(name for name in MODELS if util.find_spec(name))][:2]
    return [f"{name} {metadata.version(name)}" for name in names]


def _reached(module: str) -> set[Path]:
    """The files of ours that a module imports, and their imports."""
    waiting, found = [module], set[Path]()
    while waiting:
        name = waiting.pop()
        for path in _files(name):
            if path not in found:
                found.add(path)
                waiting += _parsed(path)[1]
    return found


def _files(name: str) -> list[Path]:
    """The file of a module and of the packages it lies in; nothing for a name inside a module."""
    parts = name.split(".")[1:]
    path = ROOT.joinpath(*parts)
    packages = [ROOT.joinpath(*parts[:depth], "__init__.py") for depth in range(1, len(parts) + 1)]
    return [file for file in (path.with_suffix(".py"), *packages) if parts and file.is_file()]


@cache
def _parsed(path: Path) -> tuple[str, list[str]]:
    """The code of a file without layout and comments, and what of ours it imports."""
    tree, names = ast.parse(path.read_text(encoding="utf-8")), list[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("analysis"):
            names += [str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names if alias.name.startswith("analysis.")]
    return ast.dump(tree), names
