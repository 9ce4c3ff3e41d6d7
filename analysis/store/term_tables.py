"""Term counts on disk: tables that any program reads, and arrays that are mapped into memory.

`words` has the printed forms and the word each is counted as; `vocabulary` the words, and whether one is a name
merged from several spellings; `set_aside` what is not counted; `counts` one row a term (of one or two words) and
passage. Opening reads the first three and maps the arrays; `counts` is for other programs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as arrow

from analysis.names import find_names, name_variants, variant_mapping
from analysis.store.documents import shared_objects, storable
from analysis.store.files import hash_of
from analysis.store.name_tables import names_table
from analysis.store.passages import passages_version
from analysis.store.tables import CorpusTables
from analysis.store.versions import reader_version
from analysis.terms.boilerplate import COLUMNS
from analysis.terms.counts import Layout, Ngrams, Stream, TermCounts, count_terms, phrase_names
from analysis.terms.merging import merge_names
from analysis.terms.sums import Cells, Runs
from analysis.threads import in_threads
from analysis.tokens import Tokens

LENGTHS = (1, 2)
"""Terms whose counts are kept: those a page asks for first; longer ones are counted when asked for."""

TEXTS, NUMBERS = ("kind", "outlet", "text", "why"), ("articles", "occurrences", "words")
"""The columns of what is set aside."""

TOKENS = ("word", "start", "joined", "opens", "bounds")
STREAM = ("term", "joined", "bounds", "token", "width")


def counts_version() -> str:
    """What counts and names depend on."""
    readers = ("analysis.names", "analysis.terms.counts", "analysis.terms.merging")
    return hash_of((passages_version(), *map(reader_version, readers)))


def stored_counts(
    tables: CorpusTables, documents: pd.DataFrame, passages: pd.DataFrame
) -> tuple[TermCounts, arrow.Table | None]:
    """Counts from the tables if they are there, else made and kept.

    Args:
        tables: where they are kept.
        documents: the corpus's document table.
        passages: its passage table.

    Returns:
        The counts, the spellings of one name counted as one term; and the names, if they were made here and now.
    """
    found = _kept(tables, documents, passages)
    if found:
        return found, None
    counts, names = counted(documents, passages)
    version, arrays = counts_version(), _arrays(counts)
    kept = {"names": names, "counts": _by_passage(counts), **_words(counts)}
    puts = [lambda: tables.put_arrays("counts", version, arrays)]
    puts += [partial(tables.put, name, version, table) for name, table in kept.items()]
    in_threads(lambda put: put(), puts)
    return _kept(tables, documents, passages) or counts, names


def stored_names(tables: CorpusTables, documents: pd.DataFrame, passages: pd.DataFrame) -> arrow.Table:
    """The names from the tables if they are there, else made and kept."""
    names = tables.get("names", counts_version())
    if names is None:
        names = counted(documents, passages)[1]
        tables.put("names", counts_version(), names)
    return names


def counted(documents: pd.DataFrame, passages: pd.DataFrame) -> tuple[TermCounts, arrow.Table]:
    """A corpus counted, the spellings of one name as one term, and its names."""
    counts = count_terms(documents, passages)
    mentions = find_names(counts)
    variants = name_variants(mentions, only_contrasts=False)
    merged = merge_names(counts, variant_mapping(variants))
    return merged, names_table(mentions, variants, documents, passages)


def _kept(tables: CorpusTables, documents: pd.DataFrame, passages: pd.DataFrame) -> TermCounts | None:
    version = counts_version()
    kept = {name: tables.get(name, version) for name in ("words", "vocabulary", "set_aside")}
    arrays = tables.arrays("counts", version) if all(table is not None for table in kept.values()) else None
    return _restored(kept, arrays, documents, passages) if arrays else None


def _words(counts: TermCounts) -> dict[str, arrow.Table]:
    vocabulary = [storable(word) for word in counts.vocabulary.tolist()]
    words = [storable(word) for word in counts.tokens.words.tolist()]
    merged = [word in counts.merged for word in counts.vocabulary.tolist()]
    aside = counts.set_aside
    shown = {name: arrow.array([storable(value) for value in aside[name]], arrow.string()) for name in TEXTS}
    return {
        "set_aside": arrow.table(shown | {name: aside[name].to_numpy(np.int64) for name in NUMBERS}),
        "words": arrow.table({"word": arrow.array(words, arrow.string()), "form": counts.forms[: len(words)]}),
        "vocabulary": arrow.table({"word": arrow.array(vocabulary, arrow.string()), "merged": merged}),
    }


def _by_passage(counts: TermCounts) -> arrow.Table:
    """Columns term, words (in the term), passage (row of the passage table), count."""
    parts = []
    for n in LENGTHS:
        ngrams = counts.ngrams(n)
        sizes = np.diff(ngrams.cells.bounds)
        places = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        names = arrow.array([storable(name) for name in ngrams.names.tolist()], arrow.string())
        columns = {
            "term": arrow.DictionaryArray.from_arrays(places, names),
            "words": np.full(len(places), n, np.int8),
            "passage": counts.layout.row[ngrams.cells.unit].astype(np.int32),
            "count": ngrams.count,
        }
        parts.append(arrow.table(columns))
    return arrow.concat_tables(parts)


def _arrays(counts: TermCounts) -> dict[str, np.ndarray]:
    arrays = {f"tokens.{name}": getattr(counts.tokens, name) for name in TOKENS}
    arrays |= {f"stream.{name}": getattr(counts.stream, name) for name in STREAM}
    for n in LENGTHS:
        arrays |= {f"{n}.{name}": array for name, array in _of_ngrams(counts.ngrams(n)).items()}
    return {name: array for name, array in arrays.items() if array is not None}


def _of_ngrams(ngrams: Ngrams) -> dict[str, np.ndarray]:
    arrays = {name: getattr(ngrams, name) for name in ("parts", "count", "document_count")}
    arrays |= {"listed": np.array([ngrams.listed]), "bounds": ngrams.cells.bounds, "unit": ngrams.cells.unit}
    for name, runs in (("documents", ngrams.documents), ("outlets", ngrams.outlets)):
        arrays |= {f"{name}.first": runs.first, f"{name}.bounds": runs.cells.bounds, f"{name}.unit": runs.cells.unit}
    return arrays


def _restored(
    kept: Mapping[str, Any], arrays: dict[str, np.ndarray], documents: pd.DataFrame, passages: pd.DataFrame
) -> TermCounts:
    words, vocabulary = kept["words"], shared_objects(kept["vocabulary"].column("word"))
    tokens: dict[str, Any] = {name: arrays[f"tokens.{name}"] for name in TOKENS}
    stream: dict[str, Any] = {name: arrays.get(f"stream.{name}") for name in STREAM}
    aside = {name: pd.Series(shared_objects(kept["set_aside"].column(name)), dtype=object) for name in TEXTS}
    aside |= {name: kept["set_aside"].column(name).to_numpy() for name in NUMBERS}
    counts = TermCounts(
        tokens=Tokens(**tokens, words=shared_objects(words.column("word"))),
        layout=Layout.of(documents, passages),
        vocabulary=vocabulary,
        forms=words.column("form").to_numpy(),
        stream=Stream(**stream),
        passages=passages,
        documents=documents,
        set_aside=pd.DataFrame(aside)[COLUMNS],
        merged=frozenset(vocabulary[kept["vocabulary"].column("merged").to_numpy()].tolist()),
    )
    for n in LENGTHS:
        own = {name.removeprefix(f"{n}."): array for name, array in arrays.items() if name.startswith(f"{n}.")}
        counts.keep(_ngrams(n, own, vocabulary))
    return counts


def _ngrams(n: int, arrays: dict[str, np.ndarray], vocabulary: np.ndarray) -> Ngrams:
    runs = {
        name: Runs(arrays[f"{name}.first"], Cells(arrays[f"{name}.bounds"], arrays[f"{name}.unit"]))
        for name in ("documents", "outlets")
    }
    return Ngrams(
        n=n,
        parts=arrays["parts"],
        names=phrase_names(vocabulary, arrays["parts"]),
        listed=int(arrays["listed"][0]),
        cells=Cells(arrays["bounds"], arrays["unit"]),
        count=arrays["count"],
        document_count=arrays["document_count"],
        **runs,
    )
