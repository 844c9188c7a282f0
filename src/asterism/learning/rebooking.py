"""Rebooking: whom to keep, whom to test again, with whom to end it, each with its reasons.

Few creators bring ten orders, so nobody is judged on their own alone: orders are counted against those that would pay
for the cost, and pooled over creators, sizes and campaigns (`pooling`). Money decides, and conduct stands beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import ceil, exp
from typing import Any, Final

import numpy as np
from scipy.special import ndtr, ndtri

from asterism.campaigns.relationships import Relationship, Tally
from asterism.errors import BadInput
from asterism.learning.evidence import Work
from asterism.learning.measures import RESPONSE_LOG_SD
from asterism.learning.pooling import Pooled, Rows, pool_counts
from asterism.priors.curves import Z
from asterism.quantities import Interval, figure

SURE: Final = 0.8
"""Chance from which a creator is held to pay, and one minus it below which not to."""
BETWEEN_LOG_SD: Final = 0.6
"""Usual log-sd between creators of what they bring per dollar (an assumption)."""
SIZE_LOG_SD: Final = 0.1
"""How much what a dollar brings may change per e-fold of followers (an assumption)."""
LEVEL_LOG_SD: Final = 1.0
FEW: Final = 3
"""Further collaborations beyond which a test is too dear to be called one."""
BREACHES: Final = 2
"""Posts without their disclosure from which nobody is booked again."""
LATE: Final = 0.6
"""Share of deliverables in time below which it is said."""
STRONG: Final = 0.6
"""Strength of a relationship from which who pays is an advocate."""
HALF_A_PERCENT: Final = 0.005
KEEP, AGAIN, END, UNTOLD = "keep", "test again", "end", "cannot tell yet"


@dataclass(frozen=True, slots=True)
class Conduct:
    """What is known of working with a creator besides the money; None is not known."""

    on_time: Tally | None = None
    disclosed: Tally | None = None
    relationship: Relationship | None = None


@dataclass(frozen=True, slots=True)
class Economics:
    """What is left of a dollar of revenue before the creators are paid, 0–1."""

    margin: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.margin <= 1:
            raise BadInput(f"A margin of {self.margin} is no share of revenue.", "Give one above 0 and up to 1.")


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about one creator, and why.

    Parameters
    ----------
    roi
        Return on investment of collaborations with them on average: (margin of orders − cost) / cost, 80% range; a
        single one also has its luck. None if no orders were counted.
    chance
        That they pay on average.
    more
        Further collaborations of the usual size until it can be told; None where none would tell, or none is needed.
    """

    creator_id: str
    verdict: str
    advocate: bool
    roi: Interval | None
    chance: float | None
    campaigns: int
    cost: float
    orders: float
    more: int | None
    reasons: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The advice as plain values."""
        return {**asdict(self), "roi": self.roi and self.roi.to_dict()}


@dataclass(frozen=True, slots=True)
class _Return:
    """One creator's level of log (margin / cost), its doubt, and what one more collaboration would tell of it."""

    level: float
    sd: float
    told: float

    @property
    def chance(self) -> float:
        return float(ndtr(self.level / self.sd))

    @property
    def more(self) -> int | None:
        """Collaborations until the chance lies beyond `SURE` if the level stays where it is."""
        needed = (float(ndtri(SURE)) / self.level) ** 2 - self.sd**-2 if self.level else np.inf
        return None if needed / self.told > 99 else max(ceil(needed / self.told), 1)

    @property
    def roi(self) -> Interval:
        middle = exp(self.level + 0.5 * self.sd**2)
        low, high = (exp(self.level + sign * Z * self.sd) for sign in (-1, 1))
        return Interval(min(max(middle, low), high) - 1, low - 1, high - 1)


def rebook(
    works: Sequence[Work], economics: Economics = Economics(), conduct: Mapping[str, Conduct] | None = None
) -> tuple[Advice, ...]:
    """Advice on every creator with past work, those to keep first, by the chance that they pay."""
    known = conduct or {}
    found = _returns(works, economics)
    mine: dict[str, list[Work]] = {}
    for work in works:
        mine.setdefault(work.who.creator_id, []).append(work)
    advice = [_advice(who, done, found.get(who), known.get(who, Conduct())) for who, done in mine.items()]
    order = (KEEP, AGAIN, UNTOLD, END)
    return tuple(sorted(advice, key=lambda a: (order.index(a.verdict), -(a.chance or 0.0), a.creator_id)))


def _returns(works: Sequence[Work], economics: Economics) -> dict[str, _Return]:
    counted = [w for w in works if w.orders is not None and w.cost]
    value = _order_value(works)
    if not counted or value is None:
        return {}
    needed = np.array([(w.cost or 0.0) / (value * economics.margin) for w in counted])
    pooled = pool_counts(np.array([float(w.orders or 0) for w in counted]), needed, *_rows(counted))
    return _by_creator(counted, pooled, float(np.median(needed)))


def _order_value(works: Sequence[Work]) -> float | None:
    """Revenue per order over all works that tell both."""
    both = [w for w in works if w.orders and w.revenue is not None]
    orders, revenue = sum(w.orders or 0 for w in both), sum(w.revenue or 0 for w in both)
    return revenue / orders if orders and revenue > 0 else None


