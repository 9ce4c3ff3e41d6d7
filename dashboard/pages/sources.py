"""Sources: who speaks, in own words or paraphrased, and with which verb."""

import streamlit as st

from dashboard import cached, charts, filters, frame, picks, tables

TOP = 12

frame.heading("Sources", "Who speaks, in own words or paraphrased, and with which verb the writer introduces them.")
selection, look = filters.selection(), picks.look()
voices = cached.voices(selection)
if voices.empty:
    frame.empty("attribution")
else:
    frame.section("How much is in the speakers' own words", "Each passage counts once, by the fullest quotation in it.")
    quoting = cached.quoting(selection)
    picks.chart(charts.quoting(quoting, look), "quoting", "Passages by way of quoting and side")
    shown = tables.quoting(quoting, look, charts.QUOTES)
    with st.expander("The same as a table"):
        picks.table(shown.drop(columns="item"), "quoting-table", list(shown["item"]), alt="Passages by way of quoting")
    frame.section("Who is cited", f"The {TOP} most cited voices of each side. Click a bar for the sentences.")
    cited = voices[voices["attributions"] > 0]
    sides = [side for side in look if (cited["side"] == side).any()]
    for column, side in zip(st.columns(len(sides)), sides, strict=True):
        label, color = look[side]
        with column:
            frame.side(label, color)
            own = cited[cited["side"] == side].head(TOP)
            picks.chart(charts.voices(own, color), f"voices-{side}", f"Most cited voices of {label} texts")
    grid, concentrated = st.columns(2, gap="large")
    with grid:
        frame.section("With which verb", "The writer's verb says how far the writer goes along with what is said.")
        picks.chart(charts.grid(tables.verbs(cached.verbs(selection)), look), "verbs", "Reporting verbs by side")
    with concentrated:
        frame.section("How concentrated the sources are", "Shares are of a side's attributions.")
        picks.table(
            tables.concentration(cached.concentration(selection), look),
            "concentration",
            [{label: f"side:{side}" for side, (label, _) in look.items()}] * 8,
            alt="Concentration of sources by side",
        )
    frame.section("All voices")
    everyone = tables.voices(voices, look)
    picks.table(
        everyone.drop(columns="item"),
        "voices",
        list(everyone["item"]),
        alt="All voices",
        columns=frame.percent("Share"),
    )
