"""Who is looking: roles from lists, and who is believed."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from streamlit.runtime.context import StreamlitHeaders

from dashboard.team.access import LOCAL, MAY, PROXY_HEADER, Visitor, named_by_proxy, role, signed_in, visitor
from dashboard.team.settings import Settings, settings

SECRET = "s" * 32
GIVEN = Settings(readers=("@example.org",), analysts=("ann@example.org",), operators=("root@example.org",))


@pytest.fixture(autouse=True)
def _fresh() -> None:
    settings.cache_clear()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("bob@example.org", "reader"),
        ("ANN@example.org", "analyst"),
        ("root@example.org", "operator"),
        ("bob@other.org", "none"),
        ("bob@evil-example.org", "none"),
        ("bob@example.org.evil.org", "none"),
        ("", "none"),
    ],
)
def test_the_highest_role_of_the_lists_counts(address: str, expected: str) -> None:
    assert role(address, GIVEN) == expected


def test_a_star_lets_everyone_in() -> None:
    assert role("who@anywhere.net", replace(GIVEN, readers=("*",))) == "reader"


def test_each_role_may_all_that_the_lower_one_may() -> None:
    allowed = list(MAY.values())
    assert all(set(low) < set(high) for low, high in pairwise(allowed))
    assert Visitor("a", "a", "reader").may("read")
    assert not Visitor("a", "a", "reader").may("upload")


def test_an_open_server_takes_everyone_for_its_owner() -> None:
    assert visitor() == LOCAL


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([(PROXY_HEADER, SECRET), ("x-forwarded-email", "ann@example.org")], ("ann@example.org", "", True)),
        ([("X-Forwarded-Email", "ann@example.org")], None),
        ([(PROXY_HEADER, "guessed"), ("X-Forwarded-Email", "ann@example.org")], None),
        ([(PROXY_HEADER, "é" * 32), ("X-Forwarded-Email", "ann@example.org")], None),
        ([(PROXY_HEADER, SECRET)], None),
        ([(PROXY_HEADER, SECRET), ("X-Forwarded-Email", " ")], None),
        ([(PROXY_HEADER, SECRET), ("X-Forwarded-Email", "a@b.org"), ("X-Forwarded-Email", "c@d.org")], None),
    ],
)
def test_a_header_is_believed_only_with_the_proxy_s_secret(
    headers: list[tuple[str, str]], expected: tuple[str, str, bool] | None
) -> None:
    given = replace(GIVEN, access="proxy", proxy_secret=SECRET)
    assert named_by_proxy(StreamlitHeaders(headers), given) == expected


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        ({"is_logged_in": True, "email": "ann@example.org", "name": "Ann"}, ("ann@example.org", "Ann", True)),
        ({"is_logged_in": True, "email": "ann@example.org", "email_verified": False}, ("ann@example.org", "", False)),
        ({"is_logged_in": False, "email": "ann@example.org"}, None),
        ({"email": "ann@example.org"}, None),
        ({"is_logged_in": True}, None),
        ({}, None),
    ],
)
def test_only_who_signed_in_is_somebody(user: dict[str, object], expected: tuple[str, str, bool] | None) -> None:
    assert signed_in(user) == expected
