"""The one door to `analysis`: its functions under the same names, asked with what the reader chose.

A result is kept as long as the selection it was made of, see `kept`: a view asked for twice is computed once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from threading import Lock
from typing import Any

import pandas as pd
import streamlit as st

from analysis import article as article_room
from analysis import brief, claims, export, names, pairing, ranking, topics
from analysis import concordance as concordance_room
from analysis import corrections as corrections_room
from analysis import coverage as coverage_room
from analysis import evidence as evidence_room
from analysis import spellings as spellings_room
from analysis import voices as voices_room
from analysis.corpus import Corpus
from analysis.corpus import CorpusError as CorpusError
from analysis.figures.lexicon import lexicon
from analysis.reading import Reading, Selected
from analysis.selection import Selection
from dashboard.kept import kept
from dashboard.shown import OPEN_CORPORA, opened
from dashboard.shown import choose as choose
from dashboard.shown import import_report as import_report
from dashboard.shown import settle as settle
from dashboard.shown import warm as warm
from dashboard.team import corrections

ROOT = Path(__file__).parent.parent
KEPT_SELECTIONS = 64
KEPT_PASSAGES = 300_000
"""Passages that the kept selections hold together: a ledger of ten thousand articles takes hundreds of megabytes."""
LINES = 40
"""Lines of a term a side."""
CHOICES = 200
"""Articles a side to choose from: more than anyone reads through, and few enough to be sent."""
LONGEST_LABEL = 90
"""Letters of an article's label."""
ARTICLES = 10
"""Articles a side in which a term's places are shown."""


def keep_up() -> str:
    """Take over what was read in the background since; the version of the tables after it."""
    now = opened()
    before = now.version
    now.keep_up()
    if now.version != before:
        _known.clear()  # its entries hold the tables of before
    return now.version


def part() -> str:
    """Of how many articles attributions and figures are shown, while that is not all of them."""
    if opened().is_complete:
        return ""
    done, total = reading().progress
    return f"{done:,} of {total:,} articles"


def reading() -> Reading:
    """The corpus with what is read of it so far, and with its corrections where the session shows them."""
    return _numbers()[1]


def _numbers() -> tuple[str, Reading]:
    """The tables that the session shows, and what names them in the caches."""
    now, log = opened(), corrections.shown()
    return _corrected(now.version, log.name, now.reading, log) if log.corrections else (now.version, now.reading)


@st.cache_resource(max_entries=OPEN_CORPORA, show_spinner=False)
def _corrected(version: str, log: str, _reading: Reading, _log: corrections.Log) -> tuple[str, Reading]:
    made = _reading.with_corrections(_log.corrections)
    return (f"{version}:{made.numbers}", made) if made.numbers != _reading.numbers else (version, _reading)


def correction_log() -> pd.DataFrame:
    """The corrections of the corpus, the latest first."""
    now, log = opened(), corrections.current()
    return _correction_log(now.version, log.name, now.reading, log)


@st.cache_resource(max_entries=OPEN_CORPORA, show_spinner=False)
def _correction_log(version: str, log: str, _reading: Reading, _log: corrections.Log) -> pd.DataFrame:
    return corrections_room.log(_reading, _log.corrections)


def findings_in(passage: str) -> list[corrections_room.Finding]:
    """The figures, attributions and names of a passage, as they can be corrected."""
    return corrections_room.findings(reading(), passage)


def offered() -> dict[str, list[str]]:
    """Values to choose from when something is corrected."""
    return _offered(*_numbers())


@st.cache_data(max_entries=OPEN_CORPORA, show_spinner=False)
def _offered(version: str, _reading: Reading) -> dict[str, list[str]]:
    return corrections_room.offered(_reading)


def corpus() -> Corpus:
    """The corpus."""
    return opened().reading.corpus


_known: OrderedDict[tuple[Reading, Selection], Selected] = OrderedDict()
"""The selections that are kept, the one asked for last at the end."""
_lock = Lock()


def _chosen(selection: Selection) -> Selected:
    key = reading(), selection
    made = _known.get(key) or Selected(*key)
    size = len(made.rows)
    with _lock:
        if key not in _known:
            held = size + sum(len(each.rows) for each in _known.values())
            while len(_known) >= KEPT_SELECTIONS or (_known and held > KEPT_PASSAGES):
                held -= len(_known.popitem(last=False)[1].rows)
        made = _known.setdefault(key, made)
        _known.move_to_end(key)
    return made


