"""The six pages, each one: read the selection, ask for tables, draw them."""
