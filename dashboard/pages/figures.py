"""Figures: which quantities each side gives, who claims them, and how they differ."""

from dashboard import cached, charts, filters, frame, picks, tables

MARKS = 40
CARDS = 4
SHOWN = {"comparable": "Comparable figures", "all": "With context figures"}

frame.heading("Figures", "Which quantities each side gives, who claims them, about what, and by how much they differ.")
selection, look = filters.selection(), picks.look()
figures, ledger = cached.figures(selection), cached.ledger(selection)
if ledger.claims.empty:
    frame.empty("comparable figure")
else:
    frame.section("Ledger", "A row is one quantity. Click a cell for its sentences.")
    shown = tables.ledger(ledger.claims, figures, look)
    marks = tables.claim_marks(ledger.claims, figures)
    several = len(marks) > len(shown)
    columns = shown.drop(columns=["item", "kind"])
    picks.table(columns, "ledger", list(shown["item"]), alt="Figures by quantity and side", tall=several)
    frame.section(
        "Range of each claim", "A mark is one claim; its shape says who makes it, an arrow that its end is open."
    )
    frame.claimant_key(min(len(marks), MARKS), len(marks))
    picks.chart(charts.ranges(marks.head(MARKS), look), "ranges", "Every claim on a line by quantity")
    contrasts = tables.contrasts(ledger.contrasts, figures, look)
    if len(contrasts):
        frame.section("Contrasts inside one side", "Two figures of the same side that belong together.")
        for column, row in frame.in_columns(contrasts.head(CARDS), 2):
            with column:
                picks.pair(row)
        if len(contrasts) > CARDS:
            listed = contrasts.drop(columns=["item", "side", "a", "b"])
            picks.table(listed, "contrasts", list(contrasts["item"]), alt="All contrasts inside one side")
    silent = tables.absences(cached.coverage(selection), look)
    silent = silent[silent["Kind"] == "figure"].drop(columns="Kind")
    if len(silent):
        frame.section("Silence", "Quantities that one side gives and another does not, with what was searched for.")
        picks.table(silent.drop(columns="item"), "silence", list(silent["item"]), alt="Figures only one side gives")
if filters.choice("show", "Show", SHOWN) == "all":
    everything = tables.figures(figures, look)
    frame.section(
        "All figures", "Ages, dates, settings and other figures that are not compared stand here with the reason."
    )
    picks.table(
        everything.drop(columns="item"), "figures", list(everything["item"]), alt="Every figure of the selection"
    )
