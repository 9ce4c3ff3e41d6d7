"""Size, seconds and processor time of the evidence pack of a corpus that is read: `bench_pack.py [CORPUS ...]`."""

from __future__ import annotations

import sys
import time

from analysis.loading import load
from analysis.reading import Reading, Selected
from analysis.selection import Selection
from analysis.store.place import data_folder
from dashboard import pack


def main(corpora: list[str]) -> None:
    """Make the pack of each corpus and print what it took."""
    print(f"{'articles':>8} {'MB':>6} {'seconds':>8} {'processor':>10}  {'corpus'}")
    for name in corpora:
        selected = Selected(Reading(load(name), data_folder()), Selection())
        selected.reading.counts, selected.ledger, selected.attributions, selected.mentions  # noqa: B018 - read before
        began, worked = time.perf_counter(), time.process_time()
        size = len(pack.make(selected)) / 1e6
        spent, used = time.perf_counter() - began, time.process_time() - worked
        print(f"{len(selected.corpus.documents):8,} {size:6.2f} {spent:8.1f} {used:10.1f}  {name}")


if __name__ == "__main__":
    main(sys.argv[1:] or ["seeds"])
