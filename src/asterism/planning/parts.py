"""A part of a problem: some offers taken, some still free; what it can bring at most, and what follows from that."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.planning import _kernels
from asterism.planning._kernels import branch as kernels
from asterism.planning.lagrangian import ROUNDING
from asterism.planning.reduced import CENT, Reduced, first_of_each

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

FIRST_STEPS: Final = 400
STEPS: Final = 40
"""Primal-dual steps for the whole problem, and for a part that starts from the prices of a larger one."""


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
    price
        What it costs to miss each class of people, 0 to 1: a start for parts of this part. (n_classes,)
    prices
        Prices of the limits, (n_limits,).
    """

    bound: float
    taken: Rows
    free: Rows
    musts: frozenset[int]
    shares: Floats
    price: NDArray[np.float32]
    prices: Floats

    @classmethod
    def whole(cls, reduced: Reduced, known: Rows) -> "Part":
        """The whole problem, with the set that is known as a first choice."""
        free = reduced.useful()
        return cls(
            bound=np.inf,
            taken=np.zeros(0, dtype=np.int64),
            free=free,
            musts=reduced.musts,
            shares=np.isin(free, known).astype(float),
            price=np.full(reduced.worth.size, 0.5, dtype=np.float32),
            prices=np.zeros(reduced.room.size),
        )

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


def judged(reduced: Reduced, part: Part, target: float) -> Judged:
    """The part relaxed from where it stands, until its bound is no more than `target` or hardly falls any more.

    With the offers taken, every class keeps the worth they leave; on that the cuts of `relaxation.relax` are laid, so
    the bound is the value of `taken` and the Lagrangian of the rest. It holds at whatever prices the steps end.
    """
    creator, rate, table = reduced.creator[part.free], reduced.rate[part.free], reduced.table
    worth = reduced.left_over(part.taken)
    count = kernels.shared_people(reduced.links, creator, worth)
    meets, alone = kernels.meetings(reduced.links, creator, rate, worth, count, reduced.kind)
    people, first = np.flatnonzero(count > 1), first_of_each(creator)
    forced = np.isin(creator[first], list(part.musts))
    shelf = _kernels.Shelf(
        np.append(first, creator.size), forced, reduced.use_of(part.free), reduced.room_beside(part.taken)
    )
    cuts = _kernels.Cuts(worth[people], np.zeros(people.size), np.zeros(people.size))
    kernels.recut(cuts, part.price[people].astype(np.float64), table)
    walk = kernels.Walk(part.shares.copy(), part.prices.copy(), alone + reduced.fixed[part.free])
    base = float(reduced.worth.sum() - worth.sum() + reduced.fixed[part.taken].sum())
    steps = STEPS if np.isfinite(part.bound) else FIRST_STEPS
    kernels.descend(meets, cuts, shelf, walk, table, kernels.Until(steps, target - base))
    net = kernels.gained(meets, cuts, walk.alone) - walk.prices @ shelf.use
    most = np.maximum.reduceat(net, first)
    most = np.where(forced, most, np.maximum(most, 0.0))
    terms = (base, float(walk.prices @ shelf.room), float((cuts.worth * (1.0 - cuts.price)).sum()), float(most.sum()))
    slack = ROUNDING * (sum(map(abs, terms)) + float(reduced.worth.sum()) + float(walk.prices @ np.abs(shelf.room)))
    bound = sum(terms) + slack
    price = part.price.copy()
    price[people] = cuts.price
    done = replace(part, bound=min(part.bound, bound), shares=walk.shares, price=price, prices=walk.prices)
    visits = 2 * steps * meets.person.size + reduced.links.person.size
    return Judged(done, bound, net, most.repeat(np.diff(shelf.first)), visits)


def halves(reduced: Reduced, part: Part) -> tuple[Part, Part]:
    """The part split at its dearest half-chosen offer: the sets that hold it, and those that do not."""
    open_ = np.minimum(part.shares, 1.0 - part.shares) * reduced.use[0, part.free]
    at = int(np.argmax(open_))
    return part.take(reduced, part.free[at : at + 1]), part.only(np.arange(part.free.size) != at)
