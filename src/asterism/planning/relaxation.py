"""The concave relaxation of the value, solved from both sides: shares of offers against prices of people."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.planning import _kernels
from asterism.planning.lagrangian import Limits, Modular, Priced
from asterism.planning.problem import Prepared, Problem

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

ROUNDS: Final = (20, 30, 40, 60, 60, 60, 60)
"""Iterations between two looks at every offer."""
LOOK: Final = 10
"""Iterations between two looks at the bound over the active offers."""
KEPT: Final = 0.5
"""An offer is active if its gain pays for this part of what it uses of the limits."""
ENOUGH: Final = 1e-4
"""A round that lowers the bound by a smaller part ends the search."""
PATIENCE: Final = 2
"""Rounds that may pass without that."""
ONCE: Final = 1.1
"""Strength at which a person covered once is priced at first."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The best cut found per person and what it proves.

    Parameters
    ----------
    modular
        A majorant of the value: base + Σ gain.
    priced
        The bound it proves, and the prices of the limits.
    shares
        The relaxation's choice, (n_offers,), 0 to 1.
    price
        What it costs to miss each person, κ, (n_people,), 0 to 1: a start for another search.
    """

    modular: Modular
    priced: Priced
    shares: Floats
    price: Floats


def relax(problem: Problem, chosen: Rows, work: int, start: Relaxed | None = None) -> Relaxed:
    """A proven bound from the concave relaxation, for at most about `work` link visits.

    It starts from `chosen`, or from where a former search left prices and shares.

    Let q_o be the chance that offer o counts for a person and a_o = −log(1 − q_o). For every v ≥ 0, with
    κ = (1 + v) e^−v and ψ(a) = e^−v a where a ≤ v, κ − e^−a where a > v, every set T has

        1 − Π_{o ∈ T} (1 − q_o) ≤ 1 − κ + Σ_{o ∈ T} ψ(a_o),

    because ψ is concave with ψ(0) = 0, hence subadditive, and ψ(a) ≥ κ − e^−a, the tangent at v. At q = 1 it is the
    cut of the linear program of maximum coverage, min(1, Σ x); at small q it is the tangent of 1 − exp(−Σ a x), and it
    is never above either. So one v per person gives a modular majorant of the value, and its Lagrangian a bound. For
    effective reach the cut is 1 − κ + κ Σ E[min(N_o, k)] / k, which is Markov's inequality.

    v is found together with fractional shares of the offers by primal-dual steps (Chambolle and Pock 2011, diagonal
    steps of 2011b) over the offers that come near to paying for what they use; all others are looked at between rounds.

    References
    ----------
    doi:10.1007/s10851-010-0251-1; doi:10.1109/ICCV.2011.6126441.
    """
    state = _State.of(problem, chosen, start)
    best = state.judged()
    done = state.links
    for turn, steps in enumerate(ROUNDS):
        active = _Active.of(state, best)
        steps = min(steps, int((work - done) // max(2 * active.found.person.size, 1)))
        if steps < LOOK:
            break
        active.improve(steps)
        done += 2 * steps * active.found.person.size + state.links
        found, before = state.judged(), best.priced.upper
        best = found if found.priced.upper < before else best
        if turn >= PATIENCE and best.priced.upper > before - ENOUGH * abs(before):
            break
    return best


def _strengths(points: int) -> Floats:
    """v at which (1 + v) e^−v = 1 − t², for `points` evenly spaced t from 0 to 1; the last is cut off at 30."""
    price = 1.0 - np.linspace(0.0, 1.0, points) ** 2
    low, high = np.zeros(points), np.full(points, 30.0)
    for _ in range(60):
        middle = 0.5 * (low + high)
        above = (1 + middle) * np.exp(-middle) > price
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return np.asarray(high)


STEPS: Final = np.linspace(0.0, 1.0, 4097)
STRENGTHS: Final = _strengths(STEPS.size)
"""Where a cut touches, over the root of 1 − its price."""


@dataclass(frozen=True, slots=True)
class _State:
    """Everybody's cut, everybody's share: what the rounds improve."""

    problem: Problem
    prepared: Prepared
    limits: Limits
    rate: Floats
    kind: int
    cuts: _kernels.Cuts
    shares: Floats

    @classmethod
    def of(cls, problem: Problem, chosen: Rows, start: Relaxed | None) -> "_State":
        ready = problem.ready().prepared
        assert ready is not None  # noqa: S101 — `ready` fills it in
        depth = problem.objective.depth
        rate = ready.profile @ (np.arange(1, depth + 1) / depth)
        shares = np.zeros(rate.size)
        shares[chosen] = 1.0
        kind = _kind(problem, ready, rate)
        if start is None or start.price.size != ready.worth.size or start.shares.size != rate.size:
            touch = _touch_of(problem, ready, rate, chosen)
        else:
            touch = np.interp(np.sqrt(np.clip(1.0 - start.price, 0.0, 1.0)), STEPS, STRENGTHS)
            shares = start.shares * problem.may
        cuts = _kernels.Cuts(ready.worth, (1.0 + touch) * np.exp(-touch), touch)
        return cls(problem, ready, Limits.of(problem), rate, kind, cuts, shares)

    @property
    def links(self) -> int:
        return int(self.prepared.links.person.size)

    def judged(self) -> Relaxed:
        """The bound of the present cuts over all offers."""
        objective = self.problem.objective
        people = _kernels.promised(self.prepared.links, self.prepared.first, self.rate, self.cuts, self.kind)
        base = float(((1.0 - self.cuts.price) * self.cuts.worth).sum())
        gain = objective.per_result * people - objective.per_cent * self.problem.offers.cost
        modular = Modular(objective.per_result * base, gain)
        return Relaxed(modular, self.limits.least_dual(modular), self.shares.copy(), self.cuts.price.copy())


def _kind(problem: Problem, ready: Prepared, rate: Floats) -> int:
    if problem.objective.depth > 1:
        return _kernels.LINEAR
    sure = bool((rate[problem.may] >= 1.0).all()) and bool((ready.links.chance >= 1.0).all())
    return _kernels.SURE if sure else _kernels.MIXED


def _touch_of(problem: Problem, ready: Prepared, rate: Floats, chosen: Rows) -> Floats:
    """Where each person's cut touches at first: at the strength the chosen offers have together."""
    found = _kernels.contacts(ready.links, problem.offers.creator[chosen], rate[chosen], _kernels.MIXED)
    capped = np.minimum(found.strength, ONCE).astype(np.float64)
    return np.bincount(found.person, capped, ready.worth.size).astype(np.float64)


