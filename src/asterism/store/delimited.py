"""Text with delimiters (CSV, TSV, semicolons, pipes) → an all-text table with the line of each row."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from numpy.typing import NDArray

from asterism.creators.tables import Reject
from asterism.creators.text import TextTable
from asterism.errors import UnreadableFile

_Odd = Callable[[pyarrow.csv.InvalidRow], str]
DELIMITERS: Final = (",", "\t", ";", "|")
_LINE_END: Final = re.compile(rb"\r\n|\r|\n")
_WORD: Final = re.compile(rb"\S")
LOOKED_AT: Final = 200
"""Rows looked at to find delimiter and header."""
_HEAD: Final = 1 << 20
_BLOCK: Final = 1 << 22
"""Bytes that Arrow's reader takes at a time: few enough to keep every thread busy, enough for any sound row."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a delimited text is laid out; `skipped` physical lines stand before the data, the header's included.

    `broken` says that a cell of the head holds a line break.
    """

    delimiter: str
    header: tuple[str, ...]
    above: tuple[tuple[int, str], ...]
    skipped: int
    broken: bool


@dataclass(frozen=True, slots=True)
class _Body:
    """What stands under the header: the file's bytes in UTF-8, and where in them it begins."""

    content: bytes
    start: int

    @property
    def text(self) -> str:
        return self.content[self.start :].decode("utf-8")

    @property
    def blank(self) -> bool:
        return _WORD.search(self.content, self.start) is None

    @property
    def quoted(self) -> bool:
        """Whether a cell may hold a line break."""
        return self.content.find(b'"', self.start) >= 0

    @property
    def lines(self) -> int:
        """How many lines it has; 0 where they end in another way than by a line feed alone."""
        if self.content.find(b"\r", self.start) >= 0:
            return 0
        return self.content.count(b"\n", self.start) + (not self.content.endswith(b"\n"))


def read_delimited(source: str, content: bytes) -> TextTable:
    """The table of a delimited text in UTF-8; rows of the wrong width become rejects.

    Raises
    ------
    UnreadableFile
        It has a header and nothing else, or no layout at all.
    """
    layout = find_layout(source, content[: 4 * _HEAD].decode("utf-8", errors="ignore"))
    body = _below(content, layout.skipped)
    try:
        return _even(source, body, layout) or _fast(source, body, layout)
    except pa.ArrowInvalid:
        return _careful(source, body.text, layout)


def find_layout(source: str, text: str) -> Layout:
    """The delimiter whose rows are most even in width, and the header under it."""
    head = text[:_HEAD]
    sampled = {delimiter: _sample(head, delimiter) for delimiter in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda d: _evenness(sampled[d]))
    rows = sampled[delimiter]
    if _evenness(rows) == (0.0, 0):
        delimiter, rows = ",", sampled[","]
    if not rows:
        raise UnreadableFile(f"{source} holds no rows.", "Give a table with a header line and at least one row.")
    width = max(len(cells) for _, cells in rows[:30])
    at = next((i for i, (_, cells) in enumerate(rows) if _filled(cells) >= max(0.5 * width, 1)), 0)
    above = tuple((line, " ".join(cells)[:80]) for line, cells in rows[:at] if _filled(cells))
    header = _named(rows[at][1])
    skipped = _end_of(head, delimiter, at)
    broken = any("\n" in cell for _, cells in rows for cell in cells)
    return Layout(delimiter, header, above, skipped, broken)


