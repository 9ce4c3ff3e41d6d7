"""Who may not read gets a page that says so, and nothing of the corpus, whatever the client sends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from analysis.corpus import Corpus
from dashboard.team.access import PROXY_HEADER
from tests.browser.served import dashboard
from tests.session import Run, Session

SECRET = "of the proxy, at least 32 characters"
BY_PROXY = {
    "PARALLAX_ACCESS": "proxy",
    "PARALLAX_PROXY_SECRET": SECRET,
    "PARALLAX_READERS": "@example.org",
    "PARALLAX_ANALYSTS": "ann@example.org",
}
PAGES = ("", "figures", "sources", "words", "read", "method")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with dashboard(**BY_PROXY) as served:
        yield served.url


def words_of(corpus: Corpus) -> set[str]:
    """What only the corpus says: its title, outlets, topics, headlines and long words."""
    texts = " ".join(f"{document.title} {document.text}" for document in corpus.documents)
    names = {
        corpus.title,
        *(topic.label for topic in corpus.topics),
        *(document.outlet for document in corpus.documents if len(document.outlet) > 3),
    }
    return names | {word for word in texts.split() if len(word) > 8 and word.isalpha()}


def told(run: Run) -> str:
    return " ".join(element.body for element in run.elements("html") if 'class="page"' in element.body)


@pytest.mark.parametrize(
    ("headers", "title"),
    [
        ({}, "Not signed in"),
        ({"X-Forwarded-Email": "ann@example.org"}, "Not signed in"),
        ({"X-Forwarded-Email": "ann@example.org", PROXY_HEADER: "guessed"}, "Not signed in"),
        ({"X-Forwarded-Email": "eve@example.com", PROXY_HEADER: SECRET}, "No permission"),
    ],
)
def test_without_permission_no_page_sends_a_word_of_the_corpus(
    server: str, seeds: Corpus, headers: dict[str, str], title: str
) -> None:
    with Session(server, headers) as session:
        for page in PAGES:
            run = session.run(page, "topic=kursk&item=term:peace&export=1")
            assert title in told(run)
            assert not run.failed
            sent = run.sent.decode("utf-8", "replace")
            assert [word for word in words_of(seeds) if word in sent] == []


def test_a_reader_named_by_the_proxy_sees_the_corpus(server: str, seeds: Corpus) -> None:
    """The search above would find something."""
    with Session(server, {"X-Forwarded-Email": "bob@example.org", PROXY_HEADER: SECRET}) as session:
        sent = session.run("read").sent.decode("utf-8", "replace")
    assert len([word for word in words_of(seeds) if word in sent]) > 20


def test_a_wrong_setting_stops_the_server_with_one_line() -> None:
    with (
        pytest.raises(RuntimeError, match="parallax: There is no setting PARALLAX_ACESS") as raised,
        dashboard(PARALLAX_ACESS="oidc"),
    ):
        pass
    assert "Traceback" not in str(raised.value)
