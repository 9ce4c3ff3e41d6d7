"""The people and bodies a document names, with every way it prints their names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from spacy.lang.en.stop_words import STOP_WORDS

from analysis.attribution.kinds import body_type, camp_of, genders, holders, is_seat, role_words
from analysis.attribution.lexicon import entries

WORD = re.compile(r"[^\W\d_][\w’'&-]*(?:\.(?=\w)\w*)*\.?|\d+|[^\w\s]|\n")
SMALL = re.compile(r"\b[a-z]+\b")
POSSESSIVE = re.compile(r"['’]s?$")
LONGEST_NAME = 4
LONGEST_TITLE = 6
TITLE_START = re.compile(r"[,.;:()\n\"“”—]\s|''|[\"“”]")
"""Marks before which the words are no part of a title."""

BEFORE = 70
"""Characters before a name in which its title stands."""

NO_ROLE = frozenset(
    [
        "in",
        "on",
        "at",
        "by",
        "with",
        "to",
        "said",
        "says",
        "told",
        "and",
        "or",
        "but",
        "when",
        "while",
        "after",
        "before",
        "as",
    ]
)
"""Words that show that what follows a name goes on about something else."""

SAID = frozenset({"said", "says", "asked", "told", "added", "wrote", "continued", "stated", "according"})
"""Cues that open a sentence right before a name."""

OPENERS = frozenset(
    {"despite", "amid", "amidst", "unlike", "besides", "near", "following", "concerning", "regarding", "via"}
)
"""Prepositions among no list of stop words, which have a capital where they open a sentence."""

HEADLINE = 0.6
"""Share of capitalised words from which a line is a headline."""

LEAST_HEADLINE = 4
LONGEST_HEADLINE = 25
"""Words of such a line."""

NAMESAKES = 40
"""Members with the same last word that are compared; more are a list, not a story."""

APPOSITION = 60
"""Characters after a name in which "..., a spokesman for" tells its role."""


@dataclass
class Member:
    """A person or body of the document.

    Attributes:
        name: the fullest way it is printed, without titles.
        person: whether it is a person.
        titles: words of office printed with the name, in reading order.
        gender: "he", "she" or "" when nothing tells.
        offsets: where it is mentioned, ascending.
    """

    name: str
    person: bool
    titles: list[str] = field(default_factory=list)
    gender: str = ""
    offsets: list[int] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """The words of the name."""
        return self.name.split()


@dataclass(frozen=True)
class Run:
    """Capitalised words in a row: title words before, the name, the offset of its first word."""

    title: str
    words: tuple[str, ...]
    start: int
    end: int


@cache
def _particles() -> frozenset[str]:
    """Words inside a name that are written small."""
    return frozenset(entries("name_words")["particle"]["words"].split())


@cache
def _addresses() -> frozenset[str]:
    """Forms of address, ranks and parts of names that are shortened, and such as stand before a name in full."""
    lists = (entries("abbreviations")[kind] for kind in ("address", "ranks", "names"))
    return frozenset(word.lower() for each in lists for word in (*each["short"], *each["full"]))


class Cast:
    """Everyone a text names. `text` may be title and body joined; offsets count its code points."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._members: dict[str, list[Member]] = {}
        self._titles: dict[int, list[tuple[int, str]]] = {}
        headlines = _headlines(text)
        small = frozenset(SMALL.findall(text))
        runs = sorted((_opened(run, text, small) for run in name_runs(text)), key=lambda run: -len(run.words))
        for run in runs:
            if not _inside(headlines, run.start) or self.named(list(run.words), run.start) is not None:
                self._enter(run)
        for member in self.members():
            member.offsets.sort()
            member.titles = [title for _, title in sorted(self._titles.get(id(member), ()))]
            member.gender = member.gender or _gender(member)
        self._called = self._by_noun()
        people = [(offset, member) for member in self.members() if member.person for offset in member.offsets]
        self._people = sorted(people, key=lambda pair: pair[0])

    def members(self) -> Iterator[Member]:
        """All members, each once."""
        seen: set[int] = set()
        for group in self._members.values():
            for member in group:
                if id(member) not in seen:
                    seen.add(id(member))
                    yield member

    def named(self, words: list[str], offset: int, pronoun: str = "") -> Member | None:
        """The member a printed name means at an offset; the last one mentioned when two share it.

        Args:
            words: the name.
            offset: where it is printed.
            pronoun: "he" or "she" when a form of address tells ("Mrs"), else "".
        """
        key = words[-1].lower() if words else ""
        fits = [m for m in self._members.get(key, [])[-NAMESAKES:] if _compatible(m.words, words)]
        fits = [m for m in fits if not pronoun or m.gender in ("", pronoun)] or fits
        if len(fits) < 2:
            return fits[0] if fits else None
        return max(fits, key=lambda m: _last_before(m.offsets, offset))

    def called(self, noun: str) -> list[Member]:
        """Members whose title or name ends in a noun: "minister", "ministry"."""
        return self._called.get(noun, [])[:NAMESAKES]

    def person_before(self, offset: int, reach: int, pronoun: str) -> Member | None:
        """The last person named before an offset that a pronoun can mean."""
        index = bisect_left(self._people, offset, key=lambda pair: pair[0]) - 1
        while index >= 0 and offset - self._people[index][0] <= reach:
            member = self._people[index][1]
            if member.gender in ("", pronoun):
                return member
            index -= 1
        return None

    def _by_noun(self) -> dict[str, list[Member]]:
        found: dict[str, list[Member]] = {}
        for member in self.members():
            ends = (
                {title.lower().split()[-1] for title in member.titles} if member.person else {member.words[-1].lower()}
            )
            for noun in ends:
                found.setdefault(noun, []).append(member)
        return found

    def _enter(self, run: Run) -> None:
        words = list(run.words)
        member = self.named(words, run.start)
        if member is None:
            member = Member(" ".join(words), _is_person(run, self.text))
            for key in {words[-1].lower(), *([words[0].lower()] if len(words) > 1 and member.person else [])}:
                self._members.setdefault(key, []).append(member)
        member.offsets.append(run.start)
        member.person = member.person or (bool(run.title) and body_type(member.name) is None)
        for title in (run.title, _apposition(self.text, run.end)):
            if title:
                self._titles.setdefault(id(member), []).append((run.start, title))


