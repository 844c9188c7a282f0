"""A whole column of written dates → UTC times, by the evidence of the column."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from asterism.creators.numbers import Read, by_distinct
from asterism.creators.schema import TIME
from asterism.creators.values import moment

_ISO: Final = r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}([.]\d{1,9})?)?)?$"
_ZONED: Final = r"^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}([.]\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$"
_EPOCH: Final = r"^\d{9,19}([.]\d+)?$"
_RECURRING: Final = 1_000
"""How often a date must recur on average for its column to be read by its distinct texts."""
_EPOCH_UNITS: Final = ((1e11, "seconds", 1e6), (1e14, "milliseconds", 1e3), (1e17, "microseconds", 1.0))
_SLASHED: Final = r"^(?P<first>\d{1,2})[/.\-](?P<second>\d{1,2})[/.\-]\d{2,4}"


def times(column: pa.Array) -> tuple[Read, str]:
    """UTC times of a text column, and in words how they were read; each distinct text is read once where they recur."""
    encoded = pc.dictionary_encode(column)
    if len(encoded.dictionary) * _RECURRING > len(column):
        return _times(column)
    read, how = _times(encoded.dictionary)
    if read.reasons:
        return _times(column)
    return Read(read.values.take(encoded.indices)), how


def _times(column: pa.Array) -> tuple[Read, str]:
    iso, zoned = (pc.match_substring_regex(column, pattern) for pattern in (_ISO, _ZONED))
    epoch, unit = _epochs(column)
    first, order = day_first(column)
    null = pa.scalar(None, column.type)
    known = pc.or_(pc.or_(iso, zoned), pc.is_valid(epoch))
    rest = by_distinct(pc.if_else(known, null, column), lambda text: moment(text, first), TIME)
    stamps = [
        _stamps(pc.if_else(mask, column, null), kind) for mask, kind in ((iso, pa.timestamp("us")), (zoned, TIME))
    ]
    values = pc.coalesce(*(read.values for read in stamps), epoch, rest.values)
    reasons = rest.reasons | stamps[0].reasons | stamps[1].reasons
    zoneless = "" if pc.all(zoned).as_py() else "UTC where no zone is stated"
    return Read(values, reasons), ", ".join(word for word in (unit, order, "" if unit else zoneless) if word)


def day_first(column: pa.Array) -> tuple[bool, str]:
    """Whether 05/06/2025 is the 5th of June in this column, and the evidence; empty where there are none such.

    A first number above 12 can only be a day, a second one above 12 too.
    """
    parts = pc.extract_regex(column, _SLASHED)
    if parts.null_count == len(column):
        return True, ""
    first, second = (pc.cast(pc.struct_field(parts, name), pa.int64()) for name in ("first", "second"))
    days_first, days_second = (int(pc.sum(pc.greater(part, 12)).as_py() or 0) for part in (first, second))
    if days_first == days_second == 0:
        return True, "day/month/year assumed: no date of the column says which"
    if days_first >= days_second:
        return True, f"day/month/year, by {days_first} dates that can only be so"
    return False, f"month/day/year, by {days_second} dates that can only be so"


def _epochs(column: pa.Array) -> tuple[pa.Array, str]:
    """Times of a column that counts seconds (or finer) since 1970, and the unit."""
    mask = pc.match_substring_regex(column, _EPOCH)
    ticks = pc.cast(pc.if_else(mask, column, pa.scalar(None, column.type)), pa.float64())
    middle = pc.quantile(ticks, 0.5)[0].as_py()
    if middle is None:
        return pa.nulls(len(column), TIME), ""
    unit, factor = next(((name, f) for top, name, f in _EPOCH_UNITS if middle < top), ("nanoseconds", 1e-3))
    micros = pc.cast(pc.round(pc.multiply(ticks, factor)), pa.int64(), safe=False)
    return pc.cast(micros, TIME), f"{unit} since 1970"


def _stamps(column: pa.Array, kind: pa.DataType) -> Read:
    """ISO times by cast; where one names a day that does not exist, one by one."""
    try:
        read = Read(pc.cast(column, kind))
    except pa.ArrowInvalid:
        read = by_distinct(column, lambda text: _one(text, kind), kind)
    if kind == TIME:
        return read
    return Read(pc.assume_timezone(read.values, "UTC"), read.reasons)


def _one(text: str, kind: pa.DataType) -> object:
    try:
        return pc.cast(pa.scalar(text), kind).as_py()
    except pa.ArrowInvalid:
        raise ValueError("not a date") from None