@dataclass(frozen=True, slots=True)
class _Active:
    """The offers that come near to paying for what they use, laid out for the steps."""

    state: _State
    limits: Limits
    shelf: _kernels.Shelf
    found: _kernels.Contacts

    @classmethod
    def of(cls, state: _State, best: Relaxed) -> "_Active":
        near = _near(state, best)
        limits = Limits.of(state.problem, near)
        shelf = limits.shelf
        if limits.places < shelf.first.size - 1:
            use = np.vstack([shelf.use, np.ones(limits.rows.size)])
            shelf = shelf._replace(use=use, room=np.append(shelf.room, float(limits.places)))
        creators = state.problem.offers.creator[limits.rows]
        found = _kernels.contacts(state.prepared.links, creators, state.rate[limits.rows], state.kind)
        return cls(state, limits, shelf, found)

    def improve(self, steps: int) -> None:
        """Move prices of people and shares of offers towards each other; leave the best prices in the state."""
        state, cuts = self.state, self.state.cuts
        n, rows = cuts.worth.size, self.limits.rows
        table = STRENGTHS if state.kind == _kernels.MIXED else np.zeros(0)
        weight = self.found.chance if state.kind == _kernels.LINEAR else np.ones(self.found.person.size)
        step = 1.0 / np.maximum(np.bincount(self.found.person, weight, n), 1e-9)
        shares, prices = state.shares[rows].copy(), np.zeros(self.shelf.room.size)
        pace = self._pace()
        cover, bent = np.zeros(n), np.zeros(n)
        mean, best, count = np.zeros(n), (np.inf, cuts.price.copy()), 0
        objective = state.problem.objective
        for at in range(1, steps + 1):
            gain = objective.per_result * _kernels.priced(self.found, cuts) - objective.per_cent * self.cost
            before = shares.copy()
            _kernels.settled(self.shelf, before + pace * gain, pace, prices, shares)
            _kernels.covered(self.found, cuts.touch, 2.0 * shares - before, cover, bent)
            _kernels.repriced(cuts, cover, bent, step, table)
            mean += cuts.price
            count += 1
            if at % LOOK == 0 or at == steps:
                for price in (mean / count, cuts.price):
                    best = min(best, (self._bound(price, table), price.copy()), key=lambda found: found[0])
                if count >= 3 * LOOK:
                    mean[:], count = 0.0, 0
        self._keep(best[1], table, shares)

    @property
    def cost(self) -> Rows:
        """Cents, (n_active,)."""
        return np.asarray(self.state.problem.offers.cost[self.limits.rows])

    @property
    def _n(self) -> int:
        return int(self.state.cuts.worth.size)

    def _pace(self) -> Floats:
        """How far a share moves per unit of gain: one over the most its creator's offers could ever gain."""
        nobody_else = self.state.cuts._replace(price=np.ones(self._n), touch=np.zeros(self._n))
        most = _kernels.priced(self.found, nobody_else)
        first = self.shelf.first
        largest = np.repeat(np.maximum.reduceat(most, first[:-1]), np.diff(first))
        return 1.0 / np.maximum(self.state.problem.objective.per_result * largest, 1e-9)

    def _cuts(self, price: Floats, table: Floats) -> _kernels.Cuts:
        cuts = self.state.cuts
        if not table.size:
            return cuts._replace(price=price)
        touch = np.interp(np.sqrt(np.maximum(1.0 - price, 0.0)), STEPS, table)
        return cuts._replace(price=(1.0 + touch) * np.exp(-touch), touch=touch)

    def _bound(self, price: Floats, table: Floats) -> float:
        objective, cuts = self.state.problem.objective, self._cuts(price, table)
        people = _kernels.priced(self.found, cuts)
        base = objective.per_result * float(((1.0 - cuts.price) * cuts.worth).sum())
        gain = np.zeros(self.state.rate.size)
        gain[self.limits.rows] = objective.per_result * people - objective.per_cent * self.cost
        return self.limits.least_dual(Modular(base, gain)).upper

    def _keep(self, price: Floats, table: Floats, shares: Floats) -> None:
        best = self._cuts(price, table)
        self.state.cuts.price[:] = best.price
        self.state.cuts.touch[:] = best.touch
        self.state.shares[:] = 0.0
        self.state.shares[self.limits.rows] = shares


def _near(state: _State, best: Relaxed) -> NDArray[np.bool_]:
    """Offers that pay for a good part of the limits they use, with those that hold a share or are asked for."""
    limits = state.limits
    gain, shelf = best.modular.gain[limits.rows], limits.shelf
    charge = best.priced.prices @ shelf.use
    tops = np.sort(np.maximum.reduceat(gain - charge, shelf.first[:-1]))[::-1]
    place = max(float(tops[limits.places - 1]), 0.0) if 0 < limits.places <= tops.size else 0.0
    near = np.zeros(state.rate.size, dtype=bool)
    near[limits.rows] = gain >= KEPT * (charge + place)
    forced = np.isin(state.problem.offers.creator, state.problem.constraints.include)
    return np.asarray(near | (state.shares > 0.0) | forced)