def _headlines(text: str) -> list[tuple[int, int]]:
    """Lines that capitalise nearly every word, where a capital proves no name."""
    found = []
    start = 0
    for line in text.split("\n"):
        words = line.split()
        capitals = sum(word[:1].isupper() for word in words)
        if LEAST_HEADLINE <= len(words) <= LONGEST_HEADLINE and capitals >= HEADLINE * len(words):
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def _inside(spans: list[tuple[int, int]], offset: int) -> bool:
    index = bisect_left(spans, (offset + 1,)) - 1
    return index >= 0 and offset < spans[index][1]


def name_runs(text: str) -> Iterator[Run]:
    """Runs of capitalised words that hold a name."""
    run: list[re.Match[str]] = []
    for token in WORD.finditer(text):
        word = token.group()
        joined = not run or text[run[-1].end() : token.start()] == " "
        if run and not (joined and (word[:1].isupper() or word in _particles())):
            yield from _named_run(text, run)
            run = []
        if word[:1].isupper() or (run and word in _particles()):
            run.append(token)
            if POSSESSIVE.search(word) or (word.endswith(".") and not _is_abbreviation(word)):
                yield from _named_run(text, run)
                run = []
    if run:
        yield from _named_run(text, run)


def _is_abbreviation(word: str) -> bool:
    return len(word) <= 2 or "." in word[:-1] or word[:-1].lower() in _addresses()


