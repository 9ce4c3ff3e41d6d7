"""The passage table of a large corpus, kept under the corpus's hash."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pyarrow as arrow

from analysis.corpus import Corpus, CorpusError
from analysis.passages import passage_table
from analysis.store.files import hash_of, read_table, write_table
from analysis.store.versions import reader_version
from analysis.topics import passage_topics

SMALL = 500
"""Documents up to which cutting passages anew is as quick as reading them."""


def stored_passages(corpus: Corpus, folder: Path) -> pd.DataFrame:
    """The table of `passage_table` with its `topics`, from the store if it is there, else made and kept.

    A store that cannot be written to is done without.
    """
    if len(corpus.documents) <= SMALL:
        return made_passages(corpus)
    order = hash_of(document.id for document in corpus.documents)
    file = folder / "passages" / _version() / f"{corpus.short_digest}-{order}.parquet"
    if file.exists():
        try:
            return _restored(read_table(file), corpus)
        except CorpusError:
            file.unlink(missing_ok=True)
    table = made_passages(corpus)
    with contextlib.suppress(CorpusError):
        write_table(file, arrow.Table.from_pandas(table.assign(topics=table["topics"].map(list)), preserve_index=False))
    return table


def made_passages(corpus: Corpus) -> pd.DataFrame:
    """The passage table with a `topics` column (tuples of ids)."""
    table = passage_table(corpus)
    return table.assign(topics=pd.Series(passage_topics(corpus, table), dtype=object))


def _version() -> str:
    return hash_of((reader_version("analysis.passages"), reader_version("analysis.topics")))


def _restored(stored: arrow.Table, corpus: Corpus) -> pd.DataFrame:
    """The stored table as `passage_table` makes it: days as objects, equal topics as one tuple."""
    days = [document.date for document in corpus.documents]
    table = stored.drop_columns(["topics", "date"]).to_pandas()
    dates = pd.Series([days[place] for place in table["position"]], dtype=object)
    table.insert(stored.column_names.index("date"), "date", dates)
    return table.assign(topics=pd.Series(_tuples(stored.column("topics").to_pylist()), dtype=object))


def _tuples(lists: Iterable[list[str]]) -> list[tuple[str, ...]]:
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    return [known.setdefault(key, key) for key in map(tuple, lists)]
