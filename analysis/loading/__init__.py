"""Reads a corpus from files, folders and archives."""

from analysis.loading.corpus_folder import import_corpus, load
from analysis.loading.importing import Imported, read_sources
from analysis.loading.report import ImportReport

__all__ = ["ImportReport", "Imported", "import_corpus", "load", "read_sources"]
