"""From what was tracked to what truly was: the survey's multiplier carried to any group of collaborations."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from asterism.measurement.multiplier import Multiplier
from asterism.measurement.roi import Z
from asterism.quantities import Interval


@dataclass(frozen=True, slots=True)
class Uplift:
    """What a tier truly sold per what was tracked of it.

    Parameters
    ----------
    factor
        On margin, with its 80% interval; None where `why` says so.
    tracked, more
        Orders tracked of the tier, and how many more there are believed to be, under the cap.
    """

    factor: Interval | None
    tracked: float = 0.0
    more: float = 0.0
    why: str = ""


def uplifts(multipliers: Iterable[Multiplier]) -> dict[str, Uplift]:
    """The uplift of each tier that a survey speaks of; untracked orders are held to leave the same part as margin."""
    return {each.tier: _uplift(each) for each in multipliers}


def _uplift(found: Multiplier) -> Uplift:
    factor = found.value
    if found.revenue_cents is not None and found.tracked_cents > 0:
        factor = found.revenue_cents.times(1 / found.tracked_cents)
    if factor is None or not found.told:
        return Uplift(None, found.tracked, why=found.says)
    times = factor if found.value is None else found.value
    return Uplift(factor, found.tracked, (times.mean - 1) * found.tracked)


@dataclass(frozen=True, slots=True)
class Part:
    """What one group has of a tier: margin in cents and orders, both as tracked."""

    margin: float
    orders: float


def lifted(parts: Mapping[str, Part], known: Mapping[str, Uplift]) -> Interval | str:
    """The margin in cents that the parts of tiers truly brought (80%), or why that cannot be said.

    Tiers err apart from each other, so their doubts add up in squares. Which collaborations the untracked orders of a
    tier belong to is doubtful too, unless the group is the whole tier: they are shared out as the tracked ones fell
    (Dirichlet-multinomial).
    """
    mean, below, above = 0.0, 0.0, 0.0
    for tier, part in parts.items():
        up = known.get(tier)
        if up is None or up.factor is None:
            return (up and up.why) or f"no survey answers tell of {tier or 'these creators'}"
        if part.orders <= 0:
            return f"no order of {tier or 'these creators'} was tracked to project from"
        spread = (Z * _split(part, up)) ** 2
        mean += part.margin * up.factor.mean
        below += (part.margin * (up.factor.mean - up.factor.low)) ** 2 + spread
        above += (part.margin * (up.factor.high - up.factor.mean)) ** 2 + spread
    return Interval(mean, mean - math.sqrt(below), mean + math.sqrt(above))


def _split(part: Part, up: Uplift) -> float:
    """Standard deviation in cents of the part's untracked margin, from how a tier's untracked orders fall."""
    whole, more = max(up.tracked, part.orders), max(up.more, 0.0)
    share = part.orders / whole
    variance = more * share * (1 - share) * (more + whole) / (1 + whole)
    return abs(part.margin) / part.orders * math.sqrt(variance)