def _kept(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of (selected, ...) as one of (selection, ...), computed once a reading and selection."""
    compute = kept(function)

    @wraps(function)
    def ask(selection: Selection, **options: Any) -> Any:
        return compute(_chosen(selection), **options)

    return ask


def version() -> str:
    """Names what the numbers on the screen are made of: what is read of the corpus, and the corrections."""
    return _numbers()[0]


def pack(selection: Selection, link: str, pages: Sequence[str], watch: Callable[[float, str], None]) -> bytes:
    """The evidence pack of a selection with the options of a link, see `pack.make`."""
    from dashboard.pack import make  # with what no page needs

    return make(_chosen(selection), link, pages, watch)


def sizes(selection: Selection) -> pd.DataFrame:
    """Documents, outlets, passages and words of each side."""
    return _chosen(selection).sizes


def passages(selection: Selection) -> pd.DataFrame:
    """The chosen passages."""
    return _chosen(selection).passages


def has_passage(passage: str) -> bool:
    """Whether the corpus has a passage of that id."""
    return bool((reading().passages["id"] == passage).any())


def documents(selection: Selection) -> pd.DataFrame:
    """The documents with a chosen passage."""
    return _chosen(selection).documents


def figures(selection: Selection) -> pd.DataFrame:
    """The chosen figures."""
    return _chosen(selection).figures


def attributions(selection: Selection) -> pd.DataFrame:
    """The chosen attributions."""
    return _chosen(selection).attributions


def ledger(selection: Selection) -> claims.Ledger:
    """The chosen figures aligned over the sides."""
    return _chosen(selection).ledger


@_kept
def coverage(selected: Selected, **options: Any) -> pd.DataFrame:
    """What one side has and another lacks."""
    return coverage_room.coverage(selected, **options)


@_kept
def listed(selected: Selected, **options: Any) -> pd.DataFrame:
    """How much of each kind each side has and another lacks."""
    return coverage_room.listed(selected, **options)


@_kept
def aligned(selected: Selected, documents: tuple[str, ...] | None = None) -> pd.DataFrame:
    """The passage of each other side most like each chosen passage, of these documents or of all."""
    return coverage_room.aligned(selected, documents)


@_kept
def comparability(selected: Selected) -> dict[str, Any]:
    """How far the sides' texts are comparable."""
    return coverage_room.comparability(selected)


@_kept
def findings(selected: Selected) -> pd.DataFrame:
    """The findings of the selection, ranked."""
    return selected.once(brief.ranked)


@_kept
def changes(selected: Selected) -> pd.DataFrame:
    """What the filters change against the whole corpus."""
    return brief.changes(selected, _chosen(Selection()))


@_kept
def voices(selected: Selected) -> pd.DataFrame:
    """Who is cited, by side."""
    return selected.once(voices_room.voices)


@_kept
def quoting(selected: Selected) -> pd.DataFrame:
    """Passages by the fullest way anyone is quoted in them."""
    return voices_room.quoting(selected)


@_kept
def verbs(selected: Selected) -> pd.DataFrame:
    """Reporting verbs by side and camp of the source."""
    return voices_room.verbs(selected)


@_kept
def stances(selected: Selected) -> pd.DataFrame:
    """Stances of the reporting verbs by side and camp of the source."""
    return voices_room.stances(selected)


@_kept
def camps(selected: Selected) -> pd.DataFrame:
    """Attributions by camp of the source."""
    return voices_room.camps(selected)


@_kept
def source_types(selected: Selected) -> pd.DataFrame:
    """Attributions by type of the source."""
    return voices_room.source_types(selected)


@_kept
def headlines(selected: Selected) -> pd.DataFrame:
    """Who speaks in the headlines."""
    return voices_room.headlines(selected)


@_kept
def chains(selected: Selected) -> pd.DataFrame:
    """Reports within reports."""
    return voices_room.chains(selected)


@_kept
def concentration(selected: Selected) -> pd.DataFrame:
    """How few voices hold a side's attributions."""
    return voices_room.concentration(selected)


@_kept
def keyness(selected: Selected, target: str, reference: str | None, **options: Any) -> pd.DataFrame:
    """The terms that mark the target against the reference."""
    return ranking.ranked_terms(selected, target, reference, **options)


@_kept
def shuffled_sides(selected: Selected, target: str, reference: str | None, ngrams: tuple[int, ...]) -> pd.DataFrame:
    """What the page would list with the articles dealt to the sides at random."""
    return ranking.dealt_at_random(selected, target, reference, ngrams=ngrams)


@_kept
def concordance(selected: Selected, term: str, order: str) -> pd.DataFrame:
    """The lines of a term, at most LINES a side; `of` says how many the side has."""
    lines = concordance_room.concordance(selected.reading.counts, term, selected.passages.index, order=order)
    lines["of"] = lines.groupby("side")["side"].transform("size")
    return lines.groupby("side", sort=False).head(LINES).reset_index(drop=True)


@_kept
def dispersion(selected: Selected, term: str) -> pd.DataFrame:
    """Where a term stands in the ARTICLES of each side that hold it most often.

    The columns of `concordance.occurrences`, and title, item, and share (0 to 1, how far into its field).
    """
    found = concordance_room.occurrences(selected.reading.counts, term, selected.passages.index)
    most = found.groupby(["side", "document"], sort=False).size().sort_values(ascending=False, kind="stable")
    shown = most.groupby(level="side", sort=False).head(ARTICLES).index.get_level_values("document")
    found = found[found["document"].isin(shown)].reset_index(drop=True)
    documents = [selected.corpus.document(document) for document in found["document"]]
    lengths = [len(getattr(each, field)) for each, field in zip(documents, found["field"], strict=True)]
    share = found["start"] / pd.Series(lengths, dtype=float)
    return found.assign(title=[each.title for each in documents], share=share, item=f"term:{term}")


@_kept
def called(selected: Selected, target: str, reference: str | None) -> pd.DataFrame:
    """What one side calls X and the other Y; no rows where articles are too few to tell."""
    return names.called(selected.reading.counts, selected.passages.index, target=target, reference=reference)


def set_aside() -> pd.DataFrame:
    """What of the corpus is not counted, and why."""
    return reading().counts.set_aside


@_kept
def layers(selected: Selected, documents: tuple[str, ...], wanted: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """What the readers found in some articles: layer -> the rows of its table."""
    return article_room.layers(selected, documents, wanted)


@_kept
def pair(selected: Selected, wanted: tuple[str, ...]) -> list[str]:
    """The articles to read side by side."""
    return pairing.pair(selected, wanted)


@_kept
def choices(selected: Selected, leader: str) -> dict[str, dict[str, str]]:
    """Side -> the articles to choose from, id -> label: the leader's side as it comes, others by how well they pair."""
    held = selected.documents.set_index("id")
    names = (held["outlet"] + ": " + held["title"].astype(str)).str.slice(0, LONGEST_LABEL)
    side = held.loc[leader, "side"]
    made = {side: names[held["side"] == side].head(CHOICES).to_dict() | {leader: names[leader]}}
    for row in pairing.partners(selected, leader, most=CHOICES).itertuples():
        alike = f" · {row.alike} alike" if row.alike else ""
        same = " · same day" if row.days == 0 else ""
        made.setdefault(row.side, {})[row.document] = f"{names[row.document]}{alike}{same}"
    return made


@_kept
def spellings(selected: Selected, every: bool = False, find: str = "") -> pd.DataFrame:
    """Names in more than one spelling (or every name), by side; the most mentioned that hold a text."""
    return spellings_room.spellings(selected, every=every, find=find, most=spellings_room.LISTED)


@_kept
def titles(selected: Selected) -> pd.DataFrame:
    """Words of office before names, by side."""
    return spellings_room.titles(selected)


def mentions(selection: Selection) -> pd.DataFrame:
    """Every mention of a name."""
    return _chosen(selection).mentions


@_kept
def topic_words(selected: Selected) -> pd.DataFrame:
    """Passages and words of each topic by side."""
    return topics.topic_words(selected.corpus, selected.passages)


@_kept
def evidence(selected: Selected, item: str) -> pd.DataFrame | None:
    """The passages behind an item; None where the selection has no such item."""
    try:
        return evidence_room.evidence(selected, item)
    except KeyError:
        return None


@_kept
def article(selected: Selected, document: str) -> pd.DataFrame:
    """All passages of an article, with their texts and whether the selection chose them."""
    return article_room.article(selected, document)


@kept
def vague_words() -> pd.DataFrame:
    """How vague words are read: Word, From, To; a multiplier stands before a scale word ("a few thousand")."""
    table = lexicon("vague")
    read = [(word, *ends) for word, ends in table["words"].items()]
    read += [(f"{word} …", *ends) for word, ends in table["multipliers"].items()]
    return pd.DataFrame([(word, f"{low:,}", f"{high:,}") for word, low, high in read], columns=["Word", "From", "To"])


@kept
def word_lists() -> dict[str, str]:
    """The lexicons the readers work with, as they stand in their files: name -> text."""
    files = sorted((ROOT / "analysis" / "lexicons").glob("*.t*"))
    return {file.stem.replace("_", " "): file.read_text(encoding="utf-8") for file in files}


def saved(table: pd.DataFrame, ending: str) -> bytes:
    """A table as a download: csv (no spreadsheet runs a text as a formula), json or parquet."""
    return export.to_bytes(table, ending)
