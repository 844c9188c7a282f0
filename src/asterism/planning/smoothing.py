"""Cuts and shares found by Newton's method on a smoothed coverage, where a cut is linear in the shares."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.planning import _kernels
from asterism.planning.cuts import Active

Floats = NDArray[np.float64]

ROUNDS: Final = 100
"""Steps towards the best shares of each quadratic model."""
HALVINGS: Final = 8
"""Bisections of how far to go in its direction."""
NEARLY: Final = 0.9
AT_REST: Final = 1e-5
"""It rests where a step is this nearly whole, or promises no more than this part of what is chosen."""
FLOOR: Final = 1e-3
"""Least bend of an offer's gain, as a part of what it could gain from everybody."""


@dataclass(frozen=True, slots=True)
class _Climb:
    """A smoothed coverage: people's price is 1 below 1 − `width` exposures, 0 above 1 + `width`, linear between."""

    active: Active
    sight: _kernels.Sight
    width: float
    cover: NDArray[np.float32]
    least: Floats

    def towards(self, shares: Floats) -> Floats:
        """The shares that are best where gains fall as they do at `shares`."""
        cuts, n = self.active.state.cuts, shares.size
        bend = _kernels.bends(self.sight, cuts.worth, self.cover, self.width, n)
        bend *= self.active.state.problem.objective.per_result
        pace = 1.0 / np.maximum(bend.sum(axis=1) + self.least, 1e-9)
        return np.asarray(_kernels.climbed(self.active.shelf, self.active.gain(cuts), bend, pace, shares, ROUNDS))

    def slope(self, moved: Floats, change: NDArray[np.float32], part: float) -> float:
        """What going on would add after a `part` of the way, where shares and cover would have `moved` at its end."""
        objective, worth = self.active.state.problem.objective, self.active.state.cuts.worth
        people = _kernels.slope(worth, self.cover, change, self.width, part)
        return float(objective.per_result * people - objective.per_cent * (moved @ self.active.cost))

    def part(self, moved: Floats, change: NDArray[np.float32]) -> float:
        """How much of the way pays, 0 to 1."""
        low, high = 0.0, 1.0
        if self.slope(moved, change, 1.0) >= 0.0:
            return 1.0
        for _ in range(HALVINGS):
            middle = 0.5 * (low + high)
            low, high = (middle, high) if self.slope(moved, change, middle) > 0.0 else (low, middle)
        return low


def climb(active: Active, width: float, steps: int) -> bool:
    """Raise a smoothed coverage by Newton steps; leave its prices in the state. Returns whether it has come to rest.

    The linear program's Σ worth × min(1, cover) is rounded off over 1 ± `width`: its slope, the price of being missed,
    falls there from 1 to 0, so that prices follow from shares and lose at most width / 8 per person. A step goes to the
    best shares within the limits of the quadratic model at the present ones, or as far in that direction as pays
    (projected Newton, Bertsekas 1982; smoothing, Nesterov 2005).

    References
    ----------
    doi:10.1137/0320018; doi:10.1007/s10107-004-0552-5.
    """
    state, cuts = active.state, active.state.cuts
    n, unused = cuts.worth.size, np.zeros(0)
    shares = state.shares[active.limits.rows].copy()
    cover, change = np.zeros(n, dtype=np.float32), np.zeros(n, dtype=np.float32)
    _kernels.covered(active.found, unused, shares, cover, unused)
    everybody = state.problem.objective.per_result * _kernels.priced(active.found, cuts._replace(price=np.ones(n)))
    ascent = _Climb(active, _kernels.sighted(active.found, n), width, cover, FLOOR * everybody)
    for _ in range(steps):
        _kernels.softened(cover, width, cuts.price)
        moved = ascent.towards(shares) - shares
        _kernels.covered(active.found, unused, moved, change, unused)
        part = ascent.part(moved, change)
        resting = ascent.slope(moved, change, 0.0) <= AT_REST * float(everybody @ shares)
        shares += part * moved
        cover += np.float32(part) * change
        if resting:
            break
    _kernels.softened(cover, width, cuts.price)
    active.keep(shares)
    return resting or part >= NEARLY
