"""Documents of 3 kB per second on one core: spaCy's parse alone, and the parse with the figure reader on it.

Run: OMP_NUM_THREADS=1 python tests/benchmarks/bench_figures.py
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from analysis.attribution import may_attribute, read_attributions
from analysis.figures import may_hold_figure, read_figures
from analysis.language import Parsed, parse

SEED = Path(__file__).parents[2] / "seeds" / "000_0881abacc9ad58af.txt"
SIZE = 3000
DOCUMENTS = 40
ROUNDS = 5


def documents() -> list[str]:
    """Cuts of the seed text of 3 kB each, each beginning at another line."""
    lines = SEED.read_text(encoding="utf-8").splitlines()
    return ["\n".join(lines[n % len(lines) :] + lines)[:SIZE] for n in range(DOCUMENTS)]


def _wanted(paragraph: str) -> bool:
    return may_attribute(paragraph) or may_hold_figure(paragraph)


def _parsed(texts: list[str]) -> list[Parsed]:
    return list(parse(texts, wanted=_wanted))


def main() -> None:
    """Print documents per second for both, paired in each round, and the figure reader's own share."""
    texts = documents()
    parsed = _parsed(texts)
    (empty,) = parse([""])
    alone, both, own = [], [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        parsed = _parsed(texts)
        middle = time.perf_counter()
        said = [read_attributions(empty, text) for text in parsed]
        read = time.perf_counter()
        found = [read_figures(empty, text, one) for text, one in zip(parsed, said, strict=True)]
        end = time.perf_counter()
        alone.append(len(texts) / (middle - start))
        own.append((end - read) / len(texts) * 1000)
        both.append(len(texts) / (middle - start + end - read))
    print(f"parse alone {statistics.median(alone):.1f} documents/s; with figures {statistics.median(both):.1f}")
    print(f"figure reader alone {statistics.median(own):.1f} ms a document of {SIZE} characters")
    print(f"{sum(map(len, found))} figures in {len(texts)} documents")


if __name__ == "__main__":
    main()
