"""What kind of contrast a term is, so that house style and story selection do not pass for framing."""

from __future__ import annotations

import numpy as np

from analysis.terms.tally import Tally
from analysis.terms.uncertainty import TINY

CLASSES = ("framing", "story", "house_style", "shared", "name_variant")

HOUSE_SHARE = 0.6
"""Share of a term's occurrences on a side from which one outlet holds most of it."""

MUCH_MORE = 1.5
"""Times its share of the side's words that an outlet must hold, where it writes much of them,"""

NEARLY_ALL = 0.95
"""but never more than this."""

SHARED = 0.5
"""Binary log of the rate ratio inside which a whole interval must lie for both sides to share a term."""

FADED = 0.5
"""Part of the contrast that must be left inside topics; below it the topics explain the term."""


def classes(
    sums: Tally, ratio: np.ndarray, ends: tuple[np.ndarray, np.ndarray], inside: np.ndarray | None, merged: np.ndarray
) -> np.ndarray:
    """Class of each term as a place in CLASSES, the first that fits.

    *name_variant*: a name the sides spell differently, counted as one. *shared*: the interval of the rate ratio
    lies inside ±SHARED. *house_style*: one of several outlets of the side that uses it more holds most of its
    occurrences there, and clearly more than its share of the words. *story*: the contrast fades inside topics.
    *framing*: what is left.

    Args:
        sums: the view's sums.
        ratio: binary log of the rate ratio.
        ends: its interval.
        inside: the same ratio inside topics, if the passages have topics.
        merged: whether each term is a merged name.
    """
    low, high = ends
    faded = np.zeros(len(ratio), bool) if inside is None else inside * np.sign(ratio) < FADED * np.abs(ratio)
    # From the weakest claim to the strongest, in the order of CLASSES.
    found = np.zeros(len(ratio), np.int8)
    for number, fits in enumerate((faded, _one_outlet(sums, ratio), (low > -SHARED) & (high < SHARED), merged), 1):
        found[fits] = number
    return found


def _one_outlet(sums: Tally, ratio: np.ndarray) -> np.ndarray:
    """Whether one of several outlets holds most of a term on the side that uses it more."""
    side = np.where(ratio >= 0, 0, 1)
    rows = np.arange(len(ratio))
    share = (sums.largest / np.maximum(sums.rate.total, TINY))[rows, side]
    fair = sums.largest_words / np.maximum(sums.rate.size, TINY)
    limit = np.clip(MUCH_MORE * fair, HOUSE_SHARE, NEARLY_ALL)[side]
    return (share > limit) & (sums.outlet_rate.units[side] > 1)
