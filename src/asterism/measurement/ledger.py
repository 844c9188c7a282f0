"""The ledger of return: full cost beside what came of it, per collaboration, reconciled to the cent."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal

from asterism.measurement.costs import Costs
from asterism.measurement.delivered import Delivered, ReachOnce
from asterism.measurement.events import Partner
from asterism.measurement.roi import Roi
from asterism.quantities import Interval

Dimension = Literal["tier", "phase", "platform", "creator", "campaign"]
DIMENSIONS: Final[tuple[Dimension, ...]] = ("tier", "phase", "platform", "creator", "campaign")
"""What the return can be told apart by, alone or together."""
OWN: Final = "campaign"
"""The group of what belongs to a campaign and to no collaboration: its own costs, the orders of its own links."""
UNKNOWN: Final = "unknown"
"""The group of collaborations that do not say."""


@dataclass(frozen=True, slots=True)
class Deal:
    """One collaboration: with whom, what it cost, what it delivered."""

    partner: Partner
    handle: str = ""
    costs: Costs = Costs()
    delivered: Delivered = Delivered()


@dataclass(frozen=True, slots=True)
class Tracked:
    """What attribution credits, in cents and orders; `revenue` is before refunds, `margin` after them.

    Orders may be shared (0.5 of an order) under a rule that shares credit.
    """

    orders: float = 0.0
    new_customers: float = 0.0
    revenue: int = 0
    refunds: int = 0
    margin: int = 0

    @property
    def kept(self) -> int:
        """Revenue after refunds, in cents."""
        return self.revenue - self.refunds


@dataclass(frozen=True, slots=True)
class Line:
    """One collaboration in the ledger, or what is a campaign's own (`partner.key` empty)."""

    partner: Partner
    handle: str
    costs: Costs
    tracked: Tracked
    delivered: Delivered

    def of(self, dimension: Dimension) -> str:
        """Where it belongs along a dimension."""
        if dimension == "campaign":
            return self.partner.campaign or UNKNOWN
        if not self.partner.key:
            return OWN
        if dimension == "creator":
            return self.partner.creator_id or UNKNOWN
        return getattr(self.partner, dimension) or UNKNOWN


@dataclass(frozen=True, slots=True)
class Group:
    """Several lines together: their sums, and what comes of them.

    Parameters
    ----------
    names
        Where it stands along each dimension asked for, as in ("micro", "open"); empty for the total.
    lines
        How many collaborations it holds.
    clicks
        Clicks of persons that tracking counted; None without a click log.
    reach
        People reached, each once; None where no reach is known.
    """

    names: tuple[str, ...]
    lines: int
    costs: Costs
    tracked: Tracked
    delivered: Delivered
    roi: Roi
    reach: ReachOnce | None = None

    @property
    def name(self) -> str:
        """Its names in one word or more."""
        return " · ".join(self.names) or "total"


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the tracked figures and is never added to them, per tier.

    Parameters
    ----------
    multipliers
        True over tracked, by survey, per tier; "" for tiers not named.
    lifts
        Incremental revenue in cents of the ledger's currency, per tier.
    """

    multipliers: dict[str, Interval] = field(default_factory=dict)
    lifts: dict[str, Interval] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Return:
    """The ledger of return in one currency, by one named rule of attribution."""

    currency: str
    rule: str
    as_of: date | None
    lines: tuple[Line, ...]
    beside: Beside = Beside()
    warnings: tuple[str, ...] = ()

    def by(self, *dimensions: Dimension) -> tuple[Group, ...]:
        """The groups along some dimensions, each line in one of them; they add up to `total`."""
        raise NotImplementedError

    @property
    def total(self) -> Group:
        """Everything together."""
        raise NotImplementedError

    def to_dict(self) -> dict[str, Any]:
        """The ledger as plain values."""
        raise NotImplementedError
