"""Reads a corpus from a file or a folder."""

from analysis.loading.corpus_folder import load

__all__ = ["load"]
