"""Who a source is: pronouns, roles and short names led back to one name in the document."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from spacy.tokens import Token

from analysis.attribution import kinds
from analysis.attribution.cast import POSSESSIVE, Cast, Member, Run, name_runs
from analysis.attribution.lexicon import speech_words
from analysis.attribution.report import Report
from analysis.language import plain_marks

SINGULAR = {"he": "he", "his": "he", "him": "he", "she": "she", "her": "she"}
THING = frozenset({"it", "its"})
PLURAL = frozenset({"they", "their", "them"})
MAIN = frozenset({"ROOT", "conj", "parataxis"})
"""Relations of the verb of a main clause."""

TITLE_SMALL = 3
"""Letters of words that stay small in a name: "of", "the"."""

REACH = 900
"""Characters back in which the person a pronoun means must be named or have spoken."""


@dataclass(frozen=True)
class Voice:
    """A source once it is known who it is; `name` is None when that stays in doubt."""

    name: str | None
    type: str
    naming: str
    camp: str
    person: bool = False
    plural: bool = False
    gender: str = ""


UNKNOWN = Voice(None, kinds.OTHER_TYPE, "unnamed", kinds.UNKNOWN_CAMP)


class Voices:
    """Resolves the sources of one field in reading order; remembers who spoke."""

    def __init__(self, cast: Cast, shift: int) -> None:
        self._cast = cast
        self._shift = shift
        self._camps: dict[str, str] = {}
        self._spoken: list[tuple[int, Voice]] = []

    def resolve(self, report: Report, level: int) -> Voice:
        """The voice of a report; later pronouns may refer to it, if the narrator reports it."""
        if report.head is None or not report.source:
            return UNKNOWN
        offset = self._shift + report.stretch.start + report.head.idx
        voice = self._remembered(self._voice(report, offset))
        if level == 1 and (voice.name is not None or voice.plural):
            self._spoken.append((offset, voice))
        return voice

    def _remembered(self, voice: Voice) -> Voice:
        """The voice with the camp it had when it was named in full."""
        if voice.name is None:
            return voice
        if voice.camp == kinds.UNKNOWN_CAMP:
            return replace(voice, camp=self._camps.get(voice.name, voice.camp))
        self._camps.setdefault(voice.name, voice.camp)
        return voice

    def _voice(self, report: Report, offset: int) -> Voice:
        head = report.head
        assert head is not None
        word = head.lower_
        if word in SINGULAR:
            return self._person(SINGULAR[word], head, offset)
        if word in THING | PLURAL:
            return self._earlier(word in PLURAL, head, offset)
        if head.tag_ in ("WP", "WDT") or (word == "that" and head.dep_ == "nsubj"):
            return self._antecedent(report, head)
        start, end = report.source[0][0], report.source[-1][1]
        return self._phrase(self._cast.text[self._shift + start : self._shift + end], head, offset)

    def _antecedent(self, report: Report, head: Token) -> Voice:
        """The noun a relative clause hangs on: "the mayor, who said"."""
        verb = head.head
        while verb.dep_ in ("conj", "xcomp", "ccomp") and verb.head != verb:
            verb = verb.head
        noun = verb.head
        if verb.dep_ != "relcl" or noun.tag_[:2] not in ("NN", "PR"):
            return UNKNOWN
        words = noun.doc[noun.left_edge.i : noun.i + 1]
        offset = self._shift + report.stretch.start + noun.idx
        return self._phrase(words.text, noun, offset)

    def _phrase(self, phrase: str, head: Token, offset: int) -> Voice:
        """A noun phrase: a name, a seat of government, a body or a role."""
        core = _core(phrase)
        runs = list(name_runs(core))
        named = self._member(head, runs, phrase, offset)
        if named is not None and named.person:
            return self._described(named, phrase)
        bare = core.removeprefix("the ").removeprefix("The ").strip()
        camp = kinds.is_seat(bare)
        if camp is not None:
            return Voice(bare, kinds.body_type(bare) or "state", "named_institution", camp)
        if head.tag_[:3] == "NNP" or (head.tag_ == "NNS" and _is_title(bare)):
            short = named is not None and set(bare.split()) <= set(named.words)
            name = named.name if named is not None and short else bare
            return self._body(name, phrase)
        return self._common(bare, head, offset, phrase)

    def _member(self, head: Token, runs: list[Run], phrase: str, offset: int) -> Member | None:
        """The person or body whose name is the head of the phrase, or stands in apposition to it."""
        if head.tag_[:3] == "NNP" and runs:
            words = next((run.words for run in runs if head.text in run.words), runs[-1].words)
            address = next((kinds.genders().get(w.lower().rstrip(".")) for w in phrase.split()[:1]), None)
            known = self._cast.named(list(words), offset, address or "")
            speaker = known if known is not None else Member(" ".join(words), False)
            titled = head.lower_ in kinds.role_words() and len(words) > 1 and kinds.body_type(speaker.name) is None
            speaker.person = speaker.person or titled
            return speaker
        alone = self._cast.named([phrase], offset) if phrase[:1].isupper() and " " not in phrase else None
        if alone is not None and alone.person:
            return alone
        role, comma, after = phrase.partition(", ")
        apposition = next(name_runs(after), None) if comma and after[:1].isupper() else None
        member = self._cast.named(list(apposition.words), offset) if apposition is not None else None
        if member is not None and kinds.body_type(member.name) is None and role.split()[-1] in kinds.role_words():
            member.person = True
        return member

    def _described(self, member: Member, phrase: str) -> Voice:
        """A person, with type and camp from the titles printed anywhere in the document."""
        holder = kinds.holders().get(member.words[-1])
        if holder is not None and len(member.words) > 1 and member.words[0] not in holder.given:
            holder = None
        printed = [*member.titles, _core(phrase)]
        types = [t for t in map(kinds.type_of, printed) if t is not None]
        camps = [c[0] for c in map(kinds.camp_of, printed) if c is not None]
        type_ = types[0] if types else holder.type if holder else kinds.OTHER_TYPE
        owners = [c for c in map(kinds.owner_camp, printed) if c is not None]
        camp = camps[0] if camps else holder.camp if holder else (owners or [kinds.UNKNOWN_CAMP])[0]
        return Voice(member.name, type_, "named_person", camp, person=True, gender=member.gender)

    def _body(self, name: str, phrase: str) -> Voice:
        camp = kinds.camp_of(name) or kinds.camp_of(phrase)
        type_ = kinds.type_of(name) or kinds.type_of(phrase) or kinds.OTHER_TYPE
        return Voice(name, type_, "named_institution", camp[0] if camp else kinds.UNKNOWN_CAMP)

    def _common(self, bare: str, head: Token, offset: int, phrase: str) -> Voice:
        """A role or a group: "the minister", "local officials"."""
        plural = head.tag_ == "NNS"
        known = self._role(head, offset) if not plural else None
        if known is not None:
            return known
        camp = kinds.camp_of(_core(phrase)) or kinds.camp_of(phrase)
        type_ = kinds.type_of(bare) or kinds.OTHER_TYPE
        owned = any(t.tag_[:3] == "NNP" for t in head.subtree if t.i < head.i)
        body = kinds.body_type(bare) is not None and owned and not plural
        naming = "named_institution" if body else "unnamed"
        someone = any(c.lower_ in ("a", "an", "one", "another") for c in head.children)
        name = None if someone else _without_article(plain_marks(_described_group(phrase)))
        side = camp[0] if camp else kinds.owner_camp(phrase) or kinds.UNKNOWN_CAMP
        return Voice(name, type_, naming, side, plural=plural)

    def _role(self, head: Token, offset: int) -> Voice | None:
        """The last person or body before the offset that carries the words of the role in title or name."""
        owner = any(c.dep_ == "poss" for c in head.children)
        if not owner and not any(c.lower_ in ("the", "this") for c in head.children):
            return None
        words = {head.lower_, *(c.lower_ for c in head.children if c.dep_ in ("compound", "amod") and c.i < head.i)}
        fits = [
            m for m in self._cast.called(head.lower_) if _carries(m, head.lower_, words - speech_words("plain"), owner)
        ]
        known = [(_last(m.offsets, offset), m) for m in fits if m.offsets]
        if not known:
            return None
        before, member = max(known, key=lambda pair: pair[0])
        if before < 0 and not member.person:
            return None
        return self._described(member, member.name) if member.person else self._body(member.name, member.name)

    def _person(self, gender: str, head: Token, offset: int) -> Voice:
        """The person a singular pronoun means: who spoke last, unless someone else was the subject since."""
        since, subject = self._subject_before(gender, head, offset)
        for position, voice in reversed(self._spoken):
            if offset - position > REACH or position < since:
                break
            if voice.person and voice.gender in ("", gender):
                return voice
        member = subject or self._cast.person_before(offset, REACH, gender)
        return self._described(member, member.name) if member is not None else UNKNOWN

    def _subject_before(self, gender: str, head: Token, offset: int) -> tuple[int, Member | None]:
        """The last person named before the pronoun as subject of a main clause of its paragraph, and where."""
        for token in reversed(list(head.doc[: head.i])):
            if token.dep_ not in ("nsubj", "nsubjpass") or token.tag_ != "NNP" or token.head.dep_ not in MAIN:
                continue
            place = offset - head.idx + token.idx
            member = self._cast.named([token.text], place)
            if member is not None and member.person and member.gender in ("", gender):
                return place, member
        return -1, None

    def _earlier(self, plural: bool, head: Token, offset: int) -> Voice:
        """What "it" or "they" means: who spoke last of that number, unless a body was the subject since."""
        since, subject = self._body_before(plural, head, offset)
        for position, voice in reversed(self._spoken):
            if offset - position > 2 * REACH or position < since:
                break
            if voice.plural == plural and not voice.person:
                return voice
        return subject or UNKNOWN

    def _body_before(self, plural: bool, head: Token, offset: int) -> tuple[int, Voice | None]:
        """The last body or group that was a subject in the pronoun's sentence or the one before it, and where."""
        tags = ("NNS",) if plural else ("NN", "NNP")
        for token in reversed(list(head.doc[_sentence_before(head) : head.i])):
            if token.dep_ not in ("nsubj", "nsubjpass") or token.tag_ not in tags:
                continue
            words = head.doc[token.left_edge.i : token.i + 1].text
            place = offset - head.idx + token.idx
            bare = token.left_edge == token and not plural
            if not (bare and kinds.body_type(words)) and _may_speak(words, plural):
                return place, self._phrase(words, token, place)
        return -1, None


