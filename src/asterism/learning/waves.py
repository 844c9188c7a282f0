"""Waves: the next round of a test that grows, by Thompson sampling over tiers and creators with results that come late.

Creator c of tier t brings orders at rate θ_c per dollar: θ_c ~ Gamma with mean μ_t and shape a, orders ~ Poisson(θ_c ·
matured dollars), log μ_t ~ N. What is spent is matured by and by: orders of an order's usual delay have not come yet,
and only the matured part of a spend counts against a creator. Each pick of a wave draws the rates anew from what is
believed and takes the best that can be paid; so what is unsure is tried as often as it may be the best. What a wave
teaches is worth the waves still to come: draws move towards what is expected as they run out, and the last wave takes
the best as known. Thompson 1933, doi:10.1093/biomet/25.3-4.285; Chapelle & Li 2011 for results that come in batches.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from asterism.errors import BadInput
from asterism.quantities import Interval, figure

Floats = NDArray[np.float64]

GRID: Final = np.linspace(-3.0, 3.0, 61)
"""Levels of a tier tried, in log-sds of its prior."""
CHANCES: Final = 400
"""Draws from which each creator's chance of being among the best is read."""
LARGEST: Final = 0.3
"""Part of a wave that one booking may cost where it is there only for exploration."""
FEW: Final = 10
"""Orders below which little is known of a creator."""
OWED: Final = 0.3
"""Part of a wave from which nothing more is booked only for exploration, each tier alike: past spends are large."""


@dataclass(frozen=True, slots=True)
class Arm:
    """One creator that may be booked: its tier, the full cost of one booking, and what of it was seen so far.

    Parameters
    ----------
    matured
        Dollars spent on it whose orders have come, in full or in part: each spend times the part of its orders that is
        due by now.
    orders
        Orders counted.
    spent
        All dollars spent on it, matured or not.
    recent
        Waves of the last `Rules.memory` in which it was booked.
    """

    creator_id: str
    tier: str
    cost: float
    matured: float = 0.0
    orders: float = 0.0
    spent: float = 0.0
    recent: int = 0

    def __post_init__(self) -> None:
        if self.cost <= 0:
            raise BadInput(f"A booking of {self.creator_id} costs nothing.", "Give its full cost, product included.")


@dataclass(frozen=True, slots=True)
class Level:
    """What is believed of a tier before any result: median orders per dollar and the log-sd of that median."""

    orders_per_dollar: float
    log_sd: float = 0.7


@dataclass(frozen=True, slots=True)
class Rules:
    """How a wave is made.

    Parameters
    ----------
    explore
        Least part of all money spent that each tier gets, where a booking there is not too dear for one wave; what it
        is behind by is made up over several waves (`OWED`).
    cap, memory
        Waves of the last `memory` in which one creator may appear: its followers tire.
    between_log_sd
        Spread of creators of one tier in orders per dollar, fees included.
    waves
        How many there will be in all.
    """

    explore: float = 0.03
    cap: int = 2
    memory: int = 3
    between_log_sd: float = 0.9
    waves: int = 6

    @property
    def shape(self) -> float:
        """Shape of the gamma law with that spread."""
        return float(1.0 / np.expm1(self.between_log_sd**2))


@dataclass(frozen=True, slots=True)
class State:
    """Everything known before a wave: the creators, what each tier was believed to bring, how many waves are done.

    Money is in `currency`, where others speak of dollars.
    """

    arms: tuple[Arm, ...]
    levels: Mapping[str, Level]
    rules: Rules = Rules()
    done: int = 0
    currency: str = "USD"

    def __post_init__(self) -> None:
        lacking = sorted({arm.tier for arm in self.arms} - set(self.levels))
        if lacking:
            raise BadInput(f"Nothing is believed of the tier {lacking[0]}.", "Give its orders per dollar.")

    def told_in(self, currency: str, per_dollar: float) -> "State":
        """The same in another currency, of which a dollar buys so much."""
        arms = (
            replace(a, cost=round(a.cost * per_dollar, 2), matured=a.matured * per_dollar, spent=a.spent * per_dollar)
            for a in self.arms
        )
        levels = {t: Level(level.orders_per_dollar / per_dollar, level.log_sd) for t, level in self.levels.items()}
        return replace(self, arms=tuple(arms), levels=levels, currency=currency)

    @property
    def boldness(self) -> float:
        """How far draws stand from what is expected, 1 to 0: the part of the waves that this one can still teach."""
        return max(self.rules.waves - self.done - 1, 0) / self.rules.waves


