"""Method: what the numbers are made of, how, and how far they can be trusted."""

from pathlib import Path

import streamlit as st

from dashboard import cached, filters, frame, picks, saved_views, shelf, tables, uploads

TEXT = Path(__file__).parent.parent / "method.md"

frame.heading("Method", "What every number on these pages is made of, how it is made, and where it can be wrong.")
selection, look = filters.selection(), picks.look()
frame.section("The corpus")
frame.corpus_card()
if report := cached.import_report():
    frame.section("How it was imported", tables.imported(report))
    uploads.report_table(report)
uploads.bring()
shelf.own()
frame.section("Articles")
documents = cached.documents(selection)
if documents.empty:
    frame.empty("article")
else:
    picks.table(tables.documents(documents, look), "documents", alt="The documents of the selection")
frame.section(
    "Topics", "A passage bears a topic when it holds one of the words the topic is found by; it may bear several."
)
lexicon = {topic.id: topic.terms for topic in cached.corpus().topics}
topics = tables.topics(cached.topic_words(selection), look, lexicon)
picks.table(topics, "topics", alt="Passages and words by topic and side")
frame.section(
    "Corrections",
    "What analysts say was read wrongly. It changes the numbers, never the texts; a row opens its passage, where it "
    "can be taken back. Saved as JSON, the log is what --corrections reads on the command line.",
)
log = cached.correction_log()
if log.empty:
    st.text("None yet. Beside a passage of the evidence, “Correct” sets right what was found in it.")
else:
    items = [f"passage:{passage}" for passage in log["passage"]]
    picks.table(
        tables.corrections(log, look), "corrections", items, alt="Corrections, the latest first", saved=lambda: log
    )
frame.section("Saved views", "Yours; whoever has a link can open it. “Copy link” saves the view on the screen.")
saved_views.listing()
with st.container(key="method"):
    st.markdown(TEXT.read_text(encoding="utf-8"))
frame.section("Vague words", "How they are read as figures: from, to, both included. The word list “vague” holds them.")
vague = cached.vague_words()
picks.table(vague, "vague", [""] * len(vague), alt="Vague words and the values they are read as")
frame.section(
    "Word lists", "What the readers know beforehand stands in these files; a list is changed there, not in code."
)
lists = cached.word_lists()
chosen = st.selectbox("Word list", list(lists), label_visibility="collapsed", width=340)
with st.container(height=320):
    st.code(lists[chosen], language=None, wrap_lines=True)
