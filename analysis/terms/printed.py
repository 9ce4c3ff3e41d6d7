"""Terms as a reader knows them: in the form that the texts print most often."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from analysis.terms.counts import TermCounts


def printed_terms(counts: TermCounts, terms: Iterable[str]) -> list[str]:
    """Each term with its words as they are printed most often: `nato` as `NATO`, `white house` as `White House`.

    A name that was merged from several spellings stays as it is.
    """
    forms, words = counts.forms, counts.tokens.words
    commonest = np.full(len(counts.vocabulary), -1)
    order = np.argsort(counts.form_uses, kind="stable")
    commonest[forms[order]] = order  # of several forms of a word the last, the most used, stays

    def shown(word: str) -> str:
        place = commonest[counts.index[word]] if word in counts.index else -1
        return str(words[place]) if 0 <= place < len(words) else word

    return [" ".join(map(shown, term.split(" "))) for term in terms]
