"""Which terms mark the target against the reference, in any selection of a counted corpus.

The table has one row a term: the target's terms first, then the reference's, each from the strongest down (first
those that survive the test, last names spelt differently, house style and words of a listed phrase; by the end of
the interval nearest to zero, then by score, then by the term). Its columns, with * for target and reference:

- term, words, target, reference, measure; score, low, high (95 % interval of the score), near (the interval's end
  nearest to zero, 0 if it holds zero), p, p_adjusted (Benjamini-Hochberg);
- n_*, documents_*, passages_*, outlets_*, rate_* (in 10,000 words), largest_outlet_* (its share of n_*);
- tfidf_*, share_* (of passages), and by measure tfidf, share, log_odds, log_odds_z, log_ratio, g2;
- ratio, ratio_low, ratio_high: binary log of the rate ratio, shrunk, with its interval;
- class (see `classes`; None where it cannot be told), reason (what it lacks or what limits it), folded_into (the
  phrase that explains the word's contrast, or None).

Below FEW_ARTICLES articles a side there is no interval, no test and no class: low, high, near, ratio_low,
ratio_high, p and p_adjusted are nan, and terms are ranked by the share of passages that hold them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.terms import measures, uncertainty
from analysis.terms.classes import CLASSES, classes
from analysis.terms.counts import TermCounts
from analysis.terms.phrases import folded_into
from analysis.terms.sums import members
from analysis.terms.tally import Tally, tally, totals
from analysis.terms.view import Rows, View

SUNK = ("name_variant", "house_style")
"""Classes listed after all others: they say how a side writes, not what about."""

SIGNIFICANT = 0.05

Topics = Sequence[object] | np.ndarray | None

MEASURES = ("tfidf", "log_odds", "log_ratio", "share", "g2")

FEW_ARTICLES = 5
"""Articles a side below which only these texts are described: no dealing of 4 + 4 articles is rare enough."""

LEAST_ARTICLES = 3
"""Articles with the term, both sides together, below which it is not tested."""

REASONS = [
    f"in fewer than {LEAST_ARTICLES} articles",
    "the interval holds no difference",
    "one outlet a side: its house style may be the reason",
]
"""Why a term has no class, or (the last) what its class may owe to."""

FLAT_PRIOR = 0.5
"""Pseudo-occurrences a term in log-odds when articles are few; above, BACKGROUND words at pooled frequencies."""

BACKGROUND = 1000

PER = 10_000
"""Rates are occurrences in so many words."""


def keyness(
    counts: TermCounts,
    rows: Rows = None,
    *,
    target: str,
    reference: str | None = None,
    measure: str = "tfidf",
    ngrams: Sequence[int] = (1, 2),
    topics: Topics = None,
    inside_topics: bool = False,
    top: int | None = None,
) -> pd.DataFrame:
    """Contrast the terms of two groups of passages.

    Args:
        counts: the counted corpus.
        rows: the selection.
        target: the side looked at.
        reference: the side it is compared with; None for all others together.
        measure: one of MEASURES, by which the table is scored and sorted.
        ngrams: lengths of the terms in words.
        topics: a topic for each passage of the table (None or "" for none), to tell stories from framing.
        inside_topics: compare inside topics only, every topic weighing the same on both sides.
        top: keep that many terms for the target and that many for the reference.

    Returns:
        One row a term, in the order and with the columns told above.

    Raises:
        ValueError: an unknown side, measure or length.
    """
    if measure not in MEASURES:
        raise ValueError(f"no measure {measure!r}; there are {', '.join(MEASURES)}")
    view = View.of(counts, rows, target, reference, topics if inside_topics else None)
    sums = tally(view, sorted(set(ngrams)), measure)
    few = bool(view.articles().min() < FEW_ARTICLES)
    effects = _effects(sums, few)
    unsure = _uncertainty(sums, measure, effects, few, view.many_outlets)
    folded = folded_into(counts, sums)
    kinds, reasons, why = _classed(view, sums, effects["ratio"], unsure, topics)
    sunk = (folded >= 0) | (kinds >= 0) & np.array([*(kind in SUNK for kind in CLASSES), False])[kinds]
    tier = np.select([sunk, unsure["p_adjusted"] <= SIGNIFICANT, np.isnan(unsure["p"])], [3, 0, 2], 1)
    order = _strongest_first(sums, effects, measure, unsure["near"], tier, top)
    numbers = {"score": effects[measure], **unsure, **_counts(sums), **effects, "words": sums.n}
    terms = np.concatenate((sums.term, np.array([None], object)))
    texts = {
        "term": terms[order],
        "target": target,
        "reference": reference,
        "measure": measure,
        "class": _named(CLASSES, kinds[order]),
        "reason": _named(why, reasons[order]),
        "folded_into": terms[folded[order]],
    }
    return _framed({name: values[order] for name, values in numbers.items()}, texts)


def _framed(numbers: dict[str, np.ndarray], texts: dict[str, object]) -> pd.DataFrame:
    """One table of both; texts as objects, so that None stays None."""
    frame = pd.DataFrame(numbers)
    for name, values in texts.items():
        frame[name] = pd.Series(np.broadcast_to(np.asarray(values, object), len(frame)), dtype=object)
    leading = ["term", "target", "reference", "measure", "words"]
    return frame[leading + [name for name in frame if name not in leading]]


def _named(names: Sequence[str], places: np.ndarray) -> np.ndarray:
    """The name at each place, None for -1."""
    return np.array([*names, None], object)[places]


def _classed(
    view: View, sums: Tally, ratio: np.ndarray, unsure: dict[str, np.ndarray], topics: Topics
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Class of each term (a place in CLASSES or -1), what limits it (a place in the reasons or -1), the reasons."""
    articles = view.articles().tolist()
    merged = np.zeros(len(ratio), bool)
    if view.counts.merged:
        merged = pd.Index(sums.term).isin(list(view.counts.merged))
    variant = CLASSES.index("name_variant")
    if min(articles) < FEW_ARTICLES:
        first = f"{articles[0]:,} article{'' if articles[0] == 1 else 's'}"
        why = f"these texts only: {first} against {articles[1]:,}, where {FEW_ARTICLES} a side are needed"
        return np.where(merged, variant, -1), np.zeros(len(ratio), int), [why]
    inside = None
    if topics is not None and not view.weighted:
        alike = View.dealt(view.counts, view.rows, view.group, topics)
        words = alike.document_words @ members(alike.group)
        count = totals(view, sorted(set(sums.n.tolist())), alike.weight)
        inside = uncertainty.log_rate_ratio(count, words) / np.log(2)
    low, high = unsure["ratio_low"], unsure["ratio_high"]
    kinds = classes(sums, ratio, (low, high), inside, merged)
    argued = kinds <= CLASSES.index("story")
    rare = (sums.articles[:, 0] + sums.articles[:, 1] < LEAST_ARTICLES) & ~merged
    unclear = argued & (low <= 0) & (high >= 0)
    alone = argued & (sums.outlet_rate.units.min() < 2)
    reasons = np.select([rare, unclear, alone], [0, 1, 2], -1)
    return np.where(rare | unclear, -1, kinds), reasons, REASONS


