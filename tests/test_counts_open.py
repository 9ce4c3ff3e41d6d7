"""A crawler over the pages: every count that is shown opens evidence of just as many things or passages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis.evidence import evidence
from analysis.loading import load
from analysis.reading import Reading, Selected
from analysis.selection import Selection
from dashboard import picks

ROOT = Path(__file__).parent.parent
VIEWS = (
    "brief?", "brief?topic=strikes", "figures?claims=all&show=all", "figures?text=drone", "sources?",
    "sources?by=verb&topic=peace-talks", "words?top=40", "words?topic=peace-talks&ngrams=1-1", "words?view=names",
    "words?item=term:peace", "method?", "method?side=russian",
)  # fmt: skip

Seen = list[tuple[str, str, Any]]
"""(name of the table or chart, item, how many the screen says; None where it says no number)."""


def number(text: Any) -> int:
    """The first number of a text."""
    return int(re.search(r"\d[\d,]*", str(text)).group().replace(",", ""))


def bracketed(row: pd.Series) -> int:
    """The sum of the counts in brackets behind names: Kyiv (3), Kiev (2). Titles are counted within their names."""
    cells = [str(cell) for name, cell in row.items() if not name.endswith("titles") and name not in ("Name", "Kind")]
    return sum(int(count) for cell in cells for count in re.findall(r"\((\d+)\)(?:,|$)", cell))


def printed(row: pd.Series) -> int | None:
    """The figures a row of the ledger prints; None where it says that there are more."""
    cells = [str(row[name]) for name in row.index if name not in ("Quantity", "Status", "Ratio", "Gap")]
    told = [part for cell in cells if cell != "—" for part in cell.split("; ")]
    if any(re.fullmatch(r"and \d+ more", part) for part in told):
        return None
    reports = [re.search(r"(\d+) reports in", part) for part in told]
    times = [re.search(r"\(×(\d+)\)$", part) for part in told]
    return sum(
        (int(many.group(1)) if many else 1) * (int(same.group(1)) if same else 1)
        for many, same in zip(reports, times, strict=True)
    )


def summed(ending: str) -> Callable[[pd.Series], int]:
    """The sum of a table's columns whose name ends so."""
    return lambda row: int(sum(row[name] for name in row.index if name.endswith(ending)))


COUNTED: dict[str, Callable[[pd.Series], int | None]] = {
    "ledger": printed,
    "contrasts": lambda row: 2,
    "context": lambda row: 1,
    "quoting-table": lambda row: row["Passages"],
    "reporting": lambda row: row["Cited"],
    "camps-table": lambda row: row["Cited"],
    "types-table": lambda row: row["Cited"],
    "voices": lambda row: row["Cited"] or row["Through another voice"],
    "headlines": lambda row: 1,
    "chains": lambda row: 2,
    "terms-table": summed(": times"),
    "names": bracketed,
    "spellings": bracketed,
    "documents": lambda row: row["Passages"],
    "topics": summed(": passages"),
}
"""Table -> how many things a row says it stands for."""

UNCOUNTED = re.compile(r"(silence|only-.*|changes|aside|vague|corrections|lines|called|concentration)(-all)?")
"""Tables whose rows say no number of their own evidence, or whose cells are looked at one by one."""


