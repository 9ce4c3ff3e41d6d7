"""Brief: whether the texts can be compared, what differs most, and what only one side has."""

import streamlit as st

from dashboard import cached, filters, frame, picks, tables

frame.heading("Brief", "How the sides tell the same days: what differs, how sure that is, and where it stands.")
selection, look = filters.selection(), picks.look()
if cached.passages(selection).empty:
    frame.empty("passage")
else:
    frame.comparability(cached.comparability(selection)["sentence"])
    findings = cached.findings(selection)
    if findings.empty:
        frame.empty("finding")
    else:
        frame.section("What differs most", "Open the evidence of a finding to read the sentences it rests on.")
    for column, finding in frame.in_columns(findings, 2):
        with column, st.container(border=True, height="stretch"):
            frame.finding(finding)
            with st.container(horizontal=True, vertical_alignment="center"):
                picks.button(finding.item, f"finding-{finding.rank}")
                picks.page(finding.page, finding.item)
    absences = tables.absences(cached.coverage(selection), look)
    if len(absences):
        frame.section(
            "Only on one side",
            "Not found in the other texts of the selection: figures as quantities, the rest by the words searched for.",
        )
    sides = [side for side, (label, _) in look.items() if (absences["Reported by"] == label).any()]
    for column, side in zip(st.columns(max(len(sides), 1), gap="large"), sides, strict=False):
        only = absences.loc[
            absences["Reported by"] == look[side][0], ["item", "Kind", "What", "Not in", "Searched for"]
        ]
        with column:
            frame.only(*look[side])
            picks.listing(only, tables.few(only), f"only-{side}", f"What only {look[side][0]} texts have")
