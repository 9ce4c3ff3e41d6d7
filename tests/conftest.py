"""Fixtures shared by the rooms' tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.corpus import SIDE_COLORS, Corpus, Document, Side
from analysis.loading import load
from analysis.reading import Reading, Selected
from analysis.selection import Selection

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True, scope="session")
def _own_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What tests read is kept in a folder of theirs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATA", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session")
def seeds() -> Corpus:
    return load(ROOT / "seeds")


@pytest.fixture(scope="session")
def reading(seeds: Corpus) -> Reading:
    return Reading(seeds)


@pytest.fixture(scope="session")
def selected(reading: Reading) -> Selected:
    """All of the seed."""
    return Selected(reading, Selection())


def made(**texts: str | list[str]) -> Selected:
    """A corpus of the given sides, each with one text or several, all of it selected."""
    sides = tuple(Side(name, name.title(), color) for name, color in zip(texts, SIDE_COLORS, strict=False))
    documents = tuple(
        Document(f"{side}{number}", side, f"{side.title()} Post", "", text)
        for side, given in texts.items()
        for number, text in enumerate([given] if isinstance(given, str) else given)
    )
    return Selected(Reading(Corpus("made", sides, documents)), Selection())