class Crawler:
    """Notes what the pages draw, as they draw it."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.seen: Seen = []
        for name in ("table", "chart", "button"):
            patch.setattr(picks, name, self._noting(getattr(picks, name), getattr(self, f"_{name}")))

    def _noting(self, draw: Callable[..., Any], note: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*args: Any, **options: Any) -> Any:
            note(*args)
            return draw(*args, **options)

        return noted

    def _table(self, shown: pd.DataFrame, name: str, items: Sequence[Any] = ()) -> None:
        items = items or list(shown["item"])
        shown = shown.drop(columns="item", errors="ignore")
        assert len(shown) == len(items), name
        for (_, row), item in zip(shown.iterrows(), items, strict=True):
            if name == "concentration":
                self._measures(row, item)
            elif name in COUNTED:
                self.seen.append((name, item, COUNTED[name](row)))
            else:
                assert UNCOUNTED.fullmatch(name), f"no one says what the rows of {name} count"
                each = item.values() if isinstance(item, dict) else [item]
                self.seen += [(name, one, None) for one in each if one]

    def _measures(self, row: pd.Series, items: dict[str, str]) -> None:
        """The measures of a side that count attributions."""
        for label, item in items.items():
            counts = re.match(r"[\d,]+ of [\d,]+:", str(row[label])) or row["Measure"] == "Attributions"
            self.seen.append((f"concentration {row['Measure']}", item, number(row[label]) if counts else None))

    def _chart(self, drawn: Any, name: str, alt: str) -> None:
        assert alt
        traces = drawn.to_dict()["data"]
        marks: dict[str, list[Any]] = {}
        for trace in traces:
            for at, item in enumerate(trace.get("customdata") or ()):
                own = item[1:] if isinstance(item, list) else (trace.get("text") or [""] * (at + 1))[at]
                key = item[0] if isinstance(item, list) else item
                marks.setdefault(str(key), []).append((own, trace.get("x", [None] * (at + 1))[at], trace["type"]))
        self.seen += [(name, item, _drawn(name, item, found)) for item, found in marks.items()]

    def _button(self, chosen: str, name: str, label: str = "Evidence") -> None:
        self.seen.append((f"button {name}", chosen, number(label) if ":" in label else None))


def _drawn(name: str, item: str, marks: list[Any]) -> int | None:
    """How many things the marks of an item on a chart say they stand for."""
    texts = [str(own) for own, _, kind in marks if isinstance(own, str) and own]
    if name == "frequency":
        return sum(marks[0][0])
    if name == "terms":
        return sum(map(int, re.search(r">(\d+):(\d+)<", " ".join(texts)).groups()))
    if name.startswith("voices-"):
        return int(sum(x for _, x, kind in marks if kind == "bar"))
    if name == "quoting":
        return number(texts[0].split("<br>")[1]) if texts else 0
    if name.startswith("grid-"):
        return number(texts[0])
    if name == "dispersion":
        return len(marks)
    return {"figure": 1, "contrast": 2}.get(item.partition(":")[0])


def crawl(address: str, patch: pytest.MonkeyPatch) -> Crawler:
    page, _, query = address.partition("?")
    crawler = Crawler(patch)
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120)
    app.query_params.update(parse_qs(query, keep_blank_values=True))
    app.run()
    if page != "brief":
        crawler.seen.clear()
        app.switch_page(f"dashboard/pages/{page}.py").run()
    assert not app.exception
    crawler.seen += _count_line(app)
    return crawler


def _count_line(app: AppTest) -> Iterator[tuple[str, str, Any]]:
    """The count line's links: a side's evidence is its passages, whose articles are counted."""
    bodies = [element.proto.body for element in app.get("html")]
    line = next(body for body in bodies if 'class="counts"' in body)
    for address, articles in re.findall(r'href="\?([^"]*)"[^>]*>([\d,]+) article', line):
        item = parse_qs(address.replace("&amp;", "&"))["item"][0]
        yield "count line", item, ("articles", number(articles))


@cache
def sizes(selected: Selected, item: str) -> dict[str, int]:
    """How many passages, articles and things an item's evidence holds; none for no evidence."""
    try:
        table = evidence(selected, item)
    except KeyError:
        return {"passages": 0, "articles": 0, "things": 0}
    things = {thing for own in table["things"] for thing in own}
    return {"passages": len(table), "articles": table["document"].nunique(), "things": len(things)}


def check(crawler: Crawler, selected: Selected) -> int:
    """Compare all that was seen with its evidence; how many counts that were."""
    compared = 0
    for name, item, told in dict.fromkeys(crawler.seen):
        held = sizes(selected, item)
        if isinstance(told, tuple):
            assert held[told[0]] == told[1], (name, item)
        elif told is not None:
            assert (held["things"] or held["passages"]) == told, (name, item, told, held)
            compared += 1
        else:
            assert held["passages"], (name, item)
    return compared


@pytest.fixture(scope="module")
def chosen(reading: Reading) -> Callable[[Selection], Selected]:
    """A selection of the seed; views of the same one share its evidence."""
    return cache(lambda selection: Selected(reading, selection))


@pytest.mark.parametrize("address", VIEWS)
def test_every_count_on_the_seed_opens_as_many(
    address: str, chosen: Callable[[Selection], Selected], monkeypatch: pytest.MonkeyPatch
) -> None:
    crawler = crawl(address, monkeypatch)
    selection, problems = Selection.from_query(parse_qs(address.partition("?")[2]))
    assert not problems
    compared = check(crawler, chosen(selection))
    assert compared >= (0 if address.startswith("brief") else 3), "the crawler must have found something to compare"
    assert crawler.seen


TOLLS = (("north", 1, 63), ("north", 2, 89), ("south", 1, 400), ("south", 2, 420), ("east", 1, 63), ("east", 3, 70))


@pytest.mark.parametrize("address", ["brief?", "figures?claims=all", "sources?", "words?top=20", "words?view=names"])
def test_every_count_of_three_sides_opens_as_many(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        {"side": side, "outlet": f"{side} post", "date": f"2025-03-0{day}",
         "title": f"Flood kills {toll}, minister says",
         "text": f"The flood in Oldtown killed {toll} people, police said. It destroyed {toll} homes in Oldtown.\n"
                 f"“We will rebuild {side}town,” Prime Minister Ann Lee told reporters, according to Daily {side}."}
        for side, day, toll in TOLLS
    ]  # fmt: skip
    path = tmp_path / "tolls.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    monkeypatch.setenv("PARALLAX_CORPUS", str(path))
    crawler = crawl(address, monkeypatch)
    compared = check(crawler, Selected(Reading(load(path)), Selection()))
    assert compared or address.startswith("brief")
