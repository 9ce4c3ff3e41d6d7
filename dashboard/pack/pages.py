"""The pages of the dashboard as pages of the pack: ask for the same tables, draw them one below the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
from markdown_it import MarkdownIt

from analysis.article import article, layers
from analysis.corrections import log
from analysis.pairing import pair
from analysis.report import readers
from dashboard import articles, charts, tables
from dashboard.pack.sheet import Sheet
from dashboard.view import EVERY, FILTERS, OPTIONS, written

PASSAGES = 3
"""Passages without a counterpart listed of a side."""

QUANTITIES = 25
"""Lines of the range chart: more cannot be read."""

CLAIMANTS = 12
"""Lines of the chart over time."""

VOICES = 12
"""Voices of a side in the chart; the table has more."""

TERMS = 50
"""Terms of a side in the table and its scatter: the strongest."""

DOCUMENTS = 2000
"""Articles listed with their hashes."""

METHOD = Path(__file__).parent.parent / "method.md"


def brief(sheet: Sheet) -> None:
    """What differs most, what the filters change, and what only one side has."""
    contents, look = sheet.contents, sheet.look
    if contents.selected.passages.empty:
        sheet.none("passage")
        return
    if len(contents.findings):
        sheet.heading(
            "What differs most",
            "At most six: one of each kind before a second, the strongest and surest first. ● Firm: five or more "
            "articles a side, and the difference is clear of chance. ◐ Tentative: exact for these texts, too few to "
            "speak for their side. ○ Too few cases for a share.",
        )
        sheet.findings(contents.findings)
    changes = tables.changes(contents.changes)
    if len(changes):
        sheet.heading("What the filters change", "Findings and shares in the whole corpus and with the filters.")
        sheet.table(changes, "What the filters change", ["What"])
    absences = tables.absences(contents.coverage, look)
    if len(absences):
        sheet.heading(
            "Only on one side",
            "Looked for in every text of the side it is “not in”, within this selection, and not found. Nearest miss: "
            "what stands there instead. Absent from these texts does not mean unknown to that side. "
            "Read marks every passage alone.",
        )
    for label, _ in look.values():
        own = tables.only(absences, label)
        alone = own["Kind"] == "passage"
        shown = pd.concat([own[~alone], own[alone].head(PASSAGES)])
        if len(own):
            sheet.table(shown, f"Only in {label} texts", ["What"], command="coverage", total=len(own))


def figures(sheet: Sheet) -> None:
    """The ledger, its charts, contrasts inside one side, silence."""
    contents, look = sheet.contents, sheet.look
    found, ledger = contents.figures, contents.ledger
    if ledger.claims.empty:
        sheet.none("comparable figure")
    else:
        _ledger(sheet)
        contrasts = tables.contrasts(ledger.contrasts, found, look)
        if len(contrasts):
            sheet.heading("Contrasts inside one side", "Figures of the same side that belong together.")
            sheet.table(tables.listed(contrasts), "Contrasts inside one side", ["First", "Second"], command="claims")
        _over_time(sheet)
        silent = tables.silent(tables.absences(contents.coverage, look))
        if len(silent):
            sheet.heading(
                "Silence",
                "Quantities that no article of another side gives. Not reported in these texts does not mean denied.",
            )
            sheet.table(silent, "Figures only one side gives", ["What", "Reported by"], command="coverage")
    context = tables.context(found, look)
    if sheet.state["show"] == "all" and len(context):
        sheet.heading("Context figures", "Figures that are not compared, each with the reason.")
        sheet.table(context, "Figures that are not compared", ["Side", "As printed"], command="figures")


def _ledger(sheet: Sheet) -> None:
    contents, look = sheet.contents, sheet.look
    claims, found = contents.ledger.claims, contents.figures
    shown = tables.ledger(tables.ranked(claims, sheet.state["claims"] == "all"), found, look)
    counts = " · ".join(f"{tables.STATUS[name]}: {count:,}" for name, count in tables.statuses(claims).items())
    sheet.heading("Ledger", f"A row is one quantity, a cell what a side prints of it. {counts}.")
    if shown.empty:
        return
    drawn = list(shown["item"].head(QUANTITIES))
    cut = f"; the first {len(drawn)} of {len(shown):,} quantities" if len(drawn) < len(shown) else ""
    sheet.chart(
        charts.ranges(tables.claim_marks(claims, found, drawn), look),
        f"Range of each claim. A mark is one claim, an arrow says that its end is open: {charts.CLAIMANT_KEY}{cut}",
    )
    sheet.table(shown, "Figures by quantity and side", ["Quantity"], command="claims")


def _over_time(sheet: Sheet) -> None:
    figures = sheet.contents.figures
    series = tables.series(figures)
    if series.empty:
        return
    wanted = sheet.state["quantity"]
    key = wanted if wanted in set(series["key"]) else series["key"].iloc[0]
    chosen = tables.most_frequent(tables.of_quantity(figures, series, key), CLAIMANTS)
    sheet.heading("Over time", f"{chosen['quantity'].iloc[0]}: what each claimant is reported to say, by day.")
    sheet.chart(charts.steps(chosen, sheet.look), "Claims over time by claimant; nothing is added up or averaged")
    listed = pd.DataFrame(
        {
            "item": chosen["item"],
            "Day": chosen["date"],
            "Side": chosen["side"].map(lambda side: sheet.look[side][0]),
            "Given by": chosen["who"],
            "As printed": chosen["verbatim"],
        }
    )
    sheet.table(listed, "Claims over time", ["As printed", "Given by", "Day"], command="figures")


def sources(sheet: Sheet) -> None:
    """Who speaks, in own words or paraphrased, for which camp, with which verb."""
    contents, look = sheet.contents, sheet.look
    if contents.voices.empty:
        sheet.none("attribution")
        return
    _quoted(sheet)
    _reported(sheet)
    for title, table in (("Which camp speaks", contents.camps), ("What kind of source", contents.source_types)):
        sheet.heading(title, "Shares of a side's attributions, with 95 % intervals; ● counts as official.")
        sheet.chart(charts.shares(tables.shares(table), look), f"{title}, by side")
        sheet.table(tables.speakers(table, look), f"{title}, by side", ["Side", "Camp", "Kind"])
    sheet.heading("How concentrated the sources are", "Shares are of a side's attributions, with 95 % intervals.")
    measures, items = tables.concentration(contents.concentration, look)
    sheet.table(measures.assign(item=items), "Concentration of sources by side", ["Measure"])
    headlines, chains = tables.headlines(contents.headlines, look), tables.chains(contents.chains, look)
    if len(headlines):
        sheet.heading("In the headlines", "Who speaks there, and whether the text below cites the same voice.")
        sheet.table(headlines, "Attributions in headlines", ["Voice", "Headline"], command="attributions")
    if len(chains):
        sheet.heading("Through another voice", "A report within a report counts once, for the voice the writer cites.")
        sheet.table(chains, "Chains of voices", ["Chain"], command="attributions")


def _quoted(sheet: Sheet) -> None:
    contents, look, count = sheet.contents, sheet.look, sheet.state["count"]
    sheet.heading(
        "How much is in the speakers' own words",
        "Each passage counts once, by its fullest quotation. Solid: own words; hatched: partly; pale: paraphrased.",
    )
    sheet.chart(charts.quoting(contents.quoting, look), "Passages by way of quoting and side")
    quoting = tables.quoting(contents.quoting, look, charts.QUOTES)
    sheet.table(quoting, "Passages by way of quoting and side", ["Side", "Speakers are given"])
    sheet.heading("Who is cited", f"In the charts the {VOICES} most cited voices of each side; ▲: also in a headline.")
    for side, (label, color) in look.items():
        own = tables.cited(contents.voices, side, count, VOICES)
        if len(own):
            named = OPTIONS["count"].choices[count].lower()
            sheet.chart(charts.voices(own, color, count), f"{label}: voices by {named}")
    sheet.table(tables.voices(contents.voices, look), "All voices", ["Voice", "Side"], command="voices")


def _reported(sheet: Sheet) -> None:
    contents, look = sheet.contents, sheet.look
    reporting = contents.verbs if sheet.state["by"] == "verb" else contents.stances
    sheet.heading(
        "With which verb, for which camp",
        "The verb shows how far the writer goes along with a source. Columns are the camps of the sources: the country "
        "or bloc that each speaks for. The larger a dot, the larger its share of the camp's attributions on that side. "
        "Open dot: few cases.",
    )
    cells = tables.grid(reporting)
    for side, (label, _) in look.items():
        if (cells["side"] == side).any():
            sheet.chart(charts.grid(cells, side, look), f"{label}: reporting verbs by camp of the source")
    named = ["Side", "Camp of the source", "Verb" if "cue_lemma" in reporting else "Stance"]
    sheet.table(tables.reporting(reporting, look), "Reporting verbs by side and camp of the source", named)


def words(sheet: Sheet) -> None:
    """Which terms mark a side, and what each side calls the same people and places."""
    _terms(sheet)
    _names(sheet)


def _terms(sheet: Sheet) -> None:
    contents, look, state = sheet.contents, sheet.look, sheet.state
    table = contents.terms
    if table.empty:
        sheet.none("contrast of terms")
        return
    target, reference = contents.compared
    left, right = look[target], look.get(reference or "", tables.OTHERS)
    measure = OPTIONS["measure"].choices[state["measure"]]
    note = f"{tables.trust(table, measure)} {tables.set_apart(contents.spellings)}"
    sheet.heading(tables.marked(left[0], right[0]), note)
    strongest = tables.strongest(table, int(state["top"]))
    sheet.chart(charts.terms(strongest, left, right, measure), f"{tables.marked(left[0], right[0])}, by {measure}")
    listed = tables.strongest(table, max(TERMS, int(state["top"])))
    drawn = f"The {len(listed)} terms of the table by effect (across) and by how often the texts have them (upwards)"
    sheet.chart(charts.frequency(listed, left, right, measure), drawn)
    shown = tables.terms(listed, left[0], right[0], contents.selected.sizes)
    sheet.table(shown, f"Terms, by {measure}", ["Term"], command="terms", total=len(table))
    if table["p"].notna().any():
        sheet.heading("Could it be chance?", tables.by_chance(contents.dealt_at_random))
    if len(contents.set_aside):
        sheet.heading("Set aside before counting", "What outlets print around their articles, found by its repetition.")
        sheet.table(tables.set_aside(contents.set_aside), "What is not counted")


def _names(sheet: Sheet) -> None:
    contents, look = sheet.contents, sheet.look
    variants = tables.variants(contents.spellings, contents.titles, look)
    every = tables.variants(contents.names, contents.titles, look)
    if len(variants):
        note = "Counted as one name in every other statistic. In brackets: mentions."
        sheet.heading("One name, several spellings", note)
        sheet.table(variants, "Spellings by side", ["Name"], command="names")
    if len(every):
        sheet.heading("Every name", "The most mentioned first, with the titles they are given.")
        sheet.table(every, "Names by side", ["Name"], command="names --every")
    target, reference = contents.compared
    if target:
        left, right = look[target][0], look.get(reference or "", tables.OTHERS)[0]
        pairs = tables.called(contents.called, left, right)
        sheet.heading("What one side calls by another name", tables.called_note(pairs, left, right))
        if len(pairs):
            sheet.table(pairs, "Terms that answer each other", [left])


def read(sheet: Sheet) -> None:
    """The articles that are read side by side, as printed, with the layers that are switched on."""
    selected, look, state = sheet.contents.selected, sheet.look, sheet.state
    chosen = pair(selected, state["document"])
    if not chosen:
        sheet.none("article")
        return
    found = layers(selected, chosen, state["layer"])
    marks, texts = articles.layers(found), [article(selected, document) for document in chosen]
    how = articles.Shown(here=state["passage"])
    if "only" in state["layer"]:

        def away(passage: str) -> str:
            entry = sheet.cited(f"passage:{passage}", "Counterpart")
            return f"#{entry.anchor}" if entry else "#read"

        how = articles.shown(sheet.contents.aligned(chosen), articles.places(texts), look, away, state["passage"])
    named = ", ".join(OPTIONS["layer"].choices[layer].lower() for layer in state["layer"]) or "nothing"
    cut = f" {len(chosen)} of {len(selected.documents):,} articles." if len(chosen) < len(selected.documents) else ""
    sheet.heading("Articles side by side", f"Shown in the texts: {named}.{cut}")
    for text in texts:
        sheet.prose(articles.article(text, marks, look, how))


def method(sheet: Sheet) -> None:
    """What the numbers are made of, how, and how far they can be trusted."""
    _settings(sheet)
    contents, selected = sheet.contents, sheet.contents.selected
    documents = selected.documents
    hashes = [selected.corpus.document(name).sha256[:12] for name in documents["id"]]
    sheet.heading("Articles", "The articles of the selection, with the first digits of each one's hash.")
    listed = tables.documents(documents, sheet.look).assign(**{"SHA-256": hashes})
    sheet.table(listed.drop(columns="item"), "Articles", command="documents", rows=DOCUMENTS)
    terms = {topic.id: topic.terms for topic in selected.corpus.topics}
    topics = tables.topics(contents.topic_words, sheet.look, terms)
    sheet.heading("Topics", "A passage bears a topic when it holds one of the words the topic is found by.")
    sheet.table(topics.drop(columns="item"), "Passages and words by topic and side", command="topics")
    corrections = log(selected.reading, selected.reading.corrections)
    if len(corrections):
        sheet.heading("Corrections", "What analysts say a reader got wrong; those in force are in every number.")
        sheet.table(tables.corrections(corrections, sheet.look), "Corrections", rows=len(corrections))
    sheet.heading("Readers and word lists", "Versions are the first digits of a hash of the code or file.")
    sheet.table(readers().rename(columns=_title), "Readers and word lists")
    sheet.prose(_text())


def _settings(sheet: Sheet) -> None:
    """The filters, and the options of the pages shown."""
    chosen = [(_title(key), ", ".join(written(sheet.state[key])) or "all") for key in FILTERS]
    for key, option in OPTIONS.items():
        if option.page in (*sheet.pages, EVERY):
            told = [option.choices.get(name, name) for name in written(sheet.state[key])]
            name = option.label if option.page == EVERY else f"{PAGES[option.page][0]}: {option.label.lower()}"
            chosen.append((name, ", ".join(told) or "—"))
    sheet.heading("Settings", "The filters, and the options of the pages.")
    sheet.table(pd.DataFrame(chosen, columns=["Setting", "Value"]), "Settings")


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


@cache
def _text() -> str:
    """The text of the Method page as HTML, its headings one level down."""
    text = METHOD.read_text(encoding="utf-8").replace("\n## ", "\n### ").replace("## ", "### ", 1)
    return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(text))


PAGES: dict[str, tuple[str, Callable[[Sheet], None]]] = {
    "brief": ("Brief", brief),
    "figures": ("Figures", figures),
    "sources": ("Sources", sources),
    "words": ("Words", words),
    "read": ("Read", read),
    "method": ("Method", method),
}
"""Page -> its title and how it is drawn."""