@dataclass(frozen=True, slots=True)
class Allocation:
    """One booking of a wave: for whom, for how much, what it should bring, and why; `chance` that it is in the best."""

    creator_id: str
    tier: str
    cost: float
    orders: Interval
    chance: float
    reason: str


@dataclass(frozen=True, slots=True)
class Wave:
    """The bookings of one wave, its budget, and what each tier gets of it."""

    allocations: tuple[Allocation, ...]
    budget: float
    tiers: Mapping[str, float]
    currency: str = "USD"

    @property
    def spent(self) -> float:
        """Cost of all bookings."""
        return sum(a.cost for a in self.allocations)

    def to_dict(self) -> dict[str, Any]:
        """The wave as plain values."""
        rows = [{**asdict(a), "orders": a.orders.to_dict()} for a in self.allocations]
        told = {"currency": self.currency, "budget": self.budget, "spent": self.spent, "tiers": dict(self.tiers)}
        return {**told, "allocations": rows}


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed of every arm, as arrays: per tier a grid of levels with their chances, per arm its counts."""

    tier: NDArray[np.int64]
    levels: Floats
    chances: Floats
    shape: float
    matured: Floats
    orders: Floats

    @classmethod
    def of(cls, state: State) -> "Belief":
        """The tiers' levels after the orders of all their creators, θ_c integrated out (negative binomial)."""
        names = list(state.levels)
        tier = np.array([names.index(arm.tier) for arm in state.arms], dtype=np.int64)
        matured, orders = (np.array([getattr(arm, n) for arm in state.arms]) for n in ("matured", "orders"))
        prior = [state.levels[name] for name in names]
        levels = np.array([np.log(level.orders_per_dollar) + level.log_sd * GRID for level in prior])
        a = state.rules.shape
        mean = np.exp(levels)[tier] * matured[:, None]
        told = (
            gammaln(a + orders)[:, None]
            + orders[:, None] * np.log(mean + 1e-300)
            - (a + orders)[:, None] * np.log(a + mean)
        )
        told = np.where((matured > 0)[:, None], told, 0.0)
        log = np.tile(-0.5 * GRID**2, (len(names), 1))
        np.add.at(log, tier, told)
        chances = np.exp(log - log.max(axis=1, keepdims=True))
        return cls(tier, levels, chances / chances.sum(axis=1, keepdims=True), a, matured, orders)

    def draw(self, rng: np.random.Generator, n: int) -> Floats:
        """Draws of orders per dollar of every arm, (n, n_arms)."""
        upto = np.cumsum(self.chances, axis=1)
        at = np.stack([np.searchsorted(row, rng.random(n) * row[-1]) for row in upto], axis=1)
        width = self.levels[:, 1] - self.levels[:, 0]
        level = self.levels[np.arange(upto.shape[0]), np.minimum(at, GRID.size - 1)] + width * (
            rng.random((n, width.size)) - 0.5
        )
        shape = self.shape / np.exp(level[:, self.tier])
        return np.asarray(rng.gamma(self.shape + self.orders, 1.0, (n, self.tier.size)) / (shape + self.matured))

    def tempered(self, rng: np.random.Generator, n: int, boldness: float) -> Floats:
        """Draws moved towards what is expected: not at all at boldness 1, altogether at 0."""
        mean = self.mean()
        return np.asarray(mean * (self.draw(rng, n) / mean) ** boldness)

    def mean(self) -> Floats:
        """Expected orders per dollar of every arm, (n_arms,)."""
        each = (self.shape + self.orders)[:, None] / (
            self.shape / np.exp(self.levels)[self.tier] + self.matured[:, None]
        )
        return np.asarray((each * self.chances[self.tier]).sum(axis=1))


