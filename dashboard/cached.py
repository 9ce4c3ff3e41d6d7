"""The one door to `analysis`: its functions under the same names, asked with what the reader chose.

A result is kept as long as the selection it was made of, see `chosen`: a view asked for twice is computed once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
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
from dashboard.chosen import chosen, let_go, numbers, of_selection
from dashboard.chosen import reading as reading
from dashboard.chosen import version as version
from dashboard.kept import kept
from dashboard.shown import OPEN_CORPORA, opened
from dashboard.shown import choose as choose
from dashboard.shown import import_report as import_report
from dashboard.shown import settle as settle
from dashboard.shown import warm as warm
from dashboard.team import corrections

ROOT = Path(__file__).parent.parent
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
        let_go()
    return now.version


def part() -> str:
    """Of how many articles attributions and figures are shown, while that is not all of them."""
    if opened().is_complete:
        return ""
    done, total = reading().progress
    return f"{done:,} of {total:,} articles"


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
    return _offered(*numbers())


@st.cache_data(max_entries=OPEN_CORPORA, show_spinner=False)
def _offered(version: str, _reading: Reading) -> dict[str, list[str]]:
    return corrections_room.offered(_reading)


def corpus() -> Corpus:
    """The corpus."""
    return opened().reading.corpus


def pack(selection: Selection, link: str, pages: Sequence[str], watch: Callable[[float, str], None]) -> bytes:
    """The evidence pack of a selection with the options of a link, see `pack.make`."""
    from dashboard.pack import make  # with what no page needs

    return make(chosen(selection), link, pages, watch)


def sizes(selection: Selection) -> pd.DataFrame:
    """Documents, outlets, passages and words of each side."""
    return chosen(selection).sizes


def passages(selection: Selection) -> pd.DataFrame:
    """The chosen passages."""
    return chosen(selection).passages


def has_passage(passage: str) -> bool:
    """Whether the corpus has a passage of that id."""
    return bool((reading().passages["id"] == passage).any())


def documents(selection: Selection) -> pd.DataFrame:
    """The documents with a chosen passage."""
    return chosen(selection).documents


def figures(selection: Selection) -> pd.DataFrame:
    """The chosen figures."""
    return chosen(selection).figures


def attributions(selection: Selection) -> pd.DataFrame:
    """The chosen attributions."""
    return chosen(selection).attributions


def ledger(selection: Selection) -> claims.Ledger:
    """The chosen figures aligned over the sides."""
    return chosen(selection).ledger


@of_selection
def coverage(selected: Selected, **options: Any) -> pd.DataFrame:
    """What one side has and another lacks."""
    return coverage_room.coverage(selected, **options)


@of_selection
def listed(selected: Selected, **options: Any) -> pd.DataFrame:
    """How much of each kind each side has and another lacks."""
    return coverage_room.listed(selected, **options)


@of_selection
def aligned(selected: Selected, documents: tuple[str, ...] | None = None) -> pd.DataFrame:
    """The passage of each other side most like each chosen passage, of these documents or of all."""
    return coverage_room.aligned(selected, documents)


@of_selection
def comparability(selected: Selected) -> dict[str, Any]:
    """How far the sides' texts are comparable."""
    return coverage_room.comparability(selected)


@of_selection
def findings(selected: Selected) -> pd.DataFrame:
    """The findings of the selection, ranked."""
    return selected.once(brief.ranked)


@of_selection
def changes(selected: Selected) -> pd.DataFrame:
    """What the filters change against the whole corpus."""
    return brief.changes(selected, chosen(Selection()))


@of_selection
def voices(selected: Selected) -> pd.DataFrame:
    """Who is cited, by side."""
    return selected.once(voices_room.voices)


@of_selection
def quoting(selected: Selected) -> pd.DataFrame:
    """Passages by the fullest way anyone is quoted in them."""
    return voices_room.quoting(selected)


@of_selection
def verbs(selected: Selected) -> pd.DataFrame:
    """Reporting verbs by side and camp of the source."""
    return voices_room.verbs(selected)


@of_selection
def stances(selected: Selected) -> pd.DataFrame:
    """Stances of the reporting verbs by side and camp of the source."""
    return voices_room.stances(selected)


@of_selection
def camps(selected: Selected) -> pd.DataFrame:
    """Attributions by camp of the source."""
    return voices_room.camps(selected)


@of_selection
def source_types(selected: Selected) -> pd.DataFrame:
    """Attributions by type of the source."""
    return voices_room.source_types(selected)


@of_selection
def headlines(selected: Selected) -> pd.DataFrame:
    """Who speaks in the headlines."""
    return voices_room.headlines(selected)


@of_selection
def chains(selected: Selected) -> pd.DataFrame:
    """Reports within reports."""
    return voices_room.chains(selected)


@of_selection
def concentration(selected: Selected) -> pd.DataFrame:
    """How few voices hold a side's attributions."""
    return voices_room.concentration(selected)


@of_selection
def keyness(selected: Selected, target: str, reference: str | None, **options: Any) -> pd.DataFrame:
    """The terms that mark the target against the reference."""
    return ranking.ranked_terms(selected, target, reference, **options)


@of_selection
def shuffled_sides(selected: Selected, target: str, reference: str | None, ngrams: tuple[int, ...]) -> pd.DataFrame:
    """What the page would list with the articles dealt to the sides at random."""
    return ranking.dealt_at_random(selected, target, reference, ngrams=ngrams)


@of_selection
def concordance(selected: Selected, term: str, order: str) -> pd.DataFrame:
    """The lines of a term, at most LINES a side; `of` says how many the side has."""
    lines = concordance_room.concordance(selected.reading.counts, term, selected.passages.index, order=order)
    lines["of"] = lines.groupby("side")["side"].transform("size")
    return lines.groupby("side", sort=False).head(LINES).reset_index(drop=True)


@of_selection
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


@of_selection
def called(selected: Selected, target: str, reference: str | None) -> pd.DataFrame:
    """What one side calls X and the other Y; no rows where articles are too few to tell."""
    return names.called(selected.reading.counts, selected.passages.index, target=target, reference=reference)


def set_aside() -> pd.DataFrame:
    """What of the corpus is not counted, and why."""
    return reading().counts.set_aside


@of_selection
def layers(selected: Selected, documents: tuple[str, ...], wanted: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """What the readers found in some articles: layer -> the rows of its table."""
    return article_room.layers(selected, documents, wanted)


@of_selection
def pair(selected: Selected, wanted: tuple[str, ...]) -> list[str]:
    """The articles to read side by side."""
    return pairing.pair(selected, wanted)


@of_selection
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


@of_selection
def spellings(selected: Selected, every: bool = False, house_style: bool = True, find: str = "") -> pd.DataFrame:
    """Names in more than one spelling (or every name), by side; the most mentioned that hold a text."""
    most = spellings_room.LISTED
    return spellings_room.spellings(selected, every=every, house_style=house_style, find=find, most=most)


@of_selection
def titles(selected: Selected) -> pd.DataFrame:
    """Words of office before names, by side."""
    return spellings_room.titles(selected)


def mentions(selection: Selection) -> pd.DataFrame:
    """Every mention of a name."""
    return chosen(selection).mentions


@of_selection
def topic_words(selected: Selected) -> pd.DataFrame:
    """Passages and words of each topic by side."""
    return topics.topic_words(selected.corpus, selected.passages)


@of_selection
def evidence(selected: Selected, item: str) -> pd.DataFrame | None:
    """The passages behind an item; None where the selection has no such item."""
    try:
        return evidence_room.evidence(selected, item)
    except KeyError:
        return None


@of_selection
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
