"""Bytes as text: compression, byte-order marks and encodings are found, not assumed."""

from __future__ import annotations

import codecs
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.corpus import CorpusError

LARGEST = 4 << 30
"""Bytes a file may have once unpacked: a corpus of two million articles."""

FREE = 64 << 20
"""Bytes an archive may always unpack to, however well it packs."""

DENSEST = 200
"""Beyond FREE, an archive that grows more than this is a bomb: texts pack to about a fifth, tables to a fiftieth."""

SAMPLE = 200_000
PIECE = 1 << 22

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

LATIN_SHARE = 0.08
"""Share of bytes over 127 below which a text is in Latin letters: French has 4 %, Czech 15 %, Greek 80 %."""

BROKEN_SHARE = 0.02
"""Share of the bytes over 127 that may be wrong in a text that is still UTF-8."""

CONTROLS = bytes(set(range(32)) - set(b"\t\n\f\r\x1b"))
CONTROL_SHARE = 0.05
"""Share of control characters from which bytes are no text: packed data has 0.1, text with stray zeros far less."""

MISPLACED = re.compile("[a-z][À-ÖØ-ÞŒŠŽŸ]|[a-zß-öø-ÿ][§¶¤¦¨¬¯±´¸¹²³¼½¾¿¡‡†•‰ƒˆ˜›‹¢¥‚„√∞≠≤≥∂∑∏π∫Ω≈∆◊][a-zß-öø-ÿ]")
"""What stands in no text in Latin letters, but in one read in another encoding: a capital or a mark inside a word."""

MIXED_SHARE = 0.1
"""Share of the lines with bytes over 127 that are UTF-8 from which a file is a mixture of it and cp1252."""

LEGACY = ["cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"]
LEGACY += ["gb18030", "big5", "cp932", "euc_jp", "cp949", "cp874", "cp866", "mac_cyrillic"]


@dataclass(frozen=True)
class Decoded:
    """A file's text, line ends as `\\n`, and the encoding it was found to be in."""

    text: str
    encoding: str


def unpacked(data: bytes, where: str) -> bytes:
    """The content of gzip data.

    Raises:
        CorpusError: it is no gzip, is cut short, or grows like a bomb.
    """
    parts, size, limit = [], 0, min(LARGEST, max(FREE, DENSEST * len(data)))
    try:
        while data:
            stream = zlib.decompressobj(wbits=31)
            part = stream.decompress(data, limit - size + 1)
            size += len(part)
            if size > limit:
                raise CorpusError(f"{where}: unpacks to more than {limit >> 20} MB; it looks like a bomb.")
            if not stream.eof:
                raise CorpusError(f"{where}: the compressed file is cut short.")
            parts.append(part)
            data = stream.unused_data.lstrip(b"\0")
    except zlib.error as error:
        raise CorpusError(f"{where}: not a readable .gz file ({error}).") from None
    return b"".join(parts)


def is_binary(data: bytes) -> bool:
    """Whether bytes are no text in any encoding."""
    sample = data[:SAMPLE]
    if any(data.startswith(mark) for mark, _ in MARKS) or _wide(data):
        return False
    return len(sample) - len(sample.translate(None, CONTROLS)) > CONTROL_SHARE * len(sample)


def printable(text: str) -> str:
    """A text without halves of character pairs, which can be neither stored nor shown."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def decoded(data: bytes, stated: str = "") -> Decoded:
    """Decode a file. Never fails: bytes that no encoding explains are read as cp1252.

    A byte-order mark decides; then UTF-8 and UTF-16 by their own structure; then the encoding the file states;
    then, for Latin letters, cp1252 or Mac Roman; for the rest charset-normalizer.
    """
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), None) or _without_mark(data, stated)
    if encoding == "utf-8" and not _is_utf8(data):
        text, encoding = _patched(data), "utf-8 with stray cp1252 bytes"
    elif encoding == "cp1252":
        text = _as_cp1252(data)
    else:
        text = data.decode(encoding, "replace")
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"), encoding.removesuffix("-sig"))


def decoded_lines(data: bytes) -> tuple[Iterator[str], str]:
    """The lines of a file, one at a time where it is UTF-8, so that it is never in memory as a whole; its encoding."""
    if b"\0" in data[:SAMPLE] or not _is_utf8(data):
        file = decoded(data)
        return iter(file.text.split("\n")), file.encoding
    lines = (line.decode("utf-8").replace("\r", "\n").removeprefix("\ufeff") for line in io.BytesIO(data))
    return lines, "utf-8"


def _without_mark(data: bytes, stated: str) -> str:
    if _is_utf8(data):
        return "utf-8" if b"\0" not in data[:SAMPLE] else _wide(data) or "utf-8"
    return _wide(data) or (stated if _explains(stated, data) else _narrow(data))


def _explains(stated: str, data: bytes) -> bool:
    """Whether a stated encoding reads all bytes; Latin-1 explains any bytes and so nothing."""
    try:
        return codecs.lookup(stated).name != "iso8859-1" and bool(data.decode(stated))
    except (LookupError, ValueError):
        return False


def _is_utf8(data: bytes) -> bool:
    """Whether all of it decodes, tried piece by piece."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), PIECE):
            decoder.decode(data[start : start + PIECE])
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is zero (Latin) or line breaks stand in pairs (other scripts)."""
    sample = data[:SAMPLE]
    if len(data) % 2 or len(sample) < 4:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.4 > even * 2 or (odd > 4 * even and b"\n\0" in sample):
        return "utf-16-le"
    if even > half * 0.4 > odd * 2 or (even > 4 * odd and b"\0\n" in sample):
        return "utf-16-be"
    return None


def _narrow(data: bytes) -> str:
    """An encoding of single bytes, or UTF-8 with a few broken places."""
    high = sum(data[:SAMPLE].count(byte) for byte in range(128, 256)) or 1
    broken = data[:SAMPLE].decode("utf-8", "replace").count("\ufffd")
    if broken <= max(high * BROKEN_SHARE, 1) and high > 3 * broken:
        return "utf-8"
    if _is_mixed(data[:SAMPLE]):
        return "utf-8"
    if high < LATIN_SHARE * len(data[:SAMPLE]):
        return _latin_encoding(data[:SAMPLE])
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE], cp_isolation=LEGACY, enable_fallback=False).best()
    return best.encoding if best else "cp1252"


def _is_mixed(data: bytes) -> bool:
    """Whether lines of UTF-8 stand among others, as in tables put together of several; by chance few lines are."""
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    sound = [line for line in lines if _is_utf8(line)]
    return sum(map(len, sound)) > MIXED_SHARE * sum(map(len, lines))


def _latin_encoding(data: bytes) -> str:
    """cp1252, or Mac Roman where that leaves far fewer characters out of place."""
    windows, mac = (len(MISPLACED.findall(text)) for text in (_as_cp1252(data), data.decode("mac_roman")))
    return "mac_roman" if windows > 1 and mac * 3 < windows else "cp1252"


def _as_cp1252(data: bytes) -> str:
    """cp1252, its five unassigned bytes as the control characters they are on the web."""
    return data.decode("cp1252", "parallax-latin")


def _patched(data: bytes) -> str:
    return data.decode("utf-8", "parallax-latin")


def _latin(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    byte = error.object[error.start : error.start + 1]
    try:
        return (byte.decode("cp1252") if error.encoding != "charmap" else byte.decode("latin-1")), error.start + 1
    except UnicodeDecodeError:
        return byte.decode("latin-1"), error.start + 1


codecs.register_error("parallax-latin", _latin)
