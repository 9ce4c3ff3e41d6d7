"""Keeps what was imported and read, so that nothing is read twice."""

from analysis.store.corpus_files import is_built, read_corpus, write_corpus

__all__ = ["is_built", "read_corpus", "write_corpus"]
