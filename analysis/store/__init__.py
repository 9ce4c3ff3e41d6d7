"""Keeps what was imported and read, so that nothing is read twice."""
