"""Signing in with a provider on this machine: the link survives, and who is on no list sees nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.complaints import watched
from tests.browser.conftest import patient
from tests.browser.provider import METADATA, Provider, provider
from tests.browser.served import dashboard, free_port
from tests.browser.stillness import settle

LINK = "/words?topic=kursk&view=names&find=%D0%9A&text=strike"
ANN = {"email": "ann@example.org", "email_verified": True, "name": "Ann"}


@pytest.fixture(scope="module")
def signing_in() -> Iterator[tuple[str, Provider]]:
    """A dashboard for readers of example.org, and the provider that says who somebody is."""
    port = free_port()
    with (
        provider() as known,
        dashboard(
            port=port,
            PARALLAX_ACCESS="oidc",
            PARALLAX_PUBLIC_URL=f"http://localhost:{port}",
            PARALLAX_READERS="@example.org",
            PARALLAX_OIDC_METADATA_URL=known.url + METADATA,
            PARALLAX_OIDC_CLIENT_ID="parallax",
            PARALLAX_OIDC_CLIENT_SECRET="given by the provider",
            PARALLAX_COOKIE_SECRET="signs cookies, at least 32 characters",
        ) as served,
    ):
        yield served.url, known


@pytest.fixture
def guest(browser: Browser, signing_in: tuple[str, Provider]) -> Iterator[tuple[Page, list[str]]]:
    """A page of a browser in which nobody has signed in, and its complaints."""
    context = patient(browser, base_url=signing_in[0])
    page, complaints = watched(context, signing_in[0])
    page.goto(LINK)
    yield page, complaints
    context.close()


def test_the_link_survives_signing_in(guest: tuple[Page, list[str]], signing_in: tuple[str, Provider]) -> None:
    page, complaints = guest
    signing_in[1].user = ANN
    expect(page.locator("h1.page")).to_have_text("Sign in")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("h1.page")).to_have_text("Words")
    settle(page)
    assert page.url.startswith(signing_in[0] + "/words?")
    for part in LINK.partition("?")[2].split("&"):
        assert part in page.url
    expect(page.locator(".counts")).to_contain_text("Kursk")
    assert [each for each in complaints if not each.startswith(f"asked {signing_in[1].url}/authorize")] == []


def test_signing_in_lasts_for_the_next_page_and_ends_with_signing_out(
    guest: tuple[Page, list[str]], signing_in: tuple[str, Provider]
) -> None:
    page, _ = guest
    signing_in[1].user = ANN
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("h1.page")).to_have_text("Words")
    page.goto("/figures")
    expect(page.locator("h1.page")).to_have_text("Figures")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{signing_in[0]}/")
    expect(page.locator("h1.page")).to_have_text("Sign in")
    page.goto("/figures")
    expect(page.locator("h1.page")).to_have_text("Sign in")


@pytest.mark.parametrize("user", [{"email": "eve@example.com"}, {**ANN, "email_verified": False}])
def test_who_is_not_a_reader_is_told_and_sees_nothing(
    guest: tuple[Page, list[str]], signing_in: tuple[str, Provider], user: dict[str, object]
) -> None:
    page, _ = guest
    signing_in[1].user = user
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("h1.page")).to_have_text("No permission")
    expect(page.locator(".counts")).to_have_count(0)
