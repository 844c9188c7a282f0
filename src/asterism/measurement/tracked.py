"""What attribution credits, added up: orders, revenue, refunds and margin, in cents."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from fractions import Fraction
from typing import Any, Final

from asterism.measurement.crediting import Credit


@dataclass(frozen=True, slots=True)
class Tracked:
    """Credits together; `revenue` is before refunds, `margin` after them and after the goods.

    Parameters
    ----------
    shares
        Orders, a shared one by its share.
    new_customers
        Shares of orders that were a customer's first; of `told` orders the shop says whether they were.
    without_margin
        Shares of orders whose margin nobody knows: they stand in no margin.
    without_revenue
        Shares of orders whose revenue nobody knows; their margin may still be known.
    unstated
        Collaborations of which nobody says whether there were orders.
    squares
        Σ share · (margin of the whole order)², in cents²: how much margins differ between orders.
    first
        When the first order came.
    """

    shares: Fraction = Fraction(0)
    new_customers: Fraction = Fraction(0)
    told: Fraction = Fraction(0)
    revenue: int = 0
    refunds: int = 0
    margin: int = 0
    without_margin: Fraction = Fraction(0)
    without_revenue: Fraction = Fraction(0)
    unstated: int = 0
    squares: float = 0.0
    first: datetime | None = None

    @classmethod
    def of(cls, credit: Credit, margin: int | None) -> "Tracked":
        """One credit with its margin in cents."""
        share = credit.share
        return cls(
            shares=share,
            new_customers=share if credit.new_customer else Fraction(0),
            told=share if credit.new_customer is not None else Fraction(0),
            revenue=credit.gross_cents,
            refunds=credit.refunded_cents,
            margin=margin or 0,
            without_margin=share if margin is None else Fraction(0),
            squares=float(Fraction((margin or 0) ** 2) / share),
            first=credit.at,
        )

    @classmethod
    def summed(cls, parts: Sequence["Tracked"]) -> "Tracked":
        """Several together; parts of an order that are nothing cost nothing to add."""
        sums: dict[str, Any] = {
            name: sum((part for each in parts if (part := getattr(each, name))), start)
            for name, start in _ZEROS.items()
        }
        return cls(**sums, first=min((each.first for each in parts if each.first is not None), default=None))

    def __add__(self, other: "Tracked") -> "Tracked":
        return Tracked.summed((self, other))

    @property
    def orders(self) -> float:
        """How many orders, a shared one by its share."""
        return float(self.shares)

    @property
    def kept(self) -> int:
        """Revenue after refunds, in cents."""
        return self.revenue - self.refunds

    @property
    def spread(self) -> float:
        """Standard deviation of the margin of an order over its mean; 0 where that cannot be said."""
        if self.shares <= 0 or not self.margin:
            return 0.0
        return math.sqrt(max(self.squares * float(self.shares) / self.margin**2 - 1.0, 0.0))

    def to_dict(self) -> dict[str, Any]:
        """The sums as plain values, money in cents."""
        return {
            "orders": self.orders,
            "new_customers": float(self.new_customers) if self.told else None,
            "revenue": None if self.without_revenue else self.revenue,
            "refunds": self.refunds,
            "kept": None if self.without_revenue else self.kept,
            "margin": self.margin if not self.without_margin else None,
            "orders_without_margin": float(self.without_margin),
            "orders_unknown_of": self.unstated,
        }


_ZEROS: Final[dict[str, Any]] = {f.name: f.default for f in fields(Tracked) if f.name != "first"}
"""What adds up, each with its nothing."""
