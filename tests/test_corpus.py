"""The corpus model: ids, content hash."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.corpus import Corpus, Document, slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [("The Daily Star", "the-daily-star"), ("RT", "rt"), ("Газета.Ру", "газета-ру"), ("!!!", "unnamed")],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_digest_is_of_the_content_not_of_the_order(seeds: Corpus) -> None:
    turned = replace(seeds, documents=seeds.documents[::-1])
    assert turned.digest == seeds.digest


@pytest.mark.parametrize("change", [{"text": "other"}, {"side": "other"}, {"title": "x"}, {"date": None}])
def test_digest_changes_with_any_document(seeds: Corpus, change: dict[str, object]) -> None:
    first, *others = seeds.documents
    changed = replace(seeds, documents=(replace(first, **change), *others))
    assert changed.digest != seeds.digest
    assert len(changed.short_digest) == 12


def test_digest_survives_lone_surrogates() -> None:
    document = Document("a", "s", "o", "t", "\ud800 text")
    corpus = Corpus("", (), (document,))
    assert len(corpus.digest) == 64
    assert corpus.table["text"].tolist() == ["\ud800 text"]


def test_title_of_a_corpus_is_not_content(seeds: Corpus) -> None:
    assert replace(seeds, title="another").digest == seeds.digest
