"""The passages of a corpus and their case-folded texts, from its tables or made and kept there."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as arrow

from analysis.corpus import Corpus
from analysis.passages import PassageTexts, fold_passages, passage_table
from analysis.store.documents import documents_table, shared_tuples
from analysis.store.files import hash_of
from analysis.store.tables import CorpusTables
from analysis.store.versions import reader_version
from analysis.topics import passage_topics


def passages_version() -> str:
    """What the passages and their topics depend on."""
    return hash_of((reader_version("analysis.passages"), reader_version("analysis.topics")))


def stored_passages(corpus: Corpus, tables: CorpusTables) -> pd.DataFrame:
    """The table of `made_passages`, from the tables if it is there, else made and kept."""
    stored = tables.get("passages", passages_version())
    if stored is not None:
        return _restored(stored, corpus)
    version = reader_version("analysis.corpus")
    if tables.folder and not tables.has("documents", version):
        tables.put("documents", version, documents_table(corpus.documents))
    made = made_passages(corpus)
    stored = arrow.Table.from_pandas(made, preserve_index=False)
    tables.put("passages", passages_version(), stored)
    return made


def stored_folded(corpus: Corpus, passages: pd.DataFrame, tables: CorpusTables) -> arrow.Array:
    """The case-folded texts of the passages, mapped into memory where they are kept."""
    kept = tables.arrays("folded", passages_version())
    if kept and len(kept["bounds"]) == len(passages) + 1:
        buffers = [arrow.py_buffer(kept[name]) for name in ("bounds", "characters")]
        return arrow.LargeStringArray.from_buffers(len(passages), *buffers)
    made = fold_passages(PassageTexts(corpus.table, passages))
    _, bounds, characters = made.buffers()
    arrays: dict[str, np.ndarray] = {
        "bounds": np.frombuffer(bounds, np.int64)[: len(made) + 1],
        "characters": np.frombuffer(characters or b"", np.uint8),
    }
    tables.put_arrays("folded", passages_version(), arrays)
    return made


def made_passages(corpus: Corpus) -> pd.DataFrame:
    """The passage table with a `topics` column (tuples of ids)."""
    table = passage_table(corpus)
    return table.assign(topics=pd.Series(passage_topics(corpus, table), dtype=object))


def _restored(stored: arrow.Table, corpus: Corpus) -> pd.DataFrame:
    """The stored table as `passage_table` makes it: days as objects, equal topics as one tuple."""
    table = stored.drop_columns(["topics", "date"]).to_pandas()
    dates = pd.Series(corpus.table["date"].to_numpy()[table["position"].to_numpy()], dtype=object)
    table.insert(stored.column_names.index("date"), "date", dates)
    return table.assign(topics=pd.Series(shared_tuples(stored.column("topics").to_pylist()), dtype=object))
