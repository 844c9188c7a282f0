"""Two phases as one optimisation: who opens, who follows, and how the money is split between them.

An opening makes a follow-up worth more and the other way round, so neither phase alone shows what it is worth. The
search alternates: follow-up given the opening, opening given the follow-up, every move at once; from several openings
and from the best campaign of one phase, which is never lost.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.planning._kernels import Links
from asterism.planning._kernels import phases as kernels
from asterism.planning.constraints import broken, least_cost_of_included
from asterism.planning.problem import Problem

Rows = NDArray[np.int64]
Floats = NDArray[np.float64]

SPLITS: Final = (0.1, 0.3, 0.5)
"""Parts of the budget an opening starts with; what follows moves money freely between the phases."""
ROUNDS: Final = 6
"""Rounds of alternation at most; it ends as soon as a round brings nothing."""
ENDLESS: Final = np.iinfo(np.int64).max // 4
OPEN, FOLLOW = 0, 1


@dataclass(frozen=True, slots=True)
class Split:
    """Who opens and who follows, rows of the offers in the order they were added; `value` as the rule counts."""

    opened: Rows
    followed: Rows
    value: float


@dataclass(frozen=True, slots=True)
class Hybrid:
    """A question of two phases.

    Parameters
    ----------
    problem
        Samples, offers and limits, with the objective conversions or profit; the limits hold for both phases together.
    effect
        What an offer does in each phase, (2, n_offers, 3); see `phases.effects`.
    allowed
        Which offers fit in which phase, (2, n_offers).
    opens
        Which offers may be among the first openings tried besides all, (n_offers,): the tiers that usually open.
    """

    problem: Problem
    effect: Floats
    allowed: NDArray[np.bool_]
    opens: NDArray[np.bool_]

    @property
    def links(self) -> Links:
        """Creators → people."""
        return self.problem.basis.links

    @property
    def worth(self) -> Floats:
        """Wanted people each sampled person stands for."""
        return self.problem.samples.weight * self.problem.samples.worth

    @property
    def price(self) -> kernels.Price:
        """How gains are ranked."""
        return kernels.Price(self.problem.objective.per_result, self.problem.objective.per_cent, 0.0)

    def options(self, allowed: NDArray[np.bool_]) -> kernels.Options:
        """What can be held, of `allowed` (2, n_offers)."""
        offers, ready = self.problem.offers, self.problem.basis
        may = allowed & self.allowed & self.problem.may
        return kernels.Options(ready.first, self.effect, may, offers.cost, offers.tier, offers.platform)

    def held(self, opened: Rows, followed: Rows) -> Rows:
        """The options held per creator, −1 for none, (n_creators,)."""
        offers, held = self.problem.offers, np.full(self.problem.samples.n_creators, -1, dtype=np.int64)
        held[offers.creator[opened]] = opened
        held[offers.creator[followed]] = followed + len(offers)
        return held

    def rows(self, held: Rows, phase: int) -> Rows:
        """Rows of the offers held in a phase."""
        mine, n = held[held >= 0], len(self.problem.offers)
        return np.asarray(mine[mine // n == phase] % n)

    def split(self, opened: Rows, followed: Rows) -> Split:
        """Two phases, valued."""
        return Split(opened, followed, self.value(self.held(opened, followed)))

    def value(self, held: Rows) -> float:
        """People the rule counts times what one is worth, less the cost for profit."""
        left = kernels.leftover(self.links, self.worth, self.effect, held)
        people = self.worth.sum() - left[:, 0].sum() - left[:, 1].sum() + left[:, 2].sum()
        cost = int(self.problem.offers.cost[held[held >= 0] % len(self.problem.offers)].sum())
        return float(self.price.per_result * people - self.price.per_cent * cost)


def plan_phases(hybrid: Hybrid, start: Rows, *, thorough: bool = True) -> Split | None:
    """The best split of creators into opening and follow-up; None if no two can be had.

    `start` (rows) is the best campaign of one phase: its best division into two is where the search begins, so that
    the result is at least that. Not `thorough`, openings of their own are not tried, and nobody is swapped.
    """
    best = _Best(hybrid)
    divided = _divided(hybrid, start)
    best.offer(divided)
    if divided is not None:
        _alternate(hybrid, best, divided, ROUNDS if thorough else 1)
    for opening in _openings(hybrid) if thorough else ():
        _alternate(hybrid, best, opening, ROUNDS)
    if thorough:
        _swap(hybrid, best)
    return None if best.held is None else _in_order(hybrid, best.held)


def divide(hybrid: Hybrid, start: Rows) -> Split | None:
    """A campaign of one phase as two: each creator in the phase where it serves best; None for one creator alone."""
    best = _Best(hybrid)
    best.offer(_divided(hybrid, start))
    return None if best.held is None else _in_order(hybrid, best.held)


class _Best:
    """The best division found so far that keeps every limit and has two phases."""

    def __init__(self, hybrid: Hybrid) -> None:
        self.hybrid = hybrid
        self.held: Rows | None = None
        self.value = -np.inf

    def offer(self, held: Rows | None) -> bool:
        """Keep `held` if it is sound and better; whether it was."""
        if held is None or not self._sound(held):
            return False
        value = self.hybrid.value(held)
        better = value > self.value + 1e-9 * abs(value)
        if better:
            self.held, self.value = held.copy(), value
        return better

    def _sound(self, held: Rows) -> bool:
        opened, followed = (self.hybrid.rows(held, phase) for phase in (OPEN, FOLLOW))
        limits, offers = self.hybrid.problem.constraints, self.hybrid.problem.offers
        return bool(opened.size and followed.size) and not broken(limits, offers, np.append(opened, followed))


def _fill(
    hybrid: Hybrid, held: Rows, allowed: NDArray[np.bool_], purse: kernels.Purse | None = None, place: float = 0.0
) -> Rows:
    """Take the best of `allowed` into `held`, in place, as long as it fits and gains; the creators in that order."""
    left = kernels.leftover(hybrid.links, hybrid.worth, hybrid.effect, held)
    own = purse or _purse(hybrid, held, hybrid.problem.constraints.budget_cents)
    price = hybrid.price._replace(place=place)
    return np.asarray(kernels.fill_phases(hybrid.links, hybrid.options(allowed), left, held, own, price))


def _purse(hybrid: Hybrid, held: Rows, budget: int) -> kernels.Purse:
    """What `budget` and the other limits leave beside the options held."""
    limits, offers = hybrid.problem.constraints, hybrid.problem.offers
    rows = held[held >= 0] % len(offers)
    left = np.array([budget - int(offers.cost[rows].sum()), limits.max_creators - rows.size])
    kinds = ((limits.tier_share, offers.tiers, offers.tier), (limits.platform_share, offers.platforms, offers.platform))
    caps = []
    for shares, names, codes in kinds:
        most = [
            int(np.floor(shares[n][1] * limits.budget_cents + 1e-6)) if n in shares else int(ENDLESS) for n in names
        ]
        spent = np.bincount(codes[rows], offers.cost[rows], len(names)).astype(np.int64)
        caps.append(np.array(most, dtype=np.int64) - spent)
    return kernels.Purse(left, *caps)


def _phase(hybrid: Hybrid, phase: int) -> NDArray[np.bool_]:
    allowed = np.zeros_like(hybrid.allowed)
    allowed[phase] = True
    return allowed


def _forced(hybrid: Hybrid) -> Rows:
    """Included creators, following with their cheapest offer that fits."""
    may = hybrid.problem.may & hybrid.allowed[FOLLOW]
    rows = least_cost_of_included(hybrid.problem.constraints, hybrid.problem.offers, may)
    return hybrid.held(rows[:0], rows)


def _divided(hybrid: Hybrid, start: Rows) -> Rows | None:
    """The campaign of one phase as two: each creator in the phase where it serves best."""
    n = len(hybrid.problem.offers)
    fits = start[hybrid.allowed[FOLLOW][start]]
    held = hybrid.held(fits[:0], fits)
    inside = np.tile(np.isin(np.arange(n), start), (2, 1))
    _fill(hybrid, held, inside)
    if hybrid.rows(held, OPEN).size:
        return held
    return _opened_by_one(hybrid, held)


def _opened_by_one(hybrid: Hybrid, held: Rows) -> Rows | None:
    """The same with the one creator opening whom the follow-up misses least; None if nobody else would follow."""
    n = len(hybrid.problem.offers)
    movable = np.flatnonzero(held >= n)
    movable = movable[hybrid.allowed[OPEN][held[movable] % n]]
    if movable.size < 1 or int((held >= 0).sum()) < 2:
        return None
    tried = [np.where(np.arange(held.size) == c, held - n, held) for c in movable]
    return max(tried, key=hybrid.value)


def _openings(hybrid: Hybrid) -> Iterator[Rows]:
    """Openings of greatest reach for several parts of the money, by the usual tiers and by any."""
    reach = hybrid.effect.copy()
    reach[:, :, 0], reach[:, :, 1:] = hybrid.problem.offers.reach, 0.0
    widest = replace(hybrid, effect=reach)
    for part in SPLITS:
        for who in (hybrid.opens, np.ones_like(hybrid.opens)):
            held = _forced(hybrid)
            money = _purse(hybrid, held, int(part * hybrid.problem.constraints.budget_cents))
            _fill(widest, held, _phase(hybrid, OPEN) & who, money)
            yield held


def _alternate(hybrid: Hybrid, best: _Best, held: Rows, rounds: int) -> None:
    """Follow-up given the opening, opening given the follow-up, then every move at once, until nothing improves."""
    found = -np.inf
    for _ in range(rounds):
        for phase in (FOLLOW, OPEN):
            held = _refilled(hybrid, held, phase)
            best.offer(held)
        value = hybrid.value(held)
        if value <= found * (1 + 1e-6 * np.sign(found)):
            return
        found = value


def _refilled(hybrid: Hybrid, held: Rows, phase: int) -> Rows:
    """One phase chosen anew beside the other, and then whatever either phase still gains."""
    n, forced = len(hybrid.problem.offers), _forced(hybrid)
    kept = np.where((held >= 0) & (held // n != phase), held, np.where(held >= 0, forced, -1))
    _fill(hybrid, kept, _phase(hybrid, phase))
    _fill(hybrid, kept, np.ones_like(hybrid.allowed))
    return kept


def _swap(hybrid: Hybrid, best: _Best) -> None:
    """Give up one creator at a time and fill up again without its option, for as long as that pays."""
    n, bound = len(hybrid.problem.offers), set(hybrid.problem.constraints.include)
    before = -np.inf
    while best.held is not None and best.value > before * (1 + 1e-4 * np.sign(before)):
        before = best.value
        for creator in [int(c) for c in np.flatnonzero(best.held >= 0) if int(c) not in bound]:
            held = best.held.copy()
            option, held[creator] = held[creator], -1
            allowed = np.ones_like(hybrid.allowed)
            allowed[:, option % n] = False
            _fill(hybrid, held, allowed)
            best.offer(held)


def _in_order(hybrid: Hybrid, held: Rows) -> Split:
    """Both phases in the order in which greedy would choose from them."""
    opened, followed = hybrid.rows(held, OPEN), hybrid.rows(held, FOLLOW)
    empty = hybrid.held(opened[:0], opened[:0])
    free = kernels.Purse(*(np.full(part.size, ENDLESS) for part in _purse(hybrid, empty, 0)))
    ordered = []
    for phase, rows in ((OPEN, opened), (FOLLOW, followed)):
        only = _phase(hybrid, phase) & np.isin(np.arange(len(hybrid.problem.offers)), rows)
        creators = _fill(hybrid, empty, only, free)
        place = {int(c): i for i, c in enumerate(creators)}
        known = hybrid.problem.offers.creator[rows].tolist()
        ordered.append(rows[np.argsort([place.get(c, held.size) for c in known], kind="stable")])
    return Split(ordered[0], ordered[1], hybrid.value(held))
