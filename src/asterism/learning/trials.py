"""Trials: what ways to spend waves of budget bring in a market whose truth is known, with results that come late."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.learning.waves import Belief, State, choose

Floats = NDArray[np.float64]
Policy = Callable[[State, float, np.random.Generator], list[int]]


@dataclass(frozen=True, slots=True)
class Trial:
    """A market for waves.

    Parameters
    ----------
    state
        What is believed before the first wave; its arms are untried.
    truth
        Orders per dollar of each arm, (n_arms,).
    budgets
        The budget of each wave.
    delay
        Parts of a booking's orders that come in its own wave, the next, and so on; they add up to 1.
    """

    state: State
    truth: Floats
    budgets: tuple[float, ...]
    delay: tuple[float, ...] = (0.5, 0.3, 0.2)


def thompson(state: State, budget: float, rng: np.random.Generator) -> list[int]:
    """The product's own way."""
    return [*choose(state, Belief.of(state), budget, rng)]


def greedy(state: State, budget: float, rng: np.random.Generator) -> list[int]:
    """Whoever is expected to bring most per dollar by the same beliefs; ties fall at random."""
    return _best_first(state, Belief.of(state).mean() * (1 + 1e-9 * rng.random(len(state.arms))), budget)


def equal_split(state: State, budget: float, rng: np.random.Generator) -> list[int]:
    """The same money for every tier, whom of it at random."""
    tiers, cost = np.array([arm.tier for arm in state.arms]), np.array([arm.cost for arm in state.arms])
    free = np.array([arm.recent < state.rules.cap for arm in state.arms])
    taken: list[int] = []
    for tier in state.levels:
        left = budget / len(state.levels)
        for i in rng.permutation(np.flatnonzero((tiers == tier) & free)).tolist():
            if cost[i] <= left:
                taken.append(i)
                left -= cost[i]
    return taken


POLICIES: Final[Mapping[str, Policy]] = {"thompson": thompson, "greedy": greedy, "equal split": equal_split}


def simulate_waves(trial: Trial, policy: Policy, rng: np.random.Generator) -> Floats:
    """The regret of each wave in expected orders, (n_waves,): what the best bookings would have brought, less these.

    The best are found by the truth, one at a time per dollar, under the same budgets and the same cap.
    """
    mine, best = _Course(trial, rng), _Course(trial, rng)
    regret = []
    for budget in trial.budgets:
        known = _best_first(best.state, trial.truth, budget)
        chosen = policy(mine.state, budget, rng)
        regret.append(best.book(known) - mine.book(chosen))
    return np.array(regret)


def _best_first(state: State, worth: Floats, budget: float) -> list[int]:
    taken, left = list[int](), budget
    for i in np.argsort(-worth, kind="stable").tolist():
        arm = state.arms[i]
        if arm.recent < state.rules.cap and arm.cost <= left:
            taken.append(i)
            left -= arm.cost
    return taken


class _Course:
    """A run of waves: who was booked when, and what of their orders has come."""

    def __init__(self, trial: Trial, rng: np.random.Generator) -> None:
        self.trial, self.rng, self.state = trial, rng, trial.state
        self.booked: list[NDArray[np.bool_]] = []
        self.came = np.zeros(len(trial.state.arms))

    def book(self, chosen: list[int]) -> float:
        """The expected orders of a wave; the state moves on to the next."""
        cost, n = np.array([arm.cost for arm in self.state.arms]), len(self.state.arms)
        self.booked.append(np.isin(np.arange(n), chosen))
        shares = np.stack([self.booked[-1 - age] * share for age, share in self._ages()]).sum(axis=0)
        self.came += self.rng.poisson(shares * cost * self.trial.truth)
        due = np.stack([b * min(1.0, sum(self.trial.delay[: age + 1])) for age, b in enumerate(self.booked[::-1])])
        recent = np.sum(self.booked[-self.state.rules.memory :], axis=0)
        spent = np.sum(self.booked, axis=0) * cost
        seen = zip(self.state.arms, due.sum(axis=0) * cost, self.came, spent, recent, strict=True)
        arms = tuple(
            replace(a, matured=float(m), orders=float(o), spent=float(s), recent=int(r)) for a, m, o, s, r in seen
        )
        self.state = replace(self.state, arms=arms, done=len(self.booked))
        return float((cost * self.trial.truth)[chosen].sum())

    def _ages(self) -> list[tuple[int, float]]:
        return [(age, share) for age, share in enumerate(self.trial.delay) if age < len(self.booked)]
