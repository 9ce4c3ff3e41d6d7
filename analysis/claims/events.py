"""Which documents of different sides may tell of the same event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from analysis.claims.counted import Counted
from analysis.figures.countries import NATIONWIDE, country_of

SHARED_NAMES = 2
"""Names two documents must share, beside the date, to be taken for one event in a corpus of many documents."""

SHARED_BY_FEW = 1
"""Names two of a few documents must share."""

COMMON = 0.5
"""Names in more than this share of the documents tell no events apart."""

SAME_DAYS = 1
"""What is reported of a named place a day apart is taken for one event."""

FEW = 8
"""Up to so many documents are few: no name is taken to be common, and one shared name is enough."""


class Events:
    """Tells pairs of documents that may report the same event.

    With one document a side the corpus itself says so; with more, the documents must share names.
    """

    def __init__(self, rows: Iterable[Counted]) -> None:
        self._names: dict[str, frozenset[str]] = {}
        sides: dict[str, set[str]] = defaultdict(set)
        for document, row in {row.document: row for row in rows}.items():
            self._names[document] = row.names
            sides[row.side].add(document)
        self._single = all(len(documents) == 1 for documents in sides.values())
        self._drop_common()

    def _drop_common(self) -> None:
        if len(self._names) <= FEW:
            return
        documents: dict[str, int] = defaultdict(int)
        for names in self._names.values():
            for name in names:
                documents[name] += 1
        rare = {name for name, count in documents.items() if count <= COMMON * len(self._names)}
        self._names = {document: names & rare for document, names in self._names.items()}

    def names_of(self, document: str) -> frozenset[str]:
        """The telling names of a document."""
        return self._names[document]

    def meet(self, one: Counted, other: Counted) -> bool:
        """Whether two figures may be of one event: by their documents' names, else at one named place on one day."""
        if self.may_match(one.document, other.document):
            return True
        at_one_place = one.place is not None and one.place == other.place and country_of(one.place) is None
        return at_one_place and self._of_one_time(one, other) and one.place != NATIONWIDE

    def _of_one_time(self, one: Counted, other: Counted) -> bool:
        """Whether two figures are of neighbouring days; of few documents those without a day may be."""
        if one.date is None or other.date is None:
            return len(self._names) <= FEW
        return abs((one.date - other.date).days) <= SAME_DAYS

    def may_match(self, one: str, other: str) -> bool:
        """Whether two documents may report the same event."""
        few = len(self._names) <= FEW
        if self._single or (few and not (self._names[one] and self._names[other])):
            return True
        wanted = SHARED_BY_FEW if few else SHARED_NAMES
        return len(self._names[one] & self._names[other]) >= wanted