def _counts(sums: Tally) -> dict[str, np.ndarray]:
    """The counts of each term by group."""
    largest = sums.largest / np.maximum(sums.rate.total, uncertainty.TINY)
    rate = PER * sums.rate.total / np.maximum(sums.rate.size, uncertainty.TINY)
    counted = {"n": sums.count, "documents": sums.articles, "passages": sums.passages, "outlets": sums.outlets}
    columns = {name: values.astype(int) for name, values in counted.items()}
    columns |= {"rate": rate, "largest_outlet": largest, "tfidf": sums.tfidf, "share": sums.share}
    return {
        f"{name}_{group}": values[:, place]
        for name, values in columns.items()
        for place, group in enumerate(("target", "reference"))
    }


def _effects(sums: Tally, few: bool) -> dict[str, np.ndarray]:
    """Every measure of each term."""
    counts, sizes = sums.rate.total, sums.rate.size
    pooled = (counts[:, 0] + counts[:, 1]) / max(sizes.sum(), uncertainty.TINY)
    prior = np.full(len(counts), FLAT_PRIOR) if few else np.maximum(BACKGROUND * pooled, uncertainty.TINY)
    odds, z = measures.log_odds(counts, sizes, prior, FLAT_PRIOR * len(counts) if few else BACKGROUND)
    return {
        "ratio": uncertainty.log_rate_ratio(sums.rate.total, sums.rate.size) / np.log(2),
        "tfidf": sums.tfidf[:, 0] - sums.tfidf[:, 1],
        "log_odds": odds,
        "log_odds_z": z,
        "log_ratio": measures.log_ratio(counts, sizes),
        "share": sums.share[:, 0] - sums.share[:, 1],
        "g2": measures.g2(counts, sizes),
    }


