"""Read: the articles side by side, with layers that show what the readers found in them."""

import streamlit as st

from dashboard import articles, cached, evidence, filters, frame, links, picks

frame.heading("Read", "The articles side by side, as printed. Switch on what the readers found in them.")
selection, look = filters.selection(), picks.look()
if cached.passages(selection).empty:
    frame.empty("article")
else:
    layers = filters.pills("layer")
    chosen = tuple(filters.documents())
    found = cached.layers(selection, documents=chosen, wanted=tuple(layers))
    marks = articles.layers(found)
    told = articles.COUNTERPARTS if "only" in layers else ""
    st.html(f'<p class="note">{evidence.key({role for own in marks.values() for _, _, role in own})} {told}</p>')
    texts = [cached.article(selection, document=document) for document in chosen]
    how = articles.Shown(here=links.passage())
    if "only" in layers:
        aligned = cached.aligned(selection, documents=chosen)
        how = articles.shown(aligned, articles.places(texts), look, picks.away, links.passage())
    for column, text in zip(st.columns(len(chosen), gap="large"), texts, strict=True):
        column.html(articles.strip(text, found) + articles.article(text, marks, look, how))
