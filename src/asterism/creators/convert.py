"""One column of text → one typed field, with unit, how it was read, and a reason for every value that could not be."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from asterism.creators import places, platforms, values
from asterism.creators.columns import ADDRESS, PROFILE, tokens
from asterism.creators.numbers import Read, by_distinct, decimal_mark, numbers
from asterism.creators.tables import COUNT, FLAG, TEXT, TIME, Field
from asterism.creators.times import times
from asterism.quantities import SYMBOLS

FREE_TEXT: Final = ("caption", "bio", "text")
NAMES: Final = ("creator_id", "handle", "name", "post_id", "person", "a", "b", "campaign", PROFILE, ADDRESS)
"""Fields in which words like «none» or «unknown» may be somebody's name."""
HANDLES: Final = ("handle", "a", "b")


@dataclass(frozen=True, slots=True)
class Converted:
    """A typed column.

    `reasons` says per row why a value was refused, `nulls` counts the words read as «not stated», `extra` carries a
    second column that the same cells held (the currency of an amount).
    """

    values: pa.Array
    unit: str
    how: str = ""
    reasons: dict[int, str] = field(default_factory=dict)
    nulls: dict[str, int] = field(default_factory=dict)
    extra: pa.Array | None = None


def convert(column: pa.ChunkedArray, target: Field, header: str) -> Converted:
    """The column as the target field asks, shape (n_rows,)."""
    cells = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    cells, nulls = _without_null_words(cells, target)
    read = _reader(target)(cells, target, header)
    reasons = read.reasons | _out_of_bounds(read.values, target)
    typed = _typed(read.values, target, reasons)
    return Converted(typed, read.unit, read.how, reasons, nulls, read.extra)


def _reader(target: Field) -> Callable[[pa.Array, Field, str], Converted]:
    if target.name in _BY_NAME:
        return _BY_NAME[target.name]
    if target.unit == "share":
        return _shares
    if target.unit == "money":
        return _amounts
    return {COUNT: _figures, TEXT: _texts, TIME: _times, FLAG: _flags}.get(target.type, _figures)


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


def _figures(cells: pa.Array, target: Field, header: str) -> Converted:
    read = numbers(cells, whole=target.type == COUNT)
    return Converted(read.values, target.unit, "", read.reasons)


def _shares(cells: pa.Array, target: Field, header: str) -> Converted:
    """Shares of 1 from per cents or fractions: a % sign decides for its cell, the column's evidence for the others."""
    signed = pc.fill_null(pc.ends_with(cells, "%"), False)
    bare = pc.utf8_trim_whitespace(pc.utf8_rtrim(cells, "%")) if pc.any(signed).as_py() else cells
    read = numbers(bare)
    percent, why = _is_percent(pc.if_else(signed, None, read.values), target, header)
    scale = pc.if_else(pc.or_(signed, pa.scalar(percent)), 100.0, 1.0)
    n_signed = pc.sum(signed).as_py() or 0
    how = "per cent, by its % signs" if n_signed == len(cells) - cells.null_count else why
    return Converted(pc.divide(read.values, scale), target.unit, how, read.reasons)


def _is_percent(figures: pa.Array, target: Field, header: str) -> tuple[bool, str]:
    """Whether unsigned figures are per cents, and the evidence."""
    if {"percent", "pct", "percentage", "prozent"}.intersection(tokens(header)):
        return True, "per cent, by its header"
    known = np.asarray(figures.drop_null().to_numpy(zero_copy_only=False), dtype=float)
    if not known.size:
        return True, "per cent, by its % signs"
    above = float((known > 1).mean())
    if above >= 0.05 or (target.high == 1 and known.max() > 1.5):
        return True, f"per cent: {above:.0%} of its figures are above 1"
    middle = float(np.median(known))
    if target.name == "engagement_rate" and middle > 0.25:
        return True, f"per cent: as fractions the middle rate would be {middle:.0%}"
    return False, f"fraction of 1: the middle figure is {middle:.3g}, the largest {known.max():.3g}"


def _amounts(cells: pa.Array, target: Field, header: str) -> Converted:
    """Amounts of money; the currency of a symbol or code in the cell goes along."""
    plain = numbers(cells)
    if not plain.reasons:
        return Converted(plain.values, target.unit, "", {}, {}, _currency_of_header(header, len(cells)))
    mark = decimal_mark(pc.replace_substring_regex(cells, r"[A-Za-z$€£¥₹\s]", ""), whole=False)
    amounts = by_distinct(cells, lambda text: values.money(text, mark)[0], pa.float64())
    units = by_distinct(cells, lambda text: values.money(text, mark)[1], TEXT)
    extra = pc.coalesce(units.values, _currency_of_header(header, len(cells)))
    return Converted(amounts.values, target.unit, "", amounts.reasons, {}, extra)


