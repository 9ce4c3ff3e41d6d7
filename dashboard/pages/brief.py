"""Brief: whether the texts can be compared, what differs most, and what only one side has."""

import streamlit as st

from dashboard import cached, filters, frame, picks, tables

frame.heading("Brief", "How the sides tell the same days: what differs, how sure that is, and where it stands.")
selection = filters.selection()
if cached.passages(selection).empty:
    frame.empty("passage")
else:
    frame.comparability(cached.comparability(selection)["sentence"])
    findings = cached.findings(selection)
    frame.section("What differs most", "Open the evidence of a finding to read the sentences it rests on.")
    for column, finding in frame.in_columns(findings, 2):
        with column, st.container(border=True, height="stretch"):
            frame.finding(finding)
            picks.button(finding.item, f"finding-{finding.rank}")
    absences = tables.absences(cached.coverage(selection), picks.look())
    for side, only in absences.groupby("Reported by", sort=False):
        frame.section(f"Only in {side} texts", "Searched for in the other texts of the selection, and not found there.")
        picks.table(
            only.drop(columns=["item", "Reported by"]),
            f"only-{len(side)}-{only.index[0]}",
            list(only["item"]),
            alt=f"What only {side} texts have",
        )
