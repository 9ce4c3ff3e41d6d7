"""A server that several people share: its settings, who may do what, and what they keep."""
