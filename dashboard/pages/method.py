"""Method: what the numbers are made of, how, and how far they can be trusted."""

from pathlib import Path

import streamlit as st

from dashboard import cached, filters, frame, picks

frame.heading("Method", "What every number on these pages is made of, how it is made, and where it can be wrong.")
selection = filters.selection()
frame.section("The corpus")
frame.corpus_card()
documents = cached.documents(selection)
if documents.empty:
    frame.empty("article")
else:
    picks.table(
        documents[["id", "side", "outlet", "date", "title", "passages", "words", "language"]],
        "documents",
        [f"passage:{document}:0" for document in documents["id"]],
        alt="The documents of the selection",
    )
frame.section("Topics", "A passage bears a topic when it holds one of the topic's words; it may bear several.")
topics = cached.topic_words(selection)
picks.table(
    topics.drop(columns="topic"),
    "topics",
    [f"topic:{topic}" for topic in topics["topic"]],
    alt="Passages and words of each topic by side",
)
st.markdown((Path(__file__).parent.parent / "method.md").read_text(encoding="utf-8"))
