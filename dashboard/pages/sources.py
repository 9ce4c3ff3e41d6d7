"""Sources: who speaks, in own words or paraphrased, for which camp, and with which verb."""

from functools import partial

import streamlit as st

from dashboard import cached, charts, filters, frame, picks, tables, view

TOP = 12  # voices of a side in the chart; the table has all

# Measured error of the attribution reader: GUM news, development half, --subset speech. Renew it with the reader.
MEASURED = (
    "Found by rules, which make mistakes. On 84 news articles annotated by others (PolNeAR, development part, also "
    "used to tune the rules), 83 % of the reports of speech shown have the right source and words, and 81 % of all "
    "reports are found; an article's count is off by 1.4 of about 16. Open the sentences before you cite a number."
)

frame.heading("Sources", "Who speaks, in own words or paraphrased, for which camp, and with which verb.")
selection, look = filters.selection(), picks.look()
voices = cached.voices(selection)
if voices.empty:
    frame.empty("attribution")
else:
    picks.method(MEASURED)
    frame.section(
        "How much is in the speakers' own words",
        "Each passage counts once, by its fullest quotation. Solid: own words; hatched: partly; pale: paraphrased.",
    )
    quoting = cached.quoting(selection)
    picks.chart(charts.quoting(quoting, look), "quoting", "Passages by way of quoting and side")
    picks.folded(lambda: tables.quoting(quoting, look, charts.QUOTES), "quoting-table", "Passages by way of quoting")

    frame.section(
        "Who is cited",
        f"The {TOP} most cited voices of each side. Solid: own words; hatched: partly; pale: paraphrased. Beside a "
        "bar, its share of the side's attributions with a 95 % interval; ▲: also in a headline. Click a bar for its "
        "sentences.",
    )
    count = filters.choice("count")
    counted = view.OPTIONS["count"].choices[count].lower()
    sides = [side for side in look if (voices["side"] == side).any()]
    for column, side in frame.in_columns(sides):
        with column:
            frame.side(*look[side])
            own = tables.cited(voices, side, count, TOP)
            if len(own):
                alt = f"{look[side][0]}: voices by {counted}"
                picks.chart(charts.voices(own, look[side][1], count), f"voices-{side}", alt)
            else:
                st.text("None.")

    frame.section(
        "With which verb, for which camp",
        "The verb shows how far the writer goes along with a source. Columns are the camps of the sources: the country "
        "or bloc that each speaks for. The larger a dot, the larger its share of the camp's attributions on that side "
        "(n). Open dot: few cases.",
    )
    by_verb = filters.choice("by") == "verb"
    reporting = cached.verbs(selection) if by_verb else cached.stances(selection)
    cells = tables.grid(reporting)
    for column, side in frame.in_columns(sides, gap="large"):
        with column:
            frame.side(*look[side])
            picks.chart(charts.grid(cells, side, look), f"grid-{side}", f"{look[side][0]}: reporting verbs by camp")
    picks.folded(
        lambda: tables.reporting(reporting, look), "reporting", "Reporting verbs by side and camp of the source"
    )

    camps, kinds = st.columns(2, gap="large")
    with camps:
        frame.section(
            "Which camp speaks",
            "The country or bloc that a source speaks for, after an editable list. Below 1 % on every side: "
            "in the table only.",
        )
        by_camp = cached.camps(selection)
        picks.chart(charts.shares(tables.shares(by_camp), look), "camps", "Camps of the sources")
        picks.folded(lambda: tables.speakers(by_camp, look), "camps-table", "Camps of the sources by side")
    with kinds:
        frame.section("What kind of source", "● counts as official.")
        by_type = cached.source_types(selection)
        picks.chart(charts.shares(tables.shares(by_type), look), "types", "Kinds of sources")
        picks.folded(lambda: tables.speakers(by_type, look), "types-table", "Kinds of sources by side")

    frame.section("How concentrated the sources are", "Shares are of a side's attributions, with 95 % intervals.")
    measures, items = tables.concentration(cached.concentration(selection), look)
    picks.table(measures, "concentration", items, alt="Concentration of sources by side")
    headlines = tables.headlines(cached.headlines(selection), look)
    if len(headlines):
        frame.section("In the headlines", "Who speaks there, and whether the text below cites the same voice.")
        picks.listing(headlines, tables.first(headlines, TOP), "headlines", "Attributions in headlines")
    chains = tables.chains(cached.chains(selection), look)
    if len(chains):
        frame.section("Through another voice", "A report within a report counts once, for the voice the writer cites.")
        picks.listing(chains, tables.first(chains, TOP), "chains", "Chains of voices")
    frame.section("All voices", "A name that was worked out stands beside the words it was printed as.")
    columns = frame.percent("Share") | {"Printed as": st.column_config.TextColumn("Printed as", width="medium")}
    shown, saved = tables.voices(tables.first(voices, picks.SENT), look), partial(tables.voices, voices, look)
    picks.table(shown, "voices", alt="All voices", columns=columns, saved=saved)
