"""Names that may be one person's, printed in another form: "Joe Biden", "Joseph R. Biden Jr."."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from analysis.coverage.inverse import NameIndex, VoiceIndex
from analysis.names.lexicon import name_key, name_words
from analysis.names.units import NUMERAL, YOUNGER
from analysis.reading import Reading


class Namesakes:
    """Names whose full forms have a surname and the first letter of a first name in common.

    They need not be one person; but that the other is not named can then not be told for sure.
    """

    def __init__(self, names: Iterable[Iterable[str]]) -> None:
        """Namesakes among names, each given by its printed forms."""
        self._bearing = [_bearings(forms) for forms in names]
        self._borne_by: dict[tuple[str, str], list[int]] = defaultdict(list)
        for name, bearings in enumerate(self._bearing):
            for bearing in bearings:
                self._borne_by[bearing].append(name)

    def of(self, name: int) -> list[int]:
        """The namesakes of a name; of one that is never given in full, none."""
        return [other for bearing in self._bearing[name] for other in self._borne_by[bearing] if other != name]


def of_names(reading: Reading) -> Namesakes:
    """Those among the entities named in a corpus."""
    return Namesakes(reading.once(NameIndex).variants)


def of_voices(reading: Reading) -> Namesakes:
    """Those among the sources that a corpus cites by a name."""
    return Namesakes([name] for name in reading.once(VoiceIndex).source.names.tolist())


def _bearings(forms: Iterable[str]) -> set[tuple[str, str]]:
    """Initial and surname of each full name among the forms of a name."""
    found = set()
    for form in forms:
        words = form.split() or [""]
        while len(words) > 1 and (NUMERAL.fullmatch(words[-1]) or YOUNGER.fullmatch(words[-1])):
            words.pop()
        surname = name_key(words[-1])
        if len(words) > 1 and surname not in name_words("place") | name_words("organisation"):
            found.add((name_key(words[0])[:1], surname))
    return found
