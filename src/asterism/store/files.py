"""Files and standard input → all-text tables, told apart by content, never by extension."""

import hashlib
from dataclasses import dataclass, replace
from typing import Final

from asterism.creators.text import TextTable
from asterism.errors import UnreadableFile
from asterism.store.contents import named, read_bytes
from asterism.store.delimited import read_delimited
from asterism.store.documents import read_json, read_json_lines, starts_as_json
from asterism.store.encodings import decode
from asterism.store.sheets import read_parquet, read_workbook

FORMATS: Final = "CSV, TSV, XLSX, JSON, JSON lines or Parquet"
_FOREIGN: Final = (
    (b"%PDF", "a PDF"), (b"\x1f\x8b", "compressed with gzip: unpack it first"), (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"), (b"GIF8", "an image"), (b"BZh", "compressed with bzip2: unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it first"), (b"SQLite format 3", "an SQLite database"),
    (b"<!DOCTYPE", "a web page"), (b"<html", "a web page"), (b"<?xml", "XML"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """The tables a file holds and its version: the SHA-256 of its bytes."""

    tables: tuple[TextTable, ...]
    version: str


def open_tables(path: str) -> Opened:
    """Every non-empty table of a file, or of standard input for `-`.

    Raises
    ------
    NotFound
        There is no such file.
    UnreadableFile
        It is a folder, empty, or no table in a format we read.
    OutsideFailure
        The system would not let us read it.
    """
    content = read_bytes(path)
    source = named(path)
    tables = tuple(table for table in _tables(source, content) if len(table) or table.rejects)
    if not tables:
        raise UnreadableFile(f"{source} holds no rows.", "Give a table with a header line and at least one row.")
    return Opened(tables, f"sha256:{hashlib.sha256(content).hexdigest()}")


def _tables(source: str, content: bytes) -> list[TextTable]:
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise UnreadableFile(f"{source} is empty.", f"Give a table: {FORMATS}.")
    if content[:4] == b"PAR1":
        return [read_parquet(source, content)]
    if content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        return read_workbook(source, content)
    for start, what in _FOREIGN:
        if content.lstrip()[: len(start)].lower() == start.lower():
            raise UnreadableFile(f"{source} is not a table: it is {what}.", f"Give a table: {FORMATS}.")
    decoded = decode(source, content)
    if starts_as_json(decoded.text):
        read = read_json_lines(source, decoded.text) or read_json(source, decoded.text)
    else:
        read = [read_delimited(source, decoded.text)]
    return [replace(table, warnings=(*decoded.warnings, *table.warnings)) for table in read]