def _rows(works: Sequence[Work]) -> tuple[Rows, np.ndarray[Any, np.dtype[np.float64]]]:
    n, none = len(works), np.zeros(len(works))
    size = np.log([w.who.followers for w in works])
    creator, campaign = (_numbers(words) for words in ([w.who.creator_id for w in works], [w.campaign for w in works]))
    x = np.column_stack([np.ones(n), size - size.mean()])
    between, scatter = np.full(n, BETWEEN_LOG_SD**2), np.full(n, RESPONSE_LOG_SD**2)
    return Rows(none, x, none, scatter, between, creator, campaign), np.diag([LEVEL_LOG_SD**2, SIZE_LOG_SD**2])


def _numbers(words: Sequence[str]) -> np.ndarray[Any, np.dtype[np.int64]]:
    order = {word: i for i, word in enumerate(dict.fromkeys(words))}
    return np.array([order[word] for word in words], dtype=np.int64)


def _by_creator(works: Sequence[Work], pooled: Pooled, needed: float) -> dict[str, _Return]:
    names = dict.fromkeys(w.who.creator_id for w in works)
    scatter = pooled.scales.scatter * RESPONSE_LOG_SD**2
    season = pooled.scales.campaign
    levels = zip(names, pooled.level.tolist(), pooled.level_sd.tolist(), strict=True)
    return {
        who: _Return(level, sd, 1.0 / (1.0 / max(needed * exp(level), 0.1) + scatter + season))
        for who, level, sd in levels
    }


def _advice(who: str, works: Sequence[Work], found: _Return | None, conduct: Conduct) -> Advice:
    verdict = _verdict(found, conduct)
    advocate = verdict == KEEP and _strong(conduct)
    reasons = (*_of_disclosure(conduct), *_of_money(works, found, verdict), *_of_conduct(conduct, advocate))
    undecided = verdict in (AGAIN, UNTOLD)
    return Advice(
        who, verdict, advocate, None if found is None else found.roi, None if found is None else found.chance,
        len({w.campaign for w in works}),
        sum(w.cost or 0.0 for w in works), sum(w.orders or 0.0 for w in works),
        found.more if found and undecided else None, reasons,
    )  # fmt: skip


def _verdict(found: _Return | None, conduct: Conduct) -> str:
    if conduct.disclosed and conduct.disclosed.of - conduct.disclosed.hits >= BREACHES:
        return END
    if found is None:
        return UNTOLD
    if found.chance >= SURE:
        return KEEP
    if found.chance <= 1 - SURE:
        return END
    return AGAIN if found.more is not None and found.more <= FEW else UNTOLD


def _strong(conduct: Conduct) -> bool:
    tie = conduct.relationship
    return tie is not None and tie.strength.mean >= STRONG and tie.known >= 0.5


def _of_disclosure(conduct: Conduct) -> list[str]:
    told = conduct.disclosed
    if told is None or told.hits == told.of:
        return []
    return [f"{told.of - told.hits} of {told.of} posts went out without the disclosure they need"]


def _of_money(works: Sequence[Work], found: _Return | None, verdict: str) -> list[str]:
    if found is None:
        return ["no orders, or no cost, were counted: run one collaboration with a link or code"]
    campaigns = len({w.campaign for w in works})
    orders, cost = (sum(getattr(w, name) or 0 for w in works) for name in ("orders", "cost"))
    counted = f"{figure(orders)} order{'s' * (orders != 1)} for {figure(cost)} USD"
    said = [f"{counted} in {campaigns} campaign{'s' * (campaigns != 1)}"]
    said.append(
        f"with what similar creators brought, a collaboration returns {_signed(found.roi.mean)} on average "
        f"({_signed(found.roi.low)} to {_signed(found.roi.high)}); the chance that this pays is {_chance(found.chance)}"
    )
    return said + ([_more(found)] if verdict in (AGAIN, UNTOLD) else [])


def _more(found: _Return) -> str:
    if found.more is None:
        return "it lies so near to paying exactly that no test of sensible size will tell"
    return f"about {found.more} more collaboration{'s' * (found.more != 1)} of usual size would tell"


def _of_conduct(conduct: Conduct, advocate: bool) -> list[str]:
    said = []
    due = conduct.on_time
    if due and due.of and due.hits / due.of < LATE:
        said.append(f"{due.hits} of {due.of} deliverables came in time: agree a day and what follows if it passes")
    if advocate and conduct.relationship:
        said.append(f"the relationship is strong ({conduct.relationship.strength.mean:.0%}): an advocate to keep")
    return said


def _signed(share: float) -> str:
    return "0%" if abs(share) < HALF_A_PERCENT else f"{share:+.0%}".replace("-", "−")


def _chance(chance: float) -> str:
    """A chance in per cent; what is not certain is never called so."""
    if chance < HALF_A_PERCENT:
        return "under 1%"
    return "over 99%" if chance > 1 - HALF_A_PERCENT else f"{chance:.0%}"
