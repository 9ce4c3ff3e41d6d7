"""Figures: which quantities each side gives, who claims them, and how they differ."""

from functools import partial

import pandas as pd

from dashboard import cached, charts, filters, frame, picks, tables

QUANTITIES = 25  # lines of the range chart: more cannot be read
CARDS = 4
SILENT = 8
CLAIMANTS = 12  # lines of the chart over time


def silence(**options: int) -> pd.DataFrame:
    """What only one side gives a figure for."""
    return tables.silent(tables.absences(cached.coverage(selection, kinds=("figure",), **options), look))


def contrasts() -> pd.DataFrame:
    """All contrasts inside one side."""
    return tables.listed(tables.contrasts(ledger.contrasts, figures, look))


frame.heading("Figures", "Which quantities each side gives, who claims them, about what, and by how much they differ.")
selection, look = filters.selection(), picks.look()
figures, ledger = cached.figures(selection), cached.ledger(selection)
if ledger.claims.empty:
    frame.empty("comparable figure")
else:
    frame.section(
        "Ledger",
        "A row is one quantity, a cell what a side prints of it: of a claimant's reports in several articles the "
        "latest. Click a cell for its sentences.",
    )
    every = filters.choice("claims") == "all"
    total = len(tables.order(ledger.claims, every))
    frame.alone()
    picks.statuses(tables.statuses(ledger.claims), total)
    if total:
        shown = tables.ledger(tables.ranked(ledger.claims, every, picks.SENT), figures, look)
        drawn = list(shown["item"].head(QUANTITIES))
        marks = tables.claim_marks(ledger.claims, figures, drawn)
        chips = frame.chips("Status", list(tables.STATUS.values()))
        chips |= frame.wide(*(label for label, _ in look.values()))
        picks.table(
            shown, "ledger", alt="Figures by quantity and side", columns=chips, tall=len(marks) > len(drawn),
            saved=partial(tables.whole_ledger, ledger.claims, every, figures, look),
        )  # fmt: skip
        frame.section(
            "Range of each claim",
            "A mark is one claim; its shape says who makes it, an arrow that its end is open. Of more than "
            f"{tables.DRAWN} claimants on a side those heard last are drawn.",
        )
        frame.claimant_key(len(drawn), total)
        picks.chart(charts.ranges(marks, look), "ranges", "Every claim on a line by quantity")
    cards = tables.contrasts(ledger.contrasts, figures, look, CARDS)
    if len(cards):
        frame.section("Contrasts inside one side", "Figures of the same side that belong together.")
        for column, row in frame.in_columns(tables.rows(cards)):
            with column:
                picks.pair(row)
        if (size := len(ledger.contrasts)) > CARDS:
            picks.beginning(tables.first(cards, 0), size, contrasts, "contrasts", "All contrasts inside one side")
    series = tables.series(figures)
    if len(series):
        frame.section(
            "Over time",
            "What each claimant is reported to say, by the day of the article. Periods and places can differ: "
            "open the sentences. Nothing is added up or averaged. Of more than "
            f"{tables.REPORTS} reports of a claimant the latest are drawn.",
        )
        quantity = filters.quantity(tables.quantities(series))
        steps = tables.most_frequent(tables.of_quantity(figures, series, quantity), CLAIMANTS)
        picks.chart(charts.steps(steps, look), "steps", "Claims over time by claimant")
    silent = silence(most=SILENT)
    if len(silent):
        frame.section(
            "Silence",
            "Quantities that no article of another side gives. Where one of the words searched for stands there "
            "all the same, the last column says so. Not reported in these texts does not mean denied.",
        )
        total = cached.listed(selection, kinds=("figure",))["things"].sum()
        picks.beginning(tables.first(silent, SILENT), total, silence, "silence", "Figures only one side gives")
if filters.choice("show") == "all":
    context = tables.context(figures, look)
    frame.section("Context figures", "Ages, dates, settings and other figures that are not compared, with the reason.")
    picks.table(context, "context", alt="Figures that are not compared")
