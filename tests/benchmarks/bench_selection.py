"""Server time of a change of the filters, for the calls each page makes: median, 95th percentile, worst.

    PYTHONPATH=. python tests/benchmarks/bench_selection.py [ARTICLES ...]

The articles are those of bench_import. Reading the sentences of 100,000 articles takes more than an hour, so READ of
them are read and all others get the records of one of these: as many rows, at offsets of another text. Coverage and
brief are asked for up to COVERED articles only. Every selection is made anew; nothing but the reading is kept.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
from bench_import import articles

from analysis import brief, coverage, ranking, topics, voices
from analysis.concordance import concordance
from analysis.corpus import Corpus
from analysis.loading import import_corpus, load
from analysis.reading import Reading, Selected
from analysis.selection import Selection
from analysis.sentences import Article, read_articles
from analysis.spellings import spellings, titles
from analysis.store.articles import BATCH, ArticleStore

READ = 64
COVERED = 200
ROUNDS = 3

GOALS = {1_000: 150, 37_000: 400, 100_000: 1000}
"""Articles -> milliseconds a page may take, 95th percentile."""

Call = Callable[[Selected], object]

EVERY_PAGE: tuple[Call, ...] = (
    lambda selected: selected.sizes,
    lambda selected: selected.documents,
    lambda selected: topics.topic_words(selected.corpus, selected.passages),
)
SOURCES = (voices.voices, voices.quoting, voices.stances, voices.camps, voices.source_types, voices.headlines,
           voices.chains, voices.concentration)  # fmt: skip
PAGES: dict[str, tuple[Call, ...]] = {
    "every page": EVERY_PAGE,
    "Words: terms": (lambda selected: ranking.ranked_terms(selected, *_sides(selected)),),
    "Words: names": (spellings, titles),
    "Words: lines": (lambda selected: concordance(selected.reading.counts, "drone", selected.passages.index),),
    "Sources": SOURCES,
    "Figures: ledger": (lambda selected: selected.ledger,),
    "Brief": (coverage.coverage, coverage.comparability, brief.findings),
}


def _sides(selected: Selected) -> tuple[str, str]:
    first, second, *_ = (side.id for side in selected.corpus.sides)
    return first, second


def selections(corpus: Corpus) -> Iterator[Selection]:
    """A change of each filter."""
    yield from (Selection(topics=(topic.id,)) for topic in corpus.topics[:3])
    yield from (Selection(outlets=(outlet, other)) for outlet, other in _pairs(corpus))
    yield from (Selection(since=date(2022, month, 1)) for month in (3, 7, 11))
    yield from (Selection(text=text) for text in ("drone", "Ceasefire in", "russian"))


def _pairs(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Outlets of both sides."""
    first, second = ([o for o in corpus.outlets if o.startswith(side.id)] for side in corpus.sides[:2])
    return zip(first[:3], second[:3], strict=False)


def made_readings(corpus: Corpus, store: ArticleStore) -> None:
    """Records for every article: of the first READ their own, of the others one of theirs."""
    first = [Article(document.title, document.text) for document in corpus.documents[:READ]]
    read = list(read_articles(first))
    keys = corpus.column("article").tolist()
    for start in range(0, len(keys), BATCH):
        store._put({key: read[(start + place) % READ] for place, key in enumerate(keys[start : start + BATCH])})


def main(number: int) -> None:
    """Build, open, measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        source, built, data = Path(folder, "a.jsonl"), Path(folder, "built"), Path(folder, "data")
        with source.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(article) + "\n" for article in articles(number))
        import_corpus([source], built, keep_copies=True)
        made_readings(load(built), ArticleStore(data))
        tables = Reading(load(built), data, read_all=False)
        tables.counts, tables.attributions, tables.figures, tables.index.holding("a")
        begin = time.perf_counter()
        reading = Reading(load(built), data, read_all=False)
        reading.counts, reading.attributions, reading.figures, reading.namings  # noqa: B018
        rows = len(reading.passages), len(reading.attributions), len(reading.figures)
        print(f"{number:,} articles, {rows[0]:,} passages, {rows[1]:,} attributions, {rows[2]:,} figures")
        print(f"  opened in {time.perf_counter() - begin:.1f} s, {_megabytes()} MB at most until now")
        for page, calls in PAGES.items():
            if page != "Brief" or number <= COVERED:
                measure(page, calls, reading, number)
        print(f"  {_megabytes()} MB at most", flush=True)


def measure(page: str, calls: tuple[Call, ...], reading: Reading, number: int) -> None:
    """Print what the calls take on a new selection."""
    wall, processor = [], []
    for _ in range(ROUNDS):
        for selection in selections(reading.corpus):
            begin, busy = time.perf_counter(), time.process_time()
            selected = Selected(reading, selection)
            for call in calls:
                call(selected)
            wall.append(1000 * (time.perf_counter() - begin))
            processor.append(1000 * (time.process_time() - busy))
    median, most, worst = (np.quantile(wall, share) for share in (0.5, 0.95, 1))
    goal = next((goal for size, goal in sorted(GOALS.items()) if number <= size), max(GOALS.values()))
    busy = np.quantile(processor, 0.95)
    print(f"  {page:16} p50 {median:6.0f} p95 {most:6.0f} worst {worst:6.0f} ms; of the processor p95 {busy:6.0f} ms"
          f" (goal {goal})", flush=True)  # fmt: skip


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


if __name__ == "__main__":
    for given in sys.argv[1:] or ["1000", "10000"]:
        main(int(given))
