"""Files and standard input → all-text tables or vendors' answers, told apart by content, never by extension."""

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from asterism.creators.text import TextTable
from asterism.errors import NotFound, UnreadableFile
from asterism.store.contents import named, read_bytes
from asterism.store.delimited import read_delimited
from asterism.store.documents import Parsed, read_json, starts_as_json
from asterism.store.encodings import utf8
from asterism.store.sheets import read_parquet, read_workbook

FORMATS: Final = "CSV, TSV, XLSX, JSON, JSON lines or Parquet"
_FOREIGN: Final = (
    (b"%PDF", "a PDF"), (b"\x1f\x8b", "compressed with gzip: unpack it first"), (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"), (b"GIF8", "an image"), (b"BZh", "compressed with bzip2: unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it first"), (b"SQLite format 3", "an SQLite database"),
    (b"<!DOCTYPE", "a web page"), (b"<html", "a web page"), (b"<?xml", "XML"),
)  # fmt: skip
_SAYS_SOMETHING: Final = re.compile(rb"[^ \t\r\n\0\xef\xbb\xbf]")
_HEAD: Final = 65_536


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file holds: tables, or documents that vendors' interfaces answered; and the SHA-256 of its bytes.

    `source` is the file as a person would name it; `warnings` say what had to be assumed to read its documents.
    """

    tables: tuple[TextTable, ...]
    version: str
    documents: tuple[Any, ...] = ()
    source: str = ""
    warnings: tuple[str, ...] = ()


def open_tables(path: str) -> Opened:
    """Every non-empty table of a file (or of standard input for `-`), or the vendors' answers it holds.

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
    parsed, warnings = _parsed(source, content)
    tables = tuple(table for table in parsed.tables if len(table) or table.rejects)
    if not tables and not parsed.documents:
        raise UnreadableFile(f"{source} holds no rows.", "Give a table with a header line and at least one row.")
    return Opened(tables, f"sha256:{hashlib.sha256(content).hexdigest()}", parsed.documents, source, warnings)


def _parsed(source: str, content: bytes) -> tuple[Parsed, tuple[str, ...]]:
    """What a file's bytes hold, and what had to be assumed to read them as text."""
    if not _SAYS_SOMETHING.search(content):
        raise UnreadableFile(f"{source} is empty.", f"Give a table: {FORMATS}.")
    if content[:4] == b"PAR1":
        return Parsed((read_parquet(source, content),)), ()
    if content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        return Parsed(tuple(read_workbook(source, content))), ()
    beginning = content[:_HEAD].lstrip()
    for start, what in _FOREIGN:
        if beginning[: len(start)].lower() == start.lower():
            raise UnreadableFile(f"{source} is not a table: it is {what}.", f"Give a table: {FORMATS}.")
    text = utf8(source, content)
    if starts_as_json(text.content[:_HEAD].decode("utf-8", errors="ignore")):
        read = read_json(source, text.content.decode("utf-8"))
    else:
        read = Parsed((read_delimited(source, text.content),))
    tables = tuple(replace(table, warnings=(*text.warnings, *table.warnings)) for table in read.tables)
    return Parsed(tables, read.documents), text.warnings


def files_within(folder: Path) -> list[Path]:
    """The files of a folder, by name.

    Raises
    ------
    NotFound
        There is no such folder.
    """
    if not folder.is_dir():
        raise NotFound(f"There is no folder `{folder}`.", "Name one that holds the files.")
    return sorted(path for path in folder.iterdir() if path.is_file())