def _sample(head: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """The first rows with the line each starts on; none where the delimiter breaks the quoting."""
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    rows, line = [], 1
    try:
        for cells in islice(reader, LOOKED_AT):
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        return []
    return rows[:-1] if len(rows) > 2 and len(head) == _HEAD else rows


def _end_of(head: str, delimiter: str, row: int) -> int:
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    for _ in islice(reader, row + 1):
        pass
    return reader.line_num


def _evenness(rows: list[tuple[int, list[str]]]) -> tuple[float, int]:
    """Share of rows as wide as the most usual width, and that width; nothing for one column."""
    widths = [len(cells) for _, cells in rows if _filled(cells)]
    if not widths:
        return 0.0, 0
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    return (round(widths.count(usual) / len(widths), 1), usual) if usual > 1 else (0.0, 0)


def _filled(cells: list[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _named(cells: list[str]) -> tuple[str, ...]:
    """The header without empty columns at its end."""
    while len(cells) > 1 and not cells[-1].strip():
        cells = cells[:-1]
    return tuple(cells)


def _below(content: bytes, lines: int) -> _Body:
    """The text below its first physical lines."""
    ends = (found.end() for found in _LINE_END.finditer(content))
    return _Body(content, next(islice(ends, lines - 1, None), len(content)) if lines else 0)


def _even(source: str, body: _Body, layout: Layout) -> TextTable | None:
    """The table by Arrow's reader on all threads; None where a row is odd or a cell may hold a line break.

    Threads take the text apart at its line feeds. That was right if each line gave one row, and else the text is read
    again in one go; so are odd rows, whose places several threads do not know.
    """
    n_lines = 0 if layout.broken or body.blank else body.lines
    if not n_lines:
        return None
    try:
        options = pyarrow.csv.ReadOptions(use_threads=True, block_size=_BLOCK)
        table = _parsed(body, layout, options, False, lambda _odd: "error")
    except pa.ArrowInvalid:
        return None
    return _build(source, layout, table.columns, [], False) if table.num_rows == n_lines else None


def _fast(source: str, body: _Body, layout: Layout) -> TextTable:
    """The table by Arrow's reader; raises `ArrowInvalid` where the quoting is broken."""
    odd: list[tuple[int, str]] = []

    def keep(row: pyarrow.csv.InvalidRow) -> str:
        odd.append((row.number - 1, row.text))
        return "skip"

    if body.blank:
        return _build(source, layout, [pa.array([], pa.string()) for _ in layout.header], [], False)
    quoted = body.quoted
    table = _parsed(body, layout, pyarrow.csv.ReadOptions(use_threads=False, block_size=1 << 24), quoted, keep)
    return _build(source, layout, table.columns, odd, quoted)


def _parsed(body: _Body, layout: Layout, options: pyarrow.csv.ReadOptions, quoted: bool, odd: _Odd) -> pa.Table:
    """The cells as text, columns by number; `odd` says what becomes of a row of another width."""
    options.column_names = [str(i) for i in range(len(layout.header))]
    return pyarrow.csv.read_csv(
        pa.BufferReader(pa.py_buffer(body.content).slice(body.start)),
        read_options=options,
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=layout.delimiter, newlines_in_values=quoted, invalid_row_handler=odd, ignore_empty_lines=False
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(options.column_names, pa.string()),
            strings_can_be_null=False,
            quoted_strings_can_be_null=False,
        ),
    )


def _build(
    source: str, layout: Layout, columns: list[pa.ChunkedArray], odd: list[tuple[int, str]], quoted: bool
) -> TextTable:
    """The table with lines counted, odd rows padded where they are only short, else rejected."""
    columns = [c.cast(pa.string()) if isinstance(c, pa.ChunkedArray) else pa.chunked_array([c]) for c in columns]
    n_rows = len(columns[0]) + len(odd)
    lines = _lines(columns, odd, quoted) + layout.skipped + 1
    is_odd = np.zeros(n_rows, dtype=bool)
    is_odd[[at for at, _ in odd]] = True
    padded, rejects = _mend(source, layout, [(int(lines[at]), row) for at, row in odd])
    rows = np.concatenate([lines[~is_odd], np.array([line for line, _ in padded], dtype=np.int64)])
    if padded:
        order = pa.array(np.argsort(rows, kind="stable"))
        short = [pa.array([cells[i] for _, cells in padded], pa.string()) for i in range(len(columns))]
        columns = [pa.chunked_array([*c.chunks, s]).take(order) for c, s in zip(columns, short, strict=True)]
        rows = np.sort(rows, kind="stable")
    above = tuple(Reject(source, line, "", words, "stands above the header") for line, words in layout.above)
    warnings = (
        (f"{len(padded)} rows are shorter than the header: their last cells are taken as empty.",) if padded else ()
    )
    return TextTable(source, layout.header, tuple(columns), rows, (*above, *rejects), warnings)


def _lines(columns: list[pa.ChunkedArray], odd: list[tuple[int, str]], quoted: bool) -> NDArray[np.int64]:
    """The line each row starts on, counted from 0: one per row, and one more per line break inside a cell."""
    n_rows = len(columns[0]) + len(odd)
    breaks = np.zeros(n_rows, dtype=np.int64)
    sound = np.ones(n_rows, dtype=bool)
    for at, row in odd:
        sound[at] = False
        breaks[at] = row.count("\n")
    if quoted:  # only inside quotes can a cell hold a line break
        breaks[sound] = sum(np.asarray(pc.count_substring(column, "\n"), dtype=np.int64) for column in columns)
    before: NDArray[np.int64] = np.cumsum(breaks) - breaks
    return np.arange(n_rows, dtype=np.int64) + before


def _mend(
    source: str, layout: Layout, odd: list[tuple[int, str]]
) -> tuple[list[tuple[int, list[str | None]]], list[Reject]]:
    """Rows that lack only cells at their end, filled up; the others as rejects."""
    width = len(layout.header)
    padded: list[tuple[int, list[str | None]]] = []
    rejects: list[Reject] = []
    for line, row in odd:
        cells: list[str | None] = list(next(csv.reader([row], delimiter=layout.delimiter), []))
        while len(cells) > width and not cells[-1]:
            cells.pop()
        if len(cells) <= width and (len(cells) > 1 or width == 1):
            padded.append((line, cells + [None] * (width - len(cells))))
            continue
        rejects.append(Reject(source, line, "", row.strip()[:80], _what_is_odd(row, len(cells), width)))
    return padded, rejects


def _what_is_odd(row: str, cells: int, width: int) -> str:
    if not row.strip().strip("=-_*~#+.|"):
        return "a separator line, not a row"
    return f"has {cells} cell{'s' if cells != 1 else ''} where the header has {width}"


def _careful(source: str, body: str, layout: Layout) -> TextTable:
    """The table row by row, for quoting that Arrow's reader refuses."""
    width = len(layout.header)
    sound: list[list[str]] = []
    lines: list[int] = []
    odd: list[tuple[int, str]] = []
    for line, cells in _rows(body, layout.delimiter):
        if len(cells) == width:
            sound.append(cells)
            lines.append(line + layout.skipped)
        elif cells:
            odd.append((line + layout.skipped, layout.delimiter.join(cells)))
    padded, rejects = _mend(source, layout, odd)
    every: list[tuple[int, Sequence[str | None]]] = [*zip(lines, sound, strict=True), *padded]
    every.sort(key=lambda pair: pair[0])
    columns = tuple(pa.chunked_array([pa.array([cells[i] for _, cells in every], pa.string())]) for i in range(width))
    rows = np.array([line for line, _ in every], dtype=np.int64)
    above = tuple(Reject(source, line, "", words, "stands above the header") for line, words in layout.above)
    return TextTable(source, layout.header, columns, rows, (*above, *rejects))


def _rows(body: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line each starts on; a cell too large for any table ends the reading."""
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFile(
            f"Line {line} cannot be read: {error}.", "Look for a quote that is never closed."
        ) from None
