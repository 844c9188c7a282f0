"""The limits as prices: no feasible set gains more than the Lagrangian, whatever the prices."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.planning import _kernels
from asterism.planning.constraints import groups
from asterism.planning.problem import Problem

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

ROUNDING: Final = 1e-10
"""Relative slack for the rounding of sums, so that the bound is proven in floating point too."""


@dataclass(frozen=True, slots=True)
class Modular:
    """`base` + Σ `gain` over the offers of T is at least the value of every T; `gain` (n_offers,) net of cost."""

    base: float
    gain: Floats


@dataclass(frozen=True, slots=True)
class Priced:
    """A proven bound on base + Σ gain over feasible sets, and the prices of the limits that prove it."""

    upper: float
    prices: Floats


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits over the offers that may be bought.

    Parameters
    ----------
    rows
        The offers that may be bought, (n_rows,).
    shelf
        What these use of each limit on money, with −1 for a least share, and what there is; the budget comes first.
    places
        The most creators.
    """

    rows: Rows
    shelf: _kernels.Shelf
    places: int

    @classmethod
    def of(cls, problem: Problem, among: NDArray[np.bool_] | None = None) -> "Limits":
        """Budget, greatest shares and least shares; `among` (n_offers,) leaves the other offers out."""
        offers, limits = problem.offers, problem.constraints
        rows = np.flatnonzero(problem.may if among is None else problem.may & among)
        cost = offers.cost[rows].astype(float)
        use, room = [cost], [float(limits.budget_cents)]
        for group in groups(limits, offers):
            inside = cost * group.members[rows]
            if group.most < limits.budget_cents:
                use, room = [*use, inside], [*room, float(group.most)]
            if group.least > 0:
                use, room = [*use, -inside], [*room, -float(group.least)]
        creators, first = np.unique(offers.creator[rows], return_index=True)
        forced = np.isin(creators, limits.include)
        shelf = _kernels.Shelf(np.append(first, rows.size).astype(np.int64), forced, np.array(use), np.array(room))
        return cls(rows, shelf, limits.max_creators)

    @property
    def may_be_empty(self) -> bool:
        """Whether buying nothing keeps the limits."""
        return not self.shelf.forced.any() and bool((self.shelf.room >= 0).all())

    def least_dual(self, modular: Modular) -> Priced:
        """The least Lagrangian of base + Σ gain that golden section finds along one price after the other.

        With λ ≥ 0 for the budget, ν, η ≥ 0 per share limit and K places it is

            base + λ·B + Σ ν·most − Σ η·least + sum of the K largest max_o (gain_o − (λ + ν_o − η_o) cost_o)⁺,

        one offer per creator at most; a creator that must be included counts without the ⁺ and before all others. Any
        prices prove the bound. Exactly `base` where nothing can be gained by anybody.
        """
        prices = np.zeros(self.shelf.room.size)
        if not self.rows.size:
            return Priced(modular.base, prices)
        gain = modular.gain[self.rows]
        if self.may_be_empty and not (gain > 0).any():
            return Priced(modular.base, prices)
        found = _kernels.least_dual(self.shelf, self.places, gain, prices)
        slack = ROUNDING * (abs(modular.base) + abs(found) + float(prices @ np.abs(self.shelf.room)))
        return Priced(modular.base + found + slack, prices)
