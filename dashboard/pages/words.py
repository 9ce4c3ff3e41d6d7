"""Words: which terms mark a side, and what each side calls the same people and places."""

from dashboard import cached, charts, filters, frame, links, picks, tables


def terms() -> None:
    """What marks each side, how often it stands there, where, and in which lines."""
    asked = filters.contrast()
    table = filters.terms(asked)
    if table.empty:
        frame.empty("contrast of terms")
        if advice := tables.no_terms(asked.kind, asked.find, asked.compare):
            frame.section("What to change", advice)
        return
    left, right = look[asked.target], look.get(asked.reference or "", tables.OTHERS)
    note = f"{tables.trust(table, asked.named)} {tables.set_apart(cached.spellings(selection))}"
    frame.section(tables.marked(left[0], right[0]), note)
    strongest = tables.strongest(table, asked.top)
    picks.chart(charts.terms(strongest, left, right, asked.named), "terms", tables.marked(left[0], right[0]))
    if links.item().startswith("term:"):
        picks.lines(links.item().removeprefix("term:"))
    frame.section("Every term", "Across: how strongly a term marks a side. Upwards: how often it stands in the texts.")
    picks.chart(charts.frequency(table, left, right, asked.named), "frequency", "Terms by frequency and effect")
    shown = tables.terms(table, left[0], right[0], cached.sizes(selection))
    picks.table(shown, "terms-table", alt="The terms of the charts")
    if table["p"].notna().any():
        about = {"target": asked.target, "reference": asked.reference, "ngrams": asked.lengths}
        frame.section("Could it be chance?", tables.by_chance(cached.shuffled_sides(selection, **about)))
    if len(aside := tables.set_aside(cached.set_aside())):
        frame.section("Set aside before counting", "What outlets print around their articles, found by its repetition.")
        picks.table(aside, "aside", [links.item()] * len(aside), alt="What is not counted")


def names() -> None:
    """Who and what the sides name, how they spell it, and which titles they give."""
    find = filters.search("find", "Names with", "Any name")
    titles = cached.titles(selection)
    every = tables.variants(cached.spellings(selection, every=True, find=find), titles, look)
    if every.empty:
        frame.empty("name")
        return
    spelt = tables.variants(cached.spellings(selection, find=find), titles, look)
    if len(spelt):
        chosen = tables.variants(cached.spellings(selection, house_style=False, find=find), titles, look)
        frame.section("One name, several spellings", tables.spellings_note(len(chosen), len(spelt)))
        picks.listing(spelt, chosen, "spellings", alt="Spellings by side")
    frame.section("Every name", "The most mentioned first, with the titles they are given.")
    picks.table(every, "names", alt="Names by side")
    target, reference = filters.target()
    if reference or (target and len(look) > 2):
        left, right = look[target][0], look.get(reference or "", tables.OTHERS)[0]
        pairs = tables.called(cached.called(selection, target=target, reference=reference), left, right)
        frame.section("What one side calls by another name", tables.called_note(pairs, left, right))
        if len(pairs):
            picks.table(pairs, "called", alt="Terms that answer each other")


frame.heading("Words", "Which words mark a side, and what each side calls the same people and places.")
selection, look = filters.selection(), picks.look()
{"terms": terms, "names": names}[filters.choice("view")]()
