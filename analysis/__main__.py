"""The command line: `python -m analysis COMMAND [CORPUS] [filters] [--format ...] [-o FILE]`."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qs, urlsplit

import click
import pandas as pd

from analysis import export
from analysis.corpus import Corpus, CorpusError
from analysis.corrections import Correction, from_json, log
from analysis.loading import load
from analysis.reading import Reading, Selected
from analysis.selection import Selection
from analysis.store.place import data_folder
from analysis.terms import MEASURES

FORMATS = ("table", "csv", "json", "jsonl")
PATIENCE = 5.0
"""Seconds before a bar is shown."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Parallax: compare how two or more sides report the same days.

    Each command prints one table of a corpus (a file or a folder; default: the seed corpus). The filters
    are those of the dashboard's filter bar; --link takes a link copied from it.
    """


def command(function: Callable[..., pd.DataFrame | Mapping[str, Any]]) -> click.Command:
    """Make a function of (selected, **options) a command with corpus, filters and output options."""

    @wraps(function)
    def run(corpus: str, output_format: str, output: str | None, link: str | None, **options: Any) -> None:
        try:
            _print(function(_selected(corpus, link, options), **options), output_format, output)
        except CorpusError as error:
            _fail(str(error))

    made = filtered(run)
    for option in OUTPUT:
        made = option(made)
    made = click.argument("corpus", default="seeds", type=click.Path())(made)
    summary = (function.__doc__ or "").partition("\n")[0]
    return main.command(name=function.__name__, short_help=summary)(made)


def filtered(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the filters of the dashboard."""
    for option in FILTERS:
        function = option(function)
    return function


FILTERS = (
    click.option("--corrections", metavar="FILE", help="Numbers with the corrections of an exported log (JSON)."),
    click.option("--link", metavar="URL", help="Take the filters from a dashboard link."),
    click.option("--text", default="", metavar="TEXT", help="Only passages that hold TEXT."),
    click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Only documents up to this day."),
    click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only documents from this day on."),
    click.option("--outlet", multiple=True, metavar="ID", help="Only this outlet (repeatable)."),
    click.option("--side", multiple=True, metavar="ID", help="Only this side (repeatable)."),
    click.option("--topic", multiple=True, metavar="ID", help="Only passages of this topic (repeatable)."),
)
OUTPUT = (
    click.option("-o", "--output", type=click.Path(), metavar="FILE", help="Write to FILE."),
    click.option("--format", "output_format", type=click.Choice(FORMATS), default="table", show_default=True),
)


@command
def documents(selected: Selected) -> pd.DataFrame:
    """The documents of the selection."""
    shown = selected.documents
    topics = selected.passages.explode("topics").groupby("document")["topics"].agg(_distinct)
    hashes = {document.id: document.sha256 for document in selected.corpus.documents}
    return shown.assign(topics=shown["id"].map(topics), sha256=shown["id"].map(hashes))[
        ["id", "side", "outlet", "date", "title", "words", "language", "topics", "sha256"]
    ]


@command
def topics(selected: Selected) -> pd.DataFrame:
    """Passages and words of each topic, by side."""
    from analysis.topics import topic_words

    return topic_words(selected.corpus, selected.passages)[["topic", "side", "passages", "words"]]


@command
def passages(selected: Selected) -> pd.DataFrame:
    """The passages of the selection, as offsets into their documents."""
    return selected.passages[["id", "document", "field", "start", "end", "topics"]]


@command
@click.option("--ngrams", default="1-2", show_default=True, metavar="N-M", help="Words in a term, 1 to 3.")
@click.option("--top", type=click.IntRange(1), metavar="N", help="Only the N strongest terms of each side.")
@click.option("--measure", type=click.Choice(MEASURES), default=MEASURES[0], show_default=True)
@click.option("--reference", metavar="ID", help="Side to compare with (default: all others together).")
@click.option("--target", metavar="ID", help="Side to look at (default: the first of two, each of more).")
def terms(
    selected: Selected, target: str | None, reference: str | None, measure: str, top: int | None, ngrams: str
) -> pd.DataFrame:
    """Words and phrases that mark a side, with counts, dispersion and interval."""
    from analysis.terms import keyness

    sides = [side.id for side in selected.corpus.sides]
    if len(sides) < 2:
        raise CorpusError(f"the corpus has one side only ({sides[0]}): a contrast needs two.")
    if target is None and len(sides) == 2:
        target, reference = sides
    rows, counts, lengths = selected.passages.index, selected.reading.counts, _lengths(ngrams)
    try:
        tables = [
            keyness(counts, rows, target=side, reference=reference, measure=measure, ngrams=lengths, top=top)
            for side in ([target] if target else sides)
        ]
    except ValueError as error:
        raise CorpusError(f"{error}.") from None
    return pd.concat(tables, ignore_index=True)


