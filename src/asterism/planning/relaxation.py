"""The concave relaxation of the value: a bound, the prices that prove it, and fractional shares of the offers."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.planning import _kernels
from asterism.planning.cuts import Active, Relaxed, State, near
from asterism.planning.primal_dual import LOOK, step_together
from asterism.planning.problem import Problem
from asterism.planning.smoothing import climb

__all__ = ["Relaxed", "relax"]

Rows = NDArray[np.int64]

ROUNDS: Final = (20, 30, 40, 60, 60, 60, 60)
"""Primal-dual iterations between two looks at every offer."""
KEPT: Final = 0.5
"""An offer is active if its gain pays for this part of what it uses of the limits."""
ENOUGH: Final = 1e-4
"""A round that lowers the bound by a smaller part ends the search."""
PATIENCE: Final = 2
"""Rounds that may pass without that."""
WIDTHS: Final = ((0.4, 0.8), (0.2, 0.8), (0.1, 0.9), (0.05, 0.9), (0.025, 0.95), (0.0125, 0.95), (0.006, 0.95))
"""How far coverage is smoothed, round after round, and the part of its use that an active offer's gain pays for."""
WARM: Final = 2
"""The round from which a search goes on that starts from another's shares."""
CLIMBS: Final = 3
"""Newton steps between two looks at every offer."""
VISITS: Final = 4
"""Visits of each active link that such a step takes, and as many again to lay the links out."""
WIDE: Final = 0.1
REPEATS: Final = 3
"""Rounds of one width, if less than wide, unless its steps rest before and no other offer pays for what it uses."""


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

    v is found together with fractional shares of the offers, over the offers that come near to paying for what they
    use; all others are looked at between rounds. Where cuts are linear in the shares it is Newton's method on a
    smoothed coverage (`smoothing`), else primal-dual steps (`primal_dual`).
    """
    state = State.of(problem, chosen, start)
    if state.kind == _kernels.MIXED:
        return _stepped(state, work)
    return _climbed(state, work, WIDTHS if start is None else WIDTHS[WARM:])


def _stepped(state: State, work: int) -> Relaxed:
    best, done = state.judged(), state.links
    for turn, steps in enumerate(ROUNDS):
        active = Active.of(state, best, KEPT)
        steps = min(steps, int((work - done) // max(2 * active.found.person.size, 1)))
        if steps < LOOK:
            break
        step_together(active, steps)
        done += 2 * steps * active.found.person.size + state.links
        found, before = state.judged(), best.priced.upper
        best = found if found.priced.upper < before else best
        if turn >= PATIENCE and best.priced.upper > before - ENOUGH * abs(before):
            break
    return best


def _climbed(state: State, work: int, widths: tuple[tuple[float, float], ...]) -> Relaxed:
    found, done, idle = state.judged(), state.links, 0
    best = found
    for width, kept in widths:
        before = best.priced.upper
        for _ in range(REPEATS if width < WIDE else 1):
            active = Active.of(state, found, kept)
            steps = min(CLIMBS, int((work - done) // max(VISITS * active.found.person.size, 1)) - 1)
            if steps < 1:
                return best
            resting = climb(active, width, steps)
            done += VISITS * (steps + 1) * active.found.person.size + state.links
            found = state.judged()
            best = found if found.priced.upper < best.priced.upper else best
            if resting and not np.setdiff1d(np.flatnonzero(near(state, found, 1.0)), active.limits.rows).size:
                break
        idle = idle + 1 if width < WIDE and best.priced.upper > before - ENOUGH * abs(before) else 0
        if idle == PATIENCE:
            break
    return best
