"""Typed files (workbooks, Parquet) → all-text tables without losing a digit."""

import io
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from asterism.creators.tables import Reject
from asterism.creators.text import TextTable
from asterism.errors import UnreadableFile
from asterism.store.archives import GENEROUS, insist_on_sound_workbook
from asterism.store.documents import as_text


def read_workbook(source: str, content: bytes) -> list[TextTable]:
    """One table per sheet that holds rows.

    Raises
    ------
    UnreadableFile
        It is another kind of archive, broken, locked with a password, or would fill the memory.
    """
    import python_calamine as calamine

    if content[:2] == b"PK":
        insist_on_sound_workbook(source, io.BytesIO(content), GENEROUS)
    try:
        book = calamine.load_workbook(io.BytesIO(content))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except calamine.PasswordError:
        raise UnreadableFile(f"{source} is locked with a password.", "Save it without one.") from None
    except (calamine.CalamineError, OSError, ValueError):
        what = f"{source} is an archive, but not a workbook that can be read."
        raise UnreadableFile(what, "Unpack it, or save the table as XLSX or CSV.") from None
    filled = [(name, rows) for name, rows in sheets if any(any(cell != "" for cell in row) for row in rows)]
    return [_sheet(source if len(filled) == 1 else f"{source}, sheet {name}", rows) for name, rows in filled]


def _sheet(source: str, rows: list[list[Any]]) -> TextTable:
    """The table of a sheet; its header is the first row that fills at least half of the usual width."""
    written = [[_cell(cell) for cell in row] for row in rows]
    filled = [sum(cell is not None for cell in row) for row in written]
    at = next(i for i, n in enumerate(filled) if n >= max(filled[:30]) / 2 and n > 0)
    width = max((i for row in written for i, cell in enumerate(row) if cell is not None), default=0) + 1
    header = tuple(cell or "" for cell in written[at][:width])
    body = written[at + 1 :]
    columns = tuple(pa.chunked_array([pa.array([row[i] for row in body], pa.string())]) for i in range(width))
    above = tuple(
        Reject(source, i + 1, "", " ".join(cell for cell in row if cell)[:80], "stands above the header")
        for i, row in enumerate(written[:at])
        if filled[i]
    )
    return TextTable(source, header, columns, np.arange(at + 2, len(written) + 1, dtype=np.int64), above)


def _cell(value: Any) -> str | None:
    """A workbook's cell as text: whole numbers without a point, times in ISO form."""
    if value == "" or value is None:
        return None
    if isinstance(value, (datetime, date, time)):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 2**63 else repr(value)
    return as_text(value)


def read_parquet(source: str, content: bytes) -> TextTable:
    """The table of a Parquet file; nested columns with dotted names, long integers to the last digit.

    Raises
    ------
    UnreadableFile
        The file is cut short or damaged.
    """
    try:
        table = pyarrow.parquet.read_table(io.BytesIO(content))
    except (pa.ArrowException, OSError, ValueError):
        raise UnreadableFile(f"{source} is a damaged Parquet file.", "Export it again.") from None
    while any(pa.types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    columns = tuple(_text(column) for column in table.columns)
    return TextTable(source, tuple(table.column_names), columns, np.arange(1, table.num_rows + 1, dtype=np.int64))


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A typed column as text, losslessly."""
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return column
    if pa.types.is_dictionary(kind):
        return _text(column.cast(kind.value_type))
    if pa.types.is_timestamp(kind):
        column, kind = column.cast(pa.timestamp("us", tz=kind.tz), safe=False), pa.timestamp("us", tz=kind.tz)
    try:
        return pc.cast(column, pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return pa.chunked_array([pa.array([_of_bytes(value) for value in column.to_pylist()], pa.string())])


def _of_bytes(value: Any) -> str | None:
    return value.hex() if isinstance(value, bytes) else as_text(value)
