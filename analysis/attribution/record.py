"""One attribution: who is said to have said what, and how."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]
Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Attribution:
    """Source, cue and content of one report of speech, as offsets into one field of a document.

    Attributes:
        field: "title" or "text"; every offset counts code points in it.
        source: where the source is printed; empty when the text names none ("reportedly").
        cue: where the words are that report the speech.
        content: what is reported, often in several segments.
        source_text: the source as printed, "" when there is none.
        source_name: the fullest name of the source in the document, None when in doubt.
        source_type: a short id, see `lexicons/source_types.toml`.
        source_naming: "named_person", "named_institution" or "unnamed".
        camp: the side of the source after `lexicons/camps.toml`, or "unknown".
        cue_lemma: dictionary form of the cue, "according to" and ":" included.
        form: "clause", "quotation", "according_to", "noun_phrase" or "headline".
        stance: what the cue says about the content: neutral, assertive, distancing, evaluative, demand,
            tentative, doubt or admission.
        quote: "direct" when all words of the content stand in quotation marks, "mixed" when some do, else
            "indirect".
        level: 1 when the narrator reports, 2 when the report stands within another report.
        sentence_start, sentence_end: the sentence that holds the cue.
    """

    field: str
    source: Spans
    cue: Spans
    content: Spans
    source_text: str
    source_name: str | None
    source_type: str
    source_naming: str
    camp: str
    cue_lemma: str
    form: str
    stance: str
    quote: str
    level: int
    sentence_start: int
    sentence_end: int
