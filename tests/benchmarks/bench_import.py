"""Import, opening and filters of a large corpus, beside a plain pandas script.

    python tests/benchmarks/bench_import.py [ARTICLES]

The articles are resampled from the seeds' sentences, some words exchanged, so that no two are alike. Every stage
runs in a process of its own; its wall-clock and processor time and its peak memory are printed. The plain script
reads the same file with pandas, drops exact repeats and counts words with scikit-learn: less than an import does.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
WORDS = 380
"""Words of an article: 100,000 of them are 290 MB."""

PLAIN = """
import pandas as pd
from sklearn.feature_extraction.text import CountVectorizer
table = pd.read_json(source, lines=True).drop_duplicates("text")
CountVectorizer(min_df=2).fit_transform(table["text"])
"""

IMPORT = """
from pathlib import Path
from analysis.loading import import_corpus
import_corpus([source], Path(built))
"""

OPEN = """
from pathlib import Path
from analysis.loading import load
from analysis.reading import Reading, Selected
from analysis.selection import Selection
reading = Reading(load(built), Path(data), read_all=False)
Selected(reading, Selection()).sizes
"""

COUNT = OPEN + "reading.counts\n"

FILTER = (
    OPEN
    + """
import statistics
from datetime import date
from time import perf_counter
topic = reading.corpus.topics[0].id if reading.corpus.topics else "no-topic"
outlet = next(iter(reading.corpus.outlets))
for kind, fields in {
    "topic": {"topics": (topic,)}, "outlet": {"outlets": (outlet,)},
    "date": {"since": date(2022, 6, 1)}, "text": {"text": "drone"},
}.items():
    times = []
    for _ in range(5):
        start = perf_counter()
        selected = Selected(reading, Selection(**fields))
        selected.passages, selected.sizes, selected.documents
        times.append(perf_counter() - start)
    print(f"  filter by {kind:25} median {statistics.median(times) * 1000:7.0f} ms, worst {max(times) * 1000:7.0f} ms")
"""
)


def articles(number: int, seed: int = 7) -> Iterator[dict[str, str]]:
    """Made articles of two sides with six outlets each, over a year."""
    random_ = random.Random(seed)
    text = "\n".join(file.read_text("utf-8") for file in sorted((ROOT / "seeds").glob("*.txt")))
    sentences = [part.split() for part in re.split(r"(?<=[.!?])\s+|\n", text) if len(part) > 40]
    words = [word for sentence in sentences for word in sentence]

    def sentence() -> str:
        made = list(random_.choice(sentences))
        for _ in range(max(len(made) // 6, 1)):
            filler = f"w{int(60_000 * random_.random() ** 3)}"
            made[random_.randrange(len(made))] = random_.choice(words) if random_.random() < 0.6 else filler
        return " ".join(made)

    for place in range(number):
        side = random_.choice(("north", "south"))
        size = int(WORDS * random_.uniform(0.3, 1.8)) // 22
        yield {
            "id": f"d{place}",
            "side": side,
            "outlet": f"{side} paper {random_.randrange(6)}",
            "date": f"2022-{random_.randint(1, 12):02}-{random_.randint(1, 28):02}",
            "title": sentence()[:90],
            "text": "\n\n".join(f"{sentence()} {sentence()}" for _ in range(max(size // 2, 1))),
        }


def measured(name: str, code: str, **paths: Path) -> None:
    """Run code in a process of its own and print what it took."""
    given = "".join(f"{key} = {str(path)!r}\n" for key, path in paths.items())
    footer = (
        "import resource\nused = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(f'{used.ru_utime + used.ru_stime:.1f} s of processor, {used.ru_maxrss >> 10} MB')"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    start = time.perf_counter()
    command = [sys.executable, "-c", given + code + "\n" + footer]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    *lines, cost = done.stdout.splitlines()
    print(f"{name:36} {time.perf_counter() - start:7.1f} s, {cost}", *lines, sep="\n", flush=True)


def main() -> None:
    """Run and print."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        source, built, data = Path(folder, "a.jsonl"), Path(folder, "built"), Path(folder, "data")
        with source.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(article) + "\n" for article in articles(number))
        print(f"{number} articles, {source.stat().st_size >> 20} MB")
        measured("plain pandas and scikit-learn", PLAIN, source=source)
        measured("import", IMPORT, source=source, built=built)
        measured("first opening: passages are cut", OPEN, built=built, data=data)
        measured("opening", OPEN, built=built, data=data)
        measured("opening and counting words", COUNT, built=built, data=data)
        measured("filters", FILTER, built=built, data=data)


if __name__ == "__main__":
    main()
