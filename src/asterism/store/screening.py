"""What a file is by its content, and whether a stranger's file of that kind may be taken in."""

import re
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet

from asterism.errors import UnreadableFile
from asterism.store.archives import Limits, insist_on_sound_workbook

TAKEN: Final = "Give a table as CSV, TSV, XLSX, JSON, JSON lines or Parquet."
_FOREIGN: Final = (
    (b"MZ", "a program"), (b"\x7fELF", "a program"), (b"#!", "a script"), (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"), (b"\xce\xfa\xed\xfe", "a program"), (b"\xfe\xed\xfa", "a program"),
    (b"\x00asm", "a program"), (b"dex\n", "a program"), (b"L\x00\x00\x00\x01\x14\x02\x00", "a shortcut"),
    (b"%PDF", "a PDF"), (b"%!PS", "PostScript"), (b"{\\rtf", "a text document"), (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"), (b"GIF8", "an image"), (b"RIFF", "an image or a sound"),
    (b"\x1f\x8b", "compressed with gzip: unpack it first"), (b"BZh", "compressed with bzip2: unpack it first"),
    (b"\xfd7zXZ", "compressed with xz: unpack it first"), (b"\x28\xb5\x2f\xfd", "compressed: unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it first"), (b"Rar!", "a RAR archive: unpack it first"),
    (b"SQLite format 3", "an SQLite database"),
)  # fmt: skip
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_HEAD: Final = 4_096
_MARKS: Final = ((b"\xff\xfe\x00\x00", "utf-32-le"), (b"\x00\x00\xfe\xff", "utf-32-be"), (b"\xff\xfe", "utf-16-le"),
                 (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"))  # fmt: skip
_MARKUP: Final = re.compile(r"\s*<\s*[a-z!?/]", re.IGNORECASE)
_MACROS: Final = re.compile(r"vbaproject|macrosheets|activex|\.bin\.rels$", re.IGNORECASE)
_INSIDE: Final = re.compile(
    r"embeddings/|\.(?:zip|xlsx?|xlsm|docx?|docm|pptx?|jar|exe|dll|js|vbs|ps1|html?|svg)$", re.I
)


def kind_of(name: str, path: Path, limits: Limits) -> str:
    """The kind of table a file is by its content: csv, json, xlsx or parquet.

    Raises
    ------
    UnreadableFile
        It is something else, or a table that no reader should open.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(0)
        if head[:4] == b"PAR1":
            return _parquet(name, file, limits)
        if head[:2] == b"PK":
            return _workbook(name, file, limits)
        _insist_on_text(name, head)
        return _text(name, file, head, limits)


def _insist_on_text(name: str, head: bytes) -> None:
    if not head.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile(f"{name} is empty.", TAKEN)
    if head.startswith(_OLD_OFFICE):
        what = f"{name} is an old Office file, or one locked with a password."
        raise UnreadableFile(what, "Save it as XLSX, without a password.")
    for start, what in _FOREIGN:
        if head.startswith(start):
            raise UnreadableFile(f"{name} is not a table: it is {what}.", TAKEN)
    if _MARKUP.match(_begins(head)):
        raise UnreadableFile(f"{name} is HTML, SVG or XML, not a table.", TAKEN)


def _begins(head: bytes) -> str:
    """How a text begins, whatever its encoding."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, errors="ignore")
    return head.replace(b"\0", b"").decode("latin-1")


def _workbook(name: str, file: BinaryIO, limits: Limits) -> str:
    """A workbook without anything in it that could run."""
    parts = insist_on_sound_workbook(name, file, limits)
    if "xl/workbook.xml" not in parts or "[Content_Types].xml" not in parts:
        raise UnreadableFile(f"{name} is an archive, but no XLSX workbook.", TAKEN)
    if any(_MACROS.search(part) for part in parts) or _says_macros(file):
        raise UnreadableFile(f"{name} is a workbook with macros.", "Save it as XLSX, which has none.")
    if any(_INSIDE.search(part) for part in parts):
        raise UnreadableFile(f"{name} holds other files.", "Take the embedded objects out, or save the sheet as CSV.")
    return "xlsx"


def _says_macros(file: BinaryIO) -> bool:
    import zipfile

    with zipfile.ZipFile(file) as archive:
        return b"macroenabled" in archive.read("[Content_Types].xml").lower()


def _parquet(name: str, file: BinaryIO, limits: Limits) -> str:
    try:
        told = pyarrow.parquet.ParquetFile(file).metadata
    except (pa.ArrowException, OSError, ValueError):
        raise UnreadableFile(f"{name} is a damaged Parquet file.", "Export it again.") from None
    unpacked = sum(told.row_group(i).total_byte_size for i in range(told.num_row_groups))
    if told.num_columns > limits.columns:
        raise _too_wide(name, limits)
    if unpacked > limits.unpacked or told.num_rows * told.num_columns > limits.cells:
        raise UnreadableFile(f"{name} holds more than can be taken in.", "Split it into smaller files.")
    return "parquet"


def _text(name: str, file: BinaryIO, head: bytes, limits: Limits) -> str:
    if _is_wide(head):
        content = file.read()  # no longer than the limit of any upload
        return _json_or_csv(name, content.replace(b"\0", b""), limits)
    content = file.read()
    if b"\0" in content:
        raise UnreadableFile(f"{name} holds zero bytes, as no text does.", "Save it again as CSV in UTF-8.")
    return _json_or_csv(name, content, limits)


def _is_wide(head: bytes) -> bool:
    """Whether a text has two or four bytes to a letter, as a mark or its zero bytes say."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return True
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return max(even, odd) > 0.4 * len(head) / 2 and min(even, odd) < max(even, odd) / 8


def _json_or_csv(name: str, content: bytes, limits: Limits) -> str:
    if content.lstrip(b" \t\r\n\xef\xbb\xbf\xff\xfe")[:1] in (b"{", b"["):
        if _depth(content) > limits.depth:
            what = f"{name} is JSON nested deeper than {limits.depth} levels."
            raise UnreadableFile(what, "Give an array of objects, one per row.")
        return "json"
    _insist_on_sound_cells(name, content, limits)
    return "csv"


def _depth(content: bytes) -> int:
    """How deep brackets lie in each other outside texts."""
    plain = np.frombuffer(content.replace(b"\\\\", b"  ").replace(b'\\"', b"  "), dtype=np.uint8)
    outside = np.cumsum(plain == ord('"'), dtype=np.int32) % 2 == 0
    steps = np.zeros(plain.size, dtype=np.int8)
    for opening, closing in (b"{}", b"[]"):
        steps[plain == opening] = 1
        steps[plain == closing] = -1
    return int(np.cumsum(steps * outside, dtype=np.int32).max(initial=0))


def _insist_on_sound_cells(name: str, content: bytes, limits: Limits) -> None:
    """A text with delimiters whose lines are not too wide and whose cells are not too long."""
    text = np.frombuffer(content, dtype=np.uint8)
    apart = np.flatnonzero(np.isin(text, np.frombuffer(b",;|\t\r\n", dtype=np.uint8)))
    if np.diff(np.r_[-1, apart, text.size]).max() > limits.cell:
        raise UnreadableFile(f"{name} holds a cell of more than {limits.cell:,} bytes.", "Take it out, or cut it.")
    ends = np.flatnonzero((text == ord("\n")) | (text == ord("\r")))
    for delimiter in b",;|\t":
        places = np.flatnonzero(text == delimiter)
        if places.size > limits.columns:
            widths = np.diff(np.searchsorted(places, np.r_[0, ends, text.size]))
            if widths.max() >= limits.columns:
                raise _too_wide(name, limits)


def _too_wide(name: str, limits: Limits) -> UnreadableFile:
    return UnreadableFile(f"{name} has more than {limits.columns:,} columns.", "Keep the columns that matter.")
