"""Time and memory of counting and contrasting terms, paired with scikit-learn and, where installed, Scattertext.

    PYTHONPATH=. python tests/benchmarks/bench_terms.py [documents]

Texts are made up (see made_news). "Cold" is everything from the two tables to the ranked table of words and
bigrams with intervals; "again" is another selection on the counted corpus.
"""

from __future__ import annotations

import importlib.util
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
from made_news import made_news

DOCUMENTS = 10_000

IMPORT = "import time; t = time.perf_counter(); import analysis.terms; print(time.perf_counter() - t)"


def main(documents: int) -> None:
    tables = made_news(documents, seed=1)
    size = tables[0]["text"].str.len().sum() / 1e6
    print(f"{documents:,} documents, {size:.1f} MB, {len(tables[1]):,} passages")
    shown = subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, text=True, check=True).stdout
    print(f"{'import analysis.terms':<44}{float(shown):8.2f} s")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    timed("Parallax, cold", lambda: contrast(tables))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{'  memory, of which the texts and Python':<44}{after:8.2f} GB {before:6.2f} GB")
    selections(tables)
    timed("CountVectorizer (1, 2), counts only", lambda: count_vectorizer(tables[0], 1))
    timed("CountVectorizer (1, 2), min_df=5", lambda: count_vectorizer(tables[0], 5))
    if importlib.util.find_spec("scattertext") and documents <= DOCUMENTS:
        timed("Scattertext, words and bigrams, F-scores", lambda: scattertext(tables[0]))
    else:
        print("Scattertext is not installed or would not fit")


def timed(name: str, run: Callable[[], object]) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    print(f"{name:<44}{time.perf_counter() - wall:8.2f} s wall {time.process_time() - cpu:8.2f} s CPU", flush=True)


def contrast(tables: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    from analysis.terms import count_terms, keyness

    return keyness(count_terms(*tables), target="side0", top=50)


def selections(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    from analysis.terms import count_terms, keyness

    counts = count_terms(*tables)
    keyness(counts, target="side0", top=50)
    third = np.flatnonzero(np.arange(len(tables[1])) % 3 == 0)
    for measure in ("tfidf", "log_odds", "share"):
        for name, rows in (("all passages", None), ("a third of them", third)):
            again = partial(keyness, counts, rows, target="side0", measure=measure, top=50)
            timed(f"again, {name}, {measure}", again)


def count_vectorizer(documents: pd.DataFrame, least: int) -> object:
    from sklearn.feature_extraction.text import CountVectorizer

    return CountVectorizer(ngram_range=(1, 2), min_df=least).fit_transform(documents["text"])


def scattertext(documents: pd.DataFrame) -> object:
    from scattertext import CorpusFromPandas, whitespace_nlp_with_sentences

    corpus = CorpusFromPandas(
        documents, category_col="side", text_col="text", nlp=whitespace_nlp_with_sentences
    ).build()
    return corpus.get_scaled_f_scores("side0")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS)