def _named_run(text: str, run: list[re.Match[str]]) -> Iterator[Run]:
    """The name of a run after its titles; nothing when only titles or small words are left."""
    words = [POSSESSIVE.sub("", token.group()) for token in run]
    if not _is_abbreviation(words[-1]):
        words[-1] = words[-1].rstrip(".")
    first = 0
    while first < len(words) and words[first].lower() in STOP_WORDS | SAID | OPENERS:
        first += 1
    titled = first
    if body_type(words[-1]) is None:
        titles = [i for i in range(first, len(words)) if _is_title(words[i])]
        titled = titles[-1] + 1 if titles else first
        titled += _country_words(words[titled:])
    while len(words) > titled and words[-1] in _particles():
        words.pop()
    if len("".join(words[titled:])) < 2:
        return
    start = run[titled].start()
    yield Run(_title(text, start), tuple(words[titled:]), start, run[len(words) - 1].end())


def _country_words(words: list[str]) -> int:
    """How many words of a country stand before a name of at least two words: "United States Ana Ruiz"."""
    for count in (2, 1):
        if len(words) >= count + 2 and is_seat(" ".join(words[:count])) is not None:
            return count
    return 0


def _opened(run: Run, text: str, small: frozenset[str]) -> Run:
    """The run without a first word that has its capital only because it opens a sentence."""
    first = run.words[0].lower()
    before = text[max(0, run.start - 3) : run.start].strip(" \"'“”‘’(")
    opens = not before or before[-1] in ".!?:\n—–"
    if len(run.words) < 2 or run.title or not opens or first in genders():
        return run
    if first not in small and not first.endswith("ing"):
        return run
    return Run("", run.words[1:], text.find(run.words[1], run.start + 1), run.end)


def _is_title(word: str) -> bool:
    return word.lower() in role_words() or word.lower().rstrip(".") in _addresses()


def _title(text: str, start: int) -> str:
    """Words of office right before a name: "Foreign Ministry spokeswoman"."""
    line = TITLE_START.split(text[max(0, start - BEFORE) : start])[-1]
    words = [word for word in line.split() if word]
    return " ".join(words[-LONGEST_TITLE:]) if words and _is_title(words[-1]) else ""


def _is_person(run: Run, text: str) -> bool:
    name = " ".join(run.words)
    if body_type(name) is not None or camp_of(name) is not None or len(run.words) > LONGEST_NAME:
        return False
    first = run.words[0].lower()
    known = holders().get(run.words[-1])
    if run.title or first in genders():
        return True
    if known is not None and (len(run.words) == 1 or run.words[0] in known.given):
        return True
    return len(run.words) > 1 and bool(_apposition(text, run.end))


def _apposition(text: str, end: int) -> str:
    """Words of office right after a name: ", a spokesman for the mayor,"."""
    after = text[end : end + APPOSITION]
    if not after.startswith(", "):
        return ""
    words = re.split(r"[,.;\n]| who | for | of | at | in | and ", after[2:])[0].split()
    words = [POSSESSIVE.sub("", w) for w in words]
    plain = words and words[-1].lower() in role_words() and not NO_ROLE.intersection(words)
    return " ".join(words[-LONGEST_TITLE:]) if plain else ""


def _compatible(full: list[str], part: list[str]) -> bool:
    """Whether two names can mean the same: "Ana Maria Ruiz", "Ana Ruiz", "A. Ruiz", "Ruiz"."""
    if [w.lower() for w in full] == [w.lower() for w in part]:
        return True
    longer, shorter = (full, part) if len(full) >= len(part) else (part, full)
    if len(shorter) == 1:
        return longer[-1].lower() == shorter[0].lower() or longer[0].lower() == shorter[0].lower()
    if longer[-1].lower() != shorter[-1].lower():
        return False
    return longer[0][0] == shorter[0][0] and (
        len(shorter[0]) <= 2 or len(longer[0]) <= 2 or longer[0].lower() == shorter[0].lower()
    )


def _gender(member: Member) -> str:
    words = [w.lower() for title in member.titles for w in title.split()] + [
        w.lower().rstrip(".") for w in member.words[:-1]
    ]
    return next((genders()[w] for w in words if w in genders()), "")


def _last_before(offsets: list[int], offset: int) -> int:
    index = bisect_left(offsets, offset)
    return offsets[index - 1] if index else -offsets[0] - 1
