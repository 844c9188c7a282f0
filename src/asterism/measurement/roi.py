"""Return on investment in three figures that stand side by side and are never added."""

import math
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from scipy.special import gammaincinv

from asterism.quantities import LEVEL, Interval

Verdict = Literal["gains", "loses", "cannot tell yet"]
FEWEST: Final = 10
"""Orders below which nothing is said but that it cannot be told yet: most creators bring fewer."""
MOST: Final = 20
"""Times the orders there are; what would take more is called too close to break-even to count out."""
Z: Final = 1.2815515655446004
"""Standard errors on either side that hold 80% of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Roi:
    """(incremental margin − cost) / cost, three times; −1 is everything lost, 0 break-even.

    Parameters
    ----------
    tracked
        By what tracking credits, exact; None where nothing was spent or no margin is known.
    counting
        The tracked figure with what chance does to so few orders (80%); None without orders.
    survey_adjusted
        With buyers whom only the survey shows (80%); None where `why` says so.
    causal
        By a lift test: what would not have come anyway (80%); None where `why` says so.
    verdict
        Whether it gains or loses by the best figure known, or cannot be told yet.
    needs
        What it would take to tell, in words; empty where it can be told.
    why
        Why a figure is missing: {"causal": "no lift was measured for micro"}.
    """

    tracked: float | None
    counting: Interval | None
    survey_adjusted: Interval | None
    causal: Interval | None
    verdict: Verdict
    needs: str = ""
    why: dict[str, str] = field(default_factory=dict)

    @property
    def best(self) -> tuple[str, Interval] | None:
        """The best figure known and its name: causal, else survey_adjusted, else counting (tracked with chance)."""
        for name in ("causal", "survey_adjusted", "counting"):
            found: Interval | None = getattr(self, name)
            if found is not None:
                return name, found
        return None

    @property
    def chance(self) -> Interval | None:
        """The best figure with what chance does to so few orders: what another run of the same might bring."""
        return self.chance_of(self.best[0]) if self.best else None

    def chance_of(self, name: str) -> Interval | None:
        """The same of a figure by its name; only a survey's own range says what came, and not what would again."""
        found: Interval | None = getattr(self, name)
        if name != "survey_adjusted" or self.survey_adjusted is None or self.counting is None or self.tracked is None:
            return found
        scale = (1 + self.survey_adjusted.mean) / (1 + self.tracked) if self.tracked > -1 else 1.0
        mean = self.survey_adjusted.mean
        below = math.hypot(mean - self.survey_adjusted.low, scale * (self.tracked - self.counting.low))
        above = math.hypot(self.survey_adjusted.high - mean, scale * (self.counting.high - self.tracked))
        return Interval(mean, mean - below, mean + above)

    def to_dict(self) -> dict[str, Any]:
        """The three figures as plain values."""
        intervals = {name: getattr(self, name) for name in ("counting", "survey_adjusted", "causal")}
        return {
            "tracked": self.tracked,
            **{name: found and found.to_dict() for name, found in intervals.items()},
            "verdict": self.verdict,
            "needs": self.needs,
            "why": dict(self.why),
        }


def ratio(margin: float, cost: int) -> float | None:
    """(margin − cost) / cost; None where nothing was spent, never infinite.

    >>> ratio(15_000, 10_000), ratio(0, 10_000), ratio(15_000, 0)
    (0.5, -1.0, None)
    """
    return (margin - cost) / cost if cost else None


def counted(margin: float, cost: int, orders: float, spread: float = 0.0) -> Interval | None:
    """The tracked figure with its 80% interval for the chance in counts of orders; None without cost or orders.

    Orders are Poisson (Garwood 1936, doi:10.1093/biomet/28.3-4.437); margins that differ between orders make them
    count for fewer: n / (1 + spread²), `spread` being their standard deviation over their mean.
    """
    mean = ratio(margin, cost)
    if mean is None or orders <= 0:
        return None
    n, tail = orders / (1 + spread * spread), (1 - LEVEL) / 2
    low, high = float(gammaincinv(n, tail)) / n, float(gammaincinv(n + 1, 1 - tail)) / n
    ends = sorted(float((margin * factor - cost) / cost) for factor in (low, high))
    return Interval(mean, *ends)


def judged(chance: Interval | None, orders: float) -> Verdict:
    """Whether a figure with its chance lies on one side of break-even, from `FEWEST` orders on."""
    if chance is None or orders < FEWEST or chance.low <= 0 <= chance.high:
        return "cannot tell yet"
    return "gains" if chance.low > 0 else "loses"


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast orders come: orders credited so far, and days from the first of them until now."""

    orders: float
    days: float

    def weeks(self, more: float) -> float | None:
        """Weeks until so many more; None where too little time has passed to say."""
        return None if self.days < 7 or not self.orders else more / (self.orders / self.days) / 7


def needed(found: Roi, spread: float, pace: Pace) -> str:
    """What it would take to tell: orders, and weeks at the present pace."""
    if found.tracked is None:
        return ""
    best = found.best
    if best and best[0] == "causal":
        return "a longer or larger lift test"
    if pace.orders < FEWEST:
        return f"at least {_orders(FEWEST - pace.orders, pace)}: fewer than {FEWEST} say nothing"
    r = 1 + (best[1].mean if best else found.tracked)
    factor = math.inf if r == 1 else Z * Z * (1 + spread * spread) * (r / (r - 1)) ** 2
    if best and best[0] == "survey_adjusted" and best[1].low <= 0 <= best[1].high:
        return "more survey answers"
    if factor > MOST * pace.orders:
        return f"far more orders than the {pace.orders:,.0f} there are: it is too close to break-even to count out"
    return f"about {_orders(max(factor - pace.orders, 1.0), pace)} at the same cost per order"


def _orders(more: float, pace: Pace) -> str:
    n, weeks = math.ceil(more), pace.weeks(more)
    said = f"{n:,} more order{'s' if n != 1 else ''}"
    return said if weeks is None else f"{said} (about {max(weeks, 0.1):.2g} weeks at the present pace)"