def _currency_of_header(header: str, n_rows: int) -> pa.Array:
    stated = {code for code in re.findall(r"[a-z]{3}", " ".join(tokens(header))) if code.upper() in CURRENCIES}
    stated |= {code.lower() for symbol, code in SYMBOLS.items() if symbol in header}
    code = stated.pop().upper() if len(stated) == 1 else None
    return pa.nulls(n_rows, TEXT) if code is None else pa.repeat(pa.scalar(code, TEXT), n_rows)


CURRENCIES: Final = frozenset(
    "USD EUR GBP CHF JPY CNY INR AUD CAD NZD SEK NOK DKK PLN CZK HUF RON BRL MXN ARS CLP COP TRY AED SAR EGP MAD ZAR KRW "
    "IDR MYR PHP SGD THB VND HKD TWD ILS UAH RUB NGN KES PKR BDT".split()
)
"""Currencies recognised in a header; a currency column may hold any code."""


def _currencies(cells: pa.Array, target: Field, header: str) -> Converted:
    return _distinct(cells, target, _currency)


def _currency(text: str) -> str:
    code = SYMBOLS.get(text, text.upper())
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise ValueError("not a currency code")
    return code


def _times(cells: pa.Array, target: Field, header: str) -> Converted:
    read, how = times(cells)
    return Converted(read.values, target.unit, how, read.reasons)


def _flags(cells: pa.Array, target: Field, header: str) -> Converted:
    return _distinct(cells, target, values.truth)


def _texts(cells: pa.Array, target: Field, header: str) -> Converted:
    return Converted(pc.cast(cells, TEXT), target.unit)


def _handles(cells: pa.Array, target: Field, header: str) -> Converted:
    """Handles without @; those written as addresses one by one."""
    bare = pc.utf8_trim_whitespace(pc.utf8_ltrim(cells, "@"))
    slashed = pc.match_substring(bare, "/")
    read = Read(bare)
    if pc.any(slashed).as_py():
        left = by_distinct(pc.if_else(slashed, bare, pa.scalar(None, bare.type)), platforms.handle, TEXT)
        read = Read(pc.if_else(slashed, left.values, pc.cast(bare, TEXT)), left.reasons)
    damaged = _rounded_ids(read.values)
    return Converted(pc.cast(read.values, TEXT), target.unit, "", read.reasons | damaged)


def _ids(cells: pa.Array, target: Field, header: str) -> Converted:
    """Ids as they stand, or handles in lower case where the header or an @ says that these are handles."""
    if target.name == "creator_id" and not _is_id(header):
        read = _handles(cells, target, header)
        return Converted(pc.utf8_lower(read.values), target.unit, "the handle in lower case", read.reasons)
    return Converted(pc.cast(cells, TEXT), target.unit, "as it stands", _rounded_ids(cells))


def _is_id(header: str) -> bool:
    words = tokens(header)
    return bool(words) and (words[-1] in ("id", "pk", "hash", "key") or "".join(words).endswith("userid"))


def _rounded_ids(cells: pa.Array) -> dict[int, str]:
    """Rows whose id a spreadsheet has rounded, as in 7.40155E+18: which one it was cannot be known."""
    rounded = pc.match_substring_regex(cells, r"^\d[.,]\d+[eE]\+?\d{2}$")
    return dict.fromkeys(map(int, np.flatnonzero(np.asarray(pc.fill_null(rounded, False)))), "an id rounded by a spreadsheet")


def _distinct(cells: pa.Array, target: Field, read: Callable[[str], object]) -> Converted:
    found = by_distinct(cells, read, target.type)
    return Converted(found.values, target.unit, "", found.reasons)


def _kinds(cells: pa.Array, target: Field, header: str) -> Converted:
    return _distinct(cells, target, _kind)


def _kind(text: str) -> str:
    bare = text.lower().strip()
    for name, words in (("paid", ("paid", "actual", "invoice", "bezahlt", "paye", "pagado")), ("quote", ("quot", "ask", "offer", "rate", "angebot", "devis"))):
        if any(word in bare for word in words):
            return name
    raise ValueError("neither quote nor paid")


_WORDED: Final[dict[str, Callable[[str], object]]] = {
    "country": places.country,
    "language": places.language,
    "platform": platforms.platform,
    "format": platforms.format_word,
    "niche": values.word,
    "dimension": lambda text: text.lower().removesuffix("s").replace("countrie", "country").replace("citie", "city"),
    "package": lambda text: " ".join(text.lower().split()),
}


def _worded(cells: pa.Array, target: Field, header: str) -> Converted:
    return _distinct(cells, target, _WORDED[target.name])


_BY_NAME: Final[dict[str, Callable[[pa.Array, Field, str], Converted]]] = {
    **dict.fromkeys(_WORDED, _worded),
    **dict.fromkeys(("creator_id", "post_id", "person"), _ids),
    **dict.fromkeys(HANDLES, _handles),
    "currency": _currencies,
    "kind": _kinds,
    "engagement_denominator": _texts,
}


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
