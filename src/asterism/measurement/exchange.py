"""Exchange rates with their days: an order is worth what its currency was worth on its day, and stays so."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from asterism.errors import BadInput, UnknownCurrency
from asterism.quantities import Money


@dataclass(frozen=True, slots=True)
class DatedRates:
    """US dollars per unit of each currency from a day on, until the next rate.

    >>> rates = DatedRates.of([("EUR", date(2026, 1, 1), Decimal("1.10")), ("EUR", date(2026, 6, 1), Decimal("1.20"))])
    >>> str(rates.convert(Money(Decimal("100"), "EUR"), "USD", date(2026, 5, 31)))
    '110.00 USD'
    """

    days: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    usd: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, rates: Iterable[tuple[str, date, Decimal]]) -> "DatedRates":
        """The rates of (currency, day, US dollars per unit); of two on one day the later given holds.

        Raises
        ------
        BadInput
            A rate is not above 0.
        """
        by: defaultdict[str, dict[date, Decimal]] = defaultdict(dict)
        for currency, day, usd in rates:
            if not (usd.is_finite() and usd > 0):
                raise BadInput(f"The rate of {currency} on {day} is {usd}.", "A rate is a number above 0.")
            by[currency][day] = usd
        ordered = {currency: sorted(known.items()) for currency, known in by.items()}
        return cls(
            {c: tuple(day for day, _ in known) for c, known in ordered.items()},
            {c: tuple(usd for _, usd in known) for c, known in ordered.items()},
        )

    def convert(self, amount: Money, to: str, on: date) -> Money:
        """An amount in another currency at the rates of a day, to the cent.

        Raises
        ------
        UnknownCurrency
            No rate is known for the day: an exchange rate is never guessed, nor taken from a later day.
        """
        if amount.currency == to:
            return amount
        return Money(amount.amount * self._usd(amount.currency, on) / self._usd(to, on), to)

    def _usd(self, currency: str, on: date) -> Decimal:
        if currency == "USD":
            return Decimal(1)
        at = bisect_right(self.days.get(currency, ()), on)
        if not at:
            fix = f"Add what one {currency} was worth in US dollars on that day or before."
            raise UnknownCurrency(f"No exchange rate is known for {currency} on {on}.", fix, currency)
        return self.usd[currency][at - 1]
