"""How the cells of each field are read: figures, shares, amounts, times, handles, ids, places, words."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from asterism.creators import places, platforms, values
from asterism.creators.columns import tokens
from asterism.creators.numbers import Read, by_distinct, decimal_mark, numbers
from asterism.creators.schema import COUNT, FLAG, TEXT, TIME, Field
from asterism.creators.times import times
from asterism.quantities import SYMBOLS


@dataclass(frozen=True, slots=True)
class Asked:
    """Cells with null words made null, the field they should become, and the header they stand under.

    `plain` holds the cells' figures where every cell is a plain number.
    """

    cells: pa.Array
    target: Field
    header: str
    plain: pa.Array | None = None


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


def reader(target: Field) -> Callable[[Asked], Converted]:
    """How to read the cells of a field: by its name, its unit, or its type."""
    if target.name in _BY_NAME:
        return _BY_NAME[target.name]
    if target.unit == "share":
        return _shares
    if target.unit == "money":
        return _amounts
    return {COUNT: _figures, TEXT: _texts, TIME: _times, FLAG: _flags}.get(target.type, _figures)


def _figures(asked: Asked) -> Converted:
    read = numbers(asked.cells, asked.target.type == COUNT, asked.plain)
    return Converted(read.values, asked.target.unit, "", read.reasons)


def _shares(asked: Asked) -> Converted:
    """Shares of 1 from per cents or fractions: a % sign decides for its cell, the column's evidence for the others."""
    signed = pc.fill_null(pc.ends_with(asked.cells, "%"), False)
    bare = pc.utf8_trim_whitespace(pc.utf8_rtrim(asked.cells, "%")) if pc.any(signed).as_py() else asked.cells
    read = numbers(bare)
    percent, why = _is_percent(pc.if_else(signed, None, read.values), asked.target, asked.header)
    scale = pc.if_else(pc.or_(signed, pa.scalar(percent)), 100.0, 1.0)
    n_signed = pc.sum(signed).as_py() or 0
    how = "per cent, by its % signs" if n_signed == len(asked.cells) - asked.cells.null_count else why
    return Converted(pc.divide(read.values, scale), asked.target.unit, how, read.reasons)


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


def _amounts(asked: Asked) -> Converted:
    """Amounts of money; the currency of a symbol or code in the cell goes along."""
    plain = numbers(asked.cells)
    if not plain.reasons:
        return Converted(
            plain.values, asked.target.unit, "", {}, {}, _currency_of_header(asked.header, len(asked.cells))
        )
    mark = decimal_mark(pc.replace_substring_regex(asked.cells, r"[A-Za-z$€£¥₹\s]", ""), whole=False)
    amounts = by_distinct(asked.cells, lambda text: values.money(text, mark)[0], pa.float64())
    units = by_distinct(asked.cells, lambda text: values.money(text, mark)[1], TEXT)
    extra = pc.coalesce(units.values, _currency_of_header(asked.header, len(asked.cells)))
    return Converted(amounts.values, asked.target.unit, "", amounts.reasons, {}, extra)


def _currency_of_header(header: str, n_rows: int) -> pa.Array:
    stated = {code for code in re.findall(r"[a-z]{3}", " ".join(tokens(header))) if code.upper() in CURRENCIES}
    stated |= {code.lower() for symbol, code in SYMBOLS.items() if symbol in header}
    code = stated.pop().upper() if len(stated) == 1 else None
    return pa.nulls(n_rows, TEXT) if code is None else pa.repeat(pa.scalar(code, TEXT), n_rows)


_KNOWN: Final = """USD EUR GBP CHF JPY CNY INR AUD CAD NZD SEK NOK DKK PLN CZK HUF RON BRL MXN ARS CLP COP TRY AED
SAR EGP MAD ZAR KRW IDR MYR PHP SGD THB VND HKD TWD ILS UAH RUB NGN KES PKR BDT"""
CURRENCIES: Final = frozenset(_KNOWN.split())
"""Currencies recognised in a header; a currency column may hold any code."""