@command
@click.option("--every", is_flag=True, help="All names, not only those with several spellings.")
def names(selected: Selected, every: bool) -> pd.DataFrame:
    """Names and how each side spells them."""
    from analysis.spellings import spellings

    return spellings(selected, every=every)


@command
def figures(selected: Selected) -> pd.DataFrame:
    """Every figure with value, bound, object, measure and claimant."""
    from analysis.claims import FIGURE_COLUMNS

    return selected.figures[FIGURE_COLUMNS]


@command
def claims(selected: Selected) -> Mapping[str, Any] | pd.DataFrame:
    """Figures aligned over the sides: agreement, conflict, silence (use --format json for all of it)."""

    return selected.ledger.to_records()


@command
def attributions(selected: Selected) -> pd.DataFrame:
    """Who is cited: source, cue and content of each attribution."""
    from analysis.voices import ATTRIBUTION_COLUMNS

    return selected.attributions[ATTRIBUTION_COLUMNS]


@command
def voices(selected: Selected) -> pd.DataFrame:
    """Each voice by side: how often it is cited, in its own words or paraphrased."""
    from analysis.voices import voices as table

    return table(selected)


@command
def coverage(selected: Selected) -> pd.DataFrame:
    """What one side has and the other lacks, with what was searched for."""
    from analysis.coverage import coverage as table

    return table(selected)


@command
def brief(selected: Selected) -> pd.DataFrame:
    """The findings of the selection, ranked."""
    from analysis.brief import findings

    return findings(selected)


ALIGNED_AHEAD = 40_000
"""Articles up to which figures and passages are compared ahead: that takes some 40 KB an article."""


@main.command()
@click.argument("corpus", default="seeds", type=click.Path())
@click.option("-o", "--output", required=True, type=click.Path(), metavar="FILE", help="Write the HTML file here.")
@filtered
@click.option("--page", "pages", multiple=True, metavar="NAME", help="Only this page (repeatable).")
def report(corpus: str, output: str, pages: tuple[str, ...], link: str | None, **options: Any) -> None:
    """The evidence pack: findings, charts, tables, evidence and method of a selection in one HTML file."""
    # The one place where this side knows the other: the command line is a door like streamlit_app.py.
    pack = importlib.import_module("dashboard.pack")
    if unknown := [page for page in pages if page not in pack.PAGES]:
        _fail(f"--page {unknown[0]!r} is not one of {', '.join(pack.PAGES)}")
    try:
        _write(output, pack.make(_selected(corpus, link, options), link or "", pages, _show_share()))
    except CorpusError as error:
        _fail(str(error))


@main.command(name="import")
@click.argument("sources", nargs=-1, required=True, type=click.Path())
@click.option("-o", "--output", required=True, type=click.Path(), metavar="FOLDER", help="Write the corpus here.")
@click.option("--side-map", multiple=True, metavar="OUTLET=SIDE", help="An outlet's side, or a file of such pairs.")
@click.option("--column", "columns", multiple=True, metavar="FIELD=COLUMN", help="Read this column as that field.")
@click.option("--most-rows", type=click.IntRange(1), metavar="N", help="Refuse more rows than this.")
@click.option("--most-articles", type=click.IntRange(1), metavar="N", help="Refuse more articles than this.")
@click.option("--keep-copies", is_flag=True, help="Count copies of one text as articles of their own.")
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="table", show_default=True)
def import_sources(sources: tuple[str, ...], output: str, output_format: str, **decided: Any) -> None:
    """Make a corpus of files, folders and archives; tells what was read, mapped, dropped and why."""
    from analysis.loading import import_corpus

    try:
        report = import_corpus(sources, Path(output), **decided)
    except CorpusError as error:
        _fail(str(error))
    if output_format == "json":
        click.echo(export.to_json(report.to_record()), nl=False)
    elif output_format == "table":
        click.echo(export.to_text(report.table(), width=160), nl=False)
    else:
        _print(report.table(), output_format, None)


@main.command()
@click.argument("corpus", default="seeds", type=click.Path())
def read(corpus: str) -> None:
    """Read the corpus's attributions and figures ahead, so that pages open at once.

    Stopped at any time, it goes on where it was when called again.
    """
    from analysis.store.ahead import give_way, read_ahead

    give_way()
    try:
        loaded = load(corpus)
        done = read_ahead(loaded, data_folder(), _show_progress)
        if len(loaded.documents) <= ALIGNED_AHEAD:
            _compare_ahead(Reading(loaded, data_folder(), read_all=False))
    except CorpusError as error:
        _fail(str(error))
    click.echo(f"{done} articles read, {len(loaded.documents) - done} known from before or not in English.")


def _compare_ahead(reading: Reading) -> None:
    """Make and keep what pages of a large corpus would wait for."""
    from analysis.coverage.alignment import FEW_PASSAGES, MOST_PASSAGES
    from analysis.coverage.neighbours import neighbours

    reading.attributions, reading.tellings  # noqa: B018
    if FEW_PASSAGES < len(reading.passages) <= MOST_PASSAGES:
        reading.once(neighbours)


