"""News made of invented words, of any size: Zipf's law over an open vocabulary, words that come in bursts.

Each article draws its own rates (a gamma share of the corpus's), so that words scatter more between articles
than within them, as in real news; each outlet adds a line of its own to its articles.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.terms.counts import stopwords

ONSETS = ["b", "br", "c", "ch", "cl", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pl",
          "pr", "r", "s", "sh", "sl", "st", "t", "th", "tr", "v", "w"]  # fmt: skip
VOWELS = ["a", "e", "i", "o", "u", "y", "ai", "ea"]
CODAS = ["", "", "", "n", "r", "s", "t", "l"]

FUNCTION_SHARE = 0.45
"""Part of running words that are function words, as in English news."""

SENTENCE = 22
PARAGRAPH = 3


def made_news(
    documents: int, *, words: int = 250, sides: int = 2, outlets: int = 3, seed: int = 0, burst: float = 0.3
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Documents and their passages (the tables of `analysis.corpus` and `analysis.passages`).

    Args:
        documents: how many articles.
        words: their mean length.
        sides: how many sides, dealt in turn.
        outlets: outlets a side.
        seed: of the random numbers.
        burst: share of an article's content words drawn from its own small vocabulary.
    """
    rng = np.random.default_rng(seed)
    content = _vocabulary(rng, 200 + int(40 * np.sqrt(documents * words)))
    function = np.array(sorted(word for word in stopwords() if word.isalpha()), object)
    ranks = 1 / (np.arange(len(content)) + 2.7)
    function_ranks = 1 / (np.arange(len(function)) + 1.0)
    rows = []
    for number in range(documents):
        size = max(int(rng.gamma(4, words / 4)), 30)
        chosen = _draw(rng, ranks, size)
        own = chosen[: max(size // 25, 1)]
        chosen = np.where(rng.random(size) < burst, rng.choice(own, size), chosen)
        text = np.where(rng.random(size) < FUNCTION_SHARE, function[_draw(rng, function_ranks, size)], content[chosen])
        side, outlet = number % sides, (number // sides) % outlets
        body = _sentences(text.tolist())
        body.append(f"Follow Outlet {side}{outlet} for more stories.")
        title = " ".join(text[: min(9, size)].tolist()).capitalize()
        rows.append((f"d{number}", f"side{side}", f"Outlet {side}{outlet}", None, title, "\n".join(body)))
    table = pd.DataFrame(rows, columns=["id", "side", "outlet", "date", "title", "text"])
    return table, _passages(table)


def _vocabulary(rng: np.random.Generator, size: int) -> np.ndarray:
    words: dict[str, None] = {}
    while len(words) < size:
        syllables = 1 + rng.integers(0, 3)
        parts = [rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS) for _ in range(syllables)]
        word = "".join(parts)
        if word not in stopwords():
            words[word.capitalize() if len(words) % 10 == 0 else word] = None
    return np.array(list(words), object)


def _draw(rng: np.random.Generator, weights: np.ndarray, size: int) -> np.ndarray:
    edges = np.cumsum(weights)
    return np.searchsorted(edges, rng.random(size) * edges[-1])


def _sentences(words: list[str]) -> list[str]:
    sentences = [words[start : start + SENTENCE] for start in range(0, len(words), SENTENCE)]
    lines = [" ".join(sentence[:10]) + ", " + " ".join(sentence[10:]) + "." for sentence in sentences]
    lines = [line[:1].upper() + line[1:] for line in lines]
    return [" ".join(lines[start : start + PARAGRAPH]) for start in range(0, len(lines), PARAGRAPH)]


def _passages(documents: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for document in documents.itertuples():
        rows.append((document.id, "title", 0, len(document.title)))
        start = 0
        for line in document.text.split("\n"):
            rows.append((document.id, "text", start, start + len(line)))
            start += len(line) + 1
    passages = pd.DataFrame(rows, columns=["document", "field", "start", "end"])
    passages.insert(0, "id", [f"p{number}" for number in range(len(passages))])
    return passages
