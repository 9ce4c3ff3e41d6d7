"""The house rules a machine can hold: who may import whom, and what the code may not name."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from analysis.corpus import Corpus

ROOT = Path(__file__).parent.parent
CODE = [
    ROOT / "streamlit_app.py",
    *sorted((ROOT / "analysis").rglob("*.py")),
    *sorted((ROOT / "dashboard").rglob("*.py")),
]
DUMP_ROOMS = {"utils", "util", "helpers", "helper", "common", "base", "misc"}


def imports(path: Path) -> set[str]:
    """Dotted names a file imports, in full."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def reaches(path: Path, *rooms: str) -> list[str]:
    return [name for name in imports(path) for room in rooms if name == room or name.startswith(room + ".")]


def room(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", CODE, ids=room)
def test_who_may_import_whom(path: Path) -> None:
    name = room(path)
    if name.startswith("analysis/"):
        forbidden = reaches(path, "streamlit", "plotly", "dashboard")
    elif name.startswith("dashboard/pages/"):
        forbidden = reaches(path, "analysis", "dashboard.pages")
    elif name.startswith(("dashboard/charts/", "dashboard/tables/", "dashboard/evidence.py")):
        forbidden = reaches(path, "analysis", "dashboard.cached", "dashboard.chosen", "dashboard.filters")
        forbidden += reaches(path, "dashboard.links")
        forbidden += reaches(path, "streamlit")
    else:
        forbidden = reaches(path, "dashboard.pages")
    assert not forbidden


@pytest.mark.parametrize("path", CODE, ids=room)
def test_code_names_no_side_outlet_or_person(path: Path, seeds: Corpus) -> None:
    names = {side.label for side in seeds.sides} | {document.outlet for document in seeds.documents}
    people = ("Zelensk", "Kiev", "Kyiv", "Putin", "Trump", "Kremlin", "Medvedev")
    pattern = re.compile(rf"\b(?:(?:{'|'.join(map(re.escape, names))})\b|{'|'.join(people)})", re.IGNORECASE)
    assert not pattern.findall(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", CODE, ids=room)
def test_no_dump_rooms_and_no_long_files(path: Path) -> None:
    assert path.stem not in DUMP_ROOMS
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 430


def test_no_markdown_but_the_manual_and_no_raw_markup() -> None:
    """What Streamlit shows as Markdown loads images and follows directives; texts never go there."""
    markdown = re.compile(r"\bst\.(?:markdown|write|caption|title|header|subheader|metric|latex|echo|chat_message)\(")
    for path in CODE:
        text = path.read_text(encoding="utf-8")
        assert "unsafe_allow" not in text, room(path)
        allowed = 1 if room(path) == "dashboard/pages/method.py" else 0
        assert len(markdown.findall(text)) == allowed, room(path)


def at_once(path: Path) -> set[str]:
    """What a file imports when it is itself imported: not inside functions, nor for types only."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    names = set()
    for node in body:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_a_stored_corpus_opens_without_the_slow_libraries() -> None:
    """They take longer to import than a small corpus to read: import them inside the function that needs them."""
    waiting, seen = [ROOT / "streamlit_app.py"], set[Path]()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        slow = [name for name in at_once(path) if name.partition(".")[0] in ("spacy", "thinc", "sklearn", "sqlalchemy")]
        assert not slow, f"{room(path)} imports {slow} at once"
        for name in at_once(path):
            parts = name.split(".")
            places = [ROOT.joinpath(*parts[:depth]) for depth in range(1, len(parts) + 1)]
            files = [file for place in places for file in (place.with_suffix(".py"), place / "__init__.py")]
            waiting += [file for file in files if file in CODE and file not in seen]
