"""The threat table names tests that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
MANUAL = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def test_every_test_named_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", MANUAL)
    assert len(named) > 30
    for path, name in named:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        defined = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert name in defined, f"{path}::{name}"


def test_every_threat_has_something_that_stops_it_and_a_test() -> None:
    rows = [line.split("|") for line in MANUAL.splitlines() if line.startswith("| ") and "threat" not in line]
    assert len(rows) > 20
    for row in rows:
        assert len(row) == 5, row
        assert row[2].strip()
        assert "::" in row[3], row
