"""Finding a Chromium: the one named first; with none to be had the message says what to install."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import chromium


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no browser, where installing brings none."""
    monkeypatch.delenv("PARALLAX_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    monkeypatch.setattr(chromium, "install", lambda *command: None)
    monkeypatch.setattr(chromium, "install_packages", lambda *names: None)
    return tmp_path


def program(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def test_without_any_the_message_says_what_to_install(bare: Path) -> None:
    with pytest.raises(chromium.NoChromiumError, match=r"playwright install chromium.*PARALLAX_CHROMIUM"):
        chromium.executable()


def test_the_one_named_comes_first(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare / "chromium")
    monkeypatch.setenv("PARALLAX_CHROMIUM", "/opt/mine")
    assert chromium.executable() == "/opt/mine"


def test_then_the_system_s_then_playwright_s(bare: Path) -> None:
    own = program(bare / "playwright" / "chromium-1234" / "chrome-linux" / "chrome")
    assert chromium.executable() == own
    system = program(bare / "google-chrome")
    assert chromium.executable() == system


def test_one_that_could_be_installed_is_used(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = bare / "playwright" / "chromium-1" / "chrome-linux64" / "chrome"
    monkeypatch.setattr(chromium, "install", lambda *command: program(path))
    assert chromium.executable() == str(path)