def _currencies(asked: Asked) -> Converted:
    return _distinct(asked, _currency)


def _currency(text: str) -> str:
    code = SYMBOLS.get(text, text.upper())
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise ValueError("not a currency code")
    return code


def _times(asked: Asked) -> Converted:
    read, how = times(asked.cells)
    return Converted(read.values, asked.target.unit, how, read.reasons)


def _flags(asked: Asked) -> Converted:
    return _distinct(asked, values.truth)


def _texts(asked: Asked) -> Converted:
    return Converted(pc.cast(asked.cells, TEXT), asked.target.unit)


def _handles(asked: Asked) -> Converted:
    """Handles without @; those written as addresses one by one."""
    bare = pc.utf8_trim_whitespace(pc.utf8_ltrim(asked.cells, "@"))
    slashed = pc.match_substring(bare, "/")
    read = Read(bare)
    if pc.any(slashed).as_py():
        left = by_distinct(pc.if_else(slashed, bare, pa.scalar(None, bare.type)), platforms.handle, TEXT)
        read = Read(pc.if_else(slashed, left.values, pc.cast(bare, TEXT)), left.reasons)
    damaged = _rounded_ids(read.values)
    return Converted(pc.cast(read.values, TEXT), asked.target.unit, "", read.reasons | damaged)


def _ids(asked: Asked) -> Converted:
    """Ids as they stand, or handles in lower case where the asked.header or an @ says that these are handles."""
    if asked.target.name == "creator_id" and not _is_id(asked.header):
        read = _handles(asked)
        return Converted(pc.utf8_lower(read.values), asked.target.unit, "the handle in lower case", read.reasons)
    return Converted(pc.cast(asked.cells, TEXT), asked.target.unit, "as it stands", _rounded_ids(asked.cells))


def _is_id(header: str) -> bool:
    words = tokens(header)
    return bool(words) and (words[-1] in ("id", "pk", "hash", "key") or "".join(words).endswith("userid"))


def _rounded_ids(cells: pa.Array) -> dict[int, str]:
    """Rows whose id a spreadsheet has rounded, as in 7.40155E+18: which one it was cannot be known."""
    rounded = pc.match_substring_regex(cells, r"^\d[.,]\d+[eE]\+?\d{2}$")
    return dict.fromkeys(
        map(int, np.flatnonzero(np.asarray(pc.fill_null(rounded, False)))), "an id rounded by a spreadsheet"
    )


def _distinct(asked: Asked, read: Callable[[str], object]) -> Converted:
    found = by_distinct(asked.cells, read, asked.target.type)
    return Converted(found.values, asked.target.unit, "", found.reasons)


def _kinds(asked: Asked) -> Converted:
    return _distinct(asked, _kind)


_KINDS: Final = {
    "paid": ("paid", "actual", "invoice", "bezahlt", "paye", "pagado"),
    "quote": ("quot", "ask", "offer", "rate", "angebot", "devis"),
}


def _kind(text: str) -> str:
    for name, words in _KINDS.items():
        if any(word in text.lower() for word in words):
            return name
    raise ValueError("neither quote nor paid")


HANDLES: Final = ("handle", "a", "b")
_WORDED: Final[dict[str, Callable[[str], object]]] = {
    "country": places.country,
    "language": places.language,
    "platform": platforms.platform,
    "format": platforms.format_word,
    "niche": values.word,
    "dimension": lambda text: text.lower().removesuffix("s").replace("countrie", "country").replace("citie", "city"),
    "package": lambda text: " ".join(text.lower().split()),
}


def _worded(asked: Asked) -> Converted:
    return _distinct(asked, _WORDED[asked.target.name])


_BY_NAME: Final[dict[str, Callable[[Asked], Converted]]] = {
    **dict.fromkeys(_WORDED, _worded),
    **dict.fromkeys(("creator_id", "post_id", "person"), _ids),
    **dict.fromkeys(HANDLES, _handles),
    "currency": _currencies,
    "kind": _kinds,
    "engagement_denominator": _texts,
}
