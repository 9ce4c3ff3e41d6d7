"""Fifty people (SESSIONS) at once, on this machine alone: `python tests/benchmarks/bench_load.py [CORPUS ...]`.

Each opens a page, then every five seconds changes something: the page, a topic, a side. Printed are the time from
asking to the end of the server's answer (of opening apart), failures, the server's processor time a run (which holds
on a busy machine too), and its memory with a session and after fifty. Without a corpus it takes the seeds and 10,000
made articles, read before. With `PROCESSES=2` as many servers share a data folder behind the documented nginx, and
TLS is in the time.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread

from click.testing import CliRunner

from analysis.__main__ import main as command
from tests.benchmarks import bench_import
from tests.browser.served import Dashboard, dashboard, free_port
from tests.nginx import configuration, running
from tests.session import Session
from tests.test_nginx import ports

SESSIONS = int(os.environ.get("SESSIONS", "50"))
THINK = 5.0
"""Seconds between two changes of one person, a fifth more or less."""
SECONDS = float(os.environ.get("SECONDS", "60"))
ARTICLES = 10_000
WORDS = 100
"""Words of a made article: reading ten thousand takes minutes, not an hour."""
PAGES = ("", "figures", "sources", "words", "read")


class Person(Thread):
    """Opens a page and changes it until the time is up."""

    def __init__(self, url: str, number: int, until: float) -> None:
        super().__init__()
        self.url, self.number, self.until = url, number, until
        self.chance = random.Random(number)
        self.opening, self.changes, self.failures = 0.0, list[float](), list[str]()

    def run(self) -> None:
        """Live."""
        time.sleep(self.chance.uniform(0, THINK))
        try:
            with Session(self.url, {"Cookie": f"parallax_seat={self.number:032x}"}) as session:
                page = self.chance.choice(PAGES)
                run = session.run(page)
                self.opening = run.seconds
                while time.monotonic() < self.until:
                    time.sleep(THINK * self.chance.uniform(0.8, 1.2))
                    page = self.change(
                        session, page, {each.id: list(each.options) for each in run.elements("multiselect")}
                    )
                    run = session.run(page)
                    self.changes.append(run.seconds)
                    if run.failed:
                        self.failures.append(f"a run of {page or 'brief'} failed")
        except Exception as error:
            self.failures.append(repr(error))

    def change(self, session: Session, page: str, choices: dict[str, list[str]]) -> str:
        """Choose another page, or values of a filter; the page to show."""
        if self.chance.random() < 0.4 or not choices:
            return self.chance.choice(PAGES)
        widget, options = self.chance.choice(sorted(choices.items()))
        session.set(widget, self.chance.sample(options, min(len(options), self.chance.randrange(2))))
        return page


def load(url: str, sessions: int, seconds: float) -> list[Person]:
    """The people, after they have left."""
    until = time.monotonic() + seconds
    people = [Person(url, number, until) for number in range(sessions)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return people


def megabytes(process: int) -> float:
    """Memory that a process and no other holds."""
    smaps = Path(f"/proc/{process}/smaps_rollup").read_text()
    return int(smaps.partition("Rss:")[2].split()[0]) / 1024


def processor(process: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(corpus: str) -> Iterator[tuple[str, list[Dashboard]]]:
    """The address to ask, and the servers behind it: one, or PROCESSES of them behind nginx."""
    number = int(os.environ.get("PROCESSES", "1"))
    with ExitStack() as stack:
        servers = [stack.enter_context(dashboard(corpus)) for _ in range(number)]
        if number == 1:
            yield servers[0].url, servers
            return
        tls = free_port()
        changed = ports(free_port(), tls, *(int(each.url.rpartition(":")[2]) for each in servers))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stack.enter_context(running(configuration(folder, **changed), tls))
        yield f"https://localhost:{tls}", servers


def measure(corpus: str) -> None:
    """Run and print."""
    print(f"== {corpus}, load of the machine before {os.getloadavg()[0]:.1f}", flush=True)
    with served(corpus) as (url, servers):
        print(f"launch to healthy {max(each.seconds for each in servers):.2f} s")
        opened = load(url, 2 * len(servers), 0)
        print(f"first opening {max(person.opening for person in opened):.2f} s", flush=True)
        processes = [each.process for each in servers]
        alone, used = [megabytes(each) for each in processes], -sum(map(processor, processes))
        own, began = time.process_time(), time.monotonic()
        people = load(url, SESSIONS, SECONDS)
        own, took = time.process_time() - own, time.monotonic() - began
        after, used = [megabytes(each) for each in processes], used + sum(map(processor, processes))
    tell(people, used)
    print(f"of a processor the servers took {used / took:.0%}, the people {own / took:.0%}")
    print(f"memory {_listed(alone)} MB with one or two sessions, {_listed(after)} MB after {SESSIONS}")
    print(f"load of the machine after {os.getloadavg()[0]:.1f}", flush=True)


def _listed(numbers: list[float]) -> str:
    return ", ".join(f"{number:.0f}" for number in numbers)


def tell(people: list[Person], used: float) -> None:
    """Print how long people waited and what the server used for it."""
    changes = [second for person in people for second in person.changes]
    failures = [failure for person in people for failure in person.failures]
    for name, waited in (("opening", [person.opening for person in people]), ("changes", changes)):
        cuts = statistics.quantiles(waited, n=20)
        print(f"{name}: {len(waited)}, p50 {cuts[9] * 1000:.0f} ms, p95 {cuts[18] * 1000:.0f} ms")
    each = used * 1000 / (len(changes) + len(people))
    print(f"processor time {each:.0f} ms a run; failures {len(failures)} {failures[:3]}")


def made(folder: Path) -> str:
    """Ten thousand articles, read: the corpus's folder."""
    bench_import.WORDS = WORDS
    with (folder / "made.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(article) + "\n" for article in bench_import.articles(ARTICLES))
    built = str(folder / "built")
    assert CliRunner().invoke(command, ["import", str(folder / "made.jsonl"), "-o", built]).exit_code == 0
    assert CliRunner().invoke(command, ["read", built]).exit_code == 0
    return built


def main() -> None:
    """Measure each corpus."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("PARALLAX_DATA", str(Path(folder, "data")))
        for corpus in sys.argv[1:] or ["seeds", made(Path(folder))]:
            measure(corpus)


if __name__ == "__main__":
    main()
