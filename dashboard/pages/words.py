"""Words: which terms mark a side, and what each side calls the same people and places."""

import streamlit as st

from dashboard import cached, charts, filters, frame, picks, tables

VIEWS = {"terms": "Terms", "names": "Names"}
MEASURES = {"tfidf": "TF-IDF contrast", "log_odds": "Log-odds", "share": "Share of passages"}
NGRAMS = {"1-2": "Words and pairs", "1-1": "Words", "2-3": "Phrases"}
TOPS = {"10": "10", "20": "20", "40": "40"}

frame.heading("Words", "Which words mark a side, and what each side calls the same people and places.")
selection, look = filters.selection(), picks.look()
view = filters.choice("view", "Look at", VIEWS)
if view == "names":
    every = tables.variants(cached.spellings(selection, every=True), look)
    variants = tables.variants(cached.spellings(selection), look)
    if every.empty:
        frame.empty("name")
    if len(variants):
        frame.section(
            "One name, several spellings", "Counted as one name in every other statistic. In brackets: mentions."
        )
        picks.table(
            variants.drop(columns="item"), "spellings", list(variants["item"]), alt="Spellings of names by side"
        )
    if len(every):
        frame.section("Every name", "Who and what the sides name, the most mentioned first.")
        picks.table(every.drop(columns="item"), "names", list(every["item"]), alt="Names by side")
else:
    with st.container(horizontal=True):
        measure = filters.choice("measure", "Measure", MEASURES)
        ngrams = filters.choice("ngrams", "Length", NGRAMS)
        top = filters.choice("top", "Terms a side", TOPS)
        target, reference = filters.target()
    lengths = tuple(range(int(ngrams[0]), int(ngrams[2]) + 1))
    terms = filters.contrast(target, reference, measure, lengths, int(top))
    if terms.empty:
        frame.empty("contrast of terms")
    else:
        left, right = look[target], look.get(reference or "", ("All others", "#7A7A7A"))
        frame.section(f"What marks {left[0]} and {right[0]} texts", frame.caution(terms))
        picks.chart(
            charts.terms(terms, left, right, MEASURES[measure]), "terms", f"Terms of {left[0]} and {right[0]} texts"
        )
        shown = tables.terms(terms, left[0], right[0])
        picks.table(shown, "terms-table", [f"term:{term}" for term in terms["term"]], alt="The terms of the chart")
