"""Cuts and shares moved towards each other by primal-dual steps, where chances lie between 0 and 1."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.planning import _kernels
from asterism.planning.cuts import STRENGTHS, Active, price_of, touch_of
from asterism.planning.lagrangian import Modular

Floats = NDArray[np.float64]

LOOK: Final = 10
"""Iterations between two looks at the bound over the active offers."""


def step_together(active: Active, steps: int) -> None:
    """Move prices of people and shares of offers towards each other; leave the best prices in the state.

    Chambolle and Pock 2011, with the diagonal steps of 2011b.

    References
    ----------
    doi:10.1007/s10851-010-0251-1; doi:10.1109/ICCV.2011.6126441.
    """
    state, cuts, found = active.state, active.state.cuts, active.found
    n, rows = cuts.worth.size, active.limits.rows
    step = 1.0 / np.maximum(np.bincount(found.person, minlength=n), 1e-9)
    shares, prices = state.shares[rows].copy(), np.zeros(active.shelf.room.size)
    pace = _pace(active)
    cover, bent = np.zeros(n), np.zeros(n)
    mean, best, count = np.zeros(n), (np.inf, cuts.price.copy()), 0
    for at in range(1, steps + 1):
        before = shares.copy()
        _kernels.settled(active.shelf, before + pace * active.gain(cuts), pace, prices, shares)
        _kernels.covered(found, cuts.touch, 2.0 * shares - before, cover, bent)
        _kernels.repriced(cuts, cover, bent, step, STRENGTHS)
        mean += cuts.price
        count += 1
        if at % LOOK == 0 or at == steps:
            for price in (mean / count, cuts.price):
                best = min(best, (_bound(active, price), price.copy()), key=lambda found: found[0])
            if count >= 3 * LOOK:
                mean[:], count = 0.0, 0
    cuts.touch[:] = touch_of(best[1])
    cuts.price[:] = price_of(cuts.touch)
    active.keep(shares)


def _pace(active: Active) -> Floats:
    """How far a share moves per unit of its gain: one over the most its creator's offers could ever gain."""
    cuts = active.state.cuts
    nobody_else = cuts._replace(price=np.ones(cuts.worth.size), touch=np.zeros(cuts.worth.size))
    most = _kernels.priced(active.found, nobody_else)
    first = active.shelf.first
    largest = np.repeat(np.maximum.reduceat(most, first[:-1]), np.diff(first))
    return 1.0 / np.maximum(active.state.problem.objective.per_result * largest, 1e-9)


def _bound(active: Active, price: Floats) -> float:
    """What the cuts nearest to these prices prove over the active offers."""
    touch = touch_of(price)
    cuts = active.state.cuts._replace(price=price_of(touch), touch=touch)
    gain = np.zeros(active.state.rate.size)
    gain[active.limits.rows] = active.gain(cuts)
    base = active.state.problem.objective.per_result * float(((1.0 - cuts.price) * cuts.worth).sum())
    return active.limits.least_dual(Modular(base, gain)).upper
