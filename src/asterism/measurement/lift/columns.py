"""Columns of any table a user hands in: texts, days and numbers, read as in files, refused by row."""

import math
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.creators.numbers import numbers
from asterism.creators.times import times
from asterism.errors import BadInput

Floats = NDArray[np.float64]


def arrow_of(table: Any) -> pa.Table:
    """The Arrow table of a frame that speaks Arrow, or of a mapping of columns.

    Raises
    ------
    BadInput
        It is neither.
    """
    try:
        if isinstance(table, pa.Table):
            return table
        if hasattr(table, "__arrow_c_stream__"):
            return pa.table(table)
        return table.to_arrow() if hasattr(table, "to_arrow") else pa.table(dict(table))
    except (pa.ArrowException, TypeError, ValueError) as error:
        what = f"The table cannot be read: {str(error).splitlines()[0]}."
        raise BadInput(what, "Give columns of equal length.") from None


def named(table: pa.Table, words: tuple[str, ...]) -> str:
    """The first column called by one of the words, in any case; empty where there is none."""
    by = {name.strip().lower(): name for name in reversed(table.column_names)}
    return next((by[word] for word in words if word in by), "")


def texts_of(column: pa.ChunkedArray, name: str) -> NDArray[np.str_]:
    """The texts of a column that must not be empty.

    Raises
    ------
    BadInput
        A cell is empty.
    """
    texts = pc.utf8_trim_whitespace(column.cast(pa.string()))
    empty = pc.or_kleene(pc.is_null(texts), pc.equal(texts, ""))
    if pc.any(empty).as_py():
        raise BadInput(f"Row {1 + pc.index(empty, True).as_py()} has no {name}.", f"Fill in `{name}`.", name)
    return np.asarray(texts.to_pylist(), dtype=np.str_)


def ordinals_of(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """The days of a column, as ordinals.

    Raises
    ------
    BadInput
        A cell is empty or no day.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.cast(kind.value_type), kind.value_type
    if _is_text(kind):
        read, _ = times(pc.utf8_trim_whitespace(column.cast(pa.string())).combine_chunks())
        column = pa.chunked_array([read.values])
    elif not pa.types.is_temporal(kind):
        raise BadInput("The dates are no dates.", "Write them as in 2026-03-01.", "date")
    days = [value.date() if isinstance(value, datetime) else value for value in column.to_pylist()]
    if None in days:
        raise BadInput(f"Row {1 + days.index(None)} has no date.", "Write it as in 2026-03-01.", "date")
    return np.array([day.toordinal() for day in days])


def floats_of(column: pa.ChunkedArray, name: str) -> Floats:
    """The numbers of a column, nan where a cell is empty or none.

    Raises
    ------
    BadInput
        The column holds something else altogether.
    """
    try:
        if _is_text(column.type):
            column = numbers(column.cast(pa.string()).combine_chunks()).values
        return np.array([math.nan if v is None else v for v in column.cast(pa.float64()).to_pylist()], dtype=float)
    except pa.ArrowException:
        raise BadInput(f"The column {name} holds no numbers.", "Give one in each row.", name) from None


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))
