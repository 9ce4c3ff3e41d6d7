"""The view as a link: what a reader chose stands in the address, and an address shows the same view again.

The query holds every filter, the options of the page, the picked item, the corpus (twelve hex digits of its
hash) and the version of this scheme. Values are ids, never labels; an empty value means *everything*.
Streamlit's own binding of widgets to the address would write their labels, so this room does it: `follow`
reads an address that is new to the session (opened, or reached by Back and Forward) into the session state,
`record` writes the address after the reader changed something.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from analysis.corpus import Corpus
from analysis.selection import Selection

VERSION = "1"
FILTERS = ("side", "topic", "outlet", "since", "until", "text")
MANY = frozenset({"side", "topic", "outlet"})
LONGEST_TEXT = 100
"""Characters of the free-text filter; keeps links under the length mail programs and proxies cut."""

Query = dict[str, list[str]]


@dataclass(frozen=True)
class Option:
    """A choice that belongs to one page. The first of `choices` is the default unless `many`."""

    page: str
    choices: tuple[str, ...] = ()
    many: bool = False
    default: tuple[str, ...] = ()

    def read(self, values: Sequence[str]) -> tuple[Any, list[str]]:
        """The value for the session state, and the values that are no choice."""
        given = [value for value in dict.fromkeys(values) if value]
        bad = [value for value in given if self.choices and value not in self.choices]
        good = [value for value in given if value not in bad]
        if self.many:
            return (good if values and (good or not given) else list(self.default)), bad
        return (good[0] if good else self.initial), bad + good[1:]

    @property
    def initial(self) -> Any:
        """The value of a view that says nothing about the option."""
        if self.many:
            return list(self.default)
        return self.choices[0] if self.choices else ""


OPTIONS = {
    "view": Option("words", ("terms", "names")),
    "target": Option("words"),
    "measure": Option("words", ("tfidf", "log_odds", "log_ratio", "share", "g2")),
    "ngrams": Option("words", ("1-2", "1-1", "2-3")),
    "top": Option("words", ("10", "20", "40")),
    "class": Option("words", ("all", "framing", "story", "house_style", "shared")),
    "compare": Option("words", ("as_printed", "inside_topics")),
    "find": Option("words"),
    "sort": Option("words", ("position", "left", "right", "outlet", "date")),
    "claims": Option("figures", ("differing", "all")),
    "show": Option("figures", ("comparable", "all")),
    "quantity": Option("figures"),
    "count": Option("sources", ("attributions", "words_quoted")),
    "by": Option("sources", ("stance", "verb")),
    "layer": Option(
        "read",
        ("figures", "voices", "names", "terms", "only"),
        many=True,
        default=("figures", "voices"),
    ),
    "document": Option("read", many=True),
}
"""Every page option a link may hold."""


def read(query: Mapping[str, Sequence[str]], corpus: Corpus) -> tuple[dict[str, Any], list[str]]:
    """The session state an address asks for, and one line for each part that cannot be honoured."""
    selection, problems = Selection.from_query(query)
    problems += selection.problems(corpus)
    state = _filter_state(selection, corpus)
    for key, option in OPTIONS.items():
        if key in query:
            state[key], bad = option.read(query[key])
            problems += [f"{key} {value!r} is not an option" for value in bad]
    for key in ("text", "find"):
        if len(state.get(key, "")) > LONGEST_TEXT:
            state[key] = ""
            problems.append(f"the {key} filter is longer than {LONGEST_TEXT} characters")
    problems += _not_in_corpus(state, corpus)
    state["item"] = next(iter(query.get("item", ())), "")
    return state, problems + _scheme_problems(query, corpus)


def _not_in_corpus(state: dict[str, Any], corpus: Corpus) -> list[str]:
    """Drop the article and the side that the corpus does not have; one line each."""
    documents = {document.id for document in corpus.documents}
    lost = [value for value in state.get("document", ()) if value not in documents]
    if "document" in state:
        state["document"] = [value for value in state["document"] if value in documents]
    problems = [f"document {value!r} is not in this corpus" for value in lost]
    if state.get("target") and state["target"] not in {side.id for side in corpus.sides}:
        problems.append(f"side {state['target']!r} is not in this corpus")
        state["target"] = ""
    return problems


def _filter_state(selection: Selection, corpus: Corpus) -> dict[str, Any]:
    """The filters' widget values, without what the corpus does not have."""
    topics = {topic.id for topic in corpus.topics} | {"no-topic"}
    sides = {side.id for side in corpus.sides}
    ordered = not (selection.since and selection.until and selection.since > selection.until)
    return {
        "side": [side for side in selection.sides if side in sides],
        "topic": [topic for topic in selection.topics if topic in topics],
        "outlet": [outlet for outlet in selection.outlets if outlet in corpus.outlets],
        "since": selection.since if ordered else None,
        "until": selection.until if ordered else None,
        "text": selection.text,
    }


