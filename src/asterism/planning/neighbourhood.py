"""Large-neighbourhood search: give up a few offers, fill up again, keep what is better."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience._kernels import transposed
from asterism.planning import _kernels
from asterism.planning.constraints import groups, least_cost_of_included
from asterism.planning.lagrangian import Limits
from asterism.planning.problem import Prepared, Problem
from asterism.planning.relaxation import Relaxed

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

SPARE: Final = 40
PER_HELD: Final = 2
"""The walk chooses among so many creators, and so many more per creator chosen."""
TINY: Final = 1e-9
ENDLESS: Final = np.iinfo(np.int64).max // 4


def improved(problem: Problem, chosen: Rows, shape: Floats, guide: Relaxed, work: int) -> Rows:
    """The best set met on a random walk from `chosen`, for about `work` link visits; rows, ascending.

    A step gives up some offers at random, few rather than many, or takes one newcomer for whom others go, fills up by
    gain / cost^α with a random α and some noise, and goes back unless the set is nearly as good (large-neighbourhood
    search, Shaw 1998; Ropke and Pisinger 2006). Everybody's chance to be missed and every creator's gain are kept up
    to date, so that a step costs the links of what it changes. `shape` (depth + 1,) is the worth of exposures that
    leads the filling; sets are judged by the goal. `guide` names the candidates, and whom the walk rarely lets go.
    The walk is drawn from a stream that starts the same for every problem.

    References
    ----------
    doi:10.1007/3-540-49481-2_30; doi:10.1287/trsc.1050.0135.
    """
    ready = problem.basis
    columns = _candidates(problem, chosen, guide)
    scene, rows = _scene(problem, ready, columns, shape)
    hand, fence = _hand(problem, scene), _fence(problem, columns, guide)
    at = np.searchsorted(rows, np.sort(chosen))
    for offer in at:
        _kernels.exchange(scene, hand, int(np.searchsorted(scene.menu.start, offer, side="right")) - 1, int(offer))
    hand.tally[1] = 0.0
    money = np.array([problem.objective.per_result, problem.objective.per_cent])
    held = _kernels.wander(scene, hand, fence, money, float(work), np.ones(1, dtype=np.uint64))
    return np.asarray(rows[held[held >= 0]])


def rounded(problem: Problem, menu: _kernels.Menu, room: _kernels.Room, shares: Floats, least: float) -> Rows:
    """The offers of which the relaxation holds at least a share, largest first, as long as they fit; musts first."""
    ordered = np.flatnonzero(shares >= least)[np.argsort(-shares[shares >= least], kind="stable")]
    forced = least_cost_of_included(problem.constraints, problem.offers, problem.may)
    taken: list[int] = []
    creators: set[int] = set()
    for row in (*forced.tolist(), *ordered.tolist()):
        creator = int(problem.offers.creator[row])
        if creator not in creators and _kernels.fits(room, menu, -1, row):
            _kernels.pay(room, menu, -1, row)
            creators.add(creator)
            taken.append(row)
    return np.array(taken, dtype=np.int64)


def _candidates(problem: Problem, chosen: Rows, guide: Relaxed) -> Rows:
    """Columns of the creators that come nearest to paying for what they use, with those chosen and asked for."""
    limits = Limits.of(problem)
    gain, charge = guide.modular.gain[limits.rows], guide.priced.prices @ limits.shelf.use
    creators = problem.offers.creator[limits.rows]
    net = np.sort(np.maximum.reduceat(gain - charge, limits.shelf.first[:-1]))[::-1]
    place = max(float(net[limits.places - 1]), 0.0) if 0 < limits.places <= net.size else 0.0
    ordered = creators[np.lexsort((creators, -(gain - np.maximum(charge, 0.0)) / (np.abs(charge) + place + TINY)))]
    first = np.sort(np.unique(ordered, return_index=True)[1])[: SPARE + PER_HELD * chosen.size]
    musts = np.array(problem.constraints.include, dtype=np.int64)
    return np.unique(np.concatenate([ordered[first], problem.offers.creator[chosen], musts])).astype(np.int64)


def _scene(problem: Problem, ready: Prepared, columns: Rows, shape: Floats) -> tuple[_kernels.Scene, Rows]:
    """The candidates alone, from both sides, and the rows of their offers."""
    offers = problem.offers
    rows = np.flatnonzero(np.isin(offers.creator, columns))
    who = _kernels.contacts(ready.links, columns.astype(np.int32), np.ones(columns.size), _kernels.LINEAR)
    whom = _kernels.Links(who.start, who.person, _chances(ready, columns))
    start, creator, chance = transposed(whom.start, whom.person, whom.chance, ready.worth.size)
    if shape.size == 2 and ready.sure(problem.may):
        chance = chance[:0]
    first = np.searchsorted(offers.creator[rows], np.append(columns, ENDLESS)).astype(np.int64)
    menu = _kernels.Menu(
        first,
        ready.profile[rows],
        offers.cost[rows],
        offers.tier[rows],
        offers.platform[rows],
        problem.may[rows],
    )
    return _kernels.Scene(_kernels.Links(start, creator, chance), whom, menu, ready.worth, shape), rows


def _chances(ready: Prepared, columns: Rows) -> Floats:
    parts = [ready.links.chance[ready.links.start[c] : ready.links.start[c + 1]] for c in columns]
    return np.concatenate(parts) if parts else np.zeros(0)


def _hand(problem: Problem, scene: _kernels.Scene) -> _kernels.Hand:
    depth, n = scene.shape.size - 1, scene.worth.size
    exactly = np.zeros((n, depth))
    exactly[:, 0] = 1.0 if scene.who.chance.size else 0.0
    more = scene.worth[:, None] * (scene.shape[1:] - scene.shape[0])
    held = np.full(scene.menu.start.size - 1, -1, dtype=np.int64)
    spent = (np.zeros(len(names), dtype=np.int64) for names in (problem.offers.tiers, problem.offers.platforms))
    return _kernels.Hand(held, exactly, more, _kernels.pulls(scene.whom, more), np.zeros(4), *spent)


def _fence(problem: Problem, columns: Rows, guide: Relaxed) -> _kernels.Fence:
    limits, offers = problem.constraints, problem.offers
    found = {"tier_share": _open(len(offers.tiers)), "platform_share": _open(len(offers.platforms))}
    for group in groups(limits, offers):
        _, kind, name = group.limit.split(".", 2)
        names = offers.tiers if kind == "tier_share" else offers.platforms
        if name in names:
            found[kind][:, names.index(name)] = group.least, group.most
    most = np.array([limits.budget_cents, limits.max_creators], dtype=np.int64)
    lean = np.minimum(np.bincount(offers.creator, guide.shares, problem.samples.n_creators)[columns], 1.0)
    forced = np.isin(columns, limits.include)
    return _kernels.Fence(most, found["tier_share"], found["platform_share"], forced, lean)


def _open(n: int) -> Rows:
    return np.stack([np.zeros(n, dtype=np.int64), np.full(n, ENDLESS, dtype=np.int64)])
