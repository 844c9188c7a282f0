"""Redemptions: which promo codes of which orders count, by their days and their limits."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from asterism.measurement.crediting import Note
from asterism.measurement.events import Code, Order
from asterism.measurement.instants import instant

UNKNOWN: Final = "unknown_code"
EARLY: Final = "not_started"
LATE: Final = "expired"
OVER: Final = "over_limit"


@dataclass(frozen=True, slots=True)
class Redeemed:
    """The codes of partners that count for one order, in the shop's order, and a note on each that does not."""

    codes: tuple[Code, ...] = ()
    notes: tuple[Note, ...] = ()


NOTHING: Final = Redeemed()


def redemptions(orders: Iterable[Order], codes: Mapping[str, Code]) -> dict[str, Redeemed]:
    """What the codes of each order are worth, by its key; `orders` come in order of time.

    A limit counts orders in order of time in which the code held, whoever is credited in the end; cancelled ones are
    left out. Codes for everybody are nobody's and stand nowhere.
    """
    dated = {word: _dated(code) for word, code in codes.items()}
    used: Counter[str] = Counter()
    return {order.key: _redeemed(order, dated, used) for order in orders if order.codes}


def words(order: Order) -> tuple[str, ...]:
    """The codes of an order as codes are written, each once.

    >>> from datetime import UTC, datetime
    >>> from asterism.quantities import Money
    >>> words(Order("1", datetime(2026, 5, 1, tzinfo=UTC), Money.parse("9 EUR"), codes=(" mia10", "MIA10")))
    ('MIA10',)
    """
    return tuple(dict.fromkeys(word for given in order.codes if (word := given.strip().upper())))


def _dated(code: Code) -> Code:
    whose = f"the code `{code.word}`"
    starts = code.starts and instant(code.starts, whose)
    return replace(code, starts=starts, ends=code.ends and instant(code.ends, whose))


def _redeemed(order: Order, codes: Mapping[str, Code], used: Counter[str]) -> Redeemed:
    at = instant(order.at, f"the order `{order.key}`")
    counted: list[Code] = []
    notes: list[Note] = []
    for word in words(order):
        code = codes.get(word)
        if code is not None and code.sitewide:
            continue
        wrong = _wrong(word, code, at, used[word])
        if wrong:
            notes.append(Note(order.key, word, *wrong))
        elif code is not None:
            counted.append(code)
            used[word] += not order.cancelled
    return Redeemed(tuple(counted), tuple(notes))


def _wrong(word: str, code: Code | None, at: datetime, used: int) -> tuple[str, str] | None:
    """Why a code does not count, in a word and in a sentence; None where it does."""
    if code is None:
        return UNKNOWN, f"The code {word} is not known."
    if code.starts is not None and at < code.starts:
        return EARLY, f"The code {word} starts on {code.starts:%Y-%m-%d %H:%M} UTC, after the order."
    if not code.holds(at):
        return LATE, f"The code {word} ended on {code.ends:%Y-%m-%d %H:%M} UTC, before the order."
    if code.limit is not None and used >= code.limit:
        return OVER, f"The code {word} counts for {code.limit} orders, and as many came before."
    return None
