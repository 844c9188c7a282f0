"""One column of text → one typed field, with unit, how it was read, and a reason for every value that could not be."""

from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from asterism.creators import values
from asterism.creators.numbers import plain_figures
from asterism.creators.readers import Asked, Converted, reader
from asterism.creators.schema import COUNT, NUMBER, TEXT, Field
from asterism.creators.synonyms import ADDRESS, PROFILE

FREE_TEXT: Final = ("caption", "bio", "text")
NAMES: Final = ("creator_id", "handle", "name", "post_id", "person", "a", "b", "campaign", PROFILE, ADDRESS)
"""Fields in which words like «none» or «unknown» may be somebody's name."""


def convert(column: pa.ChunkedArray, target: Field, header: str) -> Converted:
    """The column as the target field asks, shape (n_rows,)."""
    cells = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    # A column of figures and nothing else holds no word for «not stated».
    plain = plain_figures(cells) if target.type in (COUNT, NUMBER) else None
    cells, nulls = _without_null_words(cells, target) if plain is None else (cells, {})
    read = reader(target)(Asked(cells, target, header, plain))
    reasons = read.reasons | _out_of_bounds(read.values, target)
    typed = _typed(read.values, target, reasons)
    return replace(read, values=typed, reasons=reasons, nulls=nulls)


def _without_null_words(cells: pa.Array, target: Field) -> tuple[pa.Array, dict[str, int]]:
    """The cells with null words made null, and how often each stood there."""
    if target.name in FREE_TEXT or cells.null_count == len(cells):
        return cells, {}
    words = values.ABSENT if target.name in NAMES or target.name in ("niche", "bucket") else values.UNKNOWN
    if target.name == "country" and _codes(cells):
        words = words - {"na"}
    short = pc.less_equal(pc.binary_length(cells), max(map(len, words)) * 2)
    absent = pc.and_(short, pc.is_in(pc.utf8_lower(cells), pa.array(sorted(words), cells.type)))
    if not pc.any(absent).as_py():
        return cells, {}
    counted = pc.value_counts(cells.filter(absent))
    nulls = {pair["values"]: pair["counts"] for pair in counted.to_pylist() if pair["values"]}
    return pc.if_else(absent, pa.scalar(None, cells.type), cells), nulls


def _codes(cells: pa.Array) -> bool:
    """Whether a column of countries is written in two-letter codes, so that NA is Namibia."""
    known = pc.drop_null(pc.unique(cells)).to_pylist()
    return sum(len(word) == 2 for word in known) > len(known) / 2


def _out_of_bounds(column: pa.Array, target: Field) -> dict[int, str]:
    """Rows whose figure lies below or above what the field may hold."""
    if target.low is None or target.type == TEXT:
        return {}
    out: dict[int, str] = {}
    for beyond, reason in (
        (pc.less(column, target.low), f"below {target.low:g}"),
        (pc.greater(column, _top(target)), f"above {_top(target):g}"),
    ):
        if pc.any(beyond).as_py():
            out |= dict.fromkeys(map(int, np.flatnonzero(np.asarray(pc.fill_null(beyond, False)))), reason)
    return out


def _top(target: Field) -> float:
    """The largest value a field may hold; above 10^15 a count is a slip of the keyboard."""
    return 1e15 if target.high is None else target.high + 1e-9


def _typed(column: pa.Array, target: Field, reasons: dict[int, str]) -> pa.Array:
    """The column in the field's type, null where a value was refused."""
    if reasons:
        refused = np.zeros(len(column), dtype=bool)
        refused[list(reasons)] = True
        column = pc.if_else(pa.array(refused), pa.scalar(None, column.type), column)
    if target.type == COUNT:
        column = pc.round(column)
    if target.high is not None and target.type != TEXT:
        column = pc.min_element_wise(column, pa.scalar(target.high), skip_nulls=False)
    return pc.cast(column, target.type)
