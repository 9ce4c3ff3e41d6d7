"""Everything that is read once of a corpus, and what a selection leaves of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.attribution import Attribution
from analysis.claims import Ledger, ledger
from analysis.corpus import Corpus, CorpusError, Side, sha256_of
from analysis.corrections import TABLES, Correction, corrected
from analysis.figures import Figure
from analysis.names import find_names, name_variants, variant_mapping
from analysis.names.filing import filed_names
from analysis.names.lexicon import name_key
from analysis.selection import Selection
from analysis.sentences import NOTHING, Sentences, read_documents
from analysis.store.articles import ArticleStore, Watch
from analysis.store.passages import made_passages, stored_passages
from analysis.terms import TermCounts, count_terms
from analysis.terms.merging import merge_names


class Reading:
    """A corpus and its tables, each made when first asked for and then kept.

    Every row of `attributions` and `figures` carries `id`, `document`, `side`, `outlet`, `date` and the
    `passage` it stands in, beside the fields of `Attribution` and `Figure`.
    """

    def __init__(
        self,
        corpus: Corpus,
        store: Path | None = None,
        *,
        read_all: bool = True,
        watch: Watch | None = None,
        corrections: Sequence[Correction] = (),
    ) -> None:
        """A reading of a corpus.

        Args:
            corpus: the corpus.
            store: folder where what is read is kept and looked up; without one everything is read anew.
            read_all: whether articles the store does not hold are read when first asked for. If not, the tables
                hold what is read so far, see `progress`.
            watch: given how the articles are read and how many they are; a place to show progress.
            corrections: applied to `figures`, `attributions` and `mentions`, and so to all that is made of them.
        """
        self.corpus = corpus
        self.corrections = tuple(corrections)
        self._store = store
        self._read_all = read_all
        self._watch = watch

    @cached_property
    def passages(self) -> pd.DataFrame:
        """The passage table of `passages.passage_table` with a `topics` column (tuples of ids)."""
        return stored_passages(self.corpus, self._store) if self._store else made_passages(self.corpus)

    @property
    def progress(self) -> tuple[int, int]:
        """Documents whose sentences are read in these tables, and all documents."""
        return len(self._sentences), len(self.corpus.documents)

    def with_corrections(self, corrections: Sequence[Correction]) -> Reading:
        """The same reading under these corrections and no others; what was read of the texts is shared."""
        again = copy(self)
        again.corrections = tuple(corrections)
        for kind in {each.kind for each in (*self.corrections, *corrections)}:
            vars(again).pop(TABLES[kind], None)
        return again

    @property
    def numbers(self) -> str:
        """Names what the numbers come from: the corpus's digest, and the corrections' where there are any."""
        own = {document.sha256 for document in self.corpus.documents}
        held = sorted(repr(each) for each in self.corrections if each.sha256 in own and not each.undone)
        return f"{self.corpus.digest}+{sha256_of(held)[:12]}" if held else self.corpus.digest

    def renewed(self) -> Reading:
        """The same reading with what the store has come to hold since; passages and counts are shared."""
        again = copy(self)
        for name in ("_sentences", "_read_sentences", "attributions", "figures"):
            vars(again).pop(name, None)
        return again

    @cached_property
    def counts(self) -> TermCounts:
        """Term counts of every passage, the spellings of one name counted as one term."""
        return merge_names(self._counted, variant_mapping(self._variants))

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """One row a mention of a name.

        Columns: entity, kind, name (as printed), passage, document, side, field, start, end, title_start (where the
        words of office before it begin; `start` if there are none).
        """
        return corrected(self._found_mentions, "name", self.corrections, self.corpus)

    @cached_property
    def _found_mentions(self) -> pd.DataFrame:
        entities = self._variants.drop_duplicates("variant").set_index("variant")
        passages = self.passages.iloc[self._mentioned["passage"]].reset_index(drop=True)
        names = self._mentioned["name"].astype(object)
        return pd.DataFrame(
            {
                "entity": names.map(entities["entity"]),
                "kind": names.map(entities["kind"]),
                "name": names,
                "passage": passages["id"],
                "document": passages["document"],
                "side": passages["side"],
                "field": passages["field"],
                "start": self._mentioned["start"],
                "end": self._mentioned["end"],
                "title_start": self._mentioned["title_start"],
            }
        )

    @cached_property
    def attributions(self) -> pd.DataFrame:
        """One row an attribution; `source_name` is one name over the whole corpus, `source_text` as printed."""
        read = self._filed(self._read_sentences[0], "source_name")
        return corrected(read, "attribution", self.corrections, self.corpus)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """One row a figure; `claimant` is one name over the whole corpus."""
        read = self._filed(self._read_sentences[1], "claimant")
        return corrected(read, "figure", self.corrections, self.corpus)

    @cached_property
    def _counted(self) -> TermCounts:
        return count_terms(self.corpus.table, self.passages)

    @cached_property
    def _mentioned(self) -> pd.DataFrame:
        return find_names(self._counted)

    @cached_property
    def _variants(self) -> pd.DataFrame:
        return name_variants(self._mentioned, only_contrasts=False)

    @cached_property
    def _names(self) -> dict[str, str]:
        return filed_names(self._variants)

    def _filed(self, table: pd.DataFrame, column: str) -> pd.DataFrame:
        names = [name and self._names.get(name_key(name), name) for name in table[column]]
        return table.assign(**{column: pd.Series(names, index=table.index, dtype=object)})

    @cached_property
    def _sentences(self) -> dict[str, Sentences]:
        """What the sentence readers found in each document, by document id."""
        documents = self.corpus.documents
        if not self._store:
            return read_documents(documents)
        store = ArticleStore(self._store)
        try:
            if self._read_all:
                store.complete(documents, self._watch)
        except CorpusError:  # the folder cannot be written to
            return read_documents(documents)
        return store.get(documents)

    @cached_property
    def _read_sentences(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Both readers' records as tables."""
        attributions: list[dict[str, Any]] = []
        figures: list[dict[str, Any]] = []
        locate = _Locator(self.passages)
        for document in self.corpus.documents:
            read = self._sentences.get(document.id, NOTHING)
            about = {
                "document": document.id,
                "side": document.side,
                "outlet": document.outlet,
                "date": document.date,
            }
            attributions += _rows("a", read.attributions, about, locate, list(map(_first_offset, read.attributions)))
            figures += _rows("f", read.figures, about, locate, [item.start for item in read.figures])
        return _table(attributions, Attribution), _table(figures, Figure)


