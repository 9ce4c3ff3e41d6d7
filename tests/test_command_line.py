"""The command line: record shapes, filters, links, formats, errors."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from analysis.__main__ import main
from analysis.corpus import Corpus
from analysis.reading import Reading

ROOT = Path(__file__).parent.parent

FIELDS = {
    "documents": "id side outlet date title words language topics sha256",
    "topics": "topic side passages words",
    "passages": "id document field start end topics",
    "terms": "term target reference measure score low high p_adjusted n_target n_reference "
    "documents_target documents_reference",
    "names": "entity kind side variant count",
    "figures": "id document side outlet field start end verbatim low high point bound kind object object_text "
    "unit measure claimant claimant_kind comparable sentence_start sentence_end",
    "attributions": "id document side outlet field source cue content source_text source_name source_type "
    "source_naming camp cue_lemma form stance quote level",
    "voices": "side source_name camp source_type attributions direct mixed indirect words_quoted share",
    "coverage": "kind what side evidence searched_for searched_documents",
    "brief": "rank finding kind value badge evidence link",
}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [arguments[0], str(ROOT / "seeds"), *arguments[1:]])


@pytest.mark.parametrize("command", FIELDS)
def test_each_command_gives_its_records_in_every_format(command: str) -> None:
    rows = json.loads(run(command, "--format", "json").stdout)
    assert rows
    assert set(FIELDS[command].split()) <= set(rows[0])
    lines = run(command, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == rows
    cells = list(csv.reader(io.StringIO(run(command, "--format", "csv").stdout)))
    assert len(cells) == len(rows) + 1
    assert cells[0] == list(rows[0])
    assert run(command).stdout.startswith(next(iter(rows[0])))


def test_claims_are_one_object() -> None:
    found = json.loads(run("claims", "--format", "json").stdout)
    assert {"figures", "claims", "contrasts"} <= set(found)
    assert {"id", "object", "measure", "place", "day", "status", "figures", "pairs"} <= set(found["claims"][0])
    ids = {figure["id"] for figure in found["figures"]}
    assert {end for contrast in found["contrasts"] for end in (contrast["a"], contrast["b"])} <= ids


@pytest.mark.parametrize("command", [*FIELDS, "claims"])
def test_the_same_corpus_gives_the_same_bytes(command: str) -> None:
    assert run(command, "--format", "json").stdout_bytes == run(command, "--format", "json").stdout_bytes


def test_filters_narrow() -> None:
    every = json.loads(run("passages", "--format", "json").stdout)
    some = json.loads(run("passages", "--topic", "strikes", "--side", "russian", "--format", "json").stdout)
    assert 0 < len(some) < len(every)
    assert all("strikes" in passage["topics"] for passage in some)


def test_a_link_gives_the_filters(seeds: Corpus) -> None:
    link = f"http://localhost:8501/figures?topic=strikes&side=russian&corpus={seeds.short_digest}&v=1"
    by_link = run("passages", "--link", link, "--format", "json").stdout
    assert by_link == run("passages", "--topic", "strikes", "--side", "russian", "--format", "json").stdout


@pytest.fixture
def log(tmp_path: Path, reading: Reading) -> str:
    """A log that calls the first figure wrong and corrects one of an article that is not here."""
    row = reading.figures.iloc[0]
    sha256 = reading.corpus.document(row["document"]).sha256
    place = {
        "sha256": sha256,
        "field": row["field"],
        "start": int(row["start"]),
        "end": int(row["end"]),
        "kind": "figure",
    }
    file = tmp_path / "log.json"
    file.write_text(json.dumps([place | {"values": None}, place | {"sha256": "0" * 64, "values": {"object": "x"}}]))
    return str(file)


def test_corrections_count(log: str, reading: Reading) -> None:
    result = run("figures", "--corrections", log, "--format", "json")
    assert [figure["id"] for figure in json.loads(result.stdout)] == list(reading.figures["id"][1:])
    assert result.stderr == "parallax: 1 of 2 corrections fit nothing in this corpus.\n"


def test_a_link_to_the_machine_s_numbers_gives_them(log: str, tmp_path: Path) -> None:
    link = "http://localhost:8501/figures?side=western&numbers="
    machine = run("figures", "--link", f"{link}machine", "--corrections", log)
    assert machine.stdout == run("figures", "--link", f"{link}corrected").stdout
    assert machine.stderr == "parallax: the link shows the machine's numbers, so --corrections does not count.\n"
    assert run("figures", "--link", f"{link}corrected", "--corrections", log).stdout != machine.stdout
    packs = [tmp_path / "with.html", tmp_path / "without.html"]
    for pack, given in zip(packs, (["--corrections", log], []), strict=True):
        run("report", "--page", "figures", "--link", f"{link}machine", *given, "-o", str(pack))
    assert packs[0].read_bytes() == packs[1].read_bytes()


def test_output_goes_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "documents.json"
    result = run("documents", "--format", "json", "-o", str(file))
    assert result.output == ""
    assert len(json.loads(file.read_text(encoding="utf-8"))) == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["documents", "nowhere"], "no such file"),
        (["documents", str(ROOT / "seeds"), "--topic", "nothing"], "topic 'nothing'"),
        (["documents", str(ROOT / "seeds"), "--side", "north"], "side 'north'"),
        (["documents", str(ROOT / "seeds"), "--since", "2025-03-01", "--until", "2025-02-01"], "dates"),
        (["documents", str(ROOT / "seeds"), "--since", "soon"], "since"),
        (["documents", str(ROOT / "seeds"), "--link", "http://x/?corpus=000000000000"], "000000000000"),
        (["documents", str(ROOT / "seeds"), "--link", "http://x/?text=a&text=b"], "text has one value, not 'b'"),
        (["documents", str(ROOT / "seeds"), "-o", "no/such/folder/file"], "cannot be written"),
        (["figures", str(ROOT / "seeds"), "--corrections", "nowhere.json"], "nowhere.json: cannot be read"),
        (["figures", str(ROOT / "seeds"), "--corrections", str(ROOT / "README.md")], "README.md: The corrections are"),
        (["nonsense"], "nonsense"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(arguments: list[str], says: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_help_names_every_command() -> None:
    text = CliRunner().invoke(main, ["--help"]).output
    assert all(command in text for command in [*FIELDS, "claims"])
