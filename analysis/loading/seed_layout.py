"""The seed layout: `NAME PERSPECTIVE`, a headline, paragraphs; any number of sections; a closing credit."""

from __future__ import annotations

import re

from analysis.corpus import CorpusError

SECTION = re.compile(r"^(?P<name>[^a-z\n]{1,60}?) PERSPECTIVE$")
NEARLY = re.compile(r"^\w+(?: \w+)? perspective:?$", re.IGNORECASE)
LONGEST_OUTLET = 40
LONGEST_HEADLINE = 250
"""Characters of a headline; a section of one longer line is an article without one."""


def read_sections(content: str, where: str) -> list[dict[str, str | None]]:
    """Cut a file's content into records with side, outlet, title and text.

    The credit line `Outlet/Outlet` names the outlets in the order of the sections; without one, or with
    another number of names, a section's outlet is left open.

    Raises:
        CorpusError: there is no section heading, or a section has no headline.
    """
    lines = content.split("\n")
    heads = [number for number, line in enumerate(lines) if SECTION.match(line.strip())]
    if not heads:
        raise CorpusError(
            f"{where}: no line such as 'NORTHERN PERSPECTIVE' was found. "
            "Head each article with its side's name in capitals followed by PERSPECTIVE."
        )
    credits, end = _credits(lines, len(heads))
    records: list[dict[str, str | None]] = []
    for order, head in enumerate(heads):
        until = heads[order + 1] if order + 1 < len(heads) else end
        title, body = _article(lines[head + 1 : until])
        if not title and not body:
            raise CorpusError(f"{where}, line {head + 1}: the section has no headline after it.")
        match = SECTION.match(lines[head].strip())
        name = match.group("name").strip() if match else ""
        outlet = credits[order] if credits else None
        records.append({"side": name.capitalize(), "outlet": outlet, "title": title, "text": body})
    return records


def lines_before_sections(content: str) -> int:
    """Lines with words above the first section, which belong to none."""
    lines = [line.strip() for line in content.split("\n")]
    first = next((number for number, line in enumerate(lines) if SECTION.match(line)), 0)
    return sum(map(bool, lines[:first]))


def headings_in_small_letters(content: str) -> list[str]:
    """Lines that would head a section if they were in capitals."""
    lines = [line.strip() for line in content.split("\n")]
    return [line for line in lines if NEARLY.match(line) and not SECTION.match(line)]


def _credits(lines: list[str], sections: int) -> tuple[list[str], int]:
    """The outlets of the closing line and the number of lines before it."""
    last = next((number for number in range(len(lines) - 1, -1, -1) if lines[number].strip()), 0)
    names = [name.strip() for name in lines[last].split("/")]
    fits = len(names) == sections and all(0 < len(name) <= LONGEST_OUTLET for name in names)
    if fits and not SECTION.match(lines[last].strip()) and sections > 1:
        return names, last
    return [], len(lines)


def _article(lines: list[str]) -> tuple[str, str]:
    """Headline and verbatim body of a section's lines."""
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return "", ""
    headline, body = lines[first].strip(), "\n".join(lines[first + 1 :]).strip("\n")
    return ("", headline) if not body and len(headline) > LONGEST_HEADLINE else (headline, body)