def next_wave(state: State, budget: float, rng: np.random.Generator) -> Wave:
    """The bookings of the next wave within a budget.

    Raises
    ------
    BadInput
        Nobody can be booked for it.
    """
    belief = Belief.of(state)
    chosen = choose(state, belief, budget, rng) if state.arms else {}
    if not chosen:
        raise BadInput(*_nobody(state, budget))
    drawn = belief.draw(rng, CHANCES)
    best = _chance_best(drawn, len(chosen))
    money = state.currency
    allocations = tuple(
        _allocation(state.arms[i], drawn[:, i], float(best[i]), (why, money)) for i, why in chosen.items()
    )
    tiers = {t: sum(a.cost for a in allocations if a.tier == t) for t in state.levels}
    return Wave(allocations, budget, tiers, money)


def _nobody(state: State, budget: float) -> tuple[str, str]:
    """Why nobody can be booked, and what to change."""
    rested = [arm.cost for arm in state.arms if arm.recent < state.rules.cap]
    if not state.arms:
        return "There is nobody to book.", "Bring creators first."
    often = f"{state.rules.cap} of the last {state.rules.memory} waves"
    if not rested:
        what = f"Nobody can be booked: all were in {often}, the most while followers tire."
        return what, "Bring creators who were not, or book these again after a wave without them."
    who = f" of those not in {often}" if len(rested) < len(state.arms) else ""
    most, least = (f"{figure(money)} {state.currency}" for money in (budget, min(rested)))
    return f"Nobody can be booked for {most}.", f"The least{who} costs {least}: raise the budget."


def choose(state: State, belief: Belief, budget: float, rng: np.random.Generator) -> dict[int, str]:
    """Whom to book, in the order chosen, each with why: first what every tier is owed, then the best of fresh draws."""
    cost = np.array([arm.cost for arm in state.arms])
    free = np.array([arm.recent < state.rules.cap for arm in state.arms])
    drawn = belief.tempered(rng, len(state.arms) + 1, state.boldness)
    taken, left = dict[int, str](), budget
    spent = np.array([arm.spent for arm in state.arms])
    for tier, name in enumerate(state.levels):
        may = free & (belief.tier == tier) & (cost <= min(LARGEST * budget, left))
        behind = state.rules.explore * (spent.sum() + budget) - spent[belief.tier == tier].sum()
        owed = min(behind, OWED * budget / len(state.levels))
        while owed > 0 and may.any():
            i = int(np.argmax(np.where(may, drawn[len(taken)], -np.inf)))
            taken[i], free[i], may[i] = f"every tier is tried: {name}", False, False
            owed, left = owed - cost[i], left - cost[i]
            may &= cost <= left
    while (may := free & (cost <= left)).any():
        i = int(np.argmax(np.where(may, drawn[len(taken)], -np.inf)))
        taken[i], free[i], left = "", False, left - cost[i]
    return taken


def _chance_best(drawn: Floats, n: int) -> Floats:
    """How often each arm is among the `n` that bring most per dollar."""
    order = np.argsort(np.argsort(-drawn, axis=1), axis=1)
    return np.asarray((order < n).mean(axis=0))


def _allocation(arm: Arm, rates: Floats, chance: float, told: tuple[str, str]) -> Allocation:
    why, money = told
    orders = Interval.of_draws(rates * arm.cost)
    seen = f"{figure(arm.orders)} orders for {figure(arm.matured)} {money} so far" if arm.matured else "not tried yet"
    unsure = "may be among the best" + (", and little is known yet" if arm.orders < FEW else "")
    why = why or ("among the best so far" if chance >= 0.5 else unsure)
    reason = f"{why}; {seen}; expected {figure(orders.mean)} orders ({figure(orders.low)}–{figure(orders.high)})"
    return Allocation(arm.creator_id, arm.tier, arm.cost, orders, chance, reason)
