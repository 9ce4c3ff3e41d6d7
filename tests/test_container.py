"""What the Dockerfile does, done here without a container: no root, its command, its health check, its files."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.browser.served import START_SECONDS, dashboard, free_port

ROOT = Path(__file__).parent.parent
FILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def command(instruction: str) -> list[str]:
    """The words of the last CMD after an instruction, run by this Python."""
    words = json.loads(re.findall(rf"^{instruction}(?:[^\[]|\n)*(\[.*\])$", FILE, re.MULTILINE)[-1])
    return [sys.executable, *words[1:]]


def test_it_runs_as_nobody_special_and_keeps_its_data_in_a_volume() -> None:
    assert re.search(r"^USER (?!root)\w+$", FILE, re.MULTILINE)
    assert FILE.index("USER parallax") < FILE.index("HEALTHCHECK") < FILE.rindex("CMD")
    assert re.search(r"^VOLUME /data$", FILE, re.MULTILINE)
    assert "PARALLAX_DATA=/data" in FILE


def test_the_image_holds_what_runs_and_nothing_else(tmp_path: Path) -> None:
    """Its command runs from a copy of what the image takes, with the image's own settings."""
    left_out = (ROOT / ".dockerignore").read_text().split()
    shutil.copytree(ROOT, tmp_path / "app", ignore=shutil.ignore_patterns(*(Path(each).name for each in left_out)))
    assert not (tmp_path / "app" / "tests").exists()
    settings = dict(
        re.findall(r"(\w+)=(\S+?)(?: \\)?$", FILE.partition("ENV ")[2].partition("VOLUME")[0], re.MULTILINE)
    )
    port = str(free_port())
    settings |= {"PARALLAX_DATA": str(tmp_path), "HOME": str(tmp_path), "STREAMLIT_SERVER_PORT": port}
    settings["STREAMLIT_SERVER_ADDRESS"] = "127.0.0.1"
    process = subprocess.Popen(command("CMD"), cwd=tmp_path / "app", env={**os.environ, **settings})
    check = [word.replace(":8501", f":{port}") for word in command("HEALTHCHECK")]
    try:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if subprocess.run(check, capture_output=True).returncode == 0:
                return
        pytest.fail("it did not become healthy")
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def test_the_health_check_sees_a_server_that_is_down() -> None:
    check = [word.replace(":8501", f":{free_port()}") for word in command("HEALTHCHECK")]
    assert subprocess.run(check, capture_output=True).returncode != 0
    with dashboard() as served:
        check = [word.replace("127.0.0.1:8501", served.url.removeprefix("http://")) for word in command("HEALTHCHECK")]
        assert subprocess.run(check, capture_output=True).returncode == 0
