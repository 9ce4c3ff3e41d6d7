"""The claim ledger: figures aligned over the sides, agreement, conflict and silence, contrasts inside a side."""

from analysis.claims.ledger import FIGURE_COLUMNS, Ledger, ledger, ledger_of
from analysis.claims.tellings import Tellings, tellings

__all__ = ["FIGURE_COLUMNS", "Ledger", "Tellings", "ledger", "ledger_of", "tellings"]
