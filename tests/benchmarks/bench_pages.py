"""Processor time of each page on selections nobody asked for before, by what the page asks of `dashboard.cached`.

    PYTHONPATH=. python tests/benchmarks/bench_pages.py [CORPUS ...]

CORPUS is one that `python -m analysis read` has read, below PARALLAX_DATA; without one a thousand made articles are
imported and read. Each page runs whole (AppTest) on CHANGES random selections after one of everything. What several
functions share (the ledger, say) is in the time of the first that asks for it; what a function asks of another is not
counted twice.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import wraps
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from analysis.__main__ import main as command
from analysis.corpus import Corpus
from dashboard import cached
from tests.benchmarks.made_events import articles

ROOT = Path(__file__).parent.parent.parent
PAGES = tuple(os.environ.get("PAGES", "brief figures sources words names read method").split())
CHANGES = int(os.environ.get("CHANGES", "20"))
MADE = 1000

GOALS = {1_000: 150, 37_000: 400, 100_000: 1000}
"""Articles -> milliseconds a page may take, 95th percentile."""

SHOWN = 8
"""Functions of a page that are printed, the dearest."""

used: dict[str, float] = defaultdict(float)
"""Function of `cached` -> processor seconds of this run, without those it asked others for."""

_inner = [0.0]


def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, noting its processor time in `used`."""

    @wraps(function)
    def call(*given: Any, **options: Any) -> Any:
        began = time.process_time()
        _inner.append(0.0)
        try:
            return function(*given, **options)
        finally:
            taken, others = time.process_time() - began, _inner.pop()
            used[name] += taken - others
            _inner[-1] += taken

    return call


def selections(corpus: Corpus, seed: int) -> Iterator[dict[str, Any]]:
    """Random filters, as the session holds them: topics, outlets, days, or all three."""
    chance = random.Random(seed)
    first, last = corpus.days[0], corpus.days[-1]
    while True:
        since = first + timedelta(chance.randrange(max((last - first).days // 2, 1)))
        until = since + timedelta(chance.randrange((last - since).days + 1))
        filters = {
            "topic": chance.sample([topic.id for topic in corpus.topics], 1 + chance.randrange(2)),
            "outlet": chance.sample(list(corpus.outlets), min(2 + chance.randrange(6), len(corpus.outlets))),
            "since": since,
            "until": until,
        }
        names = chance.choice((["topic"], ["outlet"], ["since", "until"], list(filters)))
        yield {name: filters[name] if name in names else None if name in ("since", "until") else [] for name in filters}


def opened(page: str) -> AppTest:
    """A session that has seen the page once, without filters."""
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=600).run()
    if page == "names":
        app.session_state["view"] = "names"
        page = "words"
    return app if page == "brief" else app.switch_page(f"dashboard/pages/{page}.py").run()


def measure(page: str, corpus: Corpus, goal: int) -> None:
    """Run a page on new selections and print what it took."""
    app, totals, parts = opened(page), [], defaultdict(list)
    for number, chosen in zip(range(CHANGES), selections(corpus, 100 + PAGES.index(page)), strict=False):
        for name, value in chosen.items():
            app.session_state[name] = value
        used.clear()
        began = time.process_time()
        app.run()
        totals.append(1000 * (time.process_time() - began))
        assert not app.exception, app.exception
        for name, seconds in used.items():
            parts[name] += [0.0] * (number - len(parts[name])) + [1000 * seconds]
    told = f"p50 {np.quantile(totals, 0.5):6.0f}  p95 {np.quantile(totals, 0.95):6.0f} ms"
    print(f"  {page:8} {told}  (goal {goal})", flush=True)
    highs = {name: np.quantile(values + [0.0] * (CHANGES - len(values)), (0.5, 0.95)) for name, values in parts.items()}
    for name, (half, high) in sorted(highs.items(), key=lambda one: -one[1][1])[:SHOWN]:
        if high >= 1:
            print(f"           {name:18} p50 {half:6.0f}  p95 {high:6.0f} ms")


def main(folder: str) -> None:
    """Open a corpus, measure every page and print."""
    os.environ["PARALLAX_CORPUS"] = folder
    began = time.process_time()
    AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=600).run()
    corpus = cached.corpus()
    size = len(corpus.documents)
    goal = next((goal for articles, goal in GOALS.items() if size <= articles), max(GOALS.values()))
    print(f"{size:,} articles, opened in {time.process_time() - began:.1f} s of the processor, {_megabytes()} MB")
    for page in PAGES:
        measure(page, corpus, goal)
    print(f"  {_megabytes()} MB, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB at most", flush=True)


def _megabytes() -> int:
    return int(Path("/proc/self/smaps_rollup").read_text().partition("Rss:")[2].split()[0]) >> 10


def made(folder: Path) -> str:
    """MADE articles, imported and read."""
    os.environ["PARALLAX_DATA"] = str(folder / "data")
    with (folder / "made.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(article) + "\n" for article in articles(MADE))
    built = str(folder / "built")
    assert CliRunner().invoke(command, ["import", str(folder / "made.jsonl"), "-o", built]).exit_code == 0
    assert CliRunner().invoke(command, ["read", built]).exit_code == 0
    return built


if __name__ == "__main__":
    for name, function in list(vars(cached).items()):
        if isinstance(function, FunctionType) and function.__module__ != "streamlit" and not name.startswith("_"):
            setattr(cached, name, timed(name, function))
    with tempfile.TemporaryDirectory() as temporary:
        for given in sys.argv[1:] or [made(Path(temporary))]:
            main(given)
