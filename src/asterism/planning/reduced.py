"""A problem cut down to what branch and bound has to tell apart: classes of people, offers, limits as rows."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.planning import _kernels
from asterism.planning._kernels import branch as kernels
from asterism.planning.constraints import groups
from asterism.planning.cuts import STRENGTHS
from asterism.planning.problem import Problem

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
Columns = NDArray[np.int32]

CENT: Final = 1e-6
"""Limits are whole cents or creators: sums may miss them by so much."""


@dataclass(frozen=True, slots=True)
class Reduced:
    """What is left of a problem. Offers are named by their position in `rows`.

    Parameters
    ----------
    rows, creator, rate
        The offers that may be bought, the creator of each, and the chance it counts for a person it can reach.
    fixed
        What an offer brings whomever it reaches: minus its cost for profit, else 0. (n_offers,)
    links, worth, one
        Creators → classes of people, what the people of a class are worth together, and one of them. (n_classes,)
    kind
        SURE where every link and every offer works always or never, else MIXED.
    use, room
        The limits: Σ `use` (n_limits, n_offers) ≤ `room` (n_limits,). Money first, then places, greatest shares, and
        least shares with both signs turned.
    musts
        Creators one of whose offers must be bought.
    """

    rows: Rows
    creator: Columns
    rate: Floats
    fixed: Floats
    links: _kernels.Links
    worth: Floats
    one: Rows
    kind: int
    use: Floats
    room: Floats
    musts: frozenset[int]

    @classmethod
    def of(cls, problem: Problem) -> "Reduced":
        """Offers that may be bought; where chances are sure, people whom the same creators reach become one class."""
        ready, offers, objective = problem.basis, problem.offers, problem.objective
        rows = np.flatnonzero(problem.may)
        rate, creator = ready.profile[rows, 0], offers.creator[rows].astype(np.int32)
        fixed = -objective.per_cent * offers.cost[rows].astype(float)
        links, worth, one = ready.links, objective.per_result * ready.worth, np.arange(ready.worth.size)
        sure = bool(np.isin(rate, (0.0, 1.0)).all() and (links.chance >= 1.0).all())
        if sure:
            links, worth, one = _merged(links, np.unique(creator[rate > 0.0]), worth)
        kind = _kernels.SURE if sure else _kernels.MIXED
        musts = frozenset(problem.constraints.include)
        return cls(rows, creator, rate, fixed, links, worth, one, kind, *_limits(problem, rows), musts)

    @property
    def table(self) -> Floats:
        """Where a cut touches over the root of 1 − its price; empty where chances are sure."""
        return STRENGTHS if self.kind == _kernels.MIXED else np.zeros(0)

    def links_of(self, offers: Rows) -> int:
        """How many classes of people these offers meet, each counted for itself."""
        return int(np.diff(self.links.start)[self.creator[offers]].sum())

    def left_over(self, taken: Rows) -> Floats:
        """What `taken` leaves of every class's worth, (n_classes,)."""
        return np.asarray(kernels.left_over(self.links, self.creator[taken], self.rate[taken], self.worth))

    def value(self, taken: Rows) -> float:
        """What a set is worth, in the objective's units."""
        return float(self.worth.sum() - self.left_over(taken).sum() + self.fixed[taken].sum())

    def use_of(self, offers: Rows) -> Floats:
        """What these offers use of every limit, (n_limits, n_some)."""
        return np.ascontiguousarray(self.use[:, offers])

    def room_beside(self, taken: Rows) -> Floats:
        """What `taken` leaves of every limit, (n_limits,)."""
        return np.asarray(self.room - self.use[:, taken].sum(axis=1))


def first_of_each(creator: Columns) -> Rows:
    """Where each creator's offers begin in `creator`, ascending, (n_creators,)."""
    return np.flatnonzero(np.append(creator.size > 0, creator[1:] != creator[:-1])[: creator.size])


def _merged(links: _kernels.Links, creators: Columns, worth: Floats) -> tuple[_kernels.Links, Floats, Rows]:
    label = kernels.alike(links, creators, worth.size)
    classes, one, place = np.unique(label, return_index=True, return_inverse=True)
    stands = np.zeros(worth.size, dtype=bool)
    stands[one] = True
    size = np.zeros(links.start.size, dtype=np.int64)
    met = []
    for c in creators.tolist():
        people = links.person[links.start[c] : links.start[c + 1]]
        met.append(place[people[stands[people]]].astype(np.int32))
        size[c + 1] = met[-1].size
    person = np.concatenate([np.zeros(0, dtype=np.int32), *met])
    whole = np.bincount(place, worth, classes.size).astype(np.float64)
    return _kernels.Links(np.cumsum(size), person, np.ones(person.size)), whole, one


def _limits(problem: Problem, rows: Rows) -> tuple[Floats, Floats]:
    limits, offers = problem.constraints, problem.offers
    cost = offers.cost[rows].astype(float)
    use, room = [cost, np.ones(rows.size)], [float(limits.budget_cents), float(limits.max_creators)]
    for group in groups(limits, offers):
        inside = cost * group.members[rows]
        if group.most < limits.budget_cents:
            use, room = [*use, inside], [*room, float(group.most)]
        if group.least > 0:
            use, room = [*use, -inside], [*room, -float(group.least)]
    return np.array(use), np.array(room)
