"""What nothing could beat: a proven upper bound on the value of every plan that keeps the limits."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.planning import _kernels
from asterism.planning.constraints import groups
from asterism.planning.plan import Bound
from asterism.planning.problem import Prepared, Problem
from asterism.planning.search import Selection

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

REFERENCES: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Parts of the selection that serve as the set that gains are measured from."""

GOLDEN: Final = (5**0.5 - 1) / 2
STEPS: Final = 32
SWEEPS: Final = 2
ROUNDING: Final = 1e-10
"""Relative slack for the rounding of sums, so that the bound is proven in floating point too."""


def upper(problem: Problem, selection: Selection) -> Bound:
    """The value of `selection` and a proven upper bound on the value of every feasible set.

    Let F be the mean worth of the exposures, worth(n) = min(n, k) / k with k = `frequency` for effective reach and
    k = 1 else. For effective reach F is at least the goal, as worth(n) ≥ 1 where n ≥ k; else it is the goal's people.
    F of *any* set of offers, several of one creator counting as independent, is monotone and submodular, as worth is
    concave and exposures add up. So for every reference set S and feasible T

        F(T) ≤ F(S ∪ T) ≤ F(S) + Σ_{o ∈ T ∖ S} F(o | S),

    and Σ over feasible T is at most its Lagrangian, for every λ ≥ 0 and ν, η ≥ 0 per share limit and K places:

        λ·B + Σ ν·most − Σ η·least + sum of the K largest max_o (F(o | S) − (λ + ν_o − η_o) cost_o)⁺,

    one offer per creator at most; a creator that must be included counts without the ⁺ and before all others. For
    profit F is multiplied by the margin and cost is taken off each offer of T. λ, ν and η are found by golden section;
    any values prove the bound. The best over several S is returned.

    References
    ----------
    Nemhauser, Wolsey and Fisher 1978, eq. (4), doi:10.1007/BF01588971; Leskovec et al. 2007, §3.2.
    """
    bounds = {name: _from(problem, modular) for name, modular in _references(problem.ready(), selection.offers)}
    method, least = min(bounds.items(), key=lambda item: item[1])
    return Bound(selection.value, least, method)


@dataclass(frozen=True, slots=True)
class _Modular:
    """`base` + Σ `gain` over the offers of T is at least the value of every T; `gain` (n_offers,) net of cost."""

    base: float
    gain: Floats


def _references(problem: Problem, chosen: Rows) -> Iterator[tuple[str, _Modular]]:
    """Modular majorants of the goal, from the empty set, prefixes of the selection, and all of it."""
    prepared, objective = problem.prepared, problem.objective
    assert prepared is not None  # noqa: S101 — the caller made it ready
    exactly = np.zeros((prepared.worth.size, objective.depth))
    exactly[:, 0] = 1.0
    done = 0
    for size in sorted({round(part * chosen.size) for part in REFERENCES}):
        for row in chosen[done:size]:
            _kernels.expose_people(exactly, prepared.links, int(problem.offers.creator[row]), prepared.profile[row])
        done = size
        yield (
            f"marginal gains after {size} offers, Lagrangian of the limits",
            _majorant(problem, prepared, exactly, chosen[:size]),
        )


def _majorant(problem: Problem, prepared: Prepared, exactly: Floats, reference: Rows) -> _Modular:
    depth, objective, offers = exactly.shape[1], problem.objective, problem.offers
    left = 1.0 - np.arange(depth) / depth
    base = (1.0 - exactly @ left) @ prepared.worth
    after = np.minimum(np.arange(depth)[:, None] + np.arange(1, depth + 1), depth) / depth
    more = prepared.worth[:, None] * (exactly @ (after - np.arange(depth)[:, None] / depth))
    people = (prepared.profile * _kernels.pulls(prepared.links, more)[offers.creator]).sum(axis=1)
    people[reference] = 0.0
    return _Modular(
        objective.per_result * float(base), objective.per_result * people - objective.per_cent * offers.cost
    )


@dataclass(frozen=True, slots=True)
class _Relaxed:
    """The best Σ gain over feasible sets, relaxed by a price per cent on each limit on money."""

    gain: Floats
    cost: Floats
    first: Rows
    forced: NDArray[np.bool_]
    places: int
    members: NDArray[np.bool_]
    room: Floats

    @property
    def may_be_empty(self) -> bool:
        """Whether buying nothing keeps the limits."""
        return not self.forced.any() and bool((self.room >= 0).all())

    def dual(self, prices: Floats) -> float:
        """The Lagrangian at `prices` (n_limits,) ≥ 0: no feasible set gains more."""
        net = self.gain - (prices @ self.members) * self.cost
        best = np.maximum.reduceat(net, self.first)
        free = np.maximum(best[~self.forced], 0.0)
        places = self.places - int(self.forced.sum())
        if places < free.size:
            free = -np.partition(-free, places)[:places] if places > 0 else free[:0]
        return float(prices @ self.room + best[self.forced].sum() + free.sum())


def _from(problem: Problem, modular: _Modular) -> float:
    """A bound from one majorant; exactly `base` where nothing can be gained by anybody."""
    relaxed = _relaxed(problem, modular.gain)
    if relaxed is None or (relaxed.may_be_empty and not (relaxed.gain > 0).any()):
        return modular.base
    prices = np.zeros(relaxed.room.size)
    found = relaxed.dual(prices)
    for _ in range(1 if prices.size == 1 else SWEEPS):
        for limit in range(prices.size):
            prices[limit], found = _least_along(relaxed, prices, limit, found)
    return modular.base + found + ROUNDING * (abs(modular.base) + abs(found) + float(prices @ np.abs(relaxed.room)))


def _relaxed(problem: Problem, gain: Floats) -> _Relaxed | None:
    """The limits as rows: budget, greatest shares, least shares (negative); None if nothing may be bought."""
    offers, limits = problem.offers, problem.constraints
    rows = np.flatnonzero(problem.may)
    if not rows.size:
        return None
    members, room = [np.ones(rows.size)], [float(limits.budget_cents)]
    for group in groups(limits, offers):
        inside = group.members[rows].astype(float)
        if group.most < limits.budget_cents:
            members, room = [*members, inside], [*room, float(group.most)]
        if group.least > 0:
            members, room = [*members, -inside], [*room, -float(group.least)]
    creators, first = np.unique(offers.creator[rows], return_index=True)
    forced = np.isin(creators, limits.include)
    return _Relaxed(
        gain[rows],
        offers.cost[rows].astype(float),
        first,
        forced,
        limits.max_creators,
        np.array(members),
        np.array(room),
    )


def _least_along(relaxed: _Relaxed, prices: Floats, limit: int, found: float) -> tuple[float, float]:
    """The price of one limit with the least dual, the others fixed, and that dual, by golden section."""

    def at(price: float) -> tuple[float, float]:
        moved = prices.copy()
        moved[limit] = price
        return relaxed.dual(moved), price

    low, high = 0.0, float((np.abs(relaxed.gain) / relaxed.cost).max()) + float(prices.sum())
    best = (found, float(prices[limit]))
    left, right = at(high - GOLDEN * (high - low)), at(low + GOLDEN * (high - low))
    for _ in range(STEPS):
        best = min(best, left, right)
        if left[0] < right[0]:
            high, right = right[1], left
            left = at(high - GOLDEN * (high - low))
        else:
            low, left = left[1], right
            right = at(low + GOLDEN * (high - low))
    return best[1], best[0]