def _uncertainty(
    sums: Tally, measure: str, effects: dict[str, np.ndarray], few: bool, many_outlets: bool
) -> dict[str, np.ndarray]:
    """Interval of the score and of the rate ratio, and the test; nan where articles are too few."""
    names = ("low", "high", "near", "ratio_low", "ratio_high", "p", "p_adjusted")
    unknown = np.full(len(sums.term), np.nan)
    if few:
        return dict.fromkeys(names, unknown)
    rate, present = (sums.outlet_rate, sums.outlets) if many_outlets else (sums.rate, sums.articles)
    units, error = rate.units.sum(), uncertainty.log_ratio_error(rate, present[:, 0] + present[:, 1])
    ratio = uncertainty.interval(effects["ratio"], error / np.log(2), units)
    if sums.spread is not None:
        mean_error = uncertainty.mean_difference_error(sums.spread)
        ends = uncertainty.interval(effects[measure], mean_error, sums.spread.units.sum())
    elif measure == "g2":
        ends = unknown, unknown
    else:
        scale = 1 if measure == "log_odds" else 1 / np.log(2)
        ends = uncertainty.interval(effects[measure], error * scale, units)
    near = uncertainty.near_end(*(ratio if measure == "g2" else ends))
    articles_with = sums.articles[:, 0] + sums.articles[:, 1]
    p = uncertainty.permutation_p(sums.rate, articles_with)
    p[articles_with < LEAST_ARTICLES] = np.nan
    return dict(zip(names, (*ends, near, *ratio, p, uncertainty.benjamini_hochberg(p)), strict=True))


def _strongest_first(
    sums: Tally,
    effects: dict[str, np.ndarray],
    measure: str,
    near: np.ndarray,
    tier: np.ndarray,
    top: int | None,
) -> np.ndarray:
    """Places of the target's terms, then of the reference's, each from the strongest down.

    First come the terms that survive the test, then the others tested, then those in too few articles to be
    tested, whose intervals say little under any measure. Where articles are too few for an interval, terms are
    ranked by the share of passages that hold them. What is no contrast of its own (names spelt differently, house
    style, words of a listed phrase) comes last.
    """
    score, strength = np.abs(effects[measure]), np.abs(np.where(np.isnan(near), effects["share"], near))
    present = sums.count[:, 0] + sums.count[:, 1] > 0
    blocks = []
    for sign in (1, -1):
        rows = np.flatnonzero(present & (np.sign(effects[measure]) == sign))
        blocks.append(_ranked(rows, tier[rows], strength[rows], score[rows], sums.term, top))
    if top is None:
        rows = np.flatnonzero(present & (score == 0))
        blocks.append(_ranked(rows, tier[rows], strength[rows], score[rows], sums.term, top))
    return np.concatenate(blocks)


def _ranked(
    rows: np.ndarray,
    tier: np.ndarray,
    strength: np.ndarray,
    score: np.ndarray,
    term: np.ndarray,
    top: int | None,
) -> np.ndarray:
    """The rows by tier, strength, then score, then term; only the `top` first."""
    order = np.lexsort((-score, -strength, tier))
    if top is not None and len(order) > top:
        last = order[top - 1]
        tied = (tier == tier[last]) & (strength == strength[last]) & (score == score[last])
        order = order[: max(top, int(np.flatnonzero(tied[order])[-1]) + 1)]
    keys = ((int(tier[at]), -strength[at], -score[at], term[rows[at]], at) for at in order.tolist())
    return rows[np.array([at for *_, at in sorted(keys)][:top], np.int64)]
