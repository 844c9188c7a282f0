"""A whole column of written numbers → float64, fast where it is plain, exact where it is not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from asterism.creators.values import number

PLAIN: Final = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
SCALED: Final = r"^[+-]?\d+(\.\d+)?[kKmMbB]$"
_GROUPED: Final = {
    ".": r"^[+-]?\d{1,3}([ ,'\x{00a0}\x{202f}]\d{3})+(\.\d+)?$",
    ",": r"^[+-]?\d{1,3}([ .'\x{00a0}\x{202f}]\d{3})+(,\d+)?$",
}
_ONLY_DECIMAL: Final = (
    r"(^|[^\d.,])0?{m}\d+\s*%?$|\d{m}(\d{{1,2}}|\d{{4,}})([^\d.,]|$)|"
    r"\d{m}\d{{3}}\s*[kKmMbB]|{o}\d{{3}}{m}\d|\d{m}\d+[eE]"
)
"""What shows that mark `m` is decimal and not between thousands (`o` is the other mark)."""


@dataclass(frozen=True, slots=True)
class Read:
    """A column after reading: its values, and the reason for each row that could not be read."""

    values: pa.Array
    reasons: dict[int, str] = field(default_factory=dict)


def by_distinct(column: pa.Array, read: Callable[[str], Any], kind: pa.DataType) -> Read:
    """Each distinct text read once; null stays null. For columns, or leftovers, of few distinct values."""
    encoded = pc.dictionary_encode(column)
    values: list[Any] = []
    reasons: dict[int, str] = {}
    for code, text in enumerate(encoded.dictionary.to_pylist()):
        try:
            values.append(read(text))
        except ValueError as refusal:
            values.append(None)
            reasons[code] = str(refusal)
    out = pa.array(values, kind).take(encoded.indices)
    if not reasons:
        return Read(out)
    codes = np.asarray(encoded.indices.fill_null(-1))
    bad = np.flatnonzero(np.isin(codes, list(reasons)))
    return Read(out, {int(at): reasons[int(codes[at])] for at in bad})


def decimal_mark(column: pa.Array, whole: bool) -> str:
    """`.` or `,`: what parts the decimals in this column, by the evidence of all its values.

    A mark is decimal if digits stand behind it in any number but three. Where every mark has exactly three behind it,
    a comma parts thousands, and a point does too if the column counts (`whole`).
    """
    if not pc.any(pc.match_substring_regex(column, r"\d[.,]\d|(^|\D)[.,]\d")).as_py():
        return "."
    commas, points = (_decimal_evidence(column, mark, other) for mark, other in ((",", "."), (".", ",")))
    if commas or points:
        return "," if commas > points else "."
    pointed = pc.any(pc.match_substring_regex(column, r"\d\.\d")).as_py()
    return "," if whole and pointed else "."


def _decimal_evidence(column: pa.Array, mark: str, other: str) -> int:
    pattern = _ONLY_DECIMAL.format(m=f"[{mark}]", o=f"[{other}]")
    return int(pc.sum(pc.match_substring_regex(column, pattern)).as_py() or 0)


def numbers(column: pa.Array, whole: bool = False, plain: pa.Array | None = None) -> Read:
    """Float64 of a text column: plain numbers by cast, scaled and grouped ones by pattern, the rest one by one.

    `plain` is what `plain_figures` made of the column, where that was asked already.
    """
    plain = plain_figures(column) if plain is None else plain
    if plain is not None and not (whole and _has_points(column)):
        return Read(plain)
    mark = decimal_mark(column, whole)
    pointed = _pointed(column, mark)
    fits = pc.match_substring_regex(pointed, PLAIN)
    scaled = pc.match_substring_regex(pointed, SCALED)
    done = pc.coalesce(_where(fits, pointed), _scaled(pointed, scaled))
    rest = pc.if_else(pc.or_(fits, scaled), pa.scalar(None, column.type), column)
    left = by_distinct(rest, lambda text: number(text, mark), pa.float64())
    return Read(pc.coalesce(done, left.values), left.reasons)


def plain_figures(column: pa.Array) -> pa.Array | None:
    """The column as it stands in float64, or None if a cell is not a plain finite number."""
    try:
        read = pc.cast(column, pa.float64())
    except pa.ArrowInvalid:
        return None
    return read if pc.all(pc.is_finite(read)).as_py() is not False else None


def _has_points(column: pa.Array) -> bool:
    return bool(pc.any(pc.match_substring(column, ".")).as_py())


def _pointed(column: pa.Array, mark: str) -> pa.Array:
    """The column with a decimal point and no thousands, where its numbers are well formed."""
    if mark == "." and not pc.any(pc.match_substring_regex(column, _GROUPED["."])).as_py():
        return column
    grouped = pc.match_substring_regex(column, _GROUPED[mark])
    bare = pc.replace_substring_regex(column, r"[ '\x{00a0}\x{202f}" + ("," if mark == "." else ".") + "]", "")
    column = pc.if_else(grouped, bare, column)
    if mark == ".":
        return column
    return pc.if_else(pc.match_substring(column, "."), column, pc.replace_substring(column, ",", "."))


def _where(fits: pa.Array, column: pa.Array) -> pa.Array:
    return pc.cast(pc.if_else(fits, column, pa.scalar(None, column.type)), pa.float64())


def _scaled(column: pa.Array, scaled: pa.Array) -> pa.Array:
    """Values of `48.5M` and the like, rounded to what the text says."""
    digits = pc.if_else(scaled, column, pa.scalar(None, column.type))
    unit = pc.utf8_lower(pc.utf8_slice_codeunits(digits, -1))
    power = pc.index_in(unit, pa.array(["k", "m", "b"], unit.type))
    factor = pc.take(pa.array([1e3, 1e6, 1e9]), power)
    product = pc.multiply(pc.cast(pc.utf8_slice_codeunits(digits, 0, -1), pa.float64()), factor)
    return pc.round(product, ndigits=3)
