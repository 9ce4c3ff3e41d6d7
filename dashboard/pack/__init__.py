"""The evidence pack: one HTML file that holds a view, or all pages, with everything needed to check it.

It opens offline, prints, and reads without JavaScript: a chart's numbers stand in the table beside it. The same
corpus, selection and versions give the same bytes. Its security policy lets no script run but its own two.
"""

from dashboard.pack.document import make
from dashboard.pack.pages import PAGES

__all__ = ["PAGES", "make"]
