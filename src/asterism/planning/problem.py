"""`Problem`: samples, offers, objective and limits together, and what many searches over them can share."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience.samples import Samples
from asterism.audience.transpose import ByCreator
from asterism.planning import _kernels
from asterism.planning.constraints import Constraints, allowed
from asterism.planning.objective import Objective
from asterism.planning.offers import Offers

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

SWAP_WORK: Final = 20_000_000
PROOF_WORK: Final = 20_000_000
BRANCH_WORK: Final = 20_000_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """What does not depend on the limits: the first pulls, worked out once for all searches.

    Parameters
    ----------
    links
        Creators → people.
    worth
        Wanted people each sampled person stands for, (n_people,).
    pull
        Wanted people behind each creator's links, Σ worth × chance, (n_creators,).
    first
        First offer of each creator, and the number of offers at the end, (n_creators + 1,).
    profile
        What an offer does to a person it can reach, (n_offers, depth).
    """

    links: _kernels.Links
    worth: Floats
    pull: Floats
    first: Rows
    profile: Floats

    def sure(self, may: NDArray[np.bool_]) -> bool:
        """Whether every link and every offer of `may` (n_offers,) always works, so that people are simply covered."""
        return bool((self.profile[may, -1] >= 1.0).all()) and bool((self.links.chance >= 1.0).all())


@dataclass(frozen=True, slots=True)
class Problem:
    """Whom to choose: a question that `search.plan_set` answers and `bound.upper` judges.

    Parameters
    ----------
    samples, by_creator
        The audience, and the same links by creator.
    offers, objective, constraints
        What can be bought, what counts, what is allowed.
    offered
        Restricts the search to these offers, (n_offers,); None for all.
    prepared
        Work that problems on the same samples, offers and objective share; see `ready`.
    swap_work
        Link visits the search may spend after greedy, on starts from strong creators and then on large
        neighbourhoods: small problems are improved to the end, large ones less, and 0 leaves all as greedy found it.
    proof_work
        Link visits the bound may spend on the concave relaxation; 0 leaves the bound to marginal gains.
    branch_work
        Link visits branch and bound may spend where there is no `clock`; 0 leaves the plan to the search.
    clock
        Gives the seconds left for branch and bound, which then ends with them and not with its work.
    """

    samples: Samples
    by_creator: ByCreator
    offers: Offers
    objective: Objective
    constraints: Constraints
    offered: NDArray[np.bool_] | None = None
    prepared: Prepared | None = None
    swap_work: int = SWAP_WORK
    proof_work: int = PROOF_WORK
    branch_work: int = BRANCH_WORK
    clock: Callable[[], float] | None = None

    def ready(self) -> "Problem":
        """The same problem with `prepared` filled in: O(links), once for any number of limits and restrictions."""
        return self if self.prepared is not None else replace(self, prepared=self.basis)

    @property
    def basis(self) -> Prepared:
        """What does not depend on the limits, worked out now where the problem is not `ready`."""
        return self.prepared or _prepared(self)

    def under(self, constraints: Constraints, offered: NDArray[np.bool_] | None = None) -> "Problem":
        """The same question under other limits, sharing what is prepared."""
        return replace(self, constraints=constraints, offered=offered)

    @property
    def may(self) -> NDArray[np.bool_]:
        """Which offers may be bought under the limits, (n_offers,)."""
        may = allowed(self.constraints, self.offers) & (self.offers.cost <= self.constraints.budget_cents)
        return may if self.offered is None else may & self.offered


def _prepared(problem: Problem) -> Prepared:
    samples, offers, csc = problem.samples, problem.offers, problem.by_creator
    links = _kernels.Links(csc.start, csc.person, csc.chance)
    worth = samples.weight * samples.worth
    pull = _kernels.pulls(links, worth.reshape(-1, 1))[:, 0]
    first = np.searchsorted(offers.creator, np.arange(samples.n_creators + 1)).astype(np.int64)
    profile = np.ascontiguousarray(problem.objective.profile(offers))
    return Prepared(links, worth, pull, first, profile)