def _scheme_problems(query: Mapping[str, Sequence[str]], corpus: Corpus) -> list[str]:
    problems = []
    for pinned in query.get("corpus", ()):
        if pinned != corpus.short_digest:
            problems.append(
                f"the link was made on another corpus ({pinned}); this one is {corpus.short_digest}, "
                "so its numbers can differ"
            )
    for version in query.get("v", ()):
        if version != VERSION:
            problems.append(f"the link is of version {version!r}; this dashboard writes version {VERSION}")
    known = {*FILTERS, *OPTIONS, "item", "corpus", "v"}
    unknown = [key for key in query if key not in known]
    return problems + [f"{key!r} means nothing here" for key in unknown]


def write(state: Mapping[Any, Any], page: str, corpus: Corpus) -> Query:
    """The full query of a view: filters, the page's options, item, corpus and version."""
    query: Query = {key: _values(state.get(key)) for key in FILTERS}
    query |= {key: _values(state.get(key)) for key, option in OPTIONS.items() if option.page == page}
    if state.get("item"):
        query["item"] = [state["item"]]
    return query | {"corpus": [corpus.short_digest], "v": [VERSION]}


def _values(value: Any) -> list[str]:
    """A state value as it stands in a query; an explicit empty value where nothing is chosen."""
    if isinstance(value, list | tuple):
        return [str(item) for item in value] or [""]
    return [str(value) if value else ""]


def follow(corpus: Corpus) -> None:
    """Take over the address when the reader opened it or went Back or Forward to it.

    A run that a widget started carries the address the browser had when the reader touched the widget, which
    may be an older one than was written last: then the widgets count and the address does not.
    """
    state = st.session_state
    given = {key: st.query_params.get_all(key) for key in st.query_params}
    if "address" not in state:
        for key, option in OPTIONS.items():
            state[key] = option.initial
    elif given == state["address"] or _chosen() != state["chosen"]:
        return
    wanted, state["problems"] = read(given, corpus)
    for key, value in wanted.items():
        state[key] = value
    state["address"], state["chosen"] = given, None


def record(page: str, corpus: Corpus) -> None:
    """Write the address when the view is no longer the one it led to."""
    state = st.session_state
    state["page"] = page
    chosen = _chosen()
    if state["chosen"] not in (None, chosen):
        state["problems"] = []
        state["address"] = write(state.to_dict(), page, corpus)
        st.query_params.from_dict(state["address"])
    state["chosen"] = chosen


def _chosen() -> Query:
    """Everything a reader can choose, on any page, as it stands now."""
    state = st.session_state
    return {key: _values(state.get(key)) for key in (*FILTERS, *OPTIONS, "item", "page")}


def address(page: str, corpus: Corpus) -> str:
    """The link to the view on the screen, everything explicit."""
    url = (st.context.url or "").split("?")[0]
    return f"{url}?{urlencode(write(st.session_state.to_dict(), page, corpus), doseq=True)}"


def to_page(page: str, corpus: Corpus) -> list[tuple[str, str]]:
    """Query parameters that take the filters along to a page, without the picked item."""
    query = write({**st.session_state.to_dict(), "item": ""}, page, corpus)
    return [(key, value) for key, values in query.items() for value in values]


def problems() -> list[str]:
    """What of the address could not be honoured; nothing once the reader has gone on from it."""
    state = st.session_state
    gone_on = state["chosen"] is not None and _chosen() != state["chosen"]
    return [] if gone_on else list(state["problems"])


def just_opened() -> bool:
    """Whether this run is the first one of an address."""
    return st.session_state["chosen"] is None


def refuse_item(problem: str) -> None:
    """Drop the item of the address, and say why in the notice."""
    st.session_state["problems"] = [*problems(), problem]
    st.session_state["item"] = ""


def item() -> str:
    """The picked item, empty when none is."""
    return str(st.session_state.get("item", ""))


def pick(chosen: str) -> None:
    """Open an item's evidence."""
    st.session_state["item"] = chosen


def drop() -> None:
    """Close the evidence, and forget what was picked on charts and tables."""
    st.session_state["item"] = ""
    st.session_state["picks"] = st.session_state.get("picks", 0) + 1


def reset() -> None:
    """Choose everything again."""
    for key in FILTERS:
        st.session_state[key] = [] if key in MANY else ("" if key == "text" else None)
    drop()
