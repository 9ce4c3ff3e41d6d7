"""Articles about events, of any number: what two sides report of made places, people and counts over a year.

Half of an article is its event, told in the side's own sentences with numbers that differ a little and grow by the day;
the rest are sentences of the gold sets with other numbers and some other words. Open vocabulary, no two articles alike.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

GOLD = Path(__file__).parent.parent / "gold"
SIDES = ("north", "south")
OUTLETS = 6
ARTICLES_AN_EVENT = 10
DAYS = 360
BACKGROUND = 12
"""Other sentences of an article, on average: articles of some 240 words."""

COUNTING = 0.2
"""Share of them from the gold sets of figures, in which every sentence counts something; news counts less."""

ONSETS, VOWELS, ENDS = "bdfgklmnprstvz", "aeiou", ("n", "r", "s", "k", "va", "sk", "lan", "dor")
THINGS = ("drone", "missile", "rocket", "shell", "bomb")
HIT = ("hospital", "market", "school", "railway station", "power plant", "port", "warehouse", "apartment block")

LINES = {
    "north": (
        "At least {dead} people were killed and {hurt} wounded when {things} hit a {hit} in {place}, {mayor} said.",
        "The air force said it had shot down {down} of {sent} {things} launched at {place}.",
        '"This was an attack on civilians," {minister} told reporters in {place}.',
        "{minister} said more than {left} residents had been evacuated from {place}.",
        "The governor of the {place} region confirmed damage to the {hit}.",
        "Rescue workers pulled {saved} people from the rubble of the {hit}, according to the emergency service.",
    ),
    "south": (
        "{envoy} claimed that the {hit} in {place} had been used by troops.",
        "The defence ministry said {sent} {things} struck military targets near {place}, and denied hitting the {hit}.",
        "Local officials in {place} put the number of dead at {dead} and said {hurt} people were injured on {weekday}.",
        '"All designated targets have been hit," {envoy} said, adding that the strike on {place} had succeeded.',
        "Some {left} people left {place} after the strike, {mayor} admitted.",
        "The ministry accused {minister} of spreading false reports about {place}.",
    ),
}
TITLES = {
    "north": ("Strike on {hit} in {place} kills {dead}", "{place} {hit} hit by {things}, {mayor} says"),
    "south": ("Ministry reports strike near {place}", "{envoy} comments on {place} strike"),
}


def articles(number: int, seed: int = 7) -> Iterator[dict[str, str]]:
    """Made articles, the same for the same number and seed: id, side, outlet, date, title, text."""
    chance = random.Random(seed)
    telling, counting = (
        list(_gold_sentences(*names)) for names in (("alignment", "attribution"), ("claims", "figures"))
    )
    events = [_event(chance) for _ in range(max(number // ARTICLES_AN_EVENT, 1))]
    for place in range(number):
        event, side, later = chance.choice(events), chance.choice(SIDES), chance.choice((0, 0, 0, 1, 1, 2))
        told = _told(event, side, later, chance)
        own = [line.format(**told) for line in chance.sample(LINES[side], chance.randint(2, 5))]
        kinds = (
            counting if chance.random() < COUNTING else telling for _ in range(chance.randint(2, 2 * BACKGROUND - 2))
        )
        rest = [_varied(chance.choice(sentences), chance) for sentences in kinds]
        yield {
            "id": f"d{place}",
            "side": side,
            "outlet": f"{side} paper {chance.randrange(OUTLETS)}",
            "date": str(event["day"] + timedelta(later)),
            "title": chance.choice(TITLES[side]).format(**told),
            "text": "\n\n".join(_paragraphs(own + rest)),
        }


def _gold_sentences(*names: str) -> Iterator[str]:
    """The sentences of some gold sets."""
    for name in names:
        for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines():
            for key in ("text", "one", "other", *SIDES):
                text = json.loads(line).get(key) or []
                yield from [text] if isinstance(text, str) else text


def _event(chance: random.Random) -> dict[str, object]:
    people = {
        "mayor": f"Mayor {_name(chance)} {_name(chance)}",
        "minister": f"Defence Minister {_name(chance)} {_name(chance)}",
        "envoy": f"{_name(chance)} {_name(chance)}",
    }
    counts = {"dead": chance.randint(2, 60), "hurt": chance.randint(5, 200), "sent": chance.randint(20, 150)}
    counts |= {"down": chance.randint(5, 20), "left": 100 * chance.randint(2, 60), "saved": chance.randint(2, 30)}
    about = {"place": _name(chance), "hit": chance.choice(HIT), "things": f"{chance.choice(THINGS)}s"}
    return people | counts | about | {"day": date(2022, 1, 3) + timedelta(chance.randrange(DAYS))}


def _told(event: dict[str, object], side: str, later: int, chance: random.Random) -> dict[str, object]:
    """An event as an article tells it: the counts grown, and for the other side's articles a little apart."""
    apart = chance.choice((0, 0, 1)) if side == SIDES[1] else 0
    grown = {name: count + later + apart for name, count in event.items() if isinstance(count, int)}
    return event | grown | {"weekday": f"{event['day']:%A}"}


def _name(chance: random.Random) -> str:
    middle = "".join(chance.choice(ONSETS) + chance.choice(VOWELS) for _ in range(chance.randint(1, 2)))
    return (chance.choice(ONSETS) + chance.choice(VOWELS) + middle + chance.choice(ENDS)).capitalize()


def _varied(sentence: str, chance: random.Random) -> str:
    """Other numbers of as many digits, and one word in eight another."""
    words = sentence.split()
    for _ in range(max(len(words) // 8, 1)):
        words[chance.randrange(1, len(words))] = f"w{int(60_000 * chance.random() ** 3)}"
    return re.sub(r"\b[1-9]\d{1,2}\b", lambda found: str(chance.randint(10, 10 ** len(found.group()))), " ".join(words))


def _paragraphs(sentences: list[str]) -> list[str]:
    return [" ".join(sentences[start : start + 2]) for start in range(0, len(sentences), 2)]
