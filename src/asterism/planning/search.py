"""Lazy greedy under every limit: by gain per cost, by gain, at several prices of a place; then what betters it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.planning import _kernels
from asterism.planning.constraints import groups, least_cost_of_included, linear_optimum
from asterism.planning.greedy import ENDLESS, Best, Search, Style, fill
from asterism.planning.neighbourhood import improved, rounded
from asterism.planning.objective import goal_shape, shapes
from asterism.planning.problem import Problem
from asterism.planning.relaxation import Relaxed, relax

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

SLOT_PRICES: Final = (0.5, 1.0, 2.0, 5.0)
"""Prices of a place tried where `max_creators` binds, in units of the budget per place."""
SEEDS: Final = 10
"""Creators of the greatest own gain from each of whom greedy starts once more."""
ROUNDED: Final = (0.9, 0.5, 0.1)
"""Least shares in the relaxation of the offers that greedy starts from."""
GUIDED: Final = 0.2
WALKED: Final = 0.2
"""Parts of the work after greedy that go to the relaxation that guides the walk, and to the walk."""
PASSES: Final = 40
WALKS: Final = 150
LONGEST: Final = 80_000_000
"""Where people are simply covered, relaxation and walk may visit every link so often, the walk no more than that."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which offers to buy, and what each adds.

    Parameters
    ----------
    offers
        Rows of the offers, in the order chosen, int64 (n_chosen,).
    gains
        What each adds to those before it; they sum to `value`. (n_chosen,)
    value
        Value of the set on mean rates: people, or cents for profit.
    cost_cents
        Σ cost.
    why_stopped
        "budget", "limits.max_creators", "limits", "no gain" or "no candidates".
    guide
        The relaxation that led the search, if any: a start for `bound.upper`, never its proof.
    """

    offers: Rows
    gains: Floats
    value: float
    cost_cents: int
    why_stopped: str
    guide: Relaxed | None = None


def plan_set(problem: Problem, guide: Relaxed | None = None) -> Selection:
    """The best set found under the limits: at most one offer per creator, never over a limit.

    Lazy greedy by gain / (cost + μ), for a few prices μ of a place from 0 to ∞ (by gain alone), where a package may
    give way to a larger one of the same creator; included creators come first, least shares before the rest; then
    the relaxation rounded, and large-neighbourhood search for `problem.swap_work` link visits. Effective reach is not
    submodular, so greedy is led by min(exposures, k) / k and mixtures of it with the goal, and every set is judged by
    the goal itself. An empty selection says why. `guide` is a relaxation of the same problem that is known already.

    References
    ----------
    Leskovec et al. 2007, doi:10.1145/1281192.1281239 (cost-effective lazy greedy); Minoux 1978.
    """
    search = Search.of(problem)
    best = Best(search)
    _search_styles(search, best)
    _enumerate(search, best)
    _improve(search, best, guide)
    return _selection(search, best)


def _search_styles(search: Search, best: Best) -> None:
    """Try every shape by cost, by gain, and, where the places run out first, at prices of a place."""
    limits, depth = search.problem.constraints, search.problem.objective.depth
    for start in _starts(search):
        for shape in shapes(depth):
            rows = best.try_from(start, Style(shape))
            best.try_from(start, Style(shape, by_gain=True))
            if rows.size < limits.max_creators:
                continue
            for price in SLOT_PRICES:
                best.try_from(start, Style(shape, price * limits.budget_cents / limits.max_creators))


def _starts(search: Search) -> Iterator[Rows]:
    problem = search.problem
    forced = least_cost_of_included(problem.constraints, problem.offers, problem.may)
    yield forced
    if any(group.least > 0 for group in groups(problem.constraints, problem.offers)):
        gain = (search.prepared.profile * search.prepared.pull[problem.offers.creator][:, None]).sum(axis=1)
        found = linear_optimum(problem.constraints, problem.offers, gain, problem.may)
        if found is not None:
            yield found


def _enumerate(search: Search, best: Best) -> None:
    """Start from each of the strongest creators in turn: greedy by cost may never come to one that is half the money.

    The first step of partial enumeration (Sviridenko 2004, doi:10.1016/S0167-6377(03)00062-2).
    """
    problem, offers = search.problem, search.problem.offers
    rounds = problem.swap_work // (search.prepared.links.person.size + search.prepared.worth.size + 1_000)
    rows = np.flatnonzero(problem.may)
    gain = search.prepared.profile[rows, -1] * search.prepared.pull[offers.creator[rows]]
    ordered = rows[np.lexsort((rows, -gain))]
    first = np.sort(np.unique(offers.creator[ordered], return_index=True)[1])[:SEEDS]
    forced = least_cost_of_included(problem.constraints, offers, problem.may)
    for row in ordered[first][:rounds].tolist():
        rest = forced[offers.creator[forced] != offers.creator[row]]
        best.try_from(np.append(rest, row), best.style)


def _improve(search: Search, best: Best, guide: Relaxed | None) -> None:
    """Round the relaxation, then walk through the neighbourhoods of the best set, for the work the problem allows."""
    problem = search.problem
    if problem.swap_work <= 0 or not problem.may.any() or not np.isfinite(best.value):
        return
    links = search.prepared.links.person.size if search.prepared.sure(problem.may) else 0
    best.guide = guide or relax(problem, best.rows, max(int(GUIDED * problem.swap_work), PASSES * links))
    for share in ROUNDED:
        best.try_from(rounded(problem, search.menu, search.room(), best.guide.shares, share), best.style)
    work = max(int(WALKED * problem.swap_work), min(WALKS * links, LONGEST))
    best.try_set(improved(problem, best.rows, best.style.shape, best.guide, work))


def _selection(search: Search, best: Best) -> Selection:
    problem, rows = search.problem, _in_order(search, best)
    crowd = search.crowd(goal_shape(problem.objective.depth))
    people = _kernels.gains_in_order(crowd, search.prepared.links, search.menu, rows)
    cost = problem.offers.cost[rows]
    gains = problem.objective.per_result * people - problem.objective.per_cent * cost
    return Selection(rows, gains, float(gains.sum()), int(cost.sum()), _why_stopped(search, rows), best.guide)


def _in_order(search: Search, best: Best) -> Rows:
    """The best set in the order in which greedy, by the style that found it, would choose from it."""
    room = _kernels.Room(*(np.full(part.size, ENDLESS) for part in search.room()))
    menu = search.menu._replace(allowed=np.isin(np.arange(search.menu.allowed.size), best.rows))
    creators = fill(search, search.crowd(best.style.shape), menu, room, best.style.at_any_loss())
    place = np.searchsorted(search.problem.offers.creator[best.rows], creators)
    return np.asarray(best.rows[place])


def _why_stopped(search: Search, rows: Rows) -> str:
    offers, limits = search.problem.offers, search.problem.constraints
    left = search.menu.allowed & ~np.isin(offers.creator, offers.creator[rows])
    if not left.any():
        return "no candidates"
    if rows.size >= limits.max_creators:
        return "limits.max_creators"
    room = search.room()
    spent = np.bincount(offers.tier[rows], offers.cost[rows], len(offers.tiers))
    spent_there = np.bincount(offers.platform[rows], offers.cost[rows], len(offers.platforms))
    capped = (offers.cost > (room.tier - spent)[offers.tier]) | (
        offers.cost > (room.platform - spent_there)[offers.platform]
    )
    affordable = offers.cost <= limits.budget_cents - int(offers.cost[rows].sum())
    if (left & affordable & ~capped).any():
        return "no gain"
    return "limits" if (left & affordable).any() else "budget"