def _show_progress(reading: Iterator[int], total: int) -> None:
    """A bar on standard error, if reading takes long enough for one to appear."""
    from tqdm import tqdm

    with tqdm(total=total, unit="article", delay=PATIENCE, file=sys.stderr) as bar:
        for done in reading:
            bar.update(done - bar.n)


def _show_share() -> Callable[[float, str], None]:
    """The same for a share of the work, 0 to 1, and what is done next."""
    from tqdm import tqdm

    bar = tqdm(total=1.0, delay=PATIENCE, file=sys.stderr, bar_format="{desc:>10}: {percentage:3.0f}%|{bar}|")

    def show(share: float, what: str) -> None:
        bar.set_description_str(what, refresh=False)
        bar.update(share - bar.n)
        if share >= 1:
            bar.close()

    return show


def _selected(corpus: str, link: str | None, options: dict[str, Any]) -> Selected:
    """What the filters leave of a corpus under the corrections; takes both out of the options."""
    loaded = load(corpus)
    selection, given = _selection(loaded, link, options), _corrections(options.pop("corrections"))
    if given and "machine" in _query(link).get("numbers", ()):
        click.echo("parallax: the link shows the machine's numbers, so --corrections does not count.", err=True)
        given = []
    reading = Reading(loaded, data_folder(), watch=_show_progress, corrections=given)
    _tell_unfit(reading)
    return Selected(reading, selection)


def _selection(corpus: Corpus, link: str | None, options: dict[str, Any]) -> Selection:
    """The filters of the options, which are taken out of them, over those of the link."""
    given = {
        "sides": tuple(options.pop("side")),
        "topics": tuple(options.pop("topic")),
        "outlets": tuple(options.pop("outlet")),
        "since": _day(options.pop("since")),
        "until": _day(options.pop("until")),
        "text": options.pop("text"),
    }
    query = _query(link)
    base, problems = Selection.from_query(query)
    pinned = query.get("corpus", [corpus.short_digest])[0]
    if pinned != corpus.short_digest:
        problems.append(f"the link is of corpus {pinned}, this corpus is {corpus.short_digest}")
    fields = {name: value or getattr(base, name) for name, value in given.items()}
    selection = Selection(**fields)
    problems += selection.problems(corpus)
    if problems:
        _fail("; ".join(problems))
    return selection


def _query(link: str | None) -> dict[str, list[str]]:
    """What a link holds; nothing without one."""
    return parse_qs(urlsplit(link or "").query, keep_blank_values=True)


def _corrections(file: str | None) -> list[Correction]:
    """The corrections of a log that the Method page exported."""
    if file is None:
        return []
    try:
        return from_json(Path(file).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CorpusError(f"{file}: cannot be read ({error.strerror}).") from None
    except (CorpusError, UnicodeDecodeError) as error:
        raise CorpusError(f"{file}: {error}") from None


def _tell_unfit(reading: Reading) -> None:
    """Say on standard error how many corrections do not count, because nothing is there to be corrected."""
    standing = [each for each in reading.corrections if not each.undone]
    if not standing:
        return
    unfit = len(standing) - int((log(reading, standing)["state"] == "in force").sum())
    if unfit:
        click.echo(f"parallax: {unfit} of {len(standing)} corrections fit nothing in this corpus.", err=True)


def _lengths(ngrams: str) -> range:
    """The lengths of `1-2` or `2`."""
    match = re.fullmatch(r"([1-3])(?:-([1-3]))?", ngrams)
    if not match:
        _fail(f"--ngrams {ngrams!r} is not of the form 1-2 (1 to 3 words)")
    return range(int(match[1]), int(match[2] or match[1]) + 1)


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None


def _distinct(values: pd.Series) -> list[str]:
    return list(dict.fromkeys(value for value in values if isinstance(value, str)))


def _print(result: pd.DataFrame | Mapping[str, Any], output_format: str, output: str | None) -> None:
    """Write a result to the file or to standard output."""
    if isinstance(result, Mapping) and output_format != "json":
        result = pd.DataFrame(export.plain(result["claims"]))
    if isinstance(result, Mapping) or output_format == "json":
        content = export.to_json(result)
    else:
        writers = {"table": export.to_text, "csv": export.to_csv, "jsonl": export.to_json_lines}
        content = writers[output_format](result)
    data = content.encode("utf-8", "replace")
    if output:
        _write(output, data)
    else:
        sys.stdout.buffer.write(data)


def _write(output: str, data: bytes) -> None:
    try:
        Path(output).write_bytes(data)
    except OSError as error:
        _fail(f"{output}: cannot be written ({error.strerror}).")


def _fail(message: str) -> NoReturn:
    click.echo(f"parallax: {message}", err=True)
    sys.exit(2)


if __name__ == "__main__":
    main(prog_name="python -m analysis")
