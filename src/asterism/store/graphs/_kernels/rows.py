"""Rows of a text cut into cells; a cell is a span of bytes, begin and end."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Cells = NDArray[np.int64]
Numbers = NDArray[np.int64]

NEWLINE, RETURN, TAB, SPACE, QUOTE, HASH, PERCENT = 10, 13, 9, 32, 34, 35, 37
SOUND, TOO_NARROW, OPEN_QUOTE = 0, 1, 2
"""How cutting ended: at the block's end, at a row without a wanted cell, at a quote never closed on its line."""


@njit(cache=True, nogil=True)
def skip_line(text: Bytes, at: int) -> int:
    """Where the line after this one begins."""
    while at < text.size and text[at] != NEWLINE:
        at += 1
    return at + 1


@njit(cache=True, nogil=True)
def end_of_cell(text: Bytes, at: int, delimiter: int) -> int:
    """The next delimiter, newline or end; a tab ends a cell as a space does."""
    while at < text.size and text[at] != NEWLINE and text[at] != delimiter:
        if delimiter == SPACE and text[at] == TAB:
            break
        at += 1
    return at


@njit(cache=True, nogil=True)
def cut_cell(text: Bytes, at: int, delimiter: int) -> tuple[int, int, int, bool]:
    """(begin, end, where it stopped, sound): one cell without blanks around it; quotes are taken off."""
    size = text.size
    if at < size and text[at] == QUOTE:
        begin = at + 1
        at = begin
        while at < size and text[at] != NEWLINE:
            if text[at] == QUOTE:
                if at + 1 < size and text[at + 1] == QUOTE:
                    at += 2
                    continue
                break
            at += 1
        end = at
        if at >= size or text[at] != QUOTE:
            return begin, end, at, False
        return begin, end, end_of_cell(text, at, delimiter), True
    begin = at
    at = end_of_cell(text, at, delimiter)
    end = at
    while end > begin and (text[end - 1] == SPACE or text[end - 1] == TAB or text[end - 1] == RETURN):
        end -= 1
    return begin, end, at, True


@njit(cache=True, nogil=True)
def cut_rows(
    text: Bytes, at: int, line: int, delimiter: int, wanted: Numbers, cells: Cells, lines: Numbers
) -> tuple[int, int, int, int]:
    """(rows, where, line, how it ended): wanted cells of the next rows, as many as `cells` (rows, wanted, 2) holds.

    A run of blanks is one delimiter where the delimiter is a space. Blank lines and lines that begin with # or % are
    passed over, and counted in `lines`.
    """
    size, n_rows = text.size, 0
    last = wanted.max()
    while at < size and n_rows < lines.size:
        here = at
        while here < size and (text[here] == SPACE or text[here] == RETURN or (text[here] == TAB and delimiter != TAB)):
            here += 1
        if here >= size or text[here] == NEWLINE:
            at = here + 1
            line += 1
            continue
        if text[here] == HASH or text[here] == PERCENT:
            at = skip_line(text, here)
            line += 1
            continue
        column, at = 0, here
        while True:
            begin, end, at, sound = cut_cell(text, at, delimiter)
            if not sound:
                return n_rows, here, line, OPEN_QUOTE
            for j in range(wanted.size):
                if wanted[j] == column:
                    cells[n_rows, j, 0] = begin
                    cells[n_rows, j, 1] = end
            column += 1
            if at >= size or text[at] == NEWLINE:
                break
            at += 1
            while at < size and (text[at] == SPACE or (text[at] == TAB and delimiter != TAB)):
                at += 1
            if delimiter == SPACE and (at >= size or text[at] == NEWLINE or text[at] == RETURN):
                break
            if column > last:
                break
        if column <= last:
            return n_rows, here, line, TOO_NARROW
        at = skip_line(text, at)
        lines[n_rows] = line
        n_rows += 1
        line += 1
    return n_rows, at, line, SOUND


@njit(cache=True, nogil=True)
def read_pairs(text: Bytes, at: int, line: int, delimiter: int, out: NDArray[np.uint64]) -> tuple[int, int, int]:
    """(rows, where, line): the plainest rows, two whole numbers in front, as far as they go or `out` (rows, 2) holds.

    One look at each byte. Whatever else stands in a row ends the reading before that row.
    """
    size, n_rows = text.size, 0
    while at < size and n_rows < out.shape[0]:
        here = at
        for column in range(2):
            begin, value = here, np.uint64(0)
            while here < size and 48 <= text[here] <= 57:
                value = value * np.uint64(10) + np.uint64(text[here] - 48)
                here += 1
            length = here - begin
            if length == 0 or length > 19 or (length > 1 and text[begin] == 48):
                return n_rows, at, line
            out[n_rows, column] = value
            if column == 0:
                if here >= size or text[here] != delimiter:
                    return n_rows, at, line
                here += 1
        if here < size and text[here] != NEWLINE:
            if text[here] != delimiter and text[here] != RETURN:
                return n_rows, at, line
            here = skip_line(text, here) - 1
        at = here + 1
        n_rows += 1
        line += 1
    return n_rows, min(at, size), line
