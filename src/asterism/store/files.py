"""Files and standard input → all-text tables, told apart by content, never by extension."""

import hashlib
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from asterism.creators.text import TextTable
from asterism.errors import NotFound, OutsideFailure, UnreadableFile
from asterism.store.delimited import read_delimited
from asterism.store.documents import read_json, read_json_lines, starts_as_json
from asterism.store.encodings import decode
from asterism.store.sheets import read_parquet, read_workbook

STANDARD_INPUT: Final = "-"
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
    source = "standard input" if path == STANDARD_INPUT else path
    tables = tuple(table for table in _tables(source, content) if len(table) or table.rejects)
    if not tables:
        raise UnreadableFile(f"{source} holds no rows.", "Give a table with a header line and at least one row.")
    return Opened(tables, f"sha256:{hashlib.sha256(content).hexdigest()}")


def read_bytes(path: str) -> bytes:
    """The bytes of a file, or of standard input for `-`; raises as `open_tables`."""
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(f"There is no file {path}.", "Check the path.") from None
    except IsADirectoryError:
        raise UnreadableFile(f"{path} is a folder, not a file.", "Name a file in it.") from None
    except PermissionError:
        raise OutsideFailure(f"{path} may not be read.", "Give yourself permission to read it.") from None
    except (OSError, ValueError) as error:
        raise OutsideFailure(f"{path} could not be read: {error}.", "Check the disk and the path.") from None


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
