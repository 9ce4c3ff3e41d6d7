"""The evidence pack from the command line: the same bytes, the same numbers, one clear line for bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from analysis.__main__ import main
from analysis.corpus import Corpus
from analysis.ranking import ranked_terms
from analysis.reading import Selected
from analysis.report import Contents, Contrast, readers
from tests.conftest import made

ROOT = Path(__file__).parent.parent


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [arguments[0], str(ROOT / "seeds"), *arguments[1:]])


def report(file: Path, *arguments: str) -> str:
    result = run("report", "-o", str(file), *arguments)
    assert result.exit_code == 0, result.output
    return file.read_text(encoding="utf-8")


def test_the_same_selection_gives_the_same_bytes(tmp_path: Path) -> None:
    link = "http://127.0.0.1:8501/words?topic=strikes&measure=log_odds"
    first = report(tmp_path / "a.html", "--link", link, "--page", "words")
    assert first == report(tmp_path / "b.html", "--link", link, "--page", "words")
    # Another process has another order of sets and another clock.
    command = [sys.executable, "-m", "analysis", "report", "seeds", "-o", str(tmp_path / "c.html")]
    subprocess.run([*command, "--link", link, "--page", "words"], cwd=ROOT, check=True, capture_output=True)
    assert first == (tmp_path / "c.html").read_text(encoding="utf-8")


def test_the_command_line_does_not_start_streamlit(tmp_path: Path) -> None:
    code = (
        "import sys; from analysis.__main__ import main\n"
        f"main(['report', 'seeds', '--page', 'brief', '-o', {str(tmp_path / 'a.html')!r}], standalone_mode=False)\n"
        "print('streamlit' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"


def test_filters_beside_a_link_are_those_of_the_other_commands(tmp_path: Path, seeds: Corpus) -> None:
    page = report(tmp_path / "a.html", "--topic", "strikes", "--side", "russian", "--page", "brief")
    documents = json.loads(run("documents", "--topic", "strikes", "--side", "russian", "--format", "json").output)
    assert len(documents) == 1
    assert f"<bdi>{seeds.side('russian').label}</bdi></span>: 1 article, {documents[0]['words']} words" in page
    assert "topic=strikes" in page


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--page", "nothing"], "--page 'nothing' is not one of brief, figures"),
        (["--topic", "nothing"], "topic 'nothing'"),
        (["--link", "http://x/?corpus=000000000000"], "000000000000"),
        (["-o", "no/such/folder/file.html"], "cannot be written"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(arguments: list[str], says: str, tmp_path: Path) -> None:
    file = [] if "-o" in arguments else ["-o", str(tmp_path / "a.html")]
    result = run("report", *file, *arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_the_contents_follow_the_contrast_asked_for(selected: Selected) -> None:
    asked = Contents(selected, Contrast(measure="log_odds", ngrams=(2, 3), find="force")).terms
    target, reference = (side.id for side in selected.sides)
    options = {"measure": "log_odds", "ngrams": (2, 3), "find": "force"}
    assert len(asked)
    assert asked["term"].str.contains("force").all()
    assert asked.equals(ranked_terms(selected, target, reference, **options))


def test_one_side_is_no_contrast_and_three_are_one_against_the_rest() -> None:
    assert Contents(made(north="Two ships sank.")).terms.empty
    three = made(north="Two ships sank.", south="Three ships sank.", east="Boats sank.")
    assert Contents(three).compared == ("north", None)
    assert Contents(three, Contrast(target="east")).compared == ("east", None)


def test_readers_and_word_lists_have_versions() -> None:
    table = readers()
    assert set(table["kind"]) == {"reader", "parser", "word list"}
    lists = table[table["kind"] == "word list"]
    assert len(lists) == len(list((ROOT / "analysis" / "lexicons").glob("*.t*")))
    assert table["version"].str.len().gt(0).all()
