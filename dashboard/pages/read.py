"""Read: the articles side by side, with layers that show what the readers found in them."""

import streamlit as st

from dashboard import cached, evidence, filters, frame, picks

TERMS = 15

frame.heading("Read", "The articles side by side, as printed. Switch on what the readers found in them.")
selection = filters.selection()
if cached.passages(selection).empty:
    frame.empty("article")
else:
    layers = filters.pills("layer")
    found = {}
    if "names" in layers:
        found["name"] = cached.mentions(selection)
    if "terms" in layers:
        found["term"] = cached.marking_terms(selection, top=TERMS)
    figures = cached.figures(selection) if "figures" in layers else None
    attributions = cached.attributions(selection) if "voices" in layers else None
    marks = evidence.layers(figures, attributions, found)
    st.html(f'<p class="note">{evidence.key({role for own in marks.values() for _, _, role in own})}</p>')
    alone = evidence.alone(cached.coverage(selection)) if "only" in layers else set()
    chosen = filters.documents()
    for column, document in zip(st.columns(len(chosen), gap="large"), chosen, strict=True):
        article = cached.article(selection, document=document)
        column.html(evidence.article(article, marks, picks.look(), alone))
