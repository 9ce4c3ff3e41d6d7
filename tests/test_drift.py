"""Links made on another version of the corpus: what changed is told, and the earlier version can be looked at."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from analysis.corpus import Corpus, Document, Side
from analysis.loading import load
from analysis.store import history
from analysis.store.history import Changes, changes, remember, version
from dashboard import shown
from dashboard.team.settings import settings
from tests.test_pages import address, html, notice, opened, words


def corpus(*texts: str) -> Corpus:
    documents = [Document(f"d{number}", "n", "Gazette", "", text) for number, text in enumerate(texts)]
    return Corpus("made", (Side("n", "N", "#000000"),), tuple(documents))


def test_what_changed_is_counted_by_article(tmp_path: Path) -> None:
    before = corpus("one", "two", "three")
    remember(before, tmp_path, keep=False)
    kept = before.documents[0], replace(before.documents[1], text="TWO"), Document("new", "n", "Gazette", "", "four")
    after = replace(before, documents=(*kept, Document("newer", "n", "Gazette", "", "five")))
    assert changes(after, before.short_digest, tmp_path) == Changes(added=2, removed=1, altered=1)
    assert changes(before, before.short_digest, tmp_path) == Changes(0, 0, 0)


@pytest.mark.parametrize("pinned", ["000000000000", "", "../../../etc", "nonsense", "0" * 13])
def test_an_unknown_version_has_no_changes_and_leads_nowhere(tmp_path: Path, pinned: str) -> None:
    remember(corpus("one"), tmp_path, keep=True)
    assert changes(corpus("one"), pinned, tmp_path) is None
    assert version(pinned, tmp_path) is None


def test_the_latest_versions_are_kept_with_their_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "VERSIONS", 2)
    made = [corpus(text, "same") for text in ("one", "two", "three")]
    for number, each in enumerate(made):
        remember(each, tmp_path, keep=True)
        os.utime(tmp_path / "versions" / each.short_digest, (number, number))
    assert version(made[0].short_digest, tmp_path) is None
    for each in made[1:]:
        assert load(version(each.short_digest, tmp_path)).digest == each.digest
    monkeypatch.setattr(history, "LARGEST", 3)
    remember(corpus("four"), tmp_path, keep=True)
    assert version(corpus("four").short_digest, tmp_path) is None


def test_a_folder_that_cannot_be_written_to_remembers_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    remember(corpus("one"), tmp_path / "file", keep=True)


def write(path: Path, *tolls: int) -> None:
    rows = [
        {"id": f"a{number}", "side": "ns"[number % 2], "text": f"The flood killed {toll} people, police said."}
        for number, toll in enumerate(tolls)
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file the server opens; a test may change it and restart the server."""
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PARALLAX_CORPUS", str(tmp_path / "tolls.jsonl"))
    settings.cache_clear()
    yield tmp_path / "tolls.jsonl"
    shown._opened.clear()
    settings.cache_clear()


def test_a_link_of_an_earlier_version_says_what_changed_and_leads_to_it(path: Path) -> None:
    write(path, 11, 12, 13, 14)
    link = address(opened("words", "find=flood")).partition("?")[2]
    write(path, 11, 12, 99, 14, 15)
    shown._opened.clear()
    app = opened("words", link)
    assert len(notice(app)) == 1
    assert "made on another version of the corpus" in notice(app)[0]
    assert "Since then: 1 article added, 1 article altered." in words(app)
    assert "N: 3 articles" in words(app).replace("n:", "N:")
    there = unescape(re.search(r'href="\?([^"]+)">see it', html(app)).group(1))
    assert len(there) < 2000
    earlier = opened("words", there)
    assert notice(earlier) == []
    assert "n: 2 articles" in words(earlier)
    assert earlier.text_input(key="find").value == "flood"
    assert "(version " in words(earlier)
    app.text_input(key="find").set_value("").run()
    assert "Since then" not in words(app), "told once, until the reader goes on"


def test_a_version_never_opened_here_is_said_to_be_unknown(path: Path) -> None:
    write(path, 11, 12)
    app = opened("brief", "corpus=0123456789ab")
    assert "What changed since is not known" in words(app)
    assert "that one is not kept here" in words(app)
