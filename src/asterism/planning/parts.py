"""A part of a problem: some offers taken, some still free; what it can bring at most, and what follows from that."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.planning import _kernels
from asterism.planning._kernels import branch as kernels
from asterism.planning.cuts import Relaxed
from asterism.planning.lagrangian import ROUNDING
from asterism.planning.reduced import CENT, Reduced, first_of_each

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

STEPS: Final = 40
"""Most primal-dual steps for a part, which starts from the prices of a larger one."""


@dataclass(frozen=True, slots=True)
class Part:
    """All sets that hold `taken`, an offer of each of `musts`, and else only `free` offers.

    Parameters
    ----------
    bound
        A proven bound on the value of each of them.
    taken, free
        Positions of offers; `free` ascending.
    musts
        Creators one of whose free offers must be bought.
    shares
        The relaxation's choice, (n_free,).
    ease
        √(1 − κ), where κ is what it costs to miss each class of people: a start for parts of this part. (n_classes,)
    prices
        Prices of the limits, (n_limits,).
    """

    bound: float
    taken: Rows
    free: Rows
    musts: frozenset[int]
    shares: Floats
    ease: NDArray[np.float32]
    prices: Floats

    def only(self, kept: NDArray[np.bool_]) -> "Part":
        """The sets without the other free offers."""
        return replace(self, free=self.free[kept], shares=self.shares[kept])

    def take(self, reduced: Reduced, offers: Rows) -> "Part":
        """The sets that hold these free offers too."""
        creators = reduced.creator[offers]
        others = self.only(~np.isin(reduced.creator[self.free], creators))
        taken = np.append(self.taken, offers)
        return replace(others, taken=taken, musts=self.musts - frozenset(creators.tolist()))


@dataclass(frozen=True, slots=True)
class Judged:
    """A part with the Lagrangian at its prices, and what each free offer brings to that.

    `net` (n_free,) is what the offer gains beyond its price, `best` (n_free,) what counts of its creator's offers;
    `visits` counts links. The part's own bound is the Lagrangian, or a lower one that it came with.
    """

    part: Part
    lagrangian: float
    net: Floats
    best: Floats
    visits: int

    @property
    def bound(self) -> float:
        """A proven bound on every set of the part."""
        return self.part.bound

    def narrowed(self, reduced: Reduced, target: float) -> Part:
        """The part without offers whose sets are bounded by `target`, and with those without which all sets are.

        A set with this offer is worth at most Lagrangian − best + net, one with none of its creator Lagrangian − best.
        """
        part, creator = self.part, reduced.creator[self.part.free]
        kept = self.lagrangian - self.best + self.net > target
        needed = self.lagrangian - self.best <= target
        left = np.bincount(creator[kept], minlength=int(creator.max()) + 1)[creator]
        if (needed & (left == 0)).any():
            return replace(part, bound=target)
        sure = part.free[kept & needed & (left == 1)]
        musts = part.musts | frozenset(creator[needed].tolist())
        return replace(part.only(kept), musts=musts).take(reduced, sure)


def whole(reduced: Reduced, relaxed: Relaxed, places: int) -> Judged:
    """The whole problem as its relaxation left it, where a place has the price at which all are used.

    `places` is the most creators.
    """
    creator = reduced.creator
    first = first_of_each(creator)
    forced = np.isin(creator[first], list(reduced.musts))
    gain, prices = relaxed.modular.gain[reduced.rows], np.insert(relaxed.priced.prices, 1, 0.0)
    tops = np.maximum.reduceat(gain - prices @ reduced.use, first)
    free = np.sort(tops[~forced])[::-1]
    left = places - int(forced.sum())
    prices[1] = max(float(free[left - 1]), 0.0) if 0 < left <= free.size else 0.0
    net = gain - prices @ reduced.use
    most = np.maximum.reduceat(net, first)
    most = np.where(forced, most, np.maximum(most, 0.0))
    lagrangian = _sum(relaxed.modular.base, *(prices * reduced.room), *most)
    ease = np.sqrt(np.clip(1.0 - relaxed.price, 0.0, 1.0))[reduced.one].astype(np.float32)
    part = Part(
        bound=min(lagrangian, relaxed.priced.upper),
        taken=np.zeros(0, dtype=np.int64),
        free=np.arange(creator.size),
        musts=reduced.musts,
        shares=relaxed.shares[reduced.rows],
        ease=ease,
        prices=prices,
    )
    return Judged(part, lagrangian, net, most.repeat(np.diff(np.append(first, creator.size))), 0)


def _sum(*terms: float) -> float:
    """The sum with slack for what rounding may have taken from it."""
    return float(sum(terms) + ROUNDING * sum(map(abs, terms)))


def fitting(reduced: Reduced, part: Part) -> Part | None:
    """The part without free offers beside which no set keeps the limits; None if no set keeps them at all."""
    room, creator = reduced.room_beside(part.taken) + CENT, reduced.creator[part.free]
    if not part.musts <= set(creator.tolist()):
        return None
    if not part.free.size:
        return part if (room >= 0.0).all() else None
    first, use = first_of_each(creator), reduced.use_of(part.free)
    cheapest = np.minimum.reduceat(use, first, axis=1)
    least = np.where(np.isin(creator[first], list(part.musts)), cheapest, np.minimum(cheapest, 0.0))
    spare = room - least.sum(axis=1)
    if (spare < 0.0).any():
        return None
    own = least.repeat(np.diff(np.append(first, creator.size)), axis=1)
    kept = (use - own <= spare[:, None]).all(axis=0)
    return part if kept.all() else fitting(reduced, part.only(kept))


def judged(reduced: Reduced, part: Part, target: float, work: int) -> Judged:
    """The part relaxed until its bound is no more than `target` or hardly falls, for about `work` link visits.

    With the offers taken, every class keeps the worth they leave; on that the cuts of `relaxation.relax` are laid, so
    the bound is the value of `taken` and the Lagrangian of the rest. It holds at whatever prices the steps end.
    """
    creator, table = reduced.creator[part.free], reduced.table
    worth = reduced.left_over(part.taken)
    count = kernels.shared_people(reduced.links, creator, worth)
    meets, alone = kernels.meetings(reduced.links, creator, reduced.rate[part.free], worth, count, reduced.kind)
    people, first = np.flatnonzero(count > 1), first_of_each(creator)
    forced = np.isin(creator[first], list(part.musts))
    room = reduced.room_beside(part.taken)
    shelf = _kernels.Shelf(np.append(first, creator.size), forced, reduced.use_of(part.free), room)
    cuts = _kernels.Cuts(worth[people], np.zeros(people.size), np.zeros(people.size))
    kernels.recut(cuts, 1.0 - part.ease[people].astype(np.float64) ** 2, table)
    walk = kernels.Walk(part.shares.copy(), part.prices.copy(), alone + reduced.fixed[part.free])
    base = float(reduced.worth.sum() - worth.sum() + reduced.fixed[part.taken].sum())
    steps = min(STEPS, work // max(2 * meets.person.size, 1))
    kernels.descend(meets, cuts, shelf, walk, table, kernels.Until(steps, target - base))
    net = kernels.gained(meets, cuts, walk.alone) - walk.prices @ shelf.use
    most = np.maximum.reduceat(net, first)
    most = np.where(forced, most, np.maximum(most, 0.0))
    missed = float((cuts.worth * (1.0 - cuts.price)).sum())
    lagrangian = _sum(base, missed, *(walk.prices * room), *most) + ROUNDING * float(reduced.worth.sum())
    ease = part.ease.copy()
    ease[people] = np.sqrt(1.0 - cuts.price)
    done = replace(part, bound=min(part.bound, lagrangian), shares=walk.shares, ease=ease, prices=walk.prices)
    visits = 2 * steps * meets.person.size + reduced.links.person.size
    return Judged(done, lagrangian, net, most.repeat(np.diff(shelf.first)), visits)


def halves(reduced: Reduced, part: Part) -> tuple[Part, Part]:
    """The part split at its dearest half-chosen offer: the sets that hold it, and those that do not."""
    open_ = (np.minimum(part.shares, 1.0 - part.shares) + 1e-9 * part.shares) * reduced.use[0, part.free]
    at = int(np.argmax(open_))
    return part.take(reduced, part.free[at : at + 1]), part.only(np.arange(part.free.size) != at)
