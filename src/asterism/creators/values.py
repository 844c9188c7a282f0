"""One written value → one typed value: numbers, money, times, yes and no, handles, words.

Every reader here takes one cell's text and raises `ValueError` with the reason where it cannot be read. Whole columns
go through `numbers` and `times` first; these readers see only what is left.
"""

import re
import unicodedata
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from asterism.quantities import SYMBOLS

SHEET_ERRORS: Final = frozenset(
    {"#n/a", "#valor!", "#value!", "#wert!", "#valeur!", "#ref!", "#bezug!", "#div/0!", "#name?", "#num!", "#null!"}
)
"""What spreadsheets write where a formula failed."""
ABSENT: Final = SHEET_ERRORS | {"", "n/a", "n/a'", "nan", "null", "-", "--", "–", "—", "<na>", "\\n"}
"""Null words in any column, even one of names."""
UNKNOWN: Final = ABSENT | {
    "na", "n.a.", "none", "nil", "unknown", "not available", "not applicable", "undefined", "missing", "no data",
    "?", "…", "...", "tbd", "unbekannt", "k.a.", "inconnu", "desconocido", "desconhecido", "keine angabe",
}  # fmt: skip
"""Null words in columns of figures, places and words."""

SCALES: Final = {
    "": 0, "k": 3, "tsd": 3, "thousand": 3, "mil": 3, "m": 6, "mn": 6, "mm": 6, "mio": 6, "million": 6, "millions": 6,
    "b": 9, "bn": 9, "mrd": 9, "billion": 9, "billions": 9, "lakh": 5, "lac": 5, "crore": 7, "cr": 7,
}  # fmt: skip
_NUMBER = re.compile(r"^[~≈]?\s*([+\-−]?)\s*((?:\d[\d.,'’\s]*|[.,]\d+)(?:[eE][+\-]?\d+)?)\s*([A-Za-z]*)\.?\s*[+]?$")
_NOUN = re.compile(
    r"\s+(?:followers?|subscribers?|subs|fans|likes?|views?|posts?|videos?|comments?|shares?|people)$", re.I
)
_RANGE = re.compile(r"^\D{0,3}\d[\d.,\s]*[A-Za-z]{0,3}\s*[-–—]\s*\d[\d.,\s]*[A-Za-z]{0,3}$")
_CURRENCY = re.compile(r"^\s*([A-Za-z]{3}|[$€£¥₹])?\s*(.*?)\s*([A-Za-z]{3}|[$€£¥₹])?\s*$")


def number(text: str, decimal: str = ".") -> float:
    """The number a text like `48.5M`, `1.234,5`, `1 234` or `2.28E+11` writes.

    `decimal` is the column's decimal mark; a mark that can only be decimal (`3,4`) is read so in any column.

    >>> [number("48.5M"), number("1.2K"), number("1,234"), number("1.234,5"), number("3,4")]
    [48500000.0, 1200.0, 1234.0, 1234.5, 3.4]
    """
    bare = _NOUN.sub("", text.strip())
    found = _NUMBER.match(bare)
    if not found or found[3].lower() not in SCALES:
        raise ValueError("a range, not a number" if _RANGE.match(bare) else "not a number")
    digits = _decimal_point(re.sub(r"[\s'’]", "", found[2]), decimal, bool(found[3]))
    try:
        value = Decimal(digits).scaleb(SCALES[found[3].lower()])
    except InvalidOperation:
        raise ValueError("not a number") from None
    if value.adjusted() > 300:
        raise ValueError("too large to be a figure")
    return float(-value if found[1] in ("-", "−") else value)


def _decimal_point(digits: str, decimal: str, scaled: bool) -> str:
    """Digits with a decimal point and without thousands, whichever marks they came with."""
    comma, dot = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and dot >= 0:
        mark = "," if comma > dot else "."
    elif max(comma, dot) < 0:
        return digits
    else:
        mark = _lone_mark(digits, "," if comma >= 0 else ".", decimal, scaled)
    whole, _, part = digits.rpartition(mark) if mark else (digits, "", "")
    if not mark:
        return re.sub(r"[.,]", "", digits)
    groups = re.split(r"[.,]", whole)
    if len(groups) > 1 and any(len(group) != 3 for group in groups[1:]):
        raise ValueError("not a number: its marks stand in the wrong places")
    return f"{''.join(groups)}.{part}"


def _lone_mark(digits: str, mark: str, decimal: str, scaled: bool) -> str:
    """The decimal mark of digits that know only one mark; empty where it parts thousands."""
    parts = digits.split(mark)
    grouped = 1 <= len(parts[0]) <= 3 and not parts[0].startswith("0") and all(len(p) == 3 for p in parts[1:])
    if len(parts) > 2:
        if not grouped:
            raise ValueError("not a number: its marks stand in the wrong places")
        return ""
    return "" if grouped and mark != decimal and not scaled else mark


