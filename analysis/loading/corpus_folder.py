"""A corpus file, or a folder of such files with an optional `corpus.toml` and `topics.toml`."""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from analysis.corpus import SIDE_COLORS, Corpus, CorpusError, Document, Side, Topic, sha256_of, slug
from analysis.loading.seed_layout import read_sections
from analysis.loading.tables import parse_date, read_delimited, read_json, read_json_lines, read_parquet

READABLE = (".txt", ".csv", ".tsv", ".json", ".jsonl", ".parquet")


def load(path: str | Path) -> Corpus:
    """Read the corpus at `path`.

    Raises:
        CorpusError: nothing is there, a file cannot be read, or an article lacks text.
    """
    path = Path(path)
    if not path.exists():
        raise CorpusError(f"{path}: no such file or folder.")
    files = sorted(_readable(path)) if path.is_dir() else [path]
    if not files:
        raise CorpusError(f"{path}: no corpus file ({', '.join(READABLE)}) in this folder.")
    settings = _toml(path / "corpus.toml") if path.is_dir() else {}
    records = [
        {"stem": _bare_name(file), **record} for file in files for record in _read_file(file)
    ]
    if not records:
        raise CorpusError(f"{path}: it holds no article.")
    documents = _documents(records, settings)
    return Corpus(
        title=str(settings.get("title", _bare_name(path))),
        sides=_sides(documents, records, settings),
        documents=documents,
        topics=_topics(path / "topics.toml", documents) if path.is_dir() else _own_topics(documents),
        origin=str(settings.get("origin", "")),
        notes=tuple(settings.get("notes", ())),
    )


def _readable(folder: Path) -> list[Path]:
    return [file for file in folder.iterdir() if file.is_file() and _kind(file) in READABLE]


def _kind(file: Path) -> str:
    """The file's format ending, whether or not it is compressed."""
    return Path(file.stem).suffix.lower() if file.suffix.lower() == ".gz" else file.suffix.lower()


def _bare_name(file: Path) -> str:
    name = file.name.removesuffix(".gz")
    return Path(name).stem


def _read_file(file: Path) -> list[dict[str, Any]]:
    kind = _kind(file)
    if kind == ".parquet":
        return read_parquet(file)
    if kind not in READABLE:
        raise CorpusError(f"{file.name}: this kind of file is not read. Use {', '.join(READABLE)}.")
    content = _decoded(file)
    if kind == ".txt":
        return [dict(record) for record in read_sections(content, file.name)]
    if kind == ".json":
        return read_json(content, file.name)
    if kind == ".jsonl":
        return read_json_lines(content, file.name)
    return read_delimited(content, file.name, "\t" if kind == ".tsv" else ",")


def _decoded(file: Path) -> str:
    """The file's text without its byte-order mark, line ends as `\\n`."""
    if file.is_dir():
        raise CorpusError(f"{file.name}: a folder, not a file.")
    try:
        data = gzip.decompress(file.read_bytes()) if file.suffix.lower() == ".gz" else file.read_bytes()
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except (OSError, EOFError) as error:
        raise CorpusError(f"{file.name}: cannot be read ({error}).") from None
    except UnicodeDecodeError as error:
        raise CorpusError(
            f"{file.name}, byte {error.start}: not UTF-8 text. Save the file as UTF-8 and try again."
        ) from None


def _documents(records: list[dict[str, Any]], settings: Mapping[str, Any]) -> tuple[Document, ...]:
    outlet_sides = {slug(str(name)): slug(str(side)) for name, side in settings.get("outlets", {}).items()}
    documents: dict[str, Document] = {}
    for record in records:
        document = _document(record, outlet_sides, settings.get("date"))
        if document.id in documents:
            if documents[document.id] == document:
                continue
            where = record.get("where", record["stem"])
            raise CorpusError(f"{where}: the id {document.id!r} is already another article's.")
        documents[document.id] = document
    return tuple(documents.values())


def _document(record: dict[str, Any], outlet_sides: Mapping[str, str], day: date | None) -> Document:
    where = str(record.get("where", record["stem"]))
    title, text = _plain(record.get("title")), _plain(record["text"])
    outlet = _plain(record.get("outlet")).strip()
    side = _plain(record.get("side")).strip() or outlet_sides.get(slug(outlet), "") or str(record["stem"])
    outlet = outlet or side
    given = _plain(record.get("id")).strip()
    return Document(
        id=given or f"{slug(outlet)}-{sha256_of([title, text])[:6]}",
        side=slug(side),
        outlet=outlet,
        title=title,
        text=text,
        date=parse_date(record.get("date"), where) or day,
        language=_plain(record.get("language")).strip() or "en",
        url=_plain(record.get("url")) or None,
        topics=_topic_names(record.get("topic")),
    )


def _plain(value: object) -> str:
    """A cell as text with `\\n` line ends; nothing for an empty cell."""
    if value is None or value != value:  # NaN is unequal to itself
        return ""
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def _topic_names(value: object) -> tuple[str, ...]:
    names = value if isinstance(value, list | tuple) else _plain(value).replace("|", ";").split(";")
    return tuple(dict.fromkeys(str(name).strip() for name in names if str(name).strip()))


def _sides(
    documents: tuple[Document, ...], records: list[dict[str, Any]], settings: Mapping[str, Any]
) -> tuple[Side, ...]:
    """The sides the settings name, in their order, then those only the documents know."""
    printed = {slug(_plain(record.get("side"))): _plain(record.get("side")) for record in records}
    present = dict.fromkeys(document.side for document in documents)
    named = {slug(str(side["id"])): side for side in settings.get("sides", ())}
    order = [side for side in named if side in present] + [side for side in present if side not in named]
    sides = []
    for number, side in enumerate(order):
        given = named.get(side, {})
        label = str(given.get("label") or printed.get(side) or side)
        sides.append(Side(side, label, str(given.get("color", SIDE_COLORS[number % len(SIDE_COLORS)]))))
    return tuple(sides)


def _topics(path: Path, documents: tuple[Document, ...]) -> tuple[Topic, ...]:
    """The lexicon beside the corpus, else the documents' own topics."""
    if not path.exists():
        return _own_topics(documents)
    topics = []
    for topic_id, entry in _toml(path).items():
        if not isinstance(entry, dict) or not entry.get("terms"):
            raise CorpusError(f"{path.name}: the topic {topic_id!r} has no terms.")
        terms, examples = tuple(map(str, entry["terms"])), tuple(map(str, entry.get("examples", ())))
        topics.append(Topic(slug(topic_id), str(entry.get("label", topic_id)), terms, examples))
    return tuple(topics)


def _own_topics(documents: tuple[Document, ...]) -> tuple[Topic, ...]:
    names = sorted({name for document in documents for name in document.topics})
    return tuple(Topic(slug(name), name, ()) for name in names)


def _toml(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path.name}: {error}.") from None
