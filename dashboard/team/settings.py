"""What whoever runs the server decides: environment variables, and a TOML file that `PARALLAX_SETTINGS` names.

Each field of `Settings` is the variable `PARALLAX_<FIELD>` (the database is also `DATABASE_URL`, as hosts name it) and
the key `<field>` of the file; a variable outweighs the file. docs/hosting.md lists all of them.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import urlsplit

from analysis.store.place import data_folder

PREFIX = "PARALLAX_"
FILE = "PARALLAX_SETTINGS"
DATABASE = "DATABASE_URL"
ELSEWHERE = {FILE, "PARALLAX_CHROMIUM", "PARALLAX_NGINX", "PARALLAX_POSTGRES"}
"""Variables that are no fields: where the file is, and programs that the tests use."""
ACCESS = ("open", "oidc", "proxy")
SECRET_LENGTH = 32
"""Fewest characters of a secret: nobody guesses 32 random ones."""
WHO = re.compile(r"\*|[^@\s]*@[^@\s]+\.[^@\s]+")


class SettingsError(ValueError):
    """A setting that cannot be; the message is one line that names it and says what to write."""


@dataclass(frozen=True)
class Settings:
    """The settings of this server; secrets are not shown in its text.

    People are e-mail addresses, `@example.org` for everyone of a domain, or `*` for everyone who has signed in.
    """

    corpus: str = "seeds"
    data: Path = field(default_factory=data_folder)
    database_url: str = field(default="", repr=False)
    access: str = "open"
    public_url: str = ""
    readers: tuple[str, ...] = ()
    analysts: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    user_header: str = "X-Forwarded-Email"
    proxy_secret: str = field(default="", repr=False)
    oidc_metadata_url: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    cookie_secret: str = field(default="", repr=False)
    upload_megabytes: int = 50
    upload_rows: int = 200_000
    upload_articles: int = 20_000
    zip_ratio: int = 100
    upload_seconds: int = 900
    quota_megabytes: int = 5_000
    keep_days: int = 90

    def __post_init__(self) -> None:
        """Fill in the default database and check that the settings fit each other.

        Raises:
            SettingsError: they do not.
        """
        if not self.database_url:
            object.__setattr__(self, "database_url", f"sqlite:///{self.data.resolve() / 'parallax.db'}")
        if self.access not in ACCESS:
            raise SettingsError(f"PARALLAX_ACCESS is {self.access!r}; it is one of {', '.join(ACCESS)}.")
        _check_numbers(self)
        _check_people(self)
        _check_sign_in(self)


def _check_numbers(given: Settings) -> None:
    for each in fields(given):
        value = getattr(given, each.name)
        if isinstance(value, int) and value < 1:
            raise SettingsError(f"{variable(each.name)} is {value}; it is a whole number of at least 1.")


def _check_people(given: Settings) -> None:
    for name in ("readers", "analysts", "operators"):
        for who in getattr(given, name):
            if not WHO.fullmatch(who):
                raise SettingsError(f"{variable(name)}: {who!r} is no e-mail address, no @domain and not *.")
    if given.access != "open" and not (given.readers or given.analysts or given.operators):
        raise SettingsError(
            "With PARALLAX_ACCESS=" + given.access + " somebody must be let in: set PARALLAX_READERS, "
            "PARALLAX_ANALYSTS or PARALLAX_OPERATORS (e-mail addresses, @domains, or * for everyone signed in)."
        )


def _check_sign_in(given: Settings) -> None:
    if given.public_url and not _is_web_address(given.public_url):
        raise SettingsError(f"PARALLAX_PUBLIC_URL is {given.public_url!r}; it looks like https://parallax.example.org.")
    if given.access == "proxy":
        _check_secret(given, "proxy_secret")
    if given.access != "oidc":
        return
    for name in ("public_url", "oidc_metadata_url", "oidc_client_id", "oidc_client_secret"):
        if not getattr(given, name):
            raise SettingsError(f"PARALLAX_ACCESS=oidc needs {variable(name)}.")
    if not _is_web_address(given.oidc_metadata_url):
        raise SettingsError(
            f"PARALLAX_OIDC_METADATA_URL is {given.oidc_metadata_url!r}; it ends in /.well-known/openid-configuration."
        )
    _check_secret(given, "cookie_secret")


def _check_secret(given: Settings, name: str) -> None:
    if len(getattr(given, name)) < SECRET_LENGTH:
        raise SettingsError(
            f"PARALLAX_ACCESS={given.access} needs {variable(name)}, at least {SECRET_LENGTH} characters. "
            'Make one with: python -c "import secrets; print(secrets.token_urlsafe(32))"'
        )


def _is_web_address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in ("https", "http") and bool(parts.hostname) and not parts.query and not parts.fragment


def variable(name: str) -> str:
    """The environment variable of a field."""
    return DATABASE if name == "database_url" else PREFIX + name.upper()


@cache
def settings() -> Settings:
    """The settings of this process, read once.

    Raises:
        SettingsError: a setting is unknown, malformed or does not fit the others.
    """
    return read(os.environ)


def read(environment: Mapping[str, str]) -> Settings:
    """The settings that an environment and the file it names give.

    Raises:
        SettingsError: as `settings`.
    """
    given = _of_file(environment.get(FILE, ""))
    names = {variable(each.name): each.name for each in fields(Settings)}
    for key, value in environment.items():
        if key in names and value:
            given[names[key]] = _value(key, names[key], value)
        elif key.startswith(PREFIX) and key not in names and key not in ELSEWHERE:
            raise SettingsError(f"There is no setting {key}; docs/hosting.md lists them all.")
    return Settings(**given)


def _of_file(path: str) -> dict[str, Any]:
    if not path:
        return {}
    try:
        table = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{FILE} names {path}, which cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise SettingsError(f"{path} is no TOML: {error}.") from None
    known = {each.name for each in fields(Settings)}
    for key in table:
        if key not in known:
            raise SettingsError(f"{path}: there is no setting {key}; docs/hosting.md lists them all.")
    return {key: _value(f"{path}: {key}", key, value) for key, value in table.items()}


def _value(where: str, name: str, value: Any) -> Any:
    """A value of the file, or of a variable (always text), as the field's type."""
    kind, make = _KINDS[get_type_hints(Settings)[name]]
    try:
        return make(value)
    except (TypeError, ValueError):
        raise SettingsError(f"{where} is {value!r}; it is {kind}.") from None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value.strip()


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError
    return int(value)


def _people(value: Any) -> tuple[str, ...]:
    listed = re.split(r"[,\s]+", value) if isinstance(value, str) else value
    return tuple(_text(who).casefold() for who in listed if who)


_KINDS: dict[Any, tuple[str, Callable[[Any], Any]]] = {
    str: ("a text", _text),
    int: ("a whole number", _number),
    Path: ("a path", lambda value: Path(_text(value)).expanduser()),
    tuple[str, ...]: ("a list of people, in a variable with commas between", _people),
}
