"""Text files: the seed layout, or one article a file with its side and day in the path."""

from __future__ import annotations

from analysis.loading.decoding import decoded
from analysis.loading.report import ImportReport
from analysis.loading.seed_layout import SECTION, headings_in_small_letters, lines_before_sections, read_sections
from analysis.loading.sources import Source, Table

LONGEST_HEADLINE = 150


def read_text(source: Source, report: ImportReport) -> list[Table]:
    """Sections of a file in the seed layout, else one article.

    Raises:
        CorpusError: a file named by itself has no section, or a section no headline.
    """
    file = decoded(source.data)
    if source.given or any(SECTION.match(line.strip()) for line in file.text.split("\n")):
        rows = [dict(record) for record in read_sections(file.text, source.name)]
        if before := lines_before_sections(file.text):
            report.warn(f"{source.name}: {before} lines before the first section were left out.")
        for line in headings_in_small_letters(file.text):
            report.warn(f"{source.name}: {line!r} is no section's heading, as its name is not in capitals.")
        report.files.append(f"{source.name}: seed layout, {file.encoding}, {len(rows)} articles")
        return [Table(source.name, source.stem, rows, [f"section {number}" for number in range(1, len(rows) + 1)])]
    title, text = _headline(file.text)
    row = {"id": source.name.rsplit(".", 1)[0], "title": title, "text": text, "path": source.name}
    return [Table(source.name, source.stem, [row], ["whole file"])]


def _headline(content: str) -> tuple[str, str]:
    """A short first line that a blank one follows and no full stop ends, and the rest."""
    first, _, rest = content.lstrip("\n").partition("\n")
    if (
        rest.startswith("\n")
        and 0 < len(first.strip()) <= LONGEST_HEADLINE
        and not first.rstrip().endswith((".", ",", ";"))
    ):
        return first.strip(), rest.strip("\n")
    return "", content.strip("\n")
