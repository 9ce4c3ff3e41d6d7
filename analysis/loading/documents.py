"""Rows of tables as documents: side, outlet, day, language, ids; what cannot be one is reported."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from analysis.corpus import Document, slug
from analysis.loading.cleaning import cleaned, is_markup, text_of_markup
from analysis.loading.columns import is_empty, is_url, map_columns
from analysis.loading.dates import GUESSED, Day, DayReader, day_in_path, day_of_parts
from analysis.loading.languages import ENGLISH, FEWEST_WORDS, detected_language, stated_language
from analysis.loading.report import ImportReport
from analysis.loading.sources import Table

CELL_LIMIT = 32_767
"""Characters at which Excel cuts a cell."""

NOTHING = frozenset(["null", "nan", "none", "n/a", "na", "#n/a", "<na>"])
"""What programs write for a text that is not there."""

CUT_BODY = re.compile(r"\[\+\d+ chars\]\s*$")


@dataclass(frozen=True)
class Choices:
    """What the user decided about the reading.

    Attributes:
        sides: outlet id -> side as printed, for rows whose side no column tells.
        columns: field -> column.
        clean: whether entities, invisible and control characters are taken out of titles and texts.
        latest: later days are faults.
        day: the day of rows that have none.
    """

    sides: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    clean: bool = True
    latest: date = date.max
    day: date | None = None


@dataclass(frozen=True)
class Article:
    """A document, where it was read, its side as printed, and its text as it came if that was changed."""

    document: Document
    where: str
    side: str
    original: str | None


def table_articles(table: Table, choices: Choices, report: ImportReport) -> Iterator[Article]:
    """The articles of a table, in order; ids may still repeat.

    Raises:
        CorpusError: no column holds text.
    """
    if not table.rows:
        return
    fields = map_columns(table, choices.columns, report)
    columns = {name: columns[0] for name, columns in fields.items()}
    days = DayReader.of([row.get(columns.get("date", "")) for row in table.rows], choices.latest)
    for number, row in enumerate(table.rows):
        report.read += 1
        cells = {name: _first(row, names) for name, names in fields.items()}
        where = table.where(number)
        article = _article(table, row, cells, where, choices, days, report)
        if article:
            yield article


def _article(
    table: Table,
    row: Mapping[str, Any],
    cells: Mapping[str, Any],
    where: str,
    choices: Choices,
    days: DayReader,
    report: ImportReport,
) -> Article | None:
    raw = plain(cells.get("text"))
    raw = "" if _is_nothing(raw.strip()) else raw
    text = _readable(raw, where, choices, report)
    if not text.strip():
        report.drop("no text left without its HTML" if raw.strip() else "empty text", where)
        return None
    title = " ".join(_readable(plain(cells.get("title")), "", choices, None).split("\n"))
    url = plain(cells.get("url")).strip() or None
    outlet = _outlet(cells, url)
    side = _side(table, cells, outlet, choices)
    if not side:
        report.drop(f"no side given for the outlet {outlet}" if outlet else "no side", where)
        return None
    day = _day(cells, days, url, plain(row.get("path")), choices)
    report.day(day.how, where)
    if len(raw) == CELL_LIMIT:
        report.warn(f"{where}: the text ends at {CELL_LIMIT} characters, where Excel cuts a cell.")
    elif CUT_BODY.search(text):
        report.warn(f"{table.name}: texts end in '[+N chars]': the service cut them.")
    document = Document(
        id=_given_id(cells.get("id")),
        side=slug(side),
        outlet=outlet or side,
        title=title,
        text=text,
        date=day.value,
        language=_language(plain(cells.get("language")), f"{title}\n{text}", where, report),
        url=url,
        topics=_topic_names(cells.get("topic")),
    )
    return Article(document, where, side, raw if raw != text else None)


def with_ids(articles: Sequence[Article], report: ImportReport) -> list[Article]:
    """Give each article an id of its own; rows that repeat another in everything are counted once."""
    taken: dict[str, Document] = {}
    kept = []
    for article in articles:
        document = article.document
        made = next(
            named
            for named in (_named(document, name) for name in _ids(document))
            if taken.get(named.id, named) == named
        )
        if made.id in taken:
            report.copy("the same row again", article.where)
            continue
        if document.id not in ("", made.id):
            report.change("an id that is another article's, made distinct", article.where)
        taken[made.id] = made
        kept.append(article if made is document else replace(article, document=made))
    return kept


def _named(document: Document, name: str) -> Document:
    return document if document.id == name else replace(document, id=name)


def _ids(document: Document) -> Iterator[str]:
    """Ids to try: the given one, or one made of the outlet and the content; then distinct ones."""
    if document.id:
        yield document.id
        yield from (f"{document.id}~{number}" for number in range(2, 1 << 30))
    for length in (6, 12, 24):
        yield f"{slug(document.outlet)}-{document.article[:length]}"
    yield from (f"{slug(document.outlet)}-{document.article}~{number}" for number in range(2, 1 << 30))


def _is_nothing(text: str) -> bool:
    return len(text) <= max(map(len, NOTHING)) and text.casefold() in NOTHING


def plain(cell: Any) -> str:
    """A cell as text with `\\n` line ends; nothing for an empty cell, one line for each entry of a list."""
    if is_empty(cell):
        return ""
    if isinstance(cell, list | tuple):
        return "\n".join(plain(item) for item in cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\r\n", "\n").replace("\r", "\n")


def _first(row: Mapping[str, Any], names: Sequence[str]) -> Any:
    for name in names:
        cell = row.get(name)
        if not is_empty(cell):
            return cell
    return None


def _readable(raw: str, where: str, choices: Choices, report: ImportReport | None) -> str:
    """The text without markup and, if so chosen, without traces of its transport."""
    text = raw
    if is_markup(raw):
        text = text_of_markup(raw)
        if report:
            report.change("HTML turned into text", where)
    if choices.clean:
        tidy = cleaned(text)
        if report and tidy != text:
            report.change("entities, invisible or control characters taken out", where)
        text = tidy
    return text


def _outlet(cells: Mapping[str, Any], url: str | None) -> str:
    """The outlet as printed; of a web address its domain."""
    outlet = " ".join(plain(cells.get("outlet")).split())
    if is_url(outlet) or (not outlet and url and is_url(url)):
        outlet = _domain(outlet or url or "")
    return outlet


def _domain(address: str) -> str:
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _side(table: Table, cells: Mapping[str, Any], outlet: str, choices: Choices) -> str:
    """The row's side: its column, else the user's map of outlets, else what the table is named after.

    With a map, a row of an outlet that is not in it has no side; nor has a row that leaves its side open in
    a table where other rows name theirs.
    """
    side = " ".join(plain(cells.get("side")).split()) or choices.sides.get(slug(outlet), "")
    if side:
        return side
    if "side" in cells or (choices.sides and outlet):
        return ""
    return table.side


def _day(cells: Mapping[str, Any], days: DayReader, url: str | None, path: str, choices: Choices) -> Day:
    day = days(cells.get("date"))
    if not day.value and {"year", "month", "day"} <= cells.keys():
        day = day_of_parts(cells["year"], cells["month"], cells["day"], days.latest)
    if not day.value and day.how == "no date given":
        for place, how in ((path, "from the file's path"), (url or "", "from the web address")):
            found = day_in_path(place, days.latest)
            if found:
                return Day(found, how)
        if choices.day:
            return Day(choices.day, "the corpus's own day")
    return day


def _language(stated: str, text: str, where: str, report: ImportReport) -> str:
    """As stated, unless the text plainly is English where it should not be, or the reverse."""
    known = stated_language(stated)
    found = detected_language(text)
    if known is None or known == found:
        return found
    if (known == ENGLISH) == (found == ENGLISH) or len(text.split()) < FEWEST_WORDS:
        return known
    report.change(f"language stated as {known}, read as {found}", where)
    return found


def _given_id(cell: Any) -> str:
    return plain(cell).strip()[:200]


def _topic_names(cell: Any) -> tuple[str, ...]:
    names = cell if isinstance(cell, list | tuple) else plain(cell).replace("|", ";").split(";")
    return tuple(dict.fromkeys(str(name).strip() for name in names if str(name).strip()))


def warn_of_days(report: ImportReport, undated_share: float = 0.5) -> None:
    """Warnings about how days were found."""
    for how, tally in report.dates.items():
        if how.startswith(GUESSED):
            report.warn(f"{tally.count} days: {how}.")
        elif how.startswith("out of range"):
            report.warn(f"{tally.count} days {how} were left out.")
    missing = sum(tally.count for how, tally in report.dates.items() if how.startswith(("no date", "not readable")))
    total = sum(tally.count for tally in report.dates.values())
    if 0 < missing < total or (total and missing > undated_share * total):
        report.warn(f"{missing} of {total} articles have no day that could be read.")
