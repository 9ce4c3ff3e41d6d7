"""Fixtures shared by the rooms' tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.corpus import Corpus
from analysis.loading import load
from analysis.reading import Reading

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def seeds() -> Corpus:
    return load(ROOT / "seeds")


@pytest.fixture(scope="session")
def reading(seeds: Corpus) -> Reading:
    return Reading(seeds)
