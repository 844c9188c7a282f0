"""Lazy greedy under every limit: by gain per cost, by gain, at several prices of a place; then what betters it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.planning import _kernels
from asterism.planning.constraints import broken, groups, least_cost_of_included, linear_optimum
from asterism.planning.neighbourhood import improved, rounded
from asterism.planning.objective import goal_shape, shapes
from asterism.planning.problem import SWAP_WORK, Prepared, Problem
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

ENDLESS: Final = np.iinfo(np.int64).max // 4


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


@dataclass(frozen=True, slots=True)
class _Search:
    """A problem laid out for the kernels, with one shape of the worth of 0 … depth exposures."""

    problem: Problem
    prepared: Prepared
    menu: _kernels.Menu

    @classmethod
    def of(cls, problem: Problem) -> "_Search":
        ready, offers = problem.ready().prepared, problem.offers
        assert ready is not None  # noqa: S101 — `ready` fills it in
        menu = _kernels.Menu(ready.first, ready.profile, offers.cost, offers.tier, offers.platform, problem.may)
        return cls(problem, ready, menu)

    def crowd(self, shape: Floats) -> _kernels.Crowd:
        """Nobody reached yet; `shape` (depth + 1,) is the worth of 0, 1 … depth exposures."""
        n, k = self.prepared.worth.size, shape.size - 1
        exactly = np.zeros((n, k))
        exactly[:, 0] = 1.0
        n_links = self.prepared.links.person.size
        return _kernels.Crowd(
            worth=self.prepared.worth,
            shape=shape,
            exactly=exactly,
            open=self.prepared.worth[:, None] * (shape[1:] - shape[0]),
            head=np.full(n, -1, dtype=np.int64),
            behind=np.empty(n_links, dtype=np.int64),
            owner=np.empty(n_links, dtype=np.int32),
            held=np.full(self.prepared.pull.size, -1, dtype=np.int64),
        )

    def room(self) -> _kernels.Room:
        """What the limits leave before anything is bought."""
        limits, offers = self.problem.constraints, self.problem.offers
        tier, platform = np.full(len(offers.tiers), ENDLESS), np.full(len(offers.platforms), ENDLESS)
        for share, names, left in (
            (limits.tier_share, offers.tiers, tier),
            (limits.platform_share, offers.platforms, platform),
        ):
            for name, (_, most) in share.items():
                if name in names:
                    left[names.index(name)] = int(np.floor(most * limits.budget_cents + 1e-6))
        return _kernels.Room(np.array([limits.budget_cents, limits.max_creators, ENDLESS]), tier, platform)

    def value(self, crowd: _kernels.Crowd, shape: Floats) -> float:
        """The objective of the offers held, with `shape` as the worth of exposures."""
        objective = self.problem.objective
        people = (crowd.exactly @ (shape[:-1] - shape[-1]) + shape[-1]) @ self.prepared.worth
        cost = int(self.problem.offers.cost[_held(crowd)].sum())
        return float(objective.per_result * people - objective.per_cent * cost)


@dataclass(frozen=True, slots=True)
class _Style:
    """One way to run greedy: the worth of 0 … depth exposures, the price of a place, by gain or per cost."""

    shape: Floats
    slot_price: float = 0.0
    by_gain: bool = False


def plan_set(problem: Problem, guide: Relaxed | None = None) -> Selection:
    """The best set found under the limits: at most one offer per creator, never over a limit.

    Lazy greedy by gain / (cost + μ), for a few prices μ of a place from 0 to ∞ (by gain alone), where a package may
    give way to a larger one of the same creator; included creators come first, least shares before the rest; then
    the relaxation rounded, and large-neighbourhood search for `problem.swap_work` link visits. Effective reach is not
    submodular, so greedy is led by min(exposures, k) / k and
    mixtures of it with the goal, and every set is judged by the goal itself. An empty selection says why. `guide`
    is a relaxation of the same problem that is known already.

    References
    ----------
    Leskovec et al. 2007, doi:10.1145/1281192.1281239 (cost-effective lazy greedy); Minoux 1978.
    """
    search = _Search.of(problem)
    best = _Best(search)
    _search_styles(search, best)
    _enumerate(search, best)
    _improve(search, best, guide)
    return _selection(search, best)


def _held(crowd: _kernels.Crowd) -> Rows:
    return np.asarray(crowd.held[crowd.held >= 0])


class _Best:
    """The best feasible set so far, by the goal itself, and how it was found."""

    __slots__ = ("guide", "rows", "search", "style", "value")

    def __init__(self, search: _Search) -> None:
        self.search = search
        self.guide: Relaxed | None = None
        self.rows: Rows = np.zeros(0, dtype=np.int64)
        self.value = 0.0 if self._allows(self.rows) else -np.inf
        self.style = _Style(goal_shape(search.problem.objective.depth))

    def _allows(self, rows: Rows) -> bool:
        return not broken(self.search.problem.constraints, self.search.problem.offers, rows)

    def try_from(self, start: Rows, style: _Style, barred: int = -1) -> Rows:
        """Run greedy from `start` without the offer `barred`; keep what it finds if it is better. Returns the rows."""
        crowd = _run(self.search, start, style, barred)
        rows, value = _held(crowd), self.search.value(crowd, goal_shape(style.shape.size - 1))
        if (not np.isfinite(self.value) or value > self.value + 1e-9 * abs(self.value)) and self._allows(rows):
            self.rows, self.value, self.style = rows, value, style
        return rows

    def try_set(self, rows: Rows) -> None:
        """Keep a set if it is better, by the goal counted anew."""
        crowd = self.search.crowd(goal_shape(self.search.problem.objective.depth))
        _kernels.take_all(crowd, self.search.prepared.links, self.search.menu, self.search.room(), rows)
        value = self.search.value(crowd, crowd.shape)
        if self._allows(rows) and value > self.value + 1e-9 * abs(self.value):
            self.rows, self.value = rows, value


def _run(search: _Search, start: Rows, style: _Style, barred: int = -1) -> _kernels.Crowd:
    crowd, room, menu = search.crowd(style.shape), search.room(), search.menu
    if barred >= 0:
        menu = menu._replace(allowed=menu.allowed & (np.arange(menu.allowed.size) != barred))
    _kernels.take_all(crowd, search.prepared.links, menu, room, start)
    for group in groups(search.problem.constraints, search.problem.offers):
        held = _held(crowd)
        room.left[2] = group.least - int(search.menu.cost[held][group.members[held]].sum())
        if room.left[2] > 0:
            inside = menu._replace(allowed=menu.allowed & group.members)
            _fill(search, crowd, inside, room, style, floor=-np.inf)
    room.left[2] = ENDLESS
    _fill(search, crowd, menu, room, style, floor=0.0)
    return crowd


def _fill(
    search: _Search, crowd: _kernels.Crowd, menu: _kernels.Menu, room: _kernels.Room, style: _Style, *, floor: float
) -> Rows:
    objective, links = search.problem.objective, search.prepared.links
    concave = bool((np.diff(style.shape, 2) <= 1e-12).all())
    rule = _kernels.Rule(
        per_result=objective.per_result,
        per_cent=objective.per_cent,
        slot_price=style.slot_price,
        by_gain=style.by_gain,
        floor=floor,
        eager=not concave and links.person.size * int(room.left[1]) <= SWAP_WORK,
    )
    known = search.prepared.pull[:, None] * (style.shape[1:] - style.shape[0])
    return np.asarray(_kernels.fill(crowd, links, menu, room, rule, known))


def _search_styles(search: _Search, best: _Best) -> None:
    """Try every shape by cost, by gain, and, where the places run out first, at prices of a place."""
    limits, depth = search.problem.constraints, search.problem.objective.depth
    for start in _starts(search):
        for shape in shapes(depth):
            rows = best.try_from(start, _Style(shape))
            best.try_from(start, _Style(shape, by_gain=True))
            if rows.size < limits.max_creators:
                continue
            for price in SLOT_PRICES:
                best.try_from(start, _Style(shape, price * limits.budget_cents / limits.max_creators))


def _starts(search: _Search) -> Iterator[Rows]:
    problem = search.problem
    forced = least_cost_of_included(problem.constraints, problem.offers, problem.may)
    yield forced
    if any(group.least > 0 for group in groups(problem.constraints, problem.offers)):
        gain = (search.prepared.profile * search.prepared.pull[problem.offers.creator][:, None]).sum(axis=1)
        found = linear_optimum(problem.constraints, problem.offers, gain, problem.may)
        if found is not None:
            yield found


def _enumerate(search: _Search, best: _Best) -> None:
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


def _improve(search: _Search, best: _Best, guide: Relaxed | None) -> None:
    """Round the relaxation, then walk through the neighbourhoods of the best set, for the work the problem allows."""
    problem = search.problem
    if problem.swap_work <= 0 or not problem.may.any() or not np.isfinite(best.value):
        return
    best.guide = guide or relax(problem, best.rows, int(GUIDED * problem.swap_work))
    for share in ROUNDED:
        best.try_from(rounded(problem, search.menu, search.room(), best.guide.shares, share), best.style)
    best.try_set(improved(problem, best.rows, best.style.shape, best.guide, int(WALKED * problem.swap_work)))


def _selection(search: _Search, best: _Best) -> Selection:
    problem, rows = search.problem, _in_order(search, best)
    crowd = search.crowd(goal_shape(problem.objective.depth))
    people = _kernels.gains_in_order(crowd, search.prepared.links, search.menu, rows)
    cost = problem.offers.cost[rows]
    gains = problem.objective.per_result * people - problem.objective.per_cent * cost
    return Selection(rows, gains, float(gains.sum()), int(cost.sum()), _why_stopped(search, rows), best.guide)


def _in_order(search: _Search, best: _Best) -> Rows:
    """The best set in the order in which greedy, by the style that found it, would choose from it."""
    room = _kernels.Room(*(np.full(part.size, ENDLESS) for part in search.room()))
    menu = search.menu._replace(allowed=np.isin(np.arange(search.menu.allowed.size), best.rows))
    creators = _fill(search, search.crowd(best.style.shape), menu, room, best.style, floor=-np.inf)
    place = np.searchsorted(search.problem.offers.creator[best.rows], creators)
    return np.asarray(best.rows[place])


def _why_stopped(search: _Search, rows: Rows) -> str:
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
