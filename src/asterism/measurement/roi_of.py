"""The three returns of a group of collaborations: tracked, survey-adjusted, causal; never added."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from asterism.measurement.roi import Pace, Roi, counted, judged, needed, ratio
from asterism.measurement.tracked import Tracked
from asterism.measurement.uplift import Part, Uplift, lifted
from asterism.quantities import Interval

NO_COST: Final = "nothing was spent"
OWN_COST: Final = "a cost of the whole campaign has no orders of its own"
NO_ORDERS: Final = "the orders of some collaborations are not known"
NO_MARGIN: Final = "the margin of some orders is not known"
LACKING: Final = {
    NO_ORDERS: "the orders of every collaboration",
    NO_MARGIN: "a margin for orders that do not say theirs, as 40% of revenue",
}
"""What it takes to say anything, by what is not known."""
NO_LIFT: Final = "no lift was measured"


@dataclass(frozen=True, slots=True)
class Tier:
    """What was tracked of a tier, and of how many lines of the ledger."""

    tracked: Tracked
    lines: int


ByTier = Mapping[str | None, Tier]
"""What was tracked per tier; None is what is a campaign's own and of no tier."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the tracked figures and is never added to them, per tier.

    Parameters
    ----------
    uplifts
        What a tier truly sold per what was tracked, by survey (`uplift.uplifts`).
    lifts
        Incremental revenue in cents of the ledger's currency (80%), by lift test; `all` for all tiers together.
    margin_share
        Part of revenue that is margin, for lifts of tiers without tracked orders.
    """

    uplifts: Mapping[str, Uplift] = field(default_factory=dict)
    lifts: Mapping[str, Interval] = field(default_factory=dict)
    margin_share: float | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """The ledger a group is part of: what was tracked per tier, what stands beside, and the day it was read."""

    tiers: ByTier
    beside: Beside
    as_of: date | None = None


def roi_of(cost: int, tiers: ByTier, whole: Whole) -> Roi:
    """The three figures of a group that cost so much and of which so much was tracked per tier."""
    tracked = _together(tiers)
    why: dict[str, str] = {}
    unknown = OWN_COST if set(tiers) == {None} and not tracked.shares else _unknown(cost, tracked)
    if unknown:
        why["tracked"] = unknown
    adjusted = _or_why("survey_adjusted", unknown or _adjusted(tiers, whole.beside), cost, why)
    causal = _or_why("causal", unknown if unknown in (NO_COST, OWN_COST) else _causal(tiers, whole), cost, why)
    plain = None if unknown else ratio(tracked.margin, cost)
    chance = None if unknown else counted(tracked.margin, cost, tracked.orders, tracked.spread)
    found = Roi(plain, chance, adjusted, causal, "cannot tell yet", why=why)
    # A lift test counts buyers that tracking never saw, so it needs no tracked orders to be believed.
    orders = math.inf if causal is not None else tracked.orders
    verdict = judged(found.chance, orders)
    needs = ""
    if verdict == "cannot tell yet":
        needs = LACKING.get(unknown) or needed(found, tracked.spread, _pace(tracked, whole.as_of))
    return replace(found, verdict=verdict, needs=needs)


def _together(tiers: ByTier) -> Tracked:
    return Tracked.summed([each.tracked for each in tiers.values()])


def _unknown(cost: int, tracked: Tracked) -> str:
    if not cost:
        return NO_COST
    if tracked.unstated:
        return NO_ORDERS
    return NO_MARGIN if tracked.without_margin else ""


def _or_why(name: str, found: Interval | str, cost: int, why: dict[str, str]) -> Interval | None:
    """Margin in cents as a return on a cost; a reason goes into `why`."""
    if isinstance(found, str):
        why[name] = found
        return None
    return Interval(*((end - cost) / cost for end in (found.mean, found.low, found.high)))


def _adjusted(tiers: ByTier, beside: Beside) -> Interval | str:
    """What creators brought by survey: who came by the campaign's own link was asked too, and is not added."""
    parts = {tier: Part(t.tracked.margin, t.tracked.orders) for tier, t in tiers.items() if tier is not None}
    if not beside.uplifts:
        return "no survey was asked"
    if not parts:
        return "it holds no collaboration"
    return lifted(parts, beside.uplifts)


def _causal(tiers: ByTier, whole: Whole) -> Interval | str:
    """Incremental margin of whole tiers; doubts of several tests add up in squares."""
    lifts = whole.beside.lifts
    named = [tier for tier in tiers if tier is not None]
    if not lifts:
        return NO_LIFT
    if not named:
        return "it holds no collaboration"
    if any(tiers[tier].lines != whole.tiers[tier].lines for tier in named):
        return "lift was measured per tier, and this is only a part of one"
    if all(tier in lifts for tier in named):
        return _sum([_margin(lifts[tier], whole.tiers[tier].tracked, whole) for tier in named])
    everybody = {tier for tier in whole.tiers if tier is not None} == set(named)
    if everybody and "all" in lifts:
        return _margin(lifts["all"], _together(whole.tiers), whole)
    lacking = next(tier for tier in named if tier not in lifts)
    return f"{NO_LIFT} for {lacking or 'these creators'}"


def _margin(revenue: Interval, tracked: Tracked, whole: Whole) -> Interval | str:
    share = tracked.margin / tracked.kept if tracked.kept and not tracked.without_margin else whole.beside.margin_share
    if share is None:
        return "no margin is known that incremental revenue could be multiplied by"
    ends = sorted((revenue.low * share, revenue.high * share))
    return Interval(revenue.mean * share, *ends)


def _sum(parts: list[Interval | str]) -> Interval | str:
    mean, below, above = 0.0, 0.0, 0.0
    for part in parts:
        if isinstance(part, str):
            return part
        mean, below = mean + part.mean, math.hypot(below, part.mean - part.low)
        above = math.hypot(above, part.high - part.mean)
    return Interval(mean, mean - below, mean + above)


def _pace(tracked: Tracked, as_of: date | None) -> Pace:
    days = (as_of - tracked.first.date()).days if as_of is not None and tracked.first is not None else 0
    return Pace(tracked.orders, days)
