"""Bytes of a text file → text, whatever encoding they came in."""

import codecs
import re
from dataclasses import dataclass
from typing import Final

from asterism.errors import UnreadableFile

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_HEAD: Final = 65_536
"""Bytes looked at for control characters."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, and what had to be assumed to read it."""

    text: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Utf8:
    """A file's bytes in UTF-8 without a mark, and what had to be assumed to read them."""

    content: bytes
    warnings: tuple[str, ...] = ()


def utf8(source: str, content: bytes) -> Utf8:
    """The bytes in UTF-8: those that are plain UTF-8 already without a copy, others as `decode` reads them.

    Raises
    ------
    UnreadableFile
        The bytes are no text at all.
    """
    if _is_plain(content):
        return Utf8(content)
    decoded = decode(source, content)
    return Utf8(decoded.text.encode("utf-8", errors="replace"), decoded.warnings)


def _is_plain(content: bytes) -> bool:
    """Whether bytes are UTF-8 as they stand: no mark, no control characters in the head, no broken character."""
    if content.startswith(tuple(mark for mark, _ in _MARKS)) or _CONTROL.search(content, 0, _HEAD):
        return False
    try:
        return content.isascii() or bool(content.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def decode(source: str, content: bytes) -> Decoded:
    """The text of bytes in UTF-8, UTF-16, UTF-32 or a Western one-byte encoding.

    Raises
    ------
    UnreadableFile
        The bytes are no text at all.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return Decoded(_strictly(source, content, encoding))
    unmarked = _unmarked_utf16(content)
    if unmarked:
        return Decoded(_strictly(source, content, unmarked), (f"Read as {unmarked.upper()}, by its zero bytes.",))
    if len(_CONTROL.findall(content, 0, _HEAD)) > len(content[:_HEAD]) / 500:
        raise _not_text(source)
    try:
        return Decoded(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _nearly_utf8(content) or _western(content)


def _strictly(source: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise _not_text(source) from None


def _not_text(source: str) -> UnreadableFile:
    fix = "Give a table: CSV, TSV, XLSX, JSON, JSON lines or Parquet."
    return UnreadableFile(f"{source} is neither text nor a table we know: it holds binary data.", fix)


def _unmarked_utf16(content: bytes) -> str:
    """UTF-16 without a mark: every second byte of Latin text is zero."""
    head = content[:4_096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.4 * len(head) / 2 and even < odd / 8:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * len(head) / 2 and odd < even / 8 else ""


def _nearly_utf8(content: bytes) -> Decoded | None:
    """UTF-8 with a few broken characters, which are replaced and counted; None where most are broken."""
    text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    sound = sum(1 for character in text if character > "\x7f") - broken
    if sound <= 2 * broken:
        return None
    return Decoded(text, (f"{broken} broken characters of UTF-8 were replaced by \ufffd.",))


def _western(content: bytes) -> Decoded:
    """Windows-1252, or Latin-1 where a byte means nothing there."""
    try:
        return Decoded(content.decode("cp1252"), ("Not UTF-8: read as Windows-1252 (Latin-1 with quotes and dashes).",))
    except UnicodeDecodeError:
        return Decoded(content.decode("latin-1"), ("Not UTF-8: read as Latin-1.",))
