"""The ledger of return: full cost beside what came of it, per collaboration, reconciled to the cent."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, Literal

from asterism.measurement.costs import Costs
from asterism.measurement.delivered import Delivered, ReachOnce, together
from asterism.measurement.events import Partner
from asterism.measurement.metrics import metrics_of, modelled
from asterism.measurement.roi import Roi
from asterism.measurement.roi_of import Beside, ByTier, Tier, Whole, roi_of
from asterism.measurement.tracked import Tracked

Dimension = Literal["tier", "phase", "platform", "creator", "campaign"]
DIMENSIONS: Final[tuple[Dimension, ...]] = ("tier", "phase", "platform", "creator", "campaign")
"""What the return can be told apart by, alone or together."""
OWN: Final = "the campaign itself"
"""The group of what belongs to a campaign and to no collaboration: its own costs, the orders of its own links.

No collaboration is ever in it: a tier or phase that is called so stands under another name.
"""
UNKNOWN: Final = "unknown"
"""The group of collaborations that do not say."""
NAMELESS: Final = "a creator without a deal"
"""Who is credited and stands nowhere by name."""


@dataclass(frozen=True, slots=True)
class Deal:
    """One collaboration: with whom, what it cost, what it delivered.

    `planned` says that its fee is the planned one, not agreed yet; `leaked` that a code of it may have leaked.
    """

    partner: Partner
    handle: str = ""
    costs: Costs = field(default_factory=Costs)
    delivered: Delivered = field(default_factory=Delivered)
    planned: bool = False
    leaked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One collaboration in the ledger, or what is a campaign's own (`partner.key` empty); *see* `Deal`."""

    partner: Partner
    handle: str
    costs: Costs
    tracked: Tracked
    delivered: Delivered
    planned: bool = False
    leaked: bool = False

    @property
    def who(self) -> str:
        """Whose it is, as people read it; never a key."""
        if not self.partner.key:
            return OWN
        return self.handle or self.partner.creator_id or NAMELESS

    def of(self, dimension: Dimension) -> str:
        """Where it belongs along a dimension."""
        if dimension == "campaign":
            return self.partner.campaign or UNKNOWN
        if not self.partner.key:
            return OWN
        found: str = getattr(self.partner, "creator_id" if dimension == "creator" else dimension)
        return f"{dimension}: {OWN}" if found == OWN else found or UNKNOWN

    def to_dict(self) -> dict[str, Any]:
        """The line as plain values, money in cents; who the creator is as a customer stays here."""
        named = ("key", "campaign", "creator_id", "platform", "tier", "phase")
        return {
            **{name: getattr(self.partner, name) for name in named},
            "handle": self.handle,
            "fee_planned": self.planned,
            "code_may_have_leaked": self.leaked,
            "costs": {**self.costs.by_kind, "total": self.costs.total},
            "tracked": self.tracked.to_dict(),
            "delivered": self.delivered.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Group:
    """Several lines together: their sums, and what comes of them.

    Parameters
    ----------
    names
        Where it stands along each dimension asked for, as in ("micro", "open"); empty for the total.
    lines
        How many collaborations it holds, a campaign's own line not counted.
    delivered
        Sums of the figures known; `reach` is None, because people would count twice. *See* `reach`.
    metrics
        CPM, CPE, CPC, CPA, ROAS and the rest by name (`metrics.DICTIONARY`); None where there is no denominator.
    modelled
        Names of metrics that stand on estimated impressions, in part at least.
    reach
        People reached, each once; None where `reached.with_reach` was not asked or no reach is known.
    """

    names: tuple[str, ...]
    lines: int
    costs: Costs
    tracked: Tracked
    delivered: Delivered
    metrics: dict[str, float | None]
    roi: Roi
    modelled: tuple[str, ...] = ()
    reach: ReachOnce | None = None

    @property
    def name(self) -> str:
        """Its names in one word or more."""
        return " · ".join(self.names) or "total"

    def to_dict(self) -> dict[str, Any]:
        """The group as plain values; money in cents but for metrics, which are in whole units."""
        return {
            "names": list(self.names),
            "collaborations": self.lines,
            "costs": {**self.costs.by_kind, "total": self.costs.total},
            "tracked": self.tracked.to_dict(),
            "delivered": self.delivered.to_dict(),
            "reach": self.reach and self.reach.to_dict(),
            "metrics": dict(self.metrics),
            "modelled": list(self.modelled),
            "roi": self.roi.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Return:
    """The ledger of return in one currency, by one named rule of attribution.

    `reaches` holds people reached once, by dimensions and names, where that was asked for. `unattributed` and
    `set_aside` are orders that nobody is credited with.
    """

    currency: str
    rule: str
    as_of: date | None
    lines: tuple[Line, ...]
    beside: Beside = field(default_factory=Beside)
    unattributed: int = 0
    set_aside: int = 0
    warnings: tuple[str, ...] = ()
    reaches: dict[tuple[str, ...], dict[tuple[str, ...], ReachOnce]] = field(default_factory=dict)

    def members(self, *dimensions: Dimension) -> dict[tuple[str, ...], tuple[Line, ...]]:
        """The lines of each group along some dimensions, in the order of the ledger."""
        found: defaultdict[tuple[str, ...], list[Line]] = defaultdict(list)
        for line in self.lines:
            found[tuple(line.of(dimension) for dimension in dimensions)].append(line)
        return {names: tuple(lines) for names, lines in found.items()}

    def by(self, *dimensions: Dimension) -> tuple[Group, ...]:
        """The groups along some dimensions, each line in one of them; their sums come to `total`'s to the cent."""
        whole = self._whole()
        reaches = self.reaches.get(dimensions, {})
        return tuple(
            replace(self._group(names, lines, whole), reach=reaches.get(names))
            for names, lines in self.members(*dimensions).items()
        )

    @property
    def total(self) -> Group:
        """Everything together."""
        return replace(self._group((), self.lines, self._whole()), reach=self.reaches.get((), {}).get(()))

    def to_dict(self) -> dict[str, Any]:
        """The ledger as plain values: the total, the groups of each dimension, tier × phase, and every line."""
        asked: tuple[tuple[Dimension, ...], ...] = (*((name,) for name in DIMENSIONS), ("tier", "phase"))
        return {
            "currency": self.currency,
            "rule": self.rule,
            "as_of": self.as_of and self.as_of.isoformat(),
            "total": self.total.to_dict(),
            "by": {" × ".join(names): [group.to_dict() for group in self.by(*names)] for names in asked},
            "lines": [line.to_dict() for line in self.lines],
            "unattributed_orders": self.unattributed,
            "orders_set_aside": self.set_aside,
            "warnings": list(self.warnings),
        }

    def _group(self, names: tuple[str, ...], lines: tuple[Line, ...], whole: Whole) -> Group:
        costs = sum((line.costs for line in lines), Costs())
        tracked = Tracked.summed([line.tracked for line in lines])
        rows = [(line.costs.total, line.delivered, bool(line.partner.key)) for line in lines]
        return Group(
            names=names,
            lines=sum(bool(line.partner.key) for line in lines),
            costs=costs,
            tracked=tracked,
            delivered=together([line.delivered for line in lines]),
            metrics=metrics_of(rows, tracked),
            roi=_bounded(roi_of(costs.total, _by_tier(lines), whole), sum(line.planned for line in lines)),
            modelled=modelled(rows),
        )

    def _whole(self) -> Whole:
        return Whole(_by_tier(self.lines), self.beside, self.as_of)


def _bounded(roi: Roi, planned: int) -> Roi:
    """A return that rests on planned fees: the figures stand, but whether it pays depends on what will be agreed."""
    if not planned:
        return roi
    needs = "an agreed fee: that of 1 collaboration is a planned one"
    if planned > 1:
        needs = f"agreed fees: those of {planned:,} collaborations are planned ones"
    return replace(roi, verdict="cannot tell yet", needs=needs)


def _by_tier(lines: tuple[Line, ...]) -> ByTier:
    """What was tracked per tier; None is what is a campaign's own."""
    found: defaultdict[str | None, list[Tracked]] = defaultdict(list)
    for line in lines:
        found[line.partner.tier if line.partner.key else None].append(line.tracked)
    return {tier: Tier(Tracked.summed(parts), len(parts)) for tier, parts in found.items()}
