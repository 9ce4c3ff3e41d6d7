"""Everything that is read once of a corpus, and what a selection leaves of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import pyarrow as arrow

from analysis.attribution import Attribution
from analysis.claims import Ledger, Tellings, ledger_of, tellings
from analysis.coded import Coded
from analysis.corpus import Corpus, CorpusError, Side, sha256_of
from analysis.corrections import TABLES, Correction, corrected, given_anew
from analysis.figures import Figure
from analysis.names.filing import filed_names
from analysis.selection import PassageIndex, Selection
from analysis.sentences import READ_LANGUAGE
from analysis.store import name_tables, sentence_tables, telling_tables
from analysis.store.articles import ArticleStore, Kept, Watch
from analysis.store.passages import stored_folded, stored_passages
from analysis.store.sentence_tables import sentences_version
from analysis.store.tables import CorpusTables
from analysis.store.term_tables import stored_counts, stored_names
from analysis.terms import TermCounts
from analysis.voiced import voiced

Made = TypeVar("Made")


class Keeper:
    """Keeps what is made of it."""

    def __init__(self) -> None:
        self._made: dict[Callable[[Any], Any], Any] = {}
        self._making: dict[Callable[[Any], Any], RLock] = {}

    def once(self, make: Callable[[Any], Made]) -> Made:
        """What a function makes of this, made once for all who ask, also at the same time."""
        if make not in self._made:
            with self._making.setdefault(make, RLock()):
                if make not in self._made:
                    self._made[make] = make(self)
        return self._made[make]


class Reading(Keeper):
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
        super().__init__()
        self.corpus = corpus
        self.corrections = tuple(corrections)
        self._store = store
        self._tables = CorpusTables(store, corpus)
        self._rows: dict[str, np.ndarray] = {}
        self._coded: dict[tuple[str, str], Coded] = {}
        self._read_all = read_all
        self._watch = watch

    @cached_property
    def passages(self) -> pd.DataFrame:
        """The passage table of `passages.passage_table` with a `topics` column (tuples of ids)."""
        return stored_passages(self.corpus, self._tables)

    @cached_property
    def index(self) -> PassageIndex:
        """The passages as a selection looks at them."""
        return PassageIndex(self.corpus.table, self.passages, self.folded)

    def folded(self) -> arrow.Array:
        """The case-folded texts of the passages, in which a text is looked for."""
        return stored_folded(self.corpus, self.passages, self._tables)

    @cached_property
    def passage_ids(self) -> np.ndarray:
        """The id of each passage, and None for row -1."""
        return np.array([*self.passages["id"].to_numpy(object), None], object)

    @cached_property
    def passage_side(self) -> np.ndarray:
        """The place of each passage's side among the corpus's sides."""
        return pd.Index([side.id for side in self.corpus.sides]).get_indexer(self.passages["side"])

    def rows(self, table: str) -> np.ndarray:
        """The row in `passages` of each row of `mentions`, `attributions`, `voiced` or `figures`."""
        if table not in self._rows:
            self._rows[table] = self._passage_rows.get_indexer(getattr(self, table)["passage"])
        return self._rows[table]

    @property
    def made(self) -> frozenset[str]:
        """The names of what was made of the corpus so far."""
        return frozenset({*vars(self), *(make.__qualname__ for make in self._made)})

    def coded(self, table: str, column: str) -> Coded:
        """A column of texts of `mentions`, `attributions`, `voiced` or `figures` as numbers."""
        if (table, column) not in self._coded:
            self._coded[table, column] = Coded.of(getattr(self, table)[column])
        return self._coded[table, column]

    @cached_property
    def progress(self) -> tuple[int, int]:
        """Documents whose sentences are read in these tables, and all documents."""
        if all(self._tables.has(name, sentences_version()) for name in ("attributions", "figures")):
            return len(self.corpus.documents), len(self.corpus.documents)
        known = self.corpus.column("article").isin(self._kept.articles)
        known |= self.corpus.column("language") != READ_LANGUAGE
        return int(known.sum()), len(self.corpus.documents)

    def with_corrections(self, corrections: Sequence[Correction]) -> Reading:
        """The same reading under these corrections and no others; what was read of the texts is shared."""
        changed = {TABLES[each.kind] for each in (*self.corrections, *corrections)}
        changed |= {"figures"} if "attributions" in changed else set()
        again = self._without(*changed, "namings", "voiced")
        again.corrections = tuple(corrections)
        return again

    @property
    def numbers(self) -> str:
        """Names what the numbers come from: the corpus's digest, and the corrections' where there are any."""
        own = set(self.corpus.column("sha256")) if self.corrections else set()
        held = sorted(repr(each) for each in self.corrections if each.sha256 in own and not each.undone)
        return f"{self.corpus.digest}+{sha256_of(held)[:12]}" if held else self.corpus.digest

    def renewed(self) -> Reading:
        """The same reading with what the store has come to hold since; passages and counts are shared."""
        return self._without("_kept", "progress", "attributions", "voiced", "figures")

    def _without(self, *tables: str) -> Reading:
        """A copy that makes these anew when they are asked for."""
        again = copy(self)
        Keeper.__init__(again)
        for name in (*tables, "ledger", "tellings"):
            vars(again).pop(name, None)
        again._rows = {name: rows for name, rows in self._rows.items() if name not in tables}
        again._coded = {name: codes for name, codes in self._coded.items() if name[0] not in tables}
        return again

    @cached_property
    def counts(self) -> TermCounts:
        """Term counts of every passage, the spellings of one name counted as one term."""
        return self._counted[0]

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """One row a mention of a name.

        Columns: entity, kind, name (as printed), title (the words of office before it, "" if there are none),
        passage, document, side, field, start, end, title_start (where the title begins; `start` without one).
        """
        found = name_tables.frame_of(self._named, self.passages)
        return corrected(found, "name", self.corrections, self.corpus)

    @cached_property
    def namings(self) -> tuple[np.ndarray, np.ndarray, pd.DataFrame]:
        """The ways to name: of each mention the row of its passage and its place among them, and the distinct ones.

        Their columns: entity, kind, side, name, title.
        """
        if not any(each.kind == "name" for each in self.corrections):
            return self._named.column("passage").to_numpy(), *name_tables.namings(self._named, self.passages)
        columns = ["entity", "kind", "side", "name", "title"]
        places = self.mentions.groupby(columns, sort=False).ngroup().to_numpy()
        return self.rows("mentions"), places, self.mentions[columns].drop_duplicates(ignore_index=True)

    @cached_property
    def attributions(self) -> pd.DataFrame:
        """One row an attribution; `source_name` is one name over the whole corpus, `source_text` as printed."""
        return corrected(self._said(), "attribution", self.corrections, self.corpus)

    @cached_property
    def voiced(self) -> pd.DataFrame:
        """The attributions with `voice` (the name to group by) and `words_quoted` (words in quotation marks)."""
        return voiced(self.attributions, self.corpus)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """One row a figure; `claimant` is one name over the whole corpus."""
        read = sentence_tables.frame_of(self._sentences("figures"), Figure, self.passages)
        if any(each.kind == "attribution" for each in self.corrections):
            read = given_anew(read, self._said(), self.attributions)
        return corrected(read, "figure", self.corrections, self.corpus)

    @cached_property
    def ledger(self) -> Ledger:
        """All figures aligned over the sides."""
        return ledger_of(self.tellings, self.figures)

    @cached_property
    def tellings(self) -> Tellings:
        """How the figures go together, kept once all articles are read."""
        version, is_corrected = telling_tables.tellings_version(), any(each.kind != "name" for each in self.corrections)
        stored = {name: self._tables.get(name, version) for name in telling_tables.NAMES if not is_corrected}
        if stored and all(table is not None for table in stored.values()):
            return telling_tables.restored(stored, self.figures)
        made = tellings(self.figures, self.corpus.text_of)
        if not is_corrected and self.progress[0] == self.progress[1]:
            for name, table in telling_tables.telling_tables(made).items():
                self._tables.put(name, version, table)
        return made

    def arrays(self, name: str, version: str, make: Callable[[], dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
        """Arrays made of the tables, kept once all articles are read and where nothing is corrected."""
        is_final = not self.corrections and self.progress[0] == self.progress[1]
        stored = self._tables.arrays(name, version) if is_final else None
        if stored is None:
            stored = make()
            if is_final:
                self._tables.put_arrays(name, version, stored)
        return stored

    def _said(self) -> pd.DataFrame:
        """The attributions as read."""
        return sentence_tables.frame_of(self._sentences("attributions"), Attribution, self.passages)

    @cached_property
    def _passage_rows(self) -> pd.Index:
        return pd.Index(self.passages["id"])

    @cached_property
    def _counted(self) -> tuple[TermCounts, arrow.Table | None]:
        return stored_counts(self._tables, self.corpus.table, self.passages)

    @cached_property
    def _named(self) -> arrow.Table:
        """The names, as `name_tables.names_table` has them."""
        made = self._counted[1]
        return made if made is not None else stored_names(self._tables, self.corpus.table, self.passages)

    @cached_property
    def _filed(self) -> dict[str, str]:
        return filed_names(name_tables.uses(self._named))

    def _sentences(self, name: str) -> arrow.Table:
        """The attributions or figures of the corpus, kept once all articles are read."""
        stored = self._tables.get(name, sentences_version())
        if stored is not None:
            return stored
        made = sentence_tables.placed(self.corpus, self.passages, getattr(self._kept, name), name[0], self._filed)
        if self.progress[0] == self.progress[1]:
            self._tables.put(name, sentences_version(), made)
        return made

    @cached_property
    def _kept(self) -> Kept:
        """What the sentence readers found in each article."""
        documents = self.corpus.documents
        if not self._store:
            return Kept.of(documents)
        store = ArticleStore(self._store)
        try:
            if self._read_all:
                store.complete(documents, self._watch)
        except CorpusError:  # the folder cannot be written to
            return Kept.of(documents)
        return store.get(documents)


class Selected(Keeper):
    """What a selection leaves of a reading: the same tables, fewer rows."""

    def __init__(self, reading: Reading, selection: Selection) -> None:
        super().__init__()
        self.reading = reading
        self.corpus = reading.corpus
        self.selection = selection

    @cached_property
    def rows(self) -> np.ndarray:
        """Rows of the chosen passages in the reading's passage table."""
        return self.selection.apply(self.reading.index)

    @cached_property
    def passages(self) -> pd.DataFrame:
        """The chosen passages; their index is the row in the reading's passage table."""
        table = self.reading.passages
        return table if len(self.rows) == len(table) else table.iloc[self.rows]

    @cached_property
    def documents(self) -> pd.DataFrame:
        """The documents with a chosen passage: id, side, outlet, date, title, language, passages, words."""
        table = self.corpus.table.drop(columns=["text"])
        chosen = self._by_document["passages"].to_numpy() > 0
        return table[chosen].assign(**self._by_document[chosen]).reset_index(drop=True)

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """The mentions of names that stand in a chosen passage."""
        return self._kept("mentions")

    @cached_property
    def namings(self) -> pd.DataFrame:
        """The ways to name: entity, kind, side, name, title, count (of mentions in chosen passages, at least 1)."""
        rows, places, ways = self.reading.namings
        counts = np.bincount(places[self.is_chosen[rows]], minlength=len(ways))
        return ways.assign(count=counts)[counts > 0]

    @cached_property
    def attributions(self) -> pd.DataFrame:
        """The attributions that stand in a chosen passage."""
        return self._kept("attributions")

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The figures that stand in a chosen passage."""
        return self._kept("figures")

    @cached_property
    def ledger(self) -> Ledger:
        """The chosen figures aligned over the sides."""
        if self.is_everything:
            return self.reading.ledger
        chosen = self.is_chosen[self.reading.rows("figures")]
        return ledger_of(self.reading.tellings, self.figures, chosen)

    @property
    def is_everything(self) -> bool:
        """Whether all passages are chosen."""
        return len(self.rows) == len(self.reading.passages)

    @cached_property
    def sides(self) -> list[Side]:
        """The sides with a chosen passage, in the corpus's order."""
        held = set(self.sizes.loc[self.sizes["passages"] > 0, "side"])
        return [side for side in self.corpus.sides if side.id in held]

    @cached_property
    def of_side(self) -> dict[str, np.ndarray]:
        """Whether each passage of the reading is chosen and a side's, of the sides that have one."""
        place = {side.id: place for place, side in enumerate(self.corpus.sides)}
        return {side.id: self.is_chosen & (self.reading.passage_side == place[side.id]) for side in self.sides}

    @cached_property
    def sizes(self) -> pd.DataFrame:
        """One row a side of the corpus: side, label, documents, outlets, passages, words."""
        about = self.corpus.table[["side", "outlet"]].join(self._by_document)
        about = about[about["passages"] > 0]
        rows = []
        for side in self.corpus.sides:
            own = about[about["side"] == side.id]
            sums = int(own["passages"].sum()), int(own["words"].sum())
            rows.append((side.id, side.label, len(own), own["outlet"].nunique(), *sums))
        return pd.DataFrame(rows, columns=["side", "label", "documents", "outlets", "passages", "words"])

    @cached_property
    def _by_document(self) -> pd.DataFrame:
        """Number of chosen passages and their words, one row a document of the corpus."""
        size, place = len(self.corpus.documents), self.reading.index.position[self.rows]
        words = np.bincount(place, self.reading.passages["words"].to_numpy()[self.rows], size).astype(np.int64)
        return pd.DataFrame({"passages": np.bincount(place, minlength=size), "words": words})

    def _kept(self, name: str) -> pd.DataFrame:
        """The rows of one of the reading's tables that stand in a chosen passage."""
        table: pd.DataFrame = getattr(self.reading, name)
        return table if self.is_everything else table.iloc[self.chosen(name)].reset_index(drop=True)

    def chosen(self, name: str) -> np.ndarray:
        """The rows of one of the reading's tables that stand in a chosen passage."""
        return np.flatnonzero(self.is_chosen[self.reading.rows(name)])

    @cached_property
    def is_chosen(self) -> np.ndarray:
        """Whether each passage of the reading is chosen."""
        chosen = np.zeros(len(self.reading.passages), bool)
        chosen[self.rows] = True
        return chosen
