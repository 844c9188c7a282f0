"""What a simulated campaign truly brought in, cost, and should be credited with: planted, never measured."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from asterism.market.amounts import Amounts
from asterism.market.collaborations import Collaboration
from asterism.market.currencies import Wandering
from asterism.market.sales import CAMPAIGN, CAUSED, LEAKED, NOBODY, OWN, Sales
from asterism.measurement.events import Partner

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sold:
    """Orders and what they came to, in cents of the campaign's currency; `margin` is after refunds.

    >>> (Sold(1, 5_000, 1_000, 2_000) + Sold(1, 3_000, 0, 1_500)).kept
    7000
    """

    orders: int = 0
    gross: int = 0
    refunded: int = 0
    margin: int = 0
    new_customers: int = 0

    @property
    def kept(self) -> int:
        """Revenue after refunds."""
        return self.gross - self.refunded

    def __add__(self, other: "Sold") -> "Sold":
        return Sold(*(getattr(self, name) + getattr(other, name) for name in Sold.__slots__))


@dataclass(frozen=True, slots=True)
class TrueLine:
    """One collaboration, or several together.

    Parameters
    ----------
    cost
        The full cost in cents.
    caused
        Orders that would not have come without it.
    tracked
        Orders that code or link lead to it: of those it caused what is not dark, and what came with its leaked code.
    coupons
        Of those it caused, the ones with its code: all that a count of coupons sees when no code leaks.
    leaked
        Orders with its code of people it never moved.
    """

    cost: int = 0
    caused: Sold = Sold()
    tracked: Sold = Sold()
    coupons: Sold = Sold()
    leaked: Sold = Sold()

    def __add__(self, other: "TrueLine") -> "TrueLine":
        return TrueLine(*(getattr(self, name) + getattr(other, name) for name in TrueLine.__slots__))

    @property
    def roi(self) -> float:
        """(margin caused − cost) / cost."""
        return (self.caused.margin - self.cost) / self.cost

    @property
    def coupon_share(self) -> float:
        """Part of the orders caused that a count of coupons sees; not a number where nothing was caused."""
        return self.coupons.orders / self.caused.orders if self.caused.orders else float("nan")


@dataclass(frozen=True, slots=True)
class TrueReturn:
    """The truth of a campaign.

    Parameters
    ----------
    lines
        Per collaboration's partner.
    own
        Orders by links of the campaign itself.
    orders
        How many orders stand, of whatever cause; those called off and creators' own are not among them.
    leaks
        Since when each leaked code is known to strangers.
    """

    lines: Mapping[Partner, TrueLine]
    own: Sold
    orders: int
    leaks: Mapping[str, datetime]

    def by(self, *dimensions: str) -> dict[tuple[str, ...], TrueLine]:
        """Sums along attributes of partners, as in `by("tier", "phase")`."""
        groups: defaultdict[tuple[str, ...], TrueLine] = defaultdict(TrueLine)
        for partner, line in self.lines.items():
            groups[tuple(getattr(partner, name) for name in dimensions)] += line
        return dict(groups)

    @property
    def total(self) -> TrueLine:
        """All collaborations together."""
        return sum(self.lines.values(), TrueLine())


def true_return(
    collaborations: Sequence[Collaboration],
    sales: Sales,
    amounts: Amounts,
    in_cents: "Turned",
    leaks: Mapping[str, datetime],
) -> TrueReturn:
    """Adds up what was planted, order by order."""
    n = len(collaborations)
    stands = ~amounts.cancelled & (sales.kind != OWN)
    seen = np.maximum(sales.code, sales.link)  # where both came they are one collaboration's
    coded = (sales.kind == CAUSED) & (sales.code >= 0)
    given = {
        "caused": sales.cause,
        "tracked": seen,
        "coupons": np.where(coded, sales.code, NOBODY),
        "leaked": np.where(sales.kind == LEAKED, sales.code, NOBODY),
    }
    summed = {name: in_cents.sold(np.where(stands, to, NOBODY), n) for name, to in given.items()}
    own = in_cents.sold(np.where(stands & (sales.link == CAMPAIGN), 0, NOBODY), 1)[0]
    lines = {
        c.partner: TrueLine(sum(c.costs.by_kind.values()), **{name: sold[i] for name, sold in summed.items()})
        for i, c in enumerate(collaborations)
    }
    return TrueReturn(lines, own, int(stands.sum()), leaks)


@dataclass(frozen=True, slots=True)
class Turned:
    """Orders in cents of the campaign's currency, int64 (n,); `new` counts new customers."""

    gross: Ints
    refunded: Ints
    margin: Ints
    new: Ints

    @classmethod
    def of(cls, amounts: Amounts, at: Ints, rates: Wandering, currency: str) -> "Turned":
        """Amounts at the rates of their days; the margin shrinks as its order does, to the cent."""
        left = _halves_to_even(amounts.margin * amounts.kept, amounts.cents)
        gross, kept, margin = (
            rates.turned(cents, amounts.currency, at, currency) for cents in (amounts.cents, amounts.kept, left)
        )
        return cls(gross, gross - kept, margin, (amounts.new == 1) * 1)

    def sold(self, to: Ints, n: int) -> list[Sold]:
        """What the orders of each of `n` come to; `to` (n_orders,) says whose each is, below 0 for nobody's."""
        mine = to >= 0
        sums = np.zeros((n, 5), dtype=np.int64)
        columns = np.column_stack((np.ones(to.size, dtype=np.int64), self.gross, self.refunded, self.margin, self.new))
        np.add.at(sums, to[mine], columns[mine])
        return [Sold(*row) for row in sums.tolist()]


def _halves_to_even(top: Ints, bottom: Ints) -> Ints:
    whole, rest = np.divmod(top, bottom)
    return np.asarray(whole + ((2 * rest > bottom) | ((2 * rest == bottom) & (whole % 2 == 1))))
