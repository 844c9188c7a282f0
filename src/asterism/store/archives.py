"""Workbooks as the archives they are: what they would unpack to is measured before anybody unpacks them."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

import numpy as np

from asterism.errors import UnreadableFile

CHUNK: Final = 1 << 18
_SAVE: Final = "Open it in a spreadsheet program and save it again as XLSX or CSV."
_ENCRYPTED: Final = 1
_LOCAL: Final = b"PK\x03\x04"
_DANGEROUS_XML: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CELL: Final = re.compile(rb'\br="([A-Za-z]{1,9})(\d{1,9})"')
_ROW: Final = re.compile(rb'<(?:\w+:)?row\b[^>]{0,200}?\br="(\d{1,9})"')
_SHARED: Final = re.compile(rb'\bt="s"[^>]*>\s*<(?:\w+:)?v>\s*(\d{1,9})\s*<')
_ITEM: Final = re.compile(rb"<(?:\w+:)?si\b")
_OVERLAP: Final = 512
_SMALL: Final = 1 << 20
"""Parts below this are no bomb, however well they are packed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold.

    Parameters
    ----------
    size
        Bytes of the file.
    unpacked
        Bytes of what is packed in it, and of the text of all its cells.
    ratio
        Times that a part may grow by unpacking.
    parts
        Parts of an archive.
    cells, columns
        Cells of a sheet, empty ones within its bounds included; and columns.
    cell
        Bytes of one cell.
    depth
        Objects inside each other, in JSON.
    """

    size: int = 50 << 20
    unpacked: int = 500 << 20
    ratio: int = 200
    parts: int = 2_000
    cells: int = 20_000_000
    columns: int = 16_384
    cell: int = 1 << 20
    depth: int = 64


GENEROUS: Final = Limits(size=8 << 30, unpacked=8 << 30, ratio=1_000, parts=20_000, cells=200_000_000)
"""For files on one's own machine: only what would fill its memory is refused."""


def insist_on_sound_workbook(source: str, file: BinaryIO, limits: Limits) -> list[str]:
    """The names of an archive's parts, if unpacking it and spreading out its sheets stays within limits.

    The archive's own directory is believed in nothing: every part is unpacked piece by piece, counted, and thrown away.

    Raises
    ------
    UnreadableFile
        It is damaged, locked, or would unpack to more than the limits allow.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError):
        what = f"{source} is an archive, but not a workbook that can be read."
        raise UnreadableFile(what, "Unpack it, or save the table as XLSX or CSV.") from None
    _measured(source, parts, limits)
    book = _Book(source, limits)
    for part in sorted(parts, key=lambda each: "sharedStrings" not in each.filename):
        book.take(part.filename, _unpacked(source, file, part))
    return [part.filename for part in parts]


def _measured(source: str, parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """What an archive says of itself, if it stays within the limits."""
    if len(parts) > limits.parts:
        raise _not_one(source, f"is an archive of {len(parts):,} parts, more than {limits.parts:,}")
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise UnreadableFile(f"{source} is locked with a password.", "Save it without one.")
    if any(_escapes(part.orig_filename) for part in parts) or len({part.filename for part in parts}) < len(parts):
        raise _not_one(source, "is an archive whose parts have unsound names")
    if sum(part.file_size for part in parts) > limits.unpacked:
        raise _bomb(source, limits)
    if any(part.file_size > max(limits.ratio * part.compress_size, _SMALL) for part in parts):
        raise _not_one(source, f"holds a part that would grow more than {limits.ratio}-fold by unpacking")


def _escapes(name: str) -> bool:
    """Whether a part would be written outside the folder it is unpacked to."""
    return "\0" in name or "\\" in name or ":" in name or name.startswith("/") or ".." in name.split("/")


def _unpacked(source: str, file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part's bytes, piece by piece; more or fewer than the directory says are refused."""
    file.seek(part.header_offset)
    header = file.read(30)
    if len(header) < 30 or header[:4] != _LOCAL or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _not_one(source, "is a damaged archive, or packed in an unusual way")
    file.seek(sum(struct.unpack("<HH", header[26:30])), 1)
    count = 0
    try:
        for piece in _pieces(file, part):
            count += len(piece)
            if count > part.file_size:
                break
            yield piece
    except zlib.error:
        count = -1
    if count != part.file_size:
        raise _not_one(source, "holds a part of another size than it says")


