"""Words: which terms mark a side, and what each side calls the same people and places."""

import streamlit as st

from dashboard import cached, charts, filters, frame, links, picks, tables, view


def terms() -> None:
    """What marks each side, how often it stands there, where, and in which lines."""
    with st.container(horizontal=True):
        measure = filters.choice("measure")
        ngrams = filters.choice("ngrams")
        top = filters.choice("top")
        kind = filters.choice("class")
        compare = filters.choice("compare")
        find = filters.search("find", "Terms with", "Any word")
        target, reference = filters.target()
    named = view.OPTIONS["measure"].choices[measure]
    lengths = tuple(range(int(ngrams[0]), int(ngrams[2]) + 1))
    inside = compare == "inside_topics"
    table = filters.contrast(
        target, reference, measure=measure, ngrams=lengths, inside_topics=inside, kind=kind, find=find
    )
    if table.empty:
        frame.empty("contrast of terms")
        if advice := tables.no_terms(kind, find, compare):
            frame.section("What to change", advice)
        return
    left, right = look[target], look.get(reference or "", ("All others", "#7A7A7A"))
    note = f"{tables.trust(table, named)} {tables.set_apart(cached.spellings(selection))}"
    frame.section(f"What marks {left[0]} and {right[0]} texts", note)
    strongest = table.groupby(table["score"] > 0, sort=False).head(int(top))
    picks.chart(charts.terms(strongest, left, right, named), "terms", f"Terms of {left[0]} and {right[0]}")
    if links.item().startswith("term:"):
        lines(links.item().removeprefix("term:"))
    frame.section("Every term", "Across: how strongly a term marks a side. Upwards: how often it stands in the texts.")
    picks.chart(charts.frequency(table, left, right, named), "frequency", "Terms by frequency and effect")
    shown = tables.terms(table, left[0], right[0], cached.sizes(selection))
    picks.table(shown, "terms-table", [f"term:{term}" for term in table["term"]], alt="The terms of the charts")
    if table["p"].notna().any():
        dealt = cached.shuffled_sides(selection, target=target, reference=reference, ngrams=lengths)
        frame.section("Could it be chance?", tables.by_chance(dealt))
    if len(aside := tables.set_aside(cached.set_aside())):
        frame.section("Set aside before counting", "What outlets print around their articles, found by repetition.")
        picks.table(aside, "aside", [links.item()] * len(aside), alt="What is not counted")


def lines(term: str) -> None:
    """Where the picked term stands."""
    found = cached.concordance(selection, term=term, order=st.session_state["sort"])
    if found.empty:
        return
    frame.section(f"Where “{tables.as_printed(found)}” stands", "A line is an article, a tick one use of the term.")
    places = cached.dispersion(selection, term=term)
    picks.chart(charts.dispersion(places, look), "dispersion", f"Where {term} stands in each article")
    frame.section("Its lines", tables.lines_of(found, look))
    filters.choice("sort")
    picks.lines(found, tables.lines(found, look))


def names() -> None:
    """Who and what the sides name, how they spell it, and which titles they give."""
    find = filters.search("find", "Names with", "Any name")
    titles = cached.titles(selection)
    every = tables.variants(cached.spellings(selection, every=True, find=find), titles, look)
    variants = tables.variants(cached.spellings(selection, find=find), titles, look)
    if every.empty:
        frame.empty("name")
        return
    if len(variants):
        note = "Counted as one name in every other statistic. In brackets: mentions."
        frame.section("One name, several spellings", note)
        picks.table(variants.drop(columns="item"), "spellings", list(variants["item"]), alt="Spellings by side")
    frame.section(
        "Every name", "Who and what the sides name, the most mentioned first, and with which words of office."
    )
    picks.table(every.drop(columns="item"), "names", list(every["item"]), alt="Names by side")
    target, reference = filters.target()
    if reference or (target and len(look) > 2):
        left, right = look[target][0], look.get(reference or "", ("All others", ""))[0]
        pairs = tables.called(cached.called(selection, target=target, reference=reference), left, right)
        frame.section("What one side calls otherwise", tables.called_note(pairs, left, right))
        if len(pairs):
            picks.table(pairs.drop(columns="item"), "called", list(pairs["item"]), alt="Terms that answer each other")


frame.heading("Words", "Which words mark a side, and what each side calls the same people and places.")
selection, look = filters.selection(), picks.look()
{"terms": terms, "names": names}[filters.choice("view")]()
