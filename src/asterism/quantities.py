"""Numbers that know their unit: money, shares, intervals, periods."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from asterism.errors import BadInput, UnknownCurrency

LEVEL: Final = 0.8
"""Every interval of the product is an 80% interval unless it says otherwise."""

SYMBOLS: Final = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
_MONEY = re.compile(r"^\s*([A-Za-z]{3}|[$€£¥₹])?\s*(-?[\d\s,._]*\d)\s*([kKmM])?\s*([A-Za-z]{3}|[$€£¥₹])?\s*$")
_FIGURE = re.compile(r"-?(\d+(([,_\s]\d+)*[,_\s]\d{3})?)?(\.\d+)?")
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
"""A point before three digits: a thousand in half of Europe, and no decimals of money anywhere."""


def figure(value: float) -> str:
    """A number as people read it: three significant figures, thousands separated.

    >>> figure(41234.5), figure(0.01234), figure(7)
    ('41,200', '0.0123', '7')
    """
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else str(value)
    digits = 2 - math.floor(math.log10(abs(value)))
    rounded = round(value, digits)
    return f"{rounded:,.{max(digits, 0)}f}".rstrip("0").rstrip(".") if digits > 0 else f"{rounded:,.0f}"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency, exact to the cent.

    >>> Money.parse("20,000 USD")
    Money(amount=Decimal('20000.00'), currency='USD')
    >>> Money.parse("€1.5k").currency
    'EUR'
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not self.amount.is_finite():
            raise BadInput("An amount of money must be a finite number.", "Write it as in `20000 USD`.")
        object.__setattr__(self, "amount", self.amount.quantize(Decimal("0.01"), ROUND_HALF_EVEN))

    @classmethod
    def parse(cls, text: str) -> "Money":
        """The amount and currency of a text like `20000 USD`, `$75` or `1.5k EUR`.

        Raises
        ------
        BadInput
            It is no amount, or its commas and points could mean another: `6,50 EUR`, `1.500 EUR`.
        """
        found = _MONEY.match(text)
        units = [u for u in (found[1], found[4]) if u] if found else []
        if not found or len(units) != 1:
            raise BadInput(f"`{text}` is not an amount of money.", "Write it as in `20000 USD`.")
        if not _FIGURE.fullmatch(found[2]) or (_THOUSANDS.fullmatch(found[2]) and not found[3]):
            fix = "Write decimals after a point, and thousands with commas or as they are: `1500.50 EUR`."
            raise BadInput(f"The figure of `{text}` can be read in two ways.", fix)
        digits = re.sub(r"[\s,_]", "", found[2])
        try:
            amount = Decimal(digits) * {"k": 1_000, "m": 1_000_000}.get((found[3] or "").lower(), 1)
        except InvalidOperation:
            raise BadInput(f"`{text}` is not an amount of money.", "Write it as in `20000 USD`.") from None
        return cls(amount, SYMBOLS.get(units[0], units[0].upper()))

    @property
    def cents(self) -> int:
        """The amount in hundredths of its currency."""
        return int(self.amount * 100)

    def __str__(self) -> str:
        return f"{self.amount:,.2f} {self.currency}"


@dataclass(frozen=True, slots=True)
class Exchange:
    """US dollars per unit of each currency, as the user stated them.

    >>> Exchange({"EUR": 1.08}).factor("EUR", "USD")
    1.08
    """

    usd: Mapping[str, float]

    def factor(self, source: str, target: str) -> float:
        """What one unit of `source` is worth in `target`.

        Raises
        ------
        UnknownCurrency
            No rate was stated: an exchange rate is never guessed.
        """
        return 1.0 if source == target else self._in_usd(source) / self._in_usd(target)

    def _in_usd(self, currency: str) -> float:
        if currency == "USD":
            return 1.0
        if currency not in self.usd:
            fix = f"Add `[fx]` with `{currency} = …` (US dollars per {currency}) to the brief, or pass --fx FILE."
            raise UnknownCurrency(f"No exchange rate is known for {currency}.", fix, currency)
        return self.usd[currency]


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with the range that should hold the truth in `LEVEL` of cases.

    >>> Interval(412, 350, 480).to_dict()
    {'mean': 412, 'low': 350, 'high': 480}
    """

    mean: float
    low: float
    high: float

    def __post_init__(self) -> None:
        if any(math.isnan(x) for x in (self.mean, self.low, self.high)) or self.low > self.high:
            raise BadInput(f"{self.low} to {self.high} around {self.mean} is no interval.")

    @classmethod
    def of_draws(cls, draws: ArrayLike) -> "Interval":
        """The mean and the central 80% of draws, shape (n_draws,)."""
        values = np.asarray(draws, dtype=float)
        low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        return cls(float(values.mean()), float(low), float(high))

    @classmethod
    def exactly(cls, value: float) -> "Interval":
        """A value without doubt."""
        return cls(value, value, value)

    def times(self, factor: float) -> "Interval":
        """The interval scaled by a factor ≥ 0."""
        return Interval(self.mean * factor, self.low * factor, self.high * factor)

    def to_dict(self) -> dict[str, float]:
        """Mean, low and high by name."""
        return {"mean": self.mean, "low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, 0 to 1, never per cent.

    >>> Share(0.27).percent
    '27%'
    """

    value: float

    def __post_init__(self) -> None:
        if not 0 <= self.value <= 1:
            raise BadInput(f"{self.value} is not a share.", "A share lies between 0 and 1.")

    @classmethod
    def parse(cls, text: str) -> "Share":
        """The share of a text like `5%` or `0.05`.

        Raises
        ------
        BadInput
            It is no number, or none from 0 to 1.

        >>> Share.parse("2.5%")
        Share(value=0.025)
        """
        written = text.strip().removesuffix("%").strip().replace(",", ".")
        try:
            return cls(float(Decimal(written) / (100 if "%" in text else 1)))
        except (InvalidOperation, BadInput):
            raise BadInput(f"`{text.strip()}` is no share.", "Write it as in `5%` or `0.05`.") from None

    @property
    def percent(self) -> str:
        """The share as people read it."""
        return f"{100 * self.value:.3g}%"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise BadInput(f"A period cannot end ({self.end}) before it starts ({self.start}).")

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.end - self.start).days + 1
