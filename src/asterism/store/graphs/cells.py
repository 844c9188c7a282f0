"""Rows of a text as spans of its bytes, block by block, and the numbers and words that stand in them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.errors import BadInput
from asterism.store.contents import Bytes
from asterism.store.graphs._kernels import OPEN_QUOTE, TOO_NARROW, cut_rows, read_numbers
from asterism.store.graphs.layouts import Layout, split

Cells = NDArray[np.int64]
Floats = NDArray[np.float64]
ROWS: Final = 1 << 18
"""Rows of a block: their spans stay in the processor's cache while they are read."""
_SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class Text:
    """A text of rows: where it came from, its bytes, its layout."""

    source: str
    content: Bytes
    layout: Layout


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows: the span of each wanted cell, (n_rows, n_columns, 2), and the line of each row."""

    cells: Cells
    lines: Cells


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a number is called, and between what it must lie."""

    name: str
    low: float
    high: float = math.inf

    @property
    def range(self) -> str:
        """The bounds in words."""
        return (
            f"a number of {self.low:g} or more"
            if self.high == math.inf
            else f"a number from {self.low:g} to {self.high:g}"
        )


def blocks(text: Text) -> Iterator[Block]:
    """The rows of a text in order, a block at a time.

    Raises
    ------
    BadInput
        A row is too narrow, or a quote is never closed; the line is named.
    """
    content, layout = text.content, text.layout
    wanted = np.array(layout.columns, dtype=np.int64)
    room = min(ROWS, (content.size - layout.begin) // 2 + 2)
    at, line = layout.begin, layout.line
    while at < content.size:
        cells, lines = np.empty((room, wanted.size, 2), dtype=np.int64), np.empty(room, dtype=np.int64)
        n_rows, at, line, ended = cut_rows(content, at, line, layout.delimiter, wanted, cells, lines)
        if ended == TOO_NARROW:
            raise _too_narrow(text, at, line)
        if ended == OPEN_QUOTE:
            raise BadInput(f"{text.source}, line {line}: a quote is never closed.", "Close it on the same line.")
        if n_rows:
            yield Block(cells[:n_rows], lines[:n_rows])


def words(text: Text, cells: Cells) -> list[str]:
    """The words in some cells, (n, 2), doubled quotes undone."""
    content = text.content.data
    return [str(content[begin:end], "utf-8", "replace").replace('""', '"') for begin, end in cells.tolist()]


def word(text: Text, cell: Cells) -> str:
    """The word in one cell, (2,), short enough for an error."""
    (found,) = words(text, cell[None, :])
    return found if len(found) <= _SHOWN else f"{found[:_SHOWN]}…"


def numbers(text: Text, block: Block, column: int, bounds: Bounds) -> Floats:
    """The numbers in a column of a block.

    Raises
    ------
    BadInput
        A cell is no number, or out of bounds; the line is named.
    """
    cells = block.cells[:, column]
    found = np.empty(len(cells))
    if read_numbers(text.content, cells, found):
        for i in np.flatnonzero(np.isnan(found)).tolist():
            found[i] = _number(word(text, cells[i]))
    sound = (found >= bounds.low) & (found <= bounds.high) & np.isfinite(found)
    if not sound.all():
        at = int(sound.argmin())
        told = word(text, cells[at])
        what = f"the {bounds.name} is `{told}`" if told else f"the {bounds.name} is missing"
        raise BadInput(f"{text.source}, line {block.lines[at]}: {what}.", f"Write {bounds.range} there.")
    return found


def _number(word: str) -> float:
    """The number a word writes, NaN for none; an underscore is Python's way, not people's."""
    try:
        return math.nan if "_" in word else float(word)
    except ValueError:
        return math.nan


def _too_narrow(text: Text, at: int, line: int) -> BadInput:
    row = text.content[at : at + 1_000].tobytes().split(b"\n")[0].decode("utf-8", "replace").strip()
    have, need = len(split(row, chr(text.layout.delimiter))), max(text.layout.columns) + 1
    shown = row if len(row) <= _SHOWN else f"{row[:_SHOWN]}…"
    columns = "one column" if have == 1 else f"{have} columns"
    return BadInput(
        f"{text.source}, line {line}: `{shown}` has {columns} where {need} are needed.", "Mend or remove that line."
    )
