"""Settings: what can be said where, and what a wrong one is told."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from dashboard.team.settings import Settings, SettingsError, read, variable

SECRET = "s" * 32
OIDC = {
    "PARALLAX_ACCESS": "oidc",
    "PARALLAX_PUBLIC_URL": "https://parallax.example.org",
    "PARALLAX_OIDC_METADATA_URL": "https://id.example.org/.well-known/openid-configuration",
    "PARALLAX_OIDC_CLIENT_ID": "parallax",
    "PARALLAX_OIDC_CLIENT_SECRET": "given by the provider",
    "PARALLAX_COOKIE_SECRET": SECRET,
    "PARALLAX_READERS": "*",
}


def test_without_any_the_server_is_for_oneself(tmp_path: Path) -> None:
    given = read({})
    assert (given.access, given.corpus) == ("open", "seeds")
    assert given.database_url.startswith("sqlite:///")


def test_variables_outweigh_the_file(tmp_path: Path) -> None:
    file = tmp_path / "parallax.toml"
    file.write_text('keep_days = 7\nupload_rows = 10\nreaders = ["Ann@Example.org", "@example.net"]\n')
    given = read({"PARALLAX_SETTINGS": str(file), "PARALLAX_UPLOAD_ROWS": "20", "DATABASE_URL": "postgresql://db/x"})
    assert (given.keep_days, given.upload_rows) == (7, 20)
    assert given.readers == ("ann@example.org", "@example.net")
    assert given.database_url == "postgresql://db/x"


def test_people_in_a_variable_stand_between_commas() -> None:
    assert read({"PARALLAX_READERS": "a@b.org, @c.org *"}).readers == ("a@b.org", "@c.org", "*")


def test_the_database_is_in_the_data_folder_unless_named(tmp_path: Path) -> None:
    assert read({"PARALLAX_DATA": str(tmp_path)}).database_url == f"sqlite:///{tmp_path / 'parallax.db'}"


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"PARALLAX_ACESS": "oidc"}, "no setting PARALLAX_ACESS"),
        ({"PARALLAX_ACCESS": "everyone"}, "one of open, oidc, proxy"),
        ({"PARALLAX_KEEP_DAYS": "soon"}, "PARALLAX_KEEP_DAYS is 'soon'; it is a whole number"),
        ({"PARALLAX_KEEP_DAYS": "0"}, "PARALLAX_KEEP_DAYS is 0"),
        ({"PARALLAX_READERS": "ann"}, "PARALLAX_READERS: 'ann'"),
        ({"PARALLAX_ACCESS": "proxy", "PARALLAX_READERS": "*"}, "needs PARALLAX_PROXY_SECRET"),
        ({"PARALLAX_ACCESS": "proxy", "PARALLAX_PROXY_SECRET": SECRET}, "somebody must be let in"),
        ({**OIDC, "PARALLAX_OIDC_CLIENT_ID": ""}, "needs PARALLAX_OIDC_CLIENT_ID"),
        ({**OIDC, "PARALLAX_COOKIE_SECRET": "short"}, "PARALLAX_COOKIE_SECRET, at least 32"),
        ({**OIDC, "PARALLAX_PUBLIC_URL": "parallax.example.org"}, "PARALLAX_PUBLIC_URL"),
        ({"PARALLAX_SETTINGS": "/nowhere/parallax.toml"}, "cannot be read"),
    ],
)
def test_a_wrong_setting_is_named(variables: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told.replace("*", r"\*")) as raised:
        read(variables)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("acess = 'open'", "no setting acess"),
        ("keep_days = true", "keep_days is True"),
        ("readers = [3]", "readers is"),
        ("keep_days =", "is no TOML"),
    ],
)
def test_a_wrong_line_of_the_file_is_named(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "parallax.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=told):
        read({"PARALLAX_SETTINGS": str(file)})


def test_secrets_are_not_shown() -> None:
    shown = repr(read({**OIDC, "DATABASE_URL": "postgresql://u:hidden@db/x"}))
    for secret in (SECRET, "given by the provider", "hidden"):
        assert secret not in shown
    assert isinstance(read(OIDC), Settings)


def test_the_table_of_the_manual_lists_every_setting() -> None:
    manual = (Path(__file__).parent.parent / "docs" / "hosting.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([A-Z_]+)` \|", manual, re.MULTILINE)
    assert listed == ["PARALLAX_SETTINGS", *(variable(each.name) for each in fields(Settings))]


def test_the_manual_gives_the_defaults() -> None:
    manual = (Path(__file__).parent.parent / "docs" / "hosting.md").read_text(encoding="utf-8")
    given = dict(re.findall(r"^\| `([A-Z_]+)` \| `([^`]*)` \|", manual, re.MULTILINE))
    numbers = {variable(each.name): each.default for each in fields(Settings) if isinstance(each.default, int)}
    assert {name: int(given[name]) for name in numbers} == numbers