def _pieces(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    left, flow = part.compress_size, zlib.decompressobj(-zlib.MAX_WBITS)
    while left > 0 and (raw := file.read(min(CHUNK, left))):
        left -= len(raw)
        if part.compress_type == zipfile.ZIP_STORED:
            yield raw
            continue
        while raw:
            yield flow.decompress(raw, CHUNK)
            raw = flow.unconsumed_tail
    while part.compress_type == zipfile.ZIP_DEFLATED and (rest := flow.decompress(b"", CHUNK)):
        yield rest


class _Book:
    """What the parts of a workbook come to: bounds of its sheets, and the text of its cells written out."""

    def __init__(self, source: str, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.lengths = np.zeros(0, dtype=np.int64)
        self.text = 0

    def take(self, name: str, pieces: Iterator[bytes]) -> None:
        """Measure one part; one that is no XML is only counted."""
        run = 0
        bounds = _Bounds()
        before, items, told = b"", [0], 0
        is_sheet, is_shared = "worksheets/" in name, "sharedStrings" in name
        for piece in pieces:
            if not name.endswith((".xml", ".rels")):
                continue
            run = self._run(piece, run)
            window = before + piece
            if _DANGEROUS_XML.search(window):
                raise _not_one(self.source, "holds XML with a document type, which no spreadsheet program writes")
            if is_sheet:
                bounds.see(window)
                self._refer(window)
                self._insist(bounds)
            if is_shared:
                items += [told + found.start() for found in _ITEM.finditer(window) if found.end() > len(before)]
            told += len(window) - min(len(window), _OVERLAP)
            before = window[-_OVERLAP:]
        if is_shared:
            starts = np.array([*items[1:], told + len(before)], dtype=np.int64)
            self.lengths = starts[1:] - starts[:-1]

    def _run(self, piece: bytes, run: int) -> int:
        """How long the text goes on without a mark at the end of a piece; one too long for a cell is refused."""
        parts = piece.split(b"<")
        lengths = [run + len(parts[0]), *map(len, parts[1:])]
        if max(lengths) > self.limits.cell:
            raise _not_one(self.source, f"holds a cell of more than {self.limits.cell:,} bytes")
        return lengths[-1]

    def _refer(self, window: bytes) -> None:
        """Add the text that cells refer to: one long text in a million cells is a million long texts.

        Cells where two windows overlap count twice, which is the side to err on.
        """
        refs = np.array([int(found) for found in _SHARED.findall(window)], dtype=np.int64)
        self.text += int(self.lengths[refs[refs < self.lengths.size]].sum())
        if self.text > self.limits.unpacked:
            raise _bomb(self.source, self.limits)

    def _insist(self, bounds: "_Bounds") -> None:
        if bounds.columns > self.limits.columns:
            raise _not_one(self.source, f"has a sheet of more than {self.limits.columns:,} columns")
        if bounds.cells > self.limits.cells:
            raise _not_one(self.source, f"has a sheet whose cells lie {bounds.cells:,} cells apart")


class _Bounds:
    """The rectangle that the cells of a sheet span: a reader makes all of it, the empty ones too."""

    def __init__(self) -> None:
        self.first = self.last = 0
        self.columns = 0

    @property
    def cells(self) -> int:
        """Cells within the bounds."""
        return (self.last - self.first + 1) * max(self.columns, 1) if self.last else 0

    def see(self, window: bytes) -> None:
        """Widen the bounds by the cells of a window."""
        found = _CELL.findall(window)
        rows = {int(row) for row in {row for _, row in found}.union(_ROW.findall(window))}
        if rows:
            self.first = min(self.first or min(rows), *rows)
            self.last = max(self.last, *rows)
        self.columns = max([self.columns, *map(_number, {letters for letters, _ in found})])


def _number(letters: bytes) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number


def _not_one(source: str, what: str) -> UnreadableFile:
    return UnreadableFile(f"{source} {what}.", _SAVE)


def _bomb(source: str, limits: Limits) -> UnreadableFile:
    what = f"{source} would unpack to more than {limits.unpacked >> 20:,} MB."
    return UnreadableFile(what, "Split it into smaller files, or give the table as CSV.")
