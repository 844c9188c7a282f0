"""What nothing could beat: a proven upper bound on the value of every plan that keeps the limits."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.planning import _kernels
from asterism.planning.lagrangian import Limits, Modular
from asterism.planning.plan import Bound
from asterism.planning.problem import Prepared, Problem
from asterism.planning.relaxation import relax
from asterism.planning.search import PASSES, Selection

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

REFERENCES: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Parts of the selection that serve as the set that gains are measured from."""
RELAXED: Final = "concave relaxation over people, Lagrangian of the limits"


def upper(problem: Problem, selection: Selection) -> Bound:
    """The value of `selection` and the least proven upper bound on the value of every feasible set.

    Each member of the family is a modular majorant of the value, base + Σ gain, and its `Limits.least_dual`.

    From marginal gains: let F be the mean worth of the exposures, worth(n) = min(n, k) / k with k = `frequency` for
    effective reach and k = 1 else. For effective reach F is at least the goal, as worth(n) ≥ 1 where n ≥ k; else it is
    the goal's people. F of *any* set of offers, several of one creator counting as independent, is monotone and
    submodular, as worth is concave and exposures add up. So for every reference set S and feasible T

        F(T) ≤ F(S ∪ T) ≤ F(S) + Σ_{o ∈ T ∖ S} F(o | S).

    From the concave relaxation, which where people are simply covered has the marginal gains among its prices and makes
    them superfluous: `relaxation.relax`, for `problem.proof_work` link visits. For profit F is multiplied by
    the margin and cost is taken off each offer of T.

    References
    ----------
    Nemhauser, Wolsey and Fisher 1978, eq. (4), doi:10.1007/BF01588971; Leskovec et al. 2007, §3.2.
    """
    ready = problem.ready()
    limits = Limits.of(ready)
    sure, bounds = ready.basis.sure(ready.may), dict[str, float]()
    if ready.proof_work > 0:
        judged_only = sure and selection.guide is not None  # such a guide has come to rest
        work = 0 if judged_only else proof_effort(ready)
        bounds[RELAXED] = relax(ready, selection.offers, work, selection.guide).priced.upper
    if not bounds or not sure:
        bounds |= {name: limits.least_dual(modular).upper for name, modular in _references(ready, selection.offers)}
    method, least = min(bounds.items(), key=lambda item: item[1])
    return Bound(selection.value, least, method)


def proof_effort(problem: Problem) -> int:
    """Link visits after which a relaxation has come to rest: where people are simply covered, so many per link."""
    sure = problem.basis.sure(problem.may)
    return max(problem.proof_work, PASSES * int(problem.by_creator.person.size) if sure else 0)


def _references(problem: Problem, chosen: Rows) -> Iterator[tuple[str, Modular]]:
    """Modular majorants of the goal, from the empty set, prefixes of the selection, and all of it."""
    prepared, objective = problem.basis, problem.objective
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


def _majorant(problem: Problem, prepared: Prepared, exactly: Floats, reference: Rows) -> Modular:
    depth, objective, offers = exactly.shape[1], problem.objective, problem.offers
    left = 1.0 - np.arange(depth) / depth
    base = (1.0 - exactly @ left) @ prepared.worth
    after = np.minimum(np.arange(depth)[:, None] + np.arange(1, depth + 1), depth) / depth
    more = prepared.worth[:, None] * (exactly @ (after - np.arange(depth)[:, None] / depth))
    people = (prepared.profile * _kernels.pulls(prepared.links, more)[offers.creator]).sum(axis=1)
    people[reference] = 0.0
    return Modular(objective.per_result * float(base), objective.per_result * people - objective.per_cent * offers.cost)
