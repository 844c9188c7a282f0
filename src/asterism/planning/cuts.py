"""Everybody's cut, everybody's share: what a relaxation improves, and what its cuts prove."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.planning import _kernels
from asterism.planning.lagrangian import Limits, Modular, Priced
from asterism.planning.problem import Prepared, Problem

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

ONCE: Final = 1.1
"""Strength at which a person covered once is priced at first."""
TRACE: Final = 1e-6
"""A smaller share is none."""


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
class State:
    """Everybody's cut and every offer's share, improved in place from round to round."""

    problem: Problem
    prepared: Prepared
    limits: Limits
    rate: Floats
    kind: int
    cuts: _kernels.Cuts
    shares: Floats

    @classmethod
    def of(cls, problem: Problem, chosen: Rows, start: Relaxed | None) -> "State":
        """Where `start` ended if it fits the problem, else the cuts and shares of the chosen offers."""
        ready = problem.basis
        depth = problem.objective.depth
        rate = ready.profile @ (np.arange(1, depth + 1) / depth)
        shares = np.zeros(rate.size)
        shares[chosen] = 1.0
        kind = _kind(problem, ready)
        known = start is not None and start.price.size == ready.worth.size and start.shares.size == rate.size
        if start is not None and known:
            price, touch, shares = start.price.copy(), np.zeros(start.price.size), start.shares * problem.may
            if kind == _kernels.MIXED:
                touch = touch_of(price)
                price = price_of(touch)
        else:
            price, touch = _first_cuts(problem, ready, rate, chosen)
        return cls(problem, ready, Limits.of(problem), rate, kind, _kernels.Cuts(ready.worth, price, touch), shares)

    @property
    def links(self) -> int:
        """Links of all creators."""
        return int(self.prepared.links.person.size)

    def judged(self) -> Relaxed:
        """The bound of the present cuts over all offers."""
        objective = self.problem.objective
        people = _kernels.promised(self.prepared.links, self.prepared.first, self.rate, self.cuts, self.kind)
        base = float(((1.0 - self.cuts.price) * self.cuts.worth).sum())
        gain = objective.per_result * people - objective.per_cent * self.problem.offers.cost
        modular = Modular(objective.per_result * base, gain)
        return Relaxed(modular, self.limits.least_dual(modular), self.shares.copy(), self.cuts.price.copy())


def _kind(problem: Problem, ready: Prepared) -> int:
    if problem.objective.depth > 1:
        return _kernels.LINEAR
    return _kernels.SURE if ready.sure(problem.may) else _kernels.MIXED


def touch_of(price: Floats) -> Floats:
    """The strength at which a cut of this price touches, (n_people,)."""
    return np.interp(np.sqrt(np.clip(1.0 - price, 0.0, 1.0)), STEPS, STRENGTHS)


def price_of(touch: Floats) -> Floats:
    """(1 + v) e^−v, the price of a cut that touches at strength v, (n_people,)."""
    return np.asarray((1.0 + touch) * np.exp(-touch))


def _first_cuts(problem: Problem, ready: Prepared, rate: Floats, chosen: Rows) -> tuple[Floats, Floats]:
    """Everybody's price and touching point at first: at the strength the chosen offers have together."""
    found = _kernels.contacts(ready.links, problem.offers.creator[chosen], rate[chosen], _kernels.MIXED)
    capped = np.minimum(found.strength, ONCE).astype(np.float64)
    touch = np.bincount(found.person, capped, ready.worth.size).astype(np.float64)
    return price_of(touch), touch


@dataclass(frozen=True, slots=True)
class Active:
    """The offers that come near to paying for what they use, laid out for the steps."""

    state: State
    limits: Limits
    shelf: _kernels.Shelf
    found: _kernels.Contacts

    @classmethod
    def of(cls, state: State, judged: Relaxed, kept: float) -> "Active":
        """Those whose gain by the cuts judged pays for a part `kept` of what they use."""
        limits = Limits.of(state.problem, near(state, judged, kept))
        shelf = limits.shelf
        if limits.places < shelf.first.size - 1:
            use = np.vstack([shelf.use, np.ones(limits.rows.size)])
            shelf = shelf._replace(use=use, room=np.append(shelf.room, float(limits.places)))
        creators = state.problem.offers.creator[limits.rows]
        found = _kernels.contacts(state.prepared.links, creators, state.rate[limits.rows], state.kind)
        return cls(state, limits, shelf, found)

    @property
    def cost(self) -> Rows:
        """Cents, (n_active,)."""
        return np.asarray(self.state.problem.offers.cost[self.limits.rows])

    def gain(self, cuts: _kernels.Cuts) -> Floats:
        """What each active offer gains by these cuts, net of cost, (n_active,)."""
        objective = self.state.problem.objective
        return np.asarray(objective.per_result * _kernels.priced(self.found, cuts) - objective.per_cent * self.cost)

    def keep(self, shares: Floats) -> None:
        """Leave the shares of the active offers in the state; no other offer has one."""
        self.state.shares[:] = 0.0
        self.state.shares[self.limits.rows] = np.where(shares > TRACE, shares, 0.0)


def near(state: State, judged: Relaxed, kept: float) -> NDArray[np.bool_]:
    """Offers whose gain pays for a part `kept` of what they use of the limits, those with a share, those asked for."""
    limits = state.limits
    gain, shelf = judged.modular.gain[limits.rows], limits.shelf
    charge = judged.priced.prices @ shelf.use
    tops = np.sort(np.maximum.reduceat(gain - charge, shelf.first[:-1]))[::-1]
    place = max(float(tops[limits.places - 1]), 0.0) if 0 < limits.places <= tops.size else 0.0
    paying = np.zeros(state.rate.size, dtype=bool)
    paying[limits.rows] = gain >= kept * (charge + place)
    forced = np.isin(state.problem.offers.creator, state.problem.constraints.include)
    return np.asarray(paying | (state.shares > TRACE) | forced)
