"""Reads a corpus from files, folders and archives."""

from analysis.loading.corpus_folder import load
from analysis.loading.importing import Imported, read_sources
from analysis.loading.report import ImportReport

__all__ = ["ImportReport", "Imported", "load", "read_sources"]
