"""Currencies of a simulated campaign: weekly rates that wander, and amounts turned by them, in whole numbers."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.errors import BadInput, did_you_mean

USUAL: Final = {"USD": 1.0, "EUR": 1.09, "GBP": 1.27, "CHF": 1.12, "SEK": 0.0942, "JPY": 0.0067}
"""US dollars per unit around which the rates of a currency wander."""
PART: Final = 1_000_000
"""Rates are whole millionths of a US dollar."""
DAY: Final = 86_400
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Wandering:
    """Rates in millionths of a US dollar, int64 (n_weeks, n_currencies): each holds for seven days."""

    first: date
    words: tuple[str, ...]
    usd: Ints

    def quoted(self) -> list[tuple[str, date, Decimal]]:
        """Currency, day and US dollars per unit of every rate but the dollar's."""
        return [
            (word, self.first + timedelta(weeks=week), Decimal(int(self.usd[week, at])) / PART)
            for at, word in enumerate(self.words)
            for week in range(len(self.usd))
            if word != "USD"
        ]

    def turned(self, cents: Ints, currency: Ints, at: Ints, to: str) -> Ints:
        """Cents of the currencies `currency` (n,) at the times `at` (n,) in cents of another, half to even."""
        week = (at // DAY - _days(self.first)) // 7
        top, bottom = cents * self.usd[week, currency], self.usd[week, self.words.index(to)]
        whole, rest = np.divmod(top, bottom)
        up = (2 * rest > bottom) | ((2 * rest == bottom) & (whole % 2 == 1))
        return np.asarray(whole + up)


def _days(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def seconds(day: date) -> int:
    """Midnight of a day (UTC) in seconds since 1970."""
    return _days(day) * DAY


def draw_currencies(rng: np.random.Generator, words: tuple[str, ...], first: date, weeks: int) -> Wandering:
    """Rates of some currencies over some weeks, log-normal steps of 0.8% a week."""
    for word in words:
        if word not in USUAL:
            raise BadInput(f"Nobody here pays in {word}.", did_you_mean(word, list(USUAL)))
    steps = np.cumsum(rng.normal(0, 0.008, (weeks, len(words))), axis=0)
    usd = np.rint(np.array([USUAL[word] for word in words]) * np.exp(steps) * PART).astype(np.int64)
    usd[:, [at for at, word in enumerate(words) if word == "USD"]] = PART
    return Wandering(first, words, usd)
