"""`TextTable`: a table as the file wrote it, every cell text, before anybody asks what it means."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.creators.tables import Reject

_DRAWN: Final = "=-_*~#+.|"
"""Characters that separator lines are drawn with."""


@dataclass(frozen=True, slots=True)
class TextTable:
    """Columns of text with the file's row numbers.

    Parameters
    ----------
    source
        The file (and sheet) as a person would name it.
    header
        Column names in order; the same name may stand twice.
    columns
        One text array per name; null where a cell is absent.
    rows
        Where each row starts in the file, counted from 1, int64 (n_rows,).
    rejects
        Rows that the reader could not put into these columns.
    warnings
        What the reader had to assume.
    """

    source: str
    header: tuple[str, ...]
    columns: tuple[pa.ChunkedArray, ...]
    rows: NDArray[np.int64]
    rejects: tuple[Reject, ...] = ()
    warnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, source: str, records: Mapping[str, Sequence[str | None]]) -> "TextTable":
        """The table of named columns, rows counted from 2 as under a header line."""
        columns = tuple(pa.chunked_array([pa.array(values, pa.string())]) for values in records.values())
        n_rows = len(columns[0]) if columns else 0
        return cls(source, tuple(records), columns, np.arange(2, n_rows + 2))

    def __len__(self) -> int:
        return int(self.rows.size)

    def keep(self, wanted: NDArray[np.bool_]) -> "TextTable":
        """The rows where `wanted` (n_rows,) is true."""
        if wanted.all():
            return self
        mask = pa.array(wanted)
        return replace(self, columns=tuple(c.filter(mask) for c in self.columns), rows=self.rows[wanted])


def clean(text: TextTable) -> TextTable:
    """The table with trimmed cells (empty ones null), without blank, separator and repeated header rows.

    Blank rows hold nothing and go without a word; the other two become rejects with the reason.
    """
    with ThreadPoolExecutor() as threads:
        columns = tuple(threads.map(_trimmed, text.columns))
    text = replace(text, columns=columns, header=tuple(" ".join(name.split()) for name in text.header))
    if not text.columns or not len(text):
        return text
    suspects = _suspects(text)
    rejects, wanted = [], np.ones(len(text), dtype=bool)
    for at in suspects:
        reason = _what_is_wrong([c[at].as_py() or "" for c in columns], text.header)
        if reason is None:
            continue
        wanted[at] = False
        if reason:
            value = (columns[0][at].as_py() or "")[:40]
            rejects.append(Reject(text.source, int(text.rows[at]), "", value, reason))
    return replace(text.keep(wanted), rejects=(*text.rejects, *rejects))


def _trimmed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    bare = pc.utf8_trim_whitespace(column)
    if pc.min(pc.binary_length(bare)).as_py():
        return bare
    return pc.if_else(pc.equal(bare, ""), pa.scalar(None, bare.type), bare)


def _suspects(text: TextTable) -> NDArray[np.intp]:
    """The rows that may be no rows: blank or drawn in every cell, or beginning as the header does."""
    rows = np.arange(len(text))
    for column in text.columns:
        rows = rows[_may_be_drawn(column if rows.size == len(text) else column.take(pa.array(rows)))]
        if not rows.size:
            break
    repeated = pc.fill_null(pc.equal(pc.utf8_lower(text.columns[0]), text.header[0].lower()), False)
    return np.union1d(rows, np.flatnonzero(np.asarray(repeated)))


def _may_be_drawn(column: pa.ChunkedArray) -> NDArray[np.bool_]:
    """Which cells are empty or begin with a drawing character."""
    first = pc.fill_null(pc.utf8_slice_codeunits(column, 0, 1), "")
    return np.asarray(pc.is_in(first, pa.array(["", *_DRAWN], first.type)))


def _what_is_wrong(cells: Sequence[str], header: Sequence[str]) -> str | None:
    """None for a sound row, an empty text for a blank one, else the reason to reject it."""
    if not any(cells):
        return ""
    # One or two dashes are a word for «not stated», or somebody's handle.
    if len(cells[0]) not in (1, 2) and not any(cell.strip(_DRAWN) for cell in cells):
        return "a separator line, not a row"
    if [cell.lower() for cell in cells] == [name.lower() for name in header]:
        return "the header again, not a row"
    return None
