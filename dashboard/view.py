"""What a reader can choose, as a query: the same from the widgets, a link and the evidence pack.

The query holds every filter, the options of the page, the picked item, the corpus (twelve hex digits of its
hash) and the version of this scheme. Values are ids, never labels; an empty value means *everything*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.corpus import Corpus
from analysis.selection import Selection, only

VERSION = "1"
FILTERS = ("side", "topic", "outlet", "since", "until", "text")
MANY = frozenset({"side", "topic", "outlet"})
PICKED = ("item", "passage")
"""What was picked on a page: the item whose evidence is open, and the passage of it to go to."""

LONGEST_TEXT = 100
"""Characters of the free-text filter; keeps links under the length mail programs and proxies cut."""

Query = dict[str, list[str]]


@dataclass(frozen=True)
class Option:
    """A choice that belongs to one page. The first of `choices` (id -> label) is the default unless `many`.

    An option without choices takes any text. Labels are fixed words: no word of a corpus stands in one.
    """

    page: str
    label: str
    choices: Mapping[str, str] = field(default_factory=dict)
    many: bool = False
    default: tuple[str, ...] = ()

    def read(self, given: Sequence[str]) -> tuple[Any, list[str]]:
        """The value for the session state, and the values that are no choice."""
        known = [value for value in dict.fromkeys(given) if value]
        bad = [value for value in known if self.choices and value not in self.choices]
        good = [value for value in known if value not in bad]
        if self.many:
            return (good if given and (good or not known) else list(self.default)), bad
        return (good[0] if good else self.initial), bad

    @property
    def initial(self) -> Any:
        """The value of a view that says nothing about the option."""
        if self.many:
            return list(self.default)
        return next(iter(self.choices), "")


EVERY = "every"
"""The page of an option that all pages have."""

OPTIONS = {
    "view": Option("words", "Look at", {"terms": "Terms", "names": "Names"}),
    "target": Option("words", "Side looked at"),
    "measure": Option(
        "words",
        "Measure",
        {
            "tfidf": "TF-IDF contrast",
            "log_odds": "Log-odds",
            "log_ratio": "Log ratio",
            "share": "Share of passages",
            "g2": "G²",
        },
    ),
    "ngrams": Option("words", "Length", {"1-2": "Words and pairs", "1-1": "Words", "2-3": "Phrases"}),
    "top": Option("words", "Terms a side", {"10": "10", "20": "20", "40": "40"}),
    "class": Option(
        "words",
        "Class",
        {"all": "All", "framing": "Framing", "story": "Story", "house_style": "House style", "shared": "Shared"},
    ),
    "compare": Option("words", "Compare", {"as_printed": "All passages", "inside_topics": "Inside topics"}),
    "find": Option("words", "Holding"),
    "sort": Option(
        "words",
        "Sort lines by",
        {"position": "Place", "left": "Word before", "right": "Word after", "outlet": "Outlet", "date": "Date"},
    ),
    "claims": Option("figures", "Quantities", {"differing": "In conflict or one-sided", "all": "All quantities"}),
    "show": Option("figures", "Show", {"comparable": "Comparable figures", "all": "With context figures"}),
    "quantity": Option("figures", "Quantity"),
    "count": Option("sources", "Count", {"attributions": "Times cited", "words_quoted": "Words quoted"}),
    "by": Option("sources", "Rows", {"stance": "Stances", "verb": "Verbs"}),
    "layer": Option(
        "read",
        "Show in the text",
        {
            "figures": "Figures",
            "voices": "Voices",
            "names": "Names",
            "terms": "Marking terms",
            "only": "Counterparts",
        },
        many=True,
        default=("figures", "voices", "only"),
    ),
    "document": Option("read", "Article", many=True),
    "numbers": Option(EVERY, "Numbers", {"corrected": "Corrected", "machine": "Machine"}),
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
            problems += [] if option.many else only(key, {key: [each for each in query[key] if each not in bad]})[1]
    for key in ("text", "find"):
        if len(state.get(key, "")) > LONGEST_TEXT:
            state[key] = ""
            problems.append(f"the {key} filter is longer than {LONGEST_TEXT} characters")
    problems += _not_in_corpus(state, corpus)
    for key in PICKED:
        state[key], more = only(key, query)
        problems += more
    return state, problems + only("shared", query)[1] + _scheme_problems(query, corpus)


def _not_in_corpus(state: dict[str, Any], corpus: Corpus) -> list[str]:
    """Drop the article and the side that the corpus does not have; one line each."""
    lost = [value for value in state.get("document", ()) if value not in corpus.places]
    if "document" in state:
        state["document"] = [value for value in state["document"] if value in corpus.places]
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
                f"the link was made on another version of the corpus ({pinned}); this one is {corpus.short_digest}, "
                "so its numbers can differ"
            )
    for version in query.get("v", ()):
        if version != VERSION:
            problems.append(f"the link is of version {version!r}; this dashboard writes version {VERSION}")
    known = {*FILTERS, *OPTIONS, *PICKED, "shared", "corpus", "v"}
    unknown = [key for key in query if key not in known]
    return problems + [f"{key!r} means nothing here" for key in unknown]


def write(state: Mapping[Any, Any], page: str, corpus: Corpus) -> Query:
    """The full query of a view: filters, the page's options, item, the uploaded corpus, its hash and the version."""
    query: Query = {key: written(state.get(key)) for key in FILTERS}
    query |= {key: written(state.get(key)) for key, option in OPTIONS.items() if option.page in (page, EVERY)}
    query |= {key: [state[key]] for key in (*PICKED, "shared") if state.get(key)}
    return query | {"corpus": [corpus.short_digest], "v": [VERSION]}


def write_all(state: Mapping[Any, Any], page: str, corpus: Corpus) -> Query:
    """The full query of a view, and the options of the other pages where they were changed."""
    changed = {key: written(state[key]) for key, option in OPTIONS.items() if state[key] != option.initial}
    return changed | write(state, page, corpus)


def written(value: Any) -> list[str]:
    """A state value as it stands in a query; an explicit empty value where nothing is chosen."""
    if isinstance(value, list | tuple):
        return [str(item) for item in value] or [""]
    return [str(value) if value else ""]
