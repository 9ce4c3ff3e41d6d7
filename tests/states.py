"""Random views and random bad links, the same for the tests with and without a browser."""

from __future__ import annotations

import random
from typing import Any
from urllib.parse import urlencode

from analysis.corpus import Corpus
from dashboard import view

PAGES = ("brief", "figures", "sources", "words", "read", "method")
ITEMS = ("", "term:peace", "side:western", "said:russian", "voice:western|Donald Trump", "name:Kyiv", "topic:kursk")
TEXTS = ("", "peace", "50% + #1 & /?", "мир и 日本", "“quoted”", "=1+1", "a" * view.LONGEST_TEXT)
CHECKED = ("side", "topic", "outlet", "since", "until", "measure", "ngrams", "top", "view", "layer", "document",
           "target", "claims", "by", "count", "sort", "class", "compare", "corpus", "v")  # fmt: skip
"""Parts of a link whose values are checked."""

FREE = {"find": TEXTS, "quantity": ("", "drone|launched|||||", "a&b=c")}
"""Page options that take any text -> what they are given."""


def random_state(number: int, corpus: Corpus) -> tuple[str, dict[str, Any]]:
    """A page and a state of all its widgets that a reader can bring about."""
    rng = random.Random(number)
    page = PAGES[number % len(PAGES)]
    topics = [topic.id for topic in corpus.topics] + ["no-topic"]
    days = sorted(document.date for document in corpus.documents if document.date)
    state: dict[str, Any] = {
        "side": rng.sample([side.id for side in corpus.sides], rng.randint(0, len(corpus.sides))),
        "topic": rng.sample(topics, rng.randint(0, len(topics))),
        "outlet": rng.sample(list(corpus.outlets), rng.randint(0, len(corpus.outlets))),
        "since": rng.choice([None, days[0]]),
        "until": rng.choice([None, days[-1]]),
        "text": rng.choice(TEXTS),
        "item": rng.choice(ITEMS),
        "passage": rng.choice(["", f"{corpus.documents[0].id}:3"]),
    }
    for key, option in view.OPTIONS.items():
        if option.page in (page, view.EVERY):
            state[key] = _chosen(rng, key, option, corpus)
    return page, state


def _chosen(rng: random.Random, key: str, option: view.Option, corpus: Corpus) -> Any:
    if key == "document":
        return rng.sample([document.id for document in corpus.documents], rng.randint(0, 2))
    if key == "target":
        return rng.choice(["", *(side.id for side in corpus.sides)])
    if option.many:
        return rng.sample(list(option.choices), rng.randint(0, len(option.choices)))
    return rng.choice(list(option.choices or FREE[key]))


def query(page: str, state: dict[str, Any], corpus: Corpus) -> str:
    """The query of a state's link."""
    return urlencode(view.write(state, page, corpus), doseq=True)


def random_bad_query(number: int) -> tuple[str, str]:
    """A query with one or more parts that cannot be honoured, and one of them as it must be told."""
    rng = random.Random(number)
    letters = "abcxyz01-_|:;<>&=%#'\"/\\ ßмир日💥\t\x00"
    junk = "".join(rng.choices(letters, k=rng.randint(3, 30))).strip() or "zz"
    key = rng.choice([*CHECKED, f"x{junk}"])
    parts = [(key, junk), *[("text", "fire"), ("utm", "1"), ("item", "")][: rng.randint(0, 3)]]
    if rng.random() < 0.3:
        parts.append((rng.choice([other for other in CHECKED if other != key]), "9999-99-99"))
    rng.shuffle(parts)
    return urlencode(parts), (junk if key == "corpus" else repr(key if key.startswith("x") else junk))
