"""One way in for every corpus: sources to documents, with a report of all that happened on the way."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from analysis.corpus import SIDE_COLORS, Corpus, CorpusError, Document, Side, Topic, slug
from analysis.loading.clippings import read_clippings
from analysis.loading.documents import Article, Choices, table_articles, warn_of_days, with_ids
from analysis.loading.duplicates import find_copies
from analysis.loading.json_records import read_json, read_json_lines
from analysis.loading.languages import ENGLISH
from analysis.loading.pages import read_feed, read_page
from analysis.loading.plain_text import read_text
from analysis.loading.report import ImportReport, listed
from analysis.loading.sources import Source, Table, open_sources
from analysis.loading.tables import read_delimited, read_parquet, read_workbook

Reader = Callable[[Source, ImportReport], list[Table]]
READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".tab": read_delimited,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".parquet": read_parquet,
    ".xlsx": read_workbook,
    ".xls": read_workbook,
    ".ods": read_workbook,
    ".rss": read_feed,
    ".atom": read_feed,
    ".xml": read_feed,
    ".html": read_page,
    ".htm": read_page,
    ".docx": read_clippings,
    ".rtf": read_clippings,
}

MOST_NAMED_SIDES = 12
"""More beginnings of file names than this name articles, not sides."""

FEW_WORDS = 20
"""A text of fewer words is compared with its title, so that stubs of one wording are not taken for copies."""

MANY_TITLES = 3
UNEQUAL = 2.0
"""Ratio of the sides' median lengths from which only rates should be compared."""

COLOR = re.compile(r"#[0-9a-fA-F]{6}")

LOPSIDED = 5.0
OWNED = 0.5
"""Share of a side's text from which one article owns the side."""


@dataclass(frozen=True)
class Copied:
    """An article that repeats another one of its side and is counted with it."""

    document: Document
    of: str


@dataclass(frozen=True)
class Imported:
    """A corpus and how it came about.

    Attributes:
        corpus: the articles that count.
        report: what was read, mapped, dropped and why.
        copies: articles grouped with one that counts.
        originals: document id -> its text as it came, where cleaning changed it.
    """

    corpus: Corpus
    report: ImportReport
    copies: tuple[Copied, ...]
    originals: Mapping[str, str]


def read_sources(
    paths: Iterable[str | Path],
    *,
    side_map: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    settings: Mapping[str, Any] | None = None,
    clean: bool = True,
    keep_copies: bool = False,
    today: date | None = None,
    most_rows: int | None = None,
    most_articles: int | None = None,
) -> Imported:
    """Read files, folders and archives into one corpus.

    Args:
        paths: what to read; inside folders and archives, files of other kinds are passed over and reported.
        side_map: outlet -> side, for rows whose side no column tells.
        columns: our field -> the table's column, where names do not tell.
        settings: `title`, `sides`, `outlets`, `date`, `origin`, `notes` of a `corpus.toml`.
        clean: take entities, invisible and control characters out; off, titles and texts stay verbatim
            (HTML is always turned into text).
        keep_copies: count copies as articles of their own.
        today: later days (of all time zones) are taken for faults; by default the day it is.
        most_rows: rows above which nothing is read.
        most_articles: articles above which they are no corpus.

    Raises:
        CorpusError: a source cannot be read, nothing in the sources is an article, or they hold too many.
    """
    report, settings, sources = ImportReport(), settings or {}, [Path(path) for path in paths]
    named = side_map or settings.get("outlets", {})
    choices = Choices(
        {slug(str(outlet)): str(side) for outlet, side in named.items()},
        columns or {},
        clean,
        (today or date.today()) + timedelta(days=1),
        settings.get("date"),
    )
    tables = read_tables(sources, report)
    _refuse_more("rows", sum(len(table.rows) for table in tables), most_rows)
    articles = [article for table in tables for article in table_articles(table, choices, report)]
    articles = with_ids(_outlets_spelt_once(articles, report), report)
    if not articles:
        faults = {**report.dropped, **report.changed}
        lost = listed(f"{tally.count} x {reason}" for reason, tally in faults.items())
        raise CorpusError(f"{sources[0].name}: it holds no article" + (f" ({lost})." if lost else "."))
    _refuse_more("articles", len(articles), most_articles)
    kept, copies = (articles, ()) if keep_copies else _counted_once(articles, report)
    warn_of_days(report)
    corpus = _corpus(kept, settings, bare_name(sources[0]), report)
    _describe(corpus, report)
    originals = {article.document.id: article.original for article in kept if article.original is not None}
    return Imported(corpus, report, copies, originals)


