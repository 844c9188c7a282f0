"""Greedy over a problem, run in one style after another, and the best set that any run has found."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.planning import _kernels
from asterism.planning.constraints import broken, groups
from asterism.planning.objective import goal_shape
from asterism.planning.problem import SWAP_WORK, Prepared, Problem
from asterism.planning.relaxation import Relaxed

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

ENDLESS: Final = np.iinfo(np.int64).max // 4


@dataclass(frozen=True, slots=True)
class Search:
    """A problem laid out for the kernels, with one shape of the worth of 0 … depth exposures."""

    problem: Problem
    prepared: Prepared
    menu: _kernels.Menu

    @classmethod
    def of(cls, problem: Problem) -> "Search":
        """The problem with its first pulls worked out."""
        ready, offers = problem.basis, problem.offers
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
        cost = int(self.problem.offers.cost[held(crowd)].sum())
        return float(objective.per_result * people - objective.per_cent * cost)


@dataclass(frozen=True, slots=True)
class Style:
    """One way to run greedy: the worth of 0 … depth exposures, the price of a place, by gain or per cost.

    Nothing that ranks at `floor` or below is taken.
    """

    shape: Floats
    slot_price: float = 0.0
    by_gain: bool = False
    floor: float = 0.0

    def at_any_loss(self) -> "Style":
        """The same, taking what fits whatever it adds."""
        return replace(self, floor=-np.inf)


def held(crowd: _kernels.Crowd) -> Rows:
    """Rows of the offers held, by creator."""
    return np.asarray(crowd.held[crowd.held >= 0])


class Best:
    """The best feasible set so far, by the goal itself, and how it was found."""

    __slots__ = ("guide", "rows", "search", "style", "value")

    def __init__(self, search: Search) -> None:
        self.search = search
        self.guide: Relaxed | None = None
        self.rows: Rows = np.zeros(0, dtype=np.int64)
        self.value = 0.0 if self._allows(self.rows) else -np.inf
        self.style = Style(goal_shape(search.problem.objective.depth))

    def _allows(self, rows: Rows) -> bool:
        return not broken(self.search.problem.constraints, self.search.problem.offers, rows)

    def try_from(self, start: Rows, style: Style, barred: int = -1) -> Rows:
        """Run greedy from `start` without the offer `barred`; keep what it finds if it is better. Returns the rows."""
        crowd = run(self.search, start, style, barred)
        rows, value = held(crowd), self.search.value(crowd, goal_shape(style.shape.size - 1))
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


def run(search: Search, start: Rows, style: Style, barred: int = -1) -> _kernels.Crowd:
    """Everybody after greedy from the rows `start`: least shares first, then whatever gains, but never `barred`."""
    crowd, room, menu = search.crowd(style.shape), search.room(), search.menu
    if barred >= 0:
        menu = menu._replace(allowed=menu.allowed & (np.arange(menu.allowed.size) != barred))
    _kernels.take_all(crowd, search.prepared.links, menu, room, start)
    for group in groups(search.problem.constraints, search.problem.offers):
        rows = held(crowd)
        room.left[2] = group.least - int(search.menu.cost[rows][group.members[rows]].sum())
        if room.left[2] > 0:
            inside = menu._replace(allowed=menu.allowed & group.members)
            fill(search, crowd, inside, room, style.at_any_loss())
    room.left[2] = ENDLESS
    fill(search, crowd, menu, room, style)
    return crowd


def fill(search: Search, crowd: _kernels.Crowd, menu: _kernels.Menu, room: _kernels.Room, style: Style) -> Rows:
    """Greedy in place, until nothing that fits ranks above the floor; the creators in the order taken."""
    objective, links = search.problem.objective, search.prepared.links
    concave = bool((np.diff(style.shape, 2) <= 1e-12).all())
    rule = _kernels.Rule(
        per_result=objective.per_result,
        per_cent=objective.per_cent,
        slot_price=style.slot_price,
        by_gain=style.by_gain,
        floor=style.floor,
        eager=not concave and links.person.size * int(room.left[1]) <= SWAP_WORK,
    )
    known = search.prepared.pull[:, None] * (style.shape[1:] - style.shape[0])
    return np.asarray(_kernels.fill(crowd, links, menu, room, rule, known))
