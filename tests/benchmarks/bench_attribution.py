"""Articles of 800 words per CPU-second: the attribution reader against bare spaCy with all its components.

    python tests/benchmarks/bench_attribution.py [TEXTS.jsonl[.gz]]

Both run over the same texts, in turns, in one process on one core. Without a file the texts are the seeds, repeated
with their paragraphs shuffled. The last line is the ratio.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[2]))

import spacy

from analysis import language
from analysis.attribution import may_attribute, read_attributions

ARTICLE = 800
ROUNDS = 3
COPIES = 40


def texts(path: str | None) -> list[str]:
    if path is None:
        return shuffled((Path(__file__).parents[2] / "seeds").glob("*.txt"))
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def shuffled(files: Iterator[Path]) -> list[str]:
    shuffle = random.Random(7)
    found = []
    for file in files:
        paragraphs = file.read_text(encoding="utf-8").split("\n")
        for _ in range(COPIES):
            shuffle.shuffle(paragraphs)
            found.append("\n".join(paragraphs))
    return found


def bare(documents: list[str]) -> None:
    for _ in BARE.pipe(documents, batch_size=32):
        pass


def reader(documents: list[str]) -> None:
    (title,) = language.parse([""])
    for parsed in language.parse(documents, wanted=may_attribute):
        read_attributions(title, parsed)


def articles_a_second(run: Callable[[list[str]], None], documents: list[str]) -> float:
    words = sum(len(text.split()) for text in documents)
    start = time.process_time()
    run(documents)
    return words / ARTICLE / (time.process_time() - start)


if __name__ == "__main__":
    name = next(name for name in language.MODELS if spacy.util.is_package(name))
    BARE = spacy.load(name)
    documents = texts(sys.argv[1] if len(sys.argv) > 1 else None)
    for run in (bare, reader):
        run(documents[:2])
    rates: dict[str, list[float]] = {"bare": [], "reader": []}
    for _ in range(ROUNDS):
        rates["bare"].append(articles_a_second(bare, documents))
        rates["reader"].append(articles_a_second(reader, documents))
    for label, values in rates.items():
        print(f"{label:8s} {max(values):6.1f} articles of {ARTICLE} words per CPU-second")
    print(f"ratio    {max(rates['reader']) / max(rates['bare']):6.2f}")