def _outlets_spelt_once(articles: Sequence[Article], report: ImportReport) -> list[Article]:
    """The articles with each outlet as most of its rows print it: "NYT" and "nyt" are one."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        spellings[slug(article.document.outlet)][article.document.outlet] += 1
    usual = {outlet: counted.most_common(1)[0][0] for outlet, counted in spellings.items()}
    made = []
    for article in articles:
        spelt = usual[slug(article.document.outlet)]
        if spelt != article.document.outlet:
            report.change(f"outlet spelt as in most rows ({spelt})", article.where)
            article = replace(article, document=replace(article.document, outlet=spelt))
        made.append(article)
    return made


def _refuse_more(what: str, count: int, most: int | None) -> None:
    if most is not None and count > most:
        raise CorpusError(f"There are {count:,} {what}, and at most {most:,} are taken. Import a part of them.")


def read_tables(paths: Sequence[Path], report: ImportReport) -> list[Table]:
    """The tables of all sources, each with the name its side would go by."""
    found: list[tuple[Source, list[Table]]] = []
    for source in open_sources(paths, tuple(READERS), report):
        found.append((source, READERS[source.kind](source, report)))
    folders = _side_folders([source for source, _ in found])
    texts = [table for _, tables in found for table in tables if "path" in (table.rows or [{}])[0]]
    _name_by_beginnings(texts, bare_name(paths[0]))
    if texts:
        report.files.append(f"{len(texts)} text files, an article each")
    for source, tables in found:
        for table in tables:
            table.side = folders.get(source.name, table.side)
    return [table for _, tables in found for table in tables]


def bare_name(path: Path) -> str:
    """A file's or folder's name without its endings."""
    return Path(path.name.removesuffix(".gz")).stem or path.resolve().name


def _side_folders(sources: Sequence[Source]) -> dict[str, str]:
    """Source -> the folder that sets it apart from the others: the first level with several names."""
    deepest = max((len(source.folders) for source in sources), default=0)
    for level in range(deepest):
        names = {source.name: source.folders[level] for source in sources if len(source.folders) > level}
        worded = {name for name in names.values() if any(map(str.isalpha, name))}
        if 1 < len(worded) <= MOST_NAMED_SIDES:
            return {source: name for source, name in names.items() if name in worded}
    return {}


def _name_by_beginnings(texts: Sequence[Table], folder: str) -> None:
    """Name the sides of single text files by the first word of their names, if few of them differ."""
    beginnings = [_beginning(table.side) for table in texts]
    several = len(set(beginnings)) <= MOST_NAMED_SIDES and all(beginnings)
    for table, beginning in zip(texts, beginnings, strict=True):
        table.side = beginning if several else folder


def _beginning(stem: str) -> str:
    word = next((part for part in stem.replace("-", "_").replace(" ", "_").split("_") if part.strip("0123456789.")), "")
    return word.rstrip("0123456789.")


def _counted_once(articles: Sequence[Article], report: ImportReport) -> tuple[list[Article], tuple[Copied, ...]]:
    """The articles that stand for themselves, and the copies of them on the same side."""
    documents = [article.document for article in articles]
    texts = [
        document.text if _is_long(document.text) else f"{document.title}\n{document.text}" for document in documents
    ]
    found = find_copies(texts, [document.side for document in documents])
    kept, copies = [], []
    for article, copy in zip(articles, found, strict=True):
        if copy is None:
            kept.append(article)
            continue
        kind = "the same words" if copy.same else "nearly the same words"
        original = documents[copy.of]
        report.copy(kind, f"{article.where} repeats {original.id}")
        copies.append(Copied(article.document, original.id))
    _warn_of_bodies(documents, found, report)
    _warn_of_shared(documents, report)
    return kept, tuple(copies)


def _is_long(text: str) -> bool:
    return len(text.split(maxsplit=FEW_WORDS)) > FEW_WORDS


def _warn_of_bodies(documents: Sequence[Document], found: Sequence[Any], report: ImportReport) -> None:
    """One text under many titles is what a scraper puts where it found no article."""
    titles: dict[int, set[str]] = {}
    for document, copy in zip(documents, found, strict=True):
        if copy is not None and copy.same:
            titles.setdefault(copy.of, {documents[copy.of].title}).add(document.title)
    for place, names in titles.items():
        if len(names) >= MANY_TITLES:
            report.warn(
                f"One text stands under {len(names)} titles (article {documents[place].id}): "
                f"{listed(sorted(names), 3)}."
            )


def _warn_of_shared(documents: Sequence[Document], report: ImportReport) -> None:
    """Texts on several sides stay: that both printed them is a result, but not two voices."""
    sides: dict[str, set[str]] = {}
    for document in documents:
        sides.setdefault(document.text, set()).add(document.side)
    shared = sum(len(names) > 1 for names in sides.values())
    if shared:
        report.warn(f"{shared} texts stand on more than one side; they are counted on each.")


def _corpus(articles: Sequence[Article], settings: Mapping[str, Any], name: str, report: ImportReport) -> Corpus:
    documents = tuple(article.document for article in articles)
    topics = sorted({topic for document in documents for topic in document.topics})
    return Corpus(
        title=str(settings.get("title", name)),
        sides=_sides(articles, settings, report),
        documents=documents,
        topics=tuple({slug(topic): Topic(slug(topic), topic, ()) for topic in topics}.values()),
        origin=str(settings.get("origin", "")),
        notes=tuple(map(str, settings.get("notes", ()))),
    )


def _sides(articles: Sequence[Article], settings: Mapping[str, Any], report: ImportReport) -> tuple[Side, ...]:
    """The sides the settings name, in their order, then those only the documents know."""
    present = {article.document.side: article.side for article in reversed(articles)}
    named = {slug(str(side["id"])): side for side in settings.get("sides", ())}
    first = dict.fromkeys(article.document.side for article in articles)
    order = [side for side in named if side in present] + [side for side in first if side not in named]
    sides = []
    for number, side in enumerate(order):
        given = named.get(side, {})
        label, color = str(given.get("label") or present[side]), SIDE_COLORS[number % len(SIDE_COLORS)]
        wanted = str(given.get("color", color))
        if not COLOR.fullmatch(wanted):
            report.warn(f"The color {wanted[:20]!r} of the side {label} is not of the form {color}, which is used.")
            wanted = color
        sides.append(Side(side, label, wanted))
    return tuple(sides)


def _describe(corpus: Corpus, report: ImportReport) -> None:
    """Fill in what the report says of the articles kept."""
    report.kept = len(corpus.documents)
    report.languages = dict(Counter(document.language for document in corpus.documents).most_common())
    others = sum(count for language, count in report.languages.items() if language != ENGLISH)
    if others:
        report.warn(f"{others} articles are not in English: they get words and names, but no attributions and figures.")
    for side in corpus.sides:
        own = [document for document in corpus.documents if document.side == side.id]
        lengths = [len(document.text) for document in own]
        report.sides.append((side.label, len(own), len({slug(d.outlet) for d in own}), int(median(lengths))))


def compare_sides(report: ImportReport, corpus: Corpus) -> None:
    """Warn of what makes the sides hard to compare: one side only, one outlet, unequal numbers and lengths."""
    sides = report.sides
    if len(sides) == 1:
        outlets = listed(dict.fromkeys(document.outlet for document in corpus.documents))
        report.warn(
            f"All articles are on one side ({sides[0][0]}), so there is nothing to contrast. "
            f"Name the sides of the outlets ({outlets}): with --side-map, or in the form of the upload."
        )
    for label, articles, outlets_of_side, _ in sides:
        if outlets_of_side == 1 and articles > 1:
            report.warn(f"The side {label} is one outlet.")
    counts, lengths = [side[1] for side in sides], [max(side[3], 1) for side in sides]
    if max(counts) > LOPSIDED * min(counts):
        report.warn(f"The sides have {listed(counts)} articles: compare rates, not counts.")
    if max(lengths) > UNEQUAL * min(lengths):
        report.warn(f"The sides' median lengths differ ({listed(lengths)} characters): compare rates, not counts.")
    for side in corpus.sides:
        own = [len(document.text) for document in corpus.documents if document.side == side.id]
        if len(own) > 2 and max(own) > OWNED * sum(own):
            report.warn(f"One article holds {max(own) / sum(own):.0%} of the text of the side {side.label}.")
