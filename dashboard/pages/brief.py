"""Brief: whether the texts can be compared, what differs most, and what only one side has."""

from functools import partial

import pandas as pd
import streamlit as st

from dashboard import cached, filters, frame, picks, tables

EACH_KIND = 3  # absences of a kind in a short list: figures alone would fill it


def everything(side: str) -> pd.DataFrame:
    """All that only one side has."""
    return tables.only(tables.absences(cached.coverage(selection), look), look[side][0])


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
        frame.section(
            "What differs most",
            "At most six: one of each kind before a second, the strongest and surest first. ● Firm: five or more "
            "articles a side, and the difference is clear of chance. ◐ Tentative: exact for these texts, too few to "
            "speak for their side. ○ Too few cases for a share. Evidence opens the sentences a finding rests on.",
        )
    for column, finding in frame.in_columns(tables.rows(findings)):
        with column, st.container(border=True, height="stretch"):
            frame.finding(finding)
            with st.container(horizontal=True, vertical_alignment="center"):
                picks.button(finding.item, f"finding-{finding.rank}")
                picks.page(finding.page, finding.item)
    changes = tables.changes(cached.changes(selection))
    if len(changes):
        frame.section("What the filters change", "Findings and shares in the whole corpus and with the filters.")
        picks.table(changes, "changes", alt="What the filters change")
    listed = cached.listed(selection).groupby("side")["things"].sum()
    absences = tables.absences(cached.coverage(selection, most=EACH_KIND), look)
    if len(absences):
        frame.section(
            "Only on one side",
            "Looked for in every text of the side it is “not in”, within this selection, and not found. Nearest miss: "
            "what stands there instead. Absent from these texts does not mean unknown to that side.",
        )
    sides = [side for side, (label, _) in look.items() if (absences["Reported by"] == label).any()]
    for column, side in frame.in_columns(sides, gap="large"):
        with column:
            frame.only(*look[side])
            only, all_of_it = tables.only(absences, look[side][0]), partial(everything, side)
            picks.beginning(only, listed[side], all_of_it, f"only-{side}", f"What only {look[side][0]} texts have")
