"""The spaCy pipeline, loaded once, and parsed texts whose offsets are those of the original."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby, islice
from typing import Any

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.attrs import DEP, LEMMA, MORPH, NORM, ORTH, POS, PREFIX, SHAPE, SUFFIX, TAG
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_prefix_regex
from thinc.api import Model, NumpyOps
from threadpoolctl import threadpool_limits

from analysis.models import MODELS
from analysis.quotation import Quotation, quotations

BATCH = 128
"""Stretches parsed at once: larger batches gained nothing and cost memory."""

LONGEST = 4000
"""Characters of one stretch: longer ones are cut, so that time and memory grow with the length only."""

SENTENCE_WORDS = 3
"""A quotation of fewer words is a fragment of the sentence around it and is parsed within it."""

PLAIN_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "`": "'"})
ENDS = tuple(".,!?;—–…")
FORMS_KEPT = 200_000
"""Word forms remembered before the memory is emptied, about 30 MB."""
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Part:
    """A parsed stretch of a text, at most a paragraph; character `i` of `doc.text` is `text[start + i]`."""

    start: int
    doc: Doc


@dataclass(frozen=True)
class Parsed:
    """A text and the parts of it that were parsed, in order."""

    text: str
    parts: tuple[Part, ...]


@cache
def pipeline() -> Language:
    """The English pipeline without the components no reader uses, blind to the style of quotation marks.

    Tokens carry tag, part of speech, lemma, morphology and dependencies; there are no entities.

    Raises:
        RuntimeError: no English model is installed.
    """
    for name in MODELS:
        if importlib.util.find_spec(name):
            nlp = spacy.load(name, exclude=["ner"])
            break
    else:
        raise RuntimeError("No English model is installed: run `pip install -r requirements.txt`.")
    _multiply_with_numpy(nlp)
    _read_all_marks_alike(nlp)
    word_forms = WordForms(nlp)
    nlp.remove_pipe("attribute_ruler")
    nlp.remove_pipe("lemmatizer")
    Language.component("word_forms", func=word_forms)
    nlp.add_pipe("word_forms")
    return nlp


class MatrixProducts(NumpyOps):
    """The operations of the model with numpy's matrix product, about three times as fast as their own."""

    def gemm(  # noqa: D102
        self,
        x: NDArray[np.float32],
        y: NDArray[np.float32],
        out: NDArray[np.float32] | None = None,
        trans1: bool = False,
        trans2: bool = False,
    ) -> NDArray[np.float32]:
        return np.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)


def _multiply_with_numpy(nlp: Language) -> None:
    operations = MatrixProducts()
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if isinstance(model, Model) else ():
            node.ops = operations


def _read_all_marks_alike(nlp: Language) -> None:
    """Give curly marks, straight marks and doubled apostrophes the same features, so the same parse."""
    tokenizer: Any = nlp.tokenizer
    tokenizer.prefix_search = compile_prefix_regex(["``", *(nlp.Defaults.prefixes or ())]).search
    readers: Any = nlp.vocab.lex_attr_getters  # type: ignore[attr-defined]
    for attribute in (NORM, PREFIX, SUFFIX, SHAPE):
        readers[attribute] = lambda word, read=readers[attribute]: read(plain_marks(word))
    for lexeme in nlp.vocab:
        plain = nlp.vocab[plain_marks(lexeme.text)]
        lexeme.prefix_, lexeme.suffix_, lexeme.shape_ = plain.prefix_, plain.suffix_, plain.shape_


def plain_marks(word: str) -> str:
    """The word with straight quotation marks and apostrophes."""
    return word.translate(PLAIN_MARKS).replace("''", '"')