def _sentence_before(head: Token) -> int:
    """Where the sentence before that of a token begins."""
    start = int(head.sent.start)
    return int(head.doc[start - 1].sent.start) if start else 0


def _may_speak(phrase: str, plural: bool) -> bool:
    """Whether a phrase names a body, as "it" does, or several who speak, as "they" does."""
    last = phrase.split()[-1]
    known = kinds.type_of(last) if plural else kinds.body_type(last)
    return known is not None and known != "public"


def _is_title(phrase: str) -> bool:
    """Whether each longer word is capitalised: "Doctors Without Borders" is one body, however many doctors."""
    words = phrase.split()
    return len(words) > 1 and all(word[0].isupper() for word in words if len(word) > TITLE_SMALL)


def _carries(member: Member, noun: str, words: set[str], owned: bool) -> bool:
    """Whether a member is called by a noun and its modifiers: titles for people, words of the name for bodies."""
    if member.person:
        titles = [title.lower().split() for title in member.titles]
        return any(title[-1] == noun and words <= set(title) for title in titles)
    name = [word.lower() for word in member.words]
    return not owned and len(name) > 1 and name[-1] == noun and words <= set(name)


def _described_group(phrase: str) -> str:
    """The phrase up to its first comma or relative clause."""
    for position, word in enumerate(phrase.split()):
        if position and word in ("who", "which", "that", "including"):
            return " ".join(phrase.split()[:position]).rstrip(",")
    return phrase.split(", ")[0]


def _without_article(phrase: str) -> str:
    first, _, rest = phrase.partition(" ")
    return rest if rest and first.lower() in ("the", "a", "an") else phrase


def _last(offsets: list[int], offset: int) -> int:
    index = bisect_left(offsets, offset)
    return offsets[index - 1] if index else -1


def _core(phrase: str) -> str:
    """The phrase up to its first comma, bracket or preposition."""
    for position, word in enumerate(phrase.split()):
        if position and word in ("who", "which", "in", "at", "from", "with", "on", "near"):
            return " ".join(phrase.split()[:position]).rstrip(",")
    return POSSESSIVE.sub("", phrase.split(",")[0].split(" (")[0])
