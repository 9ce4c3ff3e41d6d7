"""Texts without the traces of their transport: markup, entities, invisible characters."""

from __future__ import annotations

import html
import re

TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|table|tr|td|img|article|section|html|body|script|style)\b[^<>]{0,2000}>",
    re.I,
)
CLOSED = re.compile(
    r"</(?:p|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|table|tr|td|article|section|html|body|script|style)\s*>|<(?:br|p|img)\b[^<>]{0,2000}>",
    re.I,
)
ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
TRACE = re.compile(f"{INVISIBLE.pattern}|{CONTROL.pattern}")

BLOCKS = frozenset(["p", "br", "div", "ul", "ol", "li", "table", "tr", "section", "article", "header", "footer"])
BLOCKS |= {"h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figure", "figcaption", "hr", "pre"}
CELLS = frozenset(["td", "th"])
HIDDEN = frozenset(["script", "style", "head", "noscript", "template", "svg", "iframe", "form", "button"])


def is_markup(text: str) -> bool:
    """Whether a text is HTML: it holds closing tags or line breaks of HTML, not just a `<`."""
    return "<" in text and CLOSED.search(text) is not None


def text_of_markup(markup: str) -> str:
    """The text of HTML: a line for each block, white space as a browser shows it, nothing hidden."""
    from lxml import etree
    from lxml.html import HTMLParser

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    data = f"<div>{markup}</div>".replace("\0", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        return TAG.sub(" ", markup).strip()
    if root is None:
        return ""
    lines = "".join(_pieces(root)).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def _pieces(root: object) -> list[str]:
    """Texts in reading order with a line break around each block, without recursion."""
    from lxml import etree

    pieces: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        hidden += (name in HIDDEN) * (1 if event == "start" else -1)
        if name in BLOCKS:
            pieces.append("\n")
        elif name in CELLS:
            pieces.append(" ")
        text = element.text if event == "start" else element.tail
        if text and not hidden:
            pieces.append(" ".join(text.split("\n")))
    return pieces


def cleaned(text: str) -> str:
    """The text without entities, invisible characters and control characters, which become spaces."""
    if "&" in text and ENTITY.search(text):
        text = html.unescape(text)
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")  # half a character pair cannot be stored
    if TRACE.search(text):
        text = CONTROL.sub(" ", INVISIBLE.sub("", text))
    return text
