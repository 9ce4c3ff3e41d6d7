"""The view as a link: what a reader chose stands in the address, and an address shows the same view again.

`view` says what an address holds. Streamlit's own binding of widgets to the address would write their labels, so
this room does it: `follow` reads an address that is new to the session (opened, or reached by Back and Forward)
into the session state, `record` writes the address after the reader changed something.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from analysis.corpus import Corpus
from analysis.selection import only
from dashboard.view import FILTERS, MANY, OPTIONS, PICKED, Query, read, write, write_all, written


def shared() -> str:
    """The id of the uploaded corpus that the address names; empty for the server's own corpus."""
    if _is_new(now := given()):
        st.session_state["shared"], _ = only("shared", now)  # `follow` tells of others
    return str(st.session_state["shared"])


def follow(corpus: Corpus, lost: Sequence[str] = ()) -> None:
    """Take over the address when the reader opened it or went Back or Forward to it.

    `lost` says why the saved view that the address asks for cannot be shown.
    """
    state, now = st.session_state, given()
    if not _is_new(now):
        return
    if "address" not in state:
        for key, option in OPTIONS.items():
            state[key] = option.initial
    wanted, problems = read({} if lost else now, corpus)
    state["problems"] = [*lost, *problems]
    for key, value in wanted.items():
        state[key] = value
    state["address"], state["chosen"] = now, None


def given() -> Query:
    """The query of the address as it stands."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def pinned() -> str:
    """The beginning of the hash of the corpus that the address was made on; empty if it names none."""
    return next(iter(st.session_state["address"].get("corpus", ())), "")


def _is_new(now: Query) -> bool:
    """Whether the address is to be taken over.

    A run that a widget started carries the address the browser had when the reader touched the widget, which
    may be an older one than was written last: then the widgets count and the address does not.
    """
    state = st.session_state
    return "address" not in state or (now != state["address"] and _chosen() == state["chosen"])


def record(page: str, corpus: Corpus) -> None:
    """Write the address when the view is no longer the one it led to."""
    state = st.session_state
    state["page"] = page
    chosen = _chosen()
    if state["chosen"] not in (None, chosen):
        state["problems"] = []
        state["address"] = write(_state(), page, corpus)
        st.query_params.from_dict(state["address"])
    state["chosen"] = chosen


def _chosen() -> Query:
    """Everything a reader can choose, on any page, as it stands now."""
    state = st.session_state
    return {key: written(state.get(key)) for key in (*FILTERS, *OPTIONS, *PICKED, "page")}


def _state(**changed: Any) -> dict[str, Any]:
    """What an address can hold as it stands now, but for what is changed."""
    return {key: st.session_state.get(key) for key in (*FILTERS, *OPTIONS, *PICKED, "shared")} | changed


def address(page: str, corpus: Corpus, **changed: str) -> str:
    """The link to the view on the screen, everything explicit; `changed` takes the place of what is chosen."""
    url = (st.context.url or "").split("?")[0]
    return f"{url}?{urlencode(write(_state(**changed), page, corpus), doseq=True)}"


def whole_address(page: str, corpus: Corpus) -> str:
    """The link to the view on the screen, with the options of the other pages where they were changed."""
    query = urlencode(write_all(_state(), page, corpus), doseq=True)
    return f"{(st.context.url or '').split('?')[0]}?{query}"


def to_page(page: str, corpus: Corpus) -> list[tuple[str, str]]:
    """Query parameters that take the filters along to a page, without what was picked."""
    return to_pages([page], corpus)[page]


def to_pages(pages: Iterable[str], corpus: Corpus) -> dict[str, list[tuple[str, str]]]:
    """The query parameters of `to_page` for several pages."""
    state = _state(**dict.fromkeys(PICKED, ""))
    return {page: _parameters(write(state, page, corpus)) for page in pages}


def _parameters(query: Query) -> list[tuple[str, str]]:
    return [(key, value) for key, values in query.items() for value in values]


def problems() -> list[str]:
    """What of the address could not be honoured; nothing once the reader has gone on from it."""
    state = st.session_state
    gone_on = state["chosen"] is not None and _chosen() != state["chosen"]
    return [] if gone_on else list(state["problems"])


def just_opened() -> bool:
    """Whether this run is the first one of an address."""
    return st.session_state["chosen"] is None


def refuse(picked: str, problem: str) -> None:
    """Drop the item or the passage of the address, and say why in the notice."""
    st.session_state["problems"] = [*problems(), problem]
    st.session_state[picked] = ""


def item() -> str:
    """The picked item, empty when none is."""
    return str(st.session_state.get("item", ""))


def passage() -> str:
    """The passage to go to, empty when there is none."""
    return str(st.session_state.get("passage", ""))


def pick(chosen: str) -> None:
    """Open an item's evidence."""
    st.session_state["item"] = chosen
    go("")


def go(passage: str) -> None:
    """Go to a passage; an empty one goes nowhere."""
    st.session_state["passage"] = passage


def to_items(page: str, corpus: Corpus, items: Iterable[str]) -> list[str]:
    """The addresses, seen from any page, of this page with each item's evidence open."""
    state = _state(passage="")
    return [f"?{urlencode(write(state | {'item': item}, page, corpus), doseq=True)}" for item in items]


def to_read(passage: str, corpus: Corpus) -> list[tuple[str, str]]:
    """Query parameters that lead to a passage in its article."""
    return _parameters(write(_state(item="", passage=passage, document=[]), "read", corpus))


def drop() -> None:
    """Close the evidence, and forget what was picked on charts and tables."""
    pick("")
    st.session_state["picks"] = st.session_state.get("picks", 0) + 1


def reset() -> None:
    """Choose everything again."""
    for key in FILTERS:
        st.session_state[key] = [] if key in MANY else ("" if key == "text" else None)
    drop()