def money(text: str, decimal: str = ".") -> tuple[float, str | None]:
    """The amount and the currency, if stated, of a text like `$1,200` or `75 EUR`.

    >>> money("€1.5k"), money("75")
    ((1500.0, 'EUR'), (75.0, None))
    """
    found = _CURRENCY.match(text)
    if not found:
        raise ValueError("not an amount of money")
    units = [unit for unit in (found[1], found[3]) if unit and unit.lower() not in SCALES]
    if len(units) > 1:
        raise ValueError("an amount in two currencies")
    bare = text.strip()
    for unit in units:
        bare = bare.removeprefix(unit).removesuffix(unit)
    return number(bare, decimal), SYMBOLS.get(units[0], units[0].upper()) if units else None


TRUE: Final = frozenset(
    {"true", "t", "yes", "y", "1", "1.0", "oui", "ja", "si", "sí", "sim", "verified", "x", "✓", "✔"}
)
FALSE: Final = frozenset(
    {"false", "f", "no", "n", "0", "0.0", "non", "nein", "não", "nao", "not verified", "unverified"}
)


def truth(text: str) -> bool:
    """Whether a text says yes.

    >>> truth("Oui"), truth("0")
    (True, False)
    """
    word = text.strip().lower()
    if word in TRUE or word in FALSE:
        return word in TRUE
    raise ValueError("neither yes nor no")


def moment(text: str, day_first: bool | None = None) -> datetime:
    """The time of a date in day, month, year order or with a month's name; UTC where no zone is stated.

    `day_first` is the column's order of day and month; None refuses dates that could be either.

    >>> moment("21/05/2025").date().isoformat(), moment("May 21, 2025").date().isoformat()
    ('2025-05-21', '2025-05-21')
    """
    written = text.strip()
    slashed = re.match(r"^(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})(?:[ T,]+(.*))?$", written)
    if slashed:
        return _slashed(slashed, day_first)
    if not _DATE_LIKE.match(written):
        raise ValueError("not a date")
    for pattern in _WRITTEN:
        try:
            found = datetime.strptime(written, pattern)  # noqa: DTZ007  (the zone is set below)
        except ValueError:
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    raise ValueError("not a date")


_DATE_LIKE: Final = re.compile(r"^(?=.*(?<!\d)\d{4}(?!\d))(?!\d+$)[\w ,:/.+\-]{7,40}$|^(19|20)\d{6}$")
_WRITTEN: Final = (
    "%Y/%m/%d", "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y.%m.%d", "%Y%m%d", "%d %b %Y", "%d %B %Y", "%b %d, %Y",
    "%B %d, %Y", "%b %d %Y", "%d-%b-%Y", "%b %Y", "%B %Y", "%Y-%m", "%a %b %d %H:%M:%S %z %Y", "%d %b %Y %H:%M",
    "%a, %d %b %Y %H:%M:%S %z", "%b %d, %Y %H:%M", "%B %d, %Y %H:%M", "%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M:%S UTC",
)  # fmt: skip
_CLOCKS: Final = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p", "%H:%M:%S.%f")


def _slashed(found: re.Match[str], day_first: bool | None) -> datetime:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    year += 2000 if year < 100 else 0
    if first > 12 or second > 12:
        day_first = first > 12
    if day_first is None and first != second:
        raise ValueError("day and month cannot be told apart")
    day, month = (first, second) if day_first else (second, first)
    clock = _clock(found[5])
    try:
        return datetime(year, month, day, clock.hour, clock.minute, clock.second, tzinfo=UTC)
    except ValueError:
        raise ValueError("not a date") from None


def _clock(text: str | None) -> datetime:
    for pattern in _CLOCKS if text else ():
        try:
            return datetime.strptime(str(text).strip(), pattern)  # noqa: DTZ007  (only the hour is taken)
        except ValueError:
            continue
    if text:
        raise ValueError("not a date: the hour cannot be read")
    return datetime(1970, 1, 1, tzinfo=UTC)


def word(text: str) -> str:
    """A lower-case word or phrase without stray figures at its end.

    >>> word("  Fashion 0.5 ")
    'fashion'
    """
    bare = re.sub(r"\s+[\d.,]+%?$", "", " ".join(unicodedata.normalize("NFKC", text).split())).lower().strip(" .,;")
    if bare in _STOP_WORDS or not any(letter.isalpha() for letter in bare):
        raise ValueError("not a word that says what somebody is about")
    return bare


_STOP_WORDS: Final = frozenset({"", "by", "of", "and", "the", "for", "in", "to", "a", "with"})