class Selected:
    """What a selection leaves of a reading: the same tables, fewer rows."""

    def __init__(self, reading: Reading, selection: Selection) -> None:
        self.reading = reading
        self.corpus = reading.corpus
        self.selection = selection

    @cached_property
    def passages(self) -> pd.DataFrame:
        """The chosen passages; their index is the row in the reading's passage table."""
        return self.selection.apply(self.reading.passages, self.corpus)

    @cached_property
    def documents(self) -> pd.DataFrame:
        """The documents with a chosen passage: id, side, outlet, date, title, language, passages, words."""
        table = self.corpus.table.drop(columns=["text"])
        place, words = self.passages["position"].to_numpy(), self.passages["words"].to_numpy()
        sizes = np.bincount(place, minlength=len(table))
        sums = np.bincount(place, weights=words, minlength=len(table)).astype(np.int64)
        return table.assign(passages=sizes, words=sums)[sizes > 0].reset_index(drop=True)

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """The mentions of names that stand in a chosen passage."""
        return self._kept(self.reading.mentions)

    @cached_property
    def attributions(self) -> pd.DataFrame:
        """The attributions that stand in a chosen passage."""
        return self._kept(self.reading.attributions)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The figures that stand in a chosen passage."""
        return self._kept(self.reading.figures)

    @cached_property
    def ledger(self) -> Ledger:
        """The chosen figures aligned over the sides."""
        return ledger(self.figures)

    @cached_property
    def sides(self) -> list[Side]:
        """The sides with a chosen passage, in the corpus's order."""
        held = set(self.passages["side"])
        return [side for side in self.corpus.sides if side.id in held]

    @cached_property
    def sizes(self) -> pd.DataFrame:
        """One row a side of the corpus: side, label, documents, outlets, passages, words."""
        rows = []
        for side in self.corpus.sides:
            own = self.passages[self.passages["side"] == side.id]
            counted = (own["document"].nunique(), own["outlet"].nunique(), len(own), int(own["words"].sum()))
            rows.append((side.id, side.label, *counted))
        return pd.DataFrame(rows, columns=["side", "label", "documents", "outlets", "passages", "words"])

    def _kept(self, table: pd.DataFrame) -> pd.DataFrame:
        return table[table["passage"].isin(self.passages["id"])].reset_index(drop=True)


class _Locator:
    """Finds the passage that holds an offset."""

    def __init__(self, passages: pd.DataFrame) -> None:
        self._places: dict[tuple[str, str], tuple[list[int], list[str]]] = {}
        rows = zip(passages["document"], passages["field"], passages["start"], passages["id"], strict=True)
        for document, field, start, passage in rows:
            starts, ids = self._places.setdefault((document, field), ([], []))
            starts.append(start)
            ids.append(passage)

    def __call__(self, document: str, field: str, offset: int) -> str:
        starts, ids = self._places[document, field]
        return ids[max(bisect_right(starts, offset) - 1, 0)]


def _first_offset(item: Attribution) -> int:
    """Where the attribution is made: its cue, else its source, else its content."""
    return next(spans[0][0] for spans in (item.cue, item.source, item.content) if spans)


def _rows(
    letter: str, items: Iterable[Any], about: dict[str, Any], locate: _Locator, offsets: list[int]
) -> list[dict[str, Any]]:
    rows = []
    for number, (item, offset) in enumerate(zip(items, offsets, strict=True), 1):
        passage = locate(about["document"], item.field, offset)
        record_id = f"{about['document']}:{letter}{number}"
        rows.append({"id": record_id, **about, "passage": passage, **asdict(item)})
    return rows


def _table(rows: list[dict[str, Any]], kind: type[Any]) -> pd.DataFrame:
    names = ["id", "document", "side", "outlet", "date", "passage", *kind.__dataclass_fields__]
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in names})