class WordForms:
    """Part of speech, morphology and lemma of each token, by the model's own rules, remembered by word form.

    The model's components apply the same rules token by token in every text, which takes a third of the time.
    """

    def __init__(self, nlp: Language) -> None:
        self._vocab = nlp.vocab
        self._steps = (nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer"))
        self._known: dict[tuple[int, int, int], tuple[int, int, int]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Fill in what the tagger and the parser left open."""
        if len(self._known) > FORMS_KEPT:
            self._known.clear()
        rows = []
        for orth, tag, dep in map(tuple, doc.to_array([ORTH, TAG, DEP]).tolist()):
            rows.append(self._known.get((orth, tag, dep)) or self._learn(orth, tag, dep))
        if rows:
            forms: Any = np.array(rows, dtype="uint64")
            doc.from_array([POS, MORPH, LEMMA], forms)
        return doc

    def _learn(self, orth: int, tag: int, dep: int) -> tuple[int, int, int]:
        strings = self._vocab.strings
        word = plain_marks(strings[orth])
        single = Doc(self._vocab, words=[word], tags=[strings[tag]], deps=[strings[dep]], heads=[0])
        for step in self._steps:
            single = step(single)
        token: Any = single[0]
        self._known[orth, tag, dep] = form = (token.pos, int(token.morph.key), token.lemma)
        return form


def parse(texts: Iterable[str], *, wanted: Callable[[str], bool] = bool) -> Iterator[Parsed]:
    """Parse each text stretch by stretch, leaving out paragraphs that are not `wanted`.

    A stretch is a paragraph, or a piece of one: a quotation of whole sentences stands alone, and so does what
    is around it, because the parser reads both better apart. Paragraphs end at line breaks.

    Args:
        texts: any strings; stretches of all of them are parsed in common batches.
        wanted: told each paragraph; those it declines are not parsed.
    """
    starts = ((number, text, span) for number, text in enumerate(texts) for span in _spans(text, wanted))
    tasks = ((text[start:end], (number, text, start)) for number, text, (start, end) in starts)
    for (_, text), group in groupby(_parsed(tasks), key=lambda pair: pair[1][:2]):
        yield Parsed(text, tuple(Part(start, doc) for doc, (_, _, start) in group if len(doc)))


Place = tuple[int, str, int]
"""Number of the text, the text, and the offset of the stretch in it."""


def _parsed(tasks: Iterator[tuple[str, Place]]) -> Iterator[tuple[Doc, Place]]:
    """The parsed stretches, in order, on one core: a second one gains little."""
    while batch := list(islice(tasks, BATCH)):
        with threadpool_limits(limits=1, user_api="blas"):
            docs = list(pipeline().pipe(batch, as_tuples=True, batch_size=BATCH))
        yield from docs


def _spans(text: str, wanted: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """The stretches of one text; an empty one at the start, so that every text is heard of."""
    yield 0, 0
    start = 0
    for line in text.split("\n"):
        if line.strip() and wanted(line):
            for piece_start, piece_end in _pieces(line):
                yield start + piece_start, start + piece_end
        start += len(line) + 1


def _pieces(line: str) -> Iterator[tuple[int, int]]:
    """Cut one paragraph around its quotations of whole sentences, and where it is too long."""
    start = 0
    for quotation in quotations(line):
        if is_sentences(line, quotation):
            yield from _bounded(line, start, quotation.start)
            yield from _bounded(line, quotation.start, quotation.end)
            start = quotation.end
    yield from _bounded(line, start, len(line))


def is_sentences(line: str, quotation: Quotation) -> bool:
    """Whether a quotation holds whole sentences, rather than words of the sentence around it."""
    inner = line[quotation.inner_start : quotation.inner_end].rstrip(" \t\r\"'’”»")
    before = line[: quotation.start].rstrip()[-1:]
    after = line[quotation.end : quotation.end + 1]
    starts = not before or before in ",:;.!?—–-)\"”'’…"
    ends = inner[-1:] in ENDS or after in ENDS
    return bool(starts and ends and len(WORD.findall(inner[:200])) >= SENTENCE_WORDS)


def _bounded(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without the spaces around it, in pieces of bounded length."""
    while start < end:
        cut = end
        if end - start > LONGEST:
            space = max(
                line.rfind(". ", start, start + LONGEST),
                line.rfind(" ", start + LONGEST // 2, start + LONGEST),
            )
            cut = space + 1 if space > start else start + LONGEST
        piece = line[start:cut]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            yield left, right
        start = cut
